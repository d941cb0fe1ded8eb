"""A row of a list with what became of it."""

from levcheck.importing.grid import Row
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.plain_rows import PlainRows


class Fated:
    """A row with its fate.

    Attributes:
        row: the row.
        index: its place in the list.
        fate: ``position``, ``cash``, ``total`` or ``ignored``.
        reason: why it is left out, or which kind of total it is.
        account: account of the section it stands in.
        section: kind of security the section is headed with.
        plain: what the plain rows of the list say, where this is one of them.
    """

    __slots__ = (
        "_line",
        "_reader",
        "account",
        "fate",
        "index",
        "plain",
        "reason",
        "row",
        "section",
    )

    def __init__(
        self,
        row: Row,
        index: int,
        reader: LineReader,
        account: str | None,
        section: str | None,
        plain: PlainRows | None,
    ) -> None:
        self.row = row
        self.index = index
        self.fate = "position"
        self.reason = ""
        self.account = account
        self.section = section
        self.plain = plain
        self._reader = reader
        self._line: Line | None = None

    @property
    def line(self) -> Line:
        """What the row says field by field; read when it is first asked for."""
        if self._line is None:
            self._line = self._reader.read(self.row)
        return self._line

    @property
    def value(self) -> float | None:
        """The amount in the column of values."""
        return self._figure("market_value")

    @property
    def quantity(self) -> float | None:
        """The number in the column of quantities."""
        return self._figure("quantity")

    def _figure(self, name: str) -> float | None:
        if self.plain is None:
            return self.line.value(name)
        column = self.plain.figures.get(name)
        return column[self.index] if column is not None else None

    @property
    def symbol(self) -> str:
        """The code of what is held."""
        return self.line.symbol if self.plain is None else self.plain.symbols[self.index]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same holding."""
        return _identity(self.line) if self.plain is None else self.plain.keys[self.index]


def _identity(line: Line) -> tuple[str, str]:
    return (line.isin or line.symbol or line.wkn or line.name, line.account)
