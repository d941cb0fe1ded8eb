"""The whole analysis, step by step: lines, roots, bets, pairs, losses. Everything shown comes out of here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from threading import Lock

from levcheck import __version__
from levcheck.app.analysis import Analysis, LibraryStamp, StressResult
from levcheck.app.exposures import (
    Reached,
    compared_in_part,
    coverage_of,
    family_exposures,
    not_looked_through,
    overlap_of,
    reach,
    root_exposures,
    theme_exposures,
    themes_in_force,
    verdict_of,
    with_members_met,
)
from levcheck.app.forced_flows import forced_flows
from levcheck.app.household import portfolio_from_readings
from levcheck.app.issuer_stacks import held_stacks
from levcheck.app.lines import LEFT_OUT, analysed_lines, left_out_notices
from levcheck.app.liquidity import exits
from levcheck.app.margin_state import margin_facts, margin_notices, with_scenarios
from levcheck.app.option_lines import option_states, with_options
from levcheck.app.own_themes import forget_own_themes, put_away, seen_through
from levcheck.app.recognition import recogniser_for
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.app.stressing import (
    count_of_bets,
    daily_reset_facts,
    names_of,
    risk_facts,
    stress_model,
    stress_result,
)
from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.scenario import Scenario
from levcheck.stress.portfolio_stress import ScenarioLosses, StressModel

__all__ = ["METHOD", "analyse", "forget", "portfolio_from_readings"]

METHOD = 1
"""Number of the calculation method; it goes up whenever the same input would give other figures."""
# Today, four drafts beside it, and the model they are measured against.
_REMEMBERED = 6
_ANSWERS_KEPT = 64


def analyse(
    portfolio: Portfolio,
    catalogue: ReferenceData,
    scenarios: Sequence[Scenario],
    *,
    propagate: bool = True,
    seed: int = 0,  # noqa: ARG001  # part of the public call; no step draws random numbers yet
    today: date | None = None,
    recognise: Recogniser | None = None,
) -> Analysis:
    """Return everything levcheck says about a portfolio.

    What does not depend on the scenarios is remembered for the portfolio and library last asked about, and so are
    its latest answers: another shock on the same portfolio costs only its own losses.

    Args:
        portfolio: the lines as read.
        catalogue: what is known about instruments, funds and themes.
        scenarios: what to try, in the order the results are wanted.
        propagate: False keeps every root where it is unless a shock names it.
        seed: of the random numbers, where a model draws any.
        today: date the overnight rate is taken for; the clock's when None.
        recognise: how lines are recognised; the catalogue's own matching when None.

    Raises:
        LevcheckError: shocks of a scenario contradict each other, are impossible, or name nothing.
    """
    asked = [s if propagate else replace(s, propagate=False) for s in scenarios]
    targets = frozenset(shock.target for scenario in asked for shock in scenario.shocks)
    day = today or datetime.now(UTC).date()
    ground = _MEMORY.ground(portfolio, catalogue, targets, day, recognise)
    answers = [ground.answer(scenario) for scenario in asked]
    told = [diagnostic for answer in answers for diagnostic in answer.diagnostics]
    results = tuple(answer.result for answer in answers)
    return replace(
        ground.base,
        stress=results,
        margin=with_scenarios(ground.base.margin, results),
        diagnostics=_once([*ground.base.diagnostics, *told]),
    )


def prepared(
    portfolio: Portfolio,
    catalogue: ReferenceData,
    *,
    targets: Sequence[str] = (),
    today: date | None = None,
    recognise: Recogniser | None = None,
) -> tuple[StressModel, Analysis]:
    """Return a portfolio ready to be asked about many scenarios, and its analysis without any.

    Args:
        portfolio: the lines as read.
        catalogue: what is known about instruments, funds and themes.
        targets: what will be shocked beyond the roots and instruments held.
        today: date the overnight rate is taken for; the clock's when None.
        recognise: how lines are recognised; the catalogue's own matching when None.
    """
    day = today or datetime.now(UTC).date()
    ground = _MEMORY.ground(portfolio, catalogue, frozenset(targets), day, recognise)
    return ground.model, ground.base


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a scenario does to a portfolio, and what that gives cause to tell."""

    result: StressResult
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everything about a portfolio that no scenario changes.

    Attributes:
        portfolio: what was analysed.
        catalogue: with what.
        targets: what the model knows can be shocked.
        day: date the overnight rate was taken for.
        reached: where the money ends.
        names: what people call each root and instrument.
        model: the portfolio prepared for scenarios.
        base: the analysis without any scenario.
        known: answers to the scenarios last asked, oldest first.
        lock: held while `known` changes.
    """

    portfolio: Portfolio
    catalogue: ReferenceData
    targets: frozenset[str]
    day: date
    reached: Reached
    names: dict[str, str]
    model: StressModel
    base: Analysis
    known: dict[Scenario, _Answer] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def answer(self, scenario: Scenario) -> _Answer:
        """Return what a scenario does; the latest answers are remembered, for a slider moves only one of many."""
        with self.lock:
            found = self.known.pop(scenario, None)
        if found is None:
            losses = self.model.run(scenario)
            found = _Answer(
                stress_result(losses, self.reached.lines, self.base.equity, self.names),
                (*losses.diagnostics, *_not_valued(self.reached, losses)),
            )
        with self.lock:
            self.known[scenario] = found
            if len(self.known) > _ANSWERS_KEPT:
                del self.known[next(iter(self.known))]
        return found

    def serves(
        self, portfolio: Portfolio, catalogue: ReferenceData, targets: frozenset[str], day: date
    ) -> bool:
        """Whether this is the ground of the very same objects, prepared for these targets."""
        return (
            self.portfolio is portfolio
            and self.catalogue is catalogue
            and self.day == day
            and targets <= self.targets
        )


def _ground(
    portfolio: Portfolio,
    catalogue: ReferenceData,
    targets: frozenset[str],
    day: date,
    recognise: Recogniser | None,
) -> _Ground:
    library, catalogue = catalogue, seen_through(catalogue, portfolio.themes)
    recognise = recognise or recogniser_for(
        catalogue, base_currency=portfolio.base_currency, as_of=portfolio.as_of
    )
    read, faults = analysed_lines(portfolio, catalogue, recognise)
    lines, options = with_options(read, portfolio, catalogue, recognise, day)
    reached, graph_faults = reach(lines, catalogue)
    equity = sum(line.market_value or 0.0 for line in lines)
    roots = root_exposures(reached, equity, catalogue)
    themes_known = themes_in_force(reached, catalogue)
    met = with_members_met(themes_known, reached, targets)
    away = with_members_met(put_away(library, themes_known), reached, targets)
    themes = theme_exposures(reached, met, equity)
    stacks = held_stacks(reached.lines, catalogue, targets)
    model = stress_model(
        reached,
        catalogue,
        (*met, *away),
        sorted(targets),
        portfolio.base_currency,
        day,
        option_states(lines, portfolio, catalogue, day),
        stacks,
    )
    names = names_of(reached, roots)
    daily_reset = daily_reset_facts(reached, model, catalogue)
    margin = margin_facts(reached.lines, roots, model)
    base = Analysis(
        portfolio=portfolio,
        equity=equity,
        gross=sum(abs(x.market_value or 0.0) for x in lines if x.position is not None),
        in_effect=sum(root.gross for root in roots if not root.root.endswith(".CASH")),
        verdict=verdict_of(len(lines), equity, themes, roots),
        coverage=coverage_of(reached),
        positions=reached.lines,
        exposures=roots,
        themes=themes,
        families=family_exposures(reached, roots, equity, catalogue),
        overlap=overlap_of(reached, count_of_bets(reached, model)),
        stress=(),
        daily_reset=daily_reset,
        diagnostics=(
            *catalogue.diagnostics,
            *left_out_notices(lines, portfolio.base_currency),
            *faults,
            *options,
            *graph_faults,
            *not_looked_through(reached),
            *compared_in_part(reached),
            *margin_notices(margin),
        ),
        version=__version__,
        method=METHOD,
        library=LibraryStamp(catalogue.snapshot, catalogue.overlays),
        theme_list=themes_known,
        margin=margin,
        forced_flows=forced_flows(daily_reset, reached.lines, catalogue, names),
        capital_stacks=stacks,
        liquidity=exits(reached.lines, catalogue, portfolio.base_currency),
        risk=risk_facts(reached, model, equity, names, met),
    )
    return _Ground(portfolio, library, targets, day, reached, names, model, base)


class _Memory:
    """The grounds last used. Portfolios and libraries never change, so the same objects give the same ground."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._grounds: list[_Ground] = []
        self._lock = Lock()

    def ground(
        self,
        portfolio: Portfolio,
        catalogue: ReferenceData,
        targets: frozenset[str],
        day: date,
        recognise: Recogniser | None,
    ) -> _Ground:
        """Return the ground of a portfolio, remembered where lines are recognised in the library's own way."""
        if recognise is not None:
            return _ground(portfolio, catalogue, targets, day, recognise)
        with self._lock:
            found = next(
                (g for g in self._grounds if g.serves(portfolio, catalogue, targets, day)), None
            )
        if found is None:
            # Built outside the lock: two threads may build the same ground, which is only wasteful.
            found = _ground(portfolio, catalogue, targets, day, None)
        with self._lock:
            others = [ground for ground in self._grounds if ground is not found]
            self._grounds = [found, *others][: self._size]
        return found

    def clear(self) -> None:
        """Drop every ground."""
        with self._lock:
            self._grounds = []


_MEMORY = _Memory(_REMEMBERED)


def forget() -> None:
    """Drop everything remembered, so that nothing of one client is left when the next one sits down."""
    _MEMORY.clear()
    forget_own_themes()


def _not_valued(reached: Reached, losses: ScenarioLosses) -> tuple[Diagnostic, ...]:
    """Return a notice for each line that is known but that a scenario could not value."""
    if not losses.left_out:
        return ()
    known = {line.id: line for line in reached.lines if line.status != LEFT_OUT}
    return tuple(
        Diagnostic(
            reason,
            Severity.WARNING,
            line.position.place if line.position is not None else None,
            {"line": line.label},
        )
        for identifier, reason in losses.left_out
        if (line := known.get(identifier)) is not None
    )


def _once(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without repetitions: twenty scenarios tell the same thing twenty times."""
    seen: dict[tuple[object, ...], Diagnostic] = {}
    for told in diagnostics:
        seen.setdefault((told.code, told.where, tuple(sorted(told.args.items(), key=str))), told)
    return tuple(seen.values())
