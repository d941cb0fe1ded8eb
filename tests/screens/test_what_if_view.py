"""What-if in words: headline, before and after, changes, trades, drift; every number opens, none leaks."""

import json
from datetime import date
from pathlib import Path

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.draft_arithmetic import leverage_undone
from levcheck.app.draft_import import drift
from levcheck.app.draft_results import DraftResult, Proposed, draft_results
from levcheck.app.pipeline import analyse
from levcheck.app.session import Session, new_session
from levcheck.app.session_files import write_session
from levcheck.app.what_if import keep_draft, line_ref, propose, put_draft
from levcheck.assets import asset
from levcheck.cli import main
from levcheck.cli.services import Services
from levcheck.domain.draft import Bought, By, Change, ChangeKind, Draft
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import OptionTerms
from levcheck.domain.scenario import Scenario, Shock
from levcheck.i18n.words import HIDDEN, Words
from levcheck.importing import read_positions
from levcheck.presenting.choices import Choices
from levcheck.presenting.drawer import explanation_of
from levcheck.presenting.figures import Tone, split_draft_key
from levcheck.presenting.proposed import LOSSES
from levcheck.presenting.what_if import WhatIfView, current_against_proposed, what_if_view
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.scenario_files import load_scenarios
from tests.helpers.made_up_library import portfolio, trap

SERVICES = Services(lambda _: 1, lambda _: (), lambda _page, _path: None, tuple)
HELD, KNOWN = trap()
WORDS = Words("en")
FALLS = tuple(
    Scenario(f"fall-{n}", f"Fall {n}", "", (Shock("NVDA.US", -0.1 * n),), 0) for n in range(1, 7)
)


def look(held: Portfolio) -> Analysis:
    return analyse(held, KNOWN, FALLS, today=date(2026, 7, 1), recognise=KNOWN.recognise)


NOW = look(HELD)
SELL = Change(ChangeKind.SELL, line_ref(NOW, "p3"))
TRIM = Change(ChangeKind.TRIM, line_ref(NOW, "p1"), By.PART, 0.5)
TOO_MUCH = Change(ChangeKind.TRIM, line_ref(NOW, "p1"), By.MONEY, 99_000.0)
BUY = Change(ChangeKind.ADD, by=By.MONEY, amount=40_000.0, buys=Bought("SEMI.US", "SEMI.US"))


def made(*drafts: Draft) -> tuple[DraftResult, ...]:
    return draft_results(NOW, drafts, look)


def view(*drafts: Draft, words: Words = WORDS, chosen: str | None = None) -> WhatIfView:
    return what_if_view(Proposed(NOW, made(*drafts)), words, Choices(draft=chosen))


def test_that_the_headline_answers_what_changes() -> None:
    shown = view(Draft("A", (SELL,)))
    assert shown.headline == "Draft A brings Ai chips from 58% of your money to 22%."
    assert shown.subline.startswith("It frees $10,000 (18%). Cash then: $10,000 (18%).")
    assert "Fall 6: −$17,200 (−31%) today, −$7,200 (−13%) then." in shown.subline
    assert shown.warning == ""


def test_that_without_a_change_it_says_what_to_do() -> None:
    shown = view()
    assert (shown.is_empty, shown.chosen, shown.can_add) == (True, "A", True)
    assert shown.headline.startswith("Nothing is changed yet.")
    assert shown.changes == ()
    assert shown.table.columns[-1].id == "today"
    assert all(r.labelled == r.effective for r in (*shown.families.rows, *shown.losses.rows))


def test_that_what_would_be_borrowed_is_said_and_never_hidden() -> None:
    shown = view(Draft("A", (BUY,)))
    assert shown.subline.startswith("It needs $40,000 (73%). Cash then: $0 (0%).")
    assert shown.warning.startswith("That is more than there is: $40,000 (73%) would be borrowed.")
    rows = {row.id: row for row in shown.table.rows}
    assert rows["debt"].cells[2].text == "$40,000 (73%)"
    assert "excess" in rows


def test_that_drafts_stand_beside_today_in_their_own_columns() -> None:
    table = current_against_proposed(NOW, made(Draft("A", (SELL,)), Draft("B", (TRIM,))), WORDS)
    assert [column.title for column in table.columns] == ["Measure", "Today", "Draft A", "Draft B"]
    family = next(row for row in table.rows if row.id == "family|ai-chips-family")
    assert [cell.sort for cell in family.cells[1:]] == pytest.approx(
        [x.net for x in (NOW.families[0], *(d.analysis.families[0] for d in _both()))]
    )
    losses = [row for row in table.rows if row.id.startswith("scenario|")]
    assert [row.id for row in losses] == [f"scenario|fall-{n}" for n in (6, 5, 4, 3)]
    assert len(losses) == LOSSES


