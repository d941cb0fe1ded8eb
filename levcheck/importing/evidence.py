"""Which currency a file means when it never says: evidence weighed, and always told to the user as an assumption."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from levcheck.importing.currencies import VENUES, currency_by_listing
from levcheck.importing.lines import Line
from levcheck.importing.options import parse_option

_ISIN_CURRENCY = {
    "US": "USD", "GB": "GBP", "JE": "GBP", "GG": "GBP", "DE": "EUR", "FR": "EUR", "NL": "EUR", "BE": "EUR", "AT": "EUR", "IT": "EUR", "ES": "EUR",
    "PT": "EUR", "FI": "EUR", "GR": "EUR", "CH": "CHF", "LI": "CHF", "SE": "SEK", "NO": "NOK", "DK": "DKK", "PL": "PLN", "JP": "JPY", "KR": "KRW",
    "CN": "CNY", "HK": "HKD", "TW": "TWD", "SG": "SGD", "IN": "INR", "AU": "AUD", "NZ": "NZD", "CA": "CAD", "BR": "BRL", "MX": "MXN", "IL": "ILS",
    "ZA": "ZAR", "TR": "TRY",
}  # fmt: skip
_LANGUAGE_CURRENCY = {
    "ko": "KRW",
    "ja": "JPY",
    "he": "ILS",
    "zh_TW": "TWD",
    "zh_CN": "CNY",
    "de": "EUR",
    "fr": "EUR",
    "nl": "EUR",
    "es": "EUR",
    "it": "EUR",
}
_HOME_WORDS = (
    ("INR", re.compile(r"(?i)\bindia\b|\binvit\b|\bbharat|\bnifty\b|sensex|\bpsu\b|\btata\b|\bhdfc\b|\bicici\b|\binfosys\b|\bnse\b|\bbse\b|bees\b|sovereign gold")),
    ("AUD", re.compile(r"(?i)\baustralia|\basx\b")),
    ("BRL", re.compile(r"(?i)\bfii\b|\bbrasil|tesouro|ibovespa")),
    ("TWD", re.compile(r"台股|台灣|元大|國泰|富邦|台積電")),
    ("HKD", re.compile(r"港股|恒生")),
    ("KRW", re.compile(r"KODEX|TIGER |KBSTAR|ARIRANG|HANARO")),
)  # fmt: skip
_B3 = re.compile(r"^[A-Z]{4}(3|4|5|6|11)$")


def code_currency(symbol: str, name: str = "") -> str | None:
    """Return the currency of the home market a bare code belongs to by its form, None when the form is shared.

    Six digits are Korean or mainland Chinese, told apart by the script of the name; four digits with a Japanese or Chinese
    name likewise; five digits are Hong Kong.
    """
    listed = currency_by_listing(symbol)
    if listed is not None:
        return listed
    if not symbol or not symbol[0].isdigit():
        return None
    hangul = re.search("[가-힣]", name) is not None
    kana = re.search("[ぁ-んァ-ヶー]", name) is not None
    han = re.search("[一-鿿]", name) is not None
    korean = re.fullmatch(r"\d{6}|\d{4}[0-9A-Z]\d|A\d{6}", symbol)
    if korean and (hangul or not han):
        return "KRW" if hangul else None
    if re.fullmatch(r"\d{6}", symbol) and han and not kana:
        return "CNY"
    if re.fullmatch(r"\d{3}[0-9A-Z]", symbol) and kana:
        return "JPY"
    return "HKD" if re.fullmatch(r"\d{5}", symbol) and han else None


def line_currency(line: Line) -> str | None:
    """Return the currency a line's own identity speaks for, else None."""
    if (found := code_currency(line.ticker, line.name)) is not None:
        return found
    venue = line.texts.get("exchange", "").strip().upper()
    return VENUES.get(venue)


def file_currency(
    lines: Sequence[Line], language: str | None, *, has_money: bool, signs: Counter[str]
) -> str | None:
    """Return the currency a file most probably means when neither column nor heading says so.

    Args:
        lines: the rows that hold something.
        language: language of the headings.
        has_money: the list has prices, values or costs; without any, nothing is in a currency.
        signs: currencies seen glued anywhere in the file.
    """
    if not has_money:
        own = Counter(c for line in lines if (c := line_currency(line)))
        return own.most_common(1)[0][0] if own and own.total() >= 0.5 * len(lines) else None
    if signs:
        return signs.most_common(1)[0][0]
    votes: Counter[str] = Counter()
    # A few hundred lines tell as much as a hundred thousand.
    lines = lines[:: max(1, len(lines) // 300)]
    for line in lines:
        _vote(line, votes)
    if language in _LANGUAGE_CURRENCY and not _is_foreign(lines, language):
        votes[_LANGUAGE_CURRENCY[language]] += 0.9 * max(len(lines), 1)  # type: ignore[assignment]
    if not votes and all(is_bare_ticker(line.ticker) for line in lines):
        return "USD"
    if not votes:
        return (
            "USD"
            if sum(is_bare_ticker(line.ticker) for line in lines) >= 0.5 * len(lines)
            else None
        )
    return votes.most_common(1)[0][0]


def _vote(line: Line, votes: Counter[str]) -> None:
    if (own := line_currency(line)) is not None:
        votes[own] += 2
    if line.isin and (home := _ISIN_CURRENCY.get(line.isin[:2])) is not None:
        # A US share may be held anywhere in Europe; an Indian or Korean one hardly is.
        votes[home] += 1
    said = " ".join((line.name, line.texts.get("kind", ""), line.symbol))
    for code, pattern in _HOME_WORDS:
        if pattern.search(said):
            votes[code] += 2
    if line.cusip:
        votes["USD"] += 1
    if _B3.match(line.symbol):
        votes["BRL"] += 1
    elif parse_option(line.symbol) is not None or (
        is_bare_ticker(line.ticker) and not line.isin and not line.wkn
    ):
        votes["USD"] += 1


def _is_foreign(lines: Sequence[Line], language: str | None) -> bool:
    """Whether the holdings of an Asian-language file are plain foreign tickers, as in an overseas account."""
    if language not in ("ko", "ja", "zh_TW", "zh_CN", "he"):
        return False
    bare = sum(is_bare_ticker(line.ticker) for line in lines)
    return bare >= 0.6 * max(len(lines), 1)


def is_bare_ticker(symbol: str) -> bool:
    """Whether a symbol is letters only, as listed in the United States, with at most a share class."""
    return bool(re.fullmatch(r"[A-Z]{1,5}([./-][A-Z]{1,2})?", symbol))


def glued_signs(lines: Iterable[Line]) -> Counter[str]:
    """Return which currencies are glued to amounts, and how often."""
    return Counter(
        number.currency for line in lines for number in line.numbers.values() if number.currency
    )
