"""Whose accounts these are, and which of them every screen is about."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.ui.screens.accounts_dialog import AccountsDialog


class AccountsDesk(QObject):
    """Shows the accounts, and makes what is ticked or typed there an edit that can be undone.

    Attributes:
        dialog: the accounts, while they are shown.
    """

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self.dialog: AccountsDialog | None = None

    def do_accounts(self) -> None:
        """Show the accounts of the list."""
        from levcheck.app.accounts import accounts_of
        from levcheck.ui.screens.accounts_dialog import AccountsDialog

        accounts = accounts_of(self._workspace.session.portfolio)
        dialog = AccountsDialog(accounts, self._workspace.words, self._window)
        self.dialog = dialog
        dialog.owner_typed.connect(self._on_owner)
        dialog.shown_changed.connect(self._on_shown)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def show_all(self) -> None:
        """Take the filter away."""
        from levcheck.app.accounts import show_all_accounts

        words = self._workspace.words
        self._workspace.edit(words.text("Look at all accounts"), show_all_accounts)

    @Slot(str, str)
    def _on_owner(self, account: str, owner: str) -> None:
        from levcheck.app.accounts import set_owner
        from levcheck.presenting.accounts import account_name

        kept = self._workspace.session.portfolio.owners.get(account, "")
        if " ".join(owner.split()) == kept:
            return
        words = self._workspace.words
        text = words.text("Set the owner of {account}", account=account_name(words, account))
        self._workspace.edit(text, lambda session: set_owner(session, account, owner))

    @Slot(object)
    def _on_shown(self, accounts: tuple[str, ...]) -> None:
        from levcheck.app.accounts import show_accounts

        words = self._workspace.words
        self._workspace.edit(
            words.text("Look at some accounts"), lambda session: show_accounts(session, accounts)
        )

    @Slot()
    def _on_closed(self) -> None:
        self.dialog = None
