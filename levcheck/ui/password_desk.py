"""The password of a session: asked for when a closed file is opened, set, changed and taken off."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import error_notice
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.jobs import LatestJob, Ticket
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.session_files import SessionFile
    from levcheck.ui.screens.password_dialogs import AskPassword, SetPassword


class AskFor(Protocol):
    """Whoever asks for the password of a file and hands on what was typed."""

    def ask_for(
        self,
        file: str,
        then: Callable[[str], None],
        *,
        was_wrong: bool,
        over: QWidget | None = None,
    ) -> None:
        """Ask; `then` takes what was typed and is never called when nothing was."""


class PasswordDesk(QObject):
    """Asks for passwords and hands them on at once; it keeps none.

    Attributes:
        asking: the question that is open; None when none is.
        setting: the window in which a password is set; None when it is closed.
    """

    def __init__(self, workspace: Workspace, files: FileDesk, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._files = files
        self._window = window
        self.asking: AskPassword | None = None
        self.setting: SetPassword | None = None
        # Making a key takes half a second by design: never on the thread that paints.
        self._job = LatestJob(parent=self)
        self._job.succeeded.connect(self._on_key)
        self._job.failed.connect(self._on_failed)
        workspace.password_needed.connect(self.ask)

    @Slot(str, bool)
    def ask(self, file: str, was_wrong: bool) -> None:  # noqa: FBT001  # the signature of the signal
        """Ask for the password of a file that is to be opened."""
        self.ask_for(file, self._workspace.try_password, was_wrong=was_wrong)
        if was_wrong and self.asking is not None:
            # A damaged file cannot be told from a wrong password: who is sure of his has a way back.
            refusal = LevcheckError("storage.wrong_password", file=file)
            self.asking.rejected.connect(
                lambda: self._files.told.emit(error_notice(self._workspace.words, refusal))
            )

    def ask_for(
        self,
        file: str,
        then: Callable[[str], None],
        *,
        was_wrong: bool,
        over: QWidget | None = None,
    ) -> None:
        """Ask for the password of a file and hand it on.

        Args:
            file: its name.
            then: takes what was typed; never called when nothing was.
            was_wrong: whether the one typed before did not open it.
            over: the window to ask over; None = the main one.
        """
        from levcheck.ui.screens.password_dialogs import AskPassword

        dialog = AskPassword(file, self._workspace.words, over or self._window, was_wrong=was_wrong)
        dialog.typed.connect(then)
        dialog.finished.connect(self._on_asked)
        self.asking = dialog
        dialog.open()

    @Slot()
    def _on_asked(self) -> None:
        self.asking = None

    def do_password(self) -> None:
        """Set, change or take off the password of the list on screen; a list without a file is saved first."""
        if self._workspace.keeper.file is None:
            self._files.save_then(self._open)
        else:
            self._open()

    def _open(self) -> None:
        from levcheck.ui.screens.password_dialogs import SetPassword

        file = self._workspace.keeper.file
        if file is None:
            return
        dialog = SetPassword(
            file.path.name, self._workspace.words, self._window, has_one=file.has_password
        )
        dialog.chosen.connect(self._on_chosen)
        dialog.taken_off.connect(self._on_taken_off)
        dialog.finished.connect(self._on_set)
        self.setting = dialog
        dialog.open()

    @Slot()
    def _on_set(self) -> None:
        self.setting = None

    @Slot(str)
    def _on_chosen(self, password: str) -> None:
        file = self._workspace.keeper.file
        if file is None:
            return

        def work(_ticket: Ticket) -> "SessionFile":
            return file.with_password(password)

        self._job.submit(work)

    @Slot()
    def _on_taken_off(self) -> None:
        file = self._workspace.keeper.file
        if file is not None:
            self._on_key(file.with_password(None))

    @Slot(object)
    def _on_key(self, file: "SessionFile") -> None:
        now = self._workspace.keeper.file
        if now is None or now.path != file.path:
            return  # another list is on screen by now
        self._workspace.keeper.use(file)
        if not self._files.save(file.path):
            self._workspace.keeper.use(now)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, LevcheckError):
            raise error
        self._files.told.emit(error_notice(self._workspace.words, error))
