"""The panel beside the Overlap screen where a bet is edited: its name, its members, and what becomes of it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from levcheck.i18n.words import Words
from levcheck.presenting.theme_editing import MemberRow, ThemeEditView
from levcheck.ui.screens.parts import label
from levcheck.ui.screens.side_panel import SidePanel
from levcheck.ui.speaking import plain_tooltip
from levcheck.ui.theme import current_theme

WIDTH = 340
_ROOT = Qt.ItemDataRole.UserRole
_PERCENT = Qt.ItemDataRole.UserRole + 1


class ThemePanel(QWidget):
    """One bet.

    ``renamed`` carries (bet, name), ``member_set`` (bet, root, share counted), ``made`` (name, roots), ``split``
    (bet, name, roots), ``merged`` (bet, the bet it goes into), ``restored`` a bet, and ``kept`` asks to keep all own bets.
    """

    renamed = Signal(str, str)
    member_set = Signal(str, str, float)
    made = Signal(str, object)
    split = Signal(str, str, object)
    merged = Signal(str, str)
    restored = Signal(str)
    kept = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._view: ThemeEditView | None = None
        self._name_title = QLabel()
        self.name = QLineEdit()
        self._name_title.setBuddy(self.name)
        self.note = label("text-2")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.members = QListWidget()
        self.members.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.members.setUniformItemSizes(True)
        self.members.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.members.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._share_title = label()
        self.share = QSpinBox()
        self.share.setRange(1, 100)
        self.share.setSuffix(" %")
        self.share.setKeyboardTracking(False)
        self.share.lineEdit().setTextMargins(current_theme().space("s"), 0, 0, 0)
        self.share.setFixedWidth(current_theme().scaled(84))
        self._share_title.setBuddy(self.share)
        self.new_name = QLineEdit()
        self.make = QPushButton()
        self.part = QPushButton()
        self.merge = QPushButton()
        self.restore = QPushButton()
        self.keep = QPushButton()
        self._lay_out()
        self._connect()
        self.speak(words)

    def speak(self, words: Words) -> None:
        """Use another language."""
        self._words = words
        self._name_title.setText(words.text("&Name of the bet"))
        self.search.setPlaceholderText(words.text("Find a name"))
        self.search.setAccessibleName(words.text("Find a name"))
        self.members.setAccessibleName(words.text("Names of your list; checked ones count"))
        self._share_title.setText(words.text("The chosen ones count &with"))
        self.new_name.setPlaceholderText(words.text("Name of a new bet"))
        self.new_name.setAccessibleName(words.text("Name of a new bet"))
        self.make.setText(words.text("Make it of the chosen"))
        self.part.setText(words.text("Split the chosen off"))
        self.merge.setText(words.text("Put into another bet"))
        self.restore.setText(words.text("Take my changes back"))
        self.keep.setText(words.text("Keep for all lists"))
        self.keep.setToolTip(
            words.text("Your bets go into your own library and count in every list you open.")
        )

    def show_view(self, view: ThemeEditView | None) -> None:
        """Show a bet; what is chosen and looked for stays."""
        same = self._view is not None and view is not None and self._view.theme == view.theme
        chosen = set(self._chosen()) if same else set()
        self._view = view
        self.setEnabled(view is not None)
        if view is None:
            return
        if not (same and self.name.isModified()):
            self.name.setText(view.name)
        self.note.setText(view.note)
        self.members.blockSignals(True)
        place = self.members.verticalScrollBar().value()
        self.members.clear()
        for row in view.rows:
            self._add(row, is_chosen=row.root in chosen)
        self.members.verticalScrollBar().setValue(place if same else 0)
        self.members.blockSignals(False)
        self._on_search(self.search.text())
        self._offer(view)
        self._update()

    def _add(self, row: MemberRow, *, is_chosen: bool) -> None:
        share = f" ({row.percent} %)" if 0 < row.percent < 100 else ""
        item = QListWidgetItem(f"{row.label}{share} · {row.amount}")
        item.setToolTip(plain_tooltip(item.text()))
        item.setData(_ROOT, row.root)
        item.setData(_PERCENT, row.percent)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if row.percent else Qt.CheckState.Unchecked)
        self.members.addItem(item)
        item.setSelected(is_chosen)

    def _offer(self, view: ThemeEditView) -> None:
        menu = QMenu(self.merge)
        for theme, name in view.others:
            action = menu.addAction(name.replace("&", "&&"))
            action.setData(theme)
        menu.triggered.connect(self._on_merge)
        old = self.merge.menu()
        self.merge.setMenu(menu)
        if old is not None:
            old.deleteLater()
        self.merge.setEnabled(bool(view.others))
        self.restore.setVisible(view.is_changed)
        self.keep.setVisible(view.has_own)

    def _lay_out(self) -> None:
        space = current_theme().space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("s"))
        for part in (self._name_title, self.name, self.note, self.search):
            column.addWidget(part)
        self.members.setMinimumHeight(current_theme().scaled(150))
        column.addWidget(self.members, 1)
        row = QHBoxLayout()
        row.addWidget(self._share_title, 1)
        row.addWidget(self.share)
        column.addLayout(row)
        column.addWidget(self.new_name)
        for button in (self.make, self.part, self.merge, self.restore, self.keep):
            # Long words of other languages make the panel no wider.
            button.setMinimumWidth(1)
            column.addWidget(button)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._on_renamed)
        self.search.textChanged.connect(self._on_search)
        self.members.itemChanged.connect(self._on_checked)
        self.members.itemSelectionChanged.connect(self._update)
        self.share.valueChanged.connect(self._on_share)
        self.new_name.textChanged.connect(self._update)
        self.make.clicked.connect(self._on_make)
        self.part.clicked.connect(self._on_split)
        self.restore.clicked.connect(self._on_restore)
        self.keep.clicked.connect(self.kept)

    def _chosen(self) -> list[str]:
        return [item.data(_ROOT) for item in self.members.selectedItems()]

    @Slot()
    def _update(self) -> None:
        items = self.members.selectedItems()
        members = [item for item in items if item.data(_PERCENT)]
        is_named = bool(self.new_name.text().strip())
        self.make.setEnabled(is_named and bool(items))
        self.part.setEnabled(is_named and 0 < len(members) < self._count())
        self.share.setEnabled(bool(members))
        self.share.blockSignals(True)
        self.share.setValue(members[0].data(_PERCENT) if members else 100)
        self.share.blockSignals(False)

    def _count(self) -> int:
        return sum(row.percent > 0 for row in self._view.rows) if self._view is not None else 0

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.strip().casefold()
        for number in range(self.members.count()):
            item = self.members.item(number)
            item.setHidden(wanted not in item.text().casefold())

    @Slot()
    def _on_renamed(self) -> None:
        name = self.name.text().strip()
        if self._view is None or not self.name.isModified():
            return
        self.name.setModified(False)
        if name and name != self._view.name:
            self.renamed.emit(self._view.theme, name)
        else:
            self.name.setText(self._view.name)

    @Slot(QListWidgetItem)
    def _on_checked(self, item: QListWidgetItem) -> None:
        if self._view is not None:
            counts = item.checkState() is Qt.CheckState.Checked
            self.member_set.emit(self._view.theme, item.data(_ROOT), 1.0 if counts else 0.0)

    @Slot(int)
    def _on_share(self, percent: int) -> None:
        if self._view is None:
            return
        for item in self.members.selectedItems():
            if item.data(_PERCENT):
                self.member_set.emit(self._view.theme, item.data(_ROOT), percent / 100)

    @Slot()
    def _on_make(self) -> None:
        name, roots = self.new_name.text().strip(), self._chosen()
        self.new_name.clear()
        self.made.emit(name, roots)

    @Slot()
    def _on_split(self) -> None:
        if self._view is None:
            return
        members = {row.root for row in self._view.rows if row.percent}
        name, roots = self.new_name.text().strip(), self._chosen()
        self.new_name.clear()
        self.split.emit(self._view.theme, name, [root for root in roots if root in members])

    @Slot(object)
    def _on_merge(self, action: object) -> None:
        theme = getattr(action, "data", lambda: None)()
        if self._view is not None and theme is not None:
            self.merged.emit(self._view.theme, theme)

    @Slot()
    def _on_restore(self) -> None:
        if self._view is not None:
            self.restored.emit(self._view.theme)


class ThemeSide(SidePanel):
    """The panel at the right edge of a screen; the screen's own content moves aside for it.

    Args:
        words: how the user is spoken to.
        screen: the scroll area it stands beside.
    """

    def __init__(self, words: Words, screen: QScrollArea) -> None:
        super().__init__(words, screen)
        self._screen = screen
        self._view: ThemeEditView | None = None
        self.panel = ThemePanel(words)
        self.add("bet", self.panel, WIDTH)
        screen.installEventFilter(self)
        self.closed.connect(self._place)

    def show_view(self, view: ThemeEditView | None) -> None:
        """Show a bet; while the panel is put away its hundreds of names are not filled in."""
        self._view = view
        if self.current:
            self.panel.show_view(view)

    def toggle(self, words: Words) -> None:
        """Show the panel, or put it away."""
        if self.current:
            self._on_close()
            return
        self.panel.show_view(self._view)
        self.open("bet", words.text("Edit this bet"))
        self._place()
        self.panel.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the screen's size."""
        if watched is self._screen and event.type() == QEvent.Type.Resize and self.current:
            self.open("bet", self.heading.text())
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _place(self) -> None:
        margin = current_theme().space("m")
        room = self.width() + margin if self.current else 0
        self._screen.setViewportMargins(0, 0, room, 0)
        if self.current:
            height = self._screen.height() - 2 * margin
            self.setGeometry(self._screen.width() - room, margin, self.width(), height)
            self.raise_()
