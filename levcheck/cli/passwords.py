"""Asks for the password of a session: at the terminal, or in a file that only its owner reads."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where a password may come from; never the command line itself, which other users can see."""
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help="file whose first line is the password of a session that has one (asked for when left out)",
    )


def asker(args: argparse.Namespace) -> Callable[[str], str | None]:
    """Return what to ask for a password by the name of the session's file."""
    named: Path | None = args.password_file

    def ask(file: str) -> str | None:
        if named is not None:
            return _first_line(named)
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        from getpass import getpass

        return getpass(f"Password of {file}: ", stream=sys.stderr) or None

    return ask


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as stream:
            return stream.readline(4096).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise LevcheckError("check.no_file", file=path.name) from fault
