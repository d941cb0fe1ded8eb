"""The workbook export: real numbers with formats, one sheet for each question, and how each figure came about.

Every text is written as text, so that a name beginning with ``=`` stays a name.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from levcheck.app.analysis import Analysis
from levcheck.app.document import headline
from levcheck.app.explain import explain_scenario, explain_theme
from levcheck.domain.explanation import Explanation
from levcheck.i18n.explanation_sentences import explain_text, figure_text, formula_text
from levcheck.i18n.words import Words
from levcheck.presenting.names import KIND_NAMES, family_name, line_label, model_name
from levcheck.reporting.page import printing_day
from levcheck.reporting.workbook_sheets import about, leverage, losses_chart, margin, sources

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MONEY, SHARE, FINE_SHARE = "#,##0.00;−#,##0.00", "0.0%", "0.00%"
MULTIPLE, TEXT = '0.00"x"', "@"
DEEPEST = 6

Value = str | float | None
Column = tuple[str, str, float]
"""Heading, number format, width in characters."""


def workbook_bytes(analysis: Analysis, words: Words, printed: date | None = None) -> bytes:
    """Return the analysis as an .xlsx workbook.

    With hidden amounts every amount becomes a share of the equity.

    Args:
        analysis: what is written.
        words: language, and whether amounts are hidden.
        printed: day it is dated with; None = today. A fixed day gives the same bytes again.
    """
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
        amount: an amount as written: to the cent, or as a share of the equity.
    """

    def __init__(self, book: Any, analysis: Analysis, words: Words) -> None:
        self.book = book
        self.analysis = analysis
        self.words = words
        self._formats: dict[str, Format] = {
            form: book.add_format({"num_format": form})
            for form in (MONEY, SHARE, FINE_SHARE, MULTIPLE, TEXT)
        }
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self._title = book.add_format({"bold": True, "font_size": 14, "text_wrap": True})
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
            (say("Family"), TEXT, 34),
            (self.amount_head(say("As labelled")), self.amount_form, 18),
            (self.amount_head(say("In effect")), self.amount_form, 18),
            (say("Share of money"), SHARE, 14),
            (say("Doors"), "0", 10),
        )
        end = self.table(sheet, 2, columns, families)
        bets = [
            (say(t.name), amount(t.labelled), amount(t.net), t.share_of_equity, len(t.doors))
            for t in self.analysis.themes
        ]
        self.table(sheet, end + 2, ((say("Bet"), TEXT, 34), *columns[1:]), bets)
        chart = self.book.add_chart({"type": "bar"})
        for column, name in ((1, columns[1][0]), (2, columns[2][0])):
            chart.add_series(
                {
                    "name": name,
                    "categories": [sheet.name, 3, 0, 2 + len(families), 0],
                    "values": [sheet.name, 3, column, 2 + len(families), column],
                }
            )
        chart.set_y_axis({"reverse": True})
        chart.set_title({"name": say("What you really own")})
        sheet.insert_chart(2, 6, chart, {"x_scale": 1.3, "y_scale": 1.4})

    def holdings(self) -> None:
        """Write every line with what it is and where it stands in the file."""
        say = self.words.text
        sheet = self.sheet(say("Holdings"), say("Every line of your list"))
        rows = []
        for line in self.analysis.positions:
            held = line.position or line.cash
            place = str(held.place) if held else ""
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
        self.table(
            sheet,
            2,
            (
                (say("Line"), TEXT, 8),
                (say("Holding"), TEXT, 18),
                (say("Name"), TEXT, 40),
                (say("Kind"), TEXT, 16),
                (say("Daily multiple"), MULTIPLE, 12),
                (self.amount_head(say("Value")), self.amount_form, 18),
                (self.amount_head(say("In effect")), self.amount_form, 18),
                (say("Looked through"), SHARE, 14),
                (say("Where"), TEXT, 24),
            ),
            rows,
        )

    def roots(self) -> None:
        """Write every root with its doors."""
        say, amount = self.words.text, self.amount
        sheet = self.sheet(say("Roots and doors"), say("What the money rides on, and through what"))
        rows: list[tuple[Value, ...]] = []
        for root in self.analysis.exposures:
            rows.append((root.name, "", "", amount(root.net), root.share_of_equity))
            rows += [
                (
                    root.name,
                    line_label(self.analysis, door.position),
                    " → ".join(door.chain),
                    amount(door.amount),
                    None,
                )
                for door in root.doors
            ]
        self.table(
            sheet,
            2,
            (
                (say("Root"), TEXT, 32),
                (say("Through"), TEXT, 18),
                (say("Chain"), TEXT, 44),
                (self.amount_head(say("In effect")), self.amount_form, 18),
                (say("Share of money"), SHARE, 14),
            ),
            rows,
        )

    def stress(self) -> None:
        """Write every scenario by line."""
        say, amount = self.words.text, self.amount
        sheet = self.sheet(
            say("Stress"), say("What each shock would do. This is arithmetic, not a forecast.")
        )
        rows: list[tuple[Value, ...]] = []
        for result in self.analysis.stress:
            name = say(result.facts.name)
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
                    line_label(self.analysis, loss.position),
                    amount(loss.pnl),
                    loss.share,
                    amount(loss.low),
                    amount(loss.high),
                    model_name(self.words, loss.model),
                )
                for loss in result.positions
            ]
        self.table(
            sheet,
            2,
            (
                (say("Scenario"), TEXT, 34),
                (say("Holding"), TEXT, 18),
                (self.amount_head(say("Change")), self.amount_form, 18),
                (say("Share"), SHARE, 10),
                (self.amount_head(say("Low")), self.amount_form, 18),
                (self.amount_head(say("High")), self.amount_form, 18),
                (say("Model"), TEXT, 24),
            ),
            rows,
        )

    def overlap(self) -> None:
        """Write every pair that has something in common."""
        say = self.words.text
        sheet = self.sheet(say("Overlap"), say("Pairs of lines that hold the same things"))
        rows = [
            (
                line_label(self.analysis, pair.a),
                line_label(self.analysis, pair.b),
                pair.min_weight,
                pair.cosine,
                self.amount(pair.shared_amount),
            )
            for pair in self.analysis.overlap.pairs
        ]
        self.table(
            sheet,
            2,
            (
                (say("Holding"), TEXT, 18),
                (say("And"), TEXT, 18),
                (say("Common weight"), SHARE, 14),
                (say("Same direction"), "0.00", 14),
                (self.amount_head(say("Shared")), self.amount_form, 18),
            ),
            rows,
        )

    def how(self) -> None:
        """Write how the bets and the scenarios came about, down to cells and dated rows."""
        say = self.words.text
        sheet = self.sheet(say("How we got this"), say("Each figure with what it was made of"))
        trees = [explain_theme(self.analysis, t.theme) for t in self.analysis.themes[:5]]
        trees += [explain_scenario(self.analysis, r.scenario) for r in self.analysis.stress[:5]]
        rows = [row for tree in trees for row in self._tree(tree, 0)]
        self.table(
            sheet,
            2,
            (
                (say("What"), TEXT, 70),
                (say("Figure"), TEXT, 18),
                (say("Formula"), TEXT, 60),
                (say("Where from"), TEXT, 50),
            ),
            rows,
        )

    # --- inside ----------------------------------------------------------------------------------------

    def _tree(self, tree: Explanation, depth: int) -> Iterable[tuple[Value, ...]]:
        base = self.analysis.portfolio.base_currency
        source = ""
        if tree.place is not None:
            source = " ".join(filter(None, (tree.place.file, str(tree.place))))
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
        """Return a new sheet with its title in the first cell."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, title, self._title)
        return sheet

    def amount_head(self, heading: str) -> str:
        """Return the heading of a column of amounts, with its unit."""
        if self._share_only:
            return f"{heading} (%)"
        return f"{heading} ({self.analysis.portfolio.base_currency})"

    def table(
        self,
        sheet: "Worksheet",
        top: int,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Value]],
    ) -> int:
        """Write a table and return the index of the row after it."""
        for index, (heading, _, width) in enumerate(columns):
            sheet.write_string(top, index, heading, self._head)
            sheet.set_column(index, index, width)
        for number, row in enumerate(rows, start=top + 1):
            for index, (value, (_, form, _)) in enumerate(zip(row, columns, strict=True)):
                style = self._formats.get(form)
                if isinstance(value, str):
                    sheet.write_string(number, index, value, self._formats[TEXT])
                elif value is not None:
                    sheet.write_number(number, index, value, style)
        return top + 1 + len(rows)
