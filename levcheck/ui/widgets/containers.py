"""Empty state and the segmented choice: the furniture of a screen."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from levcheck.ui.dressing import waits
from levcheck.ui.icons import pixmap
from levcheck.ui.theme import Role, Size, current_theme, theme_source
from levcheck.ui.widgets.texts import PlainLabel


class EmptyState(QWidget):
    """What will be here, and the one action that fills it."""

    activated = Signal()

    def __init__(
        self,
        text: str = "",
        action: str = "",
        icon: str = "drag-file",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._icon_name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = PlainLabel(text, size=Size.EMPHASIS, role=Role.TEXT_2, wraps=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setMaximumWidth(theme.scaled(480))
        self._action = QPushButton(action)
        self._action.setProperty("role", "primary")
        self._action.clicked.connect(self.activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space("xxl"),) * 4)
        column.setSpacing(theme.space("l"))
        column.addStretch(1)
        column.addWidget(self._icon)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._text, 4)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        theme_source().changed.connect(self._dress)
        self._dress()
        self.show_state(text, action)

    @property
    def button(self) -> QPushButton:
        """The action."""
        return self._action

    def show_state(self, text: str, action: str = "", icon: str | None = None) -> None:
        """Show another text and action; an empty action hides the button."""
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        if icon is not None:
            self._icon_name = icon
            self._dress()

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        self._icon.setPixmap(pixmap(self._icon_name, Role.LINE, current_theme().scaled(48)))


class SegmentedControl(QWidget):
    """One choice out of a few, all visible; the arrows move it, ``chosen`` carries the key.

    Args:
        name: for screen readers.
        choices: (key, text) of each.
        parent: of the widget.
        underlined: looks like tabs, for what changes the whole of what stands below it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        underlined: bool = False,
    ) -> None:
        super().__init__(parent)
        self._underlined = underlined
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(2)
        self._group.idClicked.connect(self._on_clicked)
        self.set_choices(choices)

    @property
    def current(self) -> str:
        """Key of the choice in force; empty when there is none."""
        number = self._group.checkedId()
        return self._keys[number] if 0 <= number < len(self._keys) else ""

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (key, text) pairs; the choice stays when its key does, else the first is taken."""
        before = self.current
        shown = [(key, self._group.button(n).text()) for n, key in enumerate(self._keys)]
        if shown == list(choices):
            return
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()  # it goes a moment later, and until then two words would stand on each other
            button.deleteLater()
        self._keys = [key for key, _ in choices]
        for number, (_, text) in enumerate(choices):
            button = _Segment(text, self, "tab" if self._underlined else "segment")
            self._group.addButton(button, number)
            self._row.addWidget(button)
        if self._keys:
            self.choose(before if before in self._keys else self._keys[0])

    def choose(self, key: str) -> None:
        """Put a choice in force without a signal.

        Raises:
            ValueError: there is no such choice.
        """
        button = self._group.button(self._keys.index(key))
        button.setChecked(True)
        self._roam()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground the choices lie on; tabs have none."""
        if self._underlined:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(Role.HAIRLINE), 1))
        painter.setBrush(theme.color(Role.SURFACE))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.radius, theme.radius)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        move = step.get(Qt.Key(event.key()), 0)
        if not move or not self._keys:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + move) % len(self._keys)
        button = self._group.button(number)
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_clicked(number)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self._roam()
        self.chosen.emit(self._keys[number])

    def _roam(self) -> None:
        """Only the choice in force is a tab stop, as in a group of radio buttons."""
        for button in self._group.buttons():
            on = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)


class _Segment(QPushButton):
    def __init__(self, text: str, parent: QWidget, role: str) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setProperty("role", role)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Return the room the word takes when chosen, so that nothing moves."""
        theme = current_theme()
        metrics = QFontMetricsF(theme.font(Size.BODY, strong=True))
        width = math.ceil(metrics.horizontalAdvance(self.text())) + 2 * theme.space("m") + 6
        return QSize(width, theme.control_height - 4)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the word is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the whole control."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
            return
        super().keyPressEvent(event)
