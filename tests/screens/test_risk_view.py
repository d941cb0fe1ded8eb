"""The panel of risk: what it says of lists that move as one, that bet both ways, and of amounts that are hidden."""

from datetime import date
from pathlib import Path

import pytest

from levcheck.app.analysis import Analysis
from levcheck.app.explain_risk import explain_theme_risk
from levcheck.app.household import portfolio_from_readings
from levcheck.app.pipeline import analyse
from levcheck.i18n.words import Words
from levcheck.importing import read_positions
from levcheck.presenting.drawer import drawer_view, explanation_of
from levcheck.presenting.figures import What, number_key
from levcheck.presenting.overlap import overlap_view
from levcheck.presenting.portfolio_table import holdings_table
from levcheck.presenting.risk import days_text, risk_view
from levcheck.reference.catalogue import Catalogue

STRATEGY = ("MSTR", "STRK", "STRC", "MSTU", "IBIT", "MSTY")


def analysed(folder: Path, lines: str) -> Analysis:
    file = folder / "held.csv"
    file.write_text("Symbol,Quantity,Price,Market Value\n" + lines, encoding="utf-8")
    portfolio, _ = portfolio_from_readings([read_positions(file)])
    return analyse(portfolio, Catalogue.bundled(), (), today=date(2026, 11, 23))


@pytest.fixture
def strategy(tmp_path: Path) -> Analysis:
    return analysed(tmp_path, "".join(f"{name},100,100,10000\n" for name in STRATEGY))


def test_that_six_wrappers_of_one_stack_move_as_one_bet(strategy: Analysis) -> None:
    assert strategy.risk is not None
    assert strategy.risk.independent_bets == pytest.approx(1.03, abs=0.05)
    bitcoin = next(theme for theme in strategy.themes if theme.theme == "bitcoin")
    assert bitcoin.gross == pytest.approx(strategy.in_effect)
    assert explain_theme_risk(strategy, "bitcoin").value == pytest.approx(1.0)
    # Minimum torsion counts the share and the coin apart, however close; it is told beside the other figure.
    assert strategy.overlap.effective_bets is not None
    assert 1.0 < strategy.overlap.effective_bets < 2.0


def test_that_every_figure_of_the_panel_is_taken_apart(strategy: Analysis) -> None:
    view = risk_view(strategy, Words("en"))
    keys = [figure.key for figure in view.figures] + [row.cells[1].key for row in view.table.rows]
    assert len(keys) == 5
    for key in keys:
        assert key is not None
        tree = explanation_of(strategy, key)
        assert tree.value is not None
        assert drawer_view(strategy, key, Words("de")).rows
    shares = [explanation_of(strategy, row.cells[1].key or "").value for row in view.table.rows]
    assert sum(share or 0.0 for share in shares) == pytest.approx(1.0)
    ratio = explanation_of(strategy, number_key(What.INDEPENDENT_BETS))
    assert ratio.inputs[0].value is not None
    assert ratio.value == pytest.approx(ratio.inputs[0].value ** 2)


def test_that_bets_on_a_fall_leave_the_ratio_undefined_and_say_so(tmp_path: Path) -> None:
    both = analysed(tmp_path, "NVDA,10,100,1000\nSQQQ,10,100,1000\n")
    view = risk_view(both, Words("en"))
    assert "not defined" in view.note
    assert number_key(What.INDEPENDENT_BETS) not in {figure.key for figure in view.figures}
    with pytest.raises(KeyError):
        explanation_of(both, number_key(What.INDEPENDENT_BETS))


def test_that_the_bet_shown_says_its_share_of_the_risk(strategy: Analysis) -> None:
    assert (
        "This bet brings 100% of the risk."
        in overlap_view(strategy, Words("en"), "bitcoin").subline
    )


def test_that_days_to_sell_stand_beside_their_line_and_hide_with_the_amounts(
    tmp_path: Path,
) -> None:
    held = analysed(tmp_path, "005930.KS,100000000,300000,30000000000000\nNVDA,10,100,1000\n")
    (line,) = held.liquidity
    text, days = days_text(held, Words("en"), line.position)
    assert days == line.days
    assert text[0].isdigit()
    tree = explanation_of(held, number_key(What.EXIT, line.position))
    assert tree.value == line.days
    turnover, part = tree.inputs[1:]
    assert (turnover.value, turnover.currency) == (line.turnover_usd, "USD")
    assert part.value == line.participation
    table = holdings_table(held, Words("en"))
    assert table.columns[-1].id == "exit"
    assert all(len(row.cells) == len(table.columns) for row in (*table.rows, table.total) if row)
    hidden = Words("en", hide_amounts=True)
    assert not any(letter.isdigit() for letter in days_text(held, hidden, line.position)[0])
    drawer = drawer_view(held, number_key(What.EXIT, line.position), hidden)
    assert not any(letter.isdigit() for letter in drawer.rows[0].figure)


def test_that_no_column_of_days_is_shown_where_no_turnover_is_known(strategy: Analysis) -> None:
    assert "exit" not in {column.id for column in holdings_table(strategy, Words("en")).columns}
