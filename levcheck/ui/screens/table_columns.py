"""The columns of a table: how wide they are, which step aside, and what the user has made of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from levcheck.presenting.figures import Column, TableView
from levcheck.storage.settings import TableLayout
from levcheck.ui.theme import Size, current_theme
from levcheck.ui.widgets.badge import badge_width
from levcheck.ui.widgets.table_tools import TableTools

_PADDING = 24
_BOLD_MARGIN = 4
_ARROW = 14
_NARROWEST = 72
_LEAST_OWN, _MOST_OWN = 40, 1200
_ENOUGH = 180
_MEASURED = 12
_WIDEST = 300
_WIDEST_PLAIN = 160
_LAST_SPACED = "\u2e7f"
"""Letters after it are of scripts that need no space between words."""


class TableColumns(QObject):
    """Fits the columns of one table.

    A column keeps the width, the place and the order of rows the user has given it. What he has not touched shares the
    rest. Where there is too little room headings take two lines, and then what can be spared steps aside until no figure is
    cut.

    Attributes:
        wraps: whether headings take two lines.
        layout: what the user has made of it.
        gives_way: column → width of the table in pixels below which it steps aside first.
    """

    def __init__(self, table: QTableView, view: Callable[[], TableView], tools: TableTools) -> None:
        super().__init__(table)
        self._table = table
        self._view = view
        self._measured: dict[bool, list[int]] = {}
        self._bodies: list[int] = []
        self._measured_of: tuple[TableView, float] | None = None
        self.wraps = False
        self._is_fitting = False
        self.layout = TableLayout()
        self.gives_way: dict[str, int] = {}
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.sectionMoved.connect(self._on_moved)
        header.sectionResized.connect(self._on_resized)
        header.sortIndicatorChanged.connect(self._on_sorted)
        tools.column_chosen.connect(self._on_chosen)

    def wear(self, layout: TableLayout) -> None:
        """Lay the table out as the user did before."""
        self.layout = layout
        self.fit()
        self.sort()

    def sort(self) -> None:
        """Order the rows by the column the user chose, where this table has it."""
        ids = [column.id for column in self._view().columns]
        column = ids.index(self.layout.sort) if self.layout.sort in ids else -1
        header = self._table.horizontalHeader()
        if column < 0 and header.sortIndicatorSection() < 0:
            return
        way = (
            Qt.SortOrder.DescendingOrder if self.layout.descending else Qt.SortOrder.AscendingOrder
        )
        with self._fitting():
            header.setSortIndicator(column, way)
            self._table.model().sort(column, way)

    def fit(self) -> None:
        """Give every column its place and its width."""
        columns = self._view().columns
        if not columns:
            return
        with self._fitting():
            self._place(columns)
            wished = self._wished(columns)
            widths = self._wanted_widths(wraps=False)
            wraps = sum(self._least(columns, widths)[n] for n in wished) > self._room
            if wraps:
                widths = self._wanted_widths(wraps=True)
            shown = self._spared(columns, widths, wished)
            self._stand(wraps=wraps)
            for number in range(len(columns)):
                self._table.setColumnHidden(number, number not in shown)
            self._share(columns, widths, shown)

    # --- inside --------------------------------------------------------------------------------------------

    @contextmanager
    def _fitting(self) -> Iterator[None]:
        before, self._is_fitting = self._is_fitting, True
        try:
            yield
        finally:
            self._is_fitting = before

    def _place(self, columns: Sequence[Column]) -> None:
        order = self.layout.order
        header = self._table.horizontalHeader()
        if not order and not header.sectionsMoved():
            return
        rank = {name: number for number, name in enumerate(order)}
        wanted = sorted(
            range(len(columns)), key=lambda n: (n > 0, rank.get(columns[n].id, len(rank)))
        )
        for place, number in enumerate(wanted):
            header.moveSection(header.visualIndex(number), place)

    def _own_width(self, column: Column) -> int | None:
        own = self.layout.widths.get(column.id)
        if own is None:
            return None
        return current_theme().scaled(min(max(own, _LEAST_OWN), _MOST_OWN))

    def _wished(self, columns: Sequence[Column]) -> list[int]:
        """Return the columns that are to be seen if there is room for them."""
        away, asked = set(self.layout.hidden), set(self.layout.shown)
        for name, least in self.gives_way.items():
            if name not in asked and self._room < current_theme().scaled(least):
                away.add(name)
        return [n for n, column in enumerate(columns) if not n or column.id not in away]

    def _spared(
        self, columns: Sequence[Column], widths: Sequence[int], wished: Sequence[int]
    ) -> list[int]:
        """Return the columns there is room for, and those asked for; the others can be read in the explanation."""
        wanted, kept, asked = self._least(columns, widths), list(wished), set(self.layout.shown)
        while sum(wanted[n] for n in kept) > self._room:
            spare = [n for n in kept if columns[n].spare and columns[n].id not in asked]
            if not spare:
                break
            kept.remove(max(spare, key=lambda n: columns[n].spare))
        return kept

    @property
    def _room(self) -> int:
        """The width that is there with and without a bar to scroll.

        Headings of two lines take height, so a bar comes: had it a say in how many lines they take, a table could be
        laid out for ever.
        """
        table = self._table
        return table.width() - 2 * table.frameWidth() - table.verticalScrollBar().sizeHint().width()

    @staticmethod
    def _least(columns: Sequence[Column], widths: Sequence[int]) -> list[int]:
        """Return what each column needs: a figure its whole text, a name enough to tell it from others."""
        most = current_theme().scaled(_ENOUGH)
        return [w if columns[n].numeric else min(w, most) for n, w in enumerate(widths)]

    def _stand(self, *, wraps: bool) -> None:
        """Give headings one line, or two."""
        header = self._table.horizontalHeader()
        line = QFontMetrics(current_theme().font(Size.BODY, strong=True)).lineSpacing()
        height = 2 * line + current_theme().space("m") if wraps else 0
        if wraps is self.wraps and header.minimumHeight() == height:
            return  # told again while it is being laid out, Qt would lay it out again
        self.wraps = wraps
        header.setMinimumHeight(height)
        header.geometriesChanged.emit()
        self._table.model().headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, max(len(self._view().columns) - 1, 0)
        )

    def _share(self, columns: Sequence[Column], widths: list[int], shown: Sequence[int]) -> None:
        fixed = [n for n in shown if columns[n].numeric or self._own_width(columns[n])]
        texts = [n for n in shown if n not in fixed]
        room = self._table.viewport().width() - sum(widths[n] for n in fixed)
        least = current_theme().scaled(_NARROWEST)
        shared = _shared_out([widths[n] for n in texts], room, least)
        for number, width in zip(texts, shared, strict=True):
            widths[number] = width
        stretch = next((n for n in texts if columns[n].stretch), None)
        if stretch is not None:
            widths[stretch] += max(room - sum(widths[n] for n in texts), 0)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for number in shown:
            if header.sectionSize(number) != widths[number]:
                header.resizeSection(number, widths[number])

    def _wanted_widths(self, *, wraps: bool) -> list[int]:
        """Return what each column would like, measured once for each view and type size."""
        view, scale = self._view(), current_theme().text_scale
        of = self._measured_of
        if of is None or of[0] is not view or of[1] != scale:
            self._bodies = [_body_width(view, number) for number in range(len(view.columns))]
            self._measured, self._measured_of = {}, (view, scale)
        if wraps not in self._measured:
            both = zip(view.columns, self._bodies, strict=True)
            self._measured[wraps] = [_needed(column, body, wraps=wraps) for column, body in both]
        return [
            self._own_width(column) or width
            for column, width in zip(view.columns, self._measured[wraps], strict=True)
        ]

    # --- what the user does ----------------------------------------------------------------------------------

    @Slot(int, int, int)
    def _on_moved(self, _column: int, _from: int, _to: int) -> None:
        if self._is_fitting:
            return
        header, columns = self._table.horizontalHeader(), self._view().columns
        order = [columns[header.logicalIndex(place)].id for place in range(len(columns))]
        gone = [name for name in self.layout.order if name not in order]
        self.layout = replace(self.layout, order=(*order, *gone))

    @Slot(int, int, int)
    def _on_resized(self, number: int, _before: int, width: int) -> None:
        columns = self._view().columns
        if self._is_fitting or not width or number >= len(columns):
            return
        own = round(width / current_theme().text_scale)
        widths = {**self.layout.widths, columns[number].id: min(max(own, _LEAST_OWN), _MOST_OWN)}
        self.layout = replace(self.layout, widths=widths)

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, number: int, way: Qt.SortOrder) -> None:
        columns = self._view().columns
        if self._is_fitting or number >= len(columns):
            return
        name = columns[number].id if number >= 0 else ""
        down = bool(name) and way is Qt.SortOrder.DescendingOrder
        self.layout = replace(self.layout, sort=name, descending=down)

    @Slot(int, bool)
    def _on_chosen(self, number: int, shown: bool) -> None:  # noqa: FBT001  # the signature of the signal
        name = self._view().columns[number].id
        hidden = [one for one in self.layout.hidden if one != name]
        asked = [one for one in self.layout.shown if one != name]
        (asked if shown else hidden).append(name)
        self.layout = replace(self.layout, hidden=tuple(hidden), shown=tuple(asked))
        self.fit()


def _body_width(view: TableView, number: int) -> int:
    """Return the width of the widest thing under a heading."""
    theme = current_theme()
    strong = QFontMetrics(theme.font(Size.BODY, strong=True))
    total, column = view.total, view.columns[number]
    cells = [row.cells[number] for row in view.rows]
    texts = {cell.text for cell in cells}
    # Of hundreds of texts only the longest can be the widest; measuring each would hold the window up.
    longest = sorted(texts, key=len, reverse=True)[:_MEASURED]
    body = max((strong.horizontalAdvance(text) for text in longest), default=0)
    if total:
        # It is written bold, with the style's own margin around it.
        body = max(body, strong.horizontalAdvance(total.cells[number].text) + _BOLD_MARGIN)
    if column.numeric:
        return body
    # Hundreds of rows share a dozen tags; a figure has none.
    tags = {(cell.text, cell.wrapper) for cell in cells if cell.wrapper is not None}
    return max([body, *(badge_width(text, wrapper, theme) - 4 for text, wrapper in tags)])


def _needed(column: Column, body: int, *, wraps: bool) -> int:
    """Return the width a column would like, its heading in one line or in two."""
    theme = current_theme()
    strong = QFontMetrics(theme.font(Size.BODY, strong=True))
    one_line = strong.horizontalAdvance(column.title)
    title = _wrapped_width(strong, column.title) if wraps else one_line
    needed = max(body, title + _ARROW) + _PADDING
    if column.numeric:
        return needed
    return min(needed, theme.scaled(_WIDEST if column.stretch else _WIDEST_PLAIN))


def _wrapped_width(metrics: QFontMetrics, title: str) -> int:
    """Return the width at which a heading stands in two lines."""
    places = [n for n, letter in enumerate(title) if letter == " "]
    if not places and any(letter > _LAST_SPACED for letter in title):
        places = [(len(title) + 1) // 2]  # Chinese may break anywhere
    cuts = ((title[:n], title[n:].strip()) for n in places)
    both = (max(metrics.horizontalAdvance(part) for part in cut) for cut in cuts)
    return min(both, default=metrics.horizontalAdvance(title))


def _shared_out(wanted: list[int], room: int, least: int = _NARROWEST) -> list[int]:
    """Give each column what it wants where there is room; else cut the widest ones to one common width.

    >>> _shared_out([60, 300, 200], 400)
    [60, 170, 170]
    """
    if sum(wanted) <= room:
        return list(wanted)
    left, waiting, level = room, len(wanted), 0
    for width in sorted(wanted):
        level = left // max(waiting, 1)
        if width > level:
            break
        left -= width
        waiting -= 1
    return [min(width, max(level, min(width, least))) for width in wanted]
