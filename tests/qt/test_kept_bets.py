"""Bets kept for every list are seen in the settings: put aside, renamed, used, deleted and brought back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from levcheck.app.kept_bets import KeptChange
from levcheck.app.own_themes import add_theme, merge_themes, set_member
from levcheck.app.session import EMPTY_SESSION
from levcheck.domain.diagnostics import LevcheckError
from levcheck.i18n.words import Words
from levcheck.presenting.kept_bets import kept_bets_views
from levcheck.reference.own_themes import keep_themes, kept_themes
from levcheck.reference.user_library import datasets
from levcheck.ui.bets_desk import BetsDesk
from levcheck.ui.engine import LocalEngine
from levcheck.ui.jobs import LatestJob
from levcheck.ui.screens.kept_bets_list import KeptBetsList
from levcheck.ui.screens.known_columns import KnownColumns
from levcheck.ui.workspace import Workspace

WORDS = Words("en")
LIST = "Symbol,Quantity,Market Value\nNVDA,1,400\nAMD,1,100\nJNJ,1,500\n"
DAY = date(2026, 6, 30)


def keep_two() -> None:
    """Keep a bet of one's own and a change of one of the library's, as pressing the button twice would."""
    session, pills = add_theme(EMPTY_SESSION, "Pills", ["JNJ.US"])
    keep_themes(session.portfolio.themes, today=DAY)
    session = set_member(session, pills, "NVDA.US", 0.5)
    session = merge_themes(set_member(session, "ai-chips", "AMD.US", 0.0), "quantum", "ai-chips")
    keep_themes(session.portfolio.themes, today=DAY)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalEngine:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    keep_two()
    return LocalEngine()


@pytest.fixture
def workspace(tmp_path: Path, engine: LocalEngine, qtbot: QtBot) -> Workspace:
    del qtbot
    file = tmp_path / "mine.csv"
    file.write_text(LIST, encoding="utf-8")
    made = Workspace.immediate(engine, WORDS)
    made.open(file)
    return made


@pytest.fixture
def bets(workspace: Workspace, qtbot: QtBot) -> Iterator[KeptBetsList]:
    made = KeptBetsList()
    qtbot.addWidget(made)
    made.speak(WORDS)
    desk = BetsDesk(workspace, workspace)
    desk.serve(made)
    made.show()
    yield made
    desk.leave()


def names(bets: KeptBetsList) -> list[str]:
    return [bets.bets.item(row).text() for row in range(bets.bets.count())]


def choose(bets: KeptBetsList, start: str) -> None:
    row = next(row for row, text in enumerate(names(bets)) if text.startswith(start))
    bets.bets.setCurrentRow(row)


def ticked(bets: KeptBetsList, start: str) -> Qt.CheckState:
    choose(bets, start)
    return bets.bets.currentItem().checkState()


def in_force(workspace: Workspace) -> dict[str, float]:
    analysis = workspace.analysis
    assert analysis is not None
    return {one.name: round(one.net, 6) for one in analysis.themes}


def test_that_kept_bets_are_listed_with_their_names_origin_and_day(bets: KeptBetsList) -> None:
    assert names(bets) == ["AI chips", "Pills · 2 names", "Quantum computing"]
    choose(bets, "Pills")
    assert bets.detail.text() == (
        "Counts: Johnson & Johnson, NVIDIA (50%). Made by you, June 30, 2026."
    )
    choose(bets, "AI chips")
    assert bets.detail.text().startswith("Taken out: ")
    choose(bets, "Quantum")
    assert bets.detail.text().startswith("Put into AI chips.")


def test_that_a_bet_put_aside_counts_no_longer_and_stays(
    bets: KeptBetsList, workspace: Workspace
) -> None:
    assert in_force(workspace)["Pills"] == pytest.approx(700)
    choose(bets, "Pills")
    bets.bets.currentItem().setCheckState(Qt.CheckState.Unchecked)
    assert "Pills" not in in_force(workspace)
    assert ticked(bets, "Pills") is Qt.CheckState.Unchecked
    assert "Pills" not in {one.name for one in LocalEngine()._catalogue().themes()}  # a new start
    bets.bets.currentItem().setCheckState(Qt.CheckState.Checked)
    assert in_force(workspace)["Pills"] == pytest.approx(700)


def test_that_a_renamed_bet_keeps_its_names_and_its_day(
    bets: KeptBetsList, workspace: Workspace
) -> None:
    choose(bets, "Pills")
    bets.rename_to("own-pills", "  My\npills ")
    assert "My pills · 2 names" in names(bets)
    assert in_force(workspace)["My pills"] == pytest.approx(700)
    assert bets.detail.text().endswith("June 30, 2026.")
    bets.rename_to("own-pills", " ")
    assert "My pills · 2 names" in names(bets)
    bets.undo.click()
    assert in_force(workspace)["Pills"] == pytest.approx(700)


def test_that_one_of_the_librarys_own_can_be_renamed_and_stays_in_its_family(
    bets: KeptBetsList, workspace: Workspace
) -> None:
    bets.rename_to("ai-chips", "Brains")
    analysis = workspace.analysis
    assert analysis is not None
    (found,) = [one for one in analysis.theme_list if one.id == "ai-chips"]
    assert (found.name, found.family.value) == ("Brains", "ai-chips-family")


def test_that_a_deleted_bet_is_gone_and_undo_brings_it_back_whole(
    bets: KeptBetsList, workspace: Workspace
) -> None:
    before = {one.id: one for one in kept_themes()}
    choose(bets, "Pills")
    bets.delete.click()
    assert names(bets) == ["AI chips", "Quantum computing"]
    assert "Pills" not in in_force(workspace)
    assert {one.id for one in kept_themes()} == {"ai-chips", "quantum"}
    assert bets.undo.text() == "Undo: back to “Pills”"
    bets.undo.click()
    assert in_force(workspace)["Pills"] == pytest.approx(700)
    after = {one.id: one for one in kept_themes()}
    assert {key: one.own for key, one in after.items()} == {
        key: one.own for key, one in before.items()
    }
    assert bets.undo.isHidden()


def test_that_a_kept_bet_becomes_part_of_the_open_list_and_undo_takes_it_out(
    bets: KeptBetsList, workspace: Workspace
) -> None:
    choose(bets, "Pills")
    bets.bets.currentItem().setCheckState(Qt.CheckState.Unchecked)
    choose(bets, "Pills")
    bets.use.click()
    assert in_force(workspace)["Pills"] == pytest.approx(700)
    assert workspace.history.undo_label == "Use a kept bet"
    assert bets.said.text() == "Pills is part of the open list now."
    workspace.undo()
    assert "Pills" not in in_force(workspace)


def test_that_a_bet_from_a_table_names_its_file_and_keeps_its_reasons(
    engine: LocalEngine, tmp_path: Path
) -> None:
    table = tmp_path / "themes.csv"
    table.write_text(
        "theme,member,strength,reason,source\n"
        "my-pair,NVDA.US,1,they move alike,my notes\nmy-other,JNJ.US,1,old,my notes\n"
    )
    engine.add_to_library(table, None, None)
    (pair,) = [one for one in kept_bets_views(engine.kept_bets(), WORDS) if one.id == "my-pair"]
    assert pair.detail == "Counts: NVIDIA. From the file themes.csv."
    engine.change_kept(KeptChange("my-pair", counts=False))
    aside = {one.id: one for one in kept_themes()}
    assert not aside["my-pair"].counts
    assert aside["my-pair"].rows["themes"][0]["reason"] == "they move alike"
    assert aside["my-other"].counts
    assert aside["my-other"].rows["themes"][0]["reason"] == "old"
    assert aside["my-other"].file == "themes.csv"


def test_that_what_is_left_of_a_dataset_still_counts_in_its_old_order(engine: LocalEngine) -> None:
    session, late = add_theme(EMPTY_SESSION, "Late", ["JNJ.US"])
    session = set_member(session, "own-pills", "NVDA.US", 0.25)
    keep_themes(session.portfolio.themes, today=DAY)
    engine.change_kept(KeptChange("ai-chips"))
    (pills,) = [one for one in kept_themes() if one.id == "own-pills"]
    assert [one.strength for one in pills.own.members] == [1.0, 0.25]
    engine.change_kept(KeptChange(late))
    assert {one.id for one in kept_themes()} == {"own-pills", "quantum"}
    assert len({one.id for one in datasets()}) == len(datasets())


def test_that_a_bet_nobody_keeps_cannot_be_changed(engine: LocalEngine) -> None:
    with pytest.raises(LevcheckError) as told:
        engine.change_kept(KeptChange("own-nothing", name="New"))
    assert told.value.code == "reference.not_in_library"


def test_that_two_quick_changes_are_both_made(engine: LocalEngine, qtbot: QtBot) -> None:
    workspace = Workspace(engine, WORDS, job=LatestJob)
    answers: list[object] = []
    workspace.library.kept_bets_ready.connect(answers.append)
    workspace.library.change_kept_bet(KeptChange("own-pills", counts=False))
    workspace.library.change_kept_bet(KeptChange("quantum", counts=False))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=20_000)
    assert {one.id: one.counts for one in kept_themes()} == {
        "own-pills": False,
        "quantum": False,
        "ai-chips": True,
    }
    workspace.deleteLater()


def test_that_all_matchings_can_be_forgotten_and_remembered_again(qtbot: QtBot) -> None:
    shown = KnownColumns()
    qtbot.addWidget(shown)
    shown.speak(WORDS)
    known = {"f1": {"symbol": "A"}, "f2": {"symbol": "B", "quantity": "C"}}
    kept: list[object] = []
    shown.changed.connect(kept.append)
    shown.show_known(known)
    shown.show()
    shown.forget_all.click()
    assert kept == [{}]
    assert shown.columns.count() == 0
    assert not shown.nothing.isHidden()
    shown.undo.click()
    assert kept[-1] == known
    assert shown.undo.isHidden()
    shown.columns.setCurrentRow(0)
    shown.forget.click()
    assert kept[-1] == {"f1": {"symbol": "A"}}
    shown.undo.click()
    assert kept[-1] == known
