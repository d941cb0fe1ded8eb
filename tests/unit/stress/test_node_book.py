"""What no scenario changes about the instruments: which model values each, and what it has to assume."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.note_terms import NoteForm
from levcheck.exposure.graph import build_graph
from levcheck.stress.daily_reset import SpreadClass, default_spread
from levcheck.stress.node_book import (
    ASSUMED_EXPENSE,
    ASSUMED_STOCK_VOLATILITY,
    NodeBook,
    NodeModel,
)
from levcheck.stress.options import OptionState
from levcheck.stress.portfolio_stress import StressInput, StressModel, stress_portfolio
from tests.unit.stress.test_portfolio_stress import (
    CALL,
    LISTS,
    TABLES,
    TRAP,
    book,
    by_line,
    instrument,
    shock,
)
from tests.unit.stress.test_structured_papers import state


def add(monkeypatch: pytest.MonkeyPatch, *rows: Instrument) -> None:
    for row in rows:
        monkeypatch.setitem(TRAP, row.id, row)


def held(*names: str, lists: Mapping[str, tuple[tuple[str, float], ...]] = LISTS) -> StressInput:
    return book([(name, 1000.0) for name in names], lists=lists)


def nodes(lines: StressInput) -> NodeBook:
    return StressModel(lines, TABLES).nodes


def of(lines: StressInput, figures: npt.NDArray[Any]) -> dict[str, Any]:
    return dict(zip(lines.graph.ids, figures.tolist(), strict=True))


def models(*names: str) -> list[NodeModel]:
    lines = held(*names)
    found = of(lines, nodes(lines).models)
    return [NodeModel(found[name]) for name in names]


def test_that_every_kind_of_paper_has_its_model() -> None:
    told = {
        "NVDA.US": NodeModel.LINEAR,
        "BTC": NodeModel.LINEAR,
        "GOLD.COMMODITY": NodeModel.LINEAR,
        "STRC.US": NodeModel.SENSITIVITY,
        "CONV.US": NodeModel.SENSITIVITY,
        "CHIP.US": NodeModel.FUND,
        "STAK.US": NodeModel.FUND,
        "NVD2.US": NodeModel.DAILY_RESET,
        "NVDS.US": NodeModel.DAILY_RESET,
        "MSTY.US": NodeModel.INCOME,
        "BUFF.US": NodeModel.INCOME,
        "HUH.US": NodeModel.UNVALUED,
        "OPT.US": NodeModel.UNVALUED,
        "EVENT.US": NodeModel.UNVALUED,
    }
    assert models(*told) == list(told.values())


@pytest.mark.parametrize(
    ("behind", "part"), [("MSTR.US", 0.85), ("BTC", 0.85), ("IDX", 0.75), ("NOBODY", 0.75)]
)
def test_that_an_income_fund_is_taken_by_what_it_rides_on(
    behind: str, part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(
        monkeypatch,
        instrument("INC.US", Kind.INCOME_FUND, underlying=behind),
        instrument("IDX", Kind.INDEX),
    )
    losses = stress_portfolio(held("INC.US"), shock((behind, -0.2)), TABLES)
    assert losses.total == pytest.approx(-200.0 * part)


# --- contracts -----------------------------------------------------------------------------------------------


def contracts(lines: StressInput, **options: OptionState) -> list[str]:
    named = {name.replace("_", "."): contract for name, contract in options.items()}
    made = StressModel(replace(lines, options=named), TABLES).nodes
    return [lines.graph.ids[node] for node in made.options]


def test_that_an_option_is_revalued_when_it_is_held_rides_on_one_thing_and_has_a_price(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(monkeypatch, instrument("CALL.US", Kind.OPTION, underlying="NVDA.US", factor=5.0))
    lines = held("CALL.US", "NVDA.US", "CHIP.US")
    assert contracts(lines, CALL_US=CALL) == ["CALL.US"]
    assert contracts(lines, OTHER_US=CALL) == []
    assert contracts(lines, NVDA_US=CALL) == []  # rides on nothing
    assert contracts(lines, CHIP_US=CALL) == []  # rides on two
    worthless = replace(CALL, years=0.0)
    assert contracts(lines, CALL_US=worthless) == []


def test_that_a_threshold_is_that_of_the_token_it_was_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(monkeypatch, instrument("TOK.US", Kind.LEVERAGED_FUND, underlying="BTC", factor=3.0))
    token = state(NoteForm.TOKEN, threshold=0.15, barrier=None)
    lines = replace(
        held("TOK.US", "NVDA.US"),
        notes={"TOK.US": token, "GONE": token, "NVDA.US": replace(token, threshold=None)},
    )
    assert nodes(lines).thresholds == {lines.graph.index["TOK.US"]: 0.15}
    losses = stress_portfolio(lines, shock(("BTC", -0.4)), TABLES)
    # Three times a fall by 40 % ends a fund; one that resets after each 15 % is left with something.
    assert -1000.0 < by_line(losses)["p1"] < -800.0


# --- money of its own and of others --------------------------------------------------------------------------


def test_that_only_a_stacked_fund_pays_for_what_it_holds_above_its_own_money(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(monkeypatch, instrument("OVER.US", Kind.ETF), instrument("ALONE.US", Kind.STACKED_FUND))
    lists = {**LISTS, "OVER.US": (("NVDA.US", 0.9), ("AMD.US", 0.6))}
    lines = held("STAK.US", "OVER.US", "ALONE.US", "NVDA.US", lists=lists)
    found = of(lines, nodes(lines).borrowed)
    assert found["STAK.US"] == pytest.approx(0.5)
    assert {name for name, amount in found.items() if amount} == {"STAK.US"}


def test_that_a_stacked_fund_below_its_own_money_borrows_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(monkeypatch, instrument("LOW.US", Kind.STACKED_FUND))
    lines = held("LOW.US", lists={"LOW.US": (("NVDA.US", 0.4),)})
    assert not nodes(lines).borrowed.any()


def test_that_the_cash_of_a_fund_is_in_the_funds_currency(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(monkeypatch, instrument("KFUND.KR", Kind.ETF, country="KR", currency="KRW"))
    lines = held("KFUND.KR", lists={"KFUND.KR": (("NVDA.US", 0.996),)})
    losses = stress_portfolio(lines, shock(("currency:KRW", -0.5)), TABLES)
    assert losses.total == pytest.approx(1000.0 * 0.004 * -0.5)
    assert dict(losses.causes) == pytest.approx({"currency:KRW": losses.total})


def test_that_a_paper_of_unknown_currency_moves_with_none(monkeypatch: pytest.MonkeyPatch) -> None:
    add(
        monkeypatch,
        instrument("BARE.US", Kind.LEVERAGED_FUND, underlying="NVDA.US", factor=2.0, currency=None),
    )
    lines = held("BARE.US", "KOR2.US", "NVDA.US")
    told = dict(zip(lines.graph.ids, nodes(lines).node_currency, strict=True))
    assert (told["BARE.US"], told["NVDA.US"]) == ("", "USD")
    unknown = replace(lines, instruments={k: v for k, v in TRAP.items() if k != "NVDA.US"})
    told = dict(zip(lines.graph.ids, nodes(unknown).node_currency, strict=True))
    assert told["NVDA.US"] == ""


# --- what has to be assumed ----------------------------------------------------------------------------------


def test_that_fees_and_swings_are_assumed_only_where_nobody_knows_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(
        monkeypatch,
        instrument("BASK.US", Kind.LEVERAGED_FUND, underlying="CHIP.US", factor=2.0, expense=0.01),
        instrument("ODD", Kind.CRYPTO),
        instrument("ODD2.US", Kind.LEVERAGED_FUND, underlying="ODD", factor=2.0),
    )
    bare = replace(TABLES, sensitivities=TABLES.sensitivities[:1])
    lines = held("NVD2.US", "WLD2.US", "BASK.US", "ODD2.US", "NVDS.US")
    made = StressModel(lines, bare).nodes
    assert made.assumed_expense == ("WLD2.US", "ODD2.US")
    assert made.assumed_volatility == ("WLD2.US",)
    expense, spread = of(lines, made.expense), of(lines, made.spread)
    assert (expense["NVD2.US"], expense["WLD2.US"]) == (0.0105, ASSUMED_EXPENSE)
    swing = float(np.hypot(1.1 * 0.40, 0.30))
    assert spread["NVD2.US"] == pytest.approx(default_spread(SpreadClass.STOCK, 2.0, swing))
    assert spread["NVDS.US"] == pytest.approx(default_spread(SpreadClass.STOCK, -1.0, swing))
    assert spread["WLD2.US"] == default_spread(SpreadClass.STOCK, 2.0, ASSUMED_STOCK_VOLATILITY)
    assert spread["BASK.US"] == default_spread(SpreadClass.SECTOR, 2.0, None)
    assert spread["ODD2.US"] == default_spread(SpreadClass.CRYPTO, 2.0, None)
    assert {name for name, one in spread.items() if one} == {
        "NVD2.US", "WLD2.US", "BASK.US", "ODD2.US", "NVDS.US",
    }  # fmt: skip


# --- how they are put in order -------------------------------------------------------------------------------


def test_that_only_what_stands_below_a_daily_fund_is_followed_by_days() -> None:
    lines = held("FOF.US", "CHP3.US", "CHIP.US")
    path = of(lines, nodes(lines).is_path)
    assert {name for name, below in path.items() if below} == {
        "CHPX.US", "NVDA.US", "AMD.US",
    }  # fmt: skip


def test_that_what_is_held_is_valued_before_its_holders() -> None:
    lines = held("FOF.US", "CHP3.US", "MSTY.US")
    tier = of(lines, nodes(lines).tier)
    assert tier == {
        "NVDA.US": -1, "AMD.US": -1, "MSTR.US": -1, "CHIP.US": 0, "CHPX.US": 0, "NVD2.US": 0,
        "MSTY.US": 0, "FOF.US": 1, "CHP3.US": 1,
    }  # fmt: skip


def test_that_a_row_nobody_has_is_a_root_of_its_own() -> None:
    graph, _ = build_graph(["NOBODY"], {}, {})
    lines = replace(
        book([("NVDA.US", 1.0)]),
        graph=graph,
        node=np.array([graph.index["NOBODY"]], dtype=np.int64),
    )
    assert nodes(lines).models.tolist() == [NodeModel.LINEAR]
    assert nodes(lines).responses == {}


NAMED: Sequence[str] = ("NVDA.US", "AMD.US", "CHIP.US")


def test_that_a_fund_held_twice_is_valued_once() -> None:
    once, twice = held(*NAMED), held(*NAMED, "CHIP.US")
    assert once.graph.ids == twice.graph.ids
    losses = stress_portfolio(twice, shock(("NVDA.US", -0.1)), TABLES)
    assert losses.pnl.tolist() == pytest.approx([-100.0, 0.0, -20.0, -20.0])
