"""The totals a list states, and the sums they may mean."""

from levcheck.importing.fated import Fated
from levcheck.importing.grid import Row
from levcheck.importing.lines import LineReader
from levcheck.importing.list_reading import TableReading, Total
from levcheck.importing.numbers import read_number
from levcheck.importing.row_words import kind_of_words


def add_total(made: TableReading, item: Fated, reader: LineReader) -> None:
    """Keep the total a row states, with the sums it may mean."""
    line = item.line
    currency = (
        reader.currency(line, "market_value")
        or reader.column_currency(line)[0]
        or made.columns.currency.get("market_value")
    )
    sums = _sums_so_far(made, item, currency)
    amounts = _amounts_of(line.row, made)
    value = line.value("market_value")
    fitting = next((a for a in amounts if any(near(a, s) for s in sums if s)), None)
    if value is None or (fitting is not None and not any(near(value, s) for s in sums)):
        value = fitting
    if value is None:
        return
    label = next((text for text in line.labels if text), "Total")
    made.totals.append(Total(line.row.number, label, value, currency, item.account, sums))


def _amounts_of(row: Row, made: TableReading) -> list[float]:
    mark = made.columns.decimal.get(made.columns.at.get("market_value", -1), ".")
    return [
        n.value
        for cell in row.cells
        if (n := read_number(cell, mark)).value is not None and not n.percent
    ]


def _sums_so_far(made: TableReading, item: Fated, currency: str | None) -> tuple[float, ...]:
    """Return what the lines above, and those of the same account, add up to, without and with cash."""
    held = [(p.account, p.market_value or 0.0, False, p.currency) for p in made.positions]
    held += [(c.account, c.amount or 0.0, True, c.currency) for c in made.cash]
    account = item.account or item.line.account
    mine = [h for h in held if h[0] == account] if account else []
    sums: list[float] = [sum(made.since_total)]
    for group in (held, mine):
        sums += [sum(v for _, v, cash, _ in group if not cash), sum(v for _, v, _, _ in group)]
    kind = kind_of_words(item.line.texts.get("kind", ""))
    if kind is not None:
        # Statements add up each kind of security in each currency by itself.
        sums.append(
            sum(
                p.market_value or 0.0
                for p in made.positions
                if p.kind == kind and p.currency == currency
            )
        )
    return tuple(sums)


def near(left: float, right: float) -> bool:
    """Whether two totals are the same but for rounding."""
    return abs(left - right) <= 0.02 + 1e-5 * abs(right)
