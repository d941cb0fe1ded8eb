"""The small parts every screen is made of: sentences, figures that open, notices, columns that stack."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Figure, KeyFigure, Tone
from levcheck.ui.charts.chart import announce
from levcheck.ui.icons import pixmap
from levcheck.ui.theme import Role, current_theme, theme_source

WIDEST = 1200
STACK_BELOW = 860
_TONE_ROLES = {
    Tone.MUTED: "text-2",
    Tone.LOSS: "loss",
    Tone.GAIN: "gain",
    Tone.WARNING: "warning",
    Tone.ERROR: "error",
    Tone.SUCCESS: "success",
}
_NOTICE_LOOKS = {
    Tone.ERROR: ("error", Role.ERROR, Role.ERROR_SURFACE),
    Tone.WARNING: ("warning", Role.WARNING, Role.WARNING_SURFACE),
    Tone.SUCCESS: ("success", Role.SUCCESS, Role.SUCCESS_SURFACE),
}
_INFO_LOOK = ("info", Role.ACCENT, Role.INFO_SURFACE)


def label(role: str = "", text: str = "", *, wrap: bool = True) -> QLabel:
    """Return a label that shows text as written: names from a file are never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def say(made: QLabel, text: str) -> None:
    """Put a text into a label and hide the label when there is none."""
    made.setText(text)
    made.setVisible(bool(text))


