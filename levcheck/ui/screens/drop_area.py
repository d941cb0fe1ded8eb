"""A place to drop a fund's list on, with a button for those who do not drag."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.dressing import restyle
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme


class DropArea(QFrame):
    """``dropped`` carries a list of paths; ``asked`` when the user wants to choose a file."""

    dropped = Signal(object)
    asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop-area")
        self.setAcceptDrops(True)
        self._is_over = False
        self.text = label("text-2")
        self.add = QPushButton()
        self.add.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        space = current_theme().space
        row.setContentsMargins(space("m"), space("xs"), space("m"), space("xs"))
        row.setSpacing(space("m"))
        row.addWidget(self.text, 1)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignVCenter)
        self.speak(words)
        self._dress()

    def speak(self, words: Words) -> None:
        """Use another language."""
        self.text.setText(
            words.text(
                "Drop a fund's list here: an issuer's holdings file, a Form N-PORT or a table of your own."
            )
        )
        self.add.setText(words.text("Add a file…"))
        self.add.setAccessibleName(words.text("Add a fund's list to your library"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._is_over = True
            self._dress()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        self._is_over = False
        self._dress()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the files on."""
        self._is_over = False
        self._dress()
        event.acceptProposedAction()
        self.dropped.emit(
            [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        )

    def _dress(self) -> None:
        restyle(self, "over", "true" if self._is_over else "false")
