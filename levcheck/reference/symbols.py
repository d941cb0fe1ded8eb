"""Symbols as files print them: suffixes, tails and prefixes turned into a bare symbol and a market hint."""

import re
from dataclasses import dataclass

MARKET_OF_SUFFIX = {
    "KS": "KR", "KQ": "KR", "T": "JP", "HK": "HK", "TW": "TW", "TWO": "TW", "L": "GB", "IL": "GB", "PA": "FR",
    "DE": "DE", "F": "DE", "SG": "DE", "AS": "NL", "SW": "CH", "MI": "IT", "MC": "ES", "TO": "CA", "V": "CA",
    "NE": "CA", "CN": "CA", "AX": "AU", "NZ": "NZ", "BO": "IN", "NS": "IN", "SR": "SA", "SS": "CN", "SZ": "CN",
    "SH": "CN", "WA": "PL", "JK": "ID", "SN": "CL", "SI": "SG", "JO": "ZA", "MX": "MX", "ST": "SE", "SA": "BR",
    "TA": "IL", "VI": "AT", "OL": "NO", "CO": "DK", "LS": "PT", "HE": "FI", "BR": "BE", "IR": "IE", "KL": "MY",
    "BK": "TH", "IS": "TR", "AT": "GR", "US": "US", "KR": "KR", "JP": "JP", "XETRA": "DE", "GR": "DE",
}  # fmt: skip
# Bloomberg's two letters after a blank.
MARKET_OF_TAIL = {
    "US": "US", "UW": "US", "UN": "US", "UQ": "US", "UR": "US", "UA": "US", "UP": "US", "UF": "US", "KS": "KR",
    "KQ": "KR", "KP": "KR", "JP": "JP", "JT": "JP", "HK": "HK", "TT": "TW", "CH": "CN", "CG": "CN", "CS": "CN",
    "C1": "CN", "C2": "CN", "LN": "GB", "LI": "GB", "FP": "FR", "GY": "DE", "GR": "DE", "GF": "DE", "NA": "NL",
    "SW": "CH", "SE": "CH", "VX": "CH", "IM": "IT", "SM": "ES", "SQ": "ES", "CN": "CA", "CT": "CA", "AU": "AU",
    "AT": "AU", "IN": "IN", "IB": "IN", "IS": "IN", "BZ": "BR", "BS": "BR", "SS": "SE", "NO": "NO", "DC": "DK",
    "FH": "FI", "BB": "BE", "AV": "AT", "PL": "PT", "ID": "IE", "IT": "IL", "SP": "SG", "MK": "MY", "TB": "TH",
    "IJ": "ID", "PW": "PL", "SJ": "ZA", "MM": "MX", "NZ": "NZ", "TI": "TR", "GA": "GR", "AB": "SA",
}  # fmt: skip
# What an exchange column says, in any spelling that contains one of these words.
_EXCHANGES = (
    (r"\b(XKRX|KRX|KOSPI|KOSDAQ|KSC|KOE|KR|KOREA|SOUTH KOREA)\b|코스피|코스닥|한국", "KR"),
    (r"\b(XTKS|TSE|TYO|TOKYO|JPX|JP|JAPAN)\b|東証|東京|日本", "JP"),
    (r"\b(XHKG|HKEX|SEHK|HKG|HK|HONG KONG)\b|港股|香港", "HK"),
    (r"\b(XTAI|ROCO|TWSE|TPEX|TW|TAIWAN)\b|台股|上市|上櫃", "TW"),
    (r"\b(XSHG|XSHE|SHA|SHE|SSE|SZSE|CN|CHINA)\b|沪|深|上海", "CN"),
    (r"\b(XLON|LSE|LON|LONDON|GB|UK|UNITED KINGDOM)\b", "GB"),
    (r"\b(XETR|XETRA|IBIS|FRA|FRANKFURT|TRADEGATE|GETTEX|STUTTGART|GER|DE|GERMANY|L&S|LSX)\b", "DE"),
    (r"\b(XPAR|EPA|PARIS|SBF|FR|FRANCE)\b", "FR"),
    (r"\b(XAMS|AMS|AMSTERDAM|AEB|NL|NETHERLANDS)\b", "NL"),
    (r"\b(XMIL|BIT|MILAN|BVME|BORSA ITALIANA|IT|ITALY)\b", "IT"),
    (r"\b(XSWX|SIX|EBS|SWX|CH|SWITZERLAND)\b", "CH"),
    (r"\b(XTSE|XTSX|TSX|TSX-V|TSXV|TOR|TORONTO|NEO|CA|CANADA)\b", "CA"),
    (r"\b(XASX|ASX|AU|AUSTRALIA)\b", "AU"),
    (r"\b(XNSE|XBOM|NSE|BSE|IN|INDIA)\b", "IN"),
    (r"\b(BVMF|B3|BOVESPA|BR|BRAZIL|BRASIL)\b", "BR"),
    (r"\b(XMAD|BME|MADRID|ES|SPAIN)\b", "ES"),
    (r"\b(XNAS|XNYS|XASE|ARCX|BATS|NASDAQ|NYSE|NEW YORK|AMEX|ARCA|CBOE|NMS|NYQ|PCX|US|USA|UNITED STATES)\b|미국|美股|米国", "US"),
)  # fmt: skip
_EXCHANGE_PATTERNS = tuple((re.compile(pattern), market) for pattern, market in _EXCHANGES)