class FigureButton(QPushButton):
    """A number that opens "How we got this number" by click, Enter, Space or F1."""

    number_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: str | None = None
        self.setProperty("role", "figure")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        theme_source().changed.connect(self._restyle)
        self._tone = Tone.PLAIN

    @property
    def focused_key(self) -> str | None:
        """Key of the number shown."""
        return self._key

    def show_figure(self, figure: Figure) -> None:
        """Show a number."""
        self._key, self._tone = figure.key, figure.tone
        self.setText(figure.text)
        self.setAccessibleName(f"{figure.label}: {figure.text}" if figure.label else figure.text)
        self.setEnabled(figure.key is not None)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the size of the text with its focus ring."""
        size = super().sizeHint()
        return QSize(size.width(), max(size.height(), 24))

    @Slot()
    def _on_clicked(self) -> None:
        if self._key is not None:
            self.number_activated.emit(self._key)

    @Slot(object)
    def _restyle(self, _theme: object = None) -> None:
        theme = current_theme()
        role = _TONE_ROLES.get(self._tone, "")
        colour = theme.hex(Role(role.replace("-", "_"))) if role else theme.hex(Role.TEXT)
        pixels = theme.scaled(24)
        self.setStyleSheet(
            f"QPushButton {{ background: transparent; border: 2px solid transparent; border-radius: {theme.radius}px;"
            f" color: {colour}; font-size: {pixels}px; font-weight: 600; padding: 0 4px; text-align: left;"
            f" min-height: {theme.scaled(30)}px; margin-left: -6px; }}"
            f"QPushButton:hover:enabled {{ background: {theme.hex(Role.HOVER)}; }}"
            f"QPushButton:focus {{ border-color: {theme.hex(Role.ACCENT)}; }}"
        )


class KeyFigureCard(QFrame):
    """A large number with its label above and a line below."""

    number_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._label = label("caption", wrap=False)
        self._figure = FigureButton()
        self._note = label("caption", wrap=False)
        column = QVBoxLayout(self)
        space = current_theme().space
        column.setContentsMargins(space("l"), space("s"), space("l"), space("s"))
        column.setSpacing(0)
        for part in (self._label, self._figure, self._note):
            column.addWidget(part)
        self._figure.number_activated.connect(self.number_activated)
        theme_source().changed.connect(self._restyle)
        self._restyle()

    def show_view(self, view: KeyFigure) -> None:
        """Show a key figure."""
        self._label.setText(view.label)
        self._figure.show_figure(view.figure)
        self._note.setText(view.note)

    @Slot(object)
    def _restyle(self, _theme: object = None) -> None:
        theme = current_theme()
        self.setStyleSheet(
            f"#card {{ background: {theme.hex(Role.SURFACE)}; border: 1px solid {theme.hex(Role.HAIRLINE)};"
            f" border-radius: {theme.radius}px; }}"
        )


class KeyFigureRow(QWidget):
    """Key figures beside each other, in cards of one width."""

    number_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current_theme().space("m"))
        self._cards: list[KeyFigureCard] = []

    def show_views(self, views: Iterable[KeyFigure]) -> None:
        """Show these figures and no others."""
        shown = tuple(views)
        while len(self._cards) < len(shown):
            card = KeyFigureCard()
            card.number_activated.connect(self.number_activated)
            self._row.addWidget(card, 1)
            self._cards.append(card)
        for number, card in enumerate(self._cards):
            card.setVisible(number < len(shown))
            if number < len(shown):
                card.show_view(shown[number])
        self.setVisible(bool(shown))


class NoticeFrame(QFrame):
    """Something to know, beside the thing it is about; it can be put away."""

    dismissed = Signal(object)
    asked = Signal()

    def __init__(
        self,
        words: Words,
        *,
        closable: bool = True,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._tone = Tone.MUTED
        self._icon = QLabel()
        self._title = label("")
        self._detail = label("text-2")
        self._code = label("caption")
        self._action = QPushButton(action)
        self._action.setVisible(bool(action))
        self._close = QToolButton()
        self._close.setVisible(closable)
        self._close.setAccessibleName(words.text("Put this notice away"))
        self._lay_out()
        self._close.clicked.connect(self._on_close)
        self._action.clicked.connect(self.asked)
        theme_source().changed.connect(self._restyle)

    def show_view(self, view: NoticeView) -> None:
        """Show a notice and let a screen reader speak it."""
        self._tone = view.tone
        where = f"{view.where}: " if view.where and view.where not in view.title else ""
        self._title.setText(where + view.title)
        say(self._detail, view.detail)
        say(self._code, view.code if view.tone is Tone.ERROR else "")
        self.setAccessibleName(f"{view.title} {view.detail}".strip())
        self._restyle()
        announce(self, f"{view.title} {view.detail}".strip())

    def show_text(self, text: str, tone: Tone = Tone.WARNING) -> None:
        """Show a plain sentence."""
        self._tone = tone
        self._title.setText(text)
        self._detail.hide()
        self._code.hide()
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._restyle()

    def _lay_out(self) -> None:
        space = current_theme().space
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for part in (self._title, self._detail, self._code):
            texts.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("s"), space("s"), space("s"))
        row.setSpacing(space("s"))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_close(self) -> None:
        self.dismissed.emit(self)

    @Slot(object)
    def _restyle(self, _theme: object = None) -> None:
        theme = current_theme()
        name, ink, ground = _NOTICE_LOOKS.get(self._tone, _INFO_LOOK)
        self._icon.setPixmap(pixmap(name, ink, 20))
        self._close.setIcon(pixmap("close", Role.TEXT_2, 16))
        self.setStyleSheet(
            f"#notice {{ background: {theme.hex(ground)}; border: 1px solid {theme.hex(ink)};"
            f" border-radius: {theme.radius}px; }}"
        )


class Columns(QWidget):
    """Parts side by side, or one under the other when there is little room."""

    def __init__(
        self,
        parts: Iterable[tuple[QWidget, int]],
        *,
        stack_below: int = STACK_BELOW,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stack_below = stack_below
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().space("xl"))
        for widget, share in parts:
            self._box.addWidget(widget, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < current_theme().scaled(self._stack_below)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)


class Section(QWidget):
    """A heading with what belongs under it."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("emphasis")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space("s"))
        column.addWidget(self.heading)
        for number, part in enumerate(parts):
            column.addWidget(part, 1 if number == len(parts) - 1 else 0)


class Page(QScrollArea):
    """A screen: one column of at most 1,200 px in the middle, scrolled when the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("role", "page")
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space("m"))
        inner = QWidget()
        inner.setMaximumWidth(theme.scaled(WIDEST))
        inner.setLayout(self.column)
        row = QHBoxLayout(body)
        row.setContentsMargins(
            theme.space("xl"), theme.space("l"), theme.space("xl"), theme.space("m")
        )
        row.addStretch(0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        self.setWidget(body)
