"""Lets quantity x price = value decide between columns that claim the same field."""

from collections.abc import Sequence
from math import log
from statistics import median

from levcheck.importing.columns import FIT, Columns, sample_rows, take
from levcheck.importing.grid import Row, is_blank
from levcheck.importing.numbers import read_number
from levcheck.importing.synonyms import meanings, normalised
from levcheck.importing.tables import Table

# What quantity x price may stand to value as: itself, per 100, per 10,000, contracts of 100, lots of 1,000, mini contracts.
UNIT_FACTORS = (1.0, 0.01, 100.0, 0.0001, 1000.0, 10.0)


def settle_by_arithmetic(made: Columns, table: Table) -> None:
    """Let quantity x price = value choose between columns that claim the same field, and tell cost in total from cost each."""
    rows = sample_rows(table)
    for name in ("market_value", "price", "quantity"):
        _choose_between(made, rows, name)
    _keep_base_value(made)
    _value_with_home_cost(made, rows)
    _unmask_cost(made, rows)
    _prefer_own_cost(made)
    _settle_cost(made, rows)


def _unmask_cost(made: Columns, rows: Sequence[Row]) -> None:
    """Take a loosely headed amount for what was paid when quantity x cost each gives it and quantity x price does not."""
    needed = {"quantity", "price", "market_value", "cost_each"}
    if (
        made.scores.get("market_value", 100) > 80
        or not needed <= made.at.keys()
        or "cost_total" in made.at
    ):
        return
    fits_value = _fits_product(made, rows, "market_value", made.at["market_value"])
    fits_cost = _fits_product(made, rows, "price", made.at["cost_each"])
    if fits_cost >= 0.6 and fits_value < 0.4:
        made.at["cost_total"] = made.at.pop("market_value")
        made.scores["cost_total"] = 100


def _value_with_home_cost(made: Columns, rows: Sequence[Row]) -> None:
    """Give a value without currency the home currency when it goes with the cost each stated in it, not with the local one."""
    pair = [made.at.get("cost_each"), *made.others.get("cost_each", [])]
    codes = {
        c: next((m.currency for m in meanings(made.headings.get(c, "")) if m.currency), None)
        for c in pair
        if c is not None
    }
    home = next((c for c, code in codes.items() if code), None)
    local = next((c for c, code in codes.items() if not code), None)
    needed = {"quantity", "market_value", "currency"} <= made.at.keys()
    if home is None or local is None or not needed or "market_value" in made.currency:
        return
    quantities, values = (values_of(made, rows, made.at[n]) for n in ("quantity", "market_value"))
    near: list[float] = []
    for q, v, h, own in zip(
        quantities, values, values_of(made, rows, home), values_of(made, rows, local), strict=True
    ):
        if q and v and h and own and abs(h / own - 1) > 0.2:
            near.append(_distance((v,), (q, own)) - _distance((v,), (q, h)))
    if near and median(near) > 0.5:
        # Value and cost are then taken in one currency, the one at home.
        made.currency["market_value"] = made.currency["cost_each"] = codes[home] or ""
        made.at["cost_each"], made.others["cost_each"] = home, [local]
    elif made.at.get("cost_each") == home:
        made.at["cost_each"], made.others["cost_each"] = local, [home]
        made.currency.pop("cost_each", None)


def _prefer_own_cost(made: Columns) -> None:
    """Of a cost in the home currency and one in the holding's own, take the one that goes with the value."""
    if "cost_total" not in made.currency or not {"currency", "value_currency"} & made.at.keys():
        return
    for column in made.others.get("cost_total", []):
        if not any(m.currency for m in meanings(made.headings.get(column, ""))):
            made.others["cost_total"] = [
                made.at["cost_total"],
                *(c for c in made.others["cost_total"] if c != column),
            ]
            made.at["cost_total"] = column
            made.currency["cost_home"] = made.currency.pop("cost_total")
            return


def _keep_base_value(made: Columns) -> None:
    """Of a pair of local and home amounts one is the value; the other is kept as the value in the home currency."""
    if "value_base" in made.at:
        return
    for column in made.others.get("market_value", []):
        code = next(
            (m.currency for m in meanings(made.headings.get(column, "")) if m.currency), None
        )
        if code is not None and code != made.currency.get("market_value"):
            made.at["value_base"] = column
            made.currency["value_base"] = code
            return


def values_of(made: Columns, rows: Sequence[Row], column: int) -> list[float | None]:
    """Return the numbers of a column."""
    mark = made.decimal.get(column, ".")
    return [read_number(row.at(column), mark).value for row in rows]


