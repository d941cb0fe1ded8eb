"""Names and symbols reduced to what two sources agree on."""

import re
import unicodedata

# Words every company carries, in the languages of broker exports; they say nothing about which company it is.
_EMPTY_WORDS = frozenset(
    [
        "INC",
        "INCORPORATED",
        "CORP",
        "CORPORATION",
        "CO",
        "COMPANY",
        "COS",
        "LTD",
        "LIMITED",
        "PLC",
        "SA",
        "AG",
        "SE",
        "NV",
        "SPA",
        "AB",
        "ASA",
        "OYJ",
        "KK",
        "TBK",
        "PT",
        "BHD",
        "HLDGS",
        "HLDG",
        "HOLDINGS",
        "HOLDING",
        "GROUP",
        "THE",
        "COMMON",
        "STOCK",
        "SHARES",
        "SHARE",
        "REGISTERED",
        "REG",
        "SHS",
        "ORD",
        "ORDINARY",
        "ADR",
        "ADS",
        "SPONSORED",
        "GDR",
        "NEW",
        "ON",
        "NA",
        "O",
        "N",
        "VNA",
        "VINK",
        "NAMENS",
        "AKTIEN",
        "DL",
        "EO",
        "YC",
        "LS",
        "DE",
        "DEL",
        "COM",
        "CAP",
        "STK",
        "LLC",
        "LP",
        "TRUST",
        "REIT",
    ]
)
_CLASS = re.compile(r"\b(?:CLASS|CL|SERIES|SER)\s*\.?\s*([A-Z])\b")


def plain_text(text: str) -> str:
    """Return text in upper case, full-width letters made plain, accents removed.

    >>> plain_text("ＩＮＰＥＸ Nestlé")
    'INPEX NESTLE'
    """
    folded = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept).upper()


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell one company from another.

    >>> name_words("NVIDIA Corp."), name_words("Alphabet Inc. Class A")
    (('NVIDIA',), ('ALPHABET', 'A'))
    """
    text = plain_text(name).replace("&", " AND ")
    text = _CLASS.sub(r" \1 ", text)
    text = re.sub(r"['’`.]", "", text)
    words = re.sub(r"[^\w]+", " ", text).replace("_", " ").split()
    kept = tuple(
        word
        for word in words
        if word not in _EMPTY_WORDS and not re.fullmatch(r"0\d*|\d{5,}", word)
    )
    return kept or tuple(words)


def name_key(name: str) -> str:
    """Return the telling words of a name as one string.

    >>> name_key("Apple Inc.") == name_key("APPLE INC") == "APPLE"
    True
    """
    return " ".join(name_words(name))


def names_agree(one: str, other: str) -> bool:
    """Return whether two names speak of the same thing: the telling words of the shorter all begin words of the longer.

    Broker exports cut names short, so the beginning of a word is enough when it has three letters.

    >>> names_agree("MUENCH.RUECKVERS.VNA O.N.", "Munich Re"), names_agree("NVIDIA CORP", "NVIDIA Corporation")
    (False, True)
    """
    a, b = name_words(one), name_words(other)
    if not a or not b:
        return False
    if _are_initials(a, other) or _are_initials(b, one):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    hits = sum(any(_begins(word, candidate) for candidate in long) for word in short)
    if len(short) == 1:
        return hits == 1 and _begins(short[0], long[0])
    return hits >= max(2, -(-2 * len(short) // 3)) or (
        hits >= 1 and _begins(a[0], b[0]) and len(a[0]) >= 5
    )


def _are_initials(words: tuple[str, ...], name: str) -> bool:
    """Return whether a name of one word is made of another's first letters.

    >>> _are_initials(("TSMC",), "Taiwan Semiconductor Manufacturing Co Ltd"), _are_initials(("SAP",), "Siemens AG")
    (True, False)
    """
    if len(words) != 1 or not 3 <= len(words[0]) <= 5:
        return False
    letters = "".join(word[0] for word in re.findall(r"\w+", plain_text(name)))
    return len(letters) >= 3 and letters.startswith(words[0])


def _begins(word: str, other: str) -> bool:
    if word == other:
        return True
    least = min(len(word), len(other))
    return least >= 3 and (word.startswith(other) or other.startswith(word))


def symbol_key(symbol: str) -> str:
    """Return a symbol with every class separator made one dot.

    >>> symbol_key("brk/b"), symbol_key("BRK-B"), symbol_key("BRK B"), symbol_key("0700")
    ('BRK.B', 'BRK.B', 'BRK.B', '0700')
    """
    return re.sub(r"[\s/\-.^]+", ".", symbol.strip().upper()).strip(".")
