"""Security identifiers as files print them; nothing here changes what a code means, zeros included."""

import re

from levcheck.importing.currencies import plain_width
from levcheck.importing.grid import text_of
from levcheck.importing.parsed import Cell

_ISIN = re.compile(r"(?<![A-Z0-9])([A-Z]{2}[A-Z0-9]{9}\d)(?![A-Z0-9])")
_WHOLE_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d", re.ASCII)
_WKN = re.compile(r"[A-HJ-NP-Z0-9]{6}")
_CUSIP = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_TICKER = re.compile(r"[A-Z0-9$][A-Z0-9.\-/&=^+* :]{0,20}")
_CODE = re.compile(r"[0-9A-Z]{4,6}")
_TRAILING_TICKER = re.compile(
    r"^(.*\S)\s*[-–]?\s*[(\[（]((?:[A-Z]{2,8}\s?:\s?)?[A-Z0-9]{1,7}(?:[.\-][A-Z]{1,3})?)[)\]）]\s*$"
)
_CODE_AND_NAME = re.compile(r"^([0-9][0-9A-Z]{3,5})[\s　:：\-]+(\D.*)$")
_TICKER_AND_NAME = re.compile(r"^([A-Z]{1,5}(?:\.[A-Z])?)[\s　]+([^\x00-\x7f].*)$")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_NAME_AND_CODE = re.compile(r"^(.*?\D)[\s　]*[(\[（【]?([0-9][0-9A-Z]{3,5})[)\]）】]?$")
_FORMULA_START = ("=", "@", "+")
_COUNTRIES = frozenset(
    [
        "US",
        "GB",
        "DE",
        "FR",
        "IE",
        "LU",
        "NL",
        "BE",
        "CH",
        "AT",
        "IT",
        "ES",
        "PT",
        "FI",
        "SE",
        "NO",
        "DK",
        "IS",
        "PL",
        "CZ",
        "HU",
        "GR",
        "JP",
        "KR",
        "CN",
        "HK",
        "TW",
        "SG",
        "IN",
        "AU",
        "NZ",
        "CA",
        "BR",
        "MX",
        "AR",
        "CL",
        "CO",
        "PE",
        "ZA",
        "IL",
        "TR",
        "RU",
        "JE",
        "GG",
        "IM",
        "BM",
        "KY",
        "VG",
        "VI",
        "MH",
        "PA",
        "CY",
        "MT",
        "LI",
        "LT",
        "LV",
        "EE",
        "SI",
        "SK",
        "HR",
        "RO",
        "BG",
        "TH",
        "MY",
        "ID",
        "PH",
        "VN",
        "PR",
        "XS",
        "EU",
        "QA",
        "AE",
        "SA",
        "KW",
        "EG",
        "NG",
        "KE",
        "CW",
        "AN",
        "LR",
        "MU",
        "XC",
        "XD",
    ]
)


def find_isin(text: str) -> str | None:
    """Return the ISIN in a text, None when there is none; the check digit is not asked for (files mask it).

    >>> find_isin("APPLE INC US0378331005")
    'US0378331005'
    """
    for found in _ISIN.findall(plain_width(text).upper()):
        if found[:2] in _COUNTRIES:
            return str(found)
    return None


def is_plain_isin(text: str) -> bool:
    """Whether a text is an ISIN and nothing else, in capitals."""
    return _WHOLE_ISIN.fullmatch(text) is not None and text[:2] in _COUNTRIES


def isin_is_valid(isin: str) -> bool:
    """Whether the check digit of an ISIN fits (ISO 6166, Luhn over the letters as numbers)."""
    digits = "".join(str(int(letter, 36)) for letter in isin)
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if index % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def is_wkn(text: str) -> bool:
    """Whether a text has the form of a German security number."""
    return bool(_WKN.fullmatch(text.strip().upper())) and any(ch.isdigit() for ch in text)


def is_cusip(text: str) -> bool:
    """Whether a text is a CUSIP with its check digit (modulus 10, double add double)."""
    code = text.strip().upper()
    if not _CUSIP.fullmatch(code) or not any(ch.isdigit() for ch in code[:8]):
        return False
    total = 0
    for index, letter in enumerate(code[:8]):
        value = int(letter, 36) if letter.isalnum() else 36 + "*@#".index(letter)
        value *= 2 if index % 2 else 1
        total += value // 10 + value % 10
    return (10 - total % 10) % 10 == int(code[8])


def is_tickerlike(text: str) -> bool:
    """Whether a text could be an exchange symbol: short, capitals and digits."""
    return bool(_TICKER.fullmatch(text.strip())) and len(text.split()) <= 2


def is_formula(text: str) -> bool:
    """Whether a text would start a formula or a command in a spreadsheet program."""
    text = text.strip()
    return text.startswith(_FORMULA_START) or (
        text.startswith("-")
        and not re.match(r"^-\s?[A-Z.]{1,6}\d{6}[CP]\d|^-+$", text)
        and not _short_option(text)
    )


def _short_option(text: str) -> bool:
    return bool(re.match(r"^-[A-Z]{1,6}\d{6}[CP][\d.]+$", text))


def clean_symbol(cell: Cell) -> str:
    """Return a symbol as printed, trimmed and in capitals where it has letters of one case only.

    Full-width letters become plain; a whole number becomes its digits (588000, never 588000.0).
    """
    text = plain_width(text_of(cell)).strip().strip("'\"").strip()
    return text.upper() if text.isascii() and (text.islower() and len(text) <= 12) else text


def ticker_in_name(name: str) -> tuple[str, str] | None:
    """Part ``NVIDIA Corporation - (NVDA)`` into (name, symbol); None when no symbol is glued on."""
    found = _TRAILING_TICKER.match(" ".join(name.replace("\u00a0", " ").split()))
    return (found.group(1).rstrip(" -–"), found.group(2)) if found else None


def split_code_and_name(text: str) -> tuple[str, str] | None:
    """Part ``7203 トヨタ自動車`` or ``三星電子(005930)`` into (code, name); None when it holds one of both only."""
    wide = plain_width(text).strip()
    if found := _CODE_AND_NAME.match(wide):
        return found.group(1), found.group(2).strip()
    # Letters before a Japanese name are a foreign ticker; in Korea and China they are the brand of a fund.
    if (found := _TICKER_AND_NAME.match(wide)) and _KANA.search(found.group(2)):
        return found.group(1), found.group(2).strip()
    if found := re.match(r"^(.*?\D)[\s　]*[(\[（【]([0-9][0-9A-Z]{3,5})[)\]）】]$", wide):
        return found.group(2), found.group(1).strip()
    return None
