"""The receipt in full: what became of every row of the files, and each stated total beside the rows it adds up."""

from collections.abc import Sequence
from dataclasses import replace

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.holding_totals import TotalCheck, total_checks
from levcheck.app.session import TYPED_FILE
from levcheck.domain.portfolio import IgnoredRows, Reading
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.diagnostics_list import reason_text
from levcheck.presenting.figures import Cell, Column, Row, TableView, Tone, What, number_key

_REASONS = {
    "title": "words above the list",
    "header": "column headings",
    "section": "heading of a section",
    "account": "name of an account",
    "blank_value": "a row without figures",
    "footer": "words below the list",
    "total": "a total",
    "subtotal": "a subtotal",
    "maybe_total": "a total",
    "lot": "one purchase of a line counted above",
    "pending": "not settled yet",
    "sold": "sold: nothing is held",
    "no_quantity": "no number of shares and no value",
    "nameless": "no name and no code",
    "formula_text": "a formula without a saved result",
    "not_understood": "not understood",
    "broken_row": "a broken row",
    "repeated_sheet": "repeats another sheet",
    "older_snapshot": "an older date of the same list",
}
_WORRYING = frozenset({"no_quantity", "nameless", "formula_text", "not_understood", "broken_row"})


def reason_of_rows(words: Words, reason: str) -> str:
    """Return why rows were set aside, in words."""
    if reason in _REASONS:
        return words.text(_REASONS[reason])
    return words.text("no holding")


def receipt_table(analysis: Analysis, words: Words, readings: Sequence[Reading]) -> TableView:
    """Return every row of the files by its fate: those that need the user first, then set aside, then used."""
    needing = [_line_row(analysis, words, x) for x in analysis.positions if _needs_you(x)]
    aside = [
        _aside_row(words, reading, run, number)
        for reading in readings
        for number, run in enumerate(reading.ignored)
    ]
    used = [_line_row(analysis, words, x) for x in analysis.positions if not _needs_you(x)]
    worrying = [row for row in aside if row.cells[0].tone is Tone.WARNING]
    quiet = [row for row in aside if row.cells[0].tone is not Tone.WARNING]
    rows = (*needing, *worrying, *quiet, *used)
    columns: tuple[Column, ...] = (
        Column("fate", words.text("Fate")),
        Column("rows", words.text("Rows")),
        Column("what", words.text("What it is"), stretch=True),
        Column("file", words.text("File")),
    )
    if len({reading.file for reading in readings}) < 2:  # one file need not be named on each row
        columns = columns[:-1]
        rows = tuple(replace(row, cells=row.cells[:-1]) for row in rows)
    return TableView(
        words.text("What became of every row"),
        columns,
        rows,
        None,
        words.text("No file has been read yet."),
    )


def totals_table(words: Words, readings: Sequence[Reading]) -> TableView:
    """Return the totals the files state, each beside what its rows come to."""
    checks = total_checks(readings)
    return TableView(
        words.text("Totals your files state"),
        (
            Column("what", words.text("Total"), stretch=True),
            Column("where", words.text("Row")),
            Column("stated", words.text("File says"), numeric=True),
            Column("read", words.text("We read"), numeric=True),
            Column("verdict", words.text("Result")),
        ),
        tuple(_total_row(words, check, n) for n, check in enumerate(checks)),
        None,
        words.text("Your files state no totals."),
    )


def _needs_you(line: AnalysedPosition) -> bool:
    return line.status == "left_out"


def _line_row(analysis: Analysis, words: Words, line: AnalysedPosition) -> Row:
    found = line.position or line.cash
    place = found.place if found is not None else None
    needs = _needs_you(line)
    reason = reason_text(words, analysis, line) if needs else ""
    told = f"{line.label}: {reason}" if reason else line.label
    fate = words.text("needs you") if needs else words.text("used")
    typed = place is None or place.file == TYPED_FILE
    return Row(
        line.id,
        (
            Cell(fate, tone=Tone.WARNING if needs else Tone.PLAIN),
            Cell(
                words.text("typed by you")
                if typed or place is None
                else _spot(place.sheet, place.row),
                place.row if place is not None else None,
            ),
            Cell(told, hint=told),
            Cell("" if typed or place is None else place.file or ""),
        ),
    )


def _aside_row(words: Words, reading: Reading, run: IgnoredRows, number: int) -> Row:
    told = reason_of_rows(words, run.reason)
    tone = Tone.WARNING if run.reason in _WORRYING else Tone.MUTED
    rows = f"{run.sheet}!{run.rows}" if run.sheet else run.rows
    return Row(
        f"{reading.file}#{number}",
        (
            Cell(words.text("set aside"), tone=tone),
            Cell(rows, run.first),
            Cell(told, hint=told),
            Cell(reading.file),
        ),
    )


def _spot(sheet: str | None, row: int | None) -> str:
    if row is None:
        return sheet or ""
    return f"{sheet}!{row}" if sheet else str(row)


def _total_row(words: Words, check: TotalCheck, number: int) -> Row:
    total = check.total
    verdicts = {
        True: (words.text("agrees"), Tone.SUCCESS),
        False: (words.text("differs"), Tone.WARNING),
        None: (words.text("not compared"), Tone.MUTED),
    }
    text, tone = verdicts[check.agrees]
    read = UNKNOWN if check.read is None else _amount(words, check.read, total.currency)
    if check.agrees is False and check.read is not None:
        text = words.text(
            "differs by {amount}", amount=_amount(words, check.read - total.value, total.currency)
        )
    key = number_key(What.STATED_TOTAL, str(number))
    return Row(
        f"total{number}",
        (
            Cell(total.what, hint=f"{total.what} · {check.file}"),
            Cell(_spot(total.sheet, total.row), total.row),
            Cell(_amount(words, total.value, total.currency), total.value, key),
            Cell(read, check.read, key),
            Cell(text, tone=tone, hint=text),
        ),
    )


def _amount(words: Words, value: float, currency: str | None) -> str:
    if currency:
        return words.money(value, currency, exact=True)
    return words.money(value, "", exact=True).strip("\u00a0 ")
