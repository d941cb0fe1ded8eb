"""Which kind of security a line is: what its type column says, its section, its code, its name."""

import re
from collections.abc import Iterable

from levcheck.importing.row_words import kind_of_words

_COINS = frozenset(
    {
        "BTC", "ETH", "XRP", "SOL", "ADA", "DOGE", "DOT", "LTC", "BCH", "XLM", "LINK", "AVAX", "MATIC", "USDT", "USDC",
        "BNB", "TRX", "SHIB", "XBT",
    }
)  # fmt: skip
PUBLIC_KINDS = frozenset({"equity", "fund", "option", "bond", "crypto", "certificate"})
_FUND_WORDS = (" ETF", " UCITS", " ETC", " ETN", " FUND", " FONDS", "INDEX FUND")
_CERTIFICATE_WORDS = ("OPTIONSSCHEIN", "WARRANT", "ZERTIFIKAT", "TURBO", "KNOCK-OUT")
_NAME_KINDS = re.compile(f"({'|'.join(_FUND_WORDS)})|{'|'.join(_CERTIFICATE_WORDS)}")


def kind_said(text: str) -> tuple[bool, str | None]:
    """Return (whether a type column settles it, the kind); an option it names is one only with its terms."""
    said = kind_of_words(text)
    settled = said is not None and said != "cash"
    return settled, said if settled and said != "option" else None


def kind_of_section(section: str | None) -> str | None:
    """Return the kind a section is headed with, None where that says nothing of its lines."""
    return section if section and section not in ("cash", "option") else None


def kind_of_code(symbol: str, isin: str) -> str | None:
    """Return "crypto" for the codes of coins."""
    code = symbol.upper()
    if code in _COINS and not isin:
        return "crypto"
    paired = code.endswith(("-USD", "-EUR")) and code.split("-")[0] in _COINS
    return "crypto" if paired else None


def kind_of_name(name: str) -> str | None:
    """Return "fund" or "certificate" where a name says so."""
    found = _NAME_KINDS.search(f" {name.upper()} ")
    return None if found is None else "fund" if found.group(1) else "certificate"


def coded_kinds(symbols: Iterable[str]) -> frozenset[str]:
    """Return the symbols, in capitals and without a pair's second half, that may be coins."""
    return _COINS.intersection(symbols)


def named_kinds(names: Iterable[str]) -> set[str]:
    """Return the names that may say a kind; none where no such word stands in any of them."""
    distinct = set(names)
    joined = f" {' | '.join(distinct)} ".upper()
    found = any(word in joined for word in (*_FUND_WORDS, *_CERTIFICATE_WORDS))
    return distinct if found else set()
