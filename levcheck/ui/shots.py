"""Pictures of the real window, painted off screen: for guides, for tests, and for a look."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.ui.actions import SCREENS
from levcheck.ui.application import application
from levcheck.ui.engine import Engine, LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.theme import theme_source
from levcheck.ui.workspace import Workspace

MEETING_TEXT_SCALE = 1.5
SETTLING = 6


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

    Raises:
        LevcheckError: the file cannot be read, or a picture cannot be written.
    """
    app = application()
    source = theme_source()
    before = source.theme
    source.choose(theme, language=language, text_scale=MEETING_TEXT_SCALE if meeting else 1.0)
    words = Words(language, hide_amounts=hide_amounts or meeting)
    workspace = Workspace.immediate(engine or LocalEngine(), words)
    refusals: list[LevcheckError] = []
    workspace.error_raised.connect(refusals.append)
    window = MainWindow(workspace)
    try:
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(QSize(*size))
        window.use_meeting_mode(on=meeting)
        workspace.open(file)
        if workspace.views is None:
            raise refusals[0] if refusals else LevcheckError("check.nothing_read", file=file.name)
        window.show()
        wanted = [spec.id for spec in SCREENS if not screens or spec.id in screens]
        out_dir.mkdir(parents=True, exist_ok=True)
        return [_paint(app, window, name, out_dir / f"{name}.png", scale) for name in wanted]
    finally:
        window.close()
        window.deleteLater()
        app.processEvents()
        source.use(before)


def _paint(app: QApplication, window: MainWindow, screen: str, path: Path, scale: float) -> Path:
    window.show_screen(screen)
    for _ in range(SETTLING):
        # Wrapped texts, charts and scroll areas ask for their heights in turn.
        app.processEvents()
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
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
    if not image.save(str(path)):
        raise LevcheckError("storage.not_writable", file=path.name, reason="it cannot be written")
    return path
