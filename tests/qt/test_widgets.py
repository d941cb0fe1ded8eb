"""The base widgets: reachable by keyboard, named for a screen reader, large enough, never cut, in every theme."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QImage, QKeySequence, QPainter, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from levcheck.domain.instrument import Wrapper
from levcheck.presenting.figures import Figure, KeyFigure, Tone
from levcheck.presenting.state_bar import StateBarView
from levcheck.ui.theme import THEMES, Role, Size, current_theme, theme_source
from levcheck.ui.widgets import (
    EmptyState,
    FigureLabel,
    Headline,
    KeyFigureBox,
    NoticeBar,
    PlainLabel,
    ProgressRow,
    Rail,
    RailItem,
    SegmentedControl,
    Severity,
    StateBar,
    TableTools,
)
from levcheck.ui.widgets.badge import paint_badge
from levcheck.ui.widgets.picker import Picker
from levcheck.ui.widgets.tabs import Tabs

WidgetT = TypeVar("WidgetT", bound=QWidget)
ITEMS = tuple(
    RailItem(key, icon, text)
    for key, icon, text in (
        ("portfolio", "portfolio", "Portfolio"),
        ("overview", "overview", "Overview"),
        ("overlap", "overlap", "Overlap"),
        ("stress", "stress", "Stress"),
        ("leverage", "leverage", "Leverage over time"),
        ("what-if", "what-if", "What-if"),
        ("data", "data", "Data & method"),
    )
)
STATE = StateBarView(
    name="Retirement",
    as_of="as of 20 November 2026",
    coverage=Figure(
        "97% seen through", "coverage", Tone.WARNING, "Share of the money seen through"
    ),
    gap="2 holdings left out",
    scenario="AI chips fall 30%",
    amounts="Amounts shown",
)


@pytest.fixture(autouse=True)
def _light_again(qtbot: QtBot) -> Iterator[None]:
    theme_source().choose("light", text_scale=1.0)
    yield
    theme_source().choose("light", text_scale=1.0)


def shown(qtbot: QtBot, widget: WidgetT, width: int = 0, height: int = 0) -> WidgetT:
    qtbot.addWidget(widget)
    if width:
        widget.resize(width, height or widget.sizeHint().height())
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def cut_texts(widget: QWidget) -> list[str]:
    """Return the texts of single-line labels and buttons that are narrower than what they say."""
    cut = []
    for label in widget.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            needed = QFontMetricsF(label.font()).horizontalAdvance(label.text())
            if needed > label.width() + 0.5:
                cut.append(label.text())
    for button in widget.findChildren(QPushButton):
        needed = button.fontMetrics().horizontalAdvance(button.text())
        if button.isVisible() and needed > button.width():
            cut.append(button.text())
    return cut


def test_that_the_rail_is_walked_with_the_arrows(qtbot: QtBot) -> None:
    rail = shown(qtbot, Rail("Screens", ITEMS), 200, 600)
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    assert rail.current == "portfolio"
    first = rail.findChildren(QAbstractButton)[0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(rail.findChildren(QAbstractButton)[1], Qt.Key.Key_Down)
    QTest.keyClick(rail.findChildren(QAbstractButton)[2], Qt.Key.Key_End)
    QTest.keyClick(rail.findChildren(QAbstractButton)[6], Qt.Key.Key_Down)
    QTest.keyClick(rail.findChildren(QAbstractButton)[6], Qt.Key.Key_Home)
    assert chosen == ["overview", "overlap", "data", "portfolio"]


def test_that_control_and_a_number_jumps(qtbot: QtBot) -> None:
    rail = shown(qtbot, Rail("Screens", ITEMS), 200, 600)
    rail.activateWindow()
    qtbot.waitUntil(rail.isActiveWindow, timeout=20_000)
    with qtbot.waitSignal(rail.chosen) as caught:
        QTest.keyClick(rail, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == ["stress"]
    assert rail.current == "stress"


def test_that_only_the_screen_shown_is_a_tab_stop(qtbot: QtBot) -> None:
    rail = shown(qtbot, Rail("Screens", ITEMS), 200, 600)
    rail.choose("stress")
    stops = [
        b.text()
        for b in rail.findChildren(QAbstractButton)
        if b.focusPolicy() is Qt.FocusPolicy.StrongFocus
    ]
    assert stops == ["Stress"]
    with pytest.raises(StopIteration):
        rail.choose("nowhere")


def test_that_the_rail_keeps_its_choice_in_another_language(qtbot: QtBot) -> None:
    rail = shown(qtbot, Rail("Screens", ITEMS), 200, 600)
    rail.choose("data")
    german = [RailItem(i.key, i.icon, i.text + " auf Deutsch und sehr lang") for i in ITEMS]
    rail.set_items(german, name="Bildschirme")
    assert rail.current == "data"
    assert name_of(rail) == "Bildschirme"
    bold = QFontMetricsF(current_theme().font(Size.BODY, strong=True))
    widest = max(bold.horizontalAdvance(item.text) for item in german)
    assert rail.width() >= widest + 20


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_the_state_bar_cuts_nothing(qtbot: QtBot, theme: str, scale: float) -> None:
    theme_source().choose(theme, text_scale=scale)
    bar = StateBar()
    bar.show_view(STATE)
    shown(qtbot, bar, max(900, bar.sizeHint().width()))
    assert cut_texts(bar) == []


def test_that_the_state_bar_marks_a_scenario_and_offers_reset(qtbot: QtBot) -> None:
    bar = shown(qtbot, StateBar(), 1100, 44)
    bar.show_view(STATE)
    reset = next(b for b in bar.findChildren(QPushButton) if b.text() == "Reset")
    assert reset.isVisible()
    with qtbot.waitSignal(bar.reset_chosen):
        reset.click()
    marked = bar.grab().toImage().pixelColor(2, 2)
    bar.show_view(StateBarView(STATE.name, STATE.as_of, STATE.coverage, "", "", STATE.amounts))
    assert not reset.isVisible()
    assert bar.grab().toImage().pixelColor(2, 2) != marked
    bar.show_view(None)
    assert not [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def test_that_the_state_bar_passes_on_what_was_asked(qtbot: QtBot) -> None:
    bar = shown(qtbot, StateBar(), 1100, 44)
    bar.show_view(STATE)
    figure = bar.findChild(FigureLabel)
    assert isinstance(figure, FigureLabel)
    with qtbot.waitSignal(bar.explain) as caught:
        QTest.keyClick(figure, Qt.Key.Key_F1)
    assert caught.args == ["coverage"]
    gap = next(b for b in bar.findChildren(QPushButton) if b.text() == STATE.gap)
    with qtbot.waitSignal(bar.gap_chosen):
        gap.click()


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1]
)
def test_that_a_figure_opens_its_explanation_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    label = shown(qtbot, FigureLabel())
    label.show_figure(Figure("−$48,200", "scenario|x", Tone.LOSS, "Loss if AI chips fall 30%"))
    with qtbot.waitSignal(label.explain) as caught:
        QTest.keyClick(label, key)
    assert caught.args == ["scenario|x"]
    assert name_of(label) == "Loss if AI chips fall 30%: −$48,200"


def test_that_a_click_opens_it_too_and_plain_text_does_not(qtbot: QtBot) -> None:
    label = shown(qtbot, FigureLabel())
    label.show_figure(Figure("61%", "theme|ai-chips"))
    label.adjustSize()
    with qtbot.waitSignal(label.explain):
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    label.show_figure(Figure("61%"))
    with qtbot.assertNotEmitted(label.explain, wait=10):
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
        QTest.keyClick(label, Qt.Key.Key_Return)
    assert label.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_that_a_figure_is_a_target_and_never_cut(qtbot: QtBot, scale: float) -> None:
    theme_source().choose("light", text_scale=scale)
    box = KeyFigureBox()
    box.show_key_figure(
        KeyFigure("Money invested", Figure("$1,268,000.00", "equity"), "in 14 lines")
    )
    shown(qtbot, box, 400, 160)
    label = box.figure_label
    assert label.width() >= QFontMetricsF(label.font()).horizontalAdvance(label.text()) + 4
    assert label.height() >= 24 * scale
    assert cut_texts(box) == []
    with qtbot.waitSignal(box.explain):
        QTest.keyClick(label, Qt.Key.Key_Return)


def test_that_a_focused_figure_shows_a_ring(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    other, label = QLineEdit(), FigureLabel()
    label.show_figure(Figure("61%", "theme|ai-chips"))
    column.addWidget(other)
    column.addWidget(label)
    shown(qtbot, holder)
    other.setFocus()
    before = label.grab().toImage()
    label.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(label.hasFocus, timeout=20_000)
    after = label.grab().toImage()
    accent = current_theme().color(Role.ACCENT)
    middle = after.height() // 2
    assert before.pixelColor(1, middle) != accent
    assert after.pixelColor(1, middle) == accent


def test_that_markup_in_texts_is_shown_as_written(qtbot: QtBot) -> None:
    for label in (PlainLabel("<b>x</b>"), Headline(), FigureLabel()):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_that_a_headline_wraps_instead_of_being_cut(qtbot: QtBot) -> None:
    headline = Headline()
    headline.show_text("You hold 14 lines, but 61% of your money rides on one bet: AI chips.")
    shown(qtbot, headline, 420, 200)
    assert headline.wordWrap()
    assert headline.heightForWidth(420) > 2 * headline.fontMetrics().height() * 0.9
    assert name_of(headline).startswith("You hold 14 lines")


@pytest.mark.parametrize("severity", list(Severity))
def test_that_a_notice_says_what_happened_and_offers_one_action(
    qtbot: QtBot, severity: Severity
) -> None:
    bar = NoticeBar()
    shown(qtbot, bar, 700, 60)
    bar.show_notice("We stopped.", severity, detail="Your file is safe.", action="Retry", key="r")
    assert bar.isVisible()
    assert bar.severity is severity
    assert name_of(bar) == "We stopped. Your file is safe."
    action = next(b for b in bar.findChildren(QPushButton) if b.text() == "Retry")
    with qtbot.waitSignal(bar.action_chosen) as caught:
        action.click()
    assert caught.args == ["r"]
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not any(label.text() for label in bar.findChildren(QLabel))


def test_that_the_looks_of_notices_differ(qtbot: QtBot) -> None:
    grounds = set()
    for severity in Severity:
        bar = NoticeBar()
        shown(qtbot, bar, 500, 60)
        bar.show_notice("x", severity)
        grounds.add(bar.grab().toImage().pixelColor(250, 30).name())
    assert len(grounds) == 4


def test_that_progress_appears_only_when_work_is_long(qtbot: QtBot) -> None:
    row = ProgressRow()
    qtbot.addWidget(row)
    row.start("Reading …", after_ms=30)
    row.finish()
    qtbot.wait(60)
    assert not row.isVisible()
    row.start("Reading …", after_ms=10)
    qtbot.waitUntil(row.isVisible, timeout=20_000)
    row.set_progress(0.4)
    row.set_progress(None)
    cancel = row.findChild(QPushButton)
    assert isinstance(cancel, QPushButton)
    with qtbot.waitSignal(row.cancelled):
        cancel.click()
    assert not cancel.isEnabled()


def test_that_a_choice_is_made_with_the_arrows(qtbot: QtBot) -> None:
    control = SegmentedControl("Show", [("m", "Money"), ("p", "Percent"), ("b", "Both")])
    shown(qtbot, control)
    chosen: list[str] = []
    control.chosen.connect(chosen.append)
    assert control.current == "m"
    button = control.findChildren(QPushButton)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Right)
    QTest.keyClick(control.findChildren(QPushButton)[1], Qt.Key.Key_Right)
    QTest.keyClick(control.findChildren(QPushButton)[2], Qt.Key.Key_Right)
    assert chosen == ["p", "b", "m"]
    control.choose("b")
    control.set_choices([("m", "Geld"), ("b", "Beides")])
    assert control.current == "b"
    assert cut_texts(control) == []


def test_that_an_empty_state_has_one_action(qtbot: QtBot) -> None:
    empty = EmptyState("Your holdings will be listed here.", "Open your spreadsheet")
    shown(qtbot, empty, 600, 400)
    with qtbot.waitSignal(empty.activated):
        empty.button.click()
    assert empty.button.height() >= 32
    assert name_of(empty) == "Your holdings will be listed here."
    empty.show_state("Nothing overlaps.")
    assert not empty.button.isVisible()


def badge_of(wrapper: Wrapper) -> QImage:
    image = QImage(80, 24, QImage.Format.Format_RGB32)
    image.fill(current_theme().color(Role.BG))
    painter = QPainter(image)
    paint_badge(painter, QRectF(image.rect()), "2x", current_theme(), wrapper=wrapper)
    painter.end()
    return image


@pytest.mark.parametrize("wrapper", list(Wrapper))
def test_that_every_wrapper_has_its_own_badge(qapp: QApplication, wrapper: Wrapper) -> None:
    same = badge_of(wrapper) == badge_of(Wrapper.DIRECT)
    assert same == (wrapper is Wrapper.DIRECT)


@pytest.mark.parametrize("theme", THEMES)
def test_that_widgets_change_their_look_with_the_theme(qtbot: QtBot, theme: str) -> None:
    rail = shown(qtbot, Rail("Screens", ITEMS), 200, 400)
    theme_source().choose("dark" if theme == "light" else "light")
    theme_source().choose(theme)
    ground = current_theme().color(Role.SURFACE)
    assert rail.grab().toImage().pixelColor(5, 390) == ground


def table_of(qtbot: QtBot, rows: int = 3) -> tuple[QTableWidget, TableTools]:
    table = QTableWidget(rows, 3)
    table.setHorizontalHeaderLabels(["Holding", "Profit & loss", "Share"])
    for row in range(rows):
        for column, text in enumerate((f"Name\t{row}", f"−${row},000", f"{row}%")):
            table.setItem(row, column, QTableWidgetItem(text))
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    shown(qtbot, table, 400, 200)
    return table, TableTools(table)


def test_that_marked_rows_are_copied_as_they_are_shown(qtbot: QtBot, qapp: QApplication) -> None:
    table, tools = table_of(qtbot)
    assert tools.selection_as_tsv() == ""
    table.selectRow(1)
    tools.show_column(2, shown=False)
    QTest.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert qapp.clipboard().text() == "Holding\tProfit & loss\nName 1\t−$1,000\n"


def test_that_columns_are_chosen_and_the_name_of_the_row_stays(qtbot: QtBot) -> None:
    table, tools = table_of(qtbot)
    menu = tools.column_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Holding", "Profit && loss", "Share"]
    with qtbot.waitSignal(tools.column_chosen):
        menu.actions()[1].trigger()
    assert table.isColumnHidden(1)
    assert not menu.actions()[0].isEnabled()
    tools.show_column(0, shown=False)
    assert not table.isColumnHidden(0)
    assert not tools.column_menu().actions()[1].isChecked()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_that_the_column_menu_opens_from_the_keyboard(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    table, _tools = table_of(qtbot)
    QTest.keyClick(table, key, modifier)
    menus = table.findChildren(QMenu)
    assert [len(menu.actions()) for menu in menus if menu.isVisible()] == [3]
    menus[0].close()


def test_that_buttons_and_fields_are_large_enough(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    button, field = QPushButton("Open"), QLineEdit()
    column.addWidget(button)
    column.addWidget(field)
    shown(qtbot, holder, 300)
    assert button.height() >= 32
    assert field.height() >= 32
    assert button.minimumSizeHint().width() > button.fontMetrics().horizontalAdvance("Open")


def test_that_tabs_say_less_where_there_is_little_room(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.set_texts([("What is known about each line", "Lines"), ("How it is made", "Method")])
    tabs.resize(800, 32)
    tabs.show()
    assert tabs.tabText(0) == "What is known about each line"
    assert tabs.tabToolTip(0) == ""
    tabs.resize(200, 32)
    assert [tabs.tabText(n) for n in range(2)] == ["Lines", "Method"]
    assert "What is known about each line" in tabs.tabToolTip(0)
    assert tabs.accessibleTabName(0) == "What is known about each line"
    tabs.resize(800, 32)
    assert tabs.tabText(1) == "How it is made"


def test_that_a_choice_longer_than_its_field_ends_with_dots(qtbot: QtBot) -> None:
    wide, narrow = Picker(), Picker()
    for picker in (wide, narrow):
        qtbot.addWidget(picker)
        picker.addItem("HARBOR LANE PRIVATE CREDIT NOTE 2029")
        picker.resize(600, 32)
        picker.show()
    whole = wide.grab().toImage()
    assert narrow.grab().toImage() == whole
    # Narrow, it paints what a picker with the shortened text would: no letter is cut in the middle.
    narrow.resize(160, 32)
    shortened = narrow.grab().toImage()
    room = [n for n in range(3, 36) if picture_with(narrow, n) == shortened]
    assert room


def picture_with(picker: Picker, letters: int) -> QImage:
    text = picker.itemText(0)
    picker.setItemText(0, text[:letters].rstrip() + "…")
    try:
        return picker.grab().toImage()
    finally:
        picker.setItemText(0, text)


def lines_of(headline: Headline) -> list[str]:
    layout = QTextLayout(headline.text(), headline.font())
    layout.beginLayout()
    ends = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(headline.contentsRect().width())
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    return [
        headline.text()[start:end].strip() for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]


def test_that_a_headline_keeps_no_lone_word_in_its_last_line(qtbot: QtBot) -> None:
    headline = Headline()
    qtbot.addWidget(headline)
    headline.show_text(
        "One bet brings more than half of what a fall of all the shares would cost you"
    )
    headline.show()
    advance = headline.fontMetrics().horizontalAdvance
    full = advance(headline.text())
    headline.resize(full + 4, 80)
    assert lines_of(headline) == [headline.text()]
    headline.resize(full - 20, 80)
    first, last = lines_of(headline)
    assert advance(last) > 0.7 * advance(first)
    height = headline.heightForWidth(headline.width())
    assert height == 2 * headline.fontMetrics().lineSpacing()


def test_that_a_headline_ends_a_line_with_a_sentence_where_it_can(qtbot: QtBot) -> None:
    headline = Headline()
    qtbot.addWidget(headline)
    first, last = "In that week you could lose about $87,502 (36%).", "More than half comes from 4."
    headline.show_text(f"{first} {last}")
    headline.show()
    headline.resize(headline.fontMetrics().horizontalAdvance(headline.text()) - 20, 80)
    assert lines_of(headline) == [first, last]
