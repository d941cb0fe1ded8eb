"""Korean particles: a catalogue writes both forms, ``을(를)``, and the word before decides which one is read."""

import re

# What each pair becomes after a final consonant, and after a vowel.
_PAIRS = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_WRITTEN = re.compile(
    r"(?P<last>[^\s)\]”’'\"»›」』])(?P<closing>[)\]”’'\"»›」』]*)(?P<pair>"
    + "|".join(re.escape(pair) for pair in _PAIRS)
    + ")"
)
# The sign of a currency stands before the amount and is read after it: 달러, 유로, 파운드, but 원 and 엔.
_AMOUNT = re.compile(r"(?P<sign>[$€£₩¥])[\d,.]+[만억조]?$")
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_FINAL_RIEUL = 8
# Digits and letters as they are read aloud: 영 일 삼 육 칠 팔 and 엘 엠 엔 알 end in a consonant.
_READ_WITH_FINAL = frozenset("013678LMNRlmnr")
_READ_WITH_RIEUL = frozenset("178LRlr")


def with_particles(text: str) -> str:
    """Return `text` with each pair of particles replaced by the one that fits the word before it.

    >>> with_particles("엔비디아을(를), 삼성이(가), 7(으)로")
    '엔비디아를, 삼성이, 7로'
    """
    return _WRITTEN.sub(_chosen, text) if "(" in text else text


def _chosen(match: re.Match[str]) -> str:
    last, pair = match["last"], match["pair"]
    after_consonant, after_vowel = _PAIRS[pair]
    amount = _AMOUNT.search(match.string, 0, match.start("last") + 1)
    final, rieul = (amount["sign"] in "₩¥", False) if amount else _ending(last)
    closed = final and not (rieul and pair == "(으)로")
    return last + match["closing"] + (after_consonant if closed else after_vowel)


def _ending(last: str) -> tuple[bool, bool]:
    """Return whether a syllable ends in a consonant, and whether that consonant is ㄹ."""
    code = ord(last)
    if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        final = (code - _FIRST_SYLLABLE) % _FINALS
        return final > 0, final == _FINAL_RIEUL
    return last in _READ_WITH_FINAL, last in _READ_WITH_RIEUL
