"""Accounts and owners: whose each account is, and which of them are looked at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from levcheck.app.accounts import Account
from levcheck.i18n.words import Words
from levcheck.presenting.accounts import account_name
from levcheck.ui.screens.parts import label
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets.picker import Picker

LONGEST_OWNER = 60


class AccountsDialog(QDialog):
    """``owner_typed`` carries (account, owner); ``shown_changed`` the names of the accounts to look at."""

    owner_typed = Signal(str, str)
    shown_changed = Signal(object)

    def __init__(
        self, accounts: Sequence[Account], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._accounts = tuple(accounts)
        self.boxes: dict[str, QCheckBox] = {}
        self.owners: dict[str, QLineEdit] = {}
        self.whose = Picker()
        self.problem = label("warning")
        self.apply, self.all = QPushButton(), QPushButton()
        self.close_button = QPushButton()
        self._lay_out()
        self._speak()

    def _lay_out(self) -> None:
        space, words = current_theme().space, self._words
        column = QVBoxLayout(self)
        column.setContentsMargins(*(space("xl"),) * 4)
        column.setSpacing(space("m"))
        column.addWidget(
            label(
                "text-2",
                words.text("Tick what you want to look at. Every screen and report follows."),
            )
        )
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        heads = (words.text("Account"), words.text("Owner"), words.text("Lines"))
        for place, head in enumerate(heads):
            grid.addWidget(label("caption", head, wrap=False), 0, place)
        for number, account in enumerate(self._accounts, start=1):
            name = account_name(words, account.name)
            box, owner = QCheckBox(name.replace("&", "&&")), QLineEdit(account.owner)
            box.setChecked(account.is_shown)
            owner.setMaxLength(LONGEST_OWNER)
            owner.setAccessibleName(words.text("Owner of {account}", account=name))
            owner.editingFinished.connect(self._typing(account.name, owner))
            box.toggled.connect(self._update)
            self.boxes[account.name], self.owners[account.name] = box, owner
            grid.addWidget(box, number, 0)
            grid.addWidget(owner, number, 1)
            grid.addWidget(label("caption", words.number(account.lines), wrap=False), number, 2)
        grid.setRowStretch(len(self._accounts) + 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidget(rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        column.addWidget(scroll, 1)
        column.addWidget(self.whose)
        column.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.whose.activated.connect(self._on_owner)
        self.apply.clicked.connect(self._on_apply)
        self.all.clicked.connect(self._on_all)
        self.close_button.clicked.connect(self.reject)
        self.apply.setProperty("role", "primary")
        self.setMinimumSize(current_theme().scaled(520), current_theme().scaled(320))

    def _speak(self) -> None:
        words = self._words
        self.setWindowTitle(words.text("Accounts and owners"))
        self.problem.setText(words.text("Tick at least one account."))
        self.apply.setText(words.text("Look at these"))
        self.all.setText(words.text("Look at all"))
        self.close_button.setText(words.text("Close"))
        self.whose.setAccessibleName(words.text("Tick the accounts of one owner"))
        self._offer_owners()
        self._update()

    def _offer_owners(self) -> None:
        typed = [field.text().strip() for field in self.owners.values()]
        self.whose.clear()
        self.whose.addItem(self._words.text("Tick the accounts of one owner"), "")
        for owner in dict.fromkeys(filter(None, typed)):
            self.whose.addItem(owner, owner)
        self.whose.setVisible(self.whose.count() > 1)

    def _typing(self, account: str, field: QLineEdit) -> Callable[[], None]:
        def typed() -> None:
            self.owner_typed.emit(account, field.text())
            self._offer_owners()

        return typed

    @property
    def ticked(self) -> tuple[str, ...]:
        """The accounts ticked now."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    @Slot()
    def _update(self) -> None:
        some = bool(self.ticked)
        self.apply.setEnabled(some)
        self.problem.setVisible(not some)

    @Slot()
    def _on_owner(self) -> None:
        owner = self.whose.currentData()
        if owner:
            for name, box in self.boxes.items():
                box.setChecked(self.owners[name].text().strip() == owner)

    @Slot()
    def _on_apply(self) -> None:
        self.shown_changed.emit(self.ticked)

    @Slot()
    def _on_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)
        self.shown_changed.emit(tuple(self.boxes))
