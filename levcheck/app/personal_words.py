"""Words that may be somebody's name: those of the files, accounts and owners of a list.

They are taken out only of what the user wrote himself (own scenarios, own bets) and of lines nobody could recognise: in
the name of a security the same word is the security's.
"""

import re
from collections.abc import Iterable
from typing import Final

GONE: Final = "…"
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
_SHORTEST_OF_EAST_ASIA: Final = 2
_NO_NAMES: Final = frozenset(
    [
        "account",
        "accounts",
        "aktien",
        "all",
        "asset",
        "assets",
        "aufstellung",
        "basket",
        "bestand",
        "best",
        "bets",
        "book",
        "broker",
        "brokerage",
        "buch",
        "cash",
        "checking",
        "client",
        "clients",
        "copy",
        "core",
        "current",
        "custody",
        "data",
        "depot",
        "depotbestand",
        "divers",
        "draft",
        "ertrag",
        "etfs",
        "example",
        "export",
        "family",
        "file",
        "final",
        "finance",
        "financial",
        "fond",
        "fonds",
        "fund",
        "funds",
        "general",
        "growth",
        "haushalt",
        "holding",
        "holdings",
        "household",
        "income",
        "individual",
        "investment",
        "investments",
        "invest",
        "ira",
        "joint",
        "konto",
        "kunde",
        "kunden",
        "liste",
        "long",
        "main",
        "margin",
        "model",
        "muster",
        "nachlass",
        "name",
        "note",
        "notes",
        "other",
        "overview",
        "page",
        "personal",
        "plan",
        "portfolio",
        "portfolios",
        "position",
        "positionen",
        "positions",
        "private",
        "proposal",
        "rente",
        "retirement",
        "roth",
        "sample",
        "saving",
        "savings",
        "securities",
        "sheet",
        "short",
        "spar",
        "statement",
        "stock",
        "stocks",
        "taxable",
        "test",
        "this",
        "today",
        "total",
        "traditional",
        "trust",
        "value",
        "values",
        "wealth",
        "wert",
        "werte",
        "wertpapiere",
        "workbook",
        "year",
        "yearly",
        "계좌",
        "보유",
        "종목",
        "포트폴리오",
        "연금",
        "예시",
        "股票",
        "帳戶",
        "持股",
        "投資",
        "組合",
        "庫存",
        "證券",
        "部位",
    ]
)


def personal_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of names that may be somebody's, folded; what any list may be called is none of them.

    >>> sorted(personal_words(["Rosalind Quackenbush 2026.xlsx", "Joint account"]))
    ['quackenbush', 'rosalind']
    """
    found = set()
    for text in texts:
        stem = re.sub(r"\.[A-Za-z]{2,8}$", "", text)
        found |= {word.casefold() for word in _WORD.findall(stem) if _is_long_enough(word)}
    return frozenset(found - _NO_NAMES)


def without_words(text: str, words: frozenset[str]) -> str:
    """Return a text with a mark in the place of these words.

    >>> without_words("What Quackenbush fears", frozenset({"quackenbush"}))
    'What … fears'
    """
    if not words:
        return text
    return _WORD.sub(lambda m: GONE if m.group().casefold() in words else m.group(), text)


def _is_long_enough(word: str) -> bool:
    least = _SHORTEST if word.isascii() or word[0] < "\u1100" else _SHORTEST_OF_EAST_ASIA
    return len(word) >= least
