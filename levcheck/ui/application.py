"""Starts the window."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    Qt,
    QThreadPool,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from levcheck.assets import data_folder
from levcheck.i18n.words import Words
from levcheck.storage.locks import Lock, take_window_lock
from levcheck.storage.log_file import start_log, stop_log
from levcheck.storage.settings import Layout, Settings, load_settings
from levcheck.ui.collecting import Collector
from levcheck.ui.engine import LocalEngine
from levcheck.ui.faults import telling_hook
from levcheck.ui.icons import app_icon
from levcheck.ui.main_window import MainWindow
from levcheck.ui.memory import Memory, language_of, putting_in_force, wear
from levcheck.ui.workspace import Workspace

START_SIZE = (1366, 768)
_LOG = logging.getLogger(__name__)
_NOTHING = logging.CRITICAL + 1


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
    workspace = Workspace(LocalEngine(), words)
    window = MainWindow(workspace)
    sys.excepthook = telling_hook(window.tell, lambda: workspace.words)
    window.resize(*START_SIZE)
    if settings.geometry:
        window.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))
    window.meeting.order = settings.meeting_order
    memory = Memory(settings, is_private=is_private)
    window.lay_out_as(settings.layout or Layout())
    workspace.usual_currency = settings.base_currency
    _tie(window, memory)
    window.show_recent(settings.recent_files)
    _be_private_or_not(window, memory, log)
    app.commitDataRequest.connect(lambda _manager: window.leave())
    events = FileEvents(app)
    app.installEventFilter(events)
    events.asked.connect(window.take_file)
    window.show()
    # After the first paint, so that a window stands before anything heavy is loaded.
    QTimer.singleShot(0, window, window.keep.offer_unsaved)
    if claim is not None:
        QTimer.singleShot(0, window, lambda: _open_door(claim, window))
    if asked is not None:
        QTimer.singleShot(0, window, lambda: workspace.open(asked))
    status = app.exec()
    if claim is not None:
        claim.release()
    place = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    memory.remember_window(window.layout_now(), None if window.meeting.is_on else place)
    memory.keep(window.hides_amounts)
    put_away(window)
    sys.excepthook = sys.__excepthook__
    if log is not None:
        stop_log(log)
    return status


def _tie(window: MainWindow, memory: Memory) -> None:
    """Let the window ask the memory what is in force, and the memory hear what is to be remembered."""
    window.settings.now = memory.current
    window.settings.is_private = lambda: memory.is_private
    window.settings.private_chosen.connect(memory.be_private)
    window.reports.keeps_log = window.meeting.record.keeps_log = lambda: (
        memory.current().meeting_log and not memory.is_private
    )
    window.settings_changed.connect(putting_in_force(memory, _speaking(window.workspace)))
    window.known_columns.update(memory.settings.mappings or {})
    memory.recent_changed.connect(window.show_recent)
    window.workspace.file_opened.connect(memory.remember)
    window.columns_matched.connect(memory.remember_columns)
    window.meeting.client_left.connect(memory.forget_client)


def _speaking(workspace: Workspace) -> Callable[[Settings, str], None]:
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


class FileEvents(QObject):
    """Hears the desktop ask for a file while the program runs; ``asked`` carries its path."""

    asked = Signal(object)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the desktop's wish to open a file."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


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
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def application() -> QApplication:
    """Return the running Qt application, made when there is none."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    qInstallMessageHandler(_log_qt)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("levcheck")
    app.setApplicationDisplayName("levcheck")
    app.setDesktopFileName("org.levcheck.levcheck")
    app.setWindowIcon(app_icon())
    return app


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Put Qt's own messages into the log; what a picture without a screen cannot do is no news."""
    if text.startswith("This plugin does not support"):
        return
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    _LOG.log(level, "Qt: %s", text)
