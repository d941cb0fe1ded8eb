"""Two small forms: what the user knows better about an instrument, and what a fund's list does not say itself."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from levcheck.domain.instrument import Kind
from levcheck.i18n.words import Words
from levcheck.presenting.data_and_method import KnownFacts
from levcheck.reference.overrides import Override
from levcheck.ui.screens.parts import label, say
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

LEAST_WIDTH = 420


class _Form(QDialog):
    """Fields under labels, a line for what is wrong, and two buttons."""

    def __init__(self, title: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(current_theme().scaled(LEAST_WIDTH))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(current_theme().space("xl"),) * 4)
        self.column.setSpacing(current_theme().space("s"))
        self.problem = label("text-2")
        self.buttons = QDialogButtonBox()
        self.accept_button = QPushButton()
        self.accept_button.setProperty("role", "primary")
        self.cancel_button = QPushButton(words.text("Cancel"))
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self._on_accept)

    def add_field(self, text: str, field: QWidget) -> None:
        """Put a field under its label."""
        caption = label("text-2", text)
        caption.setBuddy(field)
        field.setAccessibleName(text)
        self.column.addWidget(caption)
        self.column.addWidget(field)

    def finish(self, accept_text: str) -> None:
        """Put the buttons below the fields."""
        self.accept_button.setText(accept_text)
        self.column.addWidget(self.problem)
        say(self.problem, "")
        self.column.addWidget(self.buttons)

    @Slot()
    def _on_accept(self) -> None:
        raise NotImplementedError


class OverrideDialog(_Form):
    """What the user knows better about one instrument; ``accepted_change`` carries an :class:`Override`."""

    accepted_change = Signal(object)

    def __init__(
        self,
        facts: KnownFacts,
        kinds: Sequence[tuple[Kind, str]],
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words.text("Change what is known"), words, parent)
        self._facts = facts
        self.column.addWidget(label("emphasis", facts.title))
        self.column.addWidget(label("text-2", words.text("Now: {source}", source=facts.said)))
        self.kind = Picker()
        self.kind.addItem(words.text("Leave as it is"), None)
        for kind, name in kinds:
            self.kind.addItem(name, kind.value)
        self.multiple = QLineEdit()
        self.multiple.setPlaceholderText(_plain(facts.multiple))
        self.underlying = QLineEdit()
        self.underlying.setPlaceholderText(facts.underlying)
        self.fee = QLineEdit()
        fee = facts.expense_ratio
        self.fee.setPlaceholderText(_plain(None if fee is None else round(fee * 100, 6)))
        self.reason = QLineEdit()
        self.add_field(words.text("What it is"), self.kind)
        self.add_field(words.text("Daily multiple, for example 2 or -1"), self.multiple)
        self.add_field(words.text("What it rides on: ticker or ISIN"), self.underlying)
        self.add_field(words.text("Fee a year in percent, for example 0.95"), self.fee)
        self.add_field(words.text("Why do you change it? (needed)"), self.reason)
        self.finish(words.text("Use this"))

    @Slot()
    def _on_accept(self) -> None:
        try:
            multiple = _number(self.multiple.text())
            fee = _number(self.fee.text())
        except ValueError:
            say(self.problem, self.words.text("Write multiple and fee as plain numbers."))
            return
        kind = self.kind.currentData()
        change = Override(
            instrument=self._facts.instrument,
            reason=self.reason.text().strip(),
            kind=Kind(kind) if kind is not None else None,
            daily_leverage_factor=multiple,
            underlying=self.underlying.text().strip() or None,
            expense_ratio=None if fee is None else fee / 100,
        )
        if not change.reason:
            say(self.problem, self.words.text("Write why, so that you can follow it later."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif change.is_empty:
            say(self.problem, self.words.text("Fill in at least one of the facts."))
        else:
            self.accepted_change.emit(change)
            self.accept()


class FundQuestion(_Form):
    """Which fund a list is of, and from which day; ``answered`` carries (path, fund or None, ISO date or None)."""

    answered = Signal(object, object, object)

    def __init__(self, path: Path, guess: str, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words.text("A fund's list"), words, parent)
        self._path = path
        text = words.text("{file} does not say everything about itself.", file=path.name)
        self.column.addWidget(label("", text))
        self.fund = QLineEdit(guess)
        self.day = QLineEdit()
        self.day.setPlaceholderText("2026-06-30")
        self.add_field(words.text("Which fund is it? Ticker or ISIN"), self.fund)
        self.add_field(
            words.text("From which day is it? Leave empty if the file says so."), self.day
        )
        self.finish(words.text("Add it"))

    @Slot()
    def _on_accept(self) -> None:
        day = self.day.text().strip()
        try:
            as_of = date.fromisoformat(day).isoformat() if day else None
        except ValueError:
            say(self.problem, self.words.text("Write the date like 2026-06-30."))
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.answered.emit(self._path, self.fund.text().strip() or None, as_of)
        self.accept()


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _number(text: str) -> float | None:
    """Return a typed number; a comma counts as the decimal point, a typographic minus as a minus.

    Raises:
        ValueError: it is no number.
    """
    plain = text.strip().replace("−", "-").replace(",", ".").rstrip("x%× ").strip()
    return float(plain) if plain else None