MARKETS_OF_CURRENCY = {
    "USD": ("US",), "KRW": ("KR",), "JPY": ("JP",), "HKD": ("HK",), "TWD": ("TW",), "CNY": ("CN",), "CNH": ("CN",),
    "GBP": ("GB",), "GBX": ("GB",), "GBp": ("GB",), "INR": ("IN",), "CAD": ("CA",), "AUD": ("AU",), "CHF": ("CH",),
    "BRL": ("BR",), "SEK": ("SE",), "NOK": ("NO",), "DKK": ("DK",), "PLN": ("PL",), "SGD": ("SG",), "NZD": ("NZ",),
    "EUR": ("DE", "FR", "NL", "IT", "ES", "AT", "FI", "PT", "BE", "IE", "GR"),
}  # fmt: skip
_FUTURES = {
    "GC": "GOLD", "MGC": "GOLD", "SI": "SILVER", "HG": "COPPER", "PL": "PLATINUM", "PA": "PALLADIUM", "CL": "CRUDE",
    "BZ": "CRUDE", "NG": "NATGAS", "ZC": "CORN", "ZW": "WHEAT", "ZS": "SOYBEAN", "SB": "SUGAR", "CC": "COCOA",
    "KC": "COFFEE",
}  # fmt: skip
# American preferred shares: BAC^L, BAC-PL (Yahoo), BAC PR L, BAC/PRL, BAC.PR.L.
_PREFERRED = re.compile(r"([A-Z]{1,5})(?:\^|-P|[ /.\-]PR[ /.\-]?)([A-Z])")
_QUOTES = "USD|USDT|USDC|EUR|KRW|JPY|GBP|CAD|AUD|INR|BTC"


@dataclass(frozen=True, slots=True)
class ParsedSymbol:
    """A symbol taken apart.

    Attributes:
        symbol: the bare symbol, upper case.
        market: market the file itself names, None when it does not.
        is_coin: the form says it is a coin (``BTC-USD``).
        instrument: id where the form alone settles it (``GC=F``).
    """

    symbol: str
    market: str | None = None
    is_coin: bool = False
    instrument: str | None = None


