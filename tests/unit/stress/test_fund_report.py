"""What is told of a fund, for every kind of price file there is, on histories made so that the truth is known."""

import numpy as np
import pytest

from levcheck.stress.daily_reset import SpreadClass, default_spread
from levcheck.stress.fund_faults import Fault, FaultKind, Side
from levcheck.stress.fund_replay import FundHistory, Promise
from levcheck.stress.fund_report import (
    FundReport,
    SpreadBasis,
    SpreadChoice,
    examine_fund,
)
from tests.unit.stress.test_fund_closes import at_another_hour
from tests.unit.stress.test_fund_data import (
    DAYS,
    Array,
    from_day,
    history,
    on_day,
    promise,
    with_fund,
    with_underlying,
)

DEFAULT = SpreadChoice(SpreadBasis.DEFAULT)
ZERO = SpreadChoice(SpreadBasis.ZERO)
CALIBRATED = SpreadChoice(SpreadBasis.CALIBRATED)
CALM = history(volatility=0.01)


def report(
    of: FundHistory = CALM,
    factor: float | Array = 2.0,
    choice: SpreadChoice = DEFAULT,
    group: SpreadClass | None = SpreadClass.INDEX,
    *,
    is_daily_reset: bool = True,
) -> FundReport:
    return examine_fund(of, promise(factor), choice, group, is_daily_reset=is_daily_reset)


def told(of: FundReport) -> list[str]:
    return [note.code for note in of.diagnostics]


def cut(of: FundHistory, days: int, factor: float = 2.0) -> tuple[FundHistory, Promise]:
    whole = promise(factor)
    short = FundHistory(of.ordinals[: days + 1], of.underlying[: days + 1], of.fund[: days + 1])
    return short, Promise(whole.factor[:days], whole.expense_ratio, 0.0, whole.rate[:days])


def paying(days: tuple[int, ...]) -> FundHistory:
    """Return a history whose underlying lost a payment on each of some days."""
    lost = np.prod([from_day(day, 0.97) for day in days], axis=0)
    return with_underlying(CALM, lost)


def test_that_nothing_is_told_of_a_fund_that_does_what_it_says() -> None:
    seen = report()
    assert told(seen) == []
    assert (seen.changes, seen.faults, seen.is_mismatch) == ((), (), False)
    assert seen.fit.days == DAYS


# --- the class of what it rides on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("volatility", "group"), [(0.01, SpreadClass.INDEX), (0.03, SpreadClass.STOCK)]
)
def test_that_a_class_nobody_told_follows_from_how_wild_the_underlying_is_and_is_told(
    volatility: float, group: SpreadClass
) -> None:
    seen = report(history(volatility=volatility), group=None)
    assert seen.spread_class is group
    (note,) = [note for note in seen.diagnostics if note.code == "fund.class_assumed"]
    assert note.args["group"] == group.value


@pytest.mark.parametrize("group", [SpreadClass.METAL, SpreadClass.STOCK])
def test_that_a_class_that_was_told_is_kept(group: SpreadClass) -> None:
    seen = report(group=group)
    assert seen.spread_class is group
    assert "fund.class_assumed" not in told(seen)
    volatility = float(np.std(CALM.underlying_returns) * np.sqrt(252.0))
    assert seen.spread == pytest.approx(default_spread(group, 2.0, volatility))


# --- the spread that is used -------------------------------------------------------------------------------


def test_that_the_spread_is_the_one_chosen() -> None:
    given = report(choice=SpreadChoice(SpreadBasis.GIVEN, 0.07))
    assert (given.spread, given.basis) == (0.07, SpreadBasis.GIVEN)
    assert report(choice=ZERO).spread == 0.0
    fitted = report(choice=CALIBRATED)
    assert fitted.calibrated is not None
    assert (fitted.spread, fitted.basis) == (fitted.calibrated.spread, SpreadBasis.CALIBRATED)
    usual = report()
    assert (usual.spread, usual.basis) == (
        default_spread(SpreadClass.INDEX, 2.0, None),
        SpreadBasis.DEFAULT,
    )


def test_that_a_file_too_short_to_calibrate_takes_what_its_prices_imply() -> None:
    seen = examine_fund(*cut(CALM, 150), CALIBRATED, SpreadClass.INDEX)
    assert seen.calibrated is None
    assert seen.implied is not None
    assert (seen.spread, seen.basis) == (seen.implied.implied, SpreadBasis.CALIBRATED)


def test_that_a_fund_without_swaps_falls_back_to_the_default() -> None:
    plain = report(history(1.0, volatility=0.01), 1.0, CALIBRATED)
    assert (plain.implied, plain.basis) == (None, SpreadBasis.DEFAULT)


def test_that_no_spread_at_all_is_told_where_it_flatters_the_fund() -> None:
    (note,) = report(choice=ZERO).diagnostics
    implied = report().implied
    assert implied is not None
    assert note.code == "fund.zero_spread"
    assert note.args == {
        "implied": round(implied.implied, 4),
        "low": round(implied.low, 4),
        "high": round(implied.high, 4),
    }
    # An index fund that seems to pay next to nothing may be replayed without; a single stock's never is.
    cheap = history(volatility=0.01, spread=0.01, noise=0.0001)
    assert told(report(cheap, choice=ZERO)) == []
    assert told(report(cheap, choice=ZERO, group=SpreadClass.STOCK)) == ["fund.zero_spread"]
    assert told(report(cheap, choice=ZERO, group=SpreadClass.CRYPTO)) == ["fund.zero_spread"]


