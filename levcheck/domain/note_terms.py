"""Terms of papers whose value is no straight line of what they ride on: notes, convertibles, contracts, tokens."""

from dataclasses import dataclass
from enum import StrEnum


class NoteForm(StrEnum):
    """What kind of promise the terms describe."""

    REVERSE_CONVERTIBLE = "reverse_convertible"
    LEVEL_CONTRACT = "level_contract"
    TOKEN = "token"  # noqa: S105  # a kind of paper, no secret
    AUTOCALLABLE = "autocallable"
    CONVERTIBLE = "convertible"


@dataclass(frozen=True, slots=True)
class NoteTerms:
    """A promise as its sheet states it, and where things stand today.

    Attributes:
        instrument: instrument id.
        form: kind of promise.
        underlyings: what it is written on; of several the worst counts.
        levels: price today over the start, one for each underlying; for a level contract over the level, for a
            convertible over the price of conversion. Empty = not known.
        strike: level from which losses are counted.
        barrier: level below which the protection is gone; None = no protection.
        coupon: fraction of the nominal: still to be paid in the end; of an autocallable, on each observation; of a
            convertible, a year.
        maturity: ISO date; None = none.
        threshold: size of a move against a token that resets it at once; None = at its fixed time only.
        as_of: ISO date of the levels.
        source: who says so.
        is_watched: whether the barrier is watched all the time, not at maturity alone.
        is_touched: whether a watched barrier was touched before.
        call_level: of an autocallable, at or above which it ends early.
        coupon_level: at or above which a coupon is paid; None = always.
        observations: ISO dates of the observations of an autocallable.
        has_memory: whether missed coupons are paid with the next one.
        issuer: instrument id of who owes it; None = not known.
        issuer_spread: of its issuer over the riskless rate, fraction a year; None = not known.
        put_date: ISO date on which a convertible may be given back; None = never.
        put_price: what is then paid, over the face.
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
    is_watched: bool = False
    is_touched: bool = False
    call_level: float | None = None
    coupon_level: float | None = None
    observations: tuple[str, ...] = ()
    has_memory: bool = False
    issuer: str | None = None
    issuer_spread: float | None = None
    put_date: str | None = None
    put_price: float = 1.0