def parse_symbol(
    text: str, *, exchange: str | None = None, currency: str | None = None
) -> ParsedSymbol:
    """Take a printed symbol apart.

    Args:
        text: the symbol as printed.
        exchange: what an exchange column says, if there is one.
        currency: currency of the row; it restores leading zeros of Asian codes.

    >>> parse_symbol("NVDA US EQUITY").market, parse_symbol("700 HK").symbol, parse_symbol("A005930").market
    ('US', '0700', 'KR')
    >>> parse_symbol("5930", currency="KRW").symbol, parse_symbol("GC=F").instrument, parse_symbol("btc-usd").is_coin
    ('005930', 'GOLD.COMMODITY', True)
    """
    symbol = " ".join(text.upper().split())
    if symbol.endswith("=F"):
        root = _FUTURES.get(symbol[:-2])
        return ParsedSymbol(symbol, instrument=f"{root}.COMMODITY" if root else None)
    if re.fullmatch(r"SGB[A-Z]{3}\d{2}[A-Z]*(-GB)?", symbol):
        # India's sovereign gold bonds are repaid at the price of gold.
        return ParsedSymbol(symbol, instrument="GOLD.COMMODITY")
    coin = re.fullmatch(rf"([A-Z0-9]{{2,10}})[-/]({_QUOTES})", symbol)
    if coin:
        return ParsedSymbol(coin.group(1), is_coin=True)
    symbol, market = _market_in_text(symbol)
    market = market or market_of_exchange(exchange)
    if market == "CN" and currency != "CNY" and re.fullmatch(r"\d{1,5}", symbol):
        # Mainland codes have six digits; a Chinese company with fewer is meant in Hong Kong.
        market = "HK"
    return ParsedSymbol(
        _padded(symbol, market, currency), market or _market_by_form(symbol, currency)
    )


def _market_in_text(symbol: str) -> tuple[str, str | None]:
    symbol = re.sub(r"\s+(EQUITY|CORP|INDEX|COMDTY)$", "", symbol)
    prefixed = re.fullmatch(r"([A-Z]{2,8}):(\S+)", symbol)
    if prefixed:
        return prefixed.group(2), market_of_exchange(prefixed.group(1))
    tailed = re.fullmatch(r"(\S+) ([A-Z][A-Z0-9])", symbol)
    if tailed and tailed.group(2) in MARKET_OF_TAIL:
        return tailed.group(1), MARKET_OF_TAIL[tailed.group(2)]
    korean = re.fullmatch(r"A(\d{5}[0-9A-Z])", symbol)
    if korean:
        return korean.group(1), "KR"
    preferred = _PREFERRED.fullmatch(symbol)
    if preferred:
        return f"{preferred.group(1)}.PR.{preferred.group(2)}", "US"
    body, dot, suffix = symbol.rpartition(".")
    if dot and suffix in MARKET_OF_SUFFIX and not _is_share_class(body, suffix):
        return body, MARKET_OF_SUFFIX[suffix]
    return symbol, None


def _is_share_class(body: str, suffix: str) -> bool:
    """A single letter after a dot is a share class, unless the rest looks like a foreign code."""
    if len(suffix) != 1:
        return False
    if suffix == "T":
        return not body[:1].isdigit()
    return suffix not in {"L", "F", "V"}


def _padded(symbol: str, market: str | None, currency: str | None) -> str:
    """Restore the zeros a spreadsheet drops."""
    hint = market or {"KRW": "KR", "HKD": "HK"}.get(currency or "")
    if not symbol.isdigit():
        return symbol
    if hint == "KR" and len(symbol) < 6:
        return symbol.zfill(6)
    if hint == "HK":
        return symbol.lstrip("0").zfill(4)
    if market == "CN" and len(symbol) < 6:
        return symbol.zfill(6)
    return symbol


def _market_by_form(symbol: str, currency: str | None) -> str | None:
    """Return the market that code and currency together leave no doubt about."""
    forms = {
        "KRW": (r"\d{5}[0-9A-Z]|\d{1,5}|\d{4}[A-Z]\d", "KR"),
        "JPY": (r"\d{3}[0-9A-Z]", "JP"),
        "TWD": (r"\d{4,5}[0-9A-Z]?", "TW"),
        "HKD": (r"\d{1,5}", "HK"),
        "CNY": (r"\d{6}", "CN"),
    }
    found = forms.get(currency or "")
    return found[1] if found and re.fullmatch(found[0], symbol) else None


