"""From a holdings file to a list in the library: which fund it is, what every line is, how far it reaches."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from levcheck.domain.diagnostics import Argument, Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.instrument import DAILY_RESET_KINDS, Instrument, Kind
from levcheck.domain.position import Position
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.holdings_files.lines import DERIVATIVES, FundFile, HoldingLine, LineKind
from levcheck.reference.holdings_files.preamble import EUROPE
from levcheck.reference.matching import Match, Recogniser
from levcheck.reference.naming import name_key, plain_text
from levcheck.reference.symbols import is_isin, isin_of_cusip, market_of_exchange, parse_symbol

_EUROPEAN = frozenset(
    [
        "DE",
        "FR",
        "NL",
        "IT",
        "ES",
        "GB",
        "CH",
        "IE",
        "AT",
        "BE",
        "FI",
        "PT",
        "SE",
        "NO",
        "DK",
        "PL",
        "GR",
    ]
)
_INDEX_NAMES = (
    (r"\bE-?MINI S&P|S&P ?500|\bSPX\b", "SPX.INDEX"),
    (r"NASDAQ.?100|\bNDX\b|\bNQ[HMUZ]\d", "NDX.INDEX"),
    (r"RUSSELL 2000|\bRTY", "RUT.INDEX"),
    (r"S&P MID ?(CAP )?400|MIDCAP 400", "SP400.INDEX"),
    (r"\bDJIA\b|DOW JONES INDUSTRIAL", "DJIA.INDEX"),
    (r"KOSPI ?200|코스피 ?200", "KOSPI200.INDEX"),
    (r"KOSDAQ ?150|코스닥 ?150", "KOSDAQ150.INDEX"),
    (r"EURO STOXX 50", "SX5E.INDEX"),
    (r"MSCI EAFE", "MSCI-EAFE.INDEX"),
    (r"MSCI (EMG|EMERGING)", "MSCI-EM.INDEX"),
    (r"NIKKEI", "N225.INDEX"),
    (r"TOPIX", "TOPIX.INDEX"),
    (r"FTSE 100", "UKX.INDEX"),
    (r"NYSE SEMI|ICE SEMI|\bICESEMI", "NYSESEMI.INDEX"),
    (r"BITCOIN|\bBTC\b", "BTC.CRYPTO"),
    (r"\bETHER", "ETH.CRYPTO"),
)  # fmt: skip
_CONTRACT_WORDS = re.compile(
    r"\b(total return|index|swaps?|trs|future[s]?|fut|nm|ms|gs|citi\w*|jpm\w*|l|s|long|short|receive|pay|rec|deliverable|otc|equity|"
    r"e-?mini|mini|cme|cbot|eurex|contract|of)\b|\b\w{3} ?\d{2}\b|\d{4,}",
    re.IGNORECASE,
)
_BOND = re.compile(
    r"\b(bond|note|mtn|treasury|gilt|bund|debenture|float|perp|sr unsec|t-?bill|coupon)\b|\d\.\d+%|\d+/\d+/20\d\d",
    re.IGNORECASE,
)
FULL_FROM, FULL_TO = 0.95, 1.05


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a list in the library's terms.

    Attributes:
        instrument: id.
        weight: signed exposure, fraction of net assets.
        name: name as printed.
        is_new: whether no table of the library describes it.
        kind: kind of a new line; None when not told.
    """

    instrument: str
    weight: float
    name: str
    is_new: bool
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class FundList:
    """A fund's list, ready to be kept.

    Attributes:
        fund: instrument id.
        fund_name: name as printed, or the id.
        is_new_fund: whether no table of the library describes the fund.
        as_of: ISO date.
        coverage: ``full`` or ``partial``.
        members: what it holds, largest first; lines of one instrument are added up.
        source: the file as read.
        factor: daily multiple to be written for a new fund; 1.0 when plain.
        underlying: what a new leveraged fund rides on; None when plain.
        diagnostics: what the user has to know.
    """

    fund: str
    fund_name: str
    is_new_fund: bool
    as_of: str
    coverage: str
    members: tuple[Member, ...]
    source: FundFile
    factor: float = 1.0
    underlying: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve(
    found: FundFile, catalogue: Catalogue, *, fund: str | None = None, as_of: str | None = None
) -> FundList:
    """Say which fund a file describes and what its lines are.

    Args:
        found: the file as read.
        catalogue: the library.
        fund: id or ticker the user gave; it wins over what the file says.
        as_of: ISO date the user gave; it wins too.

    Raises:
        LevcheckError: ``reference.needs_fund`` or ``reference.needs_date`` when neither the file nor the user says it.
    """
    identifier, name = _fund_id(found, catalogue, fund)
    day = as_of or found.as_of
    if day is None:
        raise LevcheckError("reference.needs_date", where=Place(file=found.file), file=found.file)
    members = tuple(_members(found, catalogue, identifier))
    known = catalogue.instrument(identifier)
    notes = [*found.diagnostics, *_compared(found, known)]
    multiple = found.daily_multiple
    is_multiplied = multiple is not None and (multiple > 1.2 or multiple < 0)
    ridden = _ridden(found, catalogue) if is_multiplied else None
    return FundList(
        fund=identifier,
        fund_name=known.name if known else name,
        is_new_fund=known is None,
        as_of=day,
        coverage=_coverage(found),
        members=() if found.is_swap_basket else members,
        source=found,
        factor=round(multiple * 4) / 4 if multiple is not None and ridden else 1.0,
        underlying=ridden,
        diagnostics=tuple(notes),
    )


