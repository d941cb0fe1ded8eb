"""The workbook export: real numbers with formats, one sheet for each question, and how each figure came about.

Every text is written as text, so that a name beginning with ``=`` stays a name.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from levcheck.app.analysis import Analysis
from levcheck.app.document import headline
from levcheck.app.explain import explain_scenario, explain_theme
from levcheck.domain.collector import without_collections
from levcheck.domain.explanation import Explanation
from levcheck.domain.texts import whole_text
from levcheck.i18n.explanation_sentences import explain_text, figure_text, formula_text
from levcheck.i18n.places import place_text
from levcheck.i18n.words import Words
from levcheck.presenting.names import KIND_NAMES, family_name, model_name
from levcheck.presenting.verdict import uncounted_sentence
from levcheck.reporting.page import printing_day
from levcheck.reporting.workbook_cells import (
    COUNT,
    FORMS,
    HEAD_HEIGHT,
    LONGEST_NAME,
    MONEY,
    MULTIPLE,
    RATIO,
    ROW_HEIGHT,
    SHARE,
    TEXT,
    Column,
    Value,
    width_of,
)
from levcheck.reporting.workbook_sheets import about, leverage, losses_chart, margin, sources

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DEEPEST = 6
# A sheet holds a million rows; long before that nobody reads them, and pairs grow with the square of the lines.
MOST_PAIRS = 20_000
_HEAD_GROUND, _SOFT, _SOLID = "#EEF1F5", "#AAB2BD", "#1F4FD1"
"""Ground of headings; bars of what labels say, and of what is there: they differ in grey print too."""


def workbook_bytes(analysis: Analysis, words: Words, printed: date | None = None) -> bytes:
    """Return the analysis as an .xlsx workbook.

    With hidden amounts every amount becomes a share of the equity.

    Args:
        analysis: what is written.
        words: language, and whether amounts are hidden.
        printed: day it is dated with; None = today. A fixed day gives the same bytes again.
    """
    with without_collections():
        return _made(analysis, words, printed)


def _made(analysis: Analysis, words: Words, printed: date | None) -> bytes:
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    day = printed or printing_day()
    # Names of people, files and machines stay out of the properties.
    made = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": "levcheck", "created": made})
    writer = BookWriter(book, analysis, words)
    about(writer)
    writer.overview()
    writer.holdings()
    writer.roots()
    writer.stress()
    losses_chart(writer)
    writer.overlap()
    leverage(writer)
    margin(writer)
    sources(writer)
    writer.how()
    book.close()
    return buffer.getvalue()


class BookWriter:
    """Writes one analysis into one workbook.

    Attributes:
        book: the workbook.
        analysis: what is written.
        words: language, and whether amounts are shares.
        amount_form: number format of amounts.
        results: scenarios that are written; none where nothing is counted, whose zeros nobody knows.
        amount: an amount as written: to the cent, or as a share of the equity.
    """

    def __init__(self, book: Any, analysis: Analysis, words: Words) -> None:
        self.book = book
        self.analysis = analysis
        self.results = () if analysis.is_uncounted else analysis.stress
        self.labels = {line.id: line.label for line in analysis.positions}
        self.words = words
        self._formats: dict[str, Format] = {
            form: book.add_format({"num_format": form}) for form in FORMS
        }
        self._strong: dict[str, Format] = {
            form: book.add_format({"num_format": form, "bold": True, "top": 4}) for form in FORMS
        }
        head = {"bold": True, "bottom": 1, "bg_color": _HEAD_GROUND, "valign": "vcenter"}
        self._head = book.add_format(head)
        self._number_head = book.add_format({**head, "align": "right"})
        # Texts stand away from the figures before them.
        self._beside, self._strong_beside, self._head_beside = (
            book.add_format({**look, "num_format": TEXT, "indent": 1})
            for look in ({}, {"bold": True, "top": 4}, head)
        )
        self._link = book.add_format({"num_format": TEXT, "font_color": _SOLID, "underline": 1})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._widths: dict[str, dict[int, float]] = {}
        whole = analysis.equity
        self._share_only = words.hide_amounts
        self.amount_form = SHARE if self._share_only else MONEY
        self.amount: Callable[[float | None], float | None] = (
            (lambda amount: None if amount is None or whole <= 0 else amount / whole)
            if self._share_only
            else (lambda amount: None if amount is None else round(amount, 2))
        )

    def overview(self) -> None:
        """Write the verdict, the families and the bets."""
        say, amount = self.words.text, self.amount
        sheet = self.sheet(say("Overview"), headline(self.analysis, self.words))
        families = [
            (
                family_name(self.words, f.family),
                amount(f.labelled),
                amount(f.net),
                f.share_of_equity,
                f.doors,
            )
            for f in self.analysis.families
        ]
        columns = (
            (say("Family"), TEXT),
            (self.amount_head(say("As labelled")), self.amount_form),
            (self.amount_head(say("In effect")), self.amount_form),
            (say("Share of money"), SHARE),
            (say("Doors"), COUNT),
        )
        end = self.table(sheet, 2, columns, families)
        bets = [
            (say(t.name), amount(t.labelled), amount(t.net), t.share_of_equity, len(t.doors))
            for t in self.analysis.themes
        ]
        self.table(sheet, end + 2, ((say("Bet"), TEXT), *columns[1:]), bets)
        if families:
            series = ((1, columns[1][0], _SOFT), (2, columns[2][0], _SOLID))
            self.bars(sheet, say("What you really own"), series, len(families), 6)

    def holdings(self) -> None:
        """Write every line with what it is and where it stands in the file."""
        say = self.words.text
        sheet = self.sheet(say("Holdings"), say("Every line of your list"))
        rows = []
        for line in self.analysis.positions:
            held = line.position or line.cash
            place = place_text(self.words, held.place) if held else ""
            rows.append(
                (
                    line.id,
                    line.label,
                    (line.instrument.name if line.instrument else "") or "",
                    say(KIND_NAMES[line.kind]) if line.kind else say("unknown"),
                    line.daily_leverage_factor,
                    self.amount(line.market_value),
                    self.amount(line.notional_exposure),
                    line.looked_through_share,
                    place,
                )
            )
        self.list(
            sheet,
            (
                (say("Line"), TEXT),
                (say("Holding"), TEXT),
                (say("Name"), TEXT),
                (say("Kind"), TEXT),
                (say("Daily multiple"), MULTIPLE),
                (self.amount_head(say("Value")), self.amount_form),
                (self.amount_head(say("In effect")), self.amount_form),
                (say("Looked through"), SHARE),
                (say("Where"), TEXT),
            ),
            rows,
        )

    def roots(self) -> None:
        """Write every root with its doors."""
        say, amount = self.words.text, self.amount
        sheet = self.sheet(say("Roots and doors"), say("What the money rides on, and through what"))
        rows: list[tuple[Value, ...]] = []
        sums: list[int] = []
        for root in self.analysis.exposures:
            sums.append(len(rows))
            rows.append((root.name, "", "", amount(root.net), root.share_of_equity))
            rows += [
                (
                    root.name,
                    self.labels.get(door.position, door.position),
                    " → ".join(door.chain),
                    amount(door.amount),
                    None,
                )
                for door in root.doors
            ]
        self.list(
            sheet,
            (
                (say("Root"), TEXT),
                (say("Through"), TEXT),
                (say("Chain"), TEXT),
                (self.amount_head(say("In effect")), self.amount_form),
                (say("Share of money"), SHARE),
            ),
            rows,
            strong=sums,
        )

    def stress(self) -> None:
        """Write every scenario by line."""
        say, amount = self.words.text, self.amount
        told = say("What each shock would do. This is arithmetic, not a forecast.")
        sheet = self.sheet(say("Stress"), uncounted_sentence(self.words, self.analysis) or told)
        rows: list[tuple[Value, ...]] = []
        sums: list[int] = []
        for result in self.results:
            name = say(result.facts.name)
            sums.append(len(rows))
            rows.append(
                (
                    name,
                    say("All lines"),
                    amount(result.pnl),
                    result.share_of_equity,
                    amount(result.low),
                    amount(result.high),
                    "",
                )
            )
            rows += [
                (
                    name,
                    self.labels.get(loss.position, loss.position),
                    amount(loss.pnl),
                    loss.share,
                    amount(loss.low),
                    amount(loss.high),
                    model_name(self.words, loss.model),
                )
                for loss in result.positions
            ]
        self.list(
            sheet,
            (
                (say("Scenario"), TEXT),
                (say("Holding"), TEXT),
                (self.amount_head(say("Change")), self.amount_form),
                (say("Share"), SHARE),
                (self.amount_head(say("Low")), self.amount_form),
                (self.amount_head(say("High")), self.amount_form),
                (say("Model"), TEXT),
            ),
            rows,
            strong=sums,
        )

    def overlap(self) -> None:
        """Write every pair that has something in common."""
        say = self.words.text
        sheet = self.sheet(say("Overlap"), say("Pairs of lines that hold the same things"))
        pairs = self.analysis.overlap.pairs
        rows = [
            (
                self.labels.get(pair.a, pair.a),
                self.labels.get(pair.b, pair.b),
                pair.min_weight,
                pair.cosine,
                self.amount(pair.shared_amount),
            )
            for pair in pairs[:MOST_PAIRS]
        ]
        if len(pairs) > MOST_PAIRS:
            left_out = self.words.count(
                "The largest pairs; {n} more pair shares less and is not listed here.",
                "The largest pairs; {n} more pairs share less and are not listed here.",
                len(pairs) - MOST_PAIRS,
            )
            sheet.write_string(1, 0, left_out)
        self.list(
            sheet,
            (
                (say("Holding"), TEXT),
                (say("And"), TEXT),
                (say("Common weight"), SHARE),
                (say("Same direction"), RATIO),
                (self.amount_head(say("Shared")), self.amount_form),
            ),
            rows,
        )

    def how(self) -> None:
        """Write how the bets and the scenarios came about, down to cells and dated rows."""
        say = self.words.text
        sheet = self.sheet(say("How we got this"), say("Each figure with what it was made of"))
        trees = [explain_theme(self.analysis, t.theme) for t in self.analysis.themes[:5]]
        trees += [explain_scenario(self.analysis, r.scenario) for r in self.results[:5]]
        rows: list[tuple[Value, ...]] = []
        roots: list[int] = []
        for tree in trees:
            roots.append(len(rows))
            rows += self._tree(tree, 0)
        self.list(
            sheet,
            (
                (say("What"), TEXT),
                (say("Figure"), TEXT),
                (say("Formula"), TEXT),
                (say("Where from"), TEXT),
            ),
            rows,
            strong=roots,
        )

    # --- inside ----------------------------------------------------------------------------------------

    def _tree(self, tree: Explanation, depth: int) -> Iterable[tuple[Value, ...]]:
        base = self.analysis.portfolio.base_currency
        source = ""
        if tree.place is not None:
            source = " ".join(filter(None, (tree.place.file, place_text(self.words, tree.place))))
        elif tree.source is not None:
            source = " · ".join(filter(None, (tree.source.title, tree.source.as_of)))
        yield (
            "    " * depth + explain_text(self.words, tree),
            figure_text(self.words, tree, base),
            formula_text(self.words, tree, base),
            source,
        )
        if depth < DEEPEST:
            for part in tree.inputs:
                yield from self._tree(part, depth + 1)

    def sheet(self, name: str, title: str) -> "Worksheet":
        """Return a new sheet with its title in the first cell; printed, it is as wide as a sheet of paper."""
        sheet = self.book.add_worksheet(name[:LONGEST_NAME])
        sheet.write_string(0, 0, title, self._title)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8levcheck &R&8&A · &P / &N")
        return sheet

    def link(self, sheet: "Worksheet", row: int, name: str) -> None:
        """Let the name of a sheet in the first cell of a row lead there."""
        target = name[:LONGEST_NAME].replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{target}'!A1", self._link, string=name)

    def amount_head(self, heading: str) -> str:
        """Return the heading of a column of amounts, with its unit."""
        if self._share_only:
            return f"{heading} (%)"
        return f"{heading} ({self.analysis.portfolio.base_currency})"

    def list(
        self,
        sheet: "Worksheet",
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        *,
        strong: Collection[int] = (),
    ) -> int:
        """Write the one table of a sheet: its headings stay in sight and on every page, and it can be filtered."""
        end = self.table(sheet, 2, columns, rows, strong=strong)
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        if rows:
            sheet.autofilter(2, 0, end - 1, len(columns) - 1)
        return end

    def table(
        self,
        sheet: "Worksheet",
        top: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
        *,
        strong: Collection[int] = (),
    ) -> int:
        """Write a table and return the index of the row after it.

        Args:
            sheet: where.
            top: index of the row of headings.
            columns: headings and number formats.
            rows: texts and numbers.
            strong: numbers of the rows that sum up others.
        """
        sheet.set_row(top, HEAD_HEIGHT)
        for index, (heading, form) in enumerate(columns):
            texts = self._head_beside if index else self._head
            sheet.write_string(top, index, heading, texts if form == TEXT else self._number_head)
            self._widen(sheet, index, width_of(heading, form, [row[index] for row in rows]))
        sums = frozenset(strong)
        for number, row in enumerate(rows):
            styles = self._strong if number in sums else self._formats
            beside = self._strong_beside if number in sums else self._beside
            for index, (value, (_, form)) in enumerate(zip(row, columns, strict=True)):
                if isinstance(value, str):
                    style = beside if index else styles[TEXT]
                    sheet.write_string(top + 1 + number, index, whole_text(value), style)
                elif value is not None:
                    sheet.write_number(top + 1 + number, index, value, styles[form])
                elif number in sums:
                    sheet.write_blank(top + 1 + number, index, None, styles[form])
        return top + 1 + len(rows)

    def bars(
        self,
        sheet: "Worksheet",
        title: str,
        series: Sequence[tuple[int, str, str]],
        rows: int,
        column: int,
    ) -> None:
        """Draw columns of the sheet's first table as bars.

        Args:
            sheet: where.
            title: over the chart.
            series: (index of a column, its name, colour of its bars).
            rows: of the table.
            column: where the chart begins.
        """
        chart = self.book.add_chart({"type": "bar"})
        for index, name, colour in series:
            chart.add_series(
                {
                    "name": name,
                    "categories": [sheet.name, 3, 0, 2 + rows, 0],
                    "values": [sheet.name, 3, index, 2 + rows, index],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        grid = {"visible": True, "line": {"color": "#D9DEE5"}}
        form = "0%" if self._share_only else "#,##0"
        # Category names stand at the low edge, beside no bar; the values below, though the first row is on top.
        chart.set_y_axis({"reverse": True, "label_position": "low", "crossing": "max"})
        chart.set_x_axis({"num_format": form, "major_gridlines": grid})
        chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
        chart.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
        chart.set_size({"width": 760, "height": 140 + rows * (22 + 16 * len(series))})
        sheet.insert_chart(2, column, chart)

    def _widen(self, sheet: "Worksheet", column: int, width: float) -> None:
        """Make a column as wide as its widest table."""
        known = self._widths.setdefault(sheet.name, {})
        if width > known.get(column, 0.0):
            known[column] = width
            sheet.set_column(column, column, width)
