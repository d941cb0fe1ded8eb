"""Pictures of the real window, painted off screen: for guides, for tests, and for a look."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.storage.writer import write_file
from levcheck.ui.actions import SCREENS
from levcheck.ui.application import application
from levcheck.ui.engine import Engine, LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.passwords import Ask

SETTLING = 6


class Studio:
    """One window that stands for many pictures: reads a file once, then changes looks in place."""

    def __init__(self, engine: Engine | None = None, words: Words | None = None) -> None:
        self._app = application()
        # Widgets made before the first theme would keep the type size of the desktop.
        theme_source().use(theme_source().theme)
        self.workspace = Workspace.immediate(engine or LocalEngine(), words or Words())
        self._refusals: list[LevcheckError] = []
        self.workspace.error_raised.connect(self._refusals.append)
        self.window = MainWindow(self.workspace)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)

    def open(self, file: Path, ask: "Ask | None" = None) -> None:
        """Open a workbook or a session; a closed one with a password of those that are asked.

        Raises:
            LevcheckError: it cannot be read.
        """
        from levcheck.app.intake import password_of
        from levcheck.app.session_files import has_password

        self._refusals.clear()
        self.workspace.open(file, password=password_of(file, ask) if has_password(file) else None)
        if self.workspace.views is None:
            if self._refusals:
                raise self._refusals[0]
            raise LevcheckError("check.nothing_read", file=file.name)

    def show(self, screen: str) -> None:
        """Show a screen and wait until everything has its place."""
        if not self.window.isVisible():
            self.window.show()
        self.window.show_screen(screen)
        self.settle()

    def settle(self) -> None:
        """Let layouts, charts and scroll areas ask for their heights in turn; nothing keeps the focus."""
        for _ in range(SETTLING):
            self._app.processEvents()
            focus = QApplication.focusWidget()
            if focus is not None:
                focus.clearFocus()

    def image(self, scale: float = 1.0) -> QImage:
        """Return what the window shows now."""
        window = self.window
        image = QImage(
            round(window.width() * scale),
            round(window.height() * scale),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(scale)
        image.fill(0)
        painter = QPainter(image)
        window.render(painter, QPoint(0, 0))
        painter.end()
        return image

    def close(self) -> None:
        """Take the window down."""
        self.window.close()
        self.window.deleteLater()
        self._app.processEvents()


@contextmanager
def studio(engine: Engine | None = None, words: Words | None = None) -> Iterator[Studio]:
    """Give a studio, and put the theme before back in force afterwards."""
    source = theme_source()
    before = source.theme
    made = Studio(engine, words)
    try:
        yield made
    finally:
        made.close()
        source.use(before)


def paint_shots(  # noqa: PLR0913  # one argument for each option of the command
    file: Path,
    out_dir: Path,
    *,
    screens: Sequence[str] = (),
    theme: str = "light",
    language: str = "en",
    size: tuple[int, int] = (1366, 768),
    scale: float = 1.0,
    hide_amounts: bool = False,
    meeting: bool = False,
    engine: Engine | None = None,
    ask: "Ask | None" = None,
) -> list[Path]:
    """Paint screens of the window to ``out_dir/NAME.png`` and return their paths.

    Args:
        file: workbook or session to show.
        out_dir: where the pictures go; made when missing.
        screens: names of screens; empty = every screen there is. Names of screens that do not exist yet are skipped.
        theme: ``light`` or ``dark``.
        language: interface language.
        size: of the window in logical pixels.
        scale: device pixels for one logical pixel.
        hide_amounts: whether money is shown as dots.
        meeting: larger type, no amounts, no name of the portfolio, no rail and no menus.
        engine: reads and analyses; the bundled one when None.
        ask: asked for the passwords of a closed session.

    Raises:
        LevcheckError: the file cannot be read, or a picture cannot be written.
    """
    application()
    before = theme_source().theme
    theme_source().choose(theme, language=language, text_scale=1.0)
    words = Words(language, hide_amounts=hide_amounts)
    try:
        with studio(engine, words) as made:
            made.window.resize(QSize(*size))
            if meeting:
                made.window.meeting.begin(full_screen=False)
            made.open(file, ask)
            wanted = [spec.id for spec in SCREENS if not screens or spec.id in screens]
            out_dir.mkdir(parents=True, exist_ok=True)
            return [_paint(made, name, out_dir / f"{name}.png", scale) for name in wanted]
    finally:
        theme_source().use(before)


def _paint(made: Studio, screen: str, path: Path, scale: float) -> Path:
    made.show(screen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(made.image(scale))
    write_file(path, bytes(buffer.data().data()))
    return path
