"""Decides which column holds which field: by its heading, by what its values look like, and by arithmetic."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from levcheck.importing.cell_names import column_letters
from levcheck.importing.currencies import as_currency, plain_width
from levcheck.importing.dates import is_date, read_date
from levcheck.importing.grid import Row, is_blank, text_of
from levcheck.importing.identifiers import find_isin, is_tickerlike
from levcheck.importing.numbers import read_number, style_votes
from levcheck.importing.options import parse_option
from levcheck.importing.parsed import Cell
from levcheck.importing.pulses import Pulse, go_on, paced
from levcheck.importing.row_words import total_strength
from levcheck.importing.synonyms import Meaning, meanings, normalised
from levcheck.importing.tables import Table

NUMERIC = frozenset(
    {
        "quantity",
        "price",
        "market_value",
        "value_base",
        "cost_total",
        "cost_each",
        "weight",
        "fx_rate",
        "multiplier",
        "strike",
        "target_weight",
    }
)
_USELESS = frozenset({"noise", "fundamental", "unit"})
_VOLUMES = frozenset({"volume", "volumen", "wolumen", "volym"})
_SAMPLE = 250
_FIT = 0.02
# What quantity x price may stand to value as: itself, per 100, per 10,000, contracts of 100, lots of 1,000, mini contracts.
UNIT_FACTORS = (1.0, 0.01, 100.0, 0.0001, 1000.0, 10.0)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column's cells look like, as shares of its filled cells."""

    filled: int
    numeric: float
    dates: float
    currencies: float
    isins: float
    glued: float
    tickers: float
    zeros: float
    worded: float
    compact_dates: float = 0.0
    letter_codes: float = 0.0


@dataclass(slots=True)
class Columns:
    """Which column holds which field of a list.

    Attributes:
        at: field → 0-based column.
        headings: column → heading as printed.
        currency: field → ISO code its heading names.
        factor: field → 0.01 where its heading says pence or agorot, 1000 where it says thousands.
        units: column → neighbouring column that holds its unit or currency.
        decimal: column → decimal mark.
        others: field → further columns that claim it, best first.
        ambiguous: fields that cannot be told apart, with the columns in question.
        undecided: columns whose decimal mark cannot be decided.
        assumed: columns whose decimal mark was decided by language only.
        told_factor: what quantity x price is to be multiplied with, as the user says; None where nobody said.
        scores: field → how well its heading says it, 100 word for word.
    """

    at: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    currency: dict[str, str] = field(default_factory=dict)
    factor: dict[str, float] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    decimal: dict[int, str] = field(default_factory=dict)
    others: dict[str, list[int]] = field(default_factory=dict)
    ambiguous: dict[str, list[int]] = field(default_factory=dict)
    undecided: list[int] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)
    assumed: list[int] = field(default_factory=list)
    told_factor: float | None = None

    def letters(self, name: str) -> str | None:
        """Return the column letters of a field."""
        column = self.at.get(name)
        return None if column is None else column_letters(column)


class _Signs(NamedTuple):
    """What one cell looks like, 1 or 0 each; `known` is 0 for a mark of the unknown, which speaks neither for nor against."""

    known: int = 1
    numeric: int = 0
    zeros: int = 0
    dates: int = 0
    glued: int = 0
    currencies: int = 0
    isins: int = 0
    compact: int = 0
    codes: int = 0
    tickers: int = 0
    worded: int = 0


_NUMBER = _Signs(numeric=1)
_ZERO = _Signs(numeric=1, zeros=1)
_DATE = _Signs(dates=1)


