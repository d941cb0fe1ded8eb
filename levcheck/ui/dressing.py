"""A change of colours dresses what can be seen; a screen or side panel that is hidden is dressed when it is shown.

Of a window with every screen made, one widget in twenty can be seen, and Qt would dress them all at once.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_SCREEN = "levcheckScreen"


class Wardrobe:
    """What waits for a screen, or a panel of one, to be shown.

    Attributes:
        is_aside: whether a change of colours has passed the screen by.
    """

    def __init__(self, screen: QWidget) -> None:
        self._screen = screen
        self._waiting: dict[int, tuple[QWidget, Callable[[], object]]] = {}
        self.is_aside = False
        screen.setProperty(_SCREEN, self)

    def wait(self, widget: QWidget, dress: Callable[[], object]) -> None:
        """Let something be done when the screen is shown, once."""
        self._waiting[id(widget)] = (widget, dress)

    def put_aside(self) -> list[QWidget]:
        """Let a change of style pass by; return what has to be given back with :func:`give_back` after it."""
        self.is_aside = True
        passed = []
        for widget in (self._screen, *self._screen.findChildren(QWidget)):
            widget.setAttribute(_POLISHED, False)
            if not widget.testAttribute(_OWN_STYLE):
                # Qt tells of another style whoever has none of his own: a layout laid out twice, for nobody to see.
                widget.setAttribute(_OWN_STYLE)
                passed.append(widget)
        return passed

    def dress(self) -> None:
        """Catch up with what has passed by."""
        if not self.is_aside:
            return
        self.is_aside = False
        style = QApplication.style()
        for widget in (self._screen, *self._screen.findChildren(QWidget)):
            if not widget.testAttribute(_POLISHED):
                style.unpolish(widget)
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Polish))
                QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        waiting, self._waiting = self._waiting, {}
        for widget, dress in waiting.values():
            if isValid(widget):
                dress()


def put_aside_hidden(application: QApplication) -> list[QWidget]:
    """Let a change of style pass every hidden screen and panel by."""
    passed: list[QWidget] = []
    for widget in application.allWidgets():
        wardrobe = widget.property(_SCREEN)
        if isinstance(wardrobe, Wardrobe) and not widget.isVisible():
            passed += wardrobe.put_aside()
    return passed


def give_back(passed: list[QWidget]) -> None:
    """Make widgets that a change has passed by ordinary ones again."""
    for widget in passed:
        widget.setAttribute(_OWN_STYLE, False)


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Give a widget another value of what the style sheet chooses its look by."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def waits(widget: QWidget, dress: Callable[[], object]) -> bool:
    """Return whether a widget stands on a screen that was passed by; then `dress` is called when it is shown."""
    above: QWidget | None = widget
    while above is not None:
        wardrobe = above.property(_SCREEN)
        if isinstance(wardrobe, Wardrobe):
            if wardrobe.is_aside:
                wardrobe.wait(widget, dress)
            return wardrobe.is_aside
        above = above.parentWidget()
    return False
