"""What of the window stands first: its frame, the titles of its menus, and the card to begin with.

It is painted before anything of the rooms below is loaded, so this module and what it imports stay small; even Qt makes
its classes when they are first named, and its table of constants (``Qt``) costs more than the card. The rest of the window
is put in afterwards (:meth:`levcheck.ui.main_window.MainWindow.furnish`); what the user asks for until then is done then.
"""

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.ui.screens.first_run import FirstRun
from levcheck.ui.theme import MOST_OF_WINDOW, RAIL_WIDTH, Role, current_theme

SMALLEST = (1024, 640)
MENUS = ("&File", "&Edit", "&View", "&Help")
RAIL_WORDS = ("Portfolio", "Overview", "Overlap", "Stress", "Leverage", "What-if", "Data")
_FRAME = 4
# A window that nobody can see yet (minimised, on another desktop) is never painted, and is furnished all the same.
UNSEEN_MS = 1000


class Front(QMainWindow):
    """The window before it is furnished.

    ``painted`` follows when it has been painted for the first time, or would have been by then; ``furnished`` when
    everything is in it.

    Attributes:
        first_run: the card to begin with.
        is_furnished: whether everything is in it.
    """

    painted = QtCore.Signal()
    furnished = QtCore.Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_furnished = False
        self._was_painted = False
        self._places: list[QWidget] = []
        self._with_words = 0
        self._wishes: list[Callable[[], None]] = []
        self._keys: list[QtCore.QKeyCombination] = []
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.menu_titles = [self._add_menu(words.text(title)) for title in MENUS]
        self.first_run = FirstRun(words)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.first_run)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._inner = QHBoxLayout()
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.addWidget(self._stack, 1)
        self._column.addLayout(self._inner, 1)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._body, 1)
        middle = QWidget()
        middle.setLayout(self._row)
        self.setCentralWidget(middle)

    def stand_bare(self, words: Words) -> None:
        """Keep the places of what is still to come, so that nothing moves when it does."""
        theme = current_theme()
        space = theme.space
        edge = f"1px solid {theme.hex(Role.HAIRLINE)};"
        rail, bar, notices = QFrame(), QFrame(), QWidget()
        rail.setStyleSheet(
            f"background: {theme.hex(Role.SURFACE)}; border: none; border-right: {edge}"
        )
        # A switch with its frame, and the room around it; notices keep a little room above them, told or not.
        bar.setFixedHeight(theme.control_height + 2 * space("xs") + _FRAME)
        notices.setFixedHeight(space("xs"))
        bar.setStyleSheet(f"border: none; border-bottom: {edge}")
        self._row.insertWidget(0, rail)
        self._column.insertWidget(0, bar)
        self._column.insertWidget(1, notices)
        self._places = [rail, bar, notices]
        self._with_words = self._rail_width(words)
        self._fit_place()
        self.setWindowTitle("levcheck[*]")
        self.first_run.open.setFocus()
        QtCore.QTimer.singleShot(UNSEEN_MS, self, self._see)

    def when_furnished(self, wish: Callable[[], None]) -> None:
        """Do something at once, or when the window is furnished."""
        if self.is_furnished:
            wish()
        else:
            self._wishes.append(wish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Note keys that are pressed before there is anything that answers them."""
        if not self.is_furnished:
            self._keys.append(event.keyCombination())
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place of the rail as wide as the rail will be."""
        super().resizeEvent(event)
        self._fit_place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window stands, when this painting is over."""
        super().paintEvent(event)
        if not self._was_painted:
            QtCore.QTimer.singleShot(0, self, self._see)

    # --- for the furnished window --------------------------------------------------------------------------------

    def _fit_place(self) -> None:
        if self._places:
            theme = current_theme()
            icons = theme.scaled(20) + 2 * theme.space("m") + 2 * theme.space("s") + 1
            has_room = self._with_words <= self.width() * MOST_OF_WINDOW
            self._places[0].setFixedWidth(self._with_words if has_room else icons)

    def _clear_places(self) -> None:
        for place in self._places:
            place.hide()
            place.deleteLater()
        self._places = []

    def _grant_wishes(self) -> None:
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish()

    def _keys_so_far(self) -> list[QtCore.QKeyCombination]:
        keys, self._keys = self._keys, []
        return keys

    @staticmethod
    def _rail_width(words: Words) -> int:
        theme = current_theme()
        metrics = QFontMetricsF(theme.font(strong=True))
        longest = max(metrics.horizontalAdvance(words.text(word)) for word in RAIL_WORDS)
        around = theme.scaled(20) + 3 * theme.space("m") + 2 * theme.space("s") + 1
        return max(theme.scaled(RAIL_WIDTH), round(longest) + around)

    def _add_menu(self, title: str) -> QMenu:
        menu = QMenu(title, self)
        self.menuBar().addMenu(menu)
        return menu

    @QtCore.Slot()
    def _see(self) -> None:
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
