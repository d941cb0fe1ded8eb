"""Texts of the window: always plain, sized by role, and figures that open their own explanation."""

import math
import re
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from levcheck.presenting.figures import Figure, KeyFigure, Tone
from levcheck.ui.dressing import waits
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import Role, Size, current_theme, theme_source

ROLE_OF_TONE = {
    Tone.PLAIN: Role.TEXT,
    Tone.MUTED: Role.TEXT_2,
    Tone.LOSS: Role.LOSS,
    Tone.GAIN: Role.GAIN,
    Tone.WARNING: Role.WARNING,
    Tone.ERROR: Role.ERROR,
    Tone.SUCCESS: Role.SUCCESS,
}
_PAD = 4  # ring and gap at both sides of a figure
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1)


class PlainLabel(QLabel):
    """A text of one size and role; what looks like markup is shown as written."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: Size = Size.BODY,
        role: Role = Role.TEXT,
        strong: bool = False,
        wraps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._size, self._role, self._strong = size, role, strong
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.setText(text)
        theme_source().changed.connect(self._dress)
        self._dress()

    def set_role(self, role: Role) -> None:
        """Show the text in the colour of another role."""
        self._role = role
        self._dress()

    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        theme = current_theme()
        font = theme.font(self._size, strong=self._strong)
        weight = 600 if self._strong else 400
        # The application's style sheet wins over setFont and palettes, so size and colour are said in its words.
        self.setStyleSheet(
            f"font-size: {font.pixelSize()}px; font-weight: {weight}; color: {theme.hex(self._role)};"
        )
        self.setFont(font)


class ExplainingLabel(QLabel):
    """A text that opens an explanation where it has a key: a click, Enter, Space or F1 emit ``explain(key)``."""

    explain = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: str | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)

    def focused_key(self) -> str | None:
        """Return the key of the number the text is about; None when it does not explain itself."""
        return self._key

    def _explain_with(self, key: str | None) -> None:
        """Take another key; a text without one takes no focus."""
        self._key = key
        opens = key is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the explanation."""
        if Qt.Key(event.key()) in _OPEN and self._key is not None:
            self.explain.emit(self._key)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the explanation, unless the button was let go elsewhere."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside and self._key is not None:
            self.explain.emit(self._key)
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and the ring while the keyboard is here."""
        self._paint_text(event)
        if not self.hasFocus():
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(Role.ACCENT), theme.shape["ring"]))
        painter.drawRoundedRect(
            self.rect().adjusted(1, 1, -1, -1), self._ring_radius, self._ring_radius
        )
        painter.end()

    def _paint_text(self, _event: QPaintEvent) -> None:
        super().paintEvent(_event)

    @property
    def _ring_radius(self) -> float:
        return current_theme().radius


class Headline(ExplainingLabel):
    """The sentence on top of a screen: its answer. One per screen; it wraps into lines of like length and is never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("role", "headline")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, key: str | None = None) -> None:
        """Show another sentence, about the number of a key; it is also what a screen reader finds first."""
        self.setText(text)
        self.setAccessibleName(text)
        self._explain_with(key)
        self._balance()

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines; balancing them adds none."""
        return self._text_height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Balance the lines for another width."""
        super().resizeEvent(event)
        self._balance()

    def changeEvent(self, event: QEvent) -> None:
        """Balance the lines in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._balance()

    def _text_height(self, width: int) -> int:
        room = QRect(0, 0, width, 10_000)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()

    def _balance(self) -> None:
        """Leave so much room free at the end that no line keeps a lone word; better still, end a line with a sentence."""
        width, lone = self.width(), self._text_height(self.width())
        if lone > self._text_height(10_000):
            ends = (end for end in self._ends_of_sentences() if self._text_height(end) == lone)
            width = min(ends, default=self._narrowest(lone))
        self.setContentsMargins(0, 0, self.width() - width, 0)

    def _ends_of_sentences(self) -> Iterator[int]:
        """Yield the widths at which the first line would end with a sentence."""
        advance, text = self.fontMetrics().horizontalAdvance, self.text()
        for end in re.finditer(r"[.!?](?= )|[。！？：]", text):
            width, rest = advance(text[: end.end()]) + 1, advance(text[end.end() :])
            if self.width() // 2 < width <= self.width() and rest > width // 2:
                yield width

    def _narrowest(self, height: int) -> int:
        """Return the least width at which the text takes no more height."""
        widest, narrowest = self.width(), self.width() // 2
        while widest - narrowest > 1:
            middle = (widest + narrowest) // 2
            if self._text_height(middle) > height:
                narrowest = middle
            else:
                widest = middle
        return widest


class FigureLabel(ExplainingLabel):
    """A number that can be asked how it came about."""

    def __init__(
        self, parent: QWidget | None = None, *, size: Size = Size.BODY, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self._size, self._strong = size, strong
        self._figure = Figure("")
        self._is_hovered = False
        self.setIndent(0)  # a padded label would else indent its text once more
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_source().changed.connect(self._dress)
        self._dress()

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._figure

    def show_figure(self, figure: Figure) -> None:
        """Show a number; without a key it is plain text that takes no focus."""
        self._figure = figure
        self.setText(figure.text)
        self.setAccessibleName(f"{figure.label}: {figure.text}" if figure.label else figure.text)
        self._explain_with(figure.key)
        self.setToolTip(plain_tooltip(figure.label))
        self._dress()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the text, the ring and its gap, never below a target's 24 pixels."""
        theme = current_theme()
        least = theme.scaled(24)
        # The widget's own metrics are those from before the style sheet was polished.
        metrics = QFontMetricsF(theme.font(self._size, strong=self._strong))
        width = math.ceil(metrics.horizontalAdvance(self.text())) + 2 * _PAD + 2
        return QSize(max(width, least), max(math.ceil(metrics.height()) + 6, least))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a number is never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Underline while pointed at."""
        super().enterEvent(event)
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the underline away."""
        super().leaveEvent(event)
        self._is_hovered = False
        self.update()

    def _paint_text(self, _event: QPaintEvent) -> None:
        """Paint the text on a whole pixel, and a line under it when it can be opened.

        A label left to itself may move it by a pixel when the theme changes.
        """
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text())
        left = _PAD if self._is_left else self.width() - width - _PAD
        base = (self.height() - metrics.height()) // 2 + metrics.ascent()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(left, base, self.text())
        if self._figure.key is not None and (self._is_hovered or self.hasFocus()):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().color(Role.ACCENT), 1.5))
            painter.drawLine(left, base + 2, left + width, base + 2)
        painter.end()

    @property
    def _ring_radius(self) -> float:
        return 4.0

    @property
    def _is_left(self) -> bool:
        return not self.alignment() & Qt.AlignmentFlag.AlignRight

    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        theme = current_theme()
        font = theme.font(self._size, strong=self._strong)
        role = ROLE_OF_TONE[self._figure.tone]
        self.setStyleSheet(
            f"font-size: {font.pixelSize()}px; font-weight: {600 if self._strong else 400};"
            f" color: {theme.hex(role)}; padding: 0 {_PAD}px;"
        )
        self.setFont(font)
        self.updateGeometry()


class KeyFigureBox(QWidget):
    """A large number with its label above and a note below."""

    explain = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, size: Size = Size.HEADLINE) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QVBoxLayout

        self._label = PlainLabel(role=Role.TEXT_2)
        self._figure = FigureLabel(size=size, strong=True)
        self._note = PlainLabel(role=Role.TEXT_2, size=Size.CAPTION, wraps=True)
        self._figure.explain.connect(self.explain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The figure's own padding would push it right of its label.
        self._label.setContentsMargins(_PAD, 0, 0, 0)
        self._note.setContentsMargins(_PAD, 0, 0, 0)
        column.addWidget(self._label)
        column.addWidget(self._figure)
        column.addWidget(self._note)
        column.addStretch(1)

    @property
    def figure_label(self) -> FigureLabel:
        """The number itself, for the focus order and for tests."""
        return self._figure

    def show_key_figure(self, key_figure: KeyFigure) -> None:
        """Show another number."""
        self._label.setText(key_figure.label)
        figure = key_figure.figure
        self._figure.show_figure(
            Figure(figure.text, figure.key, figure.tone, figure.label or key_figure.label)
        )
        self._note.setText(key_figure.note)
        self._note.setVisible(bool(key_figure.note))
