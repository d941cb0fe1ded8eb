"""The What-if screen worked with by keyboard, on the real importer, library and core."""

import csv
import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from levcheck.app.reverse_stress import ReverseStress
from levcheck.app.session import Session, remove_position
from levcheck.app.what_if import add_change, line_ref
from levcheck.domain.draft import By, Change, ChangeKind
from levcheck.i18n.words import Words
from levcheck.reference.scenario_files import load_scenarios
from levcheck.ui.draft_desk import DraftDesk
from levcheck.ui.engine import LocalEngine
from levcheck.ui.main_window import MainWindow
from levcheck.ui.workspace import Workspace
from tests.helpers.laid_out import wait_until_laid_out
from tests.helpers.sample_engine import SampleEngine

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.presenting.what_if import WhatIfView
    from levcheck.ui.jobs import Ticket
    from levcheck.ui.screens.what_if_screen import WhatIfScreen

LIST = "Symbol,Name,Quantity,Price,Market Value,Currency\n"
ROWS = (
    "NVDA,NVIDIA Corp,100,100,10000,USD\n"
    "NVDL,GraniteShares 2x Long NVDA Daily ETF,100,50,5000,USD\n"
    "VTI,Vanguard Total Stock Market ETF,50,200,10000,USD\n"
    "Cash,Cash,,,4000,USD\n"
)


class FewScenarios(LocalEngine):
    """The engine of this computer under three scenarios: sixteen would make these tests slow and tell no more."""

    def analyse(self, session: Session, ticket: "Ticket") -> "Analysis":
        del ticket
        return self._analyse(session, tuple(load_scenarios()[:3]))

    def ask_backwards(
        self, session: Session, target: str, loss_share: float
    ) -> tuple[ReverseStress, None]:
        del session
        return ReverseStress(target, target, "loss", loss_share, None, None, None), None


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    """One library for all of these tests: opening it costs more than any of them."""
    return FewScenarios()


@pytest.fixture
def make(qtbot: QtBot, engine: LocalEngine, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    def made(words: Words | None = None, rows: str = ROWS) -> MainWindow:
        workspace = Workspace.immediate(engine, words or Words("en"))
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        file = tmp_path / "list.csv"
        file.write_text(LIST + rows, "utf-8")
        workspace.open(file)
        window.show_screen("what-if")
        wait_until_laid_out(qtbot, window)
        return window

    yield made
    gc.collect()


def screen(window: MainWindow) -> "WhatIfScreen":
    return cast("WhatIfScreen", window.screens["what-if"])


def desk(window: MainWindow) -> DraftDesk:
    (found,) = screen(window).findChildren(DraftDesk)
    return found


def choose(window: MainWindow, kind: str, line: str = "", unit: By | None = None) -> None:
    form = screen(window).form
    form.kind.setCurrentIndex(form.kind.findData(kind))
    if line:
        form.line.setCurrentIndex(form.line.findText(line))
    if unit is not None:
        form.unit.setCurrentIndex(form.unit.findData(unit.value))


def trim(window: MainWindow, line: str, percent: str, unit: By = By.PART) -> None:
    choose(window, "trim", line, unit)
    field = screen(window).form.amount.field
    field.setFocus()
    QTest.keyClicks(field, percent)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_a_typed_target_share_changes_the_screen_and_not_the_list(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    before = window.workspace.session.portfolio
    trim(window, "NVDL", "10", By.WEIGHT)
    view = screen(window).view
    assert view is not None
    assert view.changes[0].text == "Trim NVDL to 10% of your money"
    assert screen(window).headline.text().startswith("Draft A brings ")
    assert window.workspace.session.portfolio is before
    (draft,) = window.workspace.session.drafts
    assert draft.changes[0].kind is ChangeKind.TRIM
    assert not screen(window).changes.isHidden()
    assert screen(window).form.amount.is_blank


def test_that_the_answer_stands_on_top_and_each_part_is_a_switch_away(
    make: Callable[..., MainWindow],
) -> None:
    window = make(rows=ROWS + "QQPRIVX,Harbor Lane Thing,,,700,USD\n")
    shown = screen(window)
    assert not shown.gap.isHidden()
    assert "could not tell what 1 of your 5 holdings is" in shown.gap.accessibleName()
    trim(window, "NVDL", "50")
    assert shown.view is not None
    assert [" → " in one.figure.text for one in shown.view.key_figures] == [True] * 4
    seen = []
    for part in ("owned", "losses", "numbers", "trades"):
        shown.choice.choose(part)
        shown._show_part()
        parts = (shown.families, shown.losses, shown.table)
        seen.append([part.isVisible() for part in parts])
    assert seen == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, True],
    ]
    assert shown.table.figures.view is shown.view.trades


