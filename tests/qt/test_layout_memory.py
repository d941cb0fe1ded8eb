"""How the user lays out the window is kept between starts: columns, borders, the width of the explanation."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.storage.settings import Layout, Settings, TableLayout, load_settings, save_settings
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.splits import Splits
from levcheck.ui.theme import theme_source
from levcheck.ui.widgets import TableTools
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_engine import SampleEngine

FILE = Path("story.xlsx")


def view_of(*columns: str, spare: int = 0) -> TableView:
    made = tuple(
        Column(name, name.title(), numeric=number > 0, stretch=not number, spare=spare * number)
        for number, name in enumerate(columns)
    )
    rows = tuple(
        Row(name, tuple(Cell(f"{name}{n}", (n + 1) * size) for n in range(len(columns))))
        for name, size in (("a", 2.0), ("b", 3.0), ("c", 1.0))
    )
    return TableView("Made up", made, rows)


@pytest.fixture
def table(qtbot: QtBot) -> FigureTable:
    made = FigureTable(name="made-up")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.show_view(view_of("line", "value", "share"))
    return made


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    def make() -> MainWindow:
        window = MainWindow(Workspace(SampleEngine(), Words("en")))
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
            window.workspace.open(FILE)
        return window

    yield make
    gc.collect()


def shown_rows(table: FigureTable) -> list[str]:
    return [str(table.figures.index(n, 0).data()) for n in range(table.figures.rowCount())]


def shown_columns(table: FigureTable) -> list[str]:
    header, columns = table.horizontalHeader(), table.figures.view.columns
    places = [header.logicalIndex(place) for place in range(len(columns))]
    return [columns[n].id for n in places if not table.isColumnHidden(n)]


def tools_of(table: FigureTable) -> TableTools:
    tools = table.findChild(TableTools)
    assert isinstance(tools, TableTools)
    return tools


def laid_out(table: FigureTable) -> None:
    """Do with a table what a user can: put away, move, widen, order."""
    header = table.horizontalHeader()
    header.moveSection(2, 1)
    header.resizeSection(1, 140)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)


def test_that_a_table_remembers_order_width_and_sort(qtbot: QtBot, table: FigureTable) -> None:
    laid_out(table)
    layout = table.columns.layout
    assert layout == TableLayout(
        order=("line", "share", "value"), widths={"value": 140}, sort="value", descending=True
    )
    other = FigureTable(name="made-up")
    qtbot.addWidget(other)
    other.resize(500, 300)
    other.show()
    other.columns.wear(layout)
    other.show_view(view_of("line", "value", "share"))
    assert shown_columns(other) == ["line", "share", "value"]
    assert other.columnWidth(1) == 140
    assert shown_rows(other) == ["b0", "a0", "c0"]
    assert other.horizontalHeader().sortIndicatorSection() == 1


def test_that_the_first_column_stays_in_front(table: FigureTable) -> None:
    table.columns.wear(TableLayout(order=("share", "value", "line")))
    assert shown_columns(table) == ["line", "share", "value"]


def test_that_what_a_table_lacks_is_passed_over(table: FigureTable) -> None:
    table.columns.wear(
        TableLayout(order=("gone", "share"), hidden=("away",), widths={"no": 9}, sort="none")
    )
    assert shown_columns(table) == ["line", "share", "value"]
    assert shown_rows(table) == ["a0", "b0", "c0"]


def test_that_the_choice_of_columns_outlives_another_view(table: FigureTable) -> None:
    tools_of(table).show_column(1, shown=False)
    table.show_view(view_of("line", "other"))
    assert shown_columns(table) == ["line", "other"]
    table.show_view(view_of("line", "value", "share"))
    assert shown_columns(table) == ["line", "share"]


def test_that_the_order_of_rows_follows_its_column_into_another_view(table: FigureTable) -> None:
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    table.show_view(view_of("line", "share"))
    assert table.horizontalHeader().sortIndicatorSection() == 1
    assert shown_rows(table) == ["c0", "a0", "b0"]
    table.show_view(view_of("line", "other"))
    assert shown_rows(table) == ["a0", "b0", "c0"]


def test_that_a_column_asked_for_comes_although_there_is_little_room(table: FigureTable) -> None:
    table.resize(200, 300)
    table.show_view(view_of("line", "value", "share", "price", "date", spare=1))
    assert "date" not in shown_columns(table)
    tools_of(table).show_column(4, shown=True)
    assert "date" in shown_columns(table)


def test_that_a_copied_row_stands_in_the_order_shown(
    qapp: QApplication, table: FigureTable
) -> None:
    table.horizontalHeader().moveSection(2, 1)
    table.selectRow(0)
    assert tools_of(table).selection_as_tsv() == "Line\tShare\tValue\na0\ta2\ta1\n"


def test_that_a_width_grows_with_the_text(table: FigureTable) -> None:
    table.columns.wear(TableLayout(widths={"value": 100}))
    theme_source().choose(text_scale=1.5)
    assert table.columnWidth(1) == 150


def test_that_the_layout_of_a_screen_outlives_its_widgets(
    make_window: Callable[[], MainWindow],
) -> None:
    window = make_window()
    window.show_screen("stress")
    stress: Any = window.screens["stress"]
    stress.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    border = stress.findChild(Splits, "stress")
    border.setSizes([260, 200])
    border.splitterMoved.emit(260, 1)
    theme_source().choose(text_scale=1.1)  # screens are made anew
    again: Any = window.screens["stress"]
    assert again.table.columns.layout.sort == stress_sort(again)
    assert again.findChild(Splits, "stress").shares() == border_shares(window)
    window.action("reset_layout").trigger()
    assert again.table.columns.layout == TableLayout()
    assert again.findChild(Splits, "stress").shares() == ()
    assert window.layout_now() == Layout()


def stress_sort(screen: Any) -> str:
    column: str = screen.table.figures.view.columns[1].id
    return column


def border_shares(window: MainWindow) -> tuple[int, ...]:
    return window.layout_now().splits["stress"]


def test_that_no_part_can_be_pushed_away(make_window: Callable[[], MainWindow]) -> None:
    window = make_window()
    window.show_screen("stress")
    stress: Any = window.screens["stress"]
    border = stress.findChild(Splits, "stress")
    border.moveSplitter(10_000, 1)
    assert stress.table.height() >= stress.table.minimumHeight()
    border.moveSplitter(0, 1)
    assert stress.waterfall.height() >= stress.waterfall.minimumSizeHint().height()


def test_that_the_explanation_is_as_wide_as_it_was_dragged(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    window = make_window()
    window.lay_out_as(Layout(drawer=450))
    window.show_screen("overview")
    window.explain(str(window.screens["overview"].headline.focused_key()))
    assert window.drawer.width() == 450
    grip = window.drawer.childAt(2, 200)
    assert grip is not None
    to = QPointF(-50, 200)
    held = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, to, grip.mapToGlobal(to), held, held, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(grip, event)
    assert window.drawer.width() == 500
    assert window.drawer.mapTo(window, QPoint(window.drawer.width(), 0)).x() == window.width()
    assert window.layout_now().drawer == 500
    QTest.mouseMove(grip, QPoint(1, 1))
    window.action("reset_layout").trigger()
    assert window.drawer.width() == 380


def test_that_the_layout_is_a_plain_part_of_the_settings(tmp_path: Path) -> None:
    layout = Layout(
        tables={"holdings": TableLayout(order=("line", "value"), widths={"value": 90})},
        splits={"stress": (600, 400)},
        drawer=420,
    )
    save_settings(tmp_path, Settings(layout=layout))
    assert load_settings(tmp_path).layout == layout
    (tmp_path / "settings.json").write_text('{"theme": "dark", "layout": {"drawer": "wide"}}')
    assert load_settings(tmp_path) == Settings()  # damaged: as at the first start
