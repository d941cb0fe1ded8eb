"""Nothing on a screen escapes translation: in a made-up language no English is left but names and data."""

import calendar
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import pytest

from levcheck.app.analysis import Analysis
from levcheck.domain.portfolio import IgnoredRows, Outcome, Reading, StatedTotal
from levcheck.i18n import words as words_module
from levcheck.i18n.words import LANGUAGES, Words
from levcheck.presenting.drawer import drawer_view
from levcheck.presenting.figures import parse_key
from levcheck.presenting.screens import screen_views
from tests.helpers.catalogue_tools import tool
from tests.helpers.pseudo_language import pseudo, pseudo_catalogue
from tests.helpers.sample_analysis import empty_analysis, sample_analysis

# Fields that no person reads: what a click is about, and which column or row it is.
_UNREAD = {"key", "id", "bets", "pairs", "fingerprint", "scenario", "theme", "field", "page"}
# Months stay English because only the words are made up, not the calendar; the set text of the rule is never translated.
_MONTHS = re.compile("|".join(rf"\b{name}\b" for name in calendar.month_name if name))
_SET_TEXT = "IMPORTANT: The projections"
# Names of people, filings and this program, and the marks of a formula.
_NAMES = re.compile(
    r"\b(levcheck|Strg|Ctrl|USD|FINRA|Notice|Form|ETF|MB|min|Cheng|Madhavan|Ivanov|Lenkey)\b"
)

READING = Reading(
    "story.xlsx",
    "ab",
    Outcome.POSITIONS,
    ignored=(IgnoredRows("Holdings", 1, 3, "title"), IgnoredRows("Holdings", 19, 20, "footer")),
    totals=(StatedTotal("Holdings", 20, "Total", 267_812.0, "USD"),),
)


def shown(view: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a view that a person can read, with the field it stands in."""
    if isinstance(view, Enum):
        return
    if isinstance(view, str):
        yield field, view
    elif isinstance(view, tuple | list | frozenset):
        for part in view:
            yield from shown(part, field)
    else:
        for name in getattr(view, "__dataclass_fields__", ()):
            if name not in _UNREAD and not name.endswith("_key"):
                yield from shown(getattr(view, name), f"{type(view).__name__}.{name}")


def data_of(analysis: Analysis, messages: Iterable[Any]) -> list[str]:
    """Return the texts that come from the user's file or the library, longest first."""
    from babel.numbers import list_currencies

    said = {text for m in messages for text in (m.singular, m.plural)}
    known = {text for _, text in _everything(analysis) if len(text) > 1 and text not in said}
    known |= {line.label for line in analysis.positions}
    known |= {root.name for root in analysis.exposures} | {root.root for root in analysis.exposures}
    known |= {READING.file, "Holdings", "Total", *list_currencies()}
    return sorted(known, key=len, reverse=True)


def _everything(view: object) -> Iterator[tuple[str, str]]:
    if isinstance(view, str):
        yield "", str(view)
    elif isinstance(view, tuple | list | frozenset):
        for part in view:
            yield from _everything(part)
    else:
        for name in getattr(view, "__dataclass_fields__", ()):
            yield from _everything(getattr(view, name))


def english_left(text: str, data: list[str]) -> list[str]:
    """Return the words of plain letters that are neither data nor a name."""
    if text.startswith(_SET_TEXT):
        return []
    for known in data:
        if known in text:
            text = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", " ", text)
    return re.findall(r"[A-Za-z]{2,}", _NAMES.sub(" ", _MONTHS.sub(" ", text)))


@pytest.fixture(scope="module")
def messages() -> list[Any]:
    found: list[Any] = tool("messages").every_message()
    return found


@pytest.fixture
def made_up(messages: list[Any], monkeypatch: pytest.MonkeyPatch) -> Words:
    catalogue = pseudo_catalogue(messages)
    monkeypatch.setattr(words_module, "_catalogue", lambda _language: catalogue)
    return Words("en")


def test_that_the_made_up_language_is_longer_and_keeps_its_placeholders() -> None:
    assert pseudo("Save") != "Save"
    assert len(pseudo("Save")) >= 12
    text = pseudo("{n} holdings left out of the sum…")
    assert "{n}" in text
    assert text.endswith("…")
    assert len(text) >= 1.3 * len("{n} holdings left out of the sum…")


def test_that_no_english_is_left_on_any_screen(made_up: Words, messages: list[Any]) -> None:
    analysis = sample_analysis()
    data = data_of(analysis, messages)
    texts = list(shown(screen_views(analysis, made_up, readings=(READING,))))
    assert len(texts) > 300
    left = {(field, text): w for field, text in texts if (w := english_left(text, data))}
    assert left == {}


def test_that_no_english_is_left_when_there_is_nothing(made_up: Words, messages: list[Any]) -> None:
    analysis = empty_analysis()
    data = data_of(analysis, messages)
    left = {
        (field, text): w
        for field, text in shown(screen_views(analysis, made_up))
        if (w := english_left(text, data))
    }
    assert left == {}


def test_that_no_english_is_left_in_any_explanation(made_up: Words, messages: list[Any]) -> None:
    analysis = sample_analysis()
    data = data_of(analysis, messages)
    left = {}
    for key in sorted(_keys(screen_views(analysis, made_up))):
        try:
            view = drawer_view(analysis, key, made_up)
        except (KeyError, ValueError):  # a part of a chart that is about no number
            continue
        for field, text in shown(view):
            if field != "DrawerRow.origin" and (w := english_left(text, data)):
                left[field, text] = w
    assert left == {}


def _keys(view: object) -> set[str]:
    found: set[str] = set()
    if isinstance(view, tuple | list):
        return found.union(*(_keys(part) for part in view)) if view else found
    for name in getattr(view, "__dataclass_fields__", ()):
        value = getattr(view, name)
        if name == "key" and isinstance(value, str):
            try:
                parse_key(value)
            except ValueError:
                continue
            found.add(value)
        found |= _keys(value)
    return found


def test_that_an_untranslated_word_would_be_found() -> None:
    assert english_left("Ţħé loss of NVDA", ["NVDA"]) == ["loss", "of"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_text_a_screen_asks_for_is_in_the_catalogue(
    language: str, messages: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    said = Words.text

    def listening(self: Words, message: str, /, **values: object) -> str:
        asked.add(message)
        return said(self, message, **values)

    monkeypatch.setattr(Words, "text", listening)
    analysis = sample_analysis()
    screen_views(analysis, Words(language), readings=(READING,))
    known = {m.singular for m in messages}
    data = {text for _, text in _everything(analysis)}
    assert {text for text in asked if text and text not in known and text not in data} == set()