def profile(cells: Iterable[Cell]) -> Profile:
    """Return what a column's cells look like."""
    signs = [_signs(cell) for cell in cells if cell is not None]
    count = len(signs)
    if not count:
        return Profile(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    seen = _Signs(*map(sum, zip(*signs, strict=True)))
    known = max(seen.known, 1)
    return Profile(
        count, seen.numeric / known, seen.dates / count, seen.currencies / count, seen.isins / count,
        seen.glued / count, seen.tickers / count, seen.zeros / max(seen.numeric, 1), seen.worded / count,
        seen.compact / count, seen.codes / count,
    )  # fmt: skip


def _signs(cell: Cell) -> _Signs:
    if isinstance(cell, float):
        return _NUMBER if cell else _ZERO
    return _DATE if isinstance(cell, date) else _signs_of_text(text_of(cell))


@lru_cache(maxsize=4096)
def _signs_of_text(text: str) -> _Signs:
    number = read_number(text)
    if number.state == "unknown":
        return _Signs(known=0)
    made = _Signs()
    if is_date(text):
        made = _DATE
    elif number.state == "number":
        made = _Signs(
            numeric=1, zeros=int(number.value == 0), glued=int(number.currency is not None)
        )
    elif as_currency(text):
        made = _Signs(currencies=1)
    elif 8 < len(text) < 40 and (isin := find_isin(text)) and text.upper().startswith(isin):
        made = _Signs(isins=1)
    contract = parse_option(text) is not None
    return made._replace(
        compact=int(len(text) == 8 and text.isdigit() and read_date(text) is not None),
        codes=int(len(text) == 3 and text.isalpha() and text.isascii() and text.isupper()),
        tickers=int(contract or is_tickerlike(text)),
        worded=int(not contract and (" " in text or not text.isupper())),
    )


def assign_columns(table: Table) -> Columns:
    """Return which column holds which field of a list, by headings and values.

    Every column is given to one field, every field one column; the best claims are served first, the leftmost of equals.
    Claims that the values contradict are dropped: a quantity of words, a currency of numbers.
    """
    sample = _sample(table)
    profiles = {c: profile(row.at(c) for row in sample) for c in table.headings}
    made = Columns(headings=dict(table.headings))
    language = language_of(table.headings.values())
    claims = sorted(
        (
            (score, -column, meaning)
            for column, text in table.headings.items()
            for meaning in _meanings_here(text, language)
            if (score := _claim(meaning, profiles[column])) > 0
        ),
        key=lambda claim: (claim[0], claim[2].field not in _USELESS, claim[1]),
        reverse=True,
    )
    taken: dict[int, str] = {}
    for _, negative, meaning in claims:
        column = -negative
        if column in taken:
            continue
        if meaning.field in made.at:
            made.others.setdefault(meaning.field, []).append(column)
            continue
        taken[column] = meaning.field
        _take(made, meaning.field, column, meaning)
    _identify_codes(made, profiles)
    _volume_held(made, profiles)
    _unheaded_names(made, profiles)
    _local_values(made, table, sample, profiles)
    _find_units(made, table, sample)
    return made


def _meanings_here(text: str, language: str | None) -> tuple[Meaning, ...]:
    """Return what a heading may mean in its list: in a Swiss list "Valor" is the number of a security, not its value."""
    if language == "de" and normalised(text) == "valor":
        return (Meaning("code", 100),)
    return meanings(text)


def _take(made: Columns, name: str, column: int, meaning: Meaning | None) -> None:
    made.at[name] = column
    if meaning is not None:
        made.scores[name] = meaning.score
    if meaning is not None and meaning.currency:
        made.currency[name] = meaning.currency
    if meaning is not None and meaning.factor != 1.0:
        made.factor[name] = meaning.factor


def _sample(table: Table) -> list[Row]:
    """Return rows to judge columns by: spread over the list, without one-cell rows."""
    rows = [row for row in table.rows if row.cells.count(None) < len(row.cells) - 1]
    if table.totals:
        rows = [row for row in rows if row.number not in table.totals]
    if len(rows) < _SAMPLE:
        rows = [row for row in rows if not _is_total(row)] or rows
    rows = rows or table.rows
    step = max(1, len(rows) // _SAMPLE)
    return rows[::step][:_SAMPLE]


def _is_total(row: Row) -> bool:
    label = next((cell for cell in row.cells if isinstance(cell, str)), "")
    return total_strength(label) == 2


def _claim(meaning: Meaning, seen: Profile) -> int:
    """Return how strongly a column claims a field; 0 drops the claim."""
    name, score = meaning.field, meaning.score
    if not seen.filled:
        return score - 60 if name in NUMERIC else score - 45
    if name in NUMERIC:
        return _numeric_claim(name, score, seen)
    checks = {
        "currency": seen.currencies >= 0.4
        or seen.glued >= 0.5
        or (score >= 95 and seen.letter_codes >= 0.5),
        "value_currency": seen.currencies >= 0.4,
        "cost_currency": seen.currencies >= 0.4,
        "isin": seen.isins >= 0.3 or seen.numeric + seen.dates < 0.5,
        "name": seen.numeric < 0.7,
        "kind": seen.numeric < 0.5,
        "exchange": seen.numeric < 0.5 and seen.dates < 0.5,
        "snapshot_date": seen.dates + seen.compact_dates >= 0.5,
        "purchase_date": seen.dates + seen.compact_dates >= 0.3,
        "symbol": seen.dates < 0.9 and seen.glued < 0.3,
        "underlying": seen.numeric < 0.5,
        "right": seen.numeric < 0.5,
    }
    return score if checks.get(name, True) else 0


def _numeric_claim(name: str, score: int, seen: Profile) -> int:
    if seen.numeric < 0.5 and seen.currencies < 0.5:
        return 0
    if seen.dates > 0.5 or (name == "quantity" and seen.glued >= 0.5):
        # Money is no count, whatever the heading says ("Balance").
        return 0
    if name in ("price", "market_value") and seen.zeros == 1.0:
        return max(1, score - 50)
    return score


def _identify_codes(made: Columns, profiles: Mapping[int, Profile]) -> None:
    """Give a column of mixed identifiers, or one with the wrong name, to the field its values are of."""
    for name in ("code", "symbol", "wkn", "cusip", "name"):
        column = made.at.get(name)
        if column is not None and profiles[column].isins >= 0.5 and "isin" not in made.at:
            made.at["isin"] = made.at.pop(name)
    if "code" in made.at and "symbol" not in made.at:
        made.at["symbol"] = made.at.pop("code")
    symbol = made.at.get("symbol")
    if (
        symbol is not None
        and "name" not in made.at
        and profiles[symbol].worded > 0.6
        and profiles[symbol].tickers < 0.3
    ):
        made.at["name"] = made.at.pop("symbol")
    _names_that_are_symbols(made, profiles)
    _unheaded_symbols(made, profiles)
    if "name" not in made.at and "symbol" not in made.at and "underlying" in made.at:
        made.at["symbol"] = made.at["underlying"]


def _unheaded_names(made: Columns, profiles: Mapping[int, Profile]) -> None:
    """Beside codes, take the first column of words under a heading that says nothing for the names."""
    if {"name", "symbol"} & made.at.keys() or not {"isin", "wkn", "cusip"} & made.at.keys():
        return
    for column, seen in sorted(profiles.items()):
        unknown = column not in made.at.values() and not meanings(made.headings.get(column, ""))
        if unknown and seen.filled >= 2 and seen.worded >= 0.6 and seen.numeric + seen.dates < 0.2:
            made.at["name"] = column
            return


def _volume_held(made: Columns, profiles: Mapping[int, Profile]) -> None:
    """Take "Volume" for what is held where the list says what was paid and names no other quantity."""
    said = "quantity" in made.at and made.scores.get("quantity", 0) >= 95
    if said or not {"cost_each", "cost_total"} & made.at.keys():
        return
    for column, seen in profiles.items():
        if normalised(made.headings.get(column, "")) in _VOLUMES and seen.numeric >= 0.5:
            for name in [n for n, c in made.at.items() if c == column]:
                del made.at[name]
            made.at["quantity"] = column
            return


def _unheaded_symbols(made: Columns, profiles: Mapping[int, Profile]) -> None:
    """Where no column of codes is named, take one that holds nothing but exchange symbols under an unknown heading."""
    if {"symbol", "isin", "wkn", "cusip"} & made.at.keys():
        return
    free = {name: column for name, column in made.at.items() if name == "kind"}
    unknown = [
        c for c in profiles if c not in made.at.values() and not meanings(made.headings.get(c, ""))
    ]
    for column in [*unknown, *free.values()]:
        seen = profiles[column]
        if seen.filled >= 2 and seen.tickers >= 0.9 and seen.numeric < 0.3 and seen.worded < 0.1:
            for name in [n for n in free if made.at.get(n) == column]:
                del made.at[name]
            made.at["symbol"] = column
            return


def _names_that_are_symbols(made: Columns, profiles: Mapping[int, Profile]) -> None:
    """Take a loosely headed column ("Instrument") that holds nothing but exchange symbols for what it is."""
    column = made.at.get("name")
    if column is None or {"symbol", "isin", "wkn", "cusip"} & made.at.keys():
        return
    seen = profiles[column]
    if made.scores.get("name", 0) < 95 and seen.tickers >= 0.6 and seen.worded < 0.5:
        made.at["symbol"] = made.at.pop("name")


def _local_values(
    made: Columns, table: Table, sample: Sequence[Row], profiles: Mapping[int, Profile]
) -> None:
    """Find the amount behind a currency: glued in a "currency" column, or in the unnamed column beside a code."""
    column = made.at.get("currency")
    if column is not None and profiles[column].glued >= 0.5:
        made.at.pop("currency")
        if "market_value" in made.at:
            made.others.setdefault("market_value", []).insert(0, column)
        else:
            made.at["market_value"] = column
    for name in ("market_value", "price", "cost_total", "cost_each", "value_base"):
        for column in [made.at.get(name), *made.others.get(name, [])]:
            if column is None or profiles[column].currencies < 0.5 or column + 1 in table.headings:
                continue
            beside = profile(row.at(column + 1) for row in sample)
            if beside.numeric >= 0.5:
                _shift(made, name, column)


def _shift(made: Columns, name: str, column: int) -> None:
    made.units[column + 1] = column
    made.headings[column + 1] = made.headings.get(column, "")
    if made.at.get(name) == column:
        made.at[name] = column + 1
    else:
        others = made.others[name]
        others[others.index(column)] = column + 1


def _find_units(made: Columns, table: Table, sample: Sequence[Row]) -> None:
    """Find unnamed or unit columns right of an amount that hold its currency or counting unit."""
    for name in NUMERIC:
        for column in [made.at.get(name), *made.others.get(name, [])]:
            if column is None or column in made.units:
                continue
            text = table.headings.get(column + 1)
            if text is not None and not any(m.field == "unit" for m in meanings(text)):
                continue
            beside = profile(row.at(column + 1) for row in sample)
            if beside.filled and (
                beside.currencies >= 0.5 or (beside.numeric == 0 and beside.dates == 0)
            ):
                made.units[column] = column + 1


# --- decimal marks ---------------------------------------------------------------------------------------


def decide_decimals(
    made: Columns, table: Table, language: str | None, pulse: Pulse = go_on
) -> None:
    """Decide the decimal mark of every column of amounts that came as text.

    A column that proves its own style keeps it; else the other columns of the list decide; else arithmetic; else the
    language of the headings, which is said; else nobody, which is asked.
    """
    columns = sorted(
        {c for n, c in made.at.items() if n in NUMERIC}
        | {c for n in NUMERIC for c in made.others.get(n, [])}
    )
    # Columns of number cells have nothing to decide and are passed over quickly.
    rows = [row.cells for row in table.rows]
    votes = {
        c: style_votes(
            cells[c]
            for cells in paced(rows, pulse)
            if len(cells) > c
            and cells[c].__class__ is str
            and cells.count(None) < len(cells) - 1  # titles between the rows prove nothing
        )
        for c in columns
    }
    open_columns: list[int] = []
    for column, (dot, comma, maybe_dot, maybe_comma) in votes.items():
        if dot or comma:
            made.decimal[column] = "." if dot >= comma else ","
        elif maybe_dot or maybe_comma:
            open_columns.append(column)
    if not open_columns:
        return
    dots, commas = (sum(1 for vote in votes.values() if vote[side]) for side in (0, 1))
    conflict = any(votes[c][2] for c in open_columns) and any(votes[c][3] for c in open_columns)
    if bool(dots) != bool(commas) and not conflict:
        made.decimal |= dict.fromkeys(open_columns, "." if dots else ",")
        return
    _decide_open(made, table, open_columns, language, conflict=conflict)


def _decide_open(
    made: Columns, table: Table, columns: list[int], language: str | None, *, conflict: bool
) -> None:
    found = _by_arithmetic(made, table, columns)
    if found is not None:
        made.decimal |= found
        return
    by_comma = language in {"de", "fr", "nl", "es", "it", "pt"}
    witness = _witness(table, columns)
    if witness is not None and not conflict:
        made.decimal |= dict.fromkeys(columns, witness)
        return
    # Programs that write decimal commas part their columns with semicolons, whatever the language of the headings.
    unsure = language is None or (table.sheet.delimiter == ";" and not by_comma)
    if unsure or (conflict and not by_comma):
        made.undecided = columns
        return
    mark = "," if by_comma else "."
    made.decimal |= dict.fromkeys(columns, mark)
    made.assumed = columns


def _witness(table: Table, columns: Sequence[int]) -> str | None:
    """Return the decimal mark that the columns nobody asked for prove (gains, percents), None when they disagree."""
    others = [c for c in table.headings if c not in columns]
    votes = [style_votes(row.at(c) for row in table.rows[:_SAMPLE]) for c in others]
    dots, commas = (any(vote[side] for vote in votes) for side in (0, 1))
    return None if dots == commas else "." if dots else ","


def _by_arithmetic(made: Columns, table: Table, columns: list[int]) -> dict[int, str] | None:
    """Return the only choice of marks under which quantity x price gives the value, None when none or several do."""
    trio = [made.at.get(name) for name in ("quantity", "price", "market_value")]
    if any(c is None for c in trio):
        return None
    asked = [c for c in columns if c in trio]
    if len(asked) != len(columns) and not asked:
        return None
    filled = [c for c in trio if c is not None]
    uniform = [
        mark
        for mark in ".,"
        if _fit_share(made.decimal | dict.fromkeys(asked, mark), table.rows, filled) >= 0.8
    ]
    if len(uniform) == 1 and all(made.decimal.get(c, uniform[0]) == uniform[0] for c in filled):
        return dict.fromkeys(columns, uniform[0])
    fitting: list[dict[int, str]] = []
    for choice in range(2 ** len(asked)):
        marks = {c: ",."[(choice >> i) & 1] for i, c in enumerate(asked)}
        if _fit_share(made.decimal | marks, table.rows, [c for c in trio if c is not None]) >= 0.8:
            fitting.append(marks)
    if len(fitting) != 1:
        return None
    mark = next(iter(fitting[0].values()))
    return dict.fromkeys(columns, mark) | fitting[0]


def _fit_share(decimal: Mapping[int, str], rows: Sequence[Row], trio: Sequence[int]) -> float:
    fits = count = 0
    for row in rows[:_SAMPLE]:
        q, p, v = (read_number(row.at(c), decimal.get(c, ".")).value for c in trio)
        if not q or not p or not v:
            continue
        count += 1
        fits += abs(q * p / v - 1) < _FIT
    return fits / count if count else 0.0


# --- arithmetic between columns --------------------------------------------------------------------------


def settle_by_arithmetic(made: Columns, table: Table) -> None:
    """Let quantity x price = value choose between columns that claim the same field, and tell cost in total from cost each."""
    rows = _sample(table)
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
            near.append(_distance(v / q / own) - _distance(v / q / h))
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
            _take(made, name, column, meaning if meaning.field == name else None)
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
            fits += any(abs(q * p * f / v - 1) < _FIT / 2 for f in UNIT_FACTORS)
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
            each.append(_distance(c / p) if p else _distance(c * q / whole))
            total.append(_distance(c / whole))
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


def _distance(ratio: float) -> float:
    from math import log

    return abs(log(abs(ratio)))


def language_of(texts: Iterable[str]) -> str | None:
    """Return the language headings are written in, as an ISO 639 code, None when they are in none that is known."""
    joined = " ".join(texts)
    wide = plain_width(joined)
    for code, pattern in _SCRIPTS:
        if pattern.search(wide):
            return code
    words = set(normalised(joined).split())
    best = max(_LANGUAGE_WORDS, key=lambda code: len(words & _LANGUAGE_WORDS[code]))
    return best if words & _LANGUAGE_WORDS[best] else None


_SCRIPTS = (
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-んァ-ヶ]|銘柄|評価額|株数|現在値")),
    ("he", re.compile("[א-ת]")),
    ("zh_TW", re.compile("[數價號類幣別買賣損產權總現證]")),
    ("zh_CN", re.compile("[一-鿿]")),
)
# English stands last: its words are in the headings of every country.
_LANGUAGE_WORDS = {
    "de": {"bezeichnung", "stück", "kurs", "wert", "wertpapier", "stk", "nominale", "währung", "bestand", "anteile", "kaufkurs", "einstandskurs", "marktwert", "kurswert", "wkn", "anzahl", "depot", "menge", "schlusskurs", "gesamtwert", "anteil", "datum", "kategorie", "gewichtung", "gewicht", "fonds", "konto", "einstand"},
    "fr": {"libellé", "quantité", "cours", "valeur", "produit", "clôture", "montant", "devise", "valorisation", "nom", "pru", "titres", "quantite", "libelle"},
    "nl": {"aantal", "koers", "waarde", "product", "slotkoers", "munt", "naam", "symbool", "stuks", "rekening"},
    "es": {"nombre", "cantidad", "precio", "títulos", "titulos", "valor", "divisa", "importe", "cotización", "acciones", "mercado", "moneda", "cuenta"},
    "it": {"titolo", "quantità", "prezzo", "controvalore", "valore", "divisa", "descrizione", "carico", "valuta", "quantita"},
    "pt": {"ativo", "quantidade", "preço", "médio", "valor", "saldo", "nome", "papel", "cotação", "moeda", "produto", "preco", "medio"},
    "en": {"symbol", "quantity", "price", "value", "market", "description", "shares", "name", "ticker", "cost", "account", "currency", "total", "current", "qty", "type", "units", "holding", "security", "last", "average", "date", "weight", "basis", "amount", "gain"},
}  # fmt: skip