def _coverage(found: FundFile) -> str:
    if found.is_swap_basket:
        return "partial"
    if found.reader == "nport" or FULL_FROM <= found.weight_sum <= FULL_TO:
        return "full"
    hedged = any(line.kind is LineKind.HEDGE for line in found.lines)
    return "full" if hedged and found.weight_sum > FULL_TO else "partial"


def _compared(found: FundFile, known: Instrument | None) -> Iterable[Diagnostic]:
    """Compare the multiple rebuilt from the file with the one the library states."""
    multiple = found.daily_multiple
    if known is None or multiple is None or known.daily_leverage_factor is None:
        return
    plain_etf = known.kind not in DAILY_RESET_KINDS
    if abs(multiple - known.daily_leverage_factor) > (0.1 if plain_etf else 0.3):
        facts: dict[str, Argument] = {
            "fund": known.id,
            "rebuilt": round(multiple, 2),
            "stated": known.daily_leverage_factor,
        }
        yield Diagnostic(
            "reference.multiple_differs", Severity.WARNING, Place(file=found.file), facts
        )


def _ridden(found: FundFile, catalogue: Catalogue) -> str | None:
    """Return what the largest contract of a multiplied fund rides on."""
    contracts = [line for line in found.lines if line.kind in DERIVATIVES and found.exposure(line)]
    if not contracts:
        return None
    largest = max(contracts, key=lambda line: abs(found.exposure(line) or 0.0))
    return _contract_id(largest, Recogniser(catalogue))[0]


# --- which fund ------------------------------------------------------------------------------------------


def fund_of(found: FundFile, catalogue: Catalogue) -> str | None:
    """Return the fund of the library that a file names itself; None when it names none that is known."""
    names = [name for name in found.fund_names if name]
    for name in [*names, *_tickers_in_brackets(names), *_last_parts(names)]:
        identifier = _known_fund(name, catalogue, found.home)
        if identifier is not None:
            return identifier
    return None


def _fund_id(found: FundFile, catalogue: Catalogue, given: str | None) -> tuple[str, str]:
    if given:
        return _given_fund(given, catalogue), next(iter(found.fund_names), given)
    names = [name for name in found.fund_names if name]
    long_name = max(names, key=len, default="")
    known = fund_of(found, catalogue)
    if known is not None:
        return known, long_name
    for name in names:
        if is_isin(name):
            return f"{name}.{name[:2]}", long_name
        parsed = parse_symbol(name)
        market = parsed.market or _home_market(found.home or found.cash_home, parsed.symbol)
        if re.fullmatch(r"[A-Z0-9]{2,6}", parsed.symbol) and market:
            return f"{parsed.symbol}.{market}", long_name
    for name in names:
        if re.fullmatch(r"S\d{9}", name):
            return f"{name}.SEC", long_name
    guess = guess_from_file_name(found.file, catalogue)
    raise LevcheckError(
        "reference.needs_fund",
        where=Place(file=found.file),
        file=found.file,
        guess=guess or "TICKER.US",
    )


def _home_market(home: str | None, symbol: str) -> str | None:
    """Return the market a bare code of a file is meant on; None where it has to be asked.

    A number is a code of many markets, and Europe at large has many exchanges.
    """
    if home is None:
        return None if symbol.isdigit() else "US"
    return None if home == EUROPE else home


def _tickers_in_brackets(names: Iterable[str]) -> list[str]:
    """Return codes that stand in brackets behind a name: "VanEck Semiconductor ETF (SMH)"."""
    return [code for name in names for code in re.findall(r"\(([A-Z]{3,5})\)", name)]


