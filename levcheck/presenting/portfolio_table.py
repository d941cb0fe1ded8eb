"""Portfolio: did levcheck read my list correctly?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from levcheck.app.analysis import AnalysedPosition, Analysis, Candidate
from levcheck.app.called_cash import can_be_cash
from levcheck.app.holding_totals import TotalCheck, total_checks
from levcheck.app.session import TYPED_FILE
from levcheck.domain.portfolio import Reading
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.chart_views import CoveragePart, CoverageView, Grade
from levcheck.presenting.currencies import CurrencyView, currency_view
from levcheck.presenting.diagnostics_list import NoticeView, notices, reason_text
from levcheck.presenting.figures import (
    Cell,
    Column,
    Row,
    TableView,
    Tone,
    What,
    add_up,
    number_key,
)
from levcheck.presenting.holding_lines import LineView, accounts_of, line_views, origin_text
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import badge_door, badge_text, full_name, joined
from levcheck.presenting.reading_receipt import reason_of_rows, receipt_table, totals_table
from levcheck.presenting.risk import days_text
from levcheck.presenting.verdict import footer_sentence

STATUS_NAMES = {"known": "Known", "partly": "Partly known", "left_out": "Needs you"}
_STATUS_TONES = {"known": Tone.MUTED, "partly": Tone.PLAIN, "left_out": Tone.WARNING}
_MISSING = {
    "portfolio.no_value": "value",
    "portfolio.missing_rate": "rate",
}
MOST_REASONS = 3
_HEADINGS = frozenset({"title", "header", "blank_value", "section"})


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Something a line might be: instrument id, name to show, how sure."""

    id: str
    label: str
    sureness: str


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A line that needs the user.

    Attributes:
        id: position id.
        label: what the file calls it.
        where: sheet and row.
        reason: why it is left out.
        candidates: what it might be, likeliest first.
        missing: the figure to type, ``value`` or ``rate``; "" when it is its name that is not known.
        can_be_cash: whether it can be counted as cash.
    """

    id: str
    label: str
    where: str
    reason: str
    candidates: tuple[CandidateView, ...]
    missing: str = ""
    can_be_cash: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """Everything the Portfolio screen shows.

    Attributes:
        headline: whether the list was read completely.
        subline: from which files, and whether the totals agree.
        receipt: every row of the files by its fate.
        receipt_text: the same as a sentence.
        table: the holdings.
        unknown: lines that need the user.
        notices: what else there is to know.
        footer: what this page is.
        lines: every line, ready to be filtered and edited.
        accounts: accounts to filter by; empty when there is only one.
        currencies: totals per currency and the rates used.
        rows: the receipt in full.
        totals: totals the files state beside those read.
    """

    headline: str
    subline: str
    receipt: CoverageView
    receipt_text: str
    table: TableView
    unknown: tuple[UnknownLine, ...]
    notices: tuple[NoticeView, ...]
    footer: str
    lines: tuple[LineView, ...] = ()
    accounts: tuple[str, ...] = ()
    currencies: CurrencyView | None = None
    rows: TableView | None = None
    totals: TableView | None = None


def portfolio_view(
    analysis: Analysis, words: Words, readings: Sequence[Reading] = ()
) -> PortfolioView:
    """Return the screen for an analysis and the readings it came from."""
    unknown = tuple(_unknown(analysis, words, x) for x in analysis.positions if _needs_you(x))
    lines = line_views(analysis, words, _rounded(analysis))
    return PortfolioView(
        headline=_headline(analysis, words, len(unknown)),
        subline=_subline(analysis, words, readings),
        receipt=_receipt(analysis, words, readings),
        receipt_text=_receipt_text(analysis, words, readings),
        table=holdings_table(analysis, words),
        unknown=unknown,
        notices=notices(words, analysis.diagnostics),
        footer=footer_sentence(words),
        lines=lines,
        accounts=accounts_of(lines),
        currencies=currency_view(analysis, words, readings),
        rows=receipt_table(analysis, words, readings),
        totals=totals_table(words, readings),
    )


def _needs_you(line: AnalysedPosition) -> bool:
    return line.status == "left_out"


def _headline(analysis: Analysis, words: Words, missing: int) -> str:
    lines = len(analysis.positions)
    if not lines:
        return words.text("There is nothing here yet. Open a list of holdings to begin.")
    if missing:
        return words.count(
            "We read {lines} lines. {n} of them needs you.",
            "We read {lines} lines. {n} of them need you.",
            missing,
            lines=words.number(lines),
        )
    return words.count(
        "We read {n} line, and we know what it is.",
        "We read {n} lines, and we know what each of them is.",
        lines,
    )


def _subline(analysis: Analysis, words: Words, readings: Sequence[Reading]) -> str:
    if not readings:
        return ""
    files = joined(words, list(dict.fromkeys(reading.file for reading in readings)))
    read = words.text("Read from {files}.", files=files)
    if analysis.diagnostics:
        read += " " + words.count(
            "{n} note about it stands under Data.",
            "{n} notes about it stand under Data.",
            len(analysis.diagnostics),
        )
    told = _totals_told(analysis, words, total_checks(readings))
    return f"{read} {told}" if told else read


def _totals_told(analysis: Analysis, words: Words, checks: Sequence[TotalCheck]) -> str:
    """Return how the totals the files state stand against what was read; "" when they state none."""
    if not checks:
        return ""
    base = analysis.portfolio.base_currency
    odd = [check for check in checks if check.agrees is False]
    if len(checks) > 1:
        if not odd:
            return words.text("No total your files state differs from the rows we read.")
        return words.count(
            "{n} of {all} stated totals differs from the rows we read. See “Rows read”.",
            "{n} of {all} stated totals differ from the rows we read. See “Rows read”.",
            len(odd),
            all=words.number(len(checks)),
        )
    (check,) = checks
    currency = check.total.currency or base
    stated = words.money(check.total.value, currency)
    if check.agrees:
        return words.text("Your file's own total, {stated}, agrees with its rows.", stated=stated)
    if check.read is not None:
        return words.text(
            "Your file's own total is {stated}; its rows come to {read}.",
            stated=stated,
            read=words.money(check.read, currency),
        )
    return words.text(
        "Your file's own total is {stated}; the lines we used come to {used}.",
        stated=stated,
        used=words.money(analysis.equity, base),
    )


# --- the receipt -------------------------------------------------------------------------------------------


def _fates(analysis: Analysis, readings: Sequence[Reading]) -> tuple[int, int, int]:
    """Return (used, need you, set aside) as numbers of rows."""
    need = sum(1 for line in analysis.positions if _needs_you(line))
    used = len(analysis.positions) - need
    aside = sum(
        run.last - run.first + 1
        for reading in readings
        for run in reading.ignored
        if run.reason not in _HEADINGS
    )
    return used, need, aside


def _receipt_text(analysis: Analysis, words: Words, readings: Sequence[Reading]) -> str:
    used, need, aside = _fates(analysis, readings)
    parts = [words.count("{n} used", "{n} used", used)]
    if need:
        parts.append(words.count("{n} needs you", "{n} need you", need))
    if aside:
        why = joined(words, _reasons_aside(words, readings))
        parts.append(words.count("{n} set aside ({why})", "{n} set aside ({why})", aside, why=why))
    rows = words.count("{n} row", "{n} rows", used + need + aside)
    return f"{rows}: " + ", ".join(parts) + "."


def _reasons_aside(words: Words, readings: Sequence[Reading]) -> list[str]:
    """Return why rows were set aside, the most frequent reasons first, at most three of them."""
    counts: Counter[str] = Counter()
    for reading in readings:
        for run in reading.ignored:
            if run.reason not in _HEADINGS:
                counts[reason_of_rows(words, run.reason)] += run.last - run.first + 1
    return [reason for reason, _ in counts.most_common(MOST_REASONS)]


def _receipt(analysis: Analysis, words: Words, readings: Sequence[Reading]) -> CoverageView:
    used, need, aside = _fates(analysis, readings)
    whole = used + need + aside
    parts = [
        CoveragePart(
            key=key, label=words.text(label), share=n / whole, text=words.number(n), grade=grade
        )
        for key, label, n, grade in (
            ("used", "used", used, Grade.FULL),
            ("need", "need you", need, Grade.UNKNOWN),
            ("aside", "set aside", aside, Grade.PARTIAL),
        )
        if n
    ]
    return CoverageView(
        title=words.text("What became of every row"),
        summary=_receipt_text(analysis, words, readings),
        empty_text=words.text("No file has been read yet."),
        parts=tuple(parts),
    )


# --- the lines ---------------------------------------------------------------------------------------------


def holdings_table(analysis: Analysis, words: Words) -> TableView:
    """Return every line held with what it was taken for."""
    lines = analysis.positions
    rounded = _rounded(analysis)
    currency = analysis.portfolio.base_currency
    return TableView(
        words.text("Your holdings, in {currency}", currency=currency),
        (
            Column("line", words.text("Holding")),
            Column("name", words.text("Name"), stretch=True),
            Column("kind", words.text("Kind")),
            Column("quantity", words.text("Quantity"), numeric=True),
            Column("price", words.text("Price"), numeric=True),
            Column("value", words.text("Value"), numeric=True),
            Column("share", words.text("Share"), numeric=True),
            Column("status", words.text("Status")),
            Column("where", words.text("Cell")),
            *_exit_column(analysis, words),
        ),
        tuple(_row(analysis, words, line, rounded.get(line.id)) for line in lines),
        _total(analysis, words) if lines else None,
        words.text("No holdings yet."),
    )


def _rounded(analysis: Analysis) -> dict[str, float]:
    """Return line → its value in whole units, so that all of them add up to the total shown."""
    valued = [line for line in analysis.positions if line.market_value is not None]
    whole = add_up([line.market_value or 0.0 for line in valued])
    return dict(zip((line.id for line in valued), whole, strict=True))


def _row(analysis: Analysis, words: Words, line: AnalysedPosition, value: float | None) -> Row:
    measure = Measure(analysis, words)
    position = line.position
    key = number_key(What.POSITION_VALUE, line.id)
    quantity = position.quantity if position else None
    price = position.price if position else None
    reason = reason_text(words, analysis, line)
    typed = origin_text(words, line)
    return Row(
        line.id,
        (
            Cell(line.label),
            Cell(full_name(line), hint=full_name(line)),
            Cell(badge_text(words, line), wrapper=badge_door(line)),
            Cell(
                _quantity(words, quantity),
                quantity,
                _field_key("quantity", line, quantity),
                hint=typed,
            ),
            Cell(_price(words, line, price), price, _field_key("price", line, price)),
            Cell(measure.money(value), line.market_value, key, hint=typed),
            Cell(measure.percent(line.market_value), line.market_value, key),
            Cell(
                words.text(STATUS_NAMES.get(line.status, line.status)),
                tone=_STATUS_TONES.get(line.status, Tone.PLAIN),
                hint=reason,
            ),
            Cell(_where(words, line), hint=typed),
            *_exit_cell(analysis, words, line),
        ),
    )


def _exit_column(analysis: Analysis, words: Words) -> tuple[Column, ...]:
    """Return the column of days to sell, where the turnover of any line is known."""
    if not analysis.liquidity:
        return ()
    return (
        Column(
            "exit",
            words.text("Days to sell"),
            numeric=True,
            hint=words.text("At a tenth of a day's turnover, where that is known."),
            spare=1,
        ),
    )


def _exit_cell(analysis: Analysis, words: Words, line: AnalysedPosition) -> tuple[Cell, ...]:
    if not analysis.liquidity:
        return ()
    text, days = days_text(analysis, words, line.id)
    return (Cell(text, days, number_key(What.EXIT, line.id) if days is not None else None),)


def _field_key(field: str, line: AnalysedPosition, value: float | None) -> str | None:
    return number_key(What.FIELD, field, line.id) if value is not None else None


def _quantity(words: Words, quantity: float | None) -> str:
    # A quantity times a public price is an amount, so it hides with the amounts.
    if quantity is None:
        return UNKNOWN
    return words.money(quantity, "") if words.hide_amounts else words.number(quantity, 4)


def _price(words: Words, line: AnalysedPosition, price: float | None) -> str:
    if price is None or line.position is None or line.position.currency is None:
        return UNKNOWN
    return words.money(price, line.position.currency, exact=True)


def _where(words: Words, line: AnalysedPosition) -> str:
    """Return the cell of the line's value, or its row when the value has no cell of its own."""
    found = line.position or line.cash
    if found is None:
        return ""
    if found.edited or found.place.file == TYPED_FILE:
        return words.text("typed by you")
    place = found.place
    column = found.cells.get("market_value") or found.cells.get("amount")
    if column and place.row:
        return str(replace(place, column=column))
    if place.row is None:
        return str(place)
    row = words.text("row {row}", row=place.row)
    return f"{place.sheet}, {row}" if place.sheet else row


def _total(analysis: Analysis, words: Words) -> Row:
    measure = Measure(analysis, words)
    key = number_key(What.EQUITY)
    blank = Cell("")
    return Row(
        key,
        (
            Cell(words.text("Together")),
            blank,
            blank,
            blank,
            blank,
            Cell(measure.money(analysis.equity), key=key),
            Cell(measure.percent(analysis.equity), key=key),
            blank,
            blank,
            *((blank,) if analysis.liquidity else ()),
        ),
    )


def _unknown(analysis: Analysis, words: Words, line: AnalysedPosition) -> UnknownLine:
    return UnknownLine(
        line.id,
        line.label,
        _where(words, line),
        reason_text(words, analysis, line),
        candidate_views(words, line.candidates),
        _MISSING.get(line.reason or "", ""),
        line.reason not in _MISSING and can_be_cash(line.position),
    )


def candidate_views(words: Words, candidates: Iterable[Candidate]) -> tuple[CandidateView, ...]:
    """Return what a line might be, as offered to the user."""
    return tuple(
        CandidateView(c.instrument, f"{c.instrument} · {c.name}", words.percent(c.confidence))
        for c in candidates
    )
