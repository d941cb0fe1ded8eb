"""Tells the user about lists, columns and lines: what was left out, what was chosen, what needs a look."""

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.position import Position
from levcheck.importing.cell_names import column_letters
from levcheck.importing.columns import assign_columns
from levcheck.importing.grid import text_of
from levcheck.importing.list_reading import TableReading
from levcheck.importing.numbers import read_number
from levcheck.importing.pulses import CAREFUL_ROWS, Pulse, go_on, paced
from levcheck.importing.tables import Table, TableKind

_MOST_OF_A_KIND = 200


class Teller:
    """Collects what has to be told about a file.

    Args:
        file: its name.
        told: what was noticed on opening it.
    """

    def __init__(self, file: str, told: Sequence[Diagnostic]) -> None:
        self.file = file
        self.told: list[Diagnostic] = list(told)

    @property
    def has_errors(self) -> bool:
        """Whether something could not be read."""
        return any(d.severity is Severity.ERROR for d in self.told)

    def tell(self, code: str, severity: Severity, where: Place | None, **values: Argument) -> None:
        """Add a notice."""
        arguments = MappingProxyType({"file": self.file, **values})
        self.told.append(Diagnostic(code, severity, where, arguments))

    def about_lists(
        self, kept: Sequence[TableReading], left_out: Sequence[tuple[Table, TableKind]]
    ) -> None:
        """Tell which lists were left out, and which holdings stand in hidden rows."""
        for table, kind in left_out:
            place = Place(self.file, table.sheet.name, table.header_rows[0])
            if kind is TableKind.TRADES:
                self.tell("import.trades_left_out", Severity.INFO, place, rows=len(table.rows))
                self._open_trades(table)
            elif kind is not TableKind.OTHER or table.section is None:
                self.tell("import.list_left_out", Severity.INFO, place, rows=len(table.rows))
        for reading in kept:
            hidden = [
                p for p in reading.positions if p.place.row in reading.table.sheet.hidden_rows
            ]
            for position in hidden:
                self.tell(
                    "import.hidden_row", Severity.WARNING, position.place, label=position.label
                )

    def about_repeat(self, repeated: TableReading, twin: TableReading) -> None:
        """Tell that a list was left out because another one holds the same."""
        name, other = repeated.table.sheet.name, twin.table.sheet.name
        place = Place(
            self.file, name, repeated.table.header_rows[0] if repeated.table.header_rows else None
        )
        self.tell(
            "import.repeated_sheet",
            Severity.WARNING,
            place,
            sheet=name or "",
            read=other or "",
            rows=len(repeated.positions),
        )
        more = {p.label for p in repeated.positions} - {p.label for p in twin.positions}
        if more and len(more) < len(repeated.positions):
            self.tell(
                "import.only_in_repeat",
                Severity.INFO,
                place,
                sheet=name or "",
                names=", ".join(sorted(more)[:5]),
            )

    def about_missing(self, kept: Sequence[TableReading], missing: list[str]) -> None:
        """Say what only the user can say."""
        for reading in kept:
            for name, columns in reading.columns.ambiguous.items():
                headings = ", ".join(
                    f"{reading.columns.headings.get(c, '')} ({column_letters(c)})" for c in columns
                )
                place = Place(self.file, reading.table.sheet.name, reading.table.header_rows[-1])
                self.tell(
                    "import.two_columns",
                    Severity.ERROR,
                    place,
                    field=public_field(name),
                    columns=headings,
                    example=f"{public_field(name)}={column_letters(columns[0])}",
                )
        rest = [n for n in dict.fromkeys(missing) if n in ("decimal", "total_value")]
        if "decimal" in rest:
            self.tell("import.ambiguous_numbers", Severity.ERROR, Place(self.file))
        if "total_value" in rest:
            self.tell("import.weights_only", Severity.ERROR, Place(self.file))

    def about_columns(self, kept: Sequence[TableReading]) -> None:
        """Tell what columns lack, and which of several was taken."""
        for reading in kept:
            at, place = (
                reading.columns.at,
                Place(
                    self.file,
                    reading.table.sheet.name,
                    reading.table.header_rows[-1] if reading.table.header_rows else None,
                ),
            )
            valued = [p for p in reading.positions if p.market_value is not None]
            if reading.positions and not valued and not reading.missing:
                self.tell(
                    "import.quantities_only", Severity.WARNING, place, rows=len(reading.positions)
                )
            elif not {"cost_total", "cost_each"} & at.keys():
                self.tell("import.no_cost_column", Severity.INFO, place)
            if reading.positions and all(
                not (p.symbol or p.isin or p.wkn or p.cusip) for p in reading.positions
            ):
                self.tell("import.names_only", Severity.WARNING, place, rows=len(reading.positions))
            for name, others in reading.columns.others.items():
                if name in ("price", "quantity") and name in at and others:
                    self._choice(reading, name, others)
            self._surplus(reading)

    def _choice(self, reading: TableReading, name: str, others: Sequence[int]) -> None:
        used = set(reading.columns.at.values())
        rivals = [
            c
            for c in others
            if c not in used and any(read_number(r.at(c)).value for r in reading.table.rows[:50])
        ]
        if not rivals or name in reading.columns.ambiguous:
            return
        place = Place(self.file, reading.table.sheet.name, reading.table.header_rows[-1])
        self.tell(
            "import.column_chosen", Severity.INFO, place,
            field=public_field(name), chosen=reading.columns.headings.get(reading.columns.at[name], ""),
            others=", ".join(reading.columns.headings.get(c, "") for c in rivals[:3]),
        )  # fmt: skip

    def _surplus(self, reading: TableReading) -> None:
        """Say where a row holds more cells than the list has columns."""
        table = reading.table
        if not table.headings or not table.sheet.is_text or table.section is not None:
            return
        units = reading.columns.units
        width = max([*table.headings, *units, *units.values()])
        for position in reading.positions:
            row = (
                next((r for r in table.rows if r.number == position.place.row), None)
                if len(table.rows) < 2000
                else None
            )
            if row is not None and row.filled and row.filled[-1] > width + 1:
                extra = row.filled[-1] - width
                self.tell(
                    "import.surplus_cells",
                    Severity.WARNING,
                    Place(self.file, table.sheet.name, row.number),
                    count=extra,
                )

    def about_lines(
        self, positions: Sequence[Position], as_of: str | None, pulse: Pulse = go_on
    ) -> None:
        """Tell of contracts that have run out and of holdings in several rows; `pulse` may end it."""
        for position in paced(positions, pulse):
            if position.option is not None and as_of is not None and position.option.expiry < as_of:
                self.tell(
                    "import.expired_option",
                    Severity.WARNING,
                    position.place,
                    label=position.label,
                    expiry=position.option.expiry,
                    date=as_of,
                )
        keys = [(p.account, p.symbol or p.isin or p.wkn or p.name or "") for p in positions]
        twice = {key for key, count in Counter(keys).items() if count > 1}
        seen: dict[tuple[str | None, str], list[Position]] = {}
        for key, position in zip(keys, paced(positions, pulse), strict=True):
            if key in twice:
                seen.setdefault(key, []).append(position)
        for (_, label), group in paced(seen.items(), pulse, CAREFUL_ROWS):
            rows = ", ".join(str(p.place.row) for p in group[:8])
            self.tell(
                "import.same_symbol_twice",
                Severity.INFO,
                group[-1].place,
                label=label,
                rows=rows,
            )

    def _open_trades(self, table: Table) -> None:
        columns = assign_columns(table)
        status = columns.at.get("status")
        if status is None:
            return
        for row in table.rows:
            if text_of(row.at(status)).casefold() in (
                "open",
                "offen",
                "ouvert",
                "abierto",
                "aperto",
                "aberto",
                "未平仓",
                "보유",
            ):
                words = [text_of(row.cells[c]) for c in row.filled[:6]]
                self.tell(
                    "import.open_trade",
                    Severity.WARNING,
                    Place(self.file, table.sheet.name, row.number),
                    text=" ".join(words)[:90],
                )

    def capped(self) -> list[Diagnostic]:
        """Keep the first of very many like notices and say how many more there are."""
        counts: Counter[str] = Counter()
        made: list[Diagnostic] = []
        for diagnostic in self.told:
            counts[diagnostic.code] += 1
            if counts[diagnostic.code] <= _MOST_OF_A_KIND:
                made.append(diagnostic)
        for code, count in counts.items():
            if count > _MOST_OF_A_KIND:
                first = next(d for d in made if d.code == code)
                made.append(
                    Diagnostic(
                        "import.more_of_these",
                        first.severity,
                        None,
                        MappingProxyType({"count": count - _MOST_OF_A_KIND, "code": code}),
                    )
                )
        return made


def public_field(name: str) -> str:
    """Return the name of a field in the public contract."""
    return {"cost_total": "cost_basis", "cost_each": "cost_basis_per_unit"}.get(name, name)
