"""Where in a file something stands, in the reader's language."""

from levcheck.domain.diagnostics import Place
from levcheck.i18n.words import Words


def place_text(words: Words, place: Place | None) -> str:
    """Return a place as a person finds it: ``'Holdings'!E16``, ``'Holdings'!row 16``; "" when nothing is known."""
    if place is None:
        return ""
    if place.cell or not place.row:
        return str(place)
    row = words.text("row {row}", row=place.row)
    return f"'{place.sheet}'!{row}" if place.sheet else row
