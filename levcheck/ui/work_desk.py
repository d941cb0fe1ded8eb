"""A desk that asks for files and has work done beside the window."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from levcheck.ui.file_desk import FileDesk
from levcheck.ui.jobs import LatestJob
from levcheck.ui.workspace import Workspace


class WorkDesk(QObject):
    """Knows the workspace, the desk of files, the window it lives and goes with, and one job."""

    def __init__(
        self,
        workspace: Workspace,
        files: FileDesk,
        window: QWidget,
        job: type[LatestJob] = LatestJob,
    ) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._files = files
        self._window = window
        self._job = job(parent=self)
