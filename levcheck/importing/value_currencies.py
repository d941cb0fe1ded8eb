"""In which currency values stand beside a column of currencies, where nothing but sums can tell."""

from collections.abc import Sequence

from levcheck.domain.diagnostics import Place, Severity
from levcheck.importing.fated import Fated
from levcheck.importing.lines import currency_of_cell
from levcheck.importing.list_notices import diagnostic
from levcheck.importing.list_reading import TableReading
from levcheck.importing.list_totals import near
from levcheck.importing.surroundings import Surroundings


def adds_up(fated: Sequence[Fated]) -> bool:
    """Whether a stated total is the plain sum of all stated values: they are in one currency then."""
    stated = [total for item in fated if item.fate == "total" and (total := item.value)]
    if not stated:
        return False
    values = [
        (item.fate, value)
        for item in fated
        if item.fate in ("position", "cash") and (value := item.value) is not None
    ]
    held = sum(value for fate, value in values if fate == "position")
    everything = sum(value for _, value in values)
    return len(values) > 1 and any(near(total, held) or near(total, everything) for total in stated)


def weigh_value_currency(made: TableReading, fated: Sequence[Fated], around: Surroundings) -> None:
    """Say so where nothing tells whether values beside a column of currencies are in those or in the one at home.

    Neither prices nor costs are there to tell. A total that adds up values of several currencies does: then all are in one.
    """
    at, codes = made.columns.at, made.columns.currency
    proving = {"price", "cost_total", "cost_each", "value_currency", "value_base", "fx_rate"}
    if not {"currency", "market_value"} <= at.keys() or proving & at.keys() or codes:
        return
    held = [item for item in fated if item.fate == "position" and item.value]
    named = {currency_of_cell(item.row.at(at["currency"]))[0] for item in held} - {None}
    glued = any(i.line.number("market_value").currency for i in held if i.plain is None)
    if len(named) < 2 or glued or at["market_value"] in made.columns.units:
        return
    place = Place(around.file, around.sheet, None, made.columns.letters("market_value"))
    values = {"currencies": ", ".join(sorted(str(code) for code in named))}
    home = _currency_of_total(made, fated) or around.base or around.currency or around.assumed
    if home is None or not adds_up(fated):
        made.told.append(
            diagnostic("import.value_currency_unsure", Severity.WARNING, place, **values)
        )
        return
    codes["market_value"] = home
    made.told.append(
        diagnostic("import.values_at_home", Severity.WARNING, place, currency=home, **values)
    )


def _currency_of_total(made: TableReading, fated: Sequence[Fated]) -> str | None:
    column = made.columns.at["currency"]
    cells = (item.row.at(column) for item in fated if item.fate == "total")
    return next((code for cell in cells if (code := currency_of_cell(cell)[0])), None)
