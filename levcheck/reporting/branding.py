"""Whose report it is: the firm's name, mark, colour and closing text, each checked before it is used."""

import re
from dataclasses import dataclass, field

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reporting.logos import Logo, checked_logo

LONGEST_FIRM_TEXT = 400
LONGEST_NAME = 80
LEAST_CONTRAST = 4.5
"""Of text on white paper, by WCAG 2.2 (1.4.3); white text on the colour then reads as well."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class Branding:
    """What a firm puts on its reports.

    Attributes:
        firm: name of the firm or adviser; "" = none.
        logo: its mark; None = none.
        accent: colour of rules and headings, ``#RRGGBB``; "" = levcheck's own.
        text: closing text of the firm, at most 400 characters.
    """

    firm: str = ""
    logo: Logo | None = field(default=None, repr=False)
    accent: str = ""
    text: str = ""


def checked_branding(
    *, firm: str = "", logo: bytes | None = None, accent: str = "", text: str = ""
) -> Branding:
    """Return a firm's wishes as a branding that can be printed.

    Raises:
        LevcheckError: the mark cannot be used, the colour cannot be read on paper, or a text is too long.
    """
    return Branding(
        firm=_short(firm, LONGEST_NAME, "report.name_too_long"),
        logo=checked_logo(logo) if logo else None,
        accent=checked_accent(accent),
        text=_short(text, LONGEST_FIRM_TEXT, "report.text_too_long"),
    )


def checked_accent(accent: str) -> str:
    """Return a colour that can be read on white paper, in capitals; "" stays "".

    Raises:
        LevcheckError: ``report.no_colour``, or ``report.pale_colour`` with the nearest colour that can be read.
    """
    colour = accent.strip()
    if not colour:
        return ""
    if not _COLOUR.fullmatch(colour):
        raise LevcheckError("report.no_colour", colour=colour[:20])
    ratio = contrast_on_white(colour)
    if ratio < LEAST_CONTRAST:
        raise LevcheckError(
            "report.pale_colour",
            colour=colour.upper(),
            # Rounded down: 4.49 is no 4.5.
            ratio=int(ratio * 10) / 10,
            needed=LEAST_CONTRAST,
            nearest=nearest_readable(colour),
        )
    return colour.upper()


def nearest_readable(colour: str) -> str:
    """Return the lightest colour of the same hue that can be read on white paper.

    >>> nearest_readable("#FFD700") != "#FFD700"
    True
    """
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if contrast_on_white(_scaled(parts, middle)) >= LEAST_CONTRAST:
            low = middle
        else:
            high = middle
    return _scaled(parts, low)


def contrast_on_white(colour: str) -> float:
    """Return the contrast of a colour on white, 1 to 21 (WCAG 2.x).

    >>> round(contrast_on_white("#000000"), 1)
    21.0
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _scaled(parts: list[int], share: float) -> str:
    return "#" + "".join(f"{int(part * share):02X}" for part in parts)


def _short(text: str, longest: int, code: str) -> str:
    flat = " ".join(text.split())
    if len(flat) > longest:
        raise LevcheckError(code, length=len(flat), longest=longest)
    return flat