def _choose_between(made: Columns, rows: Sequence[Row], name: str) -> None:
    first = made.at.get(name)
    used = {c for field_name, c in made.at.items() if field_name != name}
    rivals = [c for c in made.others.get(name, []) if c not in used and _is_amount(made, rows, c)]
    if first is None or not rivals:
        return
    columns = [first, *rivals]
    fits = [_fits_product(made, rows, name, column) for column in columns]
    best = max(range(len(columns)), key=lambda i: (round(fits[i], 1), -i))
    if fits[best] >= 0.5 and fits[best] > fits[0] + 0.2:
        made.others[name] = [c for c in columns if c != columns[best]]
        _move(made, name, columns[best])
    elif fits[0] < 0.5:
        _note_ambiguous(made, rows, name, first, rivals)


def _move(made: Columns, name: str, column: int) -> None:
    made.at[name] = column
    for meaning in meanings(made.headings.get(column, "")):
        if meaning.field in (name, "currency", "value_base"):
            made.currency.pop(name, None)
            made.factor.pop(name, None)
            take(made, name, column, meaning if meaning.field == name else None)
            return
    made.currency.pop(name, None)


def _note_ambiguous(
    made: Columns, rows: Sequence[Row], name: str, first: int, rivals: list[int]
) -> None:
    """Remember columns with the same heading and different numbers: nothing in the file says which one is meant."""
    key = normalised(made.headings.get(first, ""))
    same = [c for c in rivals if normalised(made.headings.get(c, "")) == key]
    mine = values_of(made, rows, first)
    differing = [
        c for c in same if any(a != b for a, b in zip(mine, values_of(made, rows, c), strict=True))
    ]
    if differing:
        made.ambiguous[name] = [first, *differing]
        # None of them is read: a guess is never passed off as a reading.
        del made.at[name]


def _is_amount(made: Columns, rows: Sequence[Row], column: int) -> bool:
    values = values_of(made, rows, column)
    filled = sum(1 for row in rows if not is_blank(row.at(column)))
    return filled > 0 and sum(v is not None for v in values) >= 0.4 * filled


def _fits_product(made: Columns, rows: Sequence[Row], name: str, column: int) -> float:
    """Return the share of rows in which quantity x price, at some usual unit, gives the value."""
    at = made.at | {name: column}
    if not {"quantity", "price", "market_value"} <= at.keys():
        return 0.0
    trio = [values_of(made, rows, at[n]) for n in ("quantity", "price", "market_value")]
    fits = count = 0
    for q, p, v in zip(*trio, strict=True):
        if q and p and v:
            count += 1
            fits += any(abs(q * p * f / v - 1) < FIT / 2 for f in UNIT_FACTORS)
    return fits / count if count else 0.0


def _settle_cost(made: Columns, rows: Sequence[Row]) -> None:
    """Move a cost column that was named loosely between "in total" and "each" when the numbers leave no doubt."""
    if (
        "quantity" not in made.at
        or "price" not in made.at
        or ("cost_total" in made.at) == ("cost_each" in made.at)
    ):
        return
    name = "cost_total" if "cost_total" in made.at else "cost_each"
    quantities, prices, costs = (
        values_of(made, rows, made.at[n]) for n in ("quantity", "price", name)
    )
    stated = values_of(made, rows, made.at["market_value"]) if "market_value" in made.at else []
    each: list[float] = []
    total: list[float] = []
    for index, (q, p, c) in enumerate(zip(quantities, prices, costs, strict=True)):
        whole = (stated[index] if stated else None) or (q * p if q and p else None)
        if q and whole and c and abs(q) > 1.5:
            # What was paid each is in the unit of the price, which may be pence or percent.
            each.append(_distance((c,), (p,)) if p else _distance((c, q), (whole,)))
            total.append(_distance((c,), (whole,)))
    if len(each) < 2:
        return
    is_total = median(total) < median(each)
    right, wrong = sorted((median(total), median(each)))
    loose = made.scores.get(name, 0) < 95
    # A heading that says it word for word is only overruled by numbers that can mean nothing else.
    sure = wrong - right > 1.0 if loose else right < 0.7 and wrong > 2.0
    if sure and is_total != (name == "cost_total"):
        other = "cost_total" if is_total else "cost_each"
        made.at[other] = made.at.pop(name)
        if name in made.currency:
            made.currency[other] = made.currency.pop(name)


def _distance(product: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return how far one product is from another, as a logarithm; a ratio of extremes would round to zero."""
    above, below = (sum(log(abs(factor)) for factor in factors) for factors in (product, other))
    return abs(above - below)
