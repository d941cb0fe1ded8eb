"""Two lists of one client side by side: what came, what went, and what that did to bets and losses."""

from dataclasses import replace
from datetime import date

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.comparison import Comparison, Fate, compare, comparison_document
from levcheck.app.document import without_amounts
from levcheck.app.pipeline import analyse
from levcheck.app.result_hash import result_hash
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.comparison import comparison_view
from levcheck.reference.scenario_files import load_scenarios
from tests.helpers.report_lab import bundled

MIRRORED = {
    Fate.ADDED: Fate.REMOVED,
    Fate.REMOVED: Fate.ADDED,
    Fate.MORE: Fate.LESS,
    Fate.LESS: Fate.MORE,
    Fate.PRICED: Fate.PRICED,
    Fate.SAME: Fate.SAME,
}


def a_list(*held: tuple[str, float, float], cash: float = 1000.0, base: str = "USD") -> Analysis:
    positions = tuple(
        Position(
            Place("made.xlsx", "Holdings", row), symbol=symbol, quantity=quantity, currency="USD",
            market_value=quantity * price, value_basis="stated", account=f"A{row % 2}",
        )
        for row, (symbol, quantity, price) in enumerate(held, start=2)
    )  # fmt: skip
    line = CashLine(Place("made.xlsx", "Holdings", 90), "Cash", cash, "USD")
    portfolio = Portfolio("made", positions, (line,), base, "2026-06-30", "ab" * 32)
    return analyse(portfolio, bundled(), list(load_scenarios()), today=date(2026, 11, 22))


@pytest.fixture(scope="module")
def found() -> Comparison:
    before = a_list(("NVDA", 10, 100), ("VOO", 5, 600), ("GLD", 3, 400), ("MSTR", 7, 90))
    after = a_list(
        ("NVDA", 6, 110), ("NVDA", 6, 110), ("VOO", 5, 610), ("NVDL", 20, 80), ("MSTR", 7, 90)
    )
    return compare(before, after)


def test_that_every_line_has_the_fate_it_met(found: Comparison) -> None:
    fates = {line.label: line.fate for line in found.lines}
    assert fates == {
        "NVDA": Fate.MORE,
        "VOO": Fate.PRICED,
        "GLD": Fate.REMOVED,
        "NVDL": Fate.ADDED,
        "MSTR": Fate.SAME,
        "Cash": Fate.SAME,
    }
    nvidia = next(line for line in found.lines if line.label == "NVDA")
    assert (nvidia.quantity_before, nvidia.quantity_after) == (10, 12)
    assert nvidia.value_after == pytest.approx(1320.0)


def test_that_turning_the_lists_round_turns_every_change_round(found: Comparison) -> None:
    turned = compare(found.after, found.before)
    assert {line.key: line.fate for line in turned.lines} == {
        line.key: MIRRORED[line.fate] for line in found.lines
    }
    there = {bet.id: (bet.before, bet.after) for bet in found.bets}
    back = {bet.id: (bet.after, bet.before) for bet in turned.bets}
    assert there == back


def test_that_the_figures_are_those_of_the_two_analyses(found: Comparison) -> None:
    nets = {theme.theme: theme.net for theme in found.after.themes}
    assert {bet.id: bet.after for bet in found.bets if bet.after} == pytest.approx(nets)
    losses = {result.scenario: result.pnl for result in found.before.stress}
    assert {loss.scenario: loss.before for loss in found.losses} == pytest.approx(losses)
    changed = sum((line.value_after or 0) - (line.value_before or 0) for line in found.lines)
    assert changed == pytest.approx(found.after.equity - found.before.equity)


def test_that_a_list_beside_itself_has_not_changed(found: Comparison) -> None:
    same = compare(found.after, found.after)
    assert same.count(Fate.SAME) == len(same.lines)
    view = comparison_view(same, Words("en"))
    assert view.headline == "Nothing was bought or sold between the two lists."
    assert not view.lines.rows
    assert not view.bets.rows
    document = comparison_document(same)
    assert document["before"] == document["after"]


def test_that_lists_in_two_currencies_are_refused(found: Comparison) -> None:
    euros = replace(found.before, portfolio=replace(found.before.portfolio, base_currency="EUR"))
    with pytest.raises(LevcheckError, match=r"report\.other_currency"):
        compare(euros, found.after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_hidden_amounts_are_in_no_cell(found: Comparison, language: str) -> None:
    view = comparison_view(found, Words(language, hide_amounts=True))
    tables = (view.whole, view.shares, view.roots, view.losses, view.lines)
    texts = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert not [text for text in texts if "$" in text]
    assert "1,320" not in " ".join(texts)
    hidden = without_amounts(comparison_document(found))
    assert all(line["market_value_after"] is None for line in hidden["positions"])
    assert all(line["quantity_after"] is None for line in hidden["positions"])


def test_that_the_fingerprint_follows_the_figures_and_nothing_else(found: Comparison) -> None:
    after = found.after
    renamed = replace(after, portfolio=replace(after.portfolio, name="another", as_of=None))
    assert result_hash(renamed) == result_hash(after)
    assert result_hash(found.before) != result_hash(after)
    nudged = replace(after, equity=after.equity + 0.01)
    assert result_hash(nudged) != result_hash(after)
    noisy = replace(after, equity=after.equity + 1e-7)
    assert result_hash(noisy) == result_hash(after)