def _last_parts(names: Iterable[str]) -> list[str]:
    """Return what stands behind a dash: "Holding details - Vanguard FTSE All-World UCITS ETF"."""
    parts = (re.split(r"\s[-–|:]\s", name)[-1].strip() for name in names if not is_isin(name))
    return [part for part in parts if len(part) > 12]


def _given_fund(given: str, catalogue: Catalogue) -> str:
    text = given.strip().upper()
    if catalogue.instrument(text) is not None:
        return text
    if is_isin(text):
        return next(iter(catalogue.by_isin(text)), f"{text}.{text[:2]}")
    parsed = parse_symbol(text)
    if parsed.market:
        return f"{parsed.symbol}.{parsed.market}"
    if "." in text:
        return text
    return next(iter(_funds(catalogue.by_symbol(text), catalogue)), f"{text}.US")


def _known_fund(name: str, catalogue: Catalogue, home: str | None) -> str | None:
    if is_isin(name):
        return next(iter(catalogue.by_isin(name)), None)
    by_series = catalogue.by_alias(name, "SEC series")
    if by_series:
        return by_series[0]
    parsed = parse_symbol(name)
    if parsed.market:
        one = catalogue.instrument(f"{parsed.symbol}.{parsed.market}")
        return one.id if one is not None and one.is_fund else None
    if re.fullmatch(r"[A-Z0-9]{2,6}", name):
        funds = _funds(catalogue.by_symbol(name), catalogue)
        return _at_home(funds, home, catalogue)
    return _fund_by_name(name, catalogue)


def _at_home(funds: list[str], home: str | None, catalogue: Catalogue) -> str | None:
    """Return the fund that a bare code means in a file of this home: QUAL is one fund in America, another in Australia."""
    american = [one for one in funds if one.endswith(".US")]
    if home is None and american:
        return american[0]
    if home == EUROPE:
        funds = [one for one in funds if one.rsplit(".", 1)[-1] in _EUROPEAN]
        isins = {one.isin for one in catalogue.instruments(funds).values()}
        return funds[0] if len(funds) == 1 or (len(isins) == 1 and None not in isins) else None
    if home is not None:
        funds = [one for one in funds if one.endswith(f".{home}")]
    return funds[0] if len(funds) == 1 else None


def _fund_by_name(name: str, catalogue: Catalogue) -> str | None:
    """Return the fund of this name; its issuer's brand and year of names may differ a little."""
    exact = _funds(catalogue.by_name(name), catalogue)
    if exact:
        return exact[0]
    words = name_key(name)
    first = words.split()[0] if words else ""
    best, share = None, 0.0
    for identifier, key in catalogue.names:
        if first and not key.startswith(first[:4]):
            continue
        ratio = SequenceMatcher(None, words, key).ratio()
        if ratio > share:
            best, share = identifier, ratio
    funds = _funds([best], catalogue) if best and share >= 0.93 else []
    return funds[0] if funds else None


def _funds(identifiers: Iterable[str], catalogue: Catalogue) -> list[str]:
    known = catalogue.instruments(identifiers)
    return [one.id for one in known.values() if one.is_fund]


def guess_from_file_name(file: str, catalogue: Catalogue) -> str | None:
    """Return the fund whose code stands in a file's name; None when none does."""
    for token in re.split(r"[^A-Za-z0-9]+", file):
        funds = _funds(catalogue.by_symbol(token), catalogue) if len(token) > 1 else []
        if funds:
            return funds[0]
    return None


# --- what every line is ----------------------------------------------------------------------------------


def _members(found: FundFile, catalogue: Catalogue, fund: str) -> Iterable[Member]:
    weights: dict[str, float] = defaultdict(float)
    first: dict[str, Member] = {}
    recogniser = Recogniser(catalogue)
    for line in found.lines:
        exposure = found.exposure(line)
        if exposure is None or exposure == 0.0 or line.kind is LineKind.HEDGE:
            continue
        identifier, kind = _line_id(line, recogniser)
        if identifier == fund:
            continue
        weights[identifier] += exposure
        is_new = catalogue.instrument(identifier) is None
        first.setdefault(identifier, Member(identifier, 0.0, line.name or identifier, is_new, kind))
    for identifier, weight in sorted(weights.items(), key=lambda pair: (-abs(pair[1]), pair[0])):
        one = first[identifier]
        yield Member(identifier, weight, one.name, one.is_new, one.kind)


def _line_id(line: HoldingLine, recogniser: Recogniser) -> tuple[str, Kind | None]:
    if line.kind is LineKind.CASH:
        return f"{_cash_currency(line)}.CASH", Kind.CASH
    if line.kind in DERIVATIVES:
        return _contract_id(line, recogniser)
    return _security_id(line, recogniser)


