"""The everyday words for families, doors, kinds, models and reasons."""

from typing import TYPE_CHECKING

from levcheck.domain.instrument import Kind, Wrapper
from levcheck.domain.scenario import PathShape
from levcheck.domain.theme import Family
from levcheck.i18n.words import Words

if TYPE_CHECKING:
    from levcheck.app.analysis import AnalysedPosition, Analysis, CauseLoss, RootExposure

FAMILY_NAMES = {
    Family.AI_CHIPS: "AI & chips",
    Family.CRYPTO: "Crypto",
    Family.SPACE: "Space & frontier",
    Family.BROAD_EQUITY: "Broad equity",
    Family.OTHER_SECTORS: "Other sectors",
    Family.REAL_ASSETS: "Real assets",
    Family.BONDS: "Bonds & credit",
    Family.NEUTRAL: "Cash & other",
}
FAMILY_BADGES = {
    Family.AI_CHIPS: "AI",
    Family.CRYPTO: "CR",
    Family.SPACE: "SP",
    Family.BROAD_EQUITY: "EQ",
    Family.OTHER_SECTORS: "SE",
    Family.REAL_ASSETS: "RA",
    Family.BONDS: "BO",
    Family.NEUTRAL: "NE",
}
WRAPPER_NAMES = {
    Wrapper.DIRECT: "direct",
    Wrapper.FUND: "fund",
    Wrapper.LEVERAGED: "leveraged",
    Wrapper.INVERSE: "inverse",
    Wrapper.PREFERRED: "preferred",
    Wrapper.OPTION: "option",
    Wrapper.INCOME: "income fund",
    Wrapper.CRYPTO: "crypto",
    Wrapper.NOTE: "note",
}
KIND_NAMES = {
    Kind.COMMON: "Stock",
    Kind.ADR: "Stock (ADR)",
    Kind.PREFERRED: "Preferred",
    Kind.CONVERTIBLE: "Convertible",
    Kind.ETF: "Fund",
    Kind.MUTUAL_FUND: "Fund",
    Kind.LEVERAGED_FUND: "Leveraged fund",
    Kind.INVERSE_FUND: "Inverse fund",
    Kind.INCOME_FUND: "Income fund",
    Kind.BUFFER_FUND: "Buffer fund",
    Kind.STACKED_FUND: "Stacked fund",
    Kind.COMMODITY_TRUST: "Commodity trust",
    Kind.CRYPTO_TRUST: "Crypto fund",
    Kind.CRYPTO: "Crypto",
    Kind.TOKEN: "Token",
    Kind.OPTION: "Option",
    Kind.NOTE: "Note",
    Kind.BOND: "Bond",
    Kind.CASH: "Cash",
    Kind.INDEX: "Index",
    Kind.CONTRACT: "Contract",
}
MODEL_NAMES = {
    "linear": "moves with it",
    "fund": "through its holdings",
    "daily_reset": "daily reset",
    "sensitivity": "stated sensitivity",
    "tranche": "order of claims",
    "option": "option revalued",
    "note": "note revalued",
    "convertible": "bond and option",
    "cash": "cash, no change",
}
SHAPE_NAMES = {
    PathShape.ONE_DAY: "all in one day",
    PathShape.STRAIGHT: "a little each day",
    PathShape.CRASH_THEN_CHOP: "a crash, then choppy days",
    PathShape.CHOP_FLAT: "choppy days that end flat",
    PathShape.V_SHAPE: "down, then up again",
    PathShape.UP_THEN_DOWN: "up, then down again",
}
MATCH_NAMES = {
    "isin": "by its ISIN",
    "cusip": "by its CUSIP",
    "wkn": "by its WKN",
    "symbol": "by its ticker",
    "symbol_and_name": "by ticker and name",
    "name": "by its name",
    "confirmed": "by you",
    "cash": "as cash",
}


def family_name(words: Words, family: Family) -> str:
    """Return what people call a family."""
    return words.text(FAMILY_NAMES[family])