def test_that_changes_are_undone_and_done_again_by_name(make: Callable[..., MainWindow]) -> None:
    window = make()
    trim(window, "NVDL", "50")
    trim(window, "VTI", "25")
    assert window.action("undo").text() == "&Undo: Draft A: Keep 25% of VTI"
    window.menus.action("undo").trigger()
    assert len(window.workspace.session.drafts[0].changes) == 1
    window.menus.action("redo").trigger()
    assert len(window.workspace.session.drafts[0].changes) == 2


def test_that_keeping_is_one_step_that_undo_takes_back(make: Callable[..., MainWindow]) -> None:
    window = make()
    before = window.workspace.session.portfolio
    trim(window, "NVDL", "50")
    screen(window).keep.click()
    session = window.workspace.session
    assert session.drafts == ()
    assert session.portfolio.positions[1].quantity == pytest.approx(50.0)
    assert session.portfolio.cash[0].amount == pytest.approx(6_500.0)
    assert window.action("undo").text() == "&Undo: Draft A: Keep"
    window.action("undo").trigger()
    assert window.workspace.session.portfolio is before
    assert len(window.workspace.session.drafts) == 1


def test_that_a_draft_is_discarded_and_a_change_taken_out(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    trim(window, "NVDL", "50")
    trim(window, "VTI", "50")
    shown = screen(window)
    shown.changes.setFocus()
    shown.changes.setCurrentRow(0)
    QTest.keyClick(shown.changes, Qt.Key.Key_Delete)
    assert shown.view is not None
    assert [line.text for line in shown.view.changes] == ["Keep 50% of VTI"]
    shown.discard.click()
    assert window.workspace.session.drafts == ()
    assert shown.keep.isHidden()


def test_that_an_empty_draft_can_begin_with_an_example(make: Callable[..., MainWindow]) -> None:
    window = make()
    shown = screen(window)
    assert shown.keep.isHidden()
    assert shown.show_all.isHidden()
    assert shown.discard.isHidden()
    offered = [b.text() for b in shown.examples.buttons if b.isVisible()]
    assert offered == ["Keep 50% of NVDA", "Sell all of NVDL", "Move 10% of every line to cash"]
    shown.examples.buttons[1].click()
    assert [line.text for line in seen(window).changes] == ["Sell all of NVDL"]
    assert shown.examples.isHidden()
    assert shown.keep.isVisible()
    window.action("undo").trigger()
    assert shown.examples.isVisible()


def seen(window: MainWindow) -> "WhatIfView":
    view = screen(window).view
    assert view is not None
    return view


def titles_of(window: MainWindow) -> list[str]:
    return [tab.title for tab in seen(window).drafts]


def test_that_a_draft_is_named_and_rounded_and_undo_takes_each_back(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    trim(window, "NVDL", "12.3")
    shown = screen(window)
    desk = shown.findChild(DraftDesk)
    assert desk is not None
    desk.rename(" Less  chips ")
    assert titles_of(window) == ["Draft A: Less chips"]
    shown._rounding.trigger()
    assert seen(window).whole_units
    (trade,) = [row for row in seen(window).trades.rows if row.cells[1].text == "NVDL"]
    assert trade.cells[4].text == "88"  # 87.7 rounded up
    assert window.action("undo").text() == "&Undo: Draft A: Whole units only"
    window.action("undo").trigger()
    assert not seen(window).whole_units
    window.action("undo").trigger()
    assert titles_of(window) == ["Draft A"]


def test_that_four_drafts_stand_side_by_side(make: Callable[..., MainWindow]) -> None:
    window = make()
    trim(window, "NVDL", "50")
    for _ in range(3):
        screen(window)._on_draft("+")
        trim(window, "VTI", "50")
    shown = screen(window)
    assert shown.view is not None
    assert [tab.id for tab in shown.view.drafts] == ["A", "B", "C", "D"]
    assert not shown.view.can_add
    assert len(shown.table.figures.view.columns) == 6
    assert shown.view.chosen == "D"


def test_that_the_least_sale_is_verified_and_put_in(make: Callable[..., MainWindow]) -> None:
    window = make()
    shown = screen(window)
    shown.side.choose("worked_out")
    shown._on_side("worked_out")
    panel = shown.worked_out
    panel.root.setCurrentIndex(panel.root.findData("NVDA.US"))
    panel.field.setValue(30)
    panel.ask()
    assert "would bring it to 30%" in panel.answer.text()
    panel.use.click()
    proposed = window.workspace.proposed
    assert proposed is not None
    (draft,) = proposed.drafts
    (root,) = [x for x in draft.analysis.exposures if x.root == "NVDA.US"]
    assert root.share_of_equity == pytest.approx(0.30)
    panel.ask()
    assert panel.answer.text().startswith("NVIDIA is under 30% already.")
    assert panel.use.isHidden()


def test_that_leverage_undone_says_what_it_takes(make: Callable[..., MainWindow]) -> None:
    window = make()
    text, button = screen(window).worked_out.swaps[0]
    assert text.text().startswith("NVDL carries $10,000 of NVIDIA with $5,000 (17%).")
    button.click()
    view = screen(window).view
    assert view is not None
    assert "It needs $5,000 (17%)." in view.subline
    assert "$1,000 (3.4%) would be borrowed" in view.warning
    assert not view.worked_out


def test_that_something_new_is_found_and_bought(make: Callable[..., MainWindow]) -> None:
    window = make()
    form = screen(window).form
    choose(window, "add", unit=By.MONEY)
    form.symbol.setFocus()
    QTest.keyClicks(form.symbol, "KO")
    form._on_settled()
    offered = [label for label in form._offers if label.startswith("KO.US")]
    assert offered
    form.symbol.setText(offered[0])
    form.amount.field.setText("2000")
    form.price.field.setText("80")
    form._on_use()
    view = screen(window).view
    assert view is not None
    assert view.changes[0].text == "Buy $2,000 of KO"
    assert view.changes[0].effect == "25 units · needs $2,000"
    assert form.price.is_blank
    proposed = window.workspace.proposed
    assert proposed is not None
    (line,) = [x for x in proposed.drafts[0].analysis.positions if x.label == "KO"]
    assert line.instrument is not None
    assert line.instrument.id == "KO.US"


def test_that_an_inverse_fund_of_the_library_sets_a_bet_off(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    form = screen(window).form
    choose(window, "fund")
    form.root.setCurrentIndex(form.root.findData("NVDA.US"))
    assert form.fund.count()
    form.amount.field.setText("50")
    form._on_use()
    view = screen(window).view
    assert view is not None
    assert view.changes[0].text.startswith("Set off 50% of NVDA with ")
    assert view.trades.rows[0].cells[2].text
    proposed = window.workspace.proposed
    assert proposed is not None
    nets = [
        next(x.net for x in a.exposures if x.root == "NVDA.US")
        for a in (proposed.today, proposed.drafts[0].analysis)
    ]
    assert nets[1] == pytest.approx(nets[0] / 2)


def test_that_puts_need_their_terms_and_are_then_valued(make: Callable[..., MainWindow]) -> None:
    window = make()
    form = screen(window).form
    choose(window, "put", "NVDA")
    form.amount.field.setText("1")
    form._update()
    assert not form.use.isEnabled()
    form.strike.field.setText("95")
    form.premium.field.setText("9.5")
    form._update()
    assert form.use.isEnabled()
    form._on_use()
    proposed = window.workspace.proposed
    assert proposed is not None
    (result,) = proposed.drafts
    assert result.proposal.freed == pytest.approx(-950.0)
    named = {x.label: x.status for x in result.analysis.positions}
    assert named[next(x for x in named if x.endswith(" 95 P"))] == "known"


def test_that_all_screens_show_the_draft_marked_and_its_lines_are_not_edited(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    trim(window, "NVDL", "0")
    today = window.workspace.analysis
    window.menus.action("show_draft").trigger()
    window.show_screen("overview")
    assert window.workspace.analysis is not today
    assert window.state_bar._draft.text() == "Draft A"
    assert window.state_bar._today.isVisible()
    assert window.screens["overview"].headline.text().startswith("Draft A · You hold ")
    before = window.workspace.session.portfolio
    window.workspace.edit("Remove", lambda s: remove_position(s, "p1"))
    assert window.workspace.session.portfolio is before
    (told,) = window.notice_texts
    assert told.startswith("You are looking at a draft. Today's list was not changed.")
    window.state_bar._today.click()
    assert window.workspace.choices.shown is None
    assert window.state_bar._draft.isHidden()
    window.workspace.edit("Remove", lambda s: remove_position(s, "p1"))
    assert window.workspace.session.portfolio is not before


def shown_draft(window: MainWindow) -> str | None:
    return window.workspace.choices.shown


def test_that_b_shows_today_or_the_draft_in_a_meeting(make: Callable[..., MainWindow]) -> None:
    window = make()
    trim(window, "NVDL", "0")
    window.show_screen("overview")
    QTest.keyClick(window, Qt.Key.Key_B)
    assert shown_draft(window) is None
    window.meeting.begin(full_screen=False)
    QTest.keyClick(window, Qt.Key.Key_B)
    assert shown_draft(window) == "A"
    assert window.screens["overview"].headline.text().startswith("Draft A · ")
    QTest.keyClick(window, Qt.Key.Key_B)
    assert shown_draft(window) is None


def test_that_cards_without_amounts_have_no_line_of_dots(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    window.show_screen("what-if")
    assert all(card.note for card in seen(window).key_figures)
    window.meeting.begin(full_screen=False)
    window.show_screen("what-if")
    assert [card.note for card in seen(window).key_figures] == ["", "", "", ""]


def test_that_a_number_of_today_opens_today_and_one_of_a_draft_the_draft(
    make: Callable[..., MainWindow],
) -> None:
    window = make()
    trim(window, "NVDL", "0")
    table = screen(window).table
    row = next(r for r in table.figures.view.rows if r.id == "in_effect")
    _name, today, draft = row.cells
    for key, amount in ((today.key, "$30,000.00"), (draft.key, "$20,000.00")):
        assert key is not None
        window.explain(key)
        view = window.drawer.view
        assert view is not None
        assert view.key == key
        assert view.rows[0].figure == amount


def test_that_a_second_file_becomes_a_draft_and_a_model_gives_drift(
    make: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make()
    other = tmp_path / "proposal.csv"
    other.write_text(LIST + "NVDA,NVIDIA Corp,50,100,5000,USD\n", "utf-8")
    desk(window).read_proposal(other)
    view = screen(window).view
    assert view is not None
    texts = [line.text for line in view.changes]
    assert "Sell 50 of NVDA" in texts
    assert "Sell all of VTI" in texts
    desk(window).read_model(other)
    view = screen(window).view
    assert view is not None
    assert view.drift is not None
    assert window.action("undo").text() == "&Undo: Measure against proposal"
    screen(window).choice.choose("drift")
    screen(window)._show_part()
    assert screen(window).table.figures.view is view.drift
    screen(window).model_dropped.emit()
    assert window.workspace.session.model is None


def test_that_trades_are_copied_and_exported(
    make: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make()
    choose(window, "sell", "NVDL")
    screen(window).form._on_use()
    trim(window, "VTI", "50")
    shown = screen(window)
    shown.choice.choose("trades")
    shown._show_part()
    shown.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[:2] for line in lines[1:3]] == [["Sell", "NVDL"], ["Sell", "VTI"]]
    desk(window).write_trades(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["holding"] for row in rows] == ["NVDL", "VTI", ""]
    assert [row["money"] for row in rows] == ["5000.0", "5000.0", "14000.0"]
    desk(window).write_trades(tmp_path / "t.xlsx")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Trades"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert [c.value for c in sheet["B"][1:3]] == ["NVDL", "VTI"]


def test_that_drafts_are_saved_with_the_list_and_open_again(
    make: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = make()
    trim(window, "NVDL", "50")
    path = tmp_path / "kept.levcheck"
    assert window.workspace.save(path)
    headline = screen(window).headline.text()
    window.workspace.close()
    window.workspace.open(path)
    window.show_screen("what-if")
    assert screen(window).headline.text() == headline


@pytest.mark.parametrize("language", ["en", "de", "ko", "zh_TW"])
def test_that_nothing_is_cut_in_any_language(
    make: Callable[..., MainWindow], qtbot: QtBot, language: str
) -> None:
    window = make(Words(language))
    trim(window, "NVDL", "50")
    shown = screen(window)
    for size in ((1024, 640), (1366, 768)):
        window.resize(*size)
        # Columns that stack settle in two rounds.
        qtbot.waitUntil(lambda: shown.horizontalScrollBar().maximum() == 0, timeout=20_000)
        for text in (shown.headline, shown.subline):
            assert text.height() >= text.heightForWidth(text.width())
        for button in (shown.keep, shown.discard, shown.more, shown.form.use):
            assert button.width() >= button.minimumSizeHint().width()


def test_that_only_the_newest_draft_is_shown(qtbot: QtBot) -> None:
    """The worker answers late: what stays on screen is what was asked last."""
    work = Workspace(SampleEngine(), Words("en"))
    with qtbot.waitSignal(work.views_ready, timeout=20_000):
        work.open(Path("story.xlsx"))
    assert work.analysis is not None
    ref = line_ref(work.analysis, "p2")
    for part in (0.9, 0.5, 0.1):
        change = Change(ChangeKind.TRIM, ref, By.PART, part)
        work.edit("Trim", partial(_with_change, change=change))
    qtbot.waitUntil(lambda: not work.is_busy, timeout=20_000)
    assert work.proposed is not None
    assert [len(d.draft.changes) for d in work.proposed.drafts] == [3]
    assert work.proposed.drafts[0].draft == work.session.drafts[0]
    work.stop()


def _with_change(session: Session, change: Change) -> Session:
    return add_change(session, "A", change)
