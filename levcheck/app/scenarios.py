"""Which scenarios are run: those asked for by id, the user's own shock, or the whole library."""

from collections.abc import Sequence
from difflib import get_close_matches

from levcheck.app.recognition import recogniser_for
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.app.shocks import custom_scenario, near_sentence
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.scenario import Scenario


def chosen_scenarios(
    library: Sequence[Scenario],
    identifiers: Sequence[str],
    shocks: Sequence[str],
    *,
    portfolio: Portfolio,
    catalogue: ReferenceData,
    horizon_days: int = 0,
    propagate: bool = True,
    recognise: Recogniser | None = None,
) -> list[Scenario]:
    """Return the scenarios to run, in the order asked; every one of the library when nothing is asked.

    Args:
        library: the scenarios at hand.
        identifiers: ids asked for.
        shocks: the user's own shocks as ``TARGET=RETURN``; together they are the scenario ``custom``.
        portfolio: what is held; its roots may be shocked even where the library does not list them.
        catalogue: what shocks may name.
        horizon_days: of the user's own shocks; 0 = one instant.
        propagate: whether other roots follow the user's own shocks.
        recognise: how symbols are recognised; the catalogue's own matching when None.

    Raises:
        LevcheckError: an id or a shock names nothing, or a shock cannot be read.
    """
    if not identifiers and not shocks:
        return list(library)
    by_id = {scenario.id: scenario for scenario in library}
    chosen = [_one(by_id, identifier) for identifier in dict.fromkeys(identifiers)]
    if shocks:
        recognise = recognise or recogniser_for(
            catalogue, base_currency=portfolio.base_currency, as_of=portfolio.as_of
        )
        chosen.append(
            custom_scenario(
                shocks,
                catalogue,
                recognise,
                held=held_names(portfolio, catalogue, recognise),
                horizon_days=horizon_days,
                propagate=propagate,
            )
        )
    return chosen


def _one(by_id: dict[str, Scenario], identifier: str) -> Scenario:
    if identifier not in by_id:
        close = get_close_matches(identifier, by_id, n=3, cutoff=0.4)
        raise LevcheckError(
            "check.unknown_scenario", scenario=identifier, near=near_sentence(close)
        )
    return by_id[identifier]


def held_names(
    portfolio: Portfolio, catalogue: ReferenceData, recognise: Recogniser
) -> tuple[str, ...]:
    """Return the ids of everything a portfolio reaches, instruments held first."""
    found = (recognise(position).instrument for position in portfolio.positions)
    held = dict.fromkeys(row.id for row in found if row is not None)
    instruments, holdings = catalogue.closure(held)
    inside = (part.instrument for listing in holdings.values() for part in listing.constituents)
    return tuple(dict.fromkeys((*held, *instruments, *inside)))
