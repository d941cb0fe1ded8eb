"""Starts the window."""

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
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
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.storage.locks import Lock, take_window_lock
from levcheck.storage.log_file import start_log, stop_log
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.ui.collecting import Collector
from levcheck.ui.engine import LocalEngine
from levcheck.ui.faults import telling_hook
from levcheck.ui.icons import app_icon
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import RISE_FALL, theme_source
from levcheck.ui.workspace import Workspace

START_SIZE = (1366, 768)
_LOG = logging.getLogger(__name__)


def run(path: str | None = None) -> int:
    """Open the window, on a file if one is given, and return the exit status when it is closed.

    Where a window of this user stands already, it takes the file and comes forward, and this start ends.
    """
    app = application()
    asked = Path(path) if path is not None else None
    claim = _claim()
    if claim is None and _handed_over(asked):
        return 0
    log = start_log(data_folder())
    settings = load_settings(data_folder())
    words = Words(settings.language or _system_language(), hide_amounts=settings.hide_amounts)
    _wear(settings, words.language)
    Collector(app)
    workspace = Workspace(LocalEngine(), words)
    window = MainWindow(workspace)
    sys.excepthook = telling_hook(window.tell, lambda: workspace.words)
    window.resize(*START_SIZE)
    if settings.geometry:
        window.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))
    window.meeting.order = settings.meeting_order
    window.show_recent(settings.recent_files)
    memory = _Memory(settings)
    workspace.usual_currency = settings.base_currency
    window.settings.now = memory.current
    window.reports.keeps_log = window.meeting.record.keeps_log = lambda: (
        memory.current().meeting_log
    )
    window.settings_changed.connect(_putting_in_force(memory, workspace))
    window.known_columns.update(settings.mappings or {})
    memory.recent_changed.connect(window.show_recent)
    workspace.file_opened.connect(memory.remember)
    window.columns_matched.connect(memory.remember_columns)
    window.meeting.client_left.connect(memory.forget_client)
    workspace.keeper.keep_aside()
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
    if not window.meeting.is_on:
        place = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
        memory.settings = replace(memory.current(), geometry=place)
    memory.keep(window.hides_amounts)
    put_away(window)
    sys.excepthook = sys.__excepthook__
    stop_log(log)
    return status


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


def _wear(settings: Settings, language: str) -> None:
    """Put on the looks the user has chosen; a market custom this version does not know is passed over."""
    theme_source().choose(
        settings.theme,
        text_scale=settings.text_scale,
        language=language,
        custom=settings.rise_fall if settings.rise_fall in RISE_FALL else None,
    )


def _putting_in_force(memory: "_Memory", workspace: Workspace) -> Callable[[Settings], None]:
    def change(settings: Settings) -> None:
        language = settings.language or _system_language()
        _wear(settings, language)
        memory.change(settings)
        words = workspace.words
        if (words.language, words.hide_amounts) != (language, settings.hide_amounts):
            workspace.speak(language=language, hide_amounts=settings.hide_amounts)

    return change


class _Memory(QObject):
    """Keeps what the program remembers between starts; ``recent_changed`` carries the files opened before."""

    recent_changed = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self._worn = theme_source().theme.name
        self._of_client: set[str] = set()

    def current(self) -> Settings:
        """Return the settings as they are now, colours switched by a key included."""
        worn = theme_source().theme.name
        if worn != self._worn:  # switched by hand since: the choice "as on this computer" is over
            self.settings, self._worn = replace(self.settings, theme=worn), worn
        return self.settings

    def change(self, settings: Settings) -> None:
        """Take over settings the user has changed, and write them."""
        self.settings = settings
        self._worn = theme_source().theme.name
        self.keep(settings.hide_amounts)

    def remember(self, path: Path) -> None:
        """Put a file on top of the recent ones."""
        self._of_client.add(str(path.absolute()))
        self.settings = self.settings.with_recent(str(path.absolute()))
        self.recent_changed.emit(self.settings.recent_files)

    def forget_client(self) -> None:
        """Remember no file that was opened for the client who leaves."""
        files = tuple(f for f in self.settings.recent_files if f not in self._of_client)
        self._of_client.clear()
        self.settings = replace(self.settings, recent_files=files)
        self.recent_changed.emit(files)

    def remember_columns(self, fingerprint: str, mapping: dict[str, str]) -> None:
        """Keep how the columns of one kind of file were matched."""
        self.settings = self.settings.with_mapping(fingerprint, mapping)

    def keep(self, hide_amounts: bool) -> None:  # noqa: FBT001  # one plain fact
        """Write the settings; a folder that cannot be written costs the memory, not the work."""
        self.settings = replace(self.current(), hide_amounts=hide_amounts)
        try:
            save_settings(data_folder(), self.settings)
        except LevcheckError:
            _LOG.warning("the settings could not be written", exc_info=True)


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


def _system_language() -> str:
    from PySide6.QtCore import QLocale

    name = QLocale.system().name()
    if name in LANGUAGES:
        return name
    return name[:2] if name[:2] in LANGUAGES else "en"
