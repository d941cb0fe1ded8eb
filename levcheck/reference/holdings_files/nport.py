"""SEC Form N-PORT (primary_doc.xml): equities, bonds, swaps, futures, options and forwards with side and notional.

The value and percentage of a derivative are its gain so far; what it moves is its notional amount. The side follows
from ``payoffProfile`` or, for swaps that leave it open, from which leg carries the total return. Source: SEC, Form
N-PORT XML technical specification (elements of ``invstOrSec`` and ``derivativeInfo``).
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

from levcheck.reference.holdings_files.grids import refuse
from levcheck.reference.holdings_files.kinds import is_bill
from levcheck.reference.holdings_files.lines import FundFile, HoldingLine, LineKind
from levcheck.reference.symbols import is_isin

_KIND_OF_DERIVATIVE = {
    "futrDeriv": LineKind.FUTURE,
    "swapDeriv": LineKind.SWAP,
    "optionSwaptionWarrantDeriv": LineKind.OPTION,
    "fwdDeriv": LineKind.HEDGE,
    "othDeriv": LineKind.OPTION,
}
_CASH_CATEGORIES = frozenset({"STIV", "RA"})
_RETURN_LEG = re.compile(r"total return|equity|index", re.IGNORECASE)


def is_nport(text: str) -> bool:
    """Return whether an XML text is a Form N-PORT."""
    return "sec.gov/edgar/nport" in text[:4000]


def read_nport(path: Path, text: str) -> list[FundFile]:
    """Read one filing.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when the XML is damaged or lacks what a filing must have.
    """
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        root = ElementTree.fromstring(text.strip("\ufeff \t\r\n").encode("utf-8"), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, LookupError, ValueError) as fault:
        raise refuse(path, "its XML is damaged") from fault
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    info = root.find(".//genInfo")
    net_assets = _number(root.findtext(".//fundInfo/netAssets"))
    if info is None or net_assets is None:
        raise refuse(path, "it lacks the parts every Form N-PORT has")
    day = info.findtext("repPdDate")
    lines = tuple(
        _line(number, node, net_assets, day)
        for number, node in enumerate(root.iter("invstOrSec"), start=1)
    )
    names = [
        info.findtext("seriesName") or "",
        info.findtext("seriesId") or "",
        info.findtext("regName") or "",
    ]
    return [
        FundFile(
            file=path.name,
            reader="nport",
            fund_names=tuple(name for name in names if name and name != "N/A"),
            as_of=day,
            lines=lines,
            net_assets=net_assets,
        )
    ]


def _category(node: Any) -> str:
    """Return the filing's asset category, stated plainly or as an attribute."""
    conditional = node.find("assetConditional")
    stated = node.findtext("assetCat") or (
        conditional.get("assetCat") if conditional is not None else ""
    )
    return (stated or "").upper()


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _line(number: int, node: Any, net_assets: float, day: str | None) -> HoldingLine:
    derivative = node.find("derivativeInfo")
    value = _number(node.findtext("valUSD"))
    percent = _number(node.findtext("pctVal"))
    isin = node.find("identifiers/isin")
    ticker = node.find("identifiers/ticker")
    kind, notional, name = LineKind.SECURITY, None, node.findtext("name")
    if derivative is not None and len(derivative):
        kind, notional, named = _derivative(derivative[0], node, value)
        name = named or node.findtext("title")
    elif _category(node) in _CASH_CATEGORIES:
        kind = LineKind.CASH
    code = isin.get("value") if isin is not None else None
    weight = percent / 100 if percent is not None else None
    if weight is None and value is not None and net_assets:
        weight = value / net_assets
    return HoldingLine(
        row=number,
        code=_said(ticker.get("value") if ticker is not None else None),
        name=_said(name) or _said(node.findtext("title")),
        isin=code if is_isin(code) else None,
        cusip=_said(node.findtext("cusip")),
        kind=kind,
        weight=weight,
        market_value=value,
        notional=notional,
        currency=_said(node.findtext("curCd")),
        place=_said(node.findtext("invCountry")),
        is_bond=_category(node).startswith(("DBT", "ABS", "LON", "SN")),
        is_bill=is_bill(name) or _is_short_loan(node, day),
    )


def _is_short_loan(node: Any, day: str | None) -> bool:
    """Return whether a government's loan is repaid within a year of the filing's day: money at interest."""
    repaid = node.findtext(".//debtSec/maturityDt")
    issuer = node.findtext("issuerCat") or ""
    try:
        left = date.fromisoformat(repaid or "") - date.fromisoformat(day or "")
    except ValueError:
        return False
    return issuer.upper() in {"UST", "USGA", "USGSE"} and left.days <= 370


