"""Editing bets beside the Overlap screen: every change is a step that undo names, and the numbers follow."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.presenting.screens import ScreenViews
from levcheck.presenting.theme_editing import theme_edit_view
from levcheck.ui.engine import LocalEngine
from levcheck.ui.screens.overlap_screen import OverlapScreen
from levcheck.ui.screens.theme_panel import ThemePanel
from levcheck.ui.theme_desk import ThemeDesk
from levcheck.ui.workspace import Workspace
from tests.helpers.sample_analysis import sample_analysis

WORDS = Words("en")
LIST = "Symbol,Quantity,Market Value\nNVDA,1,400\nAMD,1,100\nJNJ,1,500\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Workspace:
    del qtbot
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    file = tmp_path / "mine.csv"
    file.write_text(LIST, encoding="utf-8")
    made = Workspace.immediate(LocalEngine(), WORDS)
    made.open(file)
    return made


@pytest.fixture
def screen(workspace: Workspace, qtbot: QtBot) -> OverlapScreen:
    made = OverlapScreen(WORDS)
    qtbot.addWidget(made)

    def show(views: ScreenViews) -> None:
        made.show_view(views.overlap)

    workspace.views_ready.connect(show)
    ThemeDesk(workspace, made)
    workspace.show_theme("ai-chips")
    assert workspace.views is not None
    made.show_view(workspace.views.overlap)
    made.resize(1100, 700)
    made.show()
    made.edit.click()
    return made


def amounts(workspace: Workspace) -> dict[str, float]:
    analysis = workspace.analysis
    assert analysis is not None
    return {one.name: round(one.net, 6) for one in analysis.themes}


def choose(panel: ThemePanel, *labels: str) -> None:
    for number in range(panel.members.count()):
        item = panel.members.item(number)
        item.setSelected(item.text().startswith(labels))


def test_that_the_panel_opens_beside_the_screen_and_gives_the_room_back(
    screen: OverlapScreen,
) -> None:
    assert screen.side.current == "bet"
    with_panel = screen.viewport().width()
    screen.side.close_button.click()
    assert screen.side.current == ""
    assert screen.viewport().width() - with_panel >= screen.side.width()


def test_that_a_name_taken_out_counts_no_longer_and_undo_brings_it_back(
    screen: OverlapScreen, workspace: Workspace
) -> None:
    panel = screen.side.panel
    before = amounts(workspace)["AI chips"]
    first = panel.members.item(0)
    assert first.text().startswith("NVIDIA")
    first.setCheckState(Qt.CheckState.Unchecked)
    assert amounts(workspace)["AI chips"] == pytest.approx(before - 400)
    assert workspace.history.undo_label == "Change bet"
    workspace.undo()
    assert amounts(workspace)["AI chips"] == pytest.approx(before)
    assert panel.members.item(0).checkState() is Qt.CheckState.Checked


def test_that_a_new_name_is_a_step_of_its_own(screen: OverlapScreen, workspace: Workspace) -> None:
    panel = screen.side.panel
    panel.name.setText("My chips")
    panel.name.setModified(True)
    panel.name.editingFinished.emit()
    assert "My chips" in amounts(workspace)
    assert workspace.history.undo_label == "Rename bet"
    assert not panel.restore.isHidden()
    panel.restore.click()
    assert "AI chips" in amounts(workspace)
    assert panel.restore.isHidden()


def test_that_a_bet_is_made_of_the_chosen_names_and_shown(
    screen: OverlapScreen, workspace: Workspace
) -> None:
    panel = screen.side.panel
    choose(panel, "NVIDIA", "Johnson")
    assert not panel.make.isEnabled()
    panel.new_name.setText("My pair")
    panel.make.click()
    assert amounts(workspace)["My pair"] == pytest.approx(900)
    assert panel.name.text() == "My pair"
    assert workspace.history.undo_label == "New bet"


def test_that_a_split_and_a_merge_leave_the_sum_as_it_was(
    screen: OverlapScreen, workspace: Workspace
) -> None:
    panel = screen.side.panel
    before = amounts(workspace)["AI chips"]
    choose(panel, "NVIDIA")
    panel.new_name.setText("Only NVIDIA")
    panel.part.click()
    parts = amounts(workspace)
    assert parts["AI chips"] + parts["Only NVIDIA"] == pytest.approx(before)
    target = next(a for a in panel.merge.menu().actions() if a.data() == "ai-chips")
    target.trigger()
    assert workspace.history.undo_label == "Put bets together"
    together = amounts(workspace)
    assert "Only NVIDIA" not in together
    assert panel.name.text() == "AI chips"


def test_that_half_a_name_counts_half(screen: OverlapScreen, workspace: Workspace) -> None:
    panel = screen.side.panel
    before = amounts(workspace)["AI chips"]
    choose(panel, "NVIDIA")
    panel.share.setValue(50)
    assert amounts(workspace)["AI chips"] == pytest.approx(before - 200)
    assert panel.members.item(0).text().startswith("NVIDIA (50 %)")


def test_that_kept_bets_count_in_the_next_list(
    screen: OverlapScreen, workspace: Workspace, tmp_path: Path
) -> None:
    panel = screen.side.panel
    choose(panel, "Johnson")
    panel.new_name.setText("Pills")
    panel.make.click()
    panel.keep.click()
    other = tmp_path / "other.csv"
    other.write_text("Symbol,Quantity,Market Value\nJNJ,1,70\n", encoding="utf-8")
    fresh = Workspace.immediate(LocalEngine(), WORDS)
    fresh.open(other)
    assert amounts(fresh)["Pills"] == pytest.approx(70)


def test_that_saved_bets_come_back_with_the_session(
    screen: OverlapScreen, workspace: Workspace, tmp_path: Path
) -> None:
    panel = screen.side.panel
    choose(panel, "Johnson")
    panel.new_name.setText("Pills")
    panel.make.click()
    assert workspace.save(tmp_path / "mine.levcheck")
    fresh = Workspace.immediate(LocalEngine(), WORDS)
    fresh.open(tmp_path / "mine.levcheck")
    assert amounts(fresh)["Pills"] == pytest.approx(500)


def test_that_a_name_is_found_by_typing(screen: OverlapScreen) -> None:
    panel = screen.side.panel
    panel.search.setText("john")
    shown = [
        panel.members.item(number).text()
        for number in range(panel.members.count())
        if not panel.members.item(number).isHidden()
    ]
    assert len(shown) == 1
    assert shown[0].startswith("Johnson")


def test_that_a_bet_nobody_knows_has_no_panel_and_hidden_amounts_stay_hidden() -> None:
    analysis = sample_analysis()
    assert theme_edit_view(analysis, WORDS, "no-such-bet") is None
    theme = analysis.theme_list[0].id if analysis.theme_list else None
    view = theme_edit_view(analysis, Words("en", hide_amounts=True), theme)
    assert view is None or not any("$" in row.amount for row in view.rows)
