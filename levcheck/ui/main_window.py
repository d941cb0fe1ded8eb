"""The window: rail, state bar, screens and drawer around one workspace.

What is done in it is done by its desks: :mod:`~levcheck.ui.file_desk`, :mod:`~levcheck.ui.line_desk`,
:mod:`~levcheck.ui.library_desk`, :mod:`~levcheck.ui.mapping_desk`, :mod:`~levcheck.ui.settings_desk`,
:mod:`~levcheck.ui.notice_desk`, :mod:`~levcheck.ui.drawer_desk`. The screens are made in
:mod:`~levcheck.ui.screen_deck`, the menus in :mod:`~levcheck.ui.menu_desk`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.front import Front
from levcheck.ui.reading_order import put_in_reading_order
from levcheck.ui.theme import current_theme, theme_source

if TYPE_CHECKING:
    from levcheck.presenting.diagnostics_list import NoticeView
    from levcheck.presenting.screens import ScreenViews
    from levcheck.storage.settings import Layout, Settings
    from levcheck.ui.chart_desk import ChartDesk
    from levcheck.ui.charts.chart import Chart
    from levcheck.ui.drawer_panel import DrawerPanel
    from levcheck.ui.screens.screen import Screen
    from levcheck.ui.workspace import Workspace


class MainWindow(Front):
    """Shows one workspace.

    Made without one, it is a :class:`~levcheck.ui.front.Front` that can be painted at once, until :meth:`furnish`.

    ``columns_matched`` carries (fingerprint of the headings, field → column) when the user has matched a file;
    ``settings_changed`` the new settings when he has changed one.
    """

    columns_matched = QtCore.Signal(str, object)
    settings_changed = QtCore.Signal(object)

    def __init__(
        self,
        workspace: "Workspace | None" = None,
        parent: QWidget | None = None,
        *,
        words: Words | None = None,
    ) -> None:
        words = words or (workspace.words if workspace is not None else Words())
        super().__init__(words, parent)
        self._charts: ChartDesk | None = None
        self._current = "overview"
        self._recent: tuple[str, ...] = ()
        self._waiting: Path | None = None
        self._is_leaving = False
        self._is_private = False
        self._listen_to_card()
        if workspace is None:
            self.stand_bare(words)
        else:
            self.furnish(workspace)

    def furnish(self, workspace: "Workspace") -> None:
        """Put everything in: rail, bars, drawer, menus, and the desks that do the work; then what was asked for so far."""
        self.workspace = workspace
        # It goes with the window, on the thread of the window: its timers may not be stopped on another.
        workspace.setParent(self)
        self._make_desks(workspace)
        self._text_size = (current_theme().text_scale, current_theme().smallest)
        self._lay_out()
        self._connect()
        self._speak()
        self._update_state()
        self._on_theme()
        self.rail.fit_beside(self.width())
        self.is_furnished = True
        self.furnished.emit()
        self._grant_wishes()
        for keys in self._keys_so_far():
            self.menus.press(keys)

    def _listen_to_card(self) -> None:
        """Do what the card asks for; its buttons work before there are desks that do the work."""

        def ask(deed: str, *facts: object) -> None:
            self.when_furnished(lambda: getattr(self.files, deed)(*facts))

        self.first_run.open_asked.connect(lambda: ask("do_open"))
        self.first_run.sample_asked.connect(lambda: ask("do_open_sample"))
        self.first_run.template_asked.connect(lambda: ask("do_save_template"))
        self.first_run.recent_asked.connect(lambda file: ask("open_named", file))

    def _make_desks(self, workspace: "Workspace") -> None:
        from levcheck.ui import furniture

        words = workspace.words
        self.rail = furniture.Rail(words.text("Screens"))
        self.state_bar = furniture.StateBar()
        self.reading_bar = furniture.ProgressRow(words.text("Cancel"))
        self._drawer = furniture.DrawerDesk(workspace, self)
        self.notices = furniture.NoticeDesk(workspace, self)
        self.files = furniture.FileDesk(workspace, self)
        self.keep = furniture.KeepDesk(workspace, self.files, self.notices, self)
        self.lines = furniture.LineDesk(workspace, self)
        self.library = furniture.LibraryDesk(workspace, self)
        self.mapping = furniture.MappingDesk(workspace, self._stack, self)
        self.settings = furniture.SettingsDesk(workspace, self.mapping, self.files, self)
        self.reports = furniture.ReportDesk(workspace, self.files, self)
        self.passwords = furniture.PasswordDesk(workspace, self.files, self)
        self.keep.passwords = self.reports.passwords = self.passwords
        ties = furniture.Ties(workspace, self.library, self.lines, self.files, self.show_screen)
        self._deck = furniture.ScreenDeck(ties, self._stack, self)
        self.help = furniture.HelpDesk(workspace, self.files, self)
        self.accounts = furniture.AccountsDesk(workspace, self)
        self.books = furniture.BookDesk(workspace, self.files, self)
        self.meeting = furniture.MeetingDesk(workspace, self._deck, self.notices, self.keep, self)
        self.files.before_names = self.meeting.before_names
        self.files.beside = self.meeting.beside
        doers = (
            self,
            self.files,
            self.keep,
            self.passwords,
            self.lines,
            self.settings,
            self.reports,
            self.accounts,
            self.books,
            self.help,
            self.meeting,
        )
        self.menus = furniture.MenuDesk(self, self.menu_titles, doers)

    # --- what is shown -----------------------------------------------------------------------------------

    @property
    def screens(self) -> "dict[str, Screen]":
        """The screens by id; empty while nothing is open."""
        return self._deck.screens

    @property
    def drawer(self) -> "DrawerPanel":
        """The drawer on the right."""
        return self._drawer.panel

    @property
    def known_columns(self) -> dict[str, dict[str, str]]:
        """Fingerprint → field → column, as matched before; offered again for files with those headings."""
        return self.mapping.known_columns

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
        self._deck.draw(screen)

    def show_recent(self, files: tuple[str, ...]) -> None:
        """Offer files that were opened before, on the card and in the menu; not while a guest watches."""
        self._recent = files
        shown = () if self.is_furnished and self.meeting.is_on else files
        self.first_run.show_recent(shown)
        self.when_furnished(lambda: self.menus.show_recent(shown))

    @property
    def hides_amounts(self) -> bool:
        """Whether amounts are hidden when no guest watches."""
        return self.meeting.hid_amounts_before

    @QtCore.Slot()
    def close_drawer(self) -> None:
        """Close the drawer and give the focus back."""
        self._drawer.close_drawer()

    def explain(self, key: str) -> None:
        """Open the drawer on a number."""
        self._drawer.explain(key)

    def tell(self, view: "NoticeView") -> None:
        """Show a notice above the screen."""
        self.notices.tell(view, self.keep.ways_back(view.code))

    @property
    def notice_texts(self) -> tuple[str, ...]:
        """What the notices say, oldest first."""
        return self.notices.texts

    def action(self, identifier: str) -> QAction:
        """Return one of the window's actions."""
        return self.menus.action(identifier)

    # --- what can be done ----------------------------------------------------------------------------------

    def do_close_list(self) -> None:
        """Forget what is open, after asking about unsaved edits."""
        self.keep.before_leaving(self.forget_list)

    def forget_list(self) -> None:
        """Forget what is open: in memory, in every widget, and on the clipboard if it is ours."""
        self._drawer.forget()
        self.notices.clear()
        self.workspace.close()
        self._deck.drop()

    def do_quit(self) -> None:
        """Close the window."""
        self.close()

    def do_undo(self) -> None:
        """Take back the last edit."""
        self.workspace.undo()

    def do_redo(self) -> None:
        """Do the last undone edit again."""
        self.workspace.redo()

    def do_copy_table(self) -> None:
        """Copy the table of the screen, tab-separated, as shown."""
        from levcheck.ui.clipboard import copy_text
        from levcheck.ui.speaking import announce

        screen = self._deck.shown
        table = screen.main_table() if screen is not None else None
        if table is not None:
            copy_text(table.figures.view.as_tsv())
            announce(self, self.workspace.words.text("The table was copied."))

    def do_hide_amounts(self) -> None:
        """Hide or show money everywhere."""
        self.workspace.speak(hide_amounts=self.action("hide_amounts").isChecked())

    def do_dark(self) -> None:
        """Use dark or light colours."""
        theme_source().choose("dark" if self.action("dark").isChecked() else "light")

    def mark_private(self, *, on: bool) -> None:
        """Say in the title whether nothing is written by itself."""
        self._is_private = on
        self._update_state()

    def layout_now(self) -> "Layout":
        """Return how the user has laid out the window."""
        self._deck.take_layout()
        return replace(self._deck.layouts.layout, drawer=self.drawer.own_width)

    def lay_out_as(self, layout: "Layout") -> None:
        """Lay the window out as it was before; the screens follow when they are made."""
        self._deck.layouts.layout = layout
        self.drawer.be_wide(layout.drawer)

    def do_reset_layout(self) -> None:
        """Put columns, borders and the explanation back as they were made."""
        self._deck.reset_layout()
        self.drawer.be_wide(0)
        from levcheck.ui.speaking import announce

        announce(self, self.workspace.words.text("The layout is as at the first start."))

    def do_reset_scenario(self) -> None:
        """Take the scenario away from all screens."""
        self.workspace.apply_scenario(None)

    def do_show_draft(self) -> None:
        """Show the draft worked on in the place of today on all screens, or today again."""
        self.workspace.toggle_draft()

    def do_reset_draft(self) -> None:
        """Show today on all screens."""
        self.workspace.show_draft(None)

    def do_explain(self) -> None:
        """Explain the number that has the focus; the guide opens where there is none."""
        key = _focused_key(QApplication.focusWidget())
        if key:
            self.explain(key)
        else:
            self.help.do_guide()

    def do_keys(self) -> None:
        """Show every key there is."""
        from levcheck.ui.screens.dialogs import show_keys

        show_keys(self, self.workspace.words)

    def do_about(self) -> None:
        """Say what this program is."""
        from levcheck.ui.screens.dialogs import show_about

        show_about(self, self.workspace.words)

    @QtCore.Slot(object)
    def take_file(self, path: Path | None) -> None:
        """Come forward with a file that another start of the program, or the desktop, was asked to open."""
        self.when_furnished(lambda: self._take_file(path))

    def _take_file(self, path: Path | None) -> None:
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if path is None:
            return
        if self.meeting.is_on:
            self._waiting = path  # its name is not for the guest
        else:
            self.files.open(path)

    # --- Qt asks -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that can be read; none while a guest watches."""
        if self.is_furnished and self.meeting.is_on:
            return
        if any(_is_readable(url.toLocalFile()) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that can be read: fund lists go to the library, the first portfolio is opened."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        wanted = [path for path in paths if _is_readable(str(path))]
        if wanted:
            event.acceptProposedAction()
            self.when_furnished(lambda: self.workspace.library.take_in(wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the drawer on Esc, wherever the focus is."""
        is_escape = self.is_furnished and event.key() == QtCore.Qt.Key.Key_Escape
        if is_escape and not self.drawer.isHidden():
            self._drawer.close_drawer()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  # Qt's own name and place
        """Let Tab walk through a screen in the order it is read; parts come and go with every view."""
        screen = self._deck.shown if self.is_furnished else None
        if screen is not None:
            put_in_reading_order(screen)
        return super().focusNextPrevChild(next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drawer at the right edge, and the rail from taking what the screens need."""
        super().resizeEvent(event)
        if self.is_furnished:
            self.rail.fit_beside(self.width())
            self._drawer.place()

    def leave(self) -> None:
        """Close without a question; work that is not saved is kept aside and offered at the next start."""
        self._is_leaving = True
        if self.is_furnished:
            self.workspace.keeper.end(keep=True)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved edits, then give up what is running and let go of everything."""
        if not self.is_furnished:
            super().closeEvent(event)
            return
        if not self._is_leaving and self.workspace.has_unsaved_edits:
            event.ignore()
            self.keep.before_leaving(self._close_for_good)
            return
        self.reports.stop()
        self.meeting.record.end()
        self.meeting.record.wait()
        self.workspace.stop()
        self.workspace.keeper.end(keep=self._is_leaving)
        super().closeEvent(event)

    def eventFilter(self, watched: QtCore.QObject, event: QtCore.QEvent) -> bool:
        """Keep the drawer in place when the middle is laid out."""
        if watched is self._body and event.type() == QtCore.QEvent.Type.Resize:
            self._drawer.place()
        return super().eventFilter(watched, event)

    @QtCore.Slot(str, object)
    def _on_export(self, kind: str, chart: "Chart[Any]") -> None:
        from levcheck.ui.chart_desk import ChartDesk

        if self._charts is None:
            self._charts = ChartDesk(self.workspace, self.files, self)
        charts = self._charts
        if kind == "copy":
            charts.export(kind, chart)
        else:
            self.files.before_names(lambda: charts.export(kind, chart))

    # --- inside: making ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._clear_places()
        self.rail.fit_beside(self.width())
        self._row.insertWidget(0, self.rail)
        self._column.insertWidget(0, self.state_bar)
        self._column.insertWidget(1, self.reading_bar)
        self._column.insertLayout(2, self.notices.column)
        self._drawer.stand_in(self._body, self.state_bar, self._inner)
        self._body.installEventFilter(self)

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
        work.words_changed.connect(self._speak)
        desks = (
            self.files,
            self.lines,
            self.mapping,
            self.reports,
            self.settings,
            self.meeting.record,
        )
        for told in (work.notice_raised, *(desk.told for desk in desks)):
            told.connect(self.tell)
        self.mapping.matched.connect(self.columns_matched)
        self.mapping.ended.connect(self._on_mapping_ended)
        self.settings.changed.connect(self._on_settings)
        self.meeting.changed.connect(self._on_meeting)
        self.lines.wanted.connect(self._going_to("portfolio"))
        self.lines.panel_opened.connect(self._drawer.close_drawer)
        self._deck.explain_asked.connect(self.explain)
        self._deck.chart_taken.connect(self._on_export)
        self.rail.chosen.connect(self.show_screen)
        self.reading_bar.cancelled.connect(work.cancel_reading)
        bar = self.state_bar
        bar.explain.connect(self.explain)
        bar.reset_chosen.connect(self.do_reset_scenario)
        bar.today_chosen.connect(self.do_reset_draft)
        bar.all_chosen.connect(self.accounts.show_all)
        bar.gap_chosen.connect(self._going_to("portfolio"))
        bar.amounts_toggled.connect(self.action("hide_amounts").trigger)
        bar.dark_toggled.connect(self.action("dark").trigger)
        self.menus.recent_asked.connect(self.files.open_named)
        work.library.portfolio_found.connect(self.files.open)
        theme_source().changed.connect(self._on_theme)

    def _close_for_good(self) -> None:
        self.workspace.keeper.end()
        self._is_leaving = True
        self.close()

    # --- inside: showing -----------------------------------------------------------------------------------

    @QtCore.Slot()
    def _speak(self) -> None:
        from levcheck.ui.actions import SCREENS
        from levcheck.ui.widgets.rail import RailItem

        words = self.workspace.words
        self.menus.speak(words)
        self.action("hide_amounts").setChecked(words.hide_amounts)
        self.rail.set_items(
            [RailItem(spec.id, spec.icon, words.text(spec.word)) for spec in SCREENS],
            name=words.text("Screens"),
        )
        self.rail.choose(self._current)
        self.state_bar.set_reset_text(words.text("Reset"))
        self.state_bar.set_today_text(words.text("Back to today"))
        self.state_bar.set_all_text(words.text("Look at all"))
        self.state_bar.set_dark_text(words.text("Dark colours (Ctrl+D)"))
        self.first_run.speak(words)
        self.settings.speak()
        self.reports.speak()
        self._deck.speak(words)
        self._drawer.speak()
        self._update_state()

    @QtCore.Slot()
    def _update_state(self) -> None:
        work = self.workspace
        empty = work.session.is_empty
        self.menus.allow(work, is_meeting=self.meeting.is_on)
        name = "" if self.meeting.is_on else work.session.portfolio.name
        program = (
            self.workspace.words.text("levcheck (private)") if self._is_private else "levcheck"
        )
        self.setWindowTitle(f"{name}[*] – {program}" if name else f"{program}[*]")
        self.setWindowModified(work.has_unsaved_edits and not self.meeting.is_on)
        self._place_bars()
        self.rail.setEnabled(not empty)
        if empty:
            self._drawer.close_drawer()
            self.state_bar.show_view(None)
            self._stack.setCurrentWidget(self.first_run)
            self.first_run.open.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)

    @QtCore.Slot(object)
    def _on_views(self, views: "ScreenViews | None") -> None:
        if views is None:
            self._update_state()
            return
        self.state_bar.show_view(views.state_bar, amounts_hidden=self.workspace.words.hide_amounts)
        began = self._stack.currentWidget() is self.first_run
        self._draw()
        if began:
            self.rail.focus_current()
        self._drawer.refresh()
        screen = self._deck.shown
        if screen is not None:
            from levcheck.ui.speaking import announce

            announce(self, screen.headline.text())

    def _draw(self) -> None:
        self._deck.draw(self._current)
        if self._deck.stands:
            self.rail.choose(self._current)

    @QtCore.Slot(bool)
    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001  # the signature of the signal
        text = self.workspace.words.text("Working out new numbers…") if busy else ""
        self.state_bar.show_busy(text)

    @QtCore.Slot(bool)
    def _on_reading(self, reading: bool) -> None:  # noqa: FBT001  # the signature of the signal
        if reading:
            from levcheck.ui.screen_deck import load_screen

            shown = self._current
            QtCore.QThreadPool.globalInstance().start(lambda: load_screen(shown))
            self.reading_bar.start(self.workspace.words.text("Reading your file…"), after_ms=400)
        else:
            self.reading_bar.finish()

    @QtCore.Slot()
    def _on_mapping_ended(self) -> None:
        if self.workspace.session.is_empty:
            self._stack.setCurrentWidget(self.first_run)
        else:
            self._draw()

    @QtCore.Slot(bool)
    def _on_meeting(self, on: bool) -> None:  # noqa: FBT001  # the signature of the signal
        """Take away what a guest need not see: menus, rail, files opened before, and whose list it is."""
        self.menuBar().setVisible(not on)
        self.rail.setVisible(not on)
        self.show_recent(self._recent)
        self._update_state()
        waiting, self._waiting = (self._waiting, self._waiting) if on else (self._waiting, None)
        if waiting is not None and not on:
            self.files.open(waiting)

    def _place_bars(self) -> None:
        """Show the bar on top: always, but in a meeting only where it marks what every number stands under."""
        session = self.workspace.session
        is_marked = (
            session.scenario is not None
            or session.portfolio.only is not None
            or self.workspace.choices.shown is not None
        )
        self.state_bar.setVisible(is_marked or not self.meeting.is_on)

    @QtCore.Slot(object)
    def _on_settings(self, settings: "Settings") -> None:
        self.show_recent(settings.recent_files)
        self.meeting.order = settings.meeting_order
        self.settings_changed.emit(settings)

    @QtCore.Slot(object)
    def _on_theme(self, _theme: object = None) -> None:
        self.action("dark").setChecked(current_theme().is_dark)
        self.menus.show_icons()
        size = (current_theme().text_scale, current_theme().smallest)
        if size != self._text_size:
            # Much is laid out for its size when it is made, so what is on screen is made anew.
            self._text_size = size
            if self._deck.stands:
                self._deck.drop()
                self._deck.draw(self._current)
        self._drawer.place()


def _focused_key(widget: QWidget | None) -> str | None:
    """Return the key of the number that has the focus; every widget that shows numbers answers ``focused_key``."""
    asked = getattr(widget, "focused_key", None)
    key: str | None = asked() if callable(asked) else None
    return key or None


def _is_readable(file: str) -> bool:
    from levcheck.ui.file_desk import READABLE
    from levcheck.ui.library_desk import LISTS

    return file.lower().endswith((*READABLE, *LISTS))
