"""What the program has to tell the user: faults in his data as values, faults of the world as one error family."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Argument = str | int | float | None


class Severity(StrEnum):
    """How much a diagnostic matters: an error leaves something out, a warning may change a figure."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a thing stands, as a person would find it.

    Attributes:
        file: name of the file without its folder.
        sheet: sheet name; None in text files.
        row: 1-based row as a spreadsheet program shows it; the physical line of a text file.
        column: column letters ("D"); None when the whole row is meant.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    @property
    def cell(self) -> str | None:
        """The cell as ``D4``, or None without row and column."""
        return f"{self.column}{self.row}" if self.column and self.row else None

    def __str__(self) -> str:
        spot = self.cell or (f"row {self.row}" if self.row else "")
        if self.sheet:
            return f"'{self.sheet}'!{spot}" if spot else f"'{self.sheet}'"
        return spot or (self.file or "")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell, as a code with its arguments; the words live in ``levcheck.i18n.sentences``.

    Attributes:
        code: dotted name, for example ``import.value_mismatch``; each has a sentence and a remedy.
        severity: error, warning or info.
        where: the cell or row it is about, if any.
        args: values named in the sentence.
    """

    code: str
    severity: Severity
    where: Place | None = None
    args: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))


class LevcheckError(Exception):
    """Something outside the user's data went wrong, or an input cannot be used at all.

    Attributes:
        code: as in :class:`Diagnostic`.
        args_map: values named in the sentence.
        where: the place it is about, if any.
    """

    def __init__(self, code: str, *, where: Place | None = None, **args: Argument) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.args_map: Mapping[str, Argument] = MappingProxyType(dict(args))

    def as_diagnostic(self) -> Diagnostic:
        """Return the same facts as a value."""
        return Diagnostic(self.code, Severity.ERROR, self.where, self.args_map)
