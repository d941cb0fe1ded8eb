"""Wait until a widget is laid out, which takes Qt several turns."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtCore import QRect


def wait_until_laid_out(qtbot: QtBot, widget: QWidget) -> None:
    """Wait until nothing that is visible within a widget moves or grows any more."""
    last: list[QRect] = []

    def rests() -> bool:
        now = [child.geometry() for child in widget.findChildren(QWidget) if child.isVisible()]
        same = now == last
        last[:] = now
        return same

    qtbot.waitUntil(rests, timeout=20_000)