def _said(text: str | None) -> str | None:
    return (
        None
        if text is None or text.strip().upper() in {"", "N/A", "NA", "NONE", "000000000"}
        else text.strip()
    )


def _derivative(
    node: Any, holding: Any, value: float | None
) -> tuple[LineKind, float | None, str | None]:
    """Return kind, signed notional and the name of what the contract rides on."""
    kind = _KIND_OF_DERIVATIVE.get(node.tag, LineKind.OPTION)
    amount = _in_dollars(node, holding)
    side = _side(node, holding)
    named = _reference_name(node)
    if kind is LineKind.SWAP and not _is_return_swap(
        node, (holding.findtext("assetCat") or "").upper()
    ):
        # A rate or credit swap moves interest and spreads, not the price of what it names.
        kind = LineKind.HEDGE
    if kind is LineKind.OPTION:
        amount = _option_exposure(node, value)
    return kind, None if amount is None else abs(amount) * side, named


def _in_dollars(node: Any, holding: Any) -> float | None:
    """Return the notional in the filing's dollars: at the holding's own rate where it is stated in another currency."""
    amount = _number(node.findtext("notionalAmt"))
    currency = node.findtext("curCd")
    conditional = holding.find("currencyConditional")
    if amount is None or currency in {None, "USD"} or conditional is None:
        return amount
    rate = _number(conditional.get("exchangeRt"))
    return amount / rate if rate and conditional.get("curCd") == currency else amount


def _side(node: Any, holding: Any) -> float:
    """Return +1 for long, -1 for short: as stated, else from the leg that carries the return."""
    profile = (
        (node.findtext("payOffProf") or holding.findtext("payoffProfile") or "").strip().lower()
    )
    if profile in {"long", "short"}:
        return 1.0 if profile == "long" else -1.0
    if _carries_return(node, _PAID) and not _carries_return(node, _RECEIVED):
        return -1.0
    amount = _number(node.findtext("notionalAmt"))
    shares = _number(holding.findtext("balance"))
    return -1.0 if (amount or 0) < 0 or (shares or 0) < 0 else 1.0


_RECEIVED = ("fixedRecDesc", "floatingRecDesc", "otherRecDesc")
_PAID = ("fixedPmntDesc", "floatingPmntDesc", "otherPmntDesc")
_RATE = re.compile(
    r"sofr|libor|fed(eral)?[ .]*funds?|effr|obfr|euribor|sonia|ester|€str|tona|overnight|bank funding|t-?bill|\brates?\b|\bbps\b",
    re.IGNORECASE,
)


def _carries_return(node: Any, legs: tuple[str, ...]) -> bool:
    """Return whether one of these legs hands over a price return instead of interest."""
    for name in legs:
        leg = node.find(name)
        if leg is None:
            continue
        text = " ".join([*leg.attrib.values(), *leg.itertext()])
        if re.search(r"total return|performance", text, re.IGNORECASE):
            return True
        if _RETURN_LEG.search(text) and not _RATE.search(text):
            return True
    return False


def _is_return_swap(node: Any, category: str) -> bool:
    """Return whether a swap hands over the return of a share, fund, index or commodity.

    The filing's own category decides (DE equity, DCO commodity; DIR interest, DCR credit, DFE currency), else the legs.
    """
    if category in {"DE", "DCO"}:
        return True
    if category in {"DIR", "DCR", "DFE"}:
        return False
    return _carries_return(node, _RECEIVED) or _carries_return(node, _PAID)


def _option_exposure(node: Any, value: float | None) -> float | None:
    """Return the delta-weighted exposure of an option where the filing gives its delta, else its value."""
    delta = _number(node.findtext("delta"))
    shares, strike = _number(node.findtext("shareNo")), _number(node.findtext("exercisePrice"))
    if delta is not None and shares is not None and strike is not None:
        return abs(delta * shares * strike)
    return value


def _reference_name(node: Any) -> str | None:
    for path in (
        ".//indexBasketInfo/indexName",
        ".//otherRefInst/issueTitle",
        ".//otherRefInst/issuerName",
    ):
        text = _said(node.findtext(path))
        if text:
            return text
    for leg in ("floatingRecDesc", "floatingPmntDesc"):
        found = node.find(leg)
        text = found.get("floatingRtIndex", "") if found is not None else ""
        match = re.search(r"total return swap contract of (.+)", text, re.IGNORECASE)
        if match:
            return match.group(1).strip()
    return None
