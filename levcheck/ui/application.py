"""Starts the window.

Two steps: what is needed for a window to stand is loaded and painted first (:mod:`levcheck.ui.front`), then the rest is
loaded beside it and put in. What the user, the desktop or a second start ask for in between is done when it is there.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from levcheck.assets import data_folder
from levcheck.i18n.words import Words
from levcheck.storage.locks import Lock, take_window_lock
from levcheck.storage.log_file import start_log, stop_log
from levcheck.storage.settings import Settings, load_settings
from levcheck.ui.binding import spare_sources
from levcheck.ui.collecting import Collector, settle
from levcheck.ui.main_window import MainWindow
from levcheck.ui.memory import Memory, language_of, putting_in_force, wear

if TYPE_CHECKING:
    from levcheck.ui.engine import Engine
    from levcheck.ui.workspace import Workspace

START_SIZE = (1366, 768)
_LOG = logging.getLogger(__name__)
_NOTHING = logging.CRITICAL + 1
_GIVE_WAY_S = 0.0005


def run(path: str | None = None, *, is_private: bool = False) -> int:
    """Open the window, on a file if one is given, and return the exit status when it is closed.

    Where a window of this user stands already, it takes the file and comes forward, and this start ends.

    Args:
        path: of the file.
        is_private: stand alone and write nothing by itself: no settings, no recent files, no log, no copy of unsaved work.
    """
    app = application()
    asked = Path(path) if path is not None else None
    claim = None if is_private else _claim()
    if claim is None and not is_private and _handed_over(asked):
        return 0
    log = None if is_private else start_log(data_folder())
    settings = load_settings(data_folder())
    words = Words(
        language_of(settings), hide_amounts=settings.hide_amounts, numbers=settings.number_format
    )
    wear(settings, words.language)
    Collector(app)
    window = MainWindow(words=words)
    window.resize(*START_SIZE)
    if settings.geometry:
        corner = settings.geometry.encode("ascii", "ignore")
        window.restoreGeometry(QtCore.QByteArray.fromBase64(corner))
    window.show_recent(settings.recent_files)
    memory = Memory(settings, is_private=is_private)
    app.commitDataRequest.connect(lambda _manager: window.leave())
    events = FileEvents(app)
    app.installEventFilter(events)
    events.asked.connect(window.take_file)

    def furnish() -> None:
        settle()
        _furnish(window, words, memory, log)
        if claim is not None:
            _open_door(claim, window)
        if asked is not None:
            window.workspace.open(asked)

    moving_in = _MovingIn(window, furnish)
    window.painted.connect(moving_in.begin)
    window.show()
    with _yielding():
        status = app.exec()
    moving_in.stop()
    if claim is not None:
        claim.release()
    if window.is_furnished:  # one that was closed before has changed nothing
        place = None if window.meeting.is_on else _place_of(window)
        memory.remember_window(window.layout_now(), place)
        memory.keep(window.hides_amounts)
    put_away(window)
    sys.excepthook = sys.__excepthook__
    if log is not None:
        stop_log(log)
    return status


@contextmanager
def _yielding() -> Iterator[None]:
    """Let a thread that computes give way to the one that paints ten times as soon as Python would.

    Painting asks for the interpreter dozens of times and waits for it each time: a screen that was made in 90 ms took 250
    beside a thread that computes, and takes 170 with this. That thread loses three percent.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_GIVE_WAY_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _tie(window: MainWindow, memory: Memory) -> None:
    """Let the window ask the memory what is in force, and the memory hear what is to be remembered and what is asked of it."""
    from levcheck.ui.desktop import Desktop

    desktop = Desktop(window)
    window.settings.now = memory.current
    window.settings.is_private = lambda: memory.is_private
    window.settings.private_chosen.connect(memory.be_private)
    window.reports.keeps_log = window.meeting.record.keeps_log = lambda: (
        memory.current().meeting_log and not memory.is_private
    )
    window.settings_changed.connect(putting_in_force(memory, _speaking(window.workspace), desktop))
    window.known_columns.update(memory.settings.mappings or {})
    memory.recent_changed.connect(window.show_recent)
    window.workspace.file_opened.connect(memory.remember)
    window.columns_matched.connect(memory.remember_columns)
    window.meeting.client_left.connect(memory.forget_client)
    desktop.changed.connect(lambda: memory.follow(desktop))
    desktop.listen()


def _speaking(workspace: "Workspace") -> Callable[[Settings, str], None]:
    def speak(settings: Settings, language: str) -> None:
        words = workspace.words
        wanted = words.changed(
            language=language,
            hide_amounts=settings.hide_amounts,
            numbers=settings.number_format,
        )
        if wanted.manner != words.manner:
            workspace.speak(
                language=wanted.language,
                hide_amounts=wanted.hide_amounts,
                numbers=wanted.numbers,
            )

    return speak


def _be_private_or_not(window: MainWindow, memory: Memory, log: logging.Handler | None) -> None:
    """Keep unsaved work aside and a log of faults, but in private: then what was kept aside goes, and it is said."""
    workspace = window.workspace
    keeper = workspace.keeper

    def follow(private: bool) -> None:  # noqa: FBT001  # the signature of the signal
        window.mark_private(on=private)
        if log is not None:
            log.setLevel(_NOTHING if private else logging.WARNING)
        if private:
            keeper.keep_nothing()
        else:
            keeper.keep_aside()
            keeper.follow(workspace.session, unsaved=workspace.has_unsaved_edits)

    memory.private_changed.connect(follow)
    follow(memory.is_private)


