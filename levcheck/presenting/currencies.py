"""Currencies of the list: what is held in each, by which rate it counts, and where a rate has to be asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.holding_totals import CurrencyTotal, RateOrigin, currency_totals
from levcheck.domain.portfolio import Reading
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone, What, add_up, number_key

USUAL = (
    "USD", "EUR", "GBP", "CHF", "JPY", "KRW", "TWD", "HKD", "CNY", "INR", "CAD", "AUD", "SGD", "SEK",
    "NOK", "DKK", "PLN", "BRL", "ILS", "ZAR", "NZD", "MXN",
)  # fmt: skip
"""Currencies offered besides those of the list itself."""


@dataclass(frozen=True, slots=True)
class RateView:
    """One rate as it can be typed: ``1 EUR = [1.0845] USD``.

    Attributes:
        currency: ISO code.
        text: the rate as it would be typed; "" when it is missing.
        is_missing: whether it has to be asked for.
    """

    currency: str
    text: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class CurrencyView:
    """Everything the currencies panel shows.

    Attributes:
        base: base currency.
        choices: currencies the totals can be in.
        table: what is held per currency.
        rates: rates that are used or missing, missing ones first.
        question: which rate is asked for; "" when none is missing.
    """

    base: str
    choices: tuple[str, ...]
    table: TableView
    rates: tuple[RateView, ...]
    question: str


def currency_view(
    analysis: Analysis, words: Words, readings: Sequence[Reading] = ()
) -> CurrencyView:
    """Return the currencies panel."""
    base = analysis.portfolio.base_currency
    totals = currency_totals(analysis, readings)
    foreign = [t for t in totals if t.origin is not RateOrigin.BASE and t.currency]
    held = tuple(t.currency for t in totals if t.currency)
    return CurrencyView(
        base=base,
        choices=tuple(dict.fromkeys((base, *held, *USUAL))),
        table=_table(analysis, words, totals),
        rates=tuple(_rate(words, total) for total in foreign),
        question=_question(words, base, [t for t in foreign if t.rate is None]),
    )


def _rate(words: Words, total: CurrencyTotal) -> RateView:
    from levcheck.presenting.typed_numbers import plain_number

    return RateView(
        total.currency or "", plain_number(total.rate, words), is_missing=total.rate is None
    )


def _question(words: Words, base: str, missing: Sequence[CurrencyTotal]) -> str:
    if not missing:
        return ""
    lines = sum(total.lines for total in missing)
    return words.count(
        "{n} line is left out, because we have no rate from {currency} to {base}. Type it below.",
        "{n} lines are left out, because we have no rate from {currency} to {base}. Type it below.",
        lines,
        currency=missing[0].currency,
        base=base,
    )


def _table(analysis: Analysis, words: Words, totals: Sequence[CurrencyTotal]) -> TableView:
    base = analysis.portfolio.base_currency
    counted = [total.in_base for total in totals if total.in_base is not None]
    printed = iter(add_up(counted))
    rows = []
    for total in totals:
        worth = next(printed) if total.in_base is not None else None
        rows.append(_row(words, base, total, worth))
    return TableView(
        words.text("What you hold in each currency"),
        (
            Column("currency", words.text("Currency"), stretch=True),
            Column("amount", words.text("Amount"), numeric=True),
            Column("in_base", words.text("In {currency}", currency=base), numeric=True),
            Column("rate", words.text("Rate"), numeric=True),
            Column("origin", words.text("From")),
        ),
        tuple(rows),
        _total(words, base, sum(add_up(counted)) if counted else None) if rows else None,
        words.text("No holdings yet."),
    )


def _row(words: Words, base: str, total: CurrencyTotal, worth: float | None) -> Row:
    name = total.currency or words.text("not told")
    missing = total.origin is RateOrigin.MISSING
    own = total.currency or base
    key = None if total.in_base is None else number_key(What.CURRENCY, total.currency or "")
    return Row(
        name,
        (
            Cell(name),
            Cell(words.money(total.amount, own), total.amount, key),
            Cell(words.money(worth, base), total.in_base, key),
            Cell(_rate_text(words, total), total.rate, key),
            Cell(
                origin_of_rate(words, total),
                tone=Tone.WARNING if missing else Tone.PLAIN,
                hint=origin_of_rate(words, total),
            ),
        ),
    )


def _rate_text(words: Words, total: CurrencyTotal) -> str:
    if total.origin is RateOrigin.BASE or total.rate is None:
        return "" if total.rate is not None else UNKNOWN
    return words.number(total.rate, 4 if total.rate >= 0.01 else 8)


def origin_of_rate(words: Words, total: CurrencyTotal) -> str:
    """Return where a rate comes from, with its date where it has one."""
    if total.origin is RateOrigin.LIBRARY:
        if total.as_of is None:
            return words.text("bundled table")
        return words.text("bundled table, {day}", day=total.as_of)
    if total.origin is RateOrigin.BASE:
        return "" if total.currency else words.text("taken as the base currency")
    texts = {
        RateOrigin.FILE: words.text("your file"),
        RateOrigin.TYPED: words.text("set in this list"),
        RateOrigin.MISSING: words.text("missing"),
    }
    return texts[total.origin]


def _total(words: Words, base: str, worth: float | None) -> Row:
    blank = Cell("")
    whole = Cell(words.money(worth, base), key=number_key(What.EQUITY))
    return Row("all", (Cell(words.text("Together")), blank, whole, blank, blank))