def _both() -> tuple[DraftResult, ...]:
    return made(Draft("A", (SELL,)), Draft("B", (TRIM,)))


def test_that_beside_several_drafts_the_share_steps_into_the_tool_tip() -> None:
    one = current_against_proposed(NOW, made(Draft("A", (SELL,))), WORDS)
    two = current_against_proposed(NOW, _both(), WORDS)
    hidden = current_against_proposed(NOW, _both(), Words("en", hide_amounts=True))
    cells = [table.rows[1].cells[1] for table in (one, two, hidden)]
    assert [cell.text for cell in cells] == ["$85,000 (155%)", "$85,000", "155%"]
    assert cells[1].hint == "$85,000 (155%)"


def test_that_the_scenario_applied_comes_first() -> None:
    table = current_against_proposed(NOW, (), WORDS, "fall-1")
    losses = [row.id for row in table.rows if row.id.startswith("scenario|")]
    assert losses[0] == "scenario|fall-1"


def test_that_before_and_after_share_one_scale_and_one_order() -> None:
    shown = view(Draft("A", (SELL,)))
    for chart in (shown.families, shown.losses):
        ends = [v for r in chart.rows for v in (r.labelled, r.effective) if v is not None]
        assert chart.axis.low <= min(ends)
        assert max(ends) <= chart.axis.high
        assert chart.axis.low <= 0.0 <= chart.axis.high
    today = [row.label for row in view().families.rows]
    assert [row.label for row in shown.families.rows][: len(today)] == today


def test_that_every_number_opens_in_the_analysis_it_comes_from() -> None:
    results = _both()
    shown = what_if_view(Proposed(NOW, results), WORDS)
    analyses: dict[str | None, Analysis] = {d.draft.id: d.analysis for d in results}
    analyses["today"] = NOW
    tables = (shown.table, shown.trades)
    keys = [c.key for t in tables for row in t.rows for c in row.cells if c.key]
    keys += [row.key for chart in (shown.families, shown.losses) for row in chart.rows]
    assert len(keys) > 20
    for key in keys:
        letter, own = split_draft_key(key)
        assert explanation_of(analyses[letter], own).value is not None


def test_that_a_change_that_cannot_be_made_says_why() -> None:
    shown = view(Draft("A", (TOO_MUCH, SELL)))
    first, second = shown.changes
    assert first.effect.startswith("There is less of NVDA.US than this change would sell.")
    assert (first.tone, second.tone) == (Tone.WARNING, Tone.PLAIN)
    assert second.effect == "−1 units · frees $10,000"


def test_that_every_kind_of_change_has_words() -> None:
    put = Bought("P", price=1.0, option=OptionTerms("NVDA", "2027-01-15", 95.0, "P"))
    bear = Bought("NVDS.US", "NVDS.US", factor=-1.0, root="NVDA.US")
    ref = line_ref(NOW, "p1")
    changes = (
        SELL,
        TRIM,
        Change(ChangeKind.TRIM, ref, By.WEIGHT, 0.1),
        Change(ChangeKind.TRIM, ref, By.UNITS, 0.1),
        Change(ChangeKind.TRIM, ref, By.MONEY, 100.0),
        Change(ChangeKind.SWAP, ref, By.PART, 0.5, bear),
        Change(ChangeKind.SWAP, ref, By.PART, 0.5, bear, 2.0),
        BUY,
        Change(ChangeKind.ADD, by=By.WEIGHT, amount=0.9, buys=bear),
        Change(ChangeKind.ADD, by=By.UNITS, amount=3.0, buys=bear),
        Change(ChangeKind.HEDGE, by=By.EXPOSURE, amount=0.1, buys=bear),
        Change(ChangeKind.HEDGE, by=By.UNITS, amount=1.0, buys=put),
        Change(ChangeKind.PAY_DOWN, by=By.PART),
        Change(ChangeKind.PAY_DOWN, by=By.PART, amount=0.5),
        Change(ChangeKind.PAY_DOWN, by=By.MONEY, amount=9.0),
        Change(ChangeKind.TO_CASH, by=By.PART, amount=0.8),
    )
    texts = [line.text for line in view(Draft("A", changes)).changes]
    assert len(set(texts)) == len(changes)
    assert texts[:3] == [
        "Sell all of NVDX2.US",
        "Keep 50% of NVDA.US",
        "Trim NVDA.US to 10% of your money",
    ]
    assert texts[-1] == "Move 20% of every line to cash"