class _MovingIn(QtCore.QObject):
    """Loads what the window is furnished with beside the one that is painted, then puts it in."""

    loaded = QtCore.Signal()
    MODULES = (
        "levcheck.ui.furniture",
        "levcheck.ui.workspace",
        "levcheck.ui.desktop",
        "levcheck.ui.engine",
        "levcheck.ui.faults",
        "levcheck.ui.focus_back",
        "levcheck.ui.one_window",
        "levcheck.app.session_files",
    )

    def __init__(self, window: MainWindow, furnish: Callable[[], None]) -> None:
        super().__init__(window)
        self._furnish: Callable[[], None] | None = furnish
        self.loaded.connect(self._put_in)

    @QtCore.Slot()
    def begin(self) -> None:
        """Load what is still missing."""
        QtCore.QThreadPool.globalInstance().start(self._load)

    def stop(self) -> None:
        """Put nothing in any more: the window is closed."""
        self._furnish = None
        QtCore.QThreadPool.globalInstance().waitForDone()

    def _load(self) -> None:
        try:
            for name in self.MODULES:
                import_module(name)
        finally:
            self.loaded.emit()  # what cannot be loaded is then loaded once more, where a fault is told

    @QtCore.Slot()
    def _put_in(self) -> None:
        furnish, self._furnish = self._furnish, None
        if furnish is not None:
            furnish()


def _furnish(
    window: MainWindow,
    words: Words,
    memory: Memory,
    log: logging.Handler | None,
) -> None:
    """Give the window its workspace, tied to what the program remembers."""
    from levcheck.storage.settings import Layout
    from levcheck.ui.faults import telling_hook
    from levcheck.ui.focus_back import FocusBack
    from levcheck.ui.icons import app_icon
    from levcheck.ui.workspace import Workspace

    workspace = Workspace(engine(), words)
    workspace.usual_currency = memory.settings.base_currency

    FocusBack(application(), window)

    def tie() -> None:
        sys.excepthook = telling_hook(window.tell, lambda: workspace.words)
        window.meeting.order = memory.settings.meeting_order
        window.lay_out_as(memory.settings.layout or Layout())
        _tie(window, memory)
        _be_private_or_not(window, memory, log)
        window.keep.offer_unsaved()

    window.furnished.connect(tie)
    window.furnish(workspace)
    QApplication.setWindowIcon(app_icon())


def engine() -> "Engine":
    """Return what reads and analyses for the window."""
    from levcheck.ui.engine import LocalEngine

    return LocalEngine()


class FileEvents(QtCore.QObject):
    """Hears the desktop ask for a file while the program runs; ``asked`` carries its path."""

    asked = QtCore.Signal(object)

    def eventFilter(self, watched: QtCore.QObject, event: QtCore.QEvent) -> bool:
        """Take the desktop's wish to open a file."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


def _place_of(window: MainWindow) -> str:
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def _claim() -> Lock | None:
    try:
        return take_window_lock(data_folder())
    except OSError:
        _LOG.warning("no claim on the one window could be made", exc_info=True)
        return None


def _open_door(claim: Lock, window: MainWindow) -> None:
    from levcheck.ui.one_window import OneWindow

    door = OneWindow(data_folder(), claim, window)
    door.handed_over.connect(window.take_file)


def _handed_over(path: Path | None) -> bool:
    from levcheck.ui.one_window import hand_over

    try:
        return hand_over(data_folder(), path)
    except OSError:
        return False


def put_away(window: MainWindow) -> None:
    """Let running work end and take the window down while Qt still stands.

    Work that outlives the interpreter, or a window that does, ends the process with a fault instead of a status.
    """
    window.leave()
    QtCore.QThreadPool.globalInstance().waitForDone()
    QtCore.QCoreApplication.sendPostedEvents()
    window.deleteLater()
    QtCore.QCoreApplication.sendPostedEvents(window, QtCore.QEvent.Type.DeferredDelete)


def application() -> QApplication:
    """Return the running Qt application, made when there is none."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    spare_sources()
    QtCore.qInstallMessageHandler(_log_qt)
    # Asked for by name: setStyle answers with the style, whose class Qt would have to make before the first painting.
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setProperty("levcheckFusion", True)  # the value of a property
    app.setApplicationName("levcheck")
    app.setApplicationDisplayName("levcheck")
    app.setDesktopFileName("org.levcheck.levcheck")
    return app


def _log_qt(kind: QtCore.QtMsgType, _context: QtCore.QMessageLogContext, text: str) -> None:
    """Put Qt's own messages into the log; what a picture without a screen cannot do is no news."""
    if text.startswith("This plugin does not support"):
        return
    level = {
        QtCore.QtMsgType.QtDebugMsg: logging.DEBUG,
        QtCore.QtMsgType.QtInfoMsg: logging.INFO,
        QtCore.QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    _LOG.log(level, "Qt: %s", text)