def _cash_currency(line: HoldingLine) -> str:
    for text in (line.code, line.currency):
        if text and re.fullmatch(r"[A-Z]{3}", text.upper()):
            return text.upper()
    return "USD"


def _security_id(line: HoldingLine, recogniser: Recogniser) -> tuple[str, Kind | None]:
    is_bond = line.is_bond or bool(_BOND.search(line.name or ""))
    code = line.code
    if is_bond and code and not is_isin(code):
        # A bond carries its issuer's ticker ("AAPL"), but it is not the share.
        code = None
    position = Position(
        place=Place(row=line.row),
        symbol=code,
        isin=line.isin,
        cusip=line.cusip,
        name=line.name,
        currency=line.currency if line.currency and len(line.currency) == 3 else None,
        kind="bond" if is_bond else "equity",
        exchange=line.exchange or line.place,
    )
    found = _recognised(position, line, recogniser)
    if found.instrument is not None:
        return found.instrument, Kind.BOND if is_bond else None
    isin = line.isin or isin_of_cusip(line.cusip or "")
    if isin:
        return f"{isin}.{isin[:2]}", Kind.BOND if is_bond else Kind.COMMON
    if is_bond:
        return f"{_slug(line.name or line.cusip or str(line.row))}.BOND", Kind.BOND
    if code and found.reason == "reference.unknown_instrument":
        parsed = parse_symbol(code, exchange=line.exchange or line.place, currency=line.currency)
        return f"{parsed.symbol.replace(' ', '-')}.{parsed.market or 'OTHER'}", Kind.COMMON
    return f"{_slug(line.name or line.cusip or code or str(line.row))}.OTHER", Kind.COMMON


def _recognised(position: Position, line: HoldingLine, recogniser: Recogniser) -> Match:
    """Recognise a line with its exchange, then with its country, then by code and name alone.

    An issuer's country is a weak hint: Taiwan Semiconductor's American line stands in American files as TSM, Taiwan.
    """
    found = recogniser.match(position, suggest=False)
    if found.instrument is not None and found.reason != "own_root":
        return found
    if line.exchange is None and line.place is None:
        return found
    bare = recogniser.match(replace(position, exchange=None), suggest=False)
    return bare if bare.instrument is not None and bare.reason == "symbol_and_name" else found


def _contract_id(line: HoldingLine, recogniser: Recogniser) -> tuple[str, Kind | None]:
    """Return what a future, swap or option rides on."""
    text = plain_text(f"{line.name or ''} {line.code or ''}")
    for pattern, identifier in _INDEX_NAMES:
        if re.search(pattern, text):
            return identifier, None
    cusip = re.match(r"([0-9A-Z]{9})\b", (line.code or "").upper())
    isin = isin_of_cusip(cusip.group(1)) if cusip else None
    for candidate in (isin, line.isin):
        ids = recogniser.catalogue.by_isin(candidate) if candidate else ()
        if ids:
            return ids[0], None
    bare = " ".join(_CONTRACT_WORDS.sub(" ", line.name or "").split())
    named = _longest_name(line.name or "", recogniser) or _longest_name(bare, recogniser)
    if named is not None:
        return named, None
    market = market_of_exchange(line.exchange or line.place)
    code = (line.code or "").split()
    if code and market and recogniser.catalogue.instrument(f"{code[0]}.{market}") is not None:
        return f"{code[0]}.{market}", None
    return f"{_slug(bare or line.name or line.code or str(line.row))}.INDEX", Kind.INDEX


def _longest_name(text: str, recogniser: Recogniser) -> str | None:
    """Return what the beginning of a contract's name names: counterparties and terms stand behind it."""
    words = text.split()
    for length in range(len(words), 0, -1):
        beginning = " ".join(words[:length])
        if len(name_key(beginning)) < 4:
            return None
        ids = recogniser.catalogue.by_name(beginning)
        roots = {one.root for one in recogniser.catalogue.instruments(ids).values()}
        if len(roots) == 1:
            american = [one for one in ids if one.endswith(".US")]
            return american[0] if american else ids[0]
    return None


def _slug(text: str) -> str:
    """Return a text as the first part of an id.

    >>> _slug("Dow Jones Internet Composite Index")
    'DOW-JONES-INTERNET-COMPOSITE-INDEX'
    >>> _slug("宁德时代")
    '宁德时代'
    """
    return re.sub(r"[\W_]+", "-", plain_text(text)).strip("-")[:48] or "UNNAMED"
