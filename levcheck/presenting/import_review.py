"""Column matching: which column of a file holds what, when the file does not make it clear by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from levcheck.domain.portfolio import Outcome, Reading
from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import notices
from levcheck.presenting.figures import Tone
from levcheck.presenting.names import joined

if TYPE_CHECKING:  # the importer is heavy, and only its shapes are needed here
    from levcheck.importing.mapping import ColumnChoice, ColumnChoices, TableChoice

FIELD_NAMES = {
    "symbol": "Ticker",
    "isin": "ISIN",
    "wkn": "WKN",
    "cusip": "CUSIP",
    "name": "Name",
    "quantity": "Number of shares",
    "price": "Price",
    "market_value": "Value",
    "currency": "Currency",
    "cost_basis": "Cost",
    "account": "Account",
    "kind": "Kind",
    "weight": "Share of the portfolio",
    "decimal": "Decimal mark",
}
_WHAT_IS_MISSING = {
    "symbol": "the ticker, ISIN or name",
    "quantity": "the number of shares or the value",
    "decimal": "the decimal mark",
}
DECIMALS = (".", ",")
_UNIT_NAMES = {
    ("price", "one"): "per share",
    ("price", "hundredths"): "in pence, agorot or cents",
    ("price", "percent"): "in percent of the face value",
    ("price", "per10000"): "per 10,000 units",
    ("quantity", "one"): "single shares",
    ("quantity", "lots1000"): "lots of 1,000 shares",
    ("quantity", "contracts100"): "contracts for 100",
    ("market_value", "one"): "full amounts",
    ("market_value", "thousands"): "in thousands",
    ("market_value", "tenthousands"): "in ten thousands",
    ("market_value", "millions"): "in millions",
}
# What was paid is counted as what it is worth.
_SAME_UNITS = {"cost_basis": "market_value"}


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a drop-down: field id ("" = not used) and its words."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of the file.

    Attributes:
        letters: its letters.
        heading: its heading, or its letters when it has none.
        options: what it may be, guesses first.
        chosen: field it is taken for; "" = not used.
        hint: how its numbers are read; "" when it holds no numbers written as text.
        decimals: decimal marks to choose from, "" = as in the file; empty when it holds no numbers written as text.
    """

    letters: str
    heading: str
    options: tuple[Option, ...]
    chosen: str
    hint: str = ""
    decimals: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingView:
    """Everything the column-matching panel shows of one list.

    Attributes:
        headline: what could not be told.
        hint: what to do, and what is safe.
        sheet: sheet and row of the headings.
        columns: left to right.
        rows: (row number, cells) of the first rows.
        asks_decimal: whether the decimal mark has to be chosen.
        offers_decimal: whether it may be chosen: some column holds numbers written as text.
        asks_total: whether the value of the whole portfolio has to be typed.
        fingerprint: the same for every file with these headings.
    """

    headline: str
    hint: str
    sheet: str
    columns: tuple[ColumnView, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    asks_decimal: bool
    asks_total: bool
    fingerprint: str
    offers_decimal: bool = False


@dataclass(frozen=True, slots=True)
class MappingResult:
    """What a mapping would give.

    Attributes:
        text: lines and total, or what is still missing.
        tone: how it went.
        is_ready: whether the list can be used.
    """

    text: str
    tone: Tone
    is_ready: bool


def mapping_view(choices: "ColumnChoices", words: Words, number: int = 0) -> MappingView | None:
    """Return the panel for one list of a file; None when the file holds none."""
    if number >= len(choices.tables):
        return None
    table = choices.tables[number]
    weights_only = any(c.field == "weight" for c in table.columns) and not any(
        c.field in {"quantity", "market_value"} for c in table.columns
    )
    return MappingView(
        headline=_headline(words, table, weights_only=weights_only),
        hint=words.text("Pick what each column holds. Your file was not changed."),
        sheet=_sheet(words, choices.file, table),
        columns=tuple(_column(words, column, choices.fields) for column in table.columns),
        rows=tuple((str(row), cells) for row, cells in table.rows),
        asks_decimal="decimal" in table.missing,
        asks_total=weights_only,
        fingerprint=table.fingerprint,
        offers_decimal="decimal" in table.missing or any(c.decimal for c in table.columns),
    )


def mapping_result(reading: Reading, words: Words) -> MappingResult:
    """Return what a mapping gave, beside the file's own total."""
    if reading.outcome is not Outcome.POSITIONS:
        told = notices(words, reading.diagnostics)
        text = told[0].title if told else words.text("These columns are not enough yet.")
        return MappingResult(text, Tone.WARNING, is_ready=False)
    lines = len(reading.positions) + len(reading.cash)
    text = words.count("This gives {n} line.", "This gives {n} lines.", lines)
    totals = _totals(reading)
    if totals:
        amounts = joined(words, [words.money(v, c) for c, v in sorted(totals.items())])
        text += " " + words.text("They come to {amounts}.", amounts=amounts)
    if reading.totals:
        stated = reading.totals[-1]
        currency = stated.currency or reading.base_currency
        if currency:
            text += " " + words.text(
                "Your file's own total is {total}.", total=words.money(stated.value, currency)
            )
    return MappingResult(text, Tone.SUCCESS, is_ready=lines > 0)


def _totals(reading: Reading) -> Mapping[str, float]:
    totals: dict[str, float] = {}
    for position in reading.positions:
        if position.currency and position.market_value is not None:
            totals[position.currency] = totals.get(position.currency, 0.0) + position.market_value
    for cash in reading.cash:
        if cash.currency and cash.amount is not None:
            totals[cash.currency] = totals.get(cash.currency, 0.0) + cash.amount
    return totals


def _headline(words: Words, table: "TableChoice", *, weights_only: bool) -> str:
    if weights_only:
        return words.text("This file gives shares, but no amounts. How much is it all worth?")
    missing = [words.text(_WHAT_IS_MISSING[m]) for m in table.missing if m in _WHAT_IS_MISSING]
    if not missing:
        return words.text("We could not tell what each column of this file holds.")
    return words.text("We could not tell which column holds {what}.", what=joined(words, missing))


def _sheet(words: Words, file: str, table: "TableChoice") -> str:
    parts = [file]
    if table.sheet:
        parts.append(table.sheet)
    if table.header_row is not None:
        parts.append(words.text("headings in row {row}", row=table.header_row))
    return " · ".join(parts)


def _column(words: Words, column: "ColumnChoice", fields: tuple[str, ...]) -> ColumnView:
    guessed = [field for field, _ in column.guesses]
    if column.field and column.field not in guessed:
        guessed.insert(0, column.field)
    ordered = dict.fromkeys((*guessed, *fields))
    options = [Option(field, words.text(FIELD_NAMES.get(field, field))) for field in ordered]
    not_used = Option("", words.text("Not used"))
    first = [not_used, *options] if not guessed else [*options, not_used]
    return ColumnView(
        column.letters,
        column.heading or words.text("Column {letters}", letters=column.letters),
        tuple(first),
        column.field or "",
        words.text("Decimal mark: {mark}", mark=column.decimal) if column.decimal else "",
        _marks(words) if column.decimal else (),
    )


def _marks(words: Words) -> tuple[Option, ...]:
    marks = tuple(Option(mark, f"1{mark}5") for mark in DECIMALS)
    return (Option("", words.text("As in the file")), *marks)


def unit_options(field: str, words: Words) -> tuple[Option, ...]:
    """Return the units a column of a field may be counted in, "" = as in the file; empty where there is but one."""
    field = _SAME_UNITS.get(field, field)
    units = tuple(
        Option(unit, words.text(text)) for (of, unit), text in _UNIT_NAMES.items() if of == field
    )
    return (Option("", words.text("As in the file")), *units) if units else ()


def decimal_options(view: MappingView, words: Words) -> tuple[Option, ...]:
    """Return the decimal marks to choose from; leaving it to the file comes first where the file is clear."""
    marks = tuple(Option(mark, f"1{mark}5") for mark in DECIMALS)
    if view.asks_decimal:
        return marks
    return (Option("", words.text("As in the file")), *marks)


@dataclass(frozen=True, slots=True)
class KnownColumnsView:
    """A remembered matching: fingerprint of the headings, and what each column holds, in words."""

    fingerprint: str
    text: str


def known_columns_views(
    mappings: Mapping[str, Mapping[str, str]], words: Words
) -> tuple[KnownColumnsView, ...]:
    """Return the remembered matchings, the newest first."""
    views = []
    for fingerprint, mapping in reversed(tuple(mappings.items())):
        parts = [_known(words, field, said) for field, said in mapping.items()]
        views.append(KnownColumnsView(fingerprint, " · ".join(parts)))
    return tuple(views)


def _known(words: Words, key: str, said: str) -> str:
    """Return one thing remembered, in words: ``Price: C``, ``Price, unit: per share``."""
    what, dot, field = key.partition(".")
    if not dot:
        return f"{words.text(FIELD_NAMES.get(key, key))}: {said}"
    name = words.text(FIELD_NAMES.get(field, field))
    if what == "decimal":
        return words.text("{field}, decimal mark: {mark}", field=name, mark=said)
    unit = _UNIT_NAMES.get((_SAME_UNITS.get(field, field), said), said)
    return words.text("{field}, unit: {unit}", field=name, unit=words.text(unit))