def market_of_exchange(text: str | None) -> str | None:
    """Return the market an exchange or country column names; None when it names none we know.

    >>> market_of_exchange("NASDAQ"), market_of_exchange("KOSPI"), market_of_exchange("somewhere")
    ('US', 'KR', None)
    """
    if not text:
        return None
    upper = text.upper()
    for pattern, market in _EXCHANGE_PATTERNS:
        if pattern.search(upper):
            return market
    return None


_LEVERAGED_NAME = re.compile(
    r"(?<![\w.])[+-]?\d(?:[.,]\d+)?\s?[xX×](?![\w])|(?<!\w)[xX]\s?-?[2345](?!\w)|\bULTRA(?:PRO|SHORT)?\b|\bBULL\b|\bBEAR\b|"
    r"LEVERAGED?\b|\bINVERSE\b|\bGEARED\b|\bDAILY (?:TARGET|SHORT|LONG)\b|레버리지|인버스|正[23]|反[12]|"
    r"ブル|ベア|レバレッジ|ダブルインバース|\bHEBEL|\bFAKTOR|\bFACTOR CERT",
    re.IGNORECASE,
)
_NOT_LEVERAGED = re.compile(
    r"ULTRA[- ]?SHORT (?:TERM|DURATION|BOND|INCOME|MATURITY)|ULTRA (?:CLEAN|BEAUTY)|ULTRAGENYX|ULTRATECH|LEVERAGED? LOAN|"
    r"BULL (?:RUN|BEAR TREND)|BULLFROG|BULLISH",
    re.IGNORECASE,
)


def sounds_leveraged(name: str | None) -> bool:
    """Return whether a name says that the product multiplies or inverts something.

    >>> sounds_leveraged("2x Strategy"), sounds_leveraged("KODEX 레버리지"), sounds_leveraged("Ultra Clean Holdings")
    (True, True, False)
    """
    if not name:
        return False
    return bool(_LEVERAGED_NAME.search(_NOT_LEVERAGED.sub(" ", name)))


def isin_check_digit(body: str) -> str:
    """Return the check digit of an ISIN's first eleven characters (ISO 6166).

    >>> isin_check_digit("US037833100")
    '5'
    """
    digits = "".join(str(int(letter, 36)) for letter in body)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return str(-total % 10)


def is_isin(text: str | None) -> bool:
    """Return whether a text is an ISIN with a right check digit."""
    if not text or not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", text):
        return False
    return isin_check_digit(text[:11]) == text[11]


def isin_of_cusip(cusip: str) -> str | None:
    """Return the ISIN of a CUSIP issued to an American issuer; None when it is no CUSIP.

    Args:
        cusip: nine characters, or fewer when a spreadsheet dropped leading zeros.

    >>> isin_of_cusip("67066G104"), isin_of_cusip("37833100")
    ('US67066G1040', 'US0378331005')
    """
    text = cusip.strip().upper()
    if text.isdigit() and 7 <= len(text) <= 9:
        text = text.zfill(9)
    if not re.fullmatch(r"[0-9A-Z*@#]{8}[0-9]", text) or _cusip_check(text[:8]) != text[8]:
        return None
    if not text.isalnum() or text[0].isalpha():
        # A letter in front is a CINS: the issuer sits elsewhere, and its ISIN does too.
        return None
    return f"US{text}{isin_check_digit('US' + text)}"


def _cusip_check(body: str) -> str:
    total = 0
    for place, letter in enumerate(body):
        value = int(letter, 36) if letter.isalnum() else 36 + "*@#".index(letter)
        if place % 2:
            value *= 2
        total += value // 10 + value % 10
    return str(-total % 10)
