"""What narrows the list of holdings: a text, an account, a status."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from levcheck.i18n.words import Words
from levcheck.presenting.holding_lines import Narrowing
from levcheck.presenting.portfolio_table import STATUS_NAMES
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker


class FilterRow(QWidget):
    """``narrowed`` follows every change."""

    narrowed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.account = Picker()
        self.status = Picker()
        for combo in (self.account, self.status):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(11)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space("s"))
        row.addWidget(self.text, 1)
        row.addWidget(self.account)
        row.addWidget(self.status)
        self.text.textChanged.connect(self._on_changed)
        self.account.currentIndexChanged.connect(self._on_changed)
        self.status.currentIndexChanged.connect(self._on_changed)
        self.offer_accounts(())
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self.text.setPlaceholderText(words.text("Filter"))
        self.text.setAccessibleName(words.text("Show only holdings with this text"))
        self.account.setAccessibleName(words.text("Show only this account"))
        self.status.setAccessibleName(words.text("Show only this status"))
        chosen = self.status.currentData() or ""
        self.status.blockSignals(True)
        self.status.clear()
        self.status.addItem(words.text("Any status"), "")
        for status, name in STATUS_NAMES.items():
            self.status.addItem(words.text(name), status)
        self.status.setCurrentIndex(max(self.status.findData(chosen), 0))
        self.status.blockSignals(False)

    def offer_accounts(self, accounts: Sequence[str]) -> None:
        """Offer accounts to choose from; the one chosen stays while it is there."""
        words = self._words
        chosen = self.account.currentData()
        before = self.wanted()
        self.account.blockSignals(True)
        self.account.clear()
        self.account.addItem(words.text("All accounts"), None)
        for account in accounts:
            self.account.addItem(account or words.text("no account told"), account)
        found = self.account.findData(chosen) if chosen is not None else 0
        self.account.setCurrentIndex(max(found, 0))
        self.account.blockSignals(False)
        self.account.setVisible(bool(accounts))
        if self.wanted() != before:
            self.narrowed.emit()

    def wanted(self) -> Narrowing:
        """Return what the list is narrowed to."""
        return Narrowing(
            self.text.text(), self.account.currentData(), self.status.currentData() or ""
        )

    def clear(self) -> None:
        """Let everything through."""
        self.text.clear()
        self.account.setCurrentIndex(0)
        self.status.setCurrentIndex(0)

    def focus(self) -> None:
        """Put the cursor into the text."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    @Slot()
    def _on_changed(self) -> None:
        self.narrowed.emit()
