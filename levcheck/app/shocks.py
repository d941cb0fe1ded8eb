"""Shocks as people type them, turned into a scenario; what names nothing is refused with what is near."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.instrument import Kind
from levcheck.domain.position import Position
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.stress.rates import GREATEST_POINTS, RATES, SPREADS, yield_shocks

CUSTOM: Final = "custom"
CLASSES: Final = (
    "equity",
    "index_equity",
    "sector_equity",
    "country_equity",
    "single_stock",
    "bond",
    "treasury",
    "credit",
    "corporate_bond",
    "gold",
    "silver",
    "metal",
    "commodity",
    "crypto",
    "volatility",
    "currency",
    "cash",
)
_YIELD_WORDS: Final = {
    "rates": RATES,
    "rate": RATES,
    "interest-rates": RATES,
    "spreads": SPREADS,
    "spread": SPREADS,
    "credit-spreads": SPREADS,
}
# Everyday words for classes that can be shocked without a prefix.
_CLASS_WORDS: Final = frozenset({"volatility", "credit", "crypto", "equity"})
_MOVE: Final = re.compile(r"([+-]?(?:\d+[.,]?\d*|[.,]\d+))\s*(%?)")
_ISSUER_SHARES: Final = frozenset({Kind.COMMON, Kind.ADR})


def custom_scenario(
    texts: Sequence[str],
    reference: ReferenceData,
    recognise: Recogniser,
    *,
    held: Collection[str] = (),
    horizon_days: int = 0,
    propagate: bool = True,
) -> Scenario:
    """Return the scenario ``custom`` made of shocks like ``NVDA=-13%``.

    Args:
        texts: ``TARGET=RETURN`` each.
        reference: what targets may name.
        recognise: how a bare symbol is recognised.
        held: ids of roots and instruments of the portfolio, which may be named even if the library lacks them.
        horizon_days: trading days over which it happens; 0 = one instant.
        propagate: whether other roots follow.

    Raises:
        LevcheckError: ``check.bad_shock`` or ``check.unknown_shock``.
    """
    shocks = []
    for text in texts:
        name, move = parse_shock(text)
        shocks += _yields(name, move) or [
            Shock(resolve_target(name, reference, recognise, held), move)
        ]
    story = ", ".join(f"{shock.target} {shock.move:+.1%}" for shock in shocks).replace("-", "−")
    return Scenario(
        id=CUSTOM,
        name="Your own shock",
        story=story,
        shocks=tuple(shocks),
        horizon_days=horizon_days,
        shape=PathShape.STRAIGHT if horizon_days > 1 else PathShape.ONE_DAY,
        source="typed by you",
        propagate=propagate,
        origin=CUSTOM,
    )


def _yields(name: str, points: float) -> list[Shock]:
    """Return what a change of rates or credit spreads means; nothing for any other name."""
    word = _YIELD_WORDS.get(name.strip().lower())
    if word is None:
        return []
    if abs(points) > GREATEST_POINTS:
        raise LevcheckError("check.bad_rate", text=f"{name}={points:+.0%}")
    return list(yield_shocks(word, points))


def parse_shock(text: str) -> tuple[str, float]:
    """Return (target, move as a fraction) of a text like ``NVDA=-0.13`` or ``ai-chips=-30%``.

    Raises:
        LevcheckError: ``check.bad_shock`` when it cannot be read, or means losing more than all.

    >>> parse_shock("class:equity=-20%")
    ('class:equity', -0.2)
    """
    target, equals, figure = text.rpartition("=")
    found = _MOVE.fullmatch(figure.strip().replace("−", "-"))
    if not (equals and target.strip() and found):
        raise LevcheckError("check.bad_shock", text=text)
    move = float(found[1].replace(",", "."))
    if found[2]:
        move = round(move / 100, 12)
    if not (math.isfinite(move) and move >= -1.0):
        raise LevcheckError("check.bad_shock", text=text)
    return target.strip(), move


def resolve_target(
    name: str, reference: ReferenceData, recognise: Recogniser, held: Collection[str] = ()
) -> str:
    """Return the target a scenario understands for what a person typed.

    Raises:
        LevcheckError: ``check.unknown_shock``, with what is near.
    """
    prefix, colon, rest = name.partition(":")
    themes = {theme.id: theme.name for theme in reference.themes()}
    found = (
        _grouped(prefix.strip().lower(), rest.strip(), themes, reference)
        if colon
        else _bare(name, reference, recognise, themes, held)
    )
    if found is None:
        raise LevcheckError("check.unknown_shock", target=name, near=_near(name, themes, held))
    return found


def _grouped(
    prefix: str, rest: str, themes: Collection[str], reference: ReferenceData
) -> str | None:
    word = rest.lower()
    if prefix in ("theme", "sector"):
        return f"theme:{word}" if word in themes else None
    if prefix == "class":
        word = word.replace("-", "_")
        return f"class:{word}" if word in CLASSES else None
    if prefix == "driver":
        known = {driver.id for driver in reference.risk_tables().drivers}
        return f"driver:{word}" if word in known else None
    if prefix == "premium":
        issuer = rest.upper() if "." in rest else f"{rest.upper()}.US"
        return f"premium:{issuer}" if reference.capital_stack(issuer) else None
    lengths = {"country": 2, "currency": 3}
    is_code = len(rest) == lengths.get(prefix) and rest.isalpha()
    return f"{prefix}:{rest.upper()}" if is_code else None


def _bare(
    name: str,
    reference: ReferenceData,
    recognise: Recogniser,
    themes: Collection[str],
    held: Collection[str],
) -> str | None:
    upper = name.upper()
    # A symbol means what is held under it: BTC is the coin to whoever holds the coin, not the fund of that name.
    own = [identifier for identifier in held if identifier.partition(".")[0].upper() == upper]
    only = own if len(own) == 1 else []
    for identifier in (name, upper, *only, f"{upper}.US"):
        row = reference.instrument(identifier)
        if row is not None:
            return row.root if row.kind in _ISSUER_SHARES else row.id
        if identifier in held:
            return identifier
    if name.lower() in themes:
        return f"theme:{name.lower()}"
    if name.lower() in _CLASS_WORDS:
        return f"class:{name.lower()}"
    found = recognise(Position(Place(), symbol=upper)).instrument
    if found is None:
        return None
    return found.root if found.kind in _ISSUER_SHARES else found.id


def _near(name: str, themes: Iterable[str], held: Iterable[str]) -> str:
    """Return what is near as a sentence."""
    word = name.lower().rpartition(":")[2]
    choices = {choice.lower(): choice for choice in (*held, *themes)}
    choices |= {f"class:{kind}": f"class:{kind}" for kind in CLASSES}
    choices |= {choice.partition(".")[0]: full for choice, full in list(choices.items())}
    close = get_close_matches(word, choices, n=3, cutoff=0.5)
    return near_sentence(dict.fromkeys(choices[choice] for choice in close))


def near_sentence(names: Iterable[str]) -> str:
    """Return "Near it: a, b." or how to find out."""
    listed = ", ".join(names)
    return (
        f"Near it: {listed}."
        if listed
        else "See them with: levcheck scenarios, levcheck library list"
    )
