"""The order in which Tab visits what can be used: that in which it is read, whenever it was made."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QScrollArea,
    QSplitter,
    QTabBar,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QTabBar)
"""What keeps the order inside itself."""


def put_in_reading_order(page: QWidget) -> None:
    """Let Tab walk through a page as its layouts are read; parts that stand in no layout come last."""
    stops = list(_stops(page))
    for former, later in pairwise(stops):
        if former.nextInFocusChain() is not later:
            QWidget.setTabOrder(former, later)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, _WHOLE):
        return
    seen = set()
    for part in _parts(widget):
        if part not in seen:
            seen.add(part)
            yield from _stops(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """Yield what stands in a widget, in the order it is read; then what stands in no layout."""
    if isinstance(widget, QSplitter):
        for number in range(widget.count()):
            yield widget.handle(number)
            part = widget.widget(number)
            if part is not None:
                yield part
        return
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        yield inside
    layout = widget.layout()
    if layout is not None:
        yield from _laid_out(layout)
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield child


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)
