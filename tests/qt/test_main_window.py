"""The window as a person meets it: keyboard, drawer, undo, hidden amounts, names."""

import gc
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMetaMethod, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QScrollBar,
    QStyleOptionViewItem,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from levcheck.app.own_scenarios import OwnChange
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Outcome
from levcheck.i18n.words import HIDDEN, Words
from levcheck.storage.settings import load_settings
from levcheck.ui import application as application_module
from levcheck.ui.actions import ACTIONS, SCREENS
from levcheck.ui.charts.chart import Chart
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.mapping_panel import MappingPanel
from levcheck.ui.screens.table_columns import _shared_out
from levcheck.ui.shots import SETTLING
from levcheck.ui.theme import current_theme, theme_source
from levcheck.ui.widgets import FigureLabel
from levcheck.ui.workspace import Workspace
from tests.helpers.laid_out import wait_until_laid_out
from tests.helpers.sample_analysis import sample_analysis
from tests.helpers.sample_engine import SampleEngine

if TYPE_CHECKING:
    from levcheck.ui.screens.overview_screen import OverviewScreen
    from levcheck.ui.screens.stress_screen import StressScreen

FILE = Path("story.xlsx")
INTERACTIVE = (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QAbstractSlider,
    QAbstractSpinBox,
    QAbstractItemView,
    QTabBar,
    Chart,
    FigureLabel,
)


@pytest.fixture
def engine() -> SampleEngine:
    return SampleEngine()


@pytest.fixture
def make_window(qtbot: QtBot, engine: SampleEngine) -> Iterator[Callable[..., MainWindow]]:
    def make(*, size: tuple[int, int] = (1366, 768), words: Words | None = None) -> MainWindow:
        window = MainWindow(Workspace(engine, words or Words("en")))
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return window

    yield make
    gc.collect()


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., MainWindow]) -> MainWindow:
    made = make_window()
    opened(qtbot, made)
    return made


def opened(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.open(FILE)


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.workspace.is_busy, timeout=20_000)
    qtbot.wait(10)


