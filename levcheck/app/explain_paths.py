"""How a course over time, one of the twenty outcomes and a day of the two-day table came about."""

from levcheck.app.analysis import Analysis, DailyResetFacts
from levcheck.app.explain import COURSE_START, DAILY_STEP, named
from levcheck.app.leverage_paths import (
    DOTS,
    ENDS,
    LONGEST_DAYS,
    SHAPES,
    TWO_DAYS,
    LeveragePaths,
    PathsRequest,
    leverage_paths,
)
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.provenance import Source
from levcheck.domain.scenario import PathShape

DRAWN = Source(
    "20 quantiles of 8,192 drawn courses: Student-t days with the measured volatility, no trend, a fixed seed"
)
ASSUMED = Source("chosen")
_LINES = ("underlying", "fund", "twin")


def explain_course(analysis: Analysis, *asked: str) -> Explanation:
    """Return how one figure of the Leverage screen came about.

    Args:
        analysis: the result.
        asked: position, days, way, swing, and which figure: ``underlying``, ``fund``, ``twin``, ``dot-3``,
            ``way-straight-fund-1`` or ``day-2-fund``.

    Raises:
        KeyError: there is no such fund or figure.
    """
    position, days, shape, swing, figure = asked
    facts = next((f for f in analysis.daily_reset if f.position == position), None)
    if facts is None or not 1 <= int(days) <= LONGEST_DAYS:
        raise KeyError(position)
    request = PathsRequest(position, int(days), PathShape(shape), float(swing))
    kind, *rest = figure.split(".")
    if kind == "day":
        return _day(analysis, facts, int(rest[0]), rest[1])
    found = leverage_paths(facts, request)
    if kind == "dot":
        return _outcome(analysis, facts, found, int(rest[0]))
    if kind == "way":
        return _way(analysis, facts, found, rest)
    levels = {"underlying": found.underlying, "fund": found.fund, "twin": found.twin}[kind]
    return _course(analysis, facts, found, kind, float(levels[-1] - 1.0), 0.0)


def _course(
    analysis: Analysis,
    facts: DailyResetFacts,
    found: LeveragePaths,
    line: str,
    value: float,
    end: float,
) -> Explanation:
    return Explanation(
        f"explain.course_{line}",
        value,
        Unit.RETURN,
        Operation.MODEL,
        named(line=analysis.position(facts.position).label),
        (
            Explanation(
                "explain.course_multiple", _factor(found, line), Unit.MULTIPLE, source=DAILY_STEP
            ),
            Explanation("explain.course_end", end, Unit.RETURN, source=ASSUMED),
            *_terms(facts, found),
        ),
        source=DAILY_STEP,
    )


def _terms(facts: DailyResetFacts, found: LeveragePaths) -> tuple[Explanation, ...]:
    costs = facts.hidden_drag + facts.financing + (facts.expense_ratio or 0.0)
    return (
        Explanation(
            "explain.horizon", float(found.request.horizon_days), Unit.COUNT, source=ASSUMED
        ),
        Explanation("explain.swing", found.request.swing, Unit.RETURN, source=ASSUMED),
        Explanation(
            "explain.yearly_cost",
            costs,
            Unit.RATE,
            args=named(basis=facts.hidden_drag_basis),
            source=DAILY_STEP,
        ),
    )


def _outcome(
    analysis: Analysis, facts: DailyResetFacts, found: LeveragePaths, number: int
) -> Explanation:
    if not 1 <= number <= len(found.outcomes):
        raise KeyError(number)
    return Explanation(
        "explain.outcome",
        found.outcomes[number - 1],
        Unit.RETURN,
        Operation.MODEL,
        named(n=number, all=DOTS, line=analysis.position(facts.position).label),
        (
            Explanation("explain.multiple", found.factor, Unit.MULTIPLE, source=DAILY_STEP),
            Explanation("explain.volatility", found.volatility, Unit.RATE, source=DRAWN),
            *_terms(facts, found)[::2],
        ),
        source=DRAWN,
    )


def _way(
    analysis: Analysis, facts: DailyResetFacts, found: LeveragePaths, rest: list[str]
) -> Explanation:
    shape, line, number = PathShape(rest[0]), rest[1], int(rest[2])
    way = found.ways[SHAPES.index(shape)]
    value = (way.fund if line == "fund" else way.twin)[number]
    return _course(analysis, facts, found, line, value, ENDS[number])


def _day(analysis: Analysis, facts: DailyResetFacts, day: int, line: str) -> Explanation:
    """Return a level of the two-day table: 100 times one factor a day, before any cost."""
    factor = {"underlying": 1.0, "fund": 1.0, "twin": -1.0}[line]
    factor *= 1.0 if line == "underlying" else facts.daily_leverage_factor
    start = Explanation("explain.start", COURSE_START, Unit.QUANTITY, source=ASSUMED)
    steps = [
        Explanation(
            "explain.day_factor",
            1.0 + factor * float(move),
            Unit.QUANTITY,
            args=named(n=number),
            source=DAILY_STEP,
        )
        for number, move in enumerate(TWO_DAYS[:day], start=1)
    ]
    level = COURSE_START
    for step in steps:
        level *= step.value or 0.0
    return Explanation(
        f"explain.level_{line}",
        level,
        Unit.QUANTITY,
        Operation.PRODUCT,
        named(line=analysis.position(facts.position).label),
        (start, *steps),
    )


def _factor(found: LeveragePaths, line: str) -> float:
    return dict(zip(_LINES, (1.0, found.factor, found.twin_factor), strict=True))[line]
