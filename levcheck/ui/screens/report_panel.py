"""The report before it is written: what goes on it, for whom, in whose name, and every sheet as it will be."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QDate, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.reporting.page import PAPERS
from levcheck.reporting.report import page_titles
from levcheck.reporting.templates import Wish
from levcheck.storage.report_templates import DEFAULT_TEMPLATE, ReportTemplate, Templates
from levcheck.ui.paper.document import Document
from levcheck.ui.screens.parts import label, say
from levcheck.ui.screens.report_brand import BrandFields
from levcheck.ui.screens.report_preview import ReportPreview
from levcheck.ui.screens.settings_panel import LANGUAGE_NAMES
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import ProgressRow
from levcheck.ui.widgets.picker import Picker

ASK, SHOW, HIDE = 0, 1, 2
KINDS = ("pdf", "html", "xlsx")
WIDTH = 340


class ReportPanel(QDialog):
    """Shows what a report will be.

    ``changed`` after every choice; ``save_asked`` carries pdf, html or xlsx; ``print_asked`` when it is to be printed;
    ``kept`` a template to keep and ``dropped`` the name of one to forget; ``logo_asked`` when a mark is to be chosen, ``earlier_asked`` when a list is
    to be chosen that this one is compared with.
    """

    changed = Signal()
    save_asked = Signal(str)
    print_asked = Signal()
    kept = Signal(object)
    dropped = Signal(str)
    logo_asked = Signal()
    earlier_asked = Signal()

    def __init__(self, templates: Templates, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._templates = templates
        self.template, self.paper, self.language = Picker(), Picker(), Picker()
        self.amounts = Picker()
        self.keep, self.drop, self.earlier = QPushButton(), QPushButton(), QPushButton()
        self._earlier = ""
        self.pages: dict[str, QCheckBox] = {name: QCheckBox() for name, _ in page_titles(words)}
        self.client, self.shown = QLineEdit(), QCheckBox()
        self.shown_on = QDateEdit(QDate.currentDate())
        self.brand = BrandFields(words)
        self.preview = ReportPreview(words)
        self.fields = QScrollArea()
        self.ask, self.fault = label("caption"), label("warning")
        self.buttons = {kind: QPushButton() for kind in KINDS}
        self.print, self.close_button = QPushButton(), QPushButton()
        self.progress = ProgressRow(words.text("Cancel"))
        self._titles = [QLabel() for _ in range(6)]
        self._heads = [label("emphasis") for _ in range(2)]
        self._lay_out()
        self.speak(words)
        self.show_template(templates.first)
        self._connect()

    # --- what stands in it ---------------------------------------------------------------------------------

    @property
    def wish(self) -> Wish:
        """The report as it is wished for now."""
        firm, logo, accent, text = self.brand.wishes
        name = self.template.currentData()
        template = ReportTemplate(
            str(name or DEFAULT_TEMPLATE.name),
            tuple(page for page, box in self.pages.items() if box.isChecked()),
            str(self.paper.currentData()),
            self.language.currentData(),
            hide_amounts=self.amounts.currentData() != SHOW,
            firm=firm,
            logo=logo,
            accent=accent,
            text=text,
        )
        day = self.shown_on.date().toPython() if self.shown.isChecked() else None
        return Wish(template, self.client.text(), day)  # type: ignore[arg-type]  # Qt says object

    @property
    def is_decided(self) -> bool:
        """Whether it was said if amounts are shown."""
        return bool(self.amounts.currentData() != ASK)

    def show_templates(self, templates: Templates) -> None:
        """Offer other templates."""
        self._templates = templates
        self._fill_templates(templates.first.name)

    def show_template(self, template: ReportTemplate) -> None:
        """Fill in what a template keeps."""
        for name, box in self.pages.items():
            box.setChecked(name in template.pages)
        self.paper.setCurrentIndex(max(self.paper.findData(template.paper), 0))
        self.language.setCurrentIndex(max(self.language.findData(template.language), 0))
        # Where amounts are hidden, no template may show them: that is asked each time.
        if template.hide_amounts is not None and not self._words.hide_amounts:
            self.amounts.setCurrentIndex(
                self.amounts.findData(HIDE if template.hide_amounts else SHOW)
            )
        self.brand.show_template(template)
        self._update()

    def show_earlier(self, name: str) -> None:
        """Show which list this one is compared with, and the page of changes."""
        self._earlier = name
        self.pages["changes"].setChecked(True)
        self._update()
        self.changed.emit()

    def show_document(self, document: Document) -> None:
        """Show the sheets of the report as wished."""
        self.brand.show_fault(None)
        say(self.fault, "")
        self.preview.show_document(document)

    def show_fault(self, error: LevcheckError) -> None:
        """Say what keeps the report from being made, beside the brand and beside the buttons."""
        self.brand.show_fault(error)
        say(self.fault, self.brand.fault.text())

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.setWindowTitle(words.text("Report"))
        titles = (
            (self.template, words.text("Template")),
            (self.client, words.text("For")),
            (self.shown_on, words.text("Shown on")),
            (self.paper, words.text("Paper")),
            (self.language, words.text("Language")),
            (self.amounts, words.text("Amounts")),
        )
        for made, (field, text) in zip(self._titles, titles, strict=True):
            made.setText(text)
            field.setAccessibleName(text)
        self.shown.setAccessibleName(words.text("Print the day it is shown"))
        self.client.setPlaceholderText(words.text("nobody named"))
        self._heads[0].setText(words.text("Pages after the first"))
        self._heads[1].setText(words.text("In whose name"))
        for name, title in page_titles(words):
            self.pages[name].setText(title)
        self.keep.setText(words.text("Keep as template…"))
        self.drop.setText(words.text("Forget template"))
        texts = (words.text("Save as PDF…"), words.text("Save as HTML…"), words.text("Workbook…"))
        for button, text in zip(self.buttons.values(), texts, strict=True):
            button.setText(text)
        self.print.setText(words.text("Print…"))
        self.close_button.setText(words.text("Close"))
        self.ask.setText(
            words.text("Amounts are hidden on screen. Say whether this report shows them.")
        )
        self.brand.speak(words)
        self.preview.speak(words)
        self._fill()
        self._widen()

    def sizeHint(self) -> QSize:
        """Return a size that fits on a small laptop."""
        return QSize(980, 620)

    # --- inside: making --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = current_theme().space
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, space("m"), 0)
        left.setSpacing(space("s"))
        form = QFormLayout()
        form.setSpacing(space("s"))
        shown = QWidget()
        day = QHBoxLayout(shown)
        day.setContentsMargins(0, 0, 0, 0)
        day.addWidget(self.shown)
        day.addWidget(self.shown_on, 1)
        rows = (self.template, self.client, shown, self.paper, self.language, self.amounts)
        for title, row in zip(self._titles, rows, strict=True):
            form.addRow(title, row)
            title.setBuddy(self.shown if row is shown else row)
        left.addLayout(form)
        left.addWidget(self.ask)
        left.addWidget(self._heads[0])
        for box in self.pages.values():
            left.addWidget(box)
        left.addWidget(self.earlier)
        left.addWidget(self._heads[1])
        left.addWidget(self.brand)
        left.addWidget(self.keep)
        left.addWidget(self.drop)
        left.addStretch(1)
        scroll = self.fields
        scroll.setWidget(fields)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QHBoxLayout()
        middle.setSpacing(space("l"))
        middle.addWidget(scroll)
        middle.addWidget(self.preview, 1)
        self.buttons["pdf"].setDefault(True)
        self.fault.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(space("l"),) * 4)
        whole.setSpacing(space("m"))
        whole.addLayout(middle, 1)
        whole.addWidget(self.fault)
        whole.addWidget(self.progress)
        whole.addLayout(self._foot())
        for combo in (self.template, self.paper, self.language, self.amounts):
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.shown_on.setDisplayFormat("yyyy-MM-dd")
        self.shown_on.setCalendarPopup(True)
        self.shown_on.setEnabled(False)
        self.client.setMaxLength(80)

    def _widen(self) -> None:
        """Make the fields as wide as their longest words, beside a bar to scroll."""
        fields = self.fields.widget()
        inside = fields.minimumSizeHint().width() if fields is not None else 0
        bar = self.fields.verticalScrollBar().sizeHint().width()
        self.fields.setFixedWidth(max(current_theme().scaled(WIDTH), inside + bar))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (*self.buttons.values(), self.print, self.close_button):
            foot.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.template.activated.connect(self._on_template)
        for combo in (self.paper, self.language, self.amounts):
            combo.activated.connect(self._on_changed)
        for box in (*self.pages.values(), self.shown):
            box.toggled.connect(self._on_changed)
        self.client.textEdited.connect(self._on_changed)
        self.shown_on.dateChanged.connect(self._on_changed)
        self.brand.changed.connect(self._on_changed)
        self.brand.logo_asked.connect(self.logo_asked)
        self.earlier.clicked.connect(self.earlier_asked)
        self.keep.clicked.connect(self._on_keep)
        self.drop.clicked.connect(self._on_drop)
        for kind, button in self.buttons.items():
            button.clicked.connect(self._asking(kind))
        self.print.clicked.connect(self.print_asked)
        self.close_button.clicked.connect(self.reject)

    def _asking(self, kind: str) -> Callable[[], None]:
        def ask() -> None:
            self.save_asked.emit(kind)

        return ask

    def _fill(self) -> None:
        words = self._words
        self._fill_templates(self.template.currentData() or self._templates.first.name)
        _refill(self.paper, [(paper, paper) for paper in PAPERS])
        own = words.text("as in the window")
        _refill(self.language, [(own, None), *((LANGUAGE_NAMES[one], one) for one in LANGUAGES)])
        offered = [(words.text("with amounts"), SHOW), (words.text("without amounts"), HIDE)]
        if words.hide_amounts:
            offered.insert(0, (words.text("please choose"), ASK))
        _refill(self.amounts, offered)
        self._update()

    def _fill_templates(self, chosen: str) -> None:
        names = [DEFAULT_TEMPLATE.name, *(one.name for one in self._templates.kept)]
        _refill(self.template, [(name, name) for name in dict.fromkeys(names)])
        self.template.setCurrentIndex(max(self.template.findData(chosen), 0))
        self._update()

    def _update(self) -> None:
        self.shown_on.setEnabled(self.shown.isChecked())
        self.ask.setVisible(not self.is_decided)
        for button in (*self.buttons.values(), self.print):
            button.setEnabled(self.is_decided)
        words = self._words
        self.earlier.setText(
            words.text("Earlier list: {file}", file=self._earlier)
            if self._earlier
            else words.text("Compare with an earlier list…")
        )
        self.drop.setEnabled(self._templates.named(self.template.currentData()) is not None)

    # --- inside: answering -----------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._update()
        self.changed.emit()

    @Slot()
    def _on_template(self) -> None:
        name = self.template.currentData()
        self.show_template(self._templates.named(name) or DEFAULT_TEMPLATE)
        self.changed.emit()

    @Slot()
    def _on_keep(self) -> None:
        words = self._words
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(words.text("Keep as template"))
        dialog.setLabelText(words.text("Name of the template"))
        current = self.template.currentData()
        dialog.setTextValue("" if current == DEFAULT_TEMPLATE.name else str(current))
        dialog.textValueSelected.connect(self.keep_as)
        dialog.open()

    @Slot(str)
    def keep_as(self, name: str) -> None:
        """Keep what is chosen under a name; clients and days are no part of it."""
        flat = " ".join(name.split())[:60]
        if flat and flat != DEFAULT_TEMPLATE.name:
            self.kept.emit(replace(self.wish.template, name=flat))

    @Slot()
    def _on_drop(self) -> None:
        self.dropped.emit(str(self.template.currentData()))


def _refill(combo: QComboBox, items: Sequence[tuple[str, object]]) -> None:
    """Put other items into a box and keep what was chosen, where it is still there."""
    before = combo.currentData()
    had = combo.count() > 0
    combo.clear()
    for text, data in items:
        combo.addItem(text, data)
    if had:
        combo.setCurrentIndex(max(combo.findData(before), 0))
