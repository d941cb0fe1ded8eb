"""What holds for every line of a list, gathered from around it and from all its rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import overload

from levcheck.importing.currencies import (
    currency_by_listing,
)
from levcheck.importing.evidence import file_currency, glued_signs, line_currency
from levcheck.importing.facts import Facts
from levcheck.importing.fated import Fated
from levcheck.importing.layouts import home_currency
from levcheck.importing.lines import Line
from levcheck.importing.list_reading import TableReading
from levcheck.importing.surroundings import Surroundings
from levcheck.importing.user_columns import Asked
from levcheck.importing.value_currencies import adds_up

_LARGEST_FRACTION = 4.0


MONEY = ("price", "market_value", "cost_total", "cost_each", "value_base")


def surroundings(
    made: TableReading,
    fated: list[Fated],
    file: str,
    asked: Asked,
    accounts: Mapping[str, str],
    outer: Facts,
) -> Surroundings:
    """Return what holds for every line of a list."""
    held = [item for item in fated if item.fate == "position"]
    lines = _Lines(held)
    has_money = asked.total_value is not None or any(name in made.columns.at for name in MONEY)
    # Plain rows have nothing glued to their figures.
    signs = glued_signs(item.line for item in fated if item.plain is None)
    assumed = file_currency(lines, made.language, has_money=has_money, signs=signs)
    home = home_currency(list(made.table.headings.values())) if has_money and not signs else None
    if home is not None and not _speaks_against(lines, assumed):
        assumed = home
    return Surroundings(
        file=file,
        sheet=made.table.sheet.name,
        account=made.facts.account or outer.account,
        currency=made.facts.currency or outer.currency,
        assumed=assumed,
        base=made.facts.base or outer.base,
        total_value=asked.total_value,
        lists_venues=any(
            currency_by_listing(s) for s in {i.symbol for i in held} if not s.isalnum()
        ),
        one_currency=assumed is not None and adds_up(fated),
        account_names=accounts,
        weight_scale=_weight_scale(fated) if asked.total_value is not None else 1.0,
    )


class _Lines(Sequence[Line]):
    """What rows say, each read when it is asked for."""

    def __init__(self, items: Sequence[Fated]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [item.line for item in self.items[index]]
        return self.items[index].line


def _weight_scale(fated: Sequence[Fated]) -> float:
    """Return 0.01 where weights are percents though no cell says so: together they are about a hundred, not about one."""
    weights = [
        item.line.number("weight")
        for item in fated
        if item.fate in ("position", "cash") and item.line.value("weight") is not None
    ]
    bare = sum(abs(number.value or 0.0) for number in weights if not number.percent)
    return 0.01 if bare > _LARGEST_FRACTION else 1.0


def _speaks_against(lines: Sequence[Line], assumed: str | None) -> bool:
    """Whether the holdings themselves, by exchange or code, say another currency than the country of the headings."""
    own = Counter(code for line in lines if (code := line_currency(line)))
    return assumed is not None and own[assumed] > 0.5 * len(lines)
