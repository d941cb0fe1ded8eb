"""Currencies as files write them: codes, symbols, words, glued to amounts, or implied by where something is listed."""

import re
import unicodedata

CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "CNH",
        "HKD",
        "TWD",
        "KRW",
        "INR",
        "CAD",
        "AUD",
        "NZD",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "ISK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "TRY",
        "ILS",
        "ZAR",
        "BRL",
        "MXN",
        "ARS",
        "CLP",
        "COP",
        "PEN",
        "SGD",
        "MYR",
        "THB",
        "IDR",
        "PHP",
        "VND",
        "RUB",
        "UAH",
        "AED",
        "SAR",
        "QAR",
        "KWD",
        "EGP",
        "PKR",
        "LKR",
        "BDT",
        "KZT",
        "NGN",
        "KES",
        "XAF",
        "XAG",
        "XAU",
        "XCD",
        "XOF",
        "XPD",
        "XPF",
        "XPT",
    ]
)
# Quoted in hundredths of the currency they belong to: code or word → (currency, factor).
MINOR = {
    "GBX": ("GBP", 0.01),
    "GBPX": ("GBP", 0.01),
    "GBp": ("GBP", 0.01),
    "ILA": ("ILS", 0.01),
    "ILX": ("ILS", 0.01),
    "ZAC": ("ZAR", 0.01),
    "ZAc": ("ZAR", 0.01),
    "USX": ("USD", 0.01),
}
_MINOR_WORDS = {
    "pence": ("GBP", 0.01),
    "penny": ("GBP", 0.01),
    "agorot": ("ILS", 0.01),
    "אגורות": ("ILS", 0.01),
    "באגורות": ("ILS", 0.01),
    "cents": ("USD", 0.01),
}
_SYMBOLS = {
    "US$": "USD",
    "U$S": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "C$": "CAD",
    "CA$": "CAD",
    "CDN$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "S$": "SGD",
    "NZ$": "NZD",
    "R$": "BRL",
    "CN¥": "CNY",
    "RMB": "CNY",
    "Rs.": "INR",
    "Rs": "INR",
    "Fr.": "CHF",
    "SFr.": "CHF",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "￦": "KRW",
    "₪": "ILS",
    "¥": "JPY",
    "￥": "JPY",
    "₺": "TRY",
    "₽": "RUB",
    "zł": "PLN",
    "$": "USD",
}
_WORDS = {
    "euro": "EUR",
    "euros": "EUR",
    "us dollar": "USD",
    "us-dollar": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "yen": "JPY",
    "円": "JPY",
    "日本円": "JPY",
    "米ドル": "USD",
    "ドル": "USD",
    "원": "KRW",
    "원화": "KRW",
    "달러": "USD",
    "미국달러": "USD",
    "人民币": "CNY",
    "人民幣": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "港幣": "HKD",
    "台币": "TWD",
    "台幣": "TWD",
    "新台幣": "TWD",
    "新臺幣": "TWD",
    "日圓": "JPY",
    "日元": "JPY",
    "歐元": "EUR",
    "欧元": "EUR",
    "元": "CNY",
    "swiss franc": "CHF",
    "swiss francs": "CHF",
    "franc suisse": "CHF",
    "franco svizzero": "CHF",
    "british pound": "GBP",
    "british pounds": "GBP",
    "pound sterling": "GBP",
    "pounds": "GBP",
    "livre sterling": "GBP",
    "u.s. dollar": "USD",
    "us dollars": "USD",
    "dollar américain": "USD",
    "dólar": "USD",
    "dólares": "USD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "taiwan dollar": "TWD",
    "japanese yen": "JPY",
    "korean won": "KRW",
    "won": "KRW",
    "renminbi": "CNY",
    "yuan": "CNY",
    "indian rupee": "INR",
    "reais": "BRL",
    "real brasileiro": "BRL",
    "danish krone": "DKK",
    "norwegian krone": "NOK",
    "swedish krona": "SEK",
    "dänische krone": "DKK",
    "norwegische krone": "NOK",
    "schwedische krone": "SEK",
    "schweizer franken": "CHF",
    "franken": "CHF",
    "pfund": "GBP",
    "britische pfund": "GBP",
    "rupee": "INR",
    "rupees": "INR",
    "inr": "INR",
    'ש"ח': "ILS",
    "שח": "ILS",
    "בשח": "ILS",
    'בש"ח': "ILS",
    "שקל": "ILS",
    "שקל חדש": "ILS",
    "דולר": "USD",
    "אירו": "EUR",
    "us$": "USD",
    "stg": "GBP",
    "sterling": "GBP",
}
# Scripts without blanks: the word may stand anywhere in a heading.
_INSIDE_HEADINGS = (
    ("円", "JPY"),
    ("원화", "KRW"),
    ("달러", "USD"),
    ("台幣", "TWD"),
    ("臺幣", "TWD"),
    ("人民币", "CNY"),
    ("人民幣", "CNY"),
    ("港币", "HKD"),
    ("港幣", "HKD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("ドル", "USD"),
    ("שקל", "ILS"),
    ('ש"ח', "ILS"),
    ("ש״ח", "ILS"),
    ("בשח", "ILS"),
)
_ORDERED_SYMBOLS = sorted(_SYMBOLS, key=len, reverse=True)
_FIRST_SIGNS = frozenset(symbol[0] for symbol in _SYMBOLS)
_LAST_SIGNS = frozenset(symbol[-1] for symbol in _SYMBOLS)
_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_BRACKETED = re.compile(r"[(\[（【〔]([^)\]）】〕]*)[)\]）】〕]")

# Yahoo, Bloomberg and common listing suffixes → currency of the quote.
SUFFIXES = {
    "US": "USD",
    "UK": "GBP",
    "TO": "CAD",
    "V": "CAD",
    "CN": "CAD",
    "NE": "CAD",
    "L": "GBP",
    "IL": "USD",
    "DE": "EUR",
    "F": "EUR",
    "SG": "EUR",
    "MU": "EUR",
    "BE": "EUR",
    "DU": "EUR",
    "HM": "EUR",
    "PA": "EUR",
    "AS": "EUR",
    "BR": "EUR",
    "MI": "EUR",
    "MC": "EUR",
    "LS": "EUR",
    "VI": "EUR",
    "HE": "EUR",
    "IR": "EUR",
    "AT": "EUR",
    "SW": "CHF",
    "ST": "SEK",
    "OL": "NOK",
    "CO": "DKK",
    "WA": "PLN",
    "SA": "BRL",
    "MX": "MXN",
    "BA": "ARS",
    "T": "JPY",
    "KS": "KRW",
    "KQ": "KRW",
    "HK": "HKD",
    "SS": "CNY",
    "SZ": "CNY",
    "SH": "CNY",
    "TW": "TWD",
    "TWO": "TWD",
    "NS": "INR",
    "BO": "INR",
    "AX": "AUD",
    "NZ": "NZD",
    "SI": "SGD",
    "KL": "MYR",
    "BK": "THB",
    "JK": "IDR",
    "TA": "ILS",
    "JO": "ZAR",
    "IS": "TRY",
}
# Where a venue quotes, as brokers print the venue (MIC, short name or country).
VENUES = {
    "XNAS": "USD",
    "XNYS": "USD",
    "ARCX": "USD",
    "XASE": "USD",
    "BATS": "USD",
    "NASDAQ": "USD",
    "NYSE": "USD",
    "NYSEARCA": "USD",
    "AMEX": "USD",
    "XTSE": "CAD",
    "XTSX": "CAD",
    "TSX": "CAD",
    "TSX-V": "CAD",
    "TSXV": "CAD",
    "NEO": "CAD",
    "XETRA": "EUR",
    "XETR": "EUR",
    "XFRA": "EUR",
    "XPAR": "EUR",
    "XAMS": "EUR",
    "XMIL": "EUR",
    "NSE": "INR",
    "BSE": "INR",
    "XNSE": "INR",
    "HKEX": "HKD",
    "SEHK": "HKD",
    "XHKG": "HKD",
    "TSE": "JPY",
    "XTKS": "JPY",
    "KRX": "KRW",
    "XKRX": "KRW",
    "KOSPI": "KRW",
    "KOSDAQ": "KRW",
    "TWSE": "TWD",
    "TPEX": "TWD",
    "XTAI": "TWD",
    "SGX": "SGD",
    "ASX": "AUD",
    "XASX": "AUD",
    "LSE": "GBP",
    "XLON": "GBP",
    "LON": "GBP",
    "B3": "BRL",
    "BVMF": "BRL",
    "TASE": "ILS",
    "XTAE": "ILS",
    "SIX": "CHF",
    "XSWX": "CHF",
    "东证": "JPY",
}


def as_currency(text: str) -> str | None:
    """Return the ISO code of a cell that holds nothing but a currency, else None.

    Minor units (GBX, pence) give the currency they belong to; ask :func:`minor_unit` for the factor.

    >>> as_currency("€"), as_currency("GBX"), as_currency("円"), as_currency("Aktie")
    ('EUR', 'GBP', 'JPY', None)
    """
    cleaned = text.strip()
    if not cleaned or len(cleaned) > 18:
        return None
    if cleaned in MINOR:
        return MINOR[cleaned][0]
    upper = cleaned.upper()
    if upper in CODES:
        return "CNY" if upper == "CNH" else upper
    if cleaned in _SYMBOLS:
        return _SYMBOLS[cleaned]
    folded = cleaned.casefold()
    if folded in _WORDS:
        return _WORDS[folded]
    return _MINOR_WORDS[folded][0] if folded in _MINOR_WORDS else None


def minor_unit(text: str) -> tuple[str, float] | None:
    """Return (currency, factor) when a text names hundredths: ``GBX``, ``GBp``, ``pence``, ``agorot``."""
    cleaned = text.strip()
    if cleaned in MINOR or cleaned.upper() in MINOR:
        return MINOR.get(cleaned) or MINOR[cleaned.upper()]
    folded = cleaned.casefold()
    if folded in ("p", "p."):
        return ("GBP", 0.01)
    for word, unit in _MINOR_WORDS.items():
        if word != "cents" and word in folded:
            return unit
    return None


def currency_in_header(header: str) -> str | None:
    """Return the currency a heading names: ``Value (£)``, ``Wert in EUR``, ``評価額[円]``, ``Price Paid $``."""
    for inside in _BRACKETED.findall(header):
        code = as_currency(inside.removeprefix("in ").strip())
        if code is not None or inside.strip() == "R":
            return code or "ZAR"
    found = next((code for code in _CODE.findall(header) if code in CODES), None)
    return found or _word_inside(header)


def _word_inside(header: str) -> str | None:
    for word, currency in _INSIDE_HEADINGS:
        if word in header:
            return currency
    # One symbol is enough, but never the plain "$" as part of another ("HK$").
    for symbol in _ORDERED_SYMBOLS:
        if not symbol.isalpha() and symbol in header and symbol not in ("Fr.", "Rs."):
            return _SYMBOLS[symbol]
    words = (word for word in header.split() if word != "元")
    return next((c for w in words if (c := _WORDS.get(w.casefold().strip("()[]:")))), None)


def split_glued(text: str) -> tuple[str, str | None]:
    """Take a currency off either end of an amount.

    >>> split_glued("USD 10.25"), split_glued("1.250,50 €"), split_glued("-$5")
    (('10.25', 'USD'), ('1.250,50', 'EUR'), ('-5', 'USD'))
    """
    sign, body = "", text
    if body.startswith(("+", "-", "(")):
        sign, body = body[:1], body[1:].lstrip()
    bare, code = _without_symbol(body)
    if code is None:
        bare, code = _without_code(body)
    return (sign + bare, code) if code is not None else (text, None)


def _without_symbol(body: str) -> tuple[str, str | None]:
    # Nearly every figure has no symbol, and its two ends say so at once.
    if body[:1] not in _FIRST_SIGNS and _LAST_SIGNS.isdisjoint(body[-2:]):
        return body, None
    for symbol in _ORDERED_SYMBOLS:
        if body.startswith(symbol):
            return body[len(symbol) :].lstrip(), _SYMBOLS[symbol]
        if body.endswith(symbol):
            return body[: -len(symbol)].rstrip(), _SYMBOLS[symbol]
        if body.endswith(symbol + ")"):
            return body[: -len(symbol) - 1].rstrip() + ")", _SYMBOLS[symbol]
    return body, None


def _without_code(body: str) -> tuple[str, str | None]:
    head, tail = body[:3].upper(), body[-3:].upper()
    if head in CODES and not body[3:4].isalpha():
        return body[3:].strip(), head
    if tail in CODES and not body[-4:-3].isalpha():
        return body[:-3].strip(), tail
    for word in ("円", "원", "元"):
        if body.endswith(word):
            return body[: -len(word)].rstrip(), _WORDS[word]
    return body, None


def currency_by_listing(symbol: str) -> str | None:
    """Return the currency of the exchange a symbol's suffix or prefix names (``TD.TO``, ``LON:RSW``), else None."""
    if ":" in symbol:
        venue = symbol.split(":", 1)[0].strip().upper()
        return VENUES.get(venue)
    if symbol.upper().endswith("-USD"):
        return "USD"
    if "." in symbol:
        stem, suffix = symbol.rsplit(".", 1)
        # "BRK.B" and "RDS.A" are share classes, not exchanges; only digits or two letters are safe alone.
        if suffix.upper() in SUFFIXES and stem and len(stem.split()) == 1:
            return SUFFIXES[suffix.upper()]
    return None


def plain_width(text: str) -> str:
    """Return full-width digits, letters and signs in their usual form."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
