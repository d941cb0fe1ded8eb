"""One sheet of a report as it will be on paper: painted by the same painter as the PDF."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from levcheck.i18n.words import Words
from levcheck.ui.paper.document import Document
from levcheck.ui.screens.parts import label
from levcheck.ui.speaking import announce
from levcheck.ui.theme import Role, current_theme

_EDGE = 8


class SheetView(QWidget):
    """Paints one sheet, as large as there is room; ``turned`` carries how many sheets to go on or back."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 320)
        self._document: Document | None = None
        self._number = 0
        self._picture = QPixmap()
        self._shown: tuple[object, ...] = ()

    def show_sheet(self, document: Document | None, number: int) -> None:
        """Show a sheet, counted from 0; None takes it away."""
        self._document, self._number = document, number
        self._shown = ()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size in which text can be read."""
        return QSize(520, 700)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sheet on a quiet ground, with its edge."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(Role.SURFACE))
        document = self._document
        if document is not None:
            place = self._place(document)
            painter.drawPixmap(place.topLeft(), self._painted(document, place))
            painter.setPen(theme.color(Role.ACCENT if self.hasFocus() else Role.LINE))
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the sheet with the arrows and the page keys."""
        steps = {
            Qt.Key.Key_PageDown: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999,
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the sheet with the wheel."""
        self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)

    def _place(self, document: Document) -> QRectF:
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = min(room.width() / document.width, room.height() / document.height)
        width, height = document.width * scale, document.height * scale
        return QRectF(room.center().x() - width / 2, room.top(), width, height)

    def _painted(self, document: Document, place: QRectF) -> QPixmap:
        ratio = self.devicePixelRatioF()
        wanted = (id(document), self._number, round(place.width()), ratio)
        if wanted != self._shown:
            scale = place.width() / document.width * ratio
            self._picture = QPixmap.fromImage(document.image(self._number, scale))
            self._picture.setDevicePixelRatio(ratio)
            self._shown = wanted
        return self._picture


class ReportPreview(QWidget):
    """The sheets of a report, one at a time, with buttons to turn them."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._document: Document | None = None
        self.number = 0
        self.sheet = SheetView()
        self.back, self.on = QPushButton("◀"), QPushButton("▶")
        self.place = label("caption", wrap=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        for part in (self.back, self.place, self.on):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self._on_on)
        self.sheet.turned.connect(self._turn)
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.back.setAccessibleName(words.text("Previous sheet"))
        self.on.setAccessibleName(words.text("Next sheet"))
        self.sheet.setAccessibleName(words.text("Preview of the report"))
        self._show()

    def show_document(self, document: Document | None) -> None:
        """Show another report, at the sheet that was shown where it still has one."""
        self._document = document
        self.number = min(self.number, document.pages - 1) if document is not None else 0
        self._show()

    def _show(self) -> None:
        pages = self._document.pages if self._document is not None else 0
        self.back.setEnabled(self.number > 0)
        self.on.setEnabled(self.number < pages - 1)
        text = ""
        if pages:
            text = self._words.text("page {page} of {pages}", page=self.number + 1, pages=pages)
        self.place.setText(text)
        self.sheet.setAccessibleDescription(text)
        self.sheet.show_sheet(self._document, self.number)

    @Slot(int)
    def _turn(self, step: int) -> None:
        if self._document is None:
            return
        self.number = min(max(self.number + step, 0), self._document.pages - 1)
        self._show()
        announce(self, self.place.text())

    @Slot()
    def _on_back(self) -> None:
        self._turn(-1)

    @Slot()
    def _on_on(self) -> None:
        self._turn(1)