def shown(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Show a screen and wait until it is laid out, which takes several turns."""
    window.show_screen(name)
    settled(qtbot, window)
    wait_until_laid_out(qtbot, window)


def screen(window: MainWindow, name: str) -> Any:
    return window.screens[name]


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus, key, held)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


# --- opening -----------------------------------------------------------------------------------------------


def test_that_the_window_opens_with_one_card_and_two_ways_on(
    qtbot: QtBot, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window()
    assert window.first_run.isVisible()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.first_run.open, timeout=20_000)
    assert not window.rail.isEnabled()
    texts = " ".join(label.text() for label in window.first_run.findChildren(QLabel))
    assert "See what you really own" in texts
    assert "Nothing leaves this computer." in texts


def test_that_opening_a_file_shows_its_verdict(qtbot: QtBot, window: MainWindow) -> None:
    assert window.current_screen == "overview"
    assert screen(window, "overview").headline.text() == (
        "You hold 14 lines, but 53% of your money rides on one bet: AI chips."
    )
    assert window.windowTitle() == "story[*] – levcheck"


def test_that_a_refused_file_is_told_and_nothing_is_lost(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    before = window.workspace.session
    engine.error = LevcheckError("storage.not_readable", file="x.xlsx", reason="it is locked")
    with qtbot.waitSignal(window.workspace.notice_raised, timeout=20_000):
        window.workspace.open(Path("x.xlsx"))
    assert window.workspace.session is before
    (told,) = window.notice_texts
    assert "We could not open x.xlsx: it is locked." in told
    assert "Nothing was changed." in told


def test_that_a_bug_is_told_without_a_traceback(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, engine: SampleEngine
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret 12345")

    monkeypatch.setattr(engine, "analyse", broken)
    with qtbot.waitSignal(window.workspace.notice_raised, timeout=20_000):
        window.do_undo()
        window.do_redo()
    (told, *_) = window.notice_texts
    assert "Traceback" not in told
    assert "12345" not in told


def test_that_a_file_can_be_dropped_anywhere(
    qtbot: QtBot, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/story.xlsx")])
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(window.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.dropEvent(drop)


def test_that_other_files_are_not_taken(
    qtbot: QtBot, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/photo.jpeg")])
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    window.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_that_a_saved_session_opens_again(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.levcheck"
    assert window.workspace.save(path)
    assert not window.isWindowModified()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.open(path)
    assert window.workspace.path == path
    assert not window.isWindowModified()


def test_that_a_failed_save_is_told_and_keeps_the_work(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert not window.isWindowModified()  # opened and nothing more: there is no work to lose
    screen(window, "portfolio").removed.emit("p1")
    assert not window.workspace.save(tmp_path / "no" / "such" / "folder.levcheck")
    assert window.workspace.path is None
    assert window.isWindowModified()
    assert len(window.notice_texts) == 1


# --- screens -----------------------------------------------------------------------------------------------


def test_that_every_screen_has_its_sentence_its_chart_and_its_table(
    qtbot: QtBot, window: MainWindow
) -> None:
    for number, spec in enumerate(SCREENS, start=1):
        press(window, Qt.Key(Qt.Key.Key_0 + number), CTRL)
        assert window.current_screen == spec.id
        shown = window.screens[spec.id]
        assert shown.isVisible()
        assert shown.headline.text()
        charts = [c for c in shown.findChildren(QWidget) if isinstance(c, Chart) and c.isVisible()]
        assert charts
        assert charts[0].accessibleName()
        assert charts[0].accessibleDescription()
        table = shown.main_table()
        assert table is not None
        if spec.id in {"overview", "what-if"}:
            # Chart and table share one place; the figures on top are there with both.
            screen(window, spec.id).choice.choose("numbers")
            screen(window, spec.id).choice.chosen.emit("numbers")
        assert table.isVisible()
        assert table.figures.rowCount() > 0


@pytest.mark.parametrize("language", ["en", "de", "ko", "zh_TW"])
def test_that_level_one_fits_a_small_laptop(
    qtbot: QtBot, window: MainWindow, language: str
) -> None:
    theme_source().choose(language=language)
    if language != "en":
        with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
            window.workspace.speak(language=language)
    settled(qtbot, window)
    too_tall = {}
    for spec in SCREENS:
        window.show_screen(spec.id)
        page = window.screens[spec.id]
        for _ in range(SETTLING):  # layouts, charts and scroll areas ask for their heights in turn
            QApplication.processEvents()
        too_tall[spec.id] = page.verticalScrollBar().maximum()
        assert page.horizontalScrollBar().maximum() == 0
    assert set(too_tall.values()) == {0}, too_tall


@pytest.mark.parametrize("name", [spec.id for spec in SCREENS])
def test_that_the_smallest_window_needs_no_sideways_scrolling(
    qtbot: QtBot, make_window: Callable[..., MainWindow], name: str
) -> None:
    window = make_window(size=(1024, 640))
    opened(qtbot, window)
    window.show_screen(name)
    page = window.screens[name]
    inside = page.widget()
    assert inside is not None
    # A screen is laid out in several turns; it ends within its view.
    qtbot.waitUntil(lambda: inside.width() <= page.viewport().width(), timeout=20_000)
    assert inside.minimumSizeHint().width() <= page.viewport().width()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_that_no_sentence_is_cut(
    qtbot: QtBot, make_window: Callable[..., MainWindow], size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    opened(qtbot, window)
    for spec in SCREENS:
        shown(qtbot, window, spec.id)
        assert cut_labels(window.screens[spec.id]) == []


def cut_labels(page: QWidget) -> list[str]:
    """Text of each visible label of a page that has less room than it needs."""
    cut = []
    for label in page.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        if label.wordWrap():
            enough = label.height() >= label.heightForWidth(label.width())
        else:
            enough = label.width() >= label.sizeHint().width() - 1
        if not enough:
            cut.append(label.text())
    return cut


def test_that_choosing_another_bet_changes_the_sentence(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("overlap")
    overlap = screen(window, "overlap")
    before = overlap.headline.text()
    overlap.picker.setFocus()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        press(window, Qt.Key.Key_Down)
        overlap.picker.activated.emit(1)
    assert overlap.headline.text() != before
    assert "Bitcoin" in overlap.headline.text()


def in_numbers(overview: Any) -> FigureTable:
    overview.choice.choose("numbers")
    overview.choice.chosen.emit("numbers")
    assert overview.table.isVisible()
    assert not overview.chart.isVisible()
    table: FigureTable = overview.table
    return table


def test_that_the_doors_of_the_bet_are_one_step_from_the_verdict(
    qtbot: QtBot, window: MainWindow
) -> None:
    doors = screen(window, "overview").doors
    assert doors.text() == "Show the doors of AI chips"
    doors.click()
    settled(qtbot, window)
    assert window.current_screen == "overlap"
    assert "AI chips" in screen(window, "overlap").headline.text()


def test_that_a_family_leads_to_its_bet(qtbot: QtBot, window: MainWindow) -> None:
    table = in_numbers(screen(window, "overview"))
    table.setFocus()
    table.setCurrentIndex(table.figures.index(2, 0))
    press(window, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert window.current_screen == "overlap"
    assert "Bitcoin" in screen(window, "overlap").headline.text()


def test_that_a_pair_says_what_it_shares(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("overlap")
    overlap = screen(window, "overlap")
    overlap.matrix.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Return)
    assert overlap.pair.text() == (
        "NVDA and NVDL share $18,000 (6.7%): 100% of what they hold is the same."
    )


def test_that_choosing_a_scenario_changes_the_sentence(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("stress")
    stress = screen(window, "stress")
    stress.scenarios.setFocus()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        press(window, Qt.Key.Key_Down)
    assert stress.headline.text().startswith("Bitcoin halves: you could lose about")


def test_that_an_applied_scenario_is_marked_and_can_be_reset(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("stress")
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        screen(window, "stress").apply.click()
    assert window.workspace.session.scenario == "ai-chips-minus-30"
    texts = [label.text() for label in window.state_bar.findChildren(QLabel) if label.isVisible()]
    assert "AI chips fall 30%" in texts
    assert window.action("reset_scenario").isEnabled()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.action("reset_scenario").trigger()
    assert window.workspace.session.scenario is None


def test_that_an_own_shock_shows_its_total_while_the_hand_moves(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("stress")
    stress: StressScreen = screen(window, "stress")
    stress.custom.slider.setFocus()
    with qtbot.waitSignal(window.workspace.questions.trial_ready, timeout=20_000):
        press(window, Qt.Key.Key_PageDown)
    assert stress.custom.field.value() == -40
    assert stress.custom.total.text() == "−$56,800 (−21%)"
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        stress.custom.keep.click()
    assert stress.scenarios.item(0).text() == "AI chips falls 40%"
    assert window.workspace.history.undo_label == "Set own scenario"


def test_that_an_own_shock_is_kept_for_every_portfolio_when_asked(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    window.show_screen("stress")
    stress: StressScreen = screen(window, "stress")
    before = engine.analysed
    with qtbot.waitSignal(window.workspace.notice_raised, timeout=20_000) as raised:
        stress.custom.save.click()
    assert [scenario.shocks[0].move for scenario in engine.kept_scenarios] == [-0.3]
    assert raised.args is not None
    assert raised.args[0].title == "Kept: AI chips falls 30%. It is tried on every portfolio."
    qtbot.waitUntil(lambda: engine.analysed > before, timeout=20_000)


def test_that_an_own_scenario_is_renamed_and_removed_and_the_change_taken_back(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    window.show_screen("stress")
    stress: StressScreen = screen(window, "stress")
    aside = stress.aside
    view = stress._view
    assert view is not None
    assert aside.remove.isHidden()
    own = replace(view.scenarios[0], is_own=True)
    aside.show_view(replace(view, scenarios=(own, *view.scenarios[1:]), chosen=own.id))
    assert not aside.remove.isHidden()
    assert not aside.rename.isHidden()
    engine.kept_scenarios.append(replace(sample_analysis().stress[0].facts, id=own.id))
    with qtbot.waitSignal(window.workspace.library.scenario_changed, timeout=20_000):
        aside.rename_to(own.id, "  A name\n of two lines ")
    assert engine.changed_scenarios[-1] == OwnChange(own.id, "A name of two lines")
    with qtbot.waitSignal(window.workspace.library.scenario_changed, timeout=20_000):
        aside.removed.emit(own.id)
    assert engine.changed_scenarios[-1] == OwnChange(own.id)
    assert not aside.undo.isHidden()
    with qtbot.waitSignal(window.workspace.library.scenario_changed, timeout=20_000):
        aside.undo.click()
    assert engine.changed_scenarios[-1].scenario is not None
    assert aside.undo.isHidden()
    aside.rename_to(own.id, "   ")
    assert len(engine.changed_scenarios) == 3


def test_that_every_step_of_the_slider_answers_with_the_last_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("stress")
    stress: StressScreen = screen(window, "stress")
    for value in range(-30, -61, -1):
        stress.custom.slider.setValue(value)
    qtbot.waitUntil(lambda: stress.custom.total.text() == "−$85,200 (−32%)", timeout=20_000)


# --- the drawer --------------------------------------------------------------------------------------------


def test_that_a_number_opens_its_explanation_and_esc_gives_the_focus_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    overview: OverviewScreen = screen(window, "overview")
    in_numbers(overview).setFocus()
    overview.table.setCurrentIndex(overview.table.figures.index(0, 2))
    press(window, Qt.Key.Key_Return)
    assert window.drawer.isVisible()
    assert window.drawer.view is not None
    assert window.drawer.view.key == "family|ai-chips-family"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.drawer.isAncestorOf(focus)
    press(window, Qt.Key.Key_Escape)
    assert not window.drawer.isVisible()
    assert QApplication.focusWidget() is overview.table


def test_that_f1_explains_the_number_with_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    overview: OverviewScreen = screen(window, "overview")
    figure = overview.key_figures.findChildren(FigureLabel)[0]
    figure.setFocus()
    window.action("explain").trigger()
    assert window.drawer.view is not None
    assert window.drawer.view.key == "equity"


def test_that_a_bar_of_a_chart_opens_its_explanation(qtbot: QtBot, window: MainWindow) -> None:
    overview: OverviewScreen = screen(window, "overview")
    overview.chart.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert window.drawer.view is not None
    assert window.drawer.view.key.startswith("family|")


def test_that_the_explanation_copies_as_text(qtbot: QtBot, window: MainWindow) -> None:
    window.explain("theme|ai-chips")
    buttons = [b for b in window.drawer.findChildren(QAbstractButton) if b.text() == "Copy as text"]
    buttons[0].click()
    assert "story.xlsx, 'Holdings'!E7" in QGuiApplication.clipboard().text()


def test_that_the_drawer_never_lies_over_the_screen_when_there_is_room(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.explain("theme|ai-chips")
    shown(qtbot, window, "overview")
    page = window.screens["overview"]
    right = page.mapTo(window, page.rect().topRight()).x()
    assert right <= window.drawer.mapTo(window, window.drawer.rect().topLeft()).x()


def test_that_steps_of_an_explanation_are_as_high_with_the_bar_beside_them_as_without(
    window: MainWindow,
) -> None:
    """The bar comes after the first steps are measured; one measured without it would lie on the next."""
    window.explain("scenario|ai-chips-minus-30")
    rows = window.drawer.findChild(QListWidget)
    assert rows is not None
    measured = []
    for policy in (Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn):
        rows.setVerticalScrollBarPolicy(policy)
        indexes = [rows.model().index(number, 0) for number in range(rows.count())]
        option = QStyleOptionViewItem()
        measured.append([rows.itemDelegate().sizeHint(option, index) for index in indexes])
    assert measured[0] == measured[1]
    assert len(measured[0]) > 20


# --- edits -------------------------------------------------------------------------------------------------


def test_that_naming_an_unknown_line_is_one_named_undoable_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("portfolio")
    unknown = screen(window, "portfolio").unknown
    assert unknown.isVisible()
    unknown.field.setFocus()
    QTest.keyClicks(unknown.field, "abcd")
    qtbot.waitUntil(unknown.use.isEnabled, timeout=20_000)
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        QTest.keyClick(unknown.field, Qt.Key.Key_Return)
    assert window.workspace.session.portfolio.resolutions == {"p13": "ABCD.US"}
    assert window.action("undo").text() == "&Undo: Say what XYZQ is"
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.action("undo").trigger()
    assert not window.workspace.session.portfolio.resolutions
    assert window.action("redo").text() == "&Redo: Say what XYZQ is"


def test_that_an_offered_name_is_taken_with_one_click(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("portfolio")
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        screen(window, "portfolio").unknown.offered[0].click()
    assert window.workspace.session.portfolio.resolutions == {"p13": "XYZ.US"}


def test_that_removing_a_line_can_be_undone(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("portfolio")
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        screen(window, "portfolio").unknown.remove.click()
    assert len(window.workspace.session.portfolio.positions) == 12
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.do_undo()
    assert len(window.workspace.session.portfolio.positions) == 13


def test_that_old_numbers_stay_and_are_marked_while_new_ones_come(
    qtbot: QtBot, window: MainWindow
) -> None:
    headline = screen(window, "overview").headline.text()
    window.workspace.apply_scenario("bitcoin-halves")
    assert screen(window, "overview").headline.text() == headline
    assert "Working out new numbers…" in [
        label.text() for label in window.state_bar.findChildren(QLabel) if label.isVisible()
    ]
    settled(qtbot, window)
    assert "Working out new numbers…" not in [
        label.text() for label in window.state_bar.findChildren(QLabel) if label.isVisible()
    ]


def test_that_closing_the_list_leaves_nothing_of_it(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    window.explain("theme|ai-chips")
    window.action("close_list").trigger()
    qtbot.wait(20)
    assert window.first_run.isVisible()
    assert window.windowTitle() == "levcheck[*]"
    assert window.drawer.view is None
    assert engine.forgotten == 1
    assert not window.action("undo").isEnabled()
    for text in every_text(window):
        assert "NVDL" not in text
        assert "267,812" not in text


# --- finding and copying -----------------------------------------------------------------------------------


def test_that_a_holding_is_found(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("portfolio")
    window.lines.find_text("bitcoin")
    table = screen(window, "portfolio").table
    row = table.figures.row(table.currentIndex())
    assert row is not None
    assert row.cells[0].text == "IBIT"
    window.lines.find_text("no such thing")
    assert any("No holding contains" in text for text in window.notice_texts)


def test_that_a_table_is_copied_as_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("portfolio")
    window.action("copy_table").trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Holding\t")
    assert "$31,000" in text


def test_that_a_table_sorts_by_number_and_keeps_its_total_last(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_screen("portfolio")
    table: FigureTable = screen(window, "portfolio").table
    model = table.figures
    table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    values = [model.cell(model.index(n, 5)) for n in range(model.rowCount())]
    assert [v.text for v in values if v][:3] == ["$52,000", "$40,000", "$36,000"]
    last = model.row(model.index(model.rowCount() - 1, 0))
    assert last is not None
    assert last.cells[0].text == "Together"
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    first = model.row(model.index(0, 0))
    assert first is not None
    assert first.cells[0].text == "VTI"


# --- hidden amounts ----------------------------------------------------------------------------------------


def every_text(window: MainWindow) -> list[str]:
    """Whatever can be read: labels, buttons, tool tips, names, models in all roles, the tree of screen readers."""
    found: list[str] = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        text = getattr(widget, "text", None)
        if callable(text):
            found.append(str(text()))
        if isinstance(widget, QComboBox):
            found += [widget.itemText(n) for n in range(widget.count())]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            for row in range(model.rowCount()):
                for column in range(1 if isinstance(widget, QListView) else model.columnCount()):
                    for role in (*range(14), Qt.ItemDataRole.UserRole.value):
                        found.append(str(model.index(row, column).data(role)))
        if isinstance(widget, Chart) and widget.view is not None:
            found += [f"{m.key} {m.spoken}" for m in widget.picture().marks]
    interface = QAccessible.queryAccessibleInterface(window)
    if interface is not None:
        found += accessible_texts(interface)
    return found


def accessible_texts(interface: Any, depth: int = 0) -> list[str]:
    found = [
        interface.text(QAccessible.Text.Name),
        interface.text(QAccessible.Text.Description),
        interface.text(QAccessible.Text.Value),
    ]
    if depth < 12:
        for number in range(min(interface.childCount(), 200)):
            child = interface.child(number)
            if child is not None:
                found += accessible_texts(child, depth + 1)
    return found


SECRETS = ("267,812", "142,000", "290,000", "42,600", "18,000", "62,000", "31,000", "1,040")


def test_that_hiding_amounts_hides_them_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    for spec in SCREENS:
        window.show_screen(spec.id)
    window.explain("theme|ai-chips")
    shown = "\n".join(every_text(window))
    for secret in SECRETS:
        assert secret in shown, secret
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.action("hide_amounts").trigger()
    for spec in SCREENS:
        window.show_screen(spec.id)
    hidden = "\n".join(every_text(window))
    for secret in SECRETS:
        assert secret not in hidden, secret
    assert HIDDEN in hidden
    window.action("copy_table").trigger()
    assert not any(secret in QGuiApplication.clipboard().text() for secret in SECRETS)


def test_that_a_total_of_an_own_shock_hides_too(qtbot: QtBot, window: MainWindow) -> None:
    window.show_screen("stress")
    stress: StressScreen = screen(window, "stress")
    with qtbot.waitSignal(window.workspace.questions.trial_ready, timeout=20_000):
        stress.custom.slider.setValue(-50)
    assert "$" in stress.custom.total.text()
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.action("hide_amounts").trigger()
    assert "$" not in stress.custom.total.text()


# --- access ------------------------------------------------------------------------------------------------


def test_that_everything_that_can_be_used_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    for spec in SCREENS:
        shown(qtbot, window, spec.id)
        for widget in window.findChildren(QWidget):
            if not isinstance(widget, INTERACTIVE) or not widget.isVisible():
                continue
            if isinstance(widget, QScrollBar):
                continue
            if isinstance(widget.parent(), QTabBar | QComboBox | QAbstractSpinBox):
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            name = interface.text(QAccessible.Text.Name)
            assert name, (spec.id, type(widget).__name__, widget.objectName(), widget.parent())


def test_that_targets_are_large_enough(qtbot: QtBot, window: MainWindow) -> None:
    for spec in SCREENS:
        shown(qtbot, window, spec.id)
        for widget in window.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | FigureLabel) and widget.isVisible():
                if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
                    continue
                assert widget.height() >= 24, (spec.id, widget)
                assert widget.width() >= 24, (spec.id, widget)


@pytest.mark.parametrize("name", [spec.id for spec in SCREENS])
def test_that_tab_walks_through_a_screen_and_comes_back(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    shown(qtbot, window, name)
    window.rail.focus_current()
    start = QApplication.focusWidget()
    seen: list[QWidget] = []
    for _ in range(80):
        press(window, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is start:
            break
        assert now.isVisible()
        seen.append(now)
    assert QApplication.focusWidget() is start, "Tab never came back"
    inside = [w for w in seen if window.screens[name].isAncestorOf(w)]
    assert any(isinstance(w, Chart) for w in inside)
    # On these a switch gives the table the place of the chart.
    has_switch = name in {"overview", "what-if"}
    assert any(isinstance(w, FigureTable) for w in inside) is not has_switch
    for former, later in itertools.pairwise(inside):
        assert not is_before(later, former), (former, later)


def is_before(one: QWidget, other: QWidget) -> bool:
    """Return whether a widget stands above another, and not in a column right of it."""
    place, there = (QRect(w.mapToGlobal(QPoint(0, 0)), w.size()) for w in (one, other))
    return place.bottom() < there.top() and place.left() < there.right()


def test_that_every_action_does_something_and_no_two_share_a_key(window: MainWindow) -> None:
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    for spec in ACTIONS:
        action = window.action(spec.id)
        assert action.isSignalConnected(QMetaMethod.fromSignal(action.triggered))
        assert action.text()


def test_that_dark_and_light_switch_while_the_window_is_open(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert not current_theme().is_dark
    light = window.grab().toImage().pixelColor(700, 90)
    window.action("dark").trigger()
    assert current_theme().is_dark
    qtbot.wait(20)
    dark = window.grab().toImage().pixelColor(700, 90)
    assert dark.lightness() < 80 < light.lightness()
    window.action("dark").trigger()
    assert not current_theme().is_dark


def test_that_the_keys_are_listed(qtbot: QtBot, window: MainWindow) -> None:
    window.do_keys()
    dialogs = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
    texts = " ".join(label.text() for w in dialogs for label in w.findChildren(QLabel))
    assert "Ctrl+O" in texts
    for dialog in dialogs:
        dialog.close()
    qtbot.wait(10)


def test_that_a_refusal_keeps_what_was_open(
    qtbot: QtBot, window: MainWindow, engine: SampleEngine
) -> None:
    engine.outcome = Outcome.REFUSED
    before = window.workspace.session
    window.workspace.open(FILE)
    settled(qtbot, window)
    assert window.workspace.session is before


# --- matching columns --------------------------------------------------------------------------------------


def test_that_a_file_with_unclear_columns_is_matched_by_hand(
    qtbot: QtBot, make_window: Callable[..., MainWindow], engine: SampleEngine
) -> None:
    engine.outcome = Outcome.NEEDS_MAPPING
    window = make_window()
    window.workspace.open(FILE)
    qtbot.waitUntil(lambda: bool(window.findChildren(MappingPanel)), timeout=20_000)
    panel = window.findChildren(MappingPanel)[0]
    qtbot.waitUntil(lambda: len(panel.combos) == 3, timeout=20_000)
    assert panel.headline.text() == (
        "We could not tell which column holds the number of shares or the value."
    )
    assert not panel.use.isEnabled()
    first = panel.combos[1]
    assert first.itemText(0) == "Number of shares"
    first.setCurrentIndex(first.findData("quantity"))
    qtbot.waitUntil(panel.use.isEnabled, timeout=20_000)
    assert panel.result.text().startswith("This gives 14 lines. They come to $267,812.")
    assert panel.mapping() == {"symbol": "A", "quantity": "B"}
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        QTest.mouseClick(panel.use, Qt.MouseButton.LeftButton)
    assert window.screens["overview"].isVisible()


def test_that_a_file_matched_before_comes_with_its_columns(
    qtbot: QtBot, make_window: Callable[..., MainWindow], engine: SampleEngine
) -> None:
    engine.outcome = Outcome.NEEDS_MAPPING
    window = make_window()
    window.known_columns["f1"] = {"symbol": "A", "quantity": "C"}
    window.workspace.open(FILE)
    qtbot.waitUntil(lambda: bool(window.findChildren(MappingPanel)), timeout=20_000)
    panel = window.findChildren(MappingPanel)[0]
    qtbot.waitUntil(panel.use.isEnabled, timeout=20_000)
    assert panel.mapping() == {"symbol": "A", "quantity": "C"}
    with qtbot.waitSignal(window.columns_matched) as matched:
        panel.use.click()
    assert matched.args == ["f1", {"symbol": "A", "quantity": "C"}]
    settled(qtbot, window)


def test_that_a_unit_is_said_over_its_column_and_remembered(
    qtbot: QtBot, make_window: Callable[..., MainWindow], engine: SampleEngine
) -> None:
    engine.outcome = Outcome.NEEDS_MAPPING
    window = make_window()
    window.known_columns["f1"] = {
        "symbol": "A",
        "quantity": "C",
        "unit.quantity": "lots1000",
    }
    window.workspace.open(FILE)
    qtbot.waitUntil(lambda: bool(window.findChildren(MappingPanel)), timeout=20_000)
    panel = window.findChildren(MappingPanel)[0]
    qtbot.waitUntil(panel.use.isEnabled, timeout=20_000)
    assert panel.mapping() == {"symbol": "A", "quantity": "C", "unit.quantity": "lots1000"}
    panel.units[2].setCurrentIndex(0)
    assert panel.mapping() == {"symbol": "A", "quantity": "C"}
    panel.combos[2].setCurrentIndex(panel.combos[2].findData("name"))
    assert panel.units[2].count() == 0
    panel.cancel.click()
    qtbot.waitUntil(window.first_run.isVisible, timeout=20_000)
    settled(qtbot, window)


def test_that_one_field_stands_in_one_column_only(
    qtbot: QtBot, make_window: Callable[..., MainWindow], engine: SampleEngine
) -> None:
    engine.outcome = Outcome.NEEDS_MAPPING
    window = make_window()
    window.workspace.open(FILE)
    qtbot.waitUntil(lambda: bool(window.findChildren(MappingPanel)), timeout=20_000)
    panel = window.findChildren(MappingPanel)[0]
    qtbot.waitUntil(lambda: len(panel.combos) == 3, timeout=20_000)
    panel.combos[2].setCurrentIndex(panel.combos[2].findData("symbol"))
    assert panel.combos[0].currentData() == ""
    assert panel.mapping()["symbol"] == "C"
    panel.cancel.click()
    qtbot.waitUntil(window.first_run.isVisible, timeout=20_000)
    settled(qtbot, window)


# --- writing files -----------------------------------------------------------------------------------------


def test_that_the_template_is_written(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.files.write_template(tmp_path / "template.xlsx")
    assert (tmp_path / "template.xlsx").read_bytes()[:2] == b"PK"
    assert any("Saved as template.xlsx." in text for text in window.notice_texts)


@pytest.mark.parametrize("action", ["open", "save_as", "save_template"])
def test_that_asking_for_a_file_does_not_stop_the_window(
    qtbot: QtBot, window: MainWindow, action: str
) -> None:
    window.action(action).trigger()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
    assert dialogs
    assert window.isEnabled()
    for dialog in dialogs:
        dialog.close()
    qtbot.wait(10)


# --- starting ----------------------------------------------------------------------------------------------


def test_that_the_program_opens_a_file_and_remembers_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    monkeypatch.setattr(application_module, "engine", SampleEngine)
    titles: list[str] = []

    def session() -> int:
        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        qtbot.waitUntil(lambda: window.is_furnished, timeout=20_000)
        qtbot.waitUntil(lambda: window.workspace.views is not None, timeout=20_000)
        titles.append(window.windowTitle())
        window.action("hide_amounts").trigger()
        settled(qtbot, window)
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(session))
    assert application_module.run(str(tmp_path / "story.xlsx")) == 0
    assert titles == ["story[*] – levcheck"]
    kept = load_settings(tmp_path)
    assert kept.recent_files == (str(tmp_path / "story.xlsx"),)
    assert kept.hide_amounts
    assert kept.theme == "system", "following the desktop is a choice that stays"


def test_that_recent_files_are_offered_by_name_only(
    qtbot: QtBot, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window()
    window.first_run.show_recent(("/home/someone/private/mine.xlsx", "/x/other.csv"))
    texts = [b.text() for b in window.first_run.findChildren(QAbstractButton)]
    assert "mine.xlsx" in texts
    assert not any("private" in text for text in every_text(window))
    button = next(
        b for b in window.first_run.findChildren(QAbstractButton) if b.text() == "other.csv"
    )
    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        button.click()


def test_that_columns_share_their_room_fairly() -> None:
    assert _shared_out([60, 300, 200], 400) == [60, 170, 170]
    assert _shared_out([60, 70], 400) == [60, 70]
    assert sum(_shared_out([500, 500, 80], 600)) <= 600