def test_that_the_trades_sum_to_the_cash() -> None:
    shown = view(Draft("A", (SELL, TRIM, BUY)))
    sides = [(row.cells[0].text, row.cells[1].text) for row in shown.trades.rows]
    assert sides == [("Sell", "NVDX2.US"), ("Sell", "NVDA.US"), ("Buy", "SEMI.US")]
    assert shown.trades.total is not None
    assert shown.trades.total.cells[-1].text == "−$25,000.00"
    tsv = shown.trades.as_tsv()
    assert tsv.splitlines()[0].split("\t")[0] == "Buy or sell"


def test_that_drift_names_points_and_opens_todays_number() -> None:
    model = look(portfolio([("NVDA.US", 50.0)], [("USD", 50.0)]))
    shown = what_if_view(Proposed(NOW, drifts=drift(NOW, model)), WORDS)
    assert shown.drift is not None
    row = next(r for r in shown.drift.rows if r.id == "theme:ai-chips")
    assert [c.text for c in row.cells] == ["Ai chips", "Bet", "58%", "50%", "+8.2"]
    assert row.cells[2].key == "draft|today|theme|ai-chips"


@pytest.mark.parametrize("language", ["en", "de", "ko", "zh_TW"])
def test_that_hidden_amounts_leak_nowhere(language: str) -> None:
    words = Words(language, hide_amounts=True)
    shown = view(Draft("A", (SELL, TRIM, BUY, TOO_MUCH)), words=words)
    texts = [shown.headline, shown.subline, shown.warning, *(w.text for w in shown.worked_out)]
    texts += [c.text + c.hint for t in (shown.table, shown.trades) for r in t.rows for c in r.cells]
    texts += [line.hint for line in shown.lines]
    texts += [line.text + line.effect for line in shown.changes]
    texts += [tick.text for chart in (shown.families, shown.losses) for tick in chart.axis.ticks]
    whole = " ".join(texts)
    assert HIDDEN in whole
    for amount in ("10,000", "10.000", "40,000", "99,000", "5,000", "17,200"):
        assert amount not in whole
    assert "$" not in whole


# --- one number --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story() -> tuple[Session, Catalogue]:
    reading = read_positions(asset("examples", "story.xlsx"))
    return new_session([reading]), Catalogue.for_user()


def test_that_today_and_draft_agree_to_the_cent_with_check(
    story: tuple[Session, Catalogue], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session, catalogue = story
    scenarios = load_scenarios()

    def whole(held: Portfolio) -> Analysis:
        return analyse(held, catalogue, scenarios)

    now = whole(session.portfolio)
    undone = leverage_undone(now, catalogue.instrument)
    assert undone
    draft = Draft(
        "A",
        (
            undone[0].change,
            Change(ChangeKind.TRIM, line_ref(now, "p2"), By.PART, 0.25),
            Change(ChangeKind.ADD, by=By.MONEY, amount=5_000.0, buys=Bought("KO", "KO.US")),
        ),
    )
    (result,) = draft_results(now, (draft,), whole)
    assert not any(effect.refused for effect in result.proposal.effects)
    for held, analysis in (
        (put_draft(session, draft), now),
        (keep_draft(session, propose(now, draft)), result.analysis),
    ):
        path = tmp_path / "it.levcheck"
        write_session(path, held)
        assert main.run(["check", str(path), "--json"], SERVICES) == 0
        printed = json.loads(capsys.readouterr().out)
        expected = analysis.to_json()
        for part in (
            "exposures",
            "themes",
            "families",
            "stress",
            "daily_reset",
            "overlap",
            "margin",
        ):
            assert printed[part] == expected[part], part
        assert printed["portfolio"]["equity"] == expected["portfolio"]["equity"]
        assert printed["headline"] == expected["headline"]


def test_that_key_figures_say_what_the_table_says() -> None:
    found = view(Draft("A", changes=(SELL, TRIM)))
    rows = {row.cells[0].text: row for row in found.table.rows}
    figures = {one.label: one for one in found.key_figures}
    for label in ("In effect", "Cash", "Fall 6"):
        today, then = rows[label].cells[1:]
        percents = [cell.text.rpartition("(")[2].rstrip(")") for cell in (today, then)]
        assert figures[label].figure.text == " → ".join(percents)
        for cell in (today, then):
            assert cell.text.partition(" (")[0] in figures[label].note
        if label != "Cash":
            assert figures[label].figure.key == then.key
    hidden = view(Draft("A", changes=(SELL, TRIM)), words=Words("en", hide_amounts=True))
    assert all("$" not in one.figure.text + one.note for one in hidden.key_figures)


def test_that_without_a_change_key_figures_are_those_of_today() -> None:
    found = view()
    assert all("→" not in one.figure.text for one in found.key_figures)
    assert [one.label for one in found.key_figures][1:] == ["In effect", "Fall 6", "Cash"]
