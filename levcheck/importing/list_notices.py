"""What has to be told about a list as a whole, and about the rows left out of it."""

import re
from collections import Counter
from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.position import CashLine, Position
from levcheck.importing.cell_names import column_letters
from levcheck.importing.fated import Fated
from levcheck.importing.layouts import home_currency
from levcheck.importing.list_reading import TableReading
from levcheck.importing.surroundings import Surroundings

# Weights as fractions add up to one, and to little more where money is borrowed.
_US_DOLLARS = re.compile(r"USD|US\s?\$|U\$S")


def tell_dollars(made: TableReading, around: Surroundings) -> None:
    """Say so where nothing but the sign "$" makes amounts US dollars: it is the sign of other dollars, too."""
    columns = made.columns
    if (
        "currency" in columns.at
        or around.currency
        or home_currency(list(made.table.headings.values()))
    ):
        return
    headings = " ".join(columns.headings.get(c, "") for c in columns.at.values())
    cells = " ".join(text for p in made.positions[:50] for text in p.raw.values())
    dollars = any(line.currency == "USD" for line in made.lines)
    if dollars and "$" in headings + cells and not _US_DOLLARS.search(headings + cells):
        place = Place(around.file, around.sheet, None, columns.letters("market_value"))
        made.told.append(diagnostic("import.dollar_sign", Severity.INFO, place))


def has_amount(line: Position | CashLine) -> bool:
    """Whether a line has an amount."""
    return (line.amount if isinstance(line, CashLine) else line.market_value) is not None


def tell_assumed(made: TableReading, around: Surroundings) -> None:
    """Say which currencies were assumed."""
    codes = Counter(p.currency for p in made.positions if p.currency)
    known = ", ".join(sorted(codes)) or around.assumed or ""
    made.told.append(
        diagnostic(
            "import.currency_assumed",
            Severity.WARNING,
            Place(around.file, around.sheet),
            currency=known,
        )
    )


_TOLD_REASONS: dict[str, tuple[str, Severity]] = {
    "sold": ("import.zero_quantity", Severity.INFO),
    "pending": ("import.pending_left_out", Severity.WARNING),
    "formula_text": ("import.formula_text", Severity.ERROR),
    "not_understood": ("import.row_not_understood", Severity.ERROR),
    "nameless": ("import.row_without_name", Severity.ERROR),
    "no_quantity": ("import.row_without_quantity", Severity.ERROR),
}


def tell_left_out(made: TableReading, item: Fated, around: Surroundings) -> None:
    """Say why a row was left out, where that needs a look."""
    told = _TOLD_REASONS.get(item.reason)
    if item.reason == "broken_row":
        made.ignored[item.row.number] = "not_understood"
    if told is None:
        return
    line = item.line
    column = next((made.columns.at[name] for name in line.faults if name in made.columns.at), None)
    place = Place(
        around.file,
        around.sheet,
        line.row.number,
        column_letters(column) if column is not None else None,
    )
    made.told.append(diagnostic(told[0], told[1], place, label=line.label[:60]))
    if item.reason in ("formula_text", "nameless", "no_quantity"):
        made.ignored[line.row.number] = "not_understood"


def diagnostic(
    code: str, severity: Severity, where: Place | None, **values: Argument
) -> Diagnostic:
    """Return a notice with its values."""
    return Diagnostic(code, severity, where, MappingProxyType(dict(values)))
