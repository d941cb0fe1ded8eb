"""What has to be told about a line: values that contradict, cells that cannot be read."""

from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.importing.cell_names import column_letters
from levcheck.importing.columns import Columns
from levcheck.importing.lines import Line
from levcheck.importing.surroundings import Surroundings
from levcheck.importing.units import Priced


class LineNotices:
    """Collects what has to be told about the lines of a list.

    Args:
        columns: which column holds which field.
        around: what holds for all of them.
    """

    def __init__(self, columns: Columns, around: Surroundings) -> None:
        self.columns = columns
        self.around = around
        self.told: list[Diagnostic] = []

    def report_row(
        self, line: Line, priced: Priced, currency: str | None, price_currency: str | None
    ) -> None:
        """Tell where value, price and currencies of a row contradict one another, and which cells cannot be read."""
        if priced.mismatch is not None and line.value("market_value") is not None:
            if priced.value == 0:
                self.tell(
                    "import.worthless", Severity.WARNING, line, "market_value", label=line.label
                )
            else:
                self.tell(
                    "import.value_mismatch", Severity.WARNING, line, "market_value",
                    label=line.label, stated=priced.value, computed=priced.mismatch, currency=currency or "",
                )  # fmt: skip
        elif priced.value == 0:
            self.tell("import.worthless", Severity.WARNING, line, "market_value", label=line.label)
        if price_currency and currency and price_currency != currency and priced.basis == "stated":
            q, p, v = line.value("quantity"), line.value("price"), priced.value
            if q and p and v and abs(q * p - v) <= 1e-4 * abs(v):
                self.tell(
                    "import.currency_contradiction",
                    Severity.WARNING,
                    line,
                    "market_value",
                    label=line.label,
                    price_currency=price_currency,
                    value_currency=currency,
                )
        if line.restored:
            self.tell("import.zeros_restored", Severity.INFO, line, "symbol", label=line.label)
        for name, text in line.faults.items():
            self._tell_fault(line, name, text, priced)

    def _tell_fault(self, line: Line, name: str, text: str, priced: Priced) -> None:
        if text == "=":
            computed = priced.basis == "computed" and name == "market_value"
            self.tell(
                "import.formula_computed" if computed else "import.formula_without_result",
                Severity.WARNING if computed else Severity.ERROR,
                line,
                name,
                label=line.label,
            )
        elif name in ("quantity", "price", "market_value"):
            self.tell(
                "import.unreadable_cell",
                Severity.ERROR,
                line,
                name,
                label=line.label,
                text=text[:40],
            )

    def tell(
        self, code: str, severity: Severity, line: Line, field_name: str | None, **values: Argument
    ) -> None:
        """Add a notice about a cell of a line, or about the whole line."""
        column = self.columns.at.get(field_name) if field_name else None
        place = Place(
            self.around.file,
            self.around.sheet,
            line.row.number,
            column_letters(column) if column is not None else None,
        )
        self.told.append(Diagnostic(code, severity, place, MappingProxyType(dict(values))))

    def place(self, line: Line) -> Place:
        """Return where a line stands."""
        return Place(self.around.file, self.around.sheet, line.row.number)
