"""One session with something of everything in it, and ways to write files as other versions would."""

import hashlib
import json
from types import MappingProxyType
from typing import Any

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.portfolio import IgnoredRows, Outcome, Portfolio, Reading, StatedTotal
from levcheck.domain.position import CashLine, OptionTerms, Position
from levcheck.domain.scenario import Scenario, Shock
from levcheck.domain.theme import Family, OwnMember, OwnTheme, OwnThemes, ThemeMerge
from levcheck.storage.session_file import SessionBody, session_bytes, stored


def a_body(name: str = "Mine") -> SessionBody:
    option = Position(
        place=Place("a.xlsx", "Holdings", 4),
        symbol="AAPL 21JUN26 175 C",
        quantity=-1.0,
        market_value=-320.5,
        value_basis="stated",
        currency="USD",
        option=OptionTerms("AAPL", "2026-06-21", 175.0, "C"),
        cells=MappingProxyType({"market_value": "E"}),
        raw=MappingProxyType({"market_value": "(320.50)"}),
    )
    cash = CashLine(Place("a.xlsx", "Holdings", 5), "Kontó 현금", -12.0, "EUR")
    reading = Reading(
        "a.xlsx",
        "ab" * 32,
        Outcome.POSITIONS,
        columns=MappingProxyType({"quantity": "Stück"}),
        positions=(option,),
        cash=(cash,),
        ignored=(IgnoredRows("Holdings", 1, 3, "title"),),
        totals=(StatedTotal("Holdings", 9, "Total", 1.0, None),),
        diagnostics=(
            Diagnostic("import.value_mismatch", Severity.WARNING, option.place, {"row": 4}),
        ),
    )
    portfolio = Portfolio(
        name,
        (option,),
        (cash,),
        "EUR",
        "2026-06-30",
        "ab" * 32,
        MappingProxyType({"USD": 0.9}),
        MappingProxyType({"p1": "AAPL.US"}),
        OwnThemes(
            (OwnTheme("own-mine", "Meine Wette", Family.AI_CHIPS),),
            (OwnMember("own-mine", "AAPL.US", 0.5),),
            (ThemeMerge("quantum", "ai-chips"),),
        ),
    )
    custom = Scenario("custom", "Mine", "A fall.", (Shock("NVDA.US", -0.13),), 0)
    return SessionBody(portfolio, (stored(reading),), (), "ai-chips-minus-30", custom)


def resealed(document: dict[str, Any]) -> bytes:
    """Return a document as any version of the program writes it: the seal is the same for every schema."""
    covered = {key: value for key, value in document.items() if key != "sha256"}
    canonical = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = {**covered, "sha256": hashlib.sha256(canonical.encode()).hexdigest()}
    return (json.dumps(sealed, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def a_document() -> dict[str, Any]:
    """Return the document of the sample session as plain values."""
    document: dict[str, Any] = json.loads(session_bytes(a_body(), app="1.0"))
    return document
