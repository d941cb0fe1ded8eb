"""Decides which column holds which field: by its heading, by what its values look like, and by arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from levcheck.importing.cell_names import column_letters
from levcheck.importing.column_profiles import Profile, profile
from levcheck.importing.grid import Row
from levcheck.importing.languages import language_of
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


SAMPLE = 250


FIT = 0.02


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


def assign_columns(table: Table) -> Columns:
    """Return which column holds which field of a list, by headings and values.

    Every column is given to one field, every field one column; the best claims are served first, the leftmost of equals.
    Claims that the values contradict are dropped: a quantity of words, a currency of numbers.
    """
    sample = sample_rows(table)
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
        take(made, meaning.field, column, meaning)
    _find_sides(made, sample)
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


def take(made: Columns, name: str, column: int, meaning: Meaning | None) -> None:
    """Give a column to a field, with the currency and scale its heading names."""
    made.at[name] = column
    if meaning is not None:
        made.scores[name] = meaning.score
    if meaning is not None and meaning.currency:
        made.currency[name] = meaning.currency
    if meaning is not None and meaning.factor != 1.0:
        made.factor[name] = meaning.factor


def sample_rows(table: Table) -> list[Row]:
    """Return rows to judge columns by: spread over the list, without one-cell rows."""
    rows = [row for row in table.rows if row.cells.count(None) < len(row.cells) - 1]
    if table.totals:
        rows = [row for row in rows if row.number not in table.totals]
    if len(rows) < SAMPLE:
        rows = [row for row in rows if not _is_total(row)] or rows
    rows = rows or table.rows
    step = max(1, len(rows) // SAMPLE)
    return rows[::step][:SAMPLE]


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


# What stands in a column that tells what is held from what was sold without being held, whatever its heading.
_SIDES = frozenset(
    {"long", "short", "kurz", "leerverkauf", "多", "空", "多头", "空头", "多頭", "空頭", "롱", "숏", "売建", "買建"}
)  # fmt: skip


def _find_sides(made: Columns, sample: Sequence[Row]) -> None:
    """Take a column of nothing but "Long" and "Short" for the side, whatever its heading was taken for."""
    if "side" in made.at:
        return
    for column in made.headings:
        said = [cell for row in sample if (cell := row.at(column)) is not None]
        if said and all(isinstance(c, str) and c.strip().casefold() in _SIDES for c in said):
            for name in [n for n, c in made.at.items() if c == column]:
                del made.at[name]
            made.at["side"] = column
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
