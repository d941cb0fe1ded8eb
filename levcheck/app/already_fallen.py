"""Scenarios that are already under way: what has fallen since is taken off the shock, and the result says so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from levcheck.app.recognition import recogniser_for
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.app.scenarios import held_names
from levcheck.app.shocks import parse_shock, resolve_target
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Severity
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.scenario import Scenario, Shock


def left_of(move: float, already: float) -> float:
    """Return what is left of a move of which a part has happened: (1 + s) / (1 + a) − 1.

    Where the whole move has happened, or more, nothing is left: a scenario of a fall never becomes one of a rise.

    Args:
        move: of the scenario, simple return ≥ −1.
        already: what has happened, simple return > −1.

    >>> round(left_of(-0.3, -0.1), 4)
    -0.2222
    >>> left_of(-0.3, -0.4)
    0.0
    """
    left = (1.0 + move) / (1.0 + already) - 1.0
    return left if left * move > 0.0 else 0.0


def parse_already(
    texts: Sequence[str],
    portfolio: Portfolio,
    reference: ReferenceData,
    *,
    recognise: Recogniser | None = None,
) -> dict[str, float]:
    """Return target → what it has moved since, from texts like ``NVDA=-8%``.

    Raises:
        LevcheckError: a text cannot be read, names nothing, or says that everything is lost already.
    """
    if not texts:
        return {}
    recognise = recognise or recogniser_for(
        reference, base_currency=portfolio.base_currency, as_of=portfolio.as_of
    )
    held = held_names(portfolio, reference, recognise)
    found = {}
    for text in texts:
        name, moved = parse_shock(text)
        if moved <= -1.0:
            raise LevcheckError("scenario.already_beyond", target=name)
        found[resolve_target(name, reference, recognise, held)] = moved
    return found


def with_already(
    scenarios: Sequence[Scenario], already: Mapping[str, float]
) -> tuple[list[Scenario], tuple[Diagnostic, ...]]:
    """Return the scenarios with what has happened taken off, marked in their story, and a notice for each."""
    told: list[Diagnostic] = []
    changed = [_rest(scenario, already, told) for scenario in scenarios]
    named = {shock.target for scenario in scenarios for shock in scenario.shocks}
    told += [
        Diagnostic("scenario.already_unused", Severity.WARNING, None, {"target": target})
        for target in already
        if target not in named
    ]
    return changed, tuple(told)


def _rest(scenario: Scenario, already: Mapping[str, float], told: list[Diagnostic]) -> Scenario:
    shocks, marks = [], []
    for shock in scenario.shocks:
        moved = already.get(shock.target)
        if moved is None:
            shocks.append(shock)
            continue
        rest = left_of(shock.move, moved)
        shocks.append(Shock(shock.target, rest, shock.swing, shock.source))
        marks.append(f"{shock.target} {moved:+.1%}".replace("-", "−"))
        told.append(
            Diagnostic(
                "scenario.already_fallen",
                Severity.WARNING,
                None,
                {
                    "scenario": scenario.name,
                    "target": shock.target,
                    "already": round(100 * moved, 2),
                    "left": round(100 * rest, 2),
                },
            )
        )
    if not marks:
        return scenario
    mark = f"Already moved: {', '.join(marks)}."
    return replace(scenario, shocks=tuple(shocks), story=f"{scenario.story} {mark}".strip())
