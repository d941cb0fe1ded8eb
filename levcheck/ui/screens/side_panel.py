"""The panel beside a table: one thing at a time, and the table stays in reach."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.ui.dressing import Wardrobe, waits
from levcheck.ui.icons import put_icon
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme, theme_source

LEAST = 288


class SidePanel(QFrame):
    """Holds panels by name and shows one of them; ``closed`` follows its closing by the user."""

    closed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._wardrobe = Wardrobe(self)
        self._pages: dict[str, tuple[QWidget, int]] = {}
        self.heading = label("emphasis")
        self.close_button = QPushButton()
        self.close_button.setProperty("role", "quiet")
        self._stack = QStackedWidget()
        self._current = ""
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(space("m"), space("s"), space("m"), space("m"))
        column.setSpacing(space("s"))
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.close_button.clicked.connect(self._on_close)
        theme_source().changed.connect(self._dress)
        self.speak(words)
        self._dress()
        self.hide()

    @property
    def current(self) -> str:
        """Name of the panel shown; "" when the side is closed."""
        return "" if self.isHidden() else self._current

    def add(self, name: str, page: QWidget, width: int) -> None:
        """Add a panel under a name, `width` pixels wide at the usual type size."""
        # A low window scrolls the panel and not the screen around it.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(scroll)
        scroll.setWidget(page)
        self._pages[name] = (scroll, width)

    def open(self, name: str, heading: str) -> None:
        """Show a panel."""
        page, width = self._pages[name]
        self._current = name
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self._stack.setCurrentWidget(page)
        beside = self.parentWidget()
        most = beside.width() // 2 if beside is not None else width
        self.setFixedWidth(max(min(current_theme().scaled(width), most), LEAST))
        self.show()

    def speak(self, words: Words) -> None:
        """Use another language."""
        name = words.text("Close this panel")
        self.close_button.setAccessibleName(name)
        self.close_button.setToolTip(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with a change of colours that came while it was closed."""
        self._wardrobe.dress()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._on_close()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot(object)
    def _dress(self, _theme: object = None) -> None:
        if _theme is not None and waits(self, self._dress):
            return
        put_icon(self.close_button, "close")
