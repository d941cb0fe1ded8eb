"""The window: rail, state bar, screens and drawer around one workspace."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QInputDialog,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from levcheck.app.analysis import Analysis
from levcheck.app.session import remove_position, resolve
from levcheck.domain.portfolio import Reading
from levcheck.presenting.diagnostics_list import NoticeView, notices
from levcheck.presenting.figures import Figure, Tone
from levcheck.ui.actions import ACTIONS, MENUS, SCREENS, Needs
from levcheck.ui.charts.chart import Chart, announce
from levcheck.ui.drawer_panel import DrawerPanel
from levcheck.ui.file_desk import READABLE, FileDesk
from levcheck.ui.icons import icon
from levcheck.ui.library_desk import LISTS, LibraryDesk
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.first_run import FirstRun
from levcheck.ui.theme import current_theme, theme_source
from levcheck.ui.widgets import (
    FigureLabel,
    NoticeBar,
    ProgressRow,
    Rail,
    RailItem,
    Severity,
    StateBar,
)
from levcheck.ui.workspace import SESSION_ENDING, Workspace

if TYPE_CHECKING:
    from levcheck.importing.mapping import ColumnChoices
    from levcheck.presenting.screens import ScreenViews
    from levcheck.storage.settings import Settings
    from levcheck.ui.screens.custom_shock import CustomShock
    from levcheck.ui.screens.mapping_panel import MappingPanel
    from levcheck.ui.screens.portfolio_screen import PortfolioScreen
    from levcheck.ui.screens.reverse_panel import ReversePanel
    from levcheck.ui.screens.screen import Screen
    from levcheck.ui.screens.settings_panel import SettingsPanel

SMALLEST = (1024, 640)
DOCKED_FROM = 1240
MOST_NOTICES = 3
_SEVERITIES = {
    Tone.ERROR: Severity.ERROR,
    Tone.WARNING: Severity.WARNING,
    Tone.SUCCESS: Severity.SUCCESS,
}


class MainWindow(QMainWindow):
    """Shows one workspace.

    ``columns_matched`` carries (fingerprint of the headings, field → column) when the user has matched a file;
    ``settings_changed`` the new settings when he has changed one.

    Attributes:
        known_columns: fingerprint → field → column, as matched before; offered again for files with those headings.
        settings_now: gives the settings in force, for the settings panel.
    """

    columns_matched = Signal(str, object)
    settings_changed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.known_columns: dict[str, dict[str, str]] = {}
        self.settings_now: Callable[[], Settings] | None = None
        words = workspace.words
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.rail = Rail(words.text("Screens"))
        self.state_bar = StateBar()
        self.reading_bar = ProgressRow(words.text("Cancel"))
        self.first_run = FirstRun(words)
        self.drawer = DrawerPanel(words)
        self.files = FileDesk(workspace, self)
        self.library = LibraryDesk(workspace, self)
        self.screens: dict[str, Screen] = {}
        self._stack = QStackedWidget()
        self._notices = QVBoxLayout()
        self._bars: list[NoticeBar] = []
        self._actions: dict[str, QAction] = {}
        self._menus: list[QMenu] = []
        self._current = "overview"
        self._is_meeting = False
        self._drawn: dict[str, ScreenViews] = {}
        self._before_drawer: QWidget | None = None
        self._mapping: MappingPanel | None = None
        self._custom: CustomShock | None = None
        self._settings: SettingsPanel | None = None
        self._reverse: ReversePanel | None = None
        self._lay_out()
        self._make_actions()
        self._connect()
        self._speak()
        self._update_state()
        self._on_theme()

    # --- what is shown -----------------------------------------------------------------------------------

    @property
    def current_screen(self) -> str:
        """Id of the screen shown (the one that will be, while nothing is open)."""
        return self._current

    def show_screen(self, screen: str) -> None:
        """Show a screen of the rail."""
        self._current = screen
        self.rail.choose(screen)
        if self.rail.isAncestorOf(QApplication.focusWidget() or self):
            self.rail.focus_current()
        self._draw()

    def use_meeting_mode(self, *, on: bool) -> None:
        """Take away what a guest need not see: menus, rail, and whose list it is."""
        self._is_meeting = on
        self.menuBar().setVisible(not on)
        self.rail.setVisible(not on)
        self.state_bar.setVisible(not on)
        self._update_state()

    def explain(self, key: str) -> None:
        """Open the drawer on a number."""
        view = self.workspace.explain(key)
        if view is None:
            return
        if self.drawer.isHidden():
            self._before_drawer = QApplication.focusWidget()
        self.drawer.show()
        self._place_drawer()
        self.drawer.raise_()
        self.drawer.show_view(view)

    def tell(self, view: NoticeView) -> None:
        """Show a notice above the screen; the oldest goes when there are too many."""
        bar = NoticeBar(self.workspace.words.text("Put this notice away"))
        bar.closed.connect(self._on_dismissed)
        self._notices.addWidget(bar)
        self._bars.append(bar)
        where = f"{view.where}: " if view.where and view.where not in view.title else ""
        bar.show_notice(
            where + view.title,
            _SEVERITIES.get(view.tone, Severity.INFO),
            detail=view.detail,
            code=view.code if view.tone is Tone.ERROR else "",
        )
        while len(self._bars) > MOST_NOTICES:
            self._bars[0].dismiss()

    @property
    def notice_texts(self) -> tuple[str, ...]:
        """What the notices say, oldest first."""
        return tuple(bar.accessibleName() for bar in self._bars)

    def action(self, identifier: str) -> QAction:
        """Return one of the window's actions."""
        return self._actions[identifier]

    # --- what can be done ----------------------------------------------------------------------------------

    def do_open(self) -> None:
        """Ask for a file and open it."""
        self.files.ask_file(self._open)

    def do_add_file(self) -> None:
        """Ask for a file and add it to the household."""
        self.files.ask_file(self._add)

    def do_open_sample(self) -> None:
        """Open the bundled sample portfolio."""
        from levcheck.assets import asset

        self._open(asset("examples", "story.xlsx"))

    def do_save_template(self) -> None:
        """Save a workbook to fill in."""
        self.files.ask_target("template.xlsx", "Excel (*.xlsx)", self.files.write_template)

    def do_save(self) -> None:
        """Save where the session was saved before, or ask."""
        path = self.workspace.path
        if path is None:
            self.do_save_as()
        else:
            self.files.save(path)

    def do_save_as(self) -> None:
        """Ask where to save the session."""
        name = (self.workspace.session.portfolio.name or "portfolio") + SESSION_ENDING
        self.files.ask_target(name, f"levcheck (*{SESSION_ENDING})", self.files.save)

    def do_report(self) -> None:
        """Ask where to write page one as PDF."""
        name = (self.workspace.session.portfolio.name or "levcheck") + ".pdf"
        self.files.ask_target(name, "PDF (*.pdf)", self.files.write_report)

    def do_close_list(self) -> None:
        """Forget what is open."""
        self.close_drawer()
        self.drawer.forget()
        self._drawn.clear()
        for bar in tuple(self._bars):
            bar.dismiss()
        self.workspace.close()
        self._drop_screens()

    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    def do_undo(self) -> None:
        """Take back the last edit."""
        self.workspace.undo()

    def do_redo(self) -> None:
        """Do the last undone edit again."""
        self.workspace.redo()

    def do_find(self) -> None:
        """Ask for a holding and put the cursor on it."""
        self.show_screen("portfolio")
        words = self.workspace.words
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(words.text("Find a holding"))
        dialog.setLabelText(words.text("Ticker or part of a name"))
        dialog.textValueSelected.connect(self.find_text)
        dialog.open()

    @Slot(str)
    def find_text(self, text: str) -> None:
        """Put the cursor on the next holding that contains a text."""
        table = self.screens["portfolio"].main_table() if self.screens else None
        if table is None or not text.strip():
            return
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not table.find_text(text.strip()):
            words = self.workspace.words
            self.tell(
                NoticeView(
                    words.text("No holding contains “{text}”.", text=text),
                    words.text("Try a shorter part of its name."),
                    "",
                    "window.not_found",
                    Tone.MUTED,
                )
            )

    def do_filter(self) -> None:
        """Put the cursor into the filter of the holdings."""
        self._portfolio().filters.focus()

    def do_edit_line(self) -> None:
        """Edit the holding under the cursor."""
        self._portfolio().edit_current()

    def do_add_line(self) -> None:
        """Type a line that no file holds."""
        self._portfolio().open_panel("add")

    def do_remove_lines(self) -> None:
        """Remove the holdings marked in the table."""
        self._portfolio().remove_marked()

    def do_currencies(self) -> None:
        """Show what is held in each currency, and the rates."""
        self._portfolio().open_panel("currencies")

    def do_rows_read(self) -> None:
        """Show what became of every row of the files."""
        self._portfolio().open_panel("rows")

    def do_copy_table(self) -> None:
        """Copy the table of the screen, tab-separated, as shown."""
        table = self.screens[self._current].main_table() if self.screens else None
        if table is not None:
            QApplication.clipboard().setText(table.figures.view.as_tsv())
            announce(self, self.workspace.words.text("The table was copied."))

    def do_hide_amounts(self) -> None:
        """Hide or show money everywhere."""
        hidden = self._actions["hide_amounts"].isChecked()
        self.workspace.speak(hide_amounts=hidden)

    def do_dark(self) -> None:
        """Use dark or light colours."""
        theme_source().choose("dark" if self._actions["dark"].isChecked() else "light")

    def do_reset_scenario(self) -> None:
        """Take the scenario away from all screens."""
        self.workspace.apply_scenario(None)

    def do_explain(self) -> None:
        """Explain the number that has the focus."""
        key = _focused_key(QApplication.focusWidget())
        if key:
            self.explain(key)

    def do_settings(self) -> None:
        """Show the settings; every choice counts at once."""
        from levcheck.storage.settings import Settings
        from levcheck.ui.screens.settings_panel import SettingsPanel

        words = self.workspace.words
        kept = self.settings_now() if self.settings_now is not None else Settings()
        kept = replace(kept, hide_amounts=words.hide_amounts, mappings=self.known_columns)
        panel = SettingsPanel(kept, words, self)
        self._settings = panel
        panel.changed.connect(self._on_settings)
        panel.finished.connect(self._on_settings_closed)
        panel.open()

    @Slot()
    def _on_settings_closed(self) -> None:
        self._settings = None

    @Slot(object)
    def _on_settings(self, settings: "Settings") -> None:
        """Let a changed setting count: in the window at once, in what is kept by ``settings_changed``."""
        self.known_columns = dict(settings.mappings or {})
        self.workspace.usual_currency = settings.base_currency
        self.first_run.show_recent(settings.recent_files)
        self.settings_changed.emit(settings)

    def do_keys(self) -> None:
        """Show every key there is."""
        from levcheck.ui.screens.dialogs import show_keys

        show_keys(self, self.workspace.words)

    def do_about(self) -> None:
        """Say what this program is."""
        from levcheck.ui.screens.dialogs import show_about

        show_about(self, self.workspace.words)

    @Slot()
    def close_drawer(self) -> None:
        """Close the drawer and give the focus back."""
        if self.drawer.isHidden():
            return
        self.drawer.hide()
        self._place_drawer()
        if self._before_drawer is not None:
            self._before_drawer.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before_drawer = None

    # --- Qt asks -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that can be read."""
        if any(_is_readable(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that can be read: fund lists go to the library, the first portfolio is opened."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        wanted = [path for path in paths if _is_readable(str(path))]
        if wanted:
            event.acceptProposedAction()
            self.workspace.take_in(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer on Esc, wherever the focus is."""
        if event.key() == Qt.Key.Key_Escape and not self.drawer.isHidden():
            self.close_drawer()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drawer at the right edge."""
        super().resizeEvent(event)
        self._place_drawer()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give up what is running and let go of everything."""
        self.workspace.stop()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the drawer in place when the middle is laid out."""
        if watched is self._body and event.type() == QEvent.Type.Resize:
            self._place_drawer()
        return super().eventFilter(watched, event)

    # --- inside: making ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QWidget()
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        space = current_theme().space
        self._notices.setContentsMargins(space("xl"), space("xs"), space("xl"), 0)
        self._notices.setSpacing(space("xs"))
        self._stack.addWidget(self.first_run)
        self._inner = QHBoxLayout()
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.addWidget(self._stack, 1)
        column.addWidget(self.state_bar)
        column.addWidget(self.reading_bar)
        column.addLayout(self._notices)
        column.addLayout(self._inner, 1)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._body, 1)
        self.setCentralWidget(middle)
        self.drawer.setParent(self._body)
        self.drawer.hide()
        self._body.installEventFilter(self)

    def _make_actions(self) -> None:
        menus: dict[str, QMenu] = {}
        for title in MENUS:
            menu = QMenu(self)
            self.menuBar().addMenu(menu)
            menus[title] = menu
            self._menus.append(menu)
        for spec in ACTIONS:
            menu = menus[spec.menu]
            if spec.separated:
                menu.addSeparator()
            action = QAction(self)
            action.setCheckable(spec.checkable)
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            # An action that acts in both directions is switched by its own state, so it listens to clicks only.
            action.triggered.connect(getattr(self, f"do_{spec.id}"))
            menu.addAction(action)
            self._actions[spec.id] = action

    def _going_to(self, screen: str) -> Callable[[], None]:
        def go() -> None:
            self.show_screen(screen)

        return go

    def _connect(self) -> None:
        work = self.workspace
        work.session_changed.connect(self._update_state)
        work.views_ready.connect(self._on_views)
        work.busy_changed.connect(self._on_busy)
        work.reading_changed.connect(self._on_reading)
        work.reading_progressed.connect(self.reading_bar.set_progress)
        work.notice_raised.connect(self.tell)
        self.files.told.connect(self.tell)
        work.mapping_needed.connect(self._on_mapping_needed)
        work.columns_ready.connect(self._on_columns)
        work.columns_tried.connect(self._on_columns_tried)
        work.words_changed.connect(self._speak)
        work.trial_ready.connect(self._on_trial)
        self.rail.chosen.connect(self.show_screen)
        self.reading_bar.cancelled.connect(work.cancel_reading)
        bar = self.state_bar
        bar.explain.connect(self.explain)
        bar.reset_chosen.connect(self.do_reset_scenario)
        bar.gap_chosen.connect(self._going_to("portfolio"))
        bar.amounts_toggled.connect(self._actions["hide_amounts"].trigger)
        bar.dark_toggled.connect(self._actions["dark"].trigger)
        self.first_run.open_asked.connect(self.do_open)
        self.first_run.sample_asked.connect(self.do_open_sample)
        self.first_run.template_asked.connect(self.do_save_template)
        self.first_run.recent_asked.connect(self._open_named)
        self.drawer.closed.connect(self.close_drawer)
        theme_source().changed.connect(self._on_theme)

    def _drop_screens(self) -> None:
        """Let every screen go: after a list is closed, nothing of it stays in any widget."""
        for old in self.screens.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.screens = {}
        self._custom = self._reverse = None

    def _make_screens(self) -> None:
        """Make the screens when there is something to show; the first window stands without them."""
        from levcheck.ui.screens.data_screen import DataScreen
        from levcheck.ui.screens.leverage_screen import LeverageScreen
        from levcheck.ui.screens.overlap_screen import OverlapScreen
        from levcheck.ui.screens.overview_screen import OverviewScreen
        from levcheck.ui.screens.portfolio_screen import PortfolioScreen
        from levcheck.ui.screens.stress_screen import StressScreen

        words = self.workspace.words
        portfolio, overview = PortfolioScreen(words), OverviewScreen(words)
        overlap, stress = OverlapScreen(words), StressScreen(words)
        leverage = LeverageScreen(words)
        self._custom = stress.custom
        data = DataScreen(words)
        self.library.serve(data)
        self.screens = {
            "portfolio": portfolio,
            "overview": overview,
            "overlap": overlap,
            "stress": stress,
            "leverage": leverage,
            "data": data,
        }
        for screen in self.screens.values():
            self._stack.addWidget(screen)
            screen.number_activated.connect(self.explain)
            screen.gap.action_chosen.connect(self._going_to("portfolio"))
        overview.bet_asked.connect(self._on_bet)
        overlap.theme_chosen.connect(self.workspace.show_theme)
        stress.scenario_chosen.connect(self.workspace.show_scenario)
        stress.apply_asked.connect(self.workspace.apply_scenario)
        stress.custom.tried.connect(self.workspace.try_scenario)
        stress.custom.kept.connect(self.workspace.keep_scenario)
        leverage.paths_asked.connect(self.workspace.follow_paths)
        self.workspace.paths_ready.connect(leverage.show_paths)
        stress.reverse.asked.connect(self.workspace.ask_backwards)
        self.workspace.backwards_ready.connect(stress.reverse.show_answer)
        self._reverse = stress.reverse
        portfolio.resolved.connect(self._on_resolved)
        portfolio.removed.connect(self._on_removed)
        portfolio.asked.connect(self.workspace.suggest)
        portfolio.edited.connect(self.workspace.edit)
        portfolio.panel_opened.connect(self.close_drawer)
        self.workspace.suggestions_ready.connect(portfolio.show_suggestions)

    def _portfolio(self) -> "PortfolioScreen":
        from levcheck.ui.screens.portfolio_screen import PortfolioScreen

        self.show_screen("portfolio")
        found = self.screens["portfolio"]
        assert isinstance(found, PortfolioScreen)  # noqa: S101  # it was made as one
        return found

    def _open(self, path: Path) -> None:
        self.workspace.open(path)

    def _add(self, path: Path) -> None:
        self.workspace.open(path, adds=True)

    @Slot(str)
    def _open_named(self, file: str) -> None:
        self._open(Path(file))

    # --- inside: showing -----------------------------------------------------------------------------------

    @Slot()
    def _speak(self) -> None:
        words = self.workspace.words
        for menu, title in zip(self._menus, MENUS, strict=True):
            menu.setTitle(words.text(title))
        for spec in ACTIONS:
            self._actions[spec.id].setText(words.text(spec.text))
        hide = self._actions["hide_amounts"]
        hide.setChecked(words.hide_amounts)
        self.rail.set_items(
            [RailItem(spec.id, spec.icon, words.text(spec.word)) for spec in SCREENS],
            name=words.text("Screens"),
        )
        self.rail.choose(self._current)
        self.state_bar.set_reset_text(words.text("Reset"))
        self.state_bar.set_dark_text(words.text("Dark colours (Ctrl+D)"))
        self.first_run.speak(words)
        self.drawer.speak(words)
        if self._settings is not None:
            self._settings.speak(words)
        for screen in self.screens.values():
            screen.speak(words)
        key = self.drawer.view.key if self.drawer.view is not None else None
        if key is not None:
            view = self.workspace.explain(key)
            if view is None:
                self.close_drawer()
            elif not self.drawer.isHidden():
                self.drawer.show_view(view)
            else:
                self.drawer.forget()
        self._update_state()

    @Slot()
    def _update_state(self) -> None:
        work, words = self.workspace, self.workspace.words
        history, empty = work.history, work.session.is_empty
        possible = {
            Needs.NOTHING: True,
            Needs.LINES: not empty,
            Needs.UNDO: history.undo_label is not None,
            Needs.REDO: history.redo_label is not None,
            Needs.SCENARIO: work.session.scenario is not None,
        }
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(possible[spec.needs])
        self._name_step("undo", words.text("&Undo"), history.undo_label)
        self._name_step("redo", words.text("&Redo"), history.redo_label)
        name = "" if self._is_meeting else work.session.portfolio.name
        self.setWindowTitle(f"{name}[*] – levcheck" if name else "levcheck[*]")
        self.setWindowModified(history.is_modified and not empty)
        self.rail.setEnabled(not empty)
        if empty:
            self.close_drawer()
            self.state_bar.show_view(None)
            self._stack.setCurrentWidget(self.first_run)
            self.first_run.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_step(self, action: str, text: str, label: str | None) -> None:
        self._actions[action].setText(f"{text}: {label}" if label else text)

    @Slot(object)
    def _on_views(self, views: "ScreenViews | None") -> None:
        if views is None:
            self._update_state()
            return
        if not self.screens:
            self._make_screens()
        self.state_bar.show_view(views.state_bar, amounts_hidden=self.workspace.words.hide_amounts)
        self._offer_targets()
        began = self._stack.currentWidget() is self.first_run
        self._draw()
        if began:
            self.rail.focus_current()
        view = self.drawer.view
        if view is not None and not self.drawer.isHidden():
            fresh = self.workspace.explain(view.key)
            if fresh is None:
                self.close_drawer()
            elif fresh != view:
                self.drawer.show_view(fresh)
        announce(self, self.screens[self._current].headline.text())

    def _draw(self) -> None:
        """Give the visible screen the newest view; the others get theirs when they are shown."""
        views = self.workspace.views
        if views is None or self.workspace.session.is_empty or not self.screens:
            return
        screen = self.screens[self._current]
        if self._drawn.get(self._current) is not views:
            screen.show_view(getattr(views, self._current))
            self._drawn[self._current] = views
        self._stack.setCurrentWidget(screen)
        self.rail.choose(self._current)

    def _offer_targets(self) -> None:
        analysis = self.workspace.analysis
        if analysis is not None and self._custom is not None:
            words = self.workspace.words
            themes = [(f"theme:{t.theme}", words.text(t.name)) for t in analysis.themes]
            roots = [
                (r.root, r.name)
                for r in analysis.exposures[:12]
                if r.looked_through and not r.root.endswith("CASH")
            ]
            self._custom.offer([*themes, *roots])
            if self._reverse is not None:
                self._reverse.ask()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001  # the signature of the signal
        text = self.workspace.words.text("Working out new numbers…") if busy else ""
        self.state_bar.show_busy(text)

    @Slot(bool)
    def _on_reading(self, reading: bool) -> None:  # noqa: FBT001  # the signature of the signal
        if reading:
            self.reading_bar.start(self.workspace.words.text("Reading your file…"), after_ms=400)
        else:
            self.reading_bar.finish()

    @Slot(object)
    def _on_trial(self, analysis: Analysis) -> None:
        from levcheck.presenting.stress import trial_figure

        figure: Figure | None = trial_figure(analysis, self.workspace.words)
        if figure is not None and self._custom is not None:
            self._custom.show_total(figure)

    @Slot(object, bool)
    def _on_mapping_needed(self, path: Path, adds: bool) -> None:  # noqa: FBT001  # the signature of the signal
        from levcheck.ui.screens.mapping_panel import MappingPanel

        self._close_mapping()
        panel = MappingPanel(path, self.workspace.words)
        self._mapping = panel

        def try_columns(mapping: dict[str, str], total: float | None) -> None:
            self.workspace.try_columns(path, mapping, total)

        def accept(mapping: dict[str, str], total: float | None) -> None:
            if panel.fingerprint:
                self.known_columns[panel.fingerprint] = mapping
                self.columns_matched.emit(panel.fingerprint, mapping)
            self._close_mapping()
            self.workspace.open(path, adds=adds, mapping=mapping, total_value=total)

        panel.tried.connect(try_columns)
        panel.accepted.connect(accept)
        panel.cancelled.connect(self._close_mapping)
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        self.workspace.ask_columns(path)

    @Slot(object)
    def _on_columns(self, choices: "ColumnChoices") -> None:
        if self._mapping is None:
            return
        from levcheck.presenting.import_review import mapping_view

        words = self.workspace.words
        view = mapping_view(choices, words)
        if view is None:
            self._close_mapping()
            for told in notices(words, choices.diagnostics):
                self.tell(told)
            return
        self._mapping.show_view(view, self.known_columns.get(view.fingerprint))

    @Slot(object)
    def _on_columns_tried(self, reading: Reading) -> None:
        if self._mapping is not None:
            from levcheck.presenting.import_review import mapping_result

            self._mapping.show_result(mapping_result(reading, self.workspace.words))

    @Slot()
    def _close_mapping(self) -> None:
        panel, self._mapping = self._mapping, None
        if panel is None:
            return
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
        if self.workspace.session.is_empty:
            self._stack.setCurrentWidget(self.first_run)
        else:
            self._draw()

    @Slot(str, str)
    def _on_resolved(self, position: str, instrument: str) -> None:
        line = self._label_of(position)
        self.workspace.edit(
            self.workspace.words.text("Say what {line} is", line=line),
            lambda session: resolve(session, position, instrument),
        )

    @Slot(str)
    def _on_removed(self, position: str) -> None:
        line = self._label_of(position)
        self.workspace.edit(
            self.workspace.words.text("Remove {line}", line=line),
            lambda session: remove_position(session, position),
        )

    @Slot(str)
    def _on_bet(self, theme: str) -> None:
        self.workspace.show_theme(theme)
        self.show_screen("overlap")

    def _label_of(self, position: str) -> str:
        analysis = self.workspace.analysis
        return analysis.position(position).label if analysis is not None else position

    @Slot()
    def _on_dismissed(self) -> None:
        bar = self.sender()
        if isinstance(bar, NoticeBar) and bar in self._bars:
            self._bars.remove(bar)
            self._notices.removeWidget(bar)
            bar.deleteLater()

    @Slot(object)
    def _on_theme(self, _theme: object = None) -> None:
        theme = current_theme()
        self._actions["dark"].setChecked(theme.is_dark)
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.id].setIcon(icon(spec.icon, pixels=16))
        self._place_drawer()

    def _place_drawer(self) -> None:
        """Put the drawer at the right edge; beside the screen when there is room, over it when not."""
        top = self.state_bar.height()
        width = self.drawer.width()
        self.drawer.setGeometry(
            self._body.width() - width, top, width, max(self._body.height() - top, 0)
        )
        beside = not self.drawer.isHidden() and self.width() >= DOCKED_FROM
        self._inner.setContentsMargins(0, 0, width if beside else 0, 0)


def _focused_key(widget: QWidget | None) -> str | None:
    if isinstance(widget, FigureTable):
        return widget.focused_key()
    if isinstance(widget, FigureLabel):
        return widget.figure.key
    if isinstance(widget, Chart):
        return widget.current_key or None
    return None


def _is_readable(file: str) -> bool:
    return file.lower().endswith((*READABLE, *LISTS))