def wrapper_name(words: Words, wrapper: Wrapper) -> str:
    """Return the word for a door."""
    return words.text(WRAPPER_NAMES[wrapper])


def badge_text(words: Words, line: "AnalysedPosition") -> str:
    """Return the short word for what a line is: ``Stock``, ``Fund``, ``2x``, ``−1x``, ``Preferred`` …."""
    if line.kind is None:
        return words.text("Unknown")
    if line.instrument is not None and line.instrument.overridden:
        return words.text("{kind} (yours)", kind=_plain_badge(words, line, line.kind))
    return _plain_badge(words, line, line.kind)


def _plain_badge(words: Words, line: "AnalysedPosition", kind: Kind) -> str:
    if kind in {Kind.LEVERAGED_FUND, Kind.INVERSE_FUND}:
        if line.daily_leverage_factor is None:
            return words.text("Multiple unknown")
        return words.multiple(line.daily_leverage_factor)
    return words.text(KIND_NAMES[kind])


def badge_door(line: "AnalysedPosition") -> Wrapper | None:
    """Return the door whose pattern stands in the badge; None when it is not known what the line is."""
    return line.wrapper if line.kind is not None else None


def model_name(words: Words, model: str) -> str:
    """Return how a loss was worked out, in a few words."""
    return words.text(MODEL_NAMES.get(model, model.replace("_", " ")))


def line_label(analysis: "Analysis", identifier: str) -> str:
    """Return what the line with this id is called; the id itself when there is none."""
    for line in analysis.positions:
        if line.id == identifier:
            return line.label
    return identifier


def line_name(analysis: "Analysis", identifier: str) -> str:
    """Return the full name of the line with this id."""
    for line in analysis.positions:
        if line.id == identifier:
            return full_name(line)
    return identifier


def full_name(line: "AnalysedPosition") -> str:
    """Return the name a person would recognise the line by."""
    if line.instrument is not None:
        return line.instrument.name
    if line.position is not None and line.position.name:
        return line.position.name
    return line.label


def joined(words: Words, parts: list[str]) -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    first = parts[0]
    for part in parts[1:-1]:
        first = words.text("{first}, {next}", first=first, next=part)
    return words.text("{first} and {last}", first=first, last=parts[-1])


_FORMS = (
    "Technologies",
    "Common Stock",
    "Ordinary Shares",
    "American Depositary",
    "Class A",
    "Class B",
    "Class C",
    "Corporation",
    "Incorporated",
    "Company",
    "Limited",
    "Holdings",
    "Corp",
    "Inc",
    "Ltd",
    "PLC",
    "plc",
    "Co",
    "N.V",
    "S.A",
    "AG",
    "SE",
)


def root_label(words: Words, root: "RootExposure", *, short: bool = False) -> str:
    """Return what something held in the end is called; a fund that no list opens says so."""
    name = short_name(root.name) if short else root.name
    return name if root.looked_through else words.text("Unseen part of {fund}", fund=name)


_GATHERED = {
    "reset-and-cost": "Daily reset and costs",
    "other-roots": "All smaller causes",
}
"""Causes of a result that are no name of their own."""


def cause_name(words: Words, cause: "CauseLoss") -> str:
    """Return what people call a cause of a result."""
    gathered = _GATHERED.get(cause.root)
    return words.text(gathered) if gathered is not None else short_name(cause.name)


def short_name(name: str) -> str:
    """Return a company's name without its legal form: what people call it.

    >>> short_name("Strategy Inc Common Stock Class A")
    'Strategy'
    """
    shorter = name.split(",", maxsplit=1)[0].strip()
    changed = True
    while changed:
        changed = False
        for form in _FORMS:
            for ending in (f" {form}", f" {form}."):
                if shorter.endswith(ending) and len(shorter) > len(ending):
                    shorter, changed = shorter[: -len(ending)].strip(), True
    return shorter
