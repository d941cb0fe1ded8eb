"""Never losing work: what the window asks before it lets go of a list, and the ways back it offers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from levcheck.domain.diagnostics import LevcheckError
from levcheck.presenting.diagnostics_list import NoticeView, error_notice
from levcheck.presenting.figures import Tone
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.jobs import LatestJob
from levcheck.ui.notice_desk import NoticeDesk, Way
from levcheck.ui.work_desk import WorkDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.app.session import Session
    from levcheck.app.session_files import Backup, Recovery
    from levcheck.ui.password_desk import AskFor

MOST_OFFERED = 3


class KeepDesk(WorkDesk):
    """Asks about unsaved edits, offers work that was left unsaved, earlier copies, and ways on when a save is refused.

    Attributes:
        question: the question that was asked last, while it is open.
        passwords: asks for the password of a file that is to be compared.
    """

    def __init__(
        self,
        workspace: Workspace,
        files: FileDesk,
        notices: NoticeDesk,
        window: QWidget,
        job: type[LatestJob] = LatestJob,
    ) -> None:
        super().__init__(workspace, files, window, job)
        self._notices = notices
        self.question: QMessageBox | None = None
        self.passwords: AskFor | None = None
        self._compared = Path()
        self._job.succeeded.connect(self._on_compared)
        self._job.failed.connect(self._on_not_compared)
        files.leaving = self.before_leaving
        workspace.keeper.told.connect(self._on_told)

    # --- before a list goes ----------------------------------------------------------------------------------

    def before_leaving(self, then: Callable[[], None]) -> None:
        """Do what lets go of the list on screen; where edits are not saved, ask first."""
        if not self._workspace.has_unsaved_edits:
            then()
            return
        if self.question is not None:
            self.question.raise_()
            return
        words = self._workspace.words
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("levcheck")
        own = "" if words.hide_names else self._workspace.session.portfolio.name
        name = own or words.text("this list")
        box.setText(words.text("Save your changes to {name}?", name=name))
        box.setInformativeText(words.text("Without saving, they are lost."))
        save = box.addButton(words.text("&Save"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(words.text("&Do not save"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(words.text("&Go on working"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(stay)
        self.question = box

        def answered() -> None:
            chosen = box.clickedButton()
            self.question = None
            if chosen is save:
                self._files.save_then(then)
            elif chosen is leave:
                then()

        box.finished.connect(answered)
        box.open()

    # --- work left unsaved -----------------------------------------------------------------------------------

    def offer_unsaved(self) -> None:
        """Offer what windows that ended had not saved, and clear away what they left half-written."""
        from levcheck.app.session_files import clean_leftovers, unsaved_work

        clean_leftovers()
        for recovery in unsaved_work()[:MOST_OFFERED]:
            self._offer(recovery)

    def _offer(self, recovery: "Recovery") -> None:
        from levcheck.presenting.kept_files import unsaved_notice

        words = self._workspace.words
        name = recovery.origin.name if recovery.origin is not None else None

        def bring_back() -> None:
            self.before_leaving(lambda: self._workspace.recover(recovery))

        ways: tuple[Way, ...] = (
            (words.text("Bring it back"), bring_back),
            (words.text("Forget it"), lambda: self._forget(recovery)),
        )
        self._notices.tell(unsaved_notice(words, name, recovery.when), ways)

    def _forget(self, recovery: "Recovery") -> None:
        from levcheck.app.session_files import forget_recovery

        try:
            forget_recovery(recovery)
        except LevcheckError as error:
            self._notices.tell(error_notice(self._workspace.words, error))

    # --- when a file is not what it was ----------------------------------------------------------------------

    @Slot(object)
    def _on_told(self, view: NoticeView) -> None:
        self._notices.tell(view, self._ways_on(view.code))

    def _ways_on(self, code: str) -> tuple[Way, ...]:
        """Return the ways on from what was told about the file on screen."""
        words = self._workspace.words
        save_as: Way = (words.text("Save as…"), self._files.do_save_as)
        if code == "storage.changed_elsewhere":
            return (
                (words.text("Compare…"), self.compare),
                save_as,
                (words.text("Open it again"), self._workspace.open_again),
            )
        return (save_as,) if code in _SAVE_ELSEWHERE else ()

    def ways_back(self, code: str) -> tuple[Way, ...]:
        """Return the ways on from a file that could not be opened, by the code of the notice about it."""
        asked = self._workspace.asked_path
        if asked is None or code not in _PERHAPS_DAMAGED:
            return ()
        copy = _last_copy(asked)
        if copy is None:
            return ()
        text = self._workspace.words.text("Open the last good copy")
        return ((text, lambda: self._open_copy(asked, copy)),)

    @Slot()
    def compare(self) -> None:
        """Show what differs between the list on screen and its file as it is now."""
        self._compare()

    def _compare(self, password: str | None = None) -> None:
        from levcheck.app.session_files import open_session

        path, file = self._workspace.path, self._workspace.keeper.file
        if path is None:
            return
        self._compared = path
        # Making a key takes half a second by design: never on the thread that paints.
        self._job.submit(
            lambda _ticket: open_session(path, allow_newer=True, password=password, like=file)
        )

    @Slot(object)
    def _on_not_compared(self, error: Exception) -> None:
        from levcheck.app.passwords import ASK_CODES, NEEDS_PASSWORD

        if not isinstance(error, LevcheckError):
            raise error
        if error.code in ASK_CODES and self.passwords is not None:
            self.passwords.ask_for(
                self._compared.name, self._compare, was_wrong=error.code != NEEDS_PASSWORD
            )
            return
        self._notices.tell(error_notice(self._workspace.words, error), self._ways_on(error.code))

    @Slot(object)
    def _on_compared(self, there: "Session") -> None:
        from levcheck.app.session_changes import session_changes
        from levcheck.presenting.kept_files import change_sentences
        from levcheck.ui.screens.kept_dialogs import show_changes

        path, words = self._workspace.path, self._workspace.words
        if path is None or path != self._compared:
            return  # another list is on screen by now
        told = change_sentences(words, session_changes(self._workspace.session, there))
        dialog = show_changes(self._window, words, path.name, told)
        dialog.save_as_asked.connect(self._files.do_save_as)
        dialog.open_again_asked.connect(self._workspace.open_again)

    # --- earlier copies --------------------------------------------------------------------------------------

    def do_earlier_copies(self) -> None:
        """Choose an earlier copy of this list's file."""
        from levcheck.app.session_files import backups_of
        from levcheck.presenting.kept_files import copy_views
        from levcheck.ui.screens.kept_dialogs import CopiesDialog

        path, words = self._workspace.path, self._workspace.words
        copies = backups_of(path) if path is not None else ()
        if path is None or not copies:
            self._notices.tell(
                NoticeView(
                    words.text("There is no earlier copy of this list yet."),
                    words.text("levcheck keeps a copy each time you save it."),
                    "",
                    "window.no_copies",
                    Tone.MUTED,
                )
            )
            return
        dialog = CopiesDialog(
            copy_views(words, ((copy.path, copy.when) for copy in copies)), words, self._window
        )
        by_path = {copy.path: copy for copy in copies}

        def chosen(found: Path) -> None:
            self._open_copy(path, by_path[found])

        dialog.chosen.connect(chosen)
        dialog.open()

    def _open_copy(self, path: Path, copy: "Backup") -> None:
        from levcheck.presenting.kept_files import moment

        words = self._workspace.words
        label = words.text("Go back to the copy of {when}", when=moment(words, copy.when))
        if self._workspace.path == path:
            self._workspace.open_copy(copy, label, is_over=True)
        else:
            self.before_leaving(lambda: self._workspace.open_copy(copy, label, is_over=False))


_PERHAPS_DAMAGED = frozenset(
    {"storage.damaged", "storage.newer_or_damaged", "storage.wrong_password"}
)
_SAVE_ELSEWHERE = frozenset(
    {
        "storage.newer_kept",
        "storage.disk_full",
        "storage.not_writable",
        "storage.not_confirmed",
        "storage.opened_newer",
        "storage.open_elsewhere",
    }
)


def _last_copy(path: Path) -> "Backup | None":
    from levcheck.app.session_files import last_good_backup_of

    return last_good_backup_of(
        path, takes_closed=True
    )  # its password is asked for when it is opened
