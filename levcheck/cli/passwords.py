"""Asks for the passwords of sessions: at the terminal, or in a file that only its owner reads."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.domain.diagnostics import LevcheckError

if TYPE_CHECKING:
    from levcheck.app.passwords import Ask, PasswordList

TRIES = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where a password may come from; never the command line itself, which other users can see."""
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help="file with the passwords of sessions that have one, each on a line, all of them tried; for one session only "
        "where its name and a tab stand before it (asked for when left out)",
    )


def asker(args: argparse.Namespace) -> "Ask":
    """Return what to ask for passwords by the name of a session's file; what was typed once is tried on the next file too."""
    listed = named(args)
    typed: list[str] = []

    def ask(file: str) -> Iterator[str]:
        if listed is not None:
            yield from listed.tries(file)
            return
        if not can_ask():
            raise LevcheckError("check.nobody_asked", file=file)
        yield from typed
        for _ in range(TRIES):
            password = prompt(f"Password of {file}: ")
            if password is None:
                return
            typed.append(password)
            yield password
            print(f"This password does not open {file}. Capital letters count.", file=sys.stderr)

    return ask


def named(args: argparse.Namespace) -> "PasswordList | None":
    """Return the passwords of the file that was named; None where none was.

    Raises:
        LevcheckError: it cannot be read.
    """
    path: Path | None = args.password_file
    if path is None:
        return None
    from levcheck.app.passwords import read_password_list

    found = read_password_list(path)
    if found.is_open:
        told = f"levcheck: other users of this machine can read {path.name}; 'chmod 600' closes it."
        print(told, file=sys.stderr)
    return found


def can_ask() -> bool:
    """Return whether somebody sits at the terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def prompt(question: str) -> str | None:
    """Return what is typed, unseen; None for nothing."""
    from getpass import getpass

    return getpass(question, stream=sys.stderr) or None
