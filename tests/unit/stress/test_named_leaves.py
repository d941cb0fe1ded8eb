"""A scenario walks only the edges to leaves it names; the figures are those of walking every edge."""

from dataclasses import replace

import numpy as np
import pytest

from levcheck.app.pipeline import prepared
from levcheck.bench.made_up import portfolio_of_symbols
from levcheck.domain.scenario import Scenario, Shock
from levcheck.reference.scenario_files import load_scenarios
from levcheck.stress import attribution, node_values
from levcheck.stress.attribution import _Spread
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.node_values import NodeValues, _Run
from levcheck.stress.portfolio_stress import ScenarioLosses, StressModel
from tests.helpers.report_lab import DAY, bundled, symbols

_OWN = {
    "everything": (Shock("class:equity", -0.2), Shock("class:bond", -0.05)),
    "country": (Shock("country:US", -0.15),),
    "one": (Shock("NVDA.US", -0.4),),
    "total loss": (Shock("NVDA.US", -1.0), Shock("theme:ai-chips", -0.6)),
    "currency": (Shock("currency:EUR", -0.1), Shock("NVDA.US", -0.1)),
    "fund": (Shock("SPY.US", -0.1),),
    "nothing": (Shock("NVDA.US", 0.0),),
}


def scenarios() -> list[Scenario]:
    own = [Scenario(name, name, "", shocks, 5, origin="custom") for name, shocks in _OWN.items()]
    unlinked = [replace(one, id=f"{one.id} alone", propagate=False) for one in own]
    return [*load_scenarios(), *own, *unlinked]


@pytest.fixture(scope="module")
def model() -> StressModel:
    targets = [shock.target for one in scenarios() for shock in one.shocks]
    held = portfolio_of_symbols(symbols(60), seed=7)
    return prepared(held, bundled(), targets=targets, today=DAY)[0]


def _every_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every edge to a leaf walked, one after the other, as slowly and plainly as can be."""

    def gather(run: _Run) -> None:
        run._gather(run.book.levels.last)

    def load(spread: _Spread, _values: NodeValues) -> None:
        last = spread._book.levels.last
        root, driver = spread._book.graph.root, spread._moves.driver
        holders = np.repeat(last.holder, last.fan).tolist()
        edges = zip(holders, last.child.tolist(), last.weight.tolist(), strict=True)
        for holder, leaf, weight in edges:
            spread._beta[holder, driver[root[leaf]]] += weight * spread._leaf[leaf]

    def noise(spread: _Spread, _values: NodeValues) -> FloatArray:
        last = spread._book.levels.last
        return last.summed(last.weight**2 * spread._own[last.child])

    monkeypatch.setattr(_Run, "_gather_leaves", gather)
    monkeypatch.setattr(_Spread, "_load_leaves", load)
    monkeypatch.setattr(_Spread, "_noise_of_leaves", noise)


def _figures(losses: ScenarioLosses) -> list[FloatArray]:
    whole = np.array([losses.total, losses.total_low, losses.total_high])
    causes = np.array([amount for _, amount in losses.causes])
    return [losses.pnl, losses.low, losses.high, whole, losses.underlying_move, causes]


def _alike(model: StressModel, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [_figures(model.run(one)) for one in scenarios()]
    assert any(np.abs(found[0]).max() > 1_000.0 for found in quick)
    _every_edge(monkeypatch)
    for one, found in zip(scenarios(), quick, strict=True):
        for got, expected in zip(found, _figures(model.run(one)), strict=True):
            np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-6, err_msg=one.id)


def test_that_walking_what_is_named_gives_the_figures_of_walking_everything(
    model: StressModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    _alike(model, monkeypatch)


def test_that_it_does_so_whatever_is_held_to_be_many(
    model: StressModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every leaf that does not follow is walked by itself, and every small rest is summed by itself.
    monkeypatch.setattr(node_values, "_MANY", 0)
    monkeypatch.setattr(attribution, "_LITTLE", 0.5)
    _alike(model, monkeypatch)


def test_that_it_does_so_when_everything_is_many(
    model: StressModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_values, "_MANY", 10**9)
    monkeypatch.setattr(attribution, "_LITTLE", 2.0)
    monkeypatch.setattr(attribution, "_FEW", -1)
    _alike(model, monkeypatch)
