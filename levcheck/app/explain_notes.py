"""What a convertible's loss is made of: its bond, and the right to take shares instead."""

from collections.abc import Mapping

from levcheck.app.analysis import PositionLoss
from levcheck.domain.diagnostics import Argument
from levcheck.domain.explanation import Explanation, Operation, Unit
from levcheck.domain.provenance import Source

CONVERTIBLES = Source(
    "bond floor and call on the shares; spread by Ayache, Forsyth and Vetzal (2003)"
)


def explain_convertible(
    loss: PositionLoss, value: Explanation, args: Mapping[str, Argument]
) -> Explanation:
    """Return how bond and option add up to the loss of a convertible; `value` is its price today."""
    floor = loss.floor_pnl or 0.0
    return Explanation(
        "explain.loss_convertible",
        loss.pnl,
        Unit.MONEY,
        Operation.MODEL,
        args,
        (
            value,
            Explanation("explain.convertible_floor", floor, Unit.MONEY, source=CONVERTIBLES),
            Explanation(
                "explain.convertible_option", loss.pnl - floor, Unit.MONEY, source=CONVERTIBLES
            ),
        ),
        source=CONVERTIBLES,
        note="explain.note_convertible",
    )
