"""Passwords that are at hand for sessions closed with one, and the order in which a file is tried with them."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError

Ask = Callable[[str], Iterator[str]]
"""Gives the passwords to try on a file, by its name, one after the other; ends when there is no other."""

NEEDS_PASSWORD = "storage.needs_password"  # noqa: S105  # the code of a diagnostic
ASK_CODES = frozenset({NEEDS_PASSWORD, "storage.wrong_password"})
LARGEST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PasswordList:
    """Passwords as they stand in a file.

    Attributes:
        lines: each with the name of the file it belongs to; None = any file.
        is_open: whether other users of this machine can read the file they stand in.
    """

    lines: tuple[tuple[str | None, str], ...] = ()
    is_open: bool = False

    def __repr__(self) -> str:
        return f"PasswordList({len(self.lines)})"

    def tries(self, file: str) -> Iterator[str]:
        """Yield what to try on a file: its own passwords first, then those of no file in particular."""
        named = [password for name, password in self.lines if name == file]
        yield from dict.fromkeys((*named, *(word for name, word in self.lines if name is None)))


NO_PASSWORDS = PasswordList()


def read_password_list(path: Path) -> PasswordList:
    """Return the passwords of a file: one on each line, for one file only where its name and a tab stand before it.

    Raises:
        LevcheckError: it cannot be read, or is no such file.
    """
    try:
        with path.open("rb") as stream:
            mode = path.stat().st_mode
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as fault:
        raise LevcheckError("check.no_file", file=path.name) from fault
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise LevcheckError("check.bad_passwords", file=path.name) from fault
    if len(content) > LARGEST_BYTES:
        raise LevcheckError("check.bad_passwords", file=path.name)
    lines = [line.rstrip("\r") for line in text.split("\n")]
    others = stat.S_IRWXG | stat.S_IRWXO
    is_open = os.name == "posix" and stat.S_ISREG(mode) and bool(mode & others)
    return PasswordList(tuple(_line(line) for line in lines if line), is_open)


def _line(line: str) -> tuple[str | None, str]:
    from levcheck.app.session_files import ENDING

    name, tab, password = line.partition("\t")
    # A password may hold a tab itself: only the name of a session makes the line one of a file.
    if tab and password and name.lower().endswith(ENDING):
        return name, password
    return None, line
