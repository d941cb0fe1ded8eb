"""Makes the screens when there is something to show, and gives the visible one the newest view.

A new screen is one function here, one line in ``MAKERS`` and one in :data:`levcheck.ui.actions.SCREENS`.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from levcheck.i18n.words import Words
from levcheck.storage.settings import Layout
from levcheck.ui.file_desk import FileDesk
from levcheck.ui.layout_memory import LayoutMemory
from levcheck.ui.library_desk import LibraryDesk
from levcheck.ui.line_desk import LineDesk
from levcheck.ui.workspace import Workspace

if TYPE_CHECKING:
    from levcheck.presenting.screens import ScreenViews
    from levcheck.ui.screens.screen import Screen


@dataclass(frozen=True, slots=True)
class Ties:
    """What a screen is tied to when it is made.

    Attributes:
        workspace: answers what it asks.
        library: answers questions about the user's library.
        lines: takes changes of single lines.
        files: asks for files.
        show: shows another screen.
    """

    workspace: Workspace
    library: LibraryDesk
    lines: LineDesk
    files: FileDesk
    show: Callable[[str], None]


def _portfolio(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.portfolio_screen import PortfolioScreen

    screen = PortfolioScreen(ties.workspace.words, stack)
    ties.lines.serve(screen)
    return screen


def _overview(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.overview_screen import OverviewScreen

    def show_bet(theme: str) -> None:
        ties.workspace.show_theme(theme)
        ties.show("overlap")

    def print_as(measure: str) -> None:
        ties.workspace.look(replace(ties.workspace.choices, measure=measure))

    screen = OverviewScreen(ties.workspace.words, stack)
    screen.bet_asked.connect(show_bet)
    screen.measure_chosen.connect(print_as)
    return screen


def _overlap(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.overlap_screen import OverlapScreen
    from levcheck.ui.theme_desk import ThemeDesk

    def pin(position: str) -> None:
        ties.workspace.look(replace(ties.workspace.choices, pinned=position or None))

    screen = OverlapScreen(ties.workspace.words, stack)
    screen.theme_chosen.connect(ties.workspace.show_theme)
    ThemeDesk(ties.workspace, screen)
    screen.pin_chosen.connect(pin)
    return screen


def _stress(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.stress_screen import StressScreen
    from levcheck.ui.stress_desk import StressDesk

    screen = StressScreen(ties.workspace.words, stack)
    StressDesk(ties.workspace, screen)
    return screen


def _leverage(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.leverage_screen import LeverageScreen

    screen = LeverageScreen(ties.workspace.words, stack)
    screen.paths_asked.connect(ties.workspace.questions.follow_paths)
    ties.workspace.questions.paths_ready.connect(screen.show_paths)
    return screen


def _what_if(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.draft_desk import DraftDesk
    from levcheck.ui.screens.what_if_screen import WhatIfScreen

    screen = WhatIfScreen(ties.workspace.words, stack)
    DraftDesk(ties.workspace, ties.files, screen)
    return screen


def _data(ties: Ties, stack: QWidget) -> "Screen":
    from levcheck.ui.screens.data_screen import DataScreen

    screen = DataScreen(ties.workspace.words, stack)
    ties.library.serve(screen)
    return screen


MAKERS: dict[str, Callable[[Ties, QWidget], "Screen"]] = {
    "portfolio": _portfolio,
    "overview": _overview,
    "overlap": _overlap,
    "stress": _stress,
    "leverage": _leverage,
    "what-if": _what_if,
    "data": _data,
}
"""Id of a screen (also the name of its view, with an underscore for a hyphen) → what makes it."""


REPORT = (
    "levcheck.ui.screens.report_panel",
    "levcheck.reporting.templates",
    "levcheck.storage.report_templates",
)
"""What the report panel needs, loaded after the screens: on the thread that paints it would stand still for that long."""

PAUSE_MS = 40


def load_screen(name: str) -> None:
    """Load the code of a screen; done beside the reading of a file, it keeps the window from standing still after."""
    import_module(f"levcheck.ui.screens.{name.replace('-', '_')}_screen")


class ScreenDeck(QObject):
    """The screens, one above another: the one that is shown is made at once, the others in the pauses after it.

    The code of the others is loaded beside the window when the first has been shown, so that it waits for none of it.

    ``explain_asked`` carries the key of a number to explain, ``chart_taken`` what is to be done with a chart, and the
    chart.

    ``drawn`` carries the id of a screen that stands with the newest view; ``made`` follows when all of them stand,
    ``dropped`` comes before they go.

    Attributes:
        at_once: every screen is made with the first, because something is done to all of them.
        layouts: how the user has laid out the screens, also those that are not made yet.
    """

    explain_asked = Signal(str)
    chart_taken = Signal(str, object)
    drawn = Signal(str)
    made = Signal()
    dropped = Signal()
    _loaded = Signal()

    def __init__(self, ties: Ties, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._ties = ties
        self._stack = stack
        self._drawn: dict[str, ScreenViews] = {}
        self._blank = QWidget()
        stack.addWidget(self._blank)
        self.at_once = False
        self.layouts = LayoutMemory()
        self._made: dict[str, Screen] = {}
        self._pause = QTimer(self)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._make_next)
        self._is_loading = False
        self._loaded.connect(self._on_loaded)

    @property
    def screens(self) -> "dict[str, Screen]":
        """The screens by id, all of them made; empty while nothing is open."""
        if self._made:
            self._make_rest()
        return {name: self._made[name] for name in MAKERS if name in self._made}

    @property
    def shown(self) -> "Screen | None":
        """The screen that is shown; None while nothing is open."""
        here = self._stack.currentWidget()
        return next((screen for screen in self._made.values() if screen is here), None)

    @property
    def stands(self) -> bool:
        """Whether there are screens."""
        return bool(self._made)

    def draw(self, name: str) -> None:
        """Show a screen with the newest view; the others get theirs when they are shown."""
        views = self._ties.workspace.views
        if views is None or self._ties.workspace.session.is_empty:
            return
        screen = self._made.get(name) or self._make(name)
        if self._drawn.get(name) is not views:
            screen.draw(getattr(views, name.replace("-", "_")))
            self._drawn[name] = views
        self._stack.setCurrentWidget(screen)
        if self.at_once:
            self._make_rest()
        elif len(self._made) < len(MAKERS) and not self._is_loading:
            # In the turn after this one: what is drawn now is painted first.
            self._is_loading = True
            QTimer.singleShot(0, self, self._load_rest)
        self.drawn.emit(name)

    def speak(self, words: Words) -> None:
        """Use another language."""
        for screen in self._made.values():
            screen.speak(words)

    def drop(self) -> None:
        """Let every screen go: nothing of the list stays in any widget. They are made anew when they are next drawn."""
        self._pause.stop()
        if self.shown is not None:
            self._stack.setCurrentWidget(self._blank)
        self.dropped.emit()
        self._drawn.clear()
        self._ties.lines.forget()
        self.take_layout()
        for old in self._made.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = {}

    def take_layout(self) -> None:
        """Take up how the screens are laid out now."""
        for screen in self._made.values():
            self.layouts.take(screen)

    def reset_layout(self) -> None:
        """Lay everything out as made."""
        self.layouts.layout = Layout()
        for screen in self._made.values():
            self.layouts.wear(screen)

    def _make(self, name: str) -> "Screen":
        screen = MAKERS[name](self._ties, self._stack)
        self._made[name] = screen
        self._stack.addWidget(screen)
        self.layouts.wear(screen)
        screen.number_activated.connect(self.explain_asked)
        screen.chart_taken.connect(self.chart_taken)
        screen.gap.action_chosen.connect(self._on_gap)
        screen.list_asked.connect(self._on_gap)
        if len(self._made) == len(MAKERS):
            self._pause.stop()
            self.made.emit()
        return screen

    @Slot()
    def _load_rest(self) -> None:
        def load() -> None:
            for name in MAKERS:
                load_screen(name)
            with suppress(RuntimeError):  # the window is going down, and its signals with it
                self._loaded.emit()
            for module in REPORT:
                import_module(module)

        QThreadPool.globalInstance().start(load)

    @Slot()
    def _on_loaded(self) -> None:
        self._is_loading = False
        if self._made and len(self._made) < len(MAKERS):
            self._pause.start()

    def _make_rest(self) -> None:
        for name in MAKERS:
            if name not in self._made:
                self._make(name)

    @Slot()
    def _make_next(self) -> None:
        """Make one more; the window answers in between."""
        name = next((name for name in MAKERS if name not in self._made), None)
        if name is None or not self._made:
            self._pause.stop()
        else:
            self._make(name)

    def _on_gap(self) -> None:
        self._ties.show("portfolio")