def test_that_no_spread_is_unknown_where_no_price_can_imply_one() -> None:
    plain = history(1.0, volatility=0.03)
    assert told(report(plain, 1.0, ZERO, SpreadClass.STOCK)) == ["fund.zero_spread_unknown"]


# --- multiples and benchmarks ------------------------------------------------------------------------------


def test_that_a_multiple_that_was_never_kept_is_told_with_the_one_that_was() -> None:
    (note,) = report(factor=3.0).diagnostics
    assert note.code == "fund.factor_disagrees"
    assert note.args == {"days": DAYS, "kept": 2.0}


@pytest.mark.parametrize(("days", "is_told"), [(20, False), (100, True)])
def test_that_another_multiple_is_told_when_it_was_kept_for_a_tenth_of_the_days(
    days: int, *, is_told: bool
) -> None:
    kept = np.where(np.arange(DAYS) < DAYS - days, 2.0, 3.0)
    seen = report(history(kept, volatility=0.01), 2.0)
    assert ("fund.factor_disagrees" in told(seen)) is is_told
    (change,) = seen.changes
    assert (change.before, change.after) == (2.0, 3.0)


def test_that_most_of_several_other_multiples_is_the_one_named() -> None:
    kept = np.select([np.arange(DAYS) < 60, np.arange(DAYS) < 200], [3.0, 1.5], 2.0)
    (note,) = report(history(kept, volatility=0.01), 2.0).diagnostics
    assert note.args["kept"] == 1.5


def test_that_another_benchmark_is_told_and_nothing_else_is_believed() -> None:
    other = history(volatility=0.01, seed=8)
    odd = with_fund(FundHistory(other.ordinals, CALM.underlying, other.fund), from_day(200, 0.1))
    seen = report(odd)
    assert seen.is_mismatch
    assert told(seen) == ["fund.benchmark_mismatch"]
    assert seen.changes == ()
    # A split is seen without any model, what looks like a lost payment is not believed.
    assert {fault.kind for fault in seen.faults} == {FaultKind.UNADJUSTED_SPLIT}


def test_that_closes_of_another_hour_are_told_and_are_no_other_benchmark() -> None:
    seen = report(with_fund(at_another_hour(0.4), from_day(200, 0.96)), group=SpreadClass.STOCK)
    assert "fund.hours_differ" in told(seen)
    assert (seen.is_mismatch, seen.changes) == (False, ())
    assert not [fault for fault in seen.faults if fault.kind is FaultKind.MISSING_DISTRIBUTION]


# --- closes that cannot be believed ------------------------------------------------------------------------


def test_that_faults_are_named_and_left_out_of_every_figure() -> None:
    spoilt = report(with_fund(CALM, from_day(200, 0.5)))
    assert spoilt.faults == (Fault(200, Side.FUND, FaultKind.UNADJUSTED_SPLIT, 0.5),)
    assert spoilt.fit.days == DAYS - 1
    clean = report()
    assert spoilt.fit.drift_per_year == pytest.approx(clean.fit.drift_per_year, abs=0.005)
    assert told(spoilt) == []


def test_that_a_doubtful_last_close_is_told_and_left_out() -> None:
    seen = report(with_fund(CALM, on_day(DAYS - 1, 1.1)))
    assert told(seen) == ["fund.last_close_doubtful"]
    assert seen.fit.days == DAYS - 1


# --- an underlying without its dividends -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "is_told"), [((80, 240), False), ((80, 160, 240), True), ((60, 130, 240, 320), True)]
)
def test_that_three_lost_payments_tell_of_an_underlying_without_dividends(
    days: tuple[int, ...], *, is_told: bool
) -> None:
    seen = report(paying(days))
    lost = [fault for fault in seen.faults if fault.kind is FaultKind.MISSING_DISTRIBUTION]
    assert {fault.side for fault in lost} == {Side.UNDERLYING}
    assert len(lost) == len(days)
    assert ("fund.underlying_price_only" in told(seen)) is is_told


def test_that_payments_the_fund_lost_say_nothing_of_its_underlying() -> None:
    lost = np.prod([from_day(day, 0.96) for day in (80, 160, 240)], axis=0)
    seen = report(with_fund(CALM, lost))
    assert [fault.side for fault in seen.faults] == [Side.FUND] * 3
    assert told(seen) == []


@pytest.mark.parametrize(("factor", "is_told"), [(2.0, True), (-2.0, False)])
def test_that_a_bull_that_is_paid_for_its_swaps_tells_of_it_as_well(
    factor: float, *, is_told: bool
) -> None:
    paid = history(factor, volatility=0.01, spread=-0.05, noise=0.0001)
    assert told(report(paid, factor)) == (["fund.underlying_price_only"] if is_told else [])


def test_that_one_that_pays_a_little_less_than_nothing_does_not() -> None:
    paid = history(volatility=0.01, spread=-0.002, noise=0.0001)
    assert told(report(paid)) == []


# --- funds that keep no multiple ---------------------------------------------------------------------------


def test_that_a_fund_that_keeps_no_multiple_is_judged_by_its_data_alone() -> None:
    spoilt = with_fund(history(volatility=0.01), from_day(200, 0.5) * from_day(300, 0.96))
    seen = report(spoilt, group=None, is_daily_reset=False)
    assert told(seen) == ["fund.not_daily_reset"]
    assert (seen.spread, seen.basis, seen.spread_class) == (0.0, SpreadBasis.ZERO, None)
    assert (seen.implied, seen.calibrated, seen.changes) == (None, None, ())
    assert [fault.kind for fault in seen.faults] == [FaultKind.UNADJUSTED_SPLIT]
    assert not seen.is_mismatch
