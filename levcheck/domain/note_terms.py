"""Terms of papers whose value is no straight line of what they ride on: notes, contracts on a level, leveraged tokens."""

from dataclasses import dataclass
from enum import StrEnum


class NoteForm(StrEnum):
    """What kind of promise the terms describe."""

    REVERSE_CONVERTIBLE = "reverse_convertible"
    LEVEL_CONTRACT = "level_contract"
    TOKEN = "token"  # noqa: S105  # a kind of paper, no secret


@dataclass(frozen=True, slots=True)
class NoteTerms:
    """A promise as its sheet states it, and where things stand today.

    Attributes:
        instrument: instrument id.
        form: kind of promise.
        underlyings: what it is written on; of several the worst counts.
        levels: price today over the start (for a level contract: over the level), one for each underlying.
        strike: level from which losses are counted.
        barrier: level below which the protection is gone; None = no protection.
        coupon: still to be paid in the end, fraction of the nominal.
        maturity: ISO date; None = none.
        threshold: size of a move against a token that resets it at once; None = at its fixed time only.
        as_of: ISO date of the levels.
        source: who says so.
    """

    instrument: str
    form: NoteForm
    underlyings: tuple[str, ...]
    levels: tuple[float, ...]
    strike: float
    barrier: float | None
    coupon: float
    maturity: str | None
    threshold: float | None
    as_of: str
    source: str
