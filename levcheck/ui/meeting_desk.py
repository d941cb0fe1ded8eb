"""Meeting mode: the screens for a guest. Large type, no amounts, nobody's name, nothing that can be changed by mistake."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone
from levcheck.ui.actions import SCREENS
from levcheck.ui.charts.chart import Chart
from levcheck.ui.clipboard import clear_own_text
from levcheck.ui.edit_lock import EditLock
from levcheck.ui.keep_desk import KeepDesk
from levcheck.ui.meeting_record import MeetingRecord
from levcheck.ui.notice_desk import NoticeDesk
from levcheck.ui.screen_deck import ScreenDeck
from levcheck.ui.speaking import announce
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from levcheck.ui.main_window import MainWindow
    from levcheck.ui.meeting_notes import MeetingNotes

TEXT_SCALE = 1.5
SMALLEST_TEXT = 20.0
SECOND_ESC_MS = 3000
SECOND_ASK_MS = 6000
_ON = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_Down})
_BACK = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Up})
_PAGES = frozenset({Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
_WITH_ARROWS = (Chart, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox)
_TYPED_IN = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


class MeetingDesk(QObject):
    """Turns the window into one for a guest and back.

    ``changed`` says whether meeting mode is on; ``client_left`` follows when everything of a client was forgotten.

    Attributes:
        is_on: whether meeting mode is on.
        order: ids of the screens to step through; empty = all, as in the rail.
        notes: the presenter's notes, on a screen of their own; None where there is no second screen.
        record: notes for the meeting log what the guest sees.
    """

    changed = Signal(bool)
    client_left = Signal()

    def __init__(
        self,
        workspace: Workspace,
        deck: ScreenDeck,
        notices: NoticeDesk,
        keep: KeepDesk,
        window: "MainWindow",
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._deck = deck
        self._notices = notices
        self._keep = keep
        self._window = window
        self._lock = EditLock(self)
        self._before: tuple[float, bool, Qt.WindowState] | None = None
        self._esc = QTimer(self)
        self._esc.setSingleShot(True)
        self.is_on = False
        self.order: tuple[str, ...] = ()
        self.notes: MeetingNotes | None = None
        self.record = MeetingRecord(workspace, deck, self)
        self._names = QTimer(self)
        self._names.setSingleShot(True)
        deck.made.connect(self._lock_screens)
        deck.dropped.connect(self._lock.forget)

    # --- what can be done ------------------------------------------------------------------------------------

    def do_meeting(self) -> None:
        """Begin a meeting, or end it."""
        if self.is_on:
            self.end()
        else:
            self.begin()

    def do_next_client(self) -> None:
        """Forget everything of this client, and show a blank card."""
        self._keep.before_leaving(self._forget_client)

    def begin(self, *, full_screen: bool = True) -> None:
        """Begin a meeting: amounts hidden, names gone, editing locked."""
        if self.is_on:
            return
        self._window.close_drawer()
        clear_own_text()
        source, work = theme_source(), self._workspace
        self._before = (
            source.theme.text_scale,
            work.words.hide_amounts,
            self._window.windowState(),
        )
        self.is_on = True
        self.record.begin()
        self._notices.hold(on=True)
        self._deck.drop()
        self._deck.at_once = True  # what can be edited is locked on every screen
        self._window.state_bar.show_view(None)
        self.changed.emit(True)
        work.begin_showing()
        source.choose(text_scale=max(TEXT_SCALE, source.theme.text_scale), smallest=SMALLEST_TEXT)
        self._show_first()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # a window needs an application
        if full_screen:
            self._window.showFullScreen()
            self._open_notes()

    def end(self) -> None:
        """End the meeting: everything is as it was before it."""
        if not self.is_on or self._before is None:
            return
        scale, hidden, state = self._before
        self.is_on, self._before = False, None
        self.record.end()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # as above
        self._close_notes()
        self._lock.take_off()
        self._deck.at_once = False
        self._deck.drop()
        theme_source().choose(text_scale=scale, smallest=0.0)
        self.changed.emit(False)
        self._workspace.end_showing(hide_amounts=hidden)
        self._window.setWindowState(state)
        self._notices.hold(on=False)

    @property
    def hid_amounts_before(self) -> bool:
        """Whether amounts are hidden when no guest watches."""
        return self._before[1] if self._before is not None else self._workspace.words.hide_amounts

    def beside(self) -> QWidget | None:
        """Return the presenter's own screen, for windows the guest need not see; None without one."""
        return self.notes

    def before_names(self, act: "Callable[[], None]") -> None:
        """Do something that shows the names of files; where a guest would read them only when it is asked for twice."""
        if not self.is_on or self.notes is not None or self._names.isActive():
            self._names.stop()
            act()
            return
        self._names.start(SECOND_ASK_MS)
        words = self._workspace.words
        told = NoticeView(
            words.text("The next window names your files. Do it once more to open it."),
            "",
            "",
            "",
            Tone.WARNING,
        )
        self._notices.tell_now(told, goes_after_ms=SECOND_ASK_MS)

    def step(self, by: int) -> None:
        """Show the next screen of the presenter's order, or the one before."""
        order = self._order()
        if not self._deck.stands or not order:
            return
        now = self._window.current_screen
        at = order.index(now) + by if now in order else 0
        if 0 <= at < len(order):
            self._show(order[at])

    # --- keys ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presenter's keys, wherever the focus is in the window."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and watched.window() is self._window
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return self._pressed(Qt.Key(event.key()), watched)
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key, focus: QWidget) -> bool:
        if key == Qt.Key.Key_Escape:
            return self._on_esc()
        if key == Qt.Key.Key_B and not isinstance(focus, _TYPED_IN):
            self._workspace.toggle_draft()
            return True
        number = int(key) - int(Qt.Key.Key_1)
        if 0 <= number < len(self._order()) and not isinstance(focus, _TYPED_IN):
            self._show(self._order()[number])
            return True
        needs_arrows = isinstance(focus, _WITH_ARROWS) and key not in _PAGES
        if needs_arrows or key not in _ON | _BACK:
            return False
        self.step(1 if key in _ON else -1)
        return True

    def _on_esc(self) -> bool:
        if not self._window.drawer.isHidden():
            return False
        if self._esc.isActive():
            self._esc.stop()
            self.end()
            return True
        self._esc.start(SECOND_ESC_MS)
        words = self._workspace.words
        self._notices.tell_now(
            NoticeView(words.text("Press Esc again to end the meeting."), "", "", "", Tone.MUTED),
            goes_after_ms=SECOND_ESC_MS,
        )
        return True

    # --- inside ----------------------------------------------------------------------------------------------

    def _order(self) -> tuple[str, ...]:
        known = [spec.id for spec in SCREENS]
        return tuple(name for name in self.order if name in known) or tuple(known)

    def _show_first(self) -> None:
        order = self._order()
        if self._window.current_screen not in order:
            self._show(order[0])
        self._rest_focus()

    def _show(self, name: str) -> None:
        self._window.show_screen(name)
        self._rest_focus()
        screen = self._deck.shown
        if screen is not None:
            announce(self._window, screen.headline.text())

    def _rest_focus(self) -> None:
        """Leave the focus on no control, so that arrows step through the screens."""
        focus = QApplication.focusWidget()
        if focus is not None and focus.window() is self._window:
            focus.clearFocus()
        self._window.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _lock_screens(self) -> None:
        if not self.is_on:
            return
        controls: list[QWidget] = []
        tables: list[QAbstractItemView] = []
        for screen in self._deck.screens.values():
            controls += screen.edit_parts()
            tables += screen.findChildren(QAbstractItemView)
        self._lock.put_on(controls, tables)

    def _forget_client(self) -> None:
        self.record.leave_client()
        self._window.forget_list()
        clear_own_text()
        if self.notes is not None:
            self.notes.clear()
        self.client_left.emit()

    def _open_notes(self) -> None:
        here = self._window.screen()
        other = next((s for s in QGuiApplication.screens() if s is not here), None)
        if other is None:
            return
        from levcheck.ui.meeting_notes import MeetingNotes

        self.notes = MeetingNotes(self._workspace.words, other)
        self.notes.show()

    def _close_notes(self) -> None:
        if self.notes is not None:
            self.notes.close()
            self.notes.deleteLater()
            self.notes = None
