"""Every code the analysis speaks in has its words, and the words keep to plain English."""

import re
from pathlib import Path

import pytest

from levcheck.i18n.analysis_sentences import SENTENCES

PACKAGE = Path(__file__).parents[3] / "levcheck"
FILES = [
    *(PACKAGE / "exposure").glob("*.py"),
    PACKAGE / "cli" / "passwords.py",
    *(
        PACKAGE / "app" / f"{name}.py"
        for name in (
            "accounts",
            "exposures",
            "household",
            "intake",
            "lines",
            "option_lines",
            "passwords",
            "pipeline",
            "scenarios",
            "shocks",
        )
    ),
    PACKAGE / "cli" / "passwords.py",
]
CODE = re.compile(r'"((?:portfolio|exposure|check)\.[a-z_]+)"')


def used_codes() -> set[str]:
    return {code for file in FILES for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_that_every_code_has_words_and_every_sentence_a_use() -> None:
    used = used_codes()
    assert len(used) > 10
    assert used - SENTENCES.keys() == set()
    assert SENTENCES.keys() - used == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_that_the_words_are_plain_and_short(code: str) -> None:
    for text in SENTENCES[code]:
        for sentence in re.split(r"(?<=[.!?]) ", text):
            assert len(sentence.split()) <= 20, sentence
        assert not re.search(r"\b(should|recommend|risk-free|N/A)\b", text, re.IGNORECASE)
