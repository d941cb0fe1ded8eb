"""Why the two-times fund and the two-times bear of one share both lost over nine tenths, step by step."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from levcheck.stress.daily_reset import closed_form_return, compound_daily_reset
from levcheck.stress.fund_replay import FundHistory, Promise, implied_spread, model_returns

END = "2026-06-26"


def history(path: Path) -> tuple[FundHistory, npt.NDArray[np.float64]]:
    """Return the closes up to the end of the story, and the overnight rate of each day."""
    from datetime import date

    with path.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    rows = [row for row in rows if row[0] <= END]
    days = [date.fromisoformat(row[0]) for row in rows]
    rates = {2024: 0.0514, 2025: 0.0421, 2026: 0.0364}
    return (
        FundHistory(
            np.array([day.toordinal() for day in days], dtype=float),
            np.array([float(row[1]) for row in rows]),
            np.array([float(row[2]) for row in rows]),
        ),
        np.array([rates[day.year] for day in days[:-1]]),
    )


@pytest.mark.parametrize(
    ("name", "factor", "actual", "no_cost", "closed"),
    [("MSTR_MSTU.csv", 2.0, 0.058, 0.109, 0.105), ("MSTR_MSTZ.csv", -2.0, 0.038, 0.0416, 0.053)],
)
def test_that_decay_takes_most_and_cost_the_rest(
    shared: Path, name: str, factor: float, actual: float, no_cost: float, closed: float
) -> None:
    closes, rate = history(shared / "data" / "prices" / name)
    moves = closes.underlying_returns
    assert closes.fund[-1] / closes.fund[0] == pytest.approx(actual, abs=0.001)
    # Without any cost, day by day.
    bare = 1 + compound_daily_reset(moves[:, None], np.array([factor]))[0]
    assert bare == pytest.approx(no_cost, abs=0.001)
    # The closed form, with the variance that really was.
    years = closes.years
    move = closes.underlying[-1] / closes.underlying[0] - 1
    variance = float(np.sum(moves**2))
    estimate = 1 + closed_form_return(
        move, factor, volatility=float(np.sqrt(variance / years)), years=years
    )
    assert estimate == pytest.approx(closed, abs=0.001)
    # With fee, financing and the spread the prices imply, the fund's own end comes out.
    promise = Promise(np.full(moves.size, factor), 0.0105, 0.0, rate)
    found = implied_spread(closes, promise, np.ones(moves.size, dtype=bool))
    assert found is not None
    paid = np.prod(1 + model_returns(closes, promise, found.implied))
    assert paid == pytest.approx(closes.fund[-1] / closes.fund[0], rel=1e-6)


def test_that_the_swings_alone_were_wide_enough_to_take_nine_tenths_of_both(shared: Path) -> None:
    closes, _ = history(shared / "data" / "prices" / "MSTR_MSTU.csv")
    variance = float(np.sum(closes.underlying_returns**2))
    assert variance == pytest.approx(1.297, abs=0.01)
    assert variance >= np.log(10) / 2
