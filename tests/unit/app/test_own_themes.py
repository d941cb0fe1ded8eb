"""Bets in the user's own words: made, renamed, edited, merged, split, taken back; no total ever moves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from levcheck.app.analysis import Analysis, ThemeExposure
from levcheck.app.own_themes import (
    add_theme,
    is_changed,
    merge_themes,
    rename_theme,
    restore_theme,
    set_member,
    split_theme,
)
from levcheck.app.pipeline import analyse
from levcheck.app.session import Session
from levcheck.domain.diagnostics import Place
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import Position
from levcheck.domain.scenario import Scenario, Shock
from levcheck.domain.theme import Theme
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.own_themes import keep_themes
from levcheck.reference.user_library import datasets, remove

HELD = {"NVDA": 400.0, "AMD": 100.0, "SOXL": 200.0, "MSTR": 100.0, "JNJ": 200.0, "GOOG": 50.0}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


@pytest.fixture
def session() -> Session:
    lines = tuple(
        Position(Place("a.csv", None, row), symbol=code, market_value=value, currency="USD")
        for row, (code, value) in enumerate(HELD.items(), start=2)
    )
    return Session(Portfolio("Mine", lines))


def checked(session: Session, catalogue: Catalogue, *scenarios: Scenario) -> Analysis:
    return analyse(session.portfolio, catalogue, scenarios, today=date(2026, 6, 30))


def bet(analysis: Analysis, theme: str) -> ThemeExposure | None:
    return next((one for one in analysis.themes if one.theme == theme), None)


def listed(analysis: Analysis, theme: str) -> Theme:
    return next(one for one in analysis.theme_list if one.id == theme)


def members(analysis: Analysis, theme: str) -> set[str]:
    return {one.member for one in listed(analysis, theme).members}


def test_that_a_new_bet_counts_what_the_user_puts_in_and_no_total_moves(
    session: Session, catalogue: Catalogue
) -> None:
    before = checked(session, catalogue)
    changed, made = add_theme(session, "My pair", ["NVDA.US", "JNJ.US"])
    after = checked(changed, catalogue)
    mine = bet(after, made)
    assert mine is not None
    assert mine.name == "My pair"
    through = {root.root: root.net for root in before.exposures}
    assert mine.net == pytest.approx(through["NVDA.US"] + through["JNJ.US"])
    assert (after.equity, after.in_effect) == (before.equity, before.in_effect)
    assert [r.net for r in after.exposures] == [r.net for r in before.exposures]
    # The families are eight and share nothing: a name in two bets is still in one of them.
    assert sum(f.net for f in after.families) == pytest.approx(sum(f.net for f in before.families))
    old = bet(before, "ai-chips")
    kept = bet(after, "ai-chips")
    assert old is not None
    assert kept is not None
    assert kept.net == pytest.approx(old.net)


def test_that_a_root_taken_out_of_its_bet_counts_there_no_longer(
    session: Session, catalogue: Catalogue
) -> None:
    before = bet(checked(session, catalogue), "ai-chips")
    after = bet(checked(set_member(session, "ai-chips", "NVDA.US", 0.0), catalogue), "ai-chips")
    assert before is not None
    assert after is not None
    through = {root.root: root.net for root in checked(session, catalogue).exposures}
    assert before.net - after.net == pytest.approx(through["NVDA.US"])


def test_that_a_root_without_any_bet_left_is_unclassified_and_still_in_a_family(
    session: Session, catalogue: Catalogue
) -> None:
    plain = checked(session, catalogue)
    own, after = session, plain
    for _ in range(5):
        # Out of the sector it still counts by its country, until it is taken out there as well.
        for theme in after.theme_list:
            if theme.id != "unclassified" and "JNJ.US" in {one.member for one in theme.members}:
                own = set_member(own, theme.id, "JNJ.US", 0.0)
        after = checked(own, catalogue)
    assert "JNJ.US" in members(after, "unclassified")
    assert sum(f.net for f in after.families) == pytest.approx(sum(f.net for f in plain.families))


def test_that_every_line_of_an_issuer_leaves_with_it(
    session: Session, catalogue: Catalogue
) -> None:
    plain = checked(session, catalogue)
    theme = next(t.id for t in plain.theme_list if "GOOGL.US" in {m.member for m in t.members})
    after = checked(set_member(session, theme, "GOOGL.US", 0.0), catalogue)
    assert members(after, theme).isdisjoint({"GOOG.US", "GOOGL.US"})


def test_that_half_a_root_counts_half(session: Session, catalogue: Catalogue) -> None:
    changed, made = add_theme(session, "Half", [])
    after = checked(set_member(changed, made, "JNJ.US", 0.5), catalogue)
    half = bet(after, made)
    assert half is not None
    assert half.net == pytest.approx(100.0)


def test_that_a_bet_is_renamed_and_taken_back(session: Session, catalogue: Catalogue) -> None:
    theme = listed(checked(session, catalogue), "ai-chips")
    named = rename_theme(session, theme, "  Chips   of mine ")
    assert listed(checked(named, catalogue), "ai-chips").name == "Chips of mine"
    assert is_changed(named.portfolio.themes, "ai-chips")
    back = restore_theme(named, "ai-chips")
    assert back.portfolio == session.portfolio
    with pytest.raises(ValueError, match="name"):
        rename_theme(session, theme, "  ")


def test_that_merged_bets_count_together_once(session: Session, catalogue: Catalogue) -> None:
    changed, made = add_theme(session, "My pair", ["NVDA.US", "JNJ.US"])
    merged = merge_themes(changed, made, "ai-chips")
    before, after = checked(changed, catalogue), checked(merged, catalogue)
    assert bet(after, made) is None
    chips, was = bet(after, "ai-chips"), bet(before, "ai-chips")
    assert chips is not None
    assert was is not None
    # NVIDIA was in both and counts once; only what was missing comes in.
    assert chips.net - was.net == pytest.approx(HELD["JNJ"])
    with pytest.raises(ValueError, match="itself"):
        merge_themes(session, "ai-chips", "ai-chips")


def test_that_a_scenario_about_a_merged_bet_still_finds_it(
    session: Session, catalogue: Catalogue
) -> None:
    fall = Scenario("s", "Chips fall", "", (Shock("theme:ai-chips", -0.3),), 0, propagate=False)
    merged = merge_themes(session, "ai-chips", "memory")
    (plain,) = checked(session, catalogue, fall).stress
    (after,) = checked(merged, catalogue, fall).stress
    assert plain.pnl < 0
    assert after.pnl == pytest.approx(plain.pnl)


def test_that_merging_in_a_circle_ends(session: Session, catalogue: Catalogue) -> None:
    first = merge_themes(session, "quantum", "space")
    there_and_back = merge_themes(first, "space", "quantum")
    assert {"quantum", "space"} & {t.id for t in checked(there_and_back, catalogue).theme_list} == {
        "quantum"
    }


def test_that_a_split_bet_leaves_the_rest_behind_and_keeps_its_colour(
    session: Session, catalogue: Catalogue
) -> None:
    theme = listed(checked(session, catalogue), "ai-chips")
    split, made = split_theme(session, theme, "Only NVIDIA", ["NVDA.US"])
    after = checked(split, catalogue)
    assert "NVDA.US" not in members(after, "ai-chips")
    assert members(after, made) == {"NVDA.US"}
    assert listed(after, made).family is theme.family
    together = [bet(after, name) for name in ("ai-chips", made)]
    whole = bet(checked(session, catalogue), "ai-chips")
    assert whole is not None
    assert sum(one.net for one in together if one) == pytest.approx(whole.net)


def test_that_bets_of_one_name_are_two(session: Session) -> None:
    once, first = add_theme(session, "Meine Wette", [])
    _, second = add_theme(once, "Meine Wette", [])
    assert first != second


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_that_a_share_outside_none_and_all_is_refused(session: Session, strength: float) -> None:
    with pytest.raises(ValueError, match="share"):
        set_member(session, "ai-chips", "NVDA.US", strength)


def test_that_kept_bets_count_in_every_list_and_removing_takes_them_back(
    session: Session, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    changed, made = add_theme(session, "My pair", ["NVDA.US", "JNJ.US"])
    changed = merge_themes(changed, "quantum", "ai-chips")
    kept = keep_themes(changed.portfolio.themes, today=date(2026, 6, 30))
    assert [one.id for one in datasets()] == [kept.id]
    plain = replace(session.portfolio)
    seen = analyse(plain, Catalogue.for_user(), [], today=date(2026, 6, 30))
    own = analyse(changed.portfolio, catalogue, [], today=date(2026, 6, 30))
    mine, same = bet(seen, made), bet(own, made)
    assert mine is not None
    assert same is not None
    assert mine.net == pytest.approx(same.net)
    assert "quantum" not in {one.id for one in seen.theme_list}
    remove(kept.id)
    assert bet(analyse(plain, Catalogue.for_user(), [], today=date(2026, 6, 30)), made) is None
