"""Writes the manual page and the page of commands from the command line itself.

python packaging/maintain/command_pages.py                     resources/docs/user/commands.md
python packaging/maintain/command_pages.py --man build/levcheck.1
"""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

PAGE = ROOT / "resources" / "docs" / "user" / "commands.md"
EXAMPLES = (
    ("levcheck holdings.xlsx", "the window, on this file"),
    ("levcheck check holdings.xlsx", "the whole job in plain text"),
    ("levcheck check his.xlsx hers.csv --pdf page.pdf", "two files as one household, and one page to hand over"),
    ("levcheck check holdings.xlsx --shock NVDA=-13% --no-propagation", "your own shock, and nothing follows it"),
    ("levcheck batch clients/ --out book.xlsx --ask over:NVDA=25%", "a firm's book, and who holds too much of one thing"),
    ("levcheck doctor", "what this machine has, and what is amiss"),
)  # fmt: skip
STATUS = (
    ("0", "done; there may be warnings"),
    ("1", "the input was refused, or nothing could be done; the reason stands on standard error"),
    ("2", "the call was wrong"),
    ("130", "stopped by Ctrl+C; nothing is left half-written"),
)
VARIABLES = (("LEVCHECK_DATA", "folder of your own data: settings, library, backups, logs"),)


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command and subcommand with its parser, in the order of the help text."""
    from levcheck.cli.main import build_parser

    yield from _below("levcheck", build_parser())


def _below(
    name: str, parser: argparse.ArgumentParser
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, sub in action.choices.items():
                yield f"{name} {word}", sub
                yield from _below(f"{name} {word}", sub)


def usage_of(parser: argparse.ArgumentParser) -> str:
    """Return the usage on one line, as wide as it needs."""
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=4_000)
    return re.sub(r"\s+", " ", parser.format_usage().partition(":")[2]).strip()


def arguments_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Yield (how it is written, what it does) of every argument but the help and the subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        told = (action.help or "").replace("%%", "%")
        if action.option_strings:
            value = "" if action.nargs == 0 else " " + _value(action)
            written = ", ".join(action.option_strings) + value
        else:
            written = _value(action)
        repeated = (
            " (may be given several times)"
            if isinstance(action, argparse._AppendAction)
            and "several" not in told
            and "repeated" not in told
            else ""
        )
        yield written, (told[:1].upper() + told[1:] + repeated).strip()


def _value(action: argparse.Action) -> str:
    if action.metavar is not None:
        return str(action.metavar)
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def markdown() -> str:
    """Return the page of commands."""
    lines = [
        "# Commands",
        "",
        "Everything the window shows can be had without it. This page is made from the program itself; `levcheck COMMAND --help` prints the same.",
        "",
        "`levcheck [FILE]` opens the window, on FILE if one is given. FILE is a workbook, a text file with commas, or a saved session.",
        "",
        "| Example | What it does |",
        "|---|---|",
        *(f"| `{_cell(call)}` | {what} |" for call, what in EXAMPLES),
    ]
    for name, parser in commands():
        lines += ["", f"{'##' if name.count(' ') == 1 else '###'} {name}", ""]
        if parser.description:
            lines += [parser.description, ""]
        lines += ["```text", usage_of(parser), "```"]
        rows = list(arguments_of(parser))
        if rows:
            lines += ["", "| Argument | What it does |", "|---|---|"]
            lines += [f"| `{_cell(written)}` | {_cell(told) or '–'} |" for written, told in rows]
    lines += [
        "",
        "## Exit status",
        "",
        "| Status | Meaning |",
        "|---|---|",
        *(f"| {n} | {what} |" for n, what in STATUS),
    ]
    lines += [
        "",
        "## Environment",
        "",
        "| Variable | Meaning |",
        "|---|---|",
        *(f"| `{n}` | {what} |" for n, what in VARIABLES),
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def manual(when: datetime) -> str:
    """Return the manual page, in the language of troff."""
    from levcheck import __version__

    lines = [
        f'.TH LEVCHECK 1 "{when:%Y-%m-%d}" "levcheck {__version__}" "User commands"',
        ".SH NAME",
        r"levcheck \- see the bets hidden inside a portfolio, and what they could cost",
        ".SH SYNOPSIS",
        ".B levcheck",
        r"[\fIFILE\fR]",
        ".br",
        ".B levcheck",
        r"\fICOMMAND\fR [\fIARGUMENT\fR ...]",
        ".SH DESCRIPTION",
        "levcheck reads a list of holdings from Excel or CSV, looks through every fund, multiplies by each fund's daily multiple,",
        "and says what the money really rides on and what a stressed market would do to it.",
        "Without a command it opens its window, on FILE if one is given.",
        "Nothing leaves the computer: there is no network code in the program.",
        ".SH COMMANDS",
    ]
    for name, parser in commands():
        lines += (
            [".SS " + _troff(name.removeprefix("levcheck ")), _troff(parser.description or "")]
            if parser.description
            else [".SS " + _troff(name.removeprefix("levcheck "))]
        )
        for written, told in arguments_of(parser):
            lines += [".TP", r"\fB" + _troff(written) + r"\fR", _troff(told or written.strip("-"))]
    lines += [".SH EXIT STATUS"]
    for number, what in STATUS:
        lines += [".TP", f".B {number}", _troff(what)]
    lines += [".SH ENVIRONMENT"]
    for name, what in VARIABLES:
        lines += [".TP", f".B {name}", _troff(what)]
    lines += [".SH EXAMPLES"]
    for call, what in EXAMPLES:
        lines += [".TP", r"\fB" + _troff(call) + r"\fR", _troff(what[:1].upper() + what[1:] + ".")]
    lines += [".SH NOTES", "levcheck gives no advice, no rating and no probability of a scenario."]
    return "\n".join(lines) + "\n"


def _troff(text: str) -> str:
    text = (
        text.replace("\\", r"\e")
        .replace("-", r"\-")
        .replace("→", r"\(->")
        .replace("…", "...")
        .replace("“", r"\(lq")
        .replace("”", r"\(rq")
    )
    return r"\&" + text if text[:1] in {".", "'"} else text


def main() -> None:
    """Write one of the two."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--man", metavar="OUT", type=Path)
    parser.add_argument("--page", metavar="OUT", type=Path, default=PAGE)
    parser.add_argument("--date", type=float, default=0.0, help="seconds since 1970")
    asked = parser.parse_args()
    if asked.man is None:
        asked.page.write_text(markdown(), encoding="utf-8")
    else:
        asked.man.parent.mkdir(parents=True, exist_ok=True)
        asked.man.write_text(manual(datetime.fromtimestamp(asked.date, UTC)), encoding="utf-8")


if __name__ == "__main__":
    main()
