"""A change of colours dresses what can be seen; a screen or side panel that is hidden is dressed when it is shown.

Of a window with every screen made, one widget in twenty can be seen, and Qt would dress them all at once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE = Qt.WidgetAttribute.WA_SetStyle
_SCREEN = "levcheckScreen"


_WARDROBES: "WeakSet[Wardrobe]" = WeakSet()


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
        _WARDROBES.add(self)

    def wait(self, widget: QWidget, dress: Callable[[], object]) -> None:
        """Let something be done when the screen is shown, once."""
        self._waiting[id(widget)] = (widget, dress)

    @property
    def is_there(self) -> bool:
        """Whether the screen still is."""
        return isValid(self._screen)

    @property
    def is_seen(self) -> bool:
        """Whether the screen is on the window."""
        return self._screen.isVisible()

    def put_aside(self) -> list[QWidget]:
        """Let a change of style pass by; return the widgets that count as having a style of their own until then."""
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


@contextmanager
def passed_by() -> Iterator[None]:
    """Let a change of style pass every screen and panel by, and dress those that can be seen once it is done.

    Qt would take the style off them and put the next one on, and lay them out after both.
    """
    wardrobes = [wardrobe for wardrobe in _WARDROBES if wardrobe.is_there]
    passed = [widget for wardrobe in wardrobes for widget in wardrobe.put_aside()]
    try:
        yield
    finally:
        for widget in passed:
            widget.setAttribute(_OWN_STYLE, False)
        for wardrobe in wardrobes:
            if wardrobe.is_seen:
                wardrobe.dress()


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
