"""The card the window opens with: one sentence and two ways to begin."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.labels import label

WIDTH = 560


class FirstRun(QWidget):
    """Opens a list, the sample, or a recent file."""

    open_asked = Signal()
    sample_asked = Signal()
    template_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = QFrame()
        self._card.setObjectName("first")
        self._headline = label("headline")
        self._text = label("")
        self.open = QPushButton()
        self.open.setProperty("role", "primary")
        self.sample = QPushButton()
        self.template = QPushButton()
        self.template.setProperty("role", "quiet")
        self._what = label("text-2")
        self._private = label("text-2")
        self._recent = QVBoxLayout()
        self._recent_label = label("caption")
        self._words = words
        self._lay_out()
        self.open.clicked.connect(self.open_asked)
        self.sample.clicked.connect(self.sample_asked)
        self.template.clicked.connect(self.template_asked)
        self.speak(words)
        self.show_recent(())

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self._headline.setText(words.text("See what you really own"))
        self._text.setText(words.text("Open your spreadsheet, or try the sample portfolio."))
        self.open.setText(words.text("&Open your spreadsheet"))
        self.sample.setText(words.text("&Try the sample portfolio"))
        self._what.setText(
            words.text(
                "Any list of holdings will do: Excel, OpenDocument or CSV, as your broker exports it. You can also drop a file anywhere on this window."
            )
        )
        self.template.setText(words.text("Save a template to fill in"))
        self._private.setText(words.text("Nothing leaves this computer."))
        self._recent_label.setText(words.text("Opened before"))

    def show_recent(self, files: tuple[str, ...]) -> None:
        """Offer files that were opened before."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._recent_label.setVisible(bool(files))
        for file in files[:3]:
            name = file.replace("\\", "/").rsplit("/", 1)[-1]
            button = QPushButton(name)
            button.setProperty("role", "quiet")
            button.setProperty("file", file)
            button.setAccessibleName(self._words.text("Open {file}", file=name))
            button.clicked.connect(self._on_recent)
            self._recent.addWidget(_at_left(button))

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self._card)
        column.setContentsMargins(*(space("xxl"),) * 4)
        column.setSpacing(space("m"))
        buttons = QHBoxLayout()
        buttons.setSpacing(space("m"))
        buttons.addWidget(self.open)
        buttons.addWidget(self.sample)
        buttons.addStretch(1)
        column.addWidget(self._headline)
        column.addWidget(self._text)
        column.addLayout(buttons)
        column.addWidget(self._what)
        column.addWidget(_at_left(self.template))
        column.addWidget(self._recent_label)
        column.addLayout(self._recent)
        column.addWidget(self._private)
        self._card.setMaximumWidth(current_theme().scaled(WIDTH))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._card, 6)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)

    @Slot()
    def _on_recent(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.recent_asked.emit(str(button.property("file")))


def _at_left(button: QPushButton) -> QWidget:
    """Return a row with a button at its start, as wide as its words."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(button)
    line.addStretch(1)
    return row
