"""Portfolio: did levcheck read my list correctly?"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from levcheck.app.analysis import Candidate
from levcheck.app.session import (
    Session,
    add_position,
    edit_cash,
    edit_market_value,
    edit_quantity,
    remove_lines,
    set_base_currency,
    set_rate,
)
from levcheck.i18n.words import Words
from levcheck.presenting.holding_lines import LineView, narrowed
from levcheck.presenting.portfolio_table import PortfolioView, candidate_views
from levcheck.ui.charts.coverage import CoverageChart
from levcheck.ui.screens.currency_panel import CurrencyPanel
from levcheck.ui.screens.filter_row import FilterRow
from levcheck.ui.screens.holdings_table import HoldingsTable
from levcheck.ui.screens.line_panels import AddLinePanel, EditLinePanel
from levcheck.ui.screens.parts import Columns, FlowRow, label, say
from levcheck.ui.screens.receipt_panel import ReceiptPanel
from levcheck.ui.screens.screen import Screen
from levcheck.ui.screens.side_panel import SidePanel
from levcheck.ui.screens.unknown_panel import UnknownPanel
from levcheck.ui.speaking import announce
from levcheck.ui.theme import current_theme

EDIT, ADD, MONEY, ROWS = "edit", "add", "currencies", "rows"
STACK_BELOW = 860
_WIDTHS = {EDIT: 288, ADD: 288, MONEY: 496, ROWS: 528}


class PortfolioScreen(Screen):
    """The receipt of the reading, the lines that need the user, and every line held.

    ``edited`` carries (what the user did in words, the change as a function on the session); ``asked`` (line id or "",
    text typed), to which :meth:`show_suggestions` answers; ``panel_opened`` follows the opening of the side panel.
    """

    resolved = Signal(str, str)
    called_cash = Signal(str)
    removed = Signal(str)
    edited = Signal(str, object)
    asked = Signal(str, str)
    panel_opened = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._view: PortfolioView | None = None
        self._asks_for_new = False
        self._rate_refused = ""
        self.receipt = CoverageChart()
        self.unknown = UnknownPanel(words)
        self.filters = FilterRow(words)
        self.table = HoldingsTable(words)
        self.side = SidePanel(words)
        self.edit_line = EditLinePanel(words)
        self.add_line = AddLinePanel(words)
        self.currencies = CurrencyPanel(words)
        self.rows = ReceiptPanel(words)
        self.buttons = {name: QPushButton() for name in (ROWS, MONEY, ADD, EDIT)}
        self._table_heading = label("emphasis", wrap=False)
        self._lay_out()
        self._connect()
        self._name()

    def speak(self, words: Words) -> None:
        """Use another language."""
        super().speak(words)
        for part in (
            self.unknown,
            self.filters,
            self.table,
            self.side,
            self.edit_line,
            self.add_line,
            self.currencies,
            self.rows,
        ):
            part.speak(words)
        self._name()

    def show_view(self, view: PortfolioView) -> None:
        """Show the screen."""
        self._view = view
        self.headline.show_text(view.headline)
        say(self.subline, " ".join(t for t in (view.receipt_text, view.subline) if t))
        self.receipt.show_view(view.receipt)
        self.unknown.show_lines(view.unknown)
        self._table_heading.setText(view.table.name)
        self.filters.offer_accounts(view.accounts)
        self._show_table()
        self._show_panels(view)
        say(self.footer, view.footer)

    def edit_parts(self) -> Sequence[QWidget]:
        """Return what changes the list, the library or the scenario."""
        return (self.unknown, self.filters, self.side, *self.buttons.values())

    @Slot(object)
    def show_suggestions(self, candidates: Sequence[Candidate]) -> None:
        """Offer names for what was typed."""
        views = candidate_views(self.words, candidates)
        if self._asks_for_new:
            self.add_line.offer(views)
        else:
            self.unknown.offer(views)

    def open_panel(self, name: str) -> None:
        """Open one of the panels beside the table: ``edit``, ``add``, ``currencies`` or ``rows``."""
        if name == EDIT:
            self.edit_current()
            return
        self._open(name)
        if name == ADD:
            self.add_line.focus()
        elif name == MONEY:
            self.currencies.focus()
        else:
            self.rows.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_current(self) -> None:
        """Open the line under the cursor for editing."""
        line = self.table.current_line()
        if line is not None:
            self._on_edit_asked(*line)

    def remove_marked(self) -> None:
        """Remove the lines marked in the table."""
        marked = self.table.marked()
        if marked:
            self._on_remove_asked(marked)

    # --- inside --------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = current_theme().space
        self.grow(self.table, 200)
        self.table.hug()
        for button in self.buttons.values():
            button.setCheckable(True)
        parts = ((self.receipt, 1), (FlowRow(*self.buttons.values()), 0))
        receipt = Columns(parts, stack_below=STACK_BELOW)
        tools = QHBoxLayout()
        tools.setSpacing(space("l"))
        tools.addWidget(self._table_heading)
        tools.addWidget(self.filters, 1)
        body = QHBoxLayout()
        body.setSpacing(space("m"))
        listed = QVBoxLayout()
        listed.addWidget(self.table, 1)
        listed.addStretch()
        body.addLayout(listed, 1)
        body.addWidget(self.side)
        self.column.addWidget(self.headline)
        self.column.addWidget(self.subline)
        self.column.addWidget(receipt)
        self.column.addWidget(self.unknown)
        self.column.addLayout(tools)
        self.column.addLayout(body, 1)
        self.column.addWidget(self.footer)
        self.gap.hide()
        self.side.add(EDIT, self.edit_line, _WIDTHS[EDIT])
        self.side.add(ADD, self.add_line, _WIDTHS[ADD])
        self.side.add(MONEY, self.currencies, _WIDTHS[MONEY])
        self.side.add(ROWS, self.rows, _WIDTHS[ROWS])

    def _connect(self) -> None:
        self.table.number_activated.connect(self.number_activated)
        self.table.row_activated.connect(self._on_row)
        self.table.edit_asked.connect(self._on_edit_asked)
        self.table.remove_asked.connect(self._on_remove_asked)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.filters.narrowed.connect(self._show_table)
        self.receipt.mark_activated.connect(self._on_fate)
        self.unknown.resolved.connect(self.resolved)
        self.unknown.removed.connect(self.removed)
        self.unknown.called_cash.connect(self.called_cash)
        self.unknown.asked.connect(self._on_unknown_asked)
        self.unknown.figure_asked.connect(self._on_figure_asked)
        self.add_line.asked.connect(self._on_new_asked)
        self.add_line.added.connect(self._on_added)
        self.edit_line.changed.connect(self._on_changed)
        self.edit_line.removed.connect(self._on_remove_line)
        self.currencies.base_chosen.connect(self._on_base)
        self.currencies.rate_typed.connect(self._on_rate)
        self.side.closed.connect(self._on_closed)
        for name, button in self.buttons.items():
            button.clicked.connect(self._opening(name))

    def _name(self) -> None:
        words = self.words
        texts = {
            ROWS: words.text("Rows read"),
            MONEY: words.text("Currencies"),
            ADD: words.text("Add a line"),
            EDIT: words.text("Edit line"),
        }
        for name, text in texts.items():
            self.buttons[name].setText(text)

    def _opening(self, name: str) -> Callable[[], None]:
        def toggle() -> None:
            if self.side.current == name:
                self.side.hide()
                self._on_closed()
            else:
                self.open_panel(name)
                self._mark_open()

        return toggle

    def _open(self, name: str) -> None:
        words = self.words
        line = self.edit_line.line
        headings = {
            ROWS: words.text("What became of every row"),
            MONEY: words.text("Currencies and rates"),
            ADD: words.text("Add a line"),
            EDIT: line.label if line is not None else words.text("Edit line"),
        }
        self.side.open(name, headings[name])
        self._mark_open()
        self.panel_opened.emit()

    def _mark_open(self) -> None:
        # The bar is the receipt in short; an open panel needs its room more.
        self.receipt.setVisible(not self.side.current)
        for name, button in self.buttons.items():
            button.setChecked(self.side.current == name)

    def _show_panels(self, view: PortfolioView) -> None:
        if view.rows is not None and view.totals is not None:
            self.rows.show_views(view.rows, view.totals)
        money = view.currencies
        if money is not None:
            self.currencies.show_view(money)
            self.add_line.offer_currencies(money.choices, money.base)
            if money.question and money.question != self._rate_refused and not self.side.current:
                self._open(MONEY)
            self._rate_refused = money.question if self.side.current else self._rate_refused
        self._follow_line(view)

    def _follow_line(self, view: PortfolioView) -> None:
        """Keep the line that is edited in step with the list; a line that is gone closes its panel."""
        edited = self.edit_line.line
        if edited is None:
            return
        here = next((x for x in view.lines if x.id == edited.id and x.label == edited.label), None)
        if here is not None:
            self.edit_line.show_line(here)
            return
        self.edit_line.forget()
        if self.side.current == EDIT:
            self.side.hide()
            self._mark_open()

    def _line(self, identifier: str) -> LineView | None:
        lines = self._view.lines if self._view is not None else ()
        return next((line for line in lines if line.id == identifier), None)

    def _label_of(self, identifier: str) -> str:
        line = self._line(identifier)
        return line.label if line is not None else identifier

    @Slot()
    def _show_table(self) -> None:
        view = self._view
        if view is None:
            return
        base = view.currencies.base if view.currencies is not None else ""
        wanted = self.filters.wanted()
        table = narrowed(view.table, view.lines, self.words, wanted, base)
        self.table.show_view(table)
        if wanted.is_on:
            told = table.total.cells[0].text if table.rows and table.total else table.empty
            announce(self.table, told)

    @Slot(str)
    def _on_row(self, identifier: str) -> None:
        self.unknown.choose(identifier)

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _former: QModelIndex) -> None:
        row = self.table.figures.row(current)
        line = self._line(row.id) if row is not None else None
        if line is not None and self.side.current == EDIT:
            self.edit_line.show_line(line)
            self.side.heading.setText(line.label)

    @Slot(str, str)
    def _on_edit_asked(self, identifier: str, column: str) -> None:
        line = self._line(identifier)
        if line is None:
            return
        self.edit_line.show_line(line)
        self._open(EDIT)
        self.edit_line.focus(column)

    @Slot(object)
    def _on_remove_asked(self, marked: tuple[str, ...]) -> None:
        words = self.words
        name = (
            words.text("Remove {line}", line=self._label_of(marked[0]))
            if len(marked) == 1
            else words.count("Remove {n} line", "Remove {n} lines", len(marked))
        )
        self.edited.emit(name, lambda session: remove_lines(session, marked))

    @Slot(str)
    def _on_remove_line(self, identifier: str) -> None:
        self._on_remove_asked((identifier,))

    @Slot(str, object, object)
    def _on_changed(self, identifier: str, quantity: float | None, value: float | None) -> None:
        def change(session: Session) -> Session:
            if identifier.startswith("c"):
                return session if value is None else edit_cash(session, identifier, value)
            if quantity is not None:
                session = edit_quantity(session, identifier, quantity)
            return session if value is None else edit_market_value(session, identifier, value)

        self.edited.emit(self.words.text("Edit {line}", line=self._label_of(identifier)), change)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, object, object, object, str)
    def _on_added(
        self,
        symbol: str,
        instrument: str | None,
        quantity: float | None,
        value: float | None,
        currency: str,
    ) -> None:
        def change(session: Session) -> Session:
            return add_position(
                session,
                symbol=symbol,
                market_value=value,
                currency=currency,
                quantity=quantity,
                instrument=instrument,
            )

        self.edited.emit(self.words.text("Add {line}", line=symbol.upper()), change)

    @Slot(str)
    def _on_base(self, currency: str) -> None:
        self.edited.emit(
            self.words.text("Totals in {currency}", currency=currency),
            lambda session: set_base_currency(session, currency),
        )

    @Slot(str, float)
    def _on_rate(self, currency: str, rate: float) -> None:
        self.edited.emit(
            self.words.text("Set the rate of {currency}", currency=currency),
            lambda session: set_rate(session, currency, rate),
        )

    @Slot(str, str)
    def _on_unknown_asked(self, identifier: str, text: str) -> None:
        self._asks_for_new = False
        self.asked.emit(identifier, text)

    @Slot(str, str)
    def _on_figure_asked(self, identifier: str, missing: str) -> None:
        if missing == "rate":
            self.open_panel(MONEY)
        else:
            self.table.go_to(identifier)
            self._on_edit_asked(identifier, "value")

    @Slot(str)
    def _on_new_asked(self, text: str) -> None:
        self._asks_for_new = True
        self.asked.emit("", text)

    @Slot(str)
    def _on_fate(self, _fate: str) -> None:
        self.open_panel(ROWS)

    @Slot()
    def _on_closed(self) -> None:
        money = self._view.currencies if self._view is not None else None
        self._rate_refused = money.question if money is not None else ""
        self._mark_open()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
