"""One row of the table of terms: a note, a convertible, a contract on a level or a token."""

from datetime import date
from typing import Final

from levcheck.domain.note_terms import NoteForm, NoteTerms
from levcheck.reference.tables import Row, must_number, number

_YES: Final = frozenset({"true", "yes", "1"})
_USUAL_FACE: Final = 1000.0
_ABOVE_ZERO: Final = (
    "strike",
    "barrier",
    "call_level",
    "coupon_level",
    "face",
    "ratio",
    "put_price",
)


def terms_from(row: Row) -> NoteTerms:
    """Return the terms of a paper.

    Raises:
        ValueError: a figure is none or cannot be, or there is not one level for each underlying.
    """
    form = NoteForm(row["form"].strip().lower())
    underlyings = tuple(_parts(row["underlyings"]))
    levels = tuple(must_number(part) for part in _parts(row["levels"]))
    if levels and len(levels) != len(underlyings):
        message = "give one level for each underlying, divided by a semicolon"
        raise ValueError(message)
    figures = {name: number(row[name]) for name in (*_ABOVE_ZERO, "threshold", "issuer_spread")}
    _check(form, levels, figures)
    strike, barrier = figures["strike"], figures["barrier"]
    face = figures["face"] or _USUAL_FACE
    if form is NoteForm.CONVERTIBLE:
        levels = tuple(level * (figures["ratio"] or 0.0) / face for level in levels)
    put_price = figures["put_price"]
    return NoteTerms(
        instrument=row["instrument"],
        form=form,
        underlyings=underlyings,
        levels=levels,
        strike=1.0 if strike is None else strike,
        barrier=barrier,
        coupon=number(row["coupon"]) or 0.0,
        maturity=_day(row["maturity"]),
        threshold=figures["threshold"],
        as_of=row["as_of"],
        source=row["source"],
        is_watched=_is_yes(row["watched"]),
        is_touched=_is_yes(row["touched"]),
        call_level=figures["call_level"],
        coupon_level=figures["coupon_level"],
        observations=tuple(day for part in _parts(row["observations"]) if (day := _day(part))),
        has_memory=_is_yes(row["memory"]),
        issuer=row["issuer"].strip() or None,
        issuer_spread=figures["issuer_spread"],
        put_date=_day(row["put_date"]),
        put_price=1.0 if put_price is None else put_price / face,
    )


def _check(form: NoteForm, levels: tuple[float, ...], figures: dict[str, float | None]) -> None:
    threshold, spread = figures["threshold"], figures["issuer_spread"]
    if any(level <= 0 for level in levels) or (threshold is not None and not 0 < threshold < 1):
        message = "levels are above 0, a threshold lies between 0 and 1"
        raise ValueError(message)
    if any(value is not None and value <= 0 for name in _ABOVE_ZERO for value in [figures[name]]):
        message = "levels, face, ratio and prices are above 0"
        raise ValueError(message)
    if spread is not None and not 0 <= spread < 1:
        message = "a spread is a fraction a year (0.012)"
        raise ValueError(message)
    if form is NoteForm.CONVERTIBLE and figures["ratio"] is None:
        message = "a convertible needs its ratio: shares for one face"
        raise ValueError(message)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _day(text: str) -> str | None:
    return date.fromisoformat(text.strip()).isoformat() if text.strip() else None


def _is_yes(text: str) -> bool:
    return text.strip().lower() in _YES
