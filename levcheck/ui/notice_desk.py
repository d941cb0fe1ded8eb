"""The notices that stand above the screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout

from levcheck.presenting.diagnostics_list import NoticeView
from levcheck.presenting.figures import Tone
from levcheck.ui.theme import current_theme
from levcheck.ui.widgets import NoticeBar, Severity
from levcheck.ui.workspace import Workspace

MOST_NOTICES = 3
Way = tuple[str, Callable[[], None]]
"""A way on that a notice offers: what its button says, and what it does."""
_SEVERITIES = {
    Tone.ERROR: Severity.ERROR,
    Tone.WARNING: Severity.WARNING,
    Tone.SUCCESS: Severity.SUCCESS,
}


class NoticeDesk(QObject):
    """Shows notices one below the other, the newest last; the oldest goes when there are too many.

    Attributes:
        column: where they stand; the window lays it out.
    """

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.column = QVBoxLayout()
        space = current_theme().space
        self.column.setContentsMargins(space("xl"), space("xs"), space("xl"), 0)
        self.column.setSpacing(space("xs"))
        self._bars: list[NoticeBar] = []
        self._asking: dict[NoticeBar, tuple[NoticeView, Sequence[Way]]] = {}
        self._held: list[tuple[NoticeView, Sequence[Way]]] | None = None

    def tell(self, view: NoticeView, ways: Sequence[Way] = ()) -> None:
        """Show a notice; one with ways on stays until one of them, or the cross, is chosen."""
        if self._held is not None:
            self._held.append((view, ways))
        else:
            self._show(view, ways)

    def tell_now(self, view: NoticeView, *, goes_after_ms: int) -> None:
        """Show a notice for a moment, also while notices are held back."""
        bar = self._show(view, ())
        QTimer.singleShot(goes_after_ms, bar, bar.dismiss)

    def hold(self, *, on: bool) -> None:
        """Hold notices back while a guest watches: they name files. Afterwards what is still to be told is told."""
        if on:
            self._held = list(self._asking.values())
            self._dismiss_all()
            return
        held, self._held = self._held or [], None
        for view, ways in held:
            self._show(view, ways)

    def _show(self, view: NoticeView, ways: Sequence[Way]) -> NoticeBar:
        bar = NoticeBar(self._workspace.words.text("Put this notice away"))
        bar.closed.connect(self._on_dismissed)
        self.column.addWidget(bar)
        self._bars.append(bar)
        where = f"{view.where}: " if view.where and view.where not in view.title else ""
        bar.show_notice(
            where + view.title,
            _SEVERITIES.get(view.tone, Severity.INFO),
            detail=view.detail,
            code=view.code if view.tone is Tone.ERROR else "",
            choices=[(str(number), text) for number, (text, _) in enumerate(ways)],
        )
        if ways:
            self._asking[bar] = (view, ways)
            bar.action_chosen.connect(_going(bar, [act for _, act in ways]))
        while len(self._bars) > MOST_NOTICES:
            self._oldest().dismiss()
        return bar

    @property
    def texts(self) -> tuple[str, ...]:
        """What the notices say, oldest first."""
        return tuple(bar.accessibleName() for bar in self._bars)

    def clear(self) -> None:
        """Put every notice away, those held back too."""
        if self._held is not None:
            self._held = []
        self._dismiss_all()

    def _dismiss_all(self) -> None:
        for bar in tuple(self._bars):
            bar.dismiss()

    def _oldest(self) -> NoticeBar:
        """Return the notice to go: one that asks nothing where there is one."""
        return next((bar for bar in self._bars if bar not in self._asking), self._bars[0])

    @Slot()
    def _on_dismissed(self) -> None:
        bar = self.sender()
        if isinstance(bar, NoticeBar) and bar in self._bars:
            self._bars.remove(bar)
            self._asking.pop(bar, None)
            self.column.removeWidget(bar)
            bar.deleteLater()


def _going(bar: NoticeBar, acts: Sequence[Callable[[], None]]) -> Callable[[str], None]:
    def go(chosen: str) -> None:
        bar.dismiss()
        acts[int(chosen)]()

    return go
