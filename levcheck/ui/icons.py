"""Single-colour icons, tinted by role; the files use ``currentColor`` and know no theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from levcheck.assets import asset
from levcheck.ui.theme import Role, Theme, current_theme

_SMALL = 16


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    _drawing(
        name
    )  # a missing file must raise before a painter is open: an error in between kills the process
    side = max(1, round(pixels * ratio))
    image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, side, side), name, QColor(colour))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon as vectors into `rect`.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    tinted = _drawing(name).replace("currentColor", colour.name())
    QSvgRenderer(QByteArray(tinted.encode("utf-8"))).render(painter, rect)


def pixmap(
    name: str, role: Role = Role.TEXT_2, pixels: int = 20, theme: Theme | None = None
) -> QPixmap:
    """Return an icon as a pixmap sharp on screens up to twice the usual density."""
    return _pixmap(name, (theme or current_theme()).hex(role), pixels, 2.0)


def icon(
    name: str, role: Role = Role.TEXT_2, *, pixels: int = 20, theme: Theme | None = None
) -> QIcon:
    """Return an icon that greys itself when disabled; ask again after the theme has changed.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    look = theme or current_theme()
    made = QIcon(pixmap(name, role, pixels, look))
    made.addPixmap(pixmap(name, Role.DISABLED, pixels, look), QIcon.Mode.Disabled)
    return made


def put_icon(button: QAbstractButton, name: str) -> None:
    """Show an icon on a button, as large as the text beside it.

    Raises:
        FileNotFoundError: there is no icon of that name.
    """
    side = current_theme().scaled(_SMALL)
    button.setIcon(icon(name, pixels=side))
    button.setIconSize(QSize(side, side))


def app_icon() -> QIcon:
    """Return the program's own icon."""
    made = QIcon()
    for pixels in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_pixmap("app", "#000000", pixels, 1.0))
    return made
