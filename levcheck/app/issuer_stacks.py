"""What an issuer's order of claims leaves for a preferred held, beside the sensitivity that was measured."""

from collections.abc import Iterable, Sequence

from levcheck.app.analysis import AnalysedPosition, Analysis, PositionLoss
from levcheck.app.reference_port import ReferenceData
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.instrument import Kind
from levcheck.domain.provenance import Source
from levcheck.domain.risk import Claim
from levcheck.stress.issuer_stack import Stack, value_stack

STACKED = frozenset({Kind.PREFERRED, Kind.CONVERTIBLE})
"""Kinds that are a rung of their issuer's stack."""

_OF_AN_ISSUER = STACKED | {Kind.COMMON, Kind.ADR}
_PREMIUM = "premium:"

MERTON = Source(
    "Merton (1974), On the Pricing of Corporate Debt; Black and Cox (1976) for the order"
)


def held_stacks(
    lines: Sequence[AnalysedPosition], reference: ReferenceData, targets: Iterable[str] = ()
) -> tuple[Claim, ...]:
    """Return the rows of the known stacks of all issuers held, and of those whose premium is a target."""
    issuers = dict.fromkeys(
        line.instrument.root
        for line in lines
        if line.instrument is not None and line.kind in _OF_AN_ISSUER
    )
    issuers |= dict.fromkeys(
        target.removeprefix(_PREMIUM) for target in sorted(targets) if target.startswith(_PREMIUM)
    )
    return tuple(claim for issuer in issuers for claim in reference.capital_stack(issuer))


def explain_tranche(analysis: Analysis, loss: PositionLoss) -> Explanation | None:
    """Return the loss of a preferred by the order of claims; None for a line that is no rung of a known stack.

    The assets move as the scenario says or as they follow from it. A stack without its amounts is said to be
    impossible to value, never given a number.
    """
    line = analysis.position(loss.position)
    if line.instrument is None or line.kind not in STACKED or line.market_value is None:
        return None
    identifier, issuer = line.instrument.id, line.instrument.root
    claims = [claim for claim in analysis.capital_stacks if claim.issuer == issuer]
    if not any(claim.claim == identifier for claim in claims):
        return None
    move = loss.asset_move
    stack = None if move is None else value_stack(claims, asset_move=move)
    rung = next((r for r in stack.rungs if r.claim == identifier), None) if stack else None
    if stack is None or rung is None or move is None:
        return Explanation("explain.tranche_missing", None, Unit.MONEY, args={"issuer": issuer})
    return Explanation(
        "explain.tranche",
        line.market_value * rung.move,
        Unit.MONEY,
        Operation.MODEL,
        inputs=(
            Explanation(
                "explain.tranche_move",
                rung.move,
                Unit.RETURN,
                args={"claim": identifier},
                source=MERTON,
            ),
            *_inputs(claims, stack, move, issuer, identifier),
        ),
        source=MERTON,
        note="explain.note_tranche",
    )


def _inputs(
    claims: Sequence[Claim], stack: Stack, move: float, issuer: str, identifier: str
) -> tuple[Explanation, ...]:
    assets = [claim for claim in claims if claim.kind == "asset"]
    largest = max(assets, key=lambda claim: claim.notional or 0.0)
    share = (largest.notional or 0.0) / stack.assets
    own_rank = next(claim.rank for claim in claims if claim.claim == identifier)
    given = stack.assumptions
    rungs = [
        Explanation(
            "explain.tranche_claim",
            claim.notional,
            Unit.MONEY,
            args={"claim": claim.claim},
            source=Source(claim.source, claim.as_of, "capital_stacks"),
            currency="USD",
        )
        for claim in claims
        if claim.kind != "asset" and claim.rank <= own_rank
    ]
    return (
        Explanation(
            "explain.tranche_assets",
            stack.assets,
            Unit.MONEY,
            args={"issuer": issuer},
            source=Source(largest.source, largest.as_of, "capital_stacks"),
            currency="USD",
        ),
        Explanation(
            "explain.tranche_asset_move",
            move,
            Unit.RETURN,
            args={"asset": largest.claim, "share": f"{share:.0%}"},
            source=MERTON,
        ),
        *rungs,
        Explanation("explain.tranche_volatility", given.asset_volatility, Unit.RATE, source=MERTON),
        Explanation("explain.tranche_years", given.years, Unit.COUNT, source=MERTON),
        Explanation("explain.tranche_rate", given.rate, Unit.RATE, source=MERTON),
    )
