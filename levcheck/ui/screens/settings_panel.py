"""Settings: language, looks, what is remembered, the bets kept for every list, and columns matched before."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from levcheck.assets import data_folder
from levcheck.i18n.words import LANGUAGES, NUMBER_FORMATS, Words
from levcheck.presenting.currencies import USUAL
from levcheck.storage.settings import Settings
from levcheck.ui.screens.kept_bets_list import KeptBetsList
from levcheck.ui.screens.known_columns import KnownColumns
from levcheck.ui.screens.meeting_order import MeetingOrder
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

LANGUAGE_NAMES = {"en": "English", "ko": "한국어", "zh_TW": "繁體中文", "de": "Deutsch"}
WIDEST, TALLEST = 1000, 600
"""What fits on a screen of 1024 x 640."""
SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class SettingsPanel(QDialog):
    """Every choice counts at once; ``changed`` carries the new :class:`Settings`, ``log_asked`` that the log be shown.

    ``private_chosen`` says whether nothing is to be written by itself until the program ends.
    """

    changed = Signal(object)
    log_asked = Signal()
    private_chosen = Signal(bool)

    def __init__(self, settings: Settings, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.settings = settings
        self._words = words
        self.language, self.theme, self.scale = Picker(), Picker(), Picker()
        self.currency, self.rise_fall = Picker(), Picker()
        self.numbers, self.motion = Picker(), Picker()
        self.private = QCheckBox()
        self.order = MeetingOrder()
        self.folder = QPushButton()
        self.folder_place = label("caption")
        self.hidden, self.recent, self.log = QCheckBox(), QCheckBox(), QCheckBox()
        self.show_log = QPushButton()
        self.known = KnownColumns()
        self.bets = KeptBetsList()
        self._titles = [QLabel() for _ in self._choices()]
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self.speak(words)
        self._connect()

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.setWindowTitle(words.text("Settings"))
        texts = (
            words.text("&Language"),
            words.text("How &numbers are written"),
            words.text("&Colours"),
            words.text("Colours of &gain and loss"),
            words.text("&Text size"),
            words.text("&Movement on the screen"),
            words.text("Totals &in, when a file does not say"),
        )
        for made, combo, text in zip(self._titles, self._choices(), texts, strict=True):
            made.setText(text)
            combo.setAccessibleName(text.replace("&", ""))
        self.hidden.setText(words.text("&Hide amounts, also at the next start"))
        self.private.setText(words.text("&Private until closed: write nothing by itself"))
        self.private.setToolTip(
            words.text(
                "No settings, no recent files, no copy of unsaved work, no log. What you save or export is written."
            )
        )
        self.recent.setText(words.text("&Remember the files I open"))
        self.log.setText(words.text("&Keep a log of reports and meetings, no amounts"))
        self.show_log.setText(words.text("S&how the log…"))
        self.order.speak(words)
        self.folder.setText(words.text("Open the data &folder"))
        self.folder_place.setText(self._place())
        self.known.speak(words)
        self.bets.speak(words)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(words.text("Close"))
        self._fill()

    def show_settings(self, settings: Settings) -> None:
        """Show other settings."""
        self.settings = settings
        self._fill()

    def show_private(self, *, on: bool) -> None:
        """Show whether anything is written by itself."""
        self.private.setChecked(on)

    # --- inside --------------------------------------------------------------------------------------------

    def _choices(self) -> tuple[QComboBox, ...]:
        """Return the choices in the order they stand in."""
        return (
            self.language,
            self.numbers,
            self.theme,
            self.rise_fall,
            self.scale,
            self.motion,
            self.currency,
        )

    def _lay_out(self) -> None:
        space = current_theme().space
        outer = QVBoxLayout(self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*(space("m"),) * 4)
        column.setSpacing(space("m"))
        # At large type the settings are taller than a small screen: they scroll, and Close stays in sight.
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer.addWidget(area, 1)
        form = QFormLayout()
        form.setSpacing(space("s"))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for title, combo in zip(
            self._titles,
            self._choices(),
            strict=True,
        ):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(12)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            title.setBuddy(combo)
            form.addRow(title, combo)
        column.addLayout(form)
        for box in (self.hidden, self.recent, self.private, self.log):
            column.addWidget(box)
        column.addWidget(self.show_log, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.bets, self.known, self.order):
            column.addWidget(part)
        column.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.folder_place)
        column.addStretch(1)
        outer.addWidget(self._buttons)
        self.setMinimumWidth(min(current_theme().scaled(540), WIDEST))
        self.resize(self.minimumWidth(), min(current_theme().scaled(640), TALLEST))

    def _connect(self) -> None:
        self.order.changed.connect(self._on_chosen)
        self.folder.clicked.connect(self._on_folder)
        for combo in self._choices():
            combo.activated.connect(self._on_chosen)
        self.private.clicked.connect(self.private_chosen)
        self.hidden.clicked.connect(self._on_chosen)
        self.recent.clicked.connect(self._on_chosen)
        self.log.clicked.connect(self._on_chosen)
        self.show_log.clicked.connect(self.log_asked)
        self.known.changed.connect(self._on_known)
        self._buttons.rejected.connect(self.reject)

    def _fill(self) -> None:
        words, kept = self._words, self.settings
        languages = [("", words.text("As on this computer"))]
        languages += [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
        _offer(self.language, languages, kept.language or "")
        themes = [
            ("system", words.text("As on this computer")),
            ("light", words.text("Light")),
            ("dark", words.text("Dark")),
            ("high_contrast", words.text("High contrast")),
        ]
        _offer(self.theme, themes, kept.theme)
        numbers = [("", words.text("As in the language"))]
        numbers += [(form, Words("en", numbers=form).number(1234.56, 2)) for form in NUMBER_FORMATS]
        _offer(self.numbers, numbers, kept.number_format)
        motions = [
            ("system", words.text("As on this computer")),
            ("reduced", words.text("No movement")),
        ]
        _offer(self.motion, motions, kept.motion)
        customs = [
            ("blue_orange", words.text("Blue gain, orange loss")),
            ("red_up", words.text("Red gain, blue loss (Korea, Taiwan)")),
            ("western", words.text("Green gain, red loss")),
        ]
        _offer(self.rise_fall, customs, kept.rise_fall)
        self.order.show_order(kept.meeting_order)
        _offer(self.scale, [(s, words.percent(s)) for s in SCALES], kept.text_scale)
        currencies = [("", words.text("The currency of most lines"))]
        currencies += [(code, code) for code in USUAL]
        _offer(self.currency, currencies, kept.base_currency or "")
        self.hidden.setChecked(kept.hide_amounts)
        self.recent.setChecked(kept.remember_files)
        self.log.setChecked(kept.meeting_log)
        self.known.show_known(kept.mappings or {})

    def _change(self, settings: Settings) -> None:
        self.settings = settings
        self.changed.emit(settings)

    @Slot()
    def _on_chosen(self) -> None:
        remembers = self.recent.isChecked()
        changed = replace(
            self.settings,
            language=self.language.currentData() or None,
            theme=self.theme.currentData(),
            text_scale=self.scale.currentData(),
            rise_fall=self.rise_fall.currentData(),
            number_format=self.numbers.currentData(),
            motion=self.motion.currentData(),
            meeting_order=self.order.order(),
            base_currency=self.currency.currentData() or None,
            hide_amounts=self.hidden.isChecked(),
            remember_files=remembers,
            meeting_log=self.log.isChecked(),
        )
        self._change(changed if remembers else changed.without_recent())

    @staticmethod
    def _place() -> str:
        """Return where the user's own data lie; "" where there is no such place."""
        try:
            return str(data_folder())
        except OSError:
            return ""

    @Slot()
    def _on_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._place()))

    @Slot(object)
    def _on_known(self, mappings: dict[str, dict[str, str]]) -> None:
        self._change(self.settings.with_mappings(mappings))


def _offer(
    combo: QComboBox, choices: Sequence[tuple[str | float, str]], chosen: str | float
) -> None:
    combo.clear()
    for value, text in choices:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
