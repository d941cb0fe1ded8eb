"""From the codes of the collected facts to the library's ids: ``005930.KS`` becomes ``005930.KR``."""

import re
import unicodedata

# Yahoo suffix -> market of the library's ids.
MARKETS = {
    "KS": "KR", "KQ": "KR", "T": "JP", "HK": "HK", "TW": "TW", "TWO": "TW", "L": "GB", "IL": "GB",
    "PA": "FR", "DE": "DE", "F": "DE", "AS": "NL", "SW": "CH", "MI": "IT", "MC": "ES", "TO": "CA",
    "V": "CA", "NE": "CA", "CN": "CA", "AX": "AU", "NZ": "NZ", "BO": "IN", "NS": "IN", "SR": "SA",
    "SS": "CN", "SZ": "CN", "WA": "PL", "JK": "ID", "SN": "CL", "SI": "SG", "JO": "ZA", "MX": "MX",
    "ST": "SE", "SA": "BR", "TA": "IL", "VI": "AT", "OL": "NO", "CO": "DK", "LS": "PT", "HE": "FI",
    "BR": "BE", "IR": "IE", "KL": "MY", "BK": "TH", "PR": "CZ", "NR": "KE", "CS": "MA", "IS": "TR",
    "AT": "GR", "QA": "QA", "AE": "AE", "PS": "PH", "BD": "HU",
}  # fmt: skip
# A single letter after a dot is a share class in the United States, unless the rest is a foreign code.
_AMBIGUOUS = {"T", "L", "F", "V"}
MARKET_OF_MIC = {
    "XNAS": "US", "XNYS": "US", "XASE": "US", "XKRX": "KR", "XTKS": "JP", "XHKG": "HK", "XTSE": "CA",
    "XTSX": "CA", "XBOM": "IN", "XNSE": "IN", "XLON": "GB", "XASX": "AU", "XTAI": "TW", "ROCO": "TW",
    "XPAR": "FR", "XETR": "DE", "XSWX": "CH", "XMAD": "ES", "XMIL": "IT", "XSAU": "SA", "XSHG": "CN",
    "XAMS": "NL", "XWAR": "PL", "XIDX": "ID", "XSGO": "CL", "XSES": "SG", "XJSE": "ZA", "XMEX": "MX",
    "XSTO": "SE", "BVMF": "BR", "XSHE": "CN", "XTAE": "IL", "XWBO": "AT", "XOSL": "NO", "XCSE": "DK",
    "XNZE": "NZ", "XLIS": "PT", "XHEL": "FI",
}  # fmt: skip
CURRENCY_OF_MARKET = {
    "US": "USD", "KR": "KRW", "JP": "JPY", "HK": "HKD", "CA": "CAD", "IN": "INR", "GB": "GBP",
    "AU": "AUD", "TW": "TWD", "FR": "EUR", "DE": "EUR", "NL": "EUR", "IT": "EUR", "ES": "EUR",
    "CH": "CHF", "CN": "CNY", "BR": "BRL", "SE": "SEK", "NO": "NOK", "DK": "DKK", "PL": "PLN",
    "SG": "SGD", "ZA": "ZAR", "MX": "MXN", "NZ": "NZD", "AT": "EUR", "FI": "EUR", "PT": "EUR",
    "BE": "EUR", "IE": "EUR", "IL": "ILS", "TH": "THB", "ID": "IDR", "MY": "MYR", "SA": "SAR",
    "TR": "TRY", "CL": "CLP", "PH": "PHP", "HU": "HUF", "CZ": "CZK", "GR": "EUR",
}  # fmt: skip
ISIN = re.compile(r"^[A-Z]{2}[A-Z0-9]{9}[0-9]$")


def split_code(code: str, mic: str = "") -> tuple[str, str]:
    """Return (symbol, market) of a collected code.

    >>> split_code("005930.KS"), split_code("BRK.B"), split_code("7203.T"), split_code("BT-A.L")
    (('005930', 'KR'), ('BRK.B', 'US'), ('7203', 'JP'), ('BT-A', 'GB'))
    """
    if mic in MARKET_OF_MIC:
        market = MARKET_OF_MIC[mic]
        return (code if market == "US" else code.rsplit(".", 1)[0]), market
    if "." not in code:
        return code, "US"
    symbol, suffix = code.rsplit(".", 1)
    market = MARKETS.get(suffix)
    if market is None:
        return code, "US"
    if suffix == "T" and not symbol[:1].isdigit():
        return code, "US"
    return symbol, market


def id_of(code: str, mic: str = "") -> str:
    """Return the library's id of a collected code."""
    symbol, market = split_code(code, mic)
    return f"{symbol}.{market}"


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


def is_isin(text: str) -> bool:
    """Return whether the text is an ISIN with a right check digit."""
    return bool(ISIN.match(text)) and isin_check_digit(text[:11]) == text[11]


_TAILS = re.compile(
    r"\s*(Common Stock|Common Shares|Ordinary Shares|Ordinary Share|Common Units.*|Depositary Shares?|Capital Stock|"
    r"American Depositary Shares?.*|American Depository Shares?.*|\(DE\)|\(REIT\)|Shares of Beneficial Interest)\s*$",
    re.IGNORECASE,
)


def clean_name(name: str) -> str:
    """Return a company name without the words every share carries.

    >>> clean_name("NVIDIA Corporation Common Stock"), clean_name("Alphabet Inc. Class A Common Stock")
    ('NVIDIA Corporation', 'Alphabet Inc. Class A')
    """
    text = " ".join(name.split())
    for _ in range(3):
        shorter = _TAILS.sub("", text).strip(" ,-")
        if not shorter or shorter == text:
            break
        text = shorter
    return text


def name_key(name: str) -> str:
    """Return a name reduced to what two sources agree on, to join lines of one country by name."""
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)
    )
    text = re.sub(r"[^A-Z0-9 ]", " ", re.sub(r"[.']", "", plain.upper()).replace("&", " AND "))
    drop = {"INC", "CORP", "CORPORATION", "CO", "COMPANY", "LTD", "LIMITED", "PLC", "SA", "AG", "SE", "NV",
            "THE", "GROUP", "HOLDINGS", "HOLDING", "CLASS", "A", "B", "C", "REGISTERED", "SHARES", "SPA", "AB",
            "ASA", "OYJ", "KK", "TBK", "PT", "BHD", "HLDGS"}  # fmt: skip
    return " ".join(word for word in text.split() if word not in drop)


def iso_date(text: str) -> tuple[str, bool]:
    """Return (ISO date, whether the day was stated): a month or a year alone becomes its first day."""
    found = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if found is None:
        message = f"no date in {text!r}"
        raise ValueError(message)
    year, month, day = found.groups()
    return f"{year}-{month or '01'}-{day or '01'}", day is not None
