"""``levcheck log``: what was shown to whom and when, where the meeting log is switched on."""

import argparse
import json
import sys
from dataclasses import asdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--client", metavar="NAME", help="only what was shown to this client")
    parser.add_argument("--json", action="store_true", help="print every field, one line each")


def run(args: argparse.Namespace) -> int:
    """Print the log, oldest first; return the exit status."""
    from levcheck.assets import data_folder
    from levcheck.storage.meeting_log import load_log

    shown = [
        one for one in load_log(data_folder()) if args.client is None or one.client == args.client
    ]
    for one in shown:
        if args.json:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            continue
        pages = ", ".join(("page one", *one.pages))
        amounts = "with amounts" if one.with_amounts else "without amounts"
        print(f"{one.made_at}  {one.client or '(nobody named)'}  {one.kind}  {pages}, {amounts}")
        print(
            f"  shown on {one.shown_on or '–'} · scenario {one.scenario or '–'} · levcheck {one.version}"
        )
        print(f"  input {one.input_sha256[:12] or '–'} · result {one.result_sha256[:12]}")
    if not shown and not args.json:
        print("Nothing is in the meeting log. It is switched on in the settings of the window.")
    return 0
