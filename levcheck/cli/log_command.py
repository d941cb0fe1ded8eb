"""``levcheck log``: what was shown to whom and when, where the meeting log is switched on."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.storage.meeting_log import Entry, Seen, Shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--client", metavar="NAME", help="only what was shown to this client")
    parser.add_argument("--json", action="store_true", help="print every field, one line each")


def run(args: argparse.Namespace) -> int:
    """Print the log as it was written; return the exit status."""
    from levcheck.assets import data_folder
    from levcheck.storage.meeting_log import load_log

    entries = [
        one for one in load_log(data_folder()) if args.client is None or _is_for(one, args.client)
    ]
    for one in entries:
        if args.json:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        else:
            print("\n".join(_lines(one)))
    if not entries and not args.json:
        print("Nothing is in the meeting log. It is switched on in the settings of the window.")
    return 0


def _is_for(entry: "Entry", client: str) -> bool:
    """Return whether an entry names this client; a screen of a meeting names nobody."""
    return getattr(entry, "client", None) == client


def _lines(entry: "Entry") -> tuple[str, ...]:
    from levcheck.storage.meeting_log import Shown

    told = _report(entry) if isinstance(entry, Shown) else _screen(entry)
    prints = f"  input {entry.input_sha256[:12] or '–'} · result {entry.result_sha256[:12]}"
    return (*told, prints)


def _report(shown: "Shown") -> tuple[str, ...]:
    pages = ", ".join(("page one", *shown.pages))
    return (
        f"{shown.made_at}  {shown.client or '(nobody named)'}  {shown.kind}  {pages}, {_amounts(shown)}",
        f"  shown on {shown.shown_on or '–'} · scenario {shown.scenario or '–'} · levcheck {shown.version}",
    )


def _screen(seen: "Seen") -> tuple[str, ...]:
    if not seen.screen:
        return (f"{seen.seen_at}  end of the meeting, or of this client",)
    draft = f", draft {seen.draft}" if seen.draft else ""
    return (
        f"{seen.seen_at}  screen {seen.screen}{draft}, {_amounts(seen)}",
        f"  scenario {seen.scenario or '–'} · levcheck {seen.version}",
    )


def _amounts(entry: "Entry") -> str:
    return "with amounts" if entry.with_amounts else "without amounts"
