"""English is easy to read, and no language says what levcheck must not say."""

import re
from typing import Any

import pytest

from levcheck.i18n.words import LANGUAGES
from tests.helpers.catalogue_tools import catalogues, tool

HARDEST_GRADE = 8.0
LONGEST_SENTENCE = 20
# Set text of the law and its plain twin, and citations of where figures come from.
_LEGAL = ("Regulators in the United States", "Margin: ", "Rules of the United States")

_FORBIDDEN = {
    "en": r"\b(recommend\w*|guarantee\w*|risk.free|should|ought|you must|safe|safely|safest)\b",
    "de": r"\b(empf[eiah]+l\w*|garantier\w*|garantie\w*|risikolos\w*|risikofrei\w*|sicher|sichere\w*|sollten?|sollen)\b",
    "ko": r"추천|권장|보장|안전|무위험|하셔야",
    "zh_TW": r"推薦|保證(?!金)|安全|無風險|應該|穩賺",
}
# "safe" about a file that was not lost, "risk-free" as the name of a rate: nothing is said about an investment.
_ABOUT_FILES = re.compile(r"\b(files are safe|saved copy is safe|read safely|risk-free rate)\b")


@pytest.fixture(scope="module")
def messages() -> list[Any]:
    found: list[Any] = tool("messages").every_message()
    return found


def syllables(word: str) -> int:
    """Return how many syllables an English word has, by its groups of vowels and its silent endings."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    number = len(re.findall(r"[aeiouy]+", letters))
    if number > 1 and letters.endswith("e") and not re.search(r"[^aeiouy]le$|ee$", letters):
        number -= 1
    if number > 1 and re.search(r"[^td]ed$", letters):
        number -= 1
    return max(number, 1)


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9$%][\w$%'’.,&]*", text)


def plainly(text: str) -> str:
    """Return the text with what is filled in, and what is typed, each counted as one short word."""
    text = re.sub(r"\{[^}]*\}", "it", text)
    return re.sub(r"\S*[/_=]\S*|--\S+|\w+\.(csv|xlsx|toml)\b|(?<=\s)\.\w+", "file", text)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text."""
    sentences = [s for s in re.split(r"(?<=[.!?:;])\s+", text) if words_of(s)]
    words = words_of(text)
    long = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * long - 15.59


def sentences_said(messages: list[Any]) -> list[str]:
    cited = tool("messages").citations()
    texts = [text for m in messages for text in (m.singular, m.plural)]
    return [
        text
        for text in texts
        if re.search(r"[.?!]$", text) and text not in cited and not text.startswith(_LEGAL)
    ]


def test_that_the_rule_of_syllables_is_right() -> None:
    known = {"money": 2, "file": 1, "changed": 1, "multiple": 3, "added": 2, "the": 1, "fee": 1}
    assert {word: syllables(word) for word in known} == known
    assert grade("The cat sat on the mat.") < 1
    hard = "The aforementioned characterisation necessitates considerable reinterpretation."
    assert grade(hard) > HARDEST_GRADE


def test_that_every_english_text_is_of_grade_eight_or_lower(messages: list[Any]) -> None:
    texts = map(plainly, sentences_said(messages))
    hard = {t: round(grade(t), 1) for t in texts if len(words_of(t)) > 4}
    assert len(hard) > 300
    assert {t: g for t, g in hard.items() if g > HARDEST_GRADE} == {}


def test_that_no_english_sentence_has_more_than_twenty_words(messages: list[Any]) -> None:
    parts = [
        sentence
        for text in map(plainly, sentences_said(messages))
        for sentence in re.split(r"(?<=[.!?])\s+", text)
    ]
    assert [s for s in parts if len(words_of(s)) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_forbidden_words_are_absent(messages: list[Any], language: str) -> None:
    if language == "en":
        texts = [_ABOUT_FILES.sub("", t) for m in messages for t in (m.singular, m.plural)]
    else:
        texts = [
            form
            for entry in catalogues().read_catalogue(language)
            if entry.id and "risk-free rate" not in entry.id
            for form in ([entry.string] if isinstance(entry.string, str) else entry.string)
        ]
    forbidden = re.compile(_FORBIDDEN[language], re.IGNORECASE)
    assert [text for text in texts if forbidden.search(text)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You should buy this safe fund."),
        ("de", "Wir empfehlen diese sichere Anlage."),
        ("ko", "이 펀드를 추천합니다."),
        ("zh_TW", "保證獲利。"),
    ],
)
def test_that_a_forbidden_word_would_be_found(language: str, text: str) -> None:
    assert re.search(_FORBIDDEN[language], text, re.IGNORECASE)
