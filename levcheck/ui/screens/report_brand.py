"""What a firm puts on its reports: name, mark, colour and closing text, with what is wrong said beside it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.sentences import error_text
from levcheck.i18n.words import Words
from levcheck.reporting.branding import LONGEST_FIRM_TEXT, LONGEST_NAME
from levcheck.storage.report_templates import ReportTemplate
from levcheck.ui.screens.parts import label, say
from levcheck.ui.theme import current_theme


class BrandFields(QWidget):
    """``changed`` after every change; ``logo_asked`` when a mark is to be chosen."""

    changed = Signal()
    logo_asked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._logo = b""
        self._nearest = ""
        self.firm, self.accent, self.text = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.choose, self.remove = QPushButton(), QPushButton()
        self.use_nearest = QPushButton()
        self.fault, self.count = label("caption"), label("caption", wrap=False)
        self._titles = [QLabel() for _ in range(4)]
        self._lay_out()
        self.speak(words)
        self.firm.textEdited.connect(self._on_changed)
        self.accent.editingFinished.connect(self._on_changed)
        self.text.textChanged.connect(self._on_text)
        self.choose.clicked.connect(self.logo_asked)
        self.remove.clicked.connect(self._on_remove)
        self.use_nearest.clicked.connect(self._on_nearest)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        titles = (
            (self.firm, words.text("Name of the firm")),
            (self.choose, words.text("Logo")),
            (self.accent, words.text("Colour")),
            (self.text, words.text("Closing text")),
        )
        for made, (field, text) in zip(self._titles, titles, strict=True):
            made.setText(text)
            field.setAccessibleName(text)
        self.choose.setText(words.text("Choose…"))
        self.remove.setText(words.text("Remove"))
        self.accent.setPlaceholderText("#1F4FD1")
        self._count()

    def show_template(self, template: ReportTemplate) -> None:
        """Show what a template keeps."""
        for field in (self.firm, self.accent, self.text):
            field.blockSignals(True)
        self.firm.setText(template.firm)
        self.accent.setText(template.accent)
        self.text.setPlainText(template.text)
        for field in (self.firm, self.accent, self.text):
            field.blockSignals(False)
        self._logo = template.logo
        self._count()
        self.show_fault(None)

    def use_logo(self, content: bytes) -> None:
        """Put a mark on the report."""
        self._logo = content
        self._count()
        self.changed.emit()

    @property
    def wishes(self) -> tuple[str, bytes, str, str]:
        """Firm, mark, colour and text as they stand now."""
        return (
            self.firm.text().strip(),
            self._logo,
            self.accent.text().strip(),
            self.text.toPlainText().strip(),
        )

    def show_fault(self, error: LevcheckError | None) -> None:
        """Say what cannot be printed, and offer the nearest colour that can."""
        told = "" if error is None else " ".join(filter(None, error_text(self._words, error)))
        say(self.fault, told)
        self._nearest = "" if error is None else str(error.args_map.get("nearest", ""))
        self.use_nearest.setVisible(bool(self._nearest))
        self.use_nearest.setText(self._words.text("Use {colour}", colour=self._nearest))

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("xs"))
        form = QFormLayout()
        form.setSpacing(space("xs"))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        marks = QHBoxLayout()
        marks.addWidget(self.choose)
        marks.addWidget(self.remove)
        marks.addStretch(1)
        self._titles[0].setBuddy(self.firm)
        self._titles[2].setBuddy(self.accent)
        self._titles[3].setBuddy(self.text)
        form.addRow(self._titles[0], self.firm)
        form.addRow(self._titles[1], marks)
        form.addRow(self._titles[2], self.accent)
        form.addRow(self._titles[3], self.text)
        column.addLayout(form)
        column.addWidget(self.count)
        column.addWidget(self.fault)
        column.addWidget(self.use_nearest)
        self.firm.setMaxLength(LONGEST_NAME)
        self.accent.setMaxLength(7)
        self.text.setFixedHeight(current_theme().scaled(72))
        self.text.setTabChangesFocus(True)
        self.fault.setProperty("role", "warning")
        self.show_fault(None)

    def _count(self) -> None:
        used = len(" ".join(self.text.toPlainText().split()))
        self.count.setText(
            self._words.text(
                "{used} of {most} characters",
                used=self._words.number(used),
                most=self._words.number(LONGEST_FIRM_TEXT),
            )
        )
        self.remove.setEnabled(bool(self._logo))

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_text(self) -> None:
        self._count()
        self.changed.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.use_logo(b"")

    @Slot()
    def _on_nearest(self) -> None:
        self.accent.setText(self._nearest)
        self.changed.emit()
