"""Paints the program's icon in the sizes and forms installers ask for: python packaging/bundle/icons.py BUILD."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def main() -> None:
    """Write PNG files everywhere, and the icon file of Windows or macOS where it is needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    build = Path(sys.argv[1])
    folder = build / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "app.svg"))
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter, QRectF(0, 0, size, size))
        painter.end()
        picture.save(str(folder / f"{size}.png"))
        if size == 256 and sys.platform == "win32":
            picture.save(str(build / "levcheck.ico"))
        if size == 512 and sys.platform == "darwin":
            picture.save(str(build / "levcheck.icns"))
    del application


if __name__ == "__main__":
    main()
