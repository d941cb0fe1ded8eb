"""Numbers, money and dates in four languages."""

import gettext
from itertools import product

import pytest

from levcheck.domain.diagnostics import Place
from levcheck.i18n.places import place_text
from levcheck.i18n.words import HIDDEN, LANGUAGES, UNKNOWN, Words
from levcheck.presenting.typed_numbers import read_typed

_SIGNS = {"USD": "$", "EUR": "€", "KRW": "₩", "TWD": "NT$", "CHF": "CHF"}
_AMOUNTS = (0.0, 48_200.4, -48_200.4, 1_234_567.0, -2.5e9, 3e12)


@pytest.mark.parametrize(("language", "currency"), list(product(LANGUAGES, _SIGNS)))
def test_that_money_keeps_its_currency_in_every_language(language: str, currency: str) -> None:
    words = Words(language)
    others = {sign for code, sign in _SIGNS.items() if code not in {currency, "TWD"}}
    for amount, exact in product(_AMOUNTS, (False, True)):
        text = words.money(amount, currency, exact=exact)
        assert _SIGNS[currency] in text
        left = text.replace(_SIGNS[currency], "")
        assert not any(sign in left for sign in others)
        assert (amount < 0) == ("−" in text)


@pytest.mark.parametrize(
    ("language", "amount", "text"),
    [
        ("en", 1_234_567, "$1.23M"),
        ("en", -2.5e9, "−$2.50B"),
        ("de", 1_234_567, "1,23\u00a0Mio.\u00a0$"),
        ("de", 2.5e9, "2,50\u00a0Mrd.\u00a0$"),
        ("ko", 1_234_567, "$123만"),
        ("ko", 2.5e9, "$25.0억"),
        ("zh_TW", 1_234_567, "$123萬"),
        ("zh_TW", 3e12, "$3.00兆"),
        ("de", 48_200, "48.200\u00a0$"),
    ],
)
def test_that_large_amounts_use_the_units_of_the_language(
    language: str, amount: float, text: str
) -> None:
    assert Words(language).money(amount, "USD") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_hidden_amounts_show_no_digit_in_any_language(language: str) -> None:
    words = Words(language, hide_amounts=True)
    assert words.money(1_234_567, "KRW") == HIDDEN
    assert "18" in words.percent(0.18)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_what_is_unknown_is_never_a_number(language: str) -> None:
    words = Words(language)
    assert words.money(None, "USD") == UNKNOWN
    assert words.percent(float("nan")) == UNKNOWN
    assert words.number(None) == UNKNOWN
    assert words.multiple(None) == UNKNOWN
    assert words.day(None) == UNKNOWN


def test_that_an_empty_message_stays_empty() -> None:
    # gettext answers an empty message with the header of the catalogue.
    assert Words("de").text("") == ""


def test_that_a_date_is_written_as_the_language_writes_it() -> None:
    assert Words("de").day("2026-06-30") == "30. Juni 2026"
    assert Words("ko").day("2026-06-30") == "2026년 6월 30일"
    assert Words("zh_TW").day("2026-06-30") == "2026年6月30日"


def test_that_a_place_is_told_in_the_language() -> None:
    assert place_text(Words("de"), Place("a.xlsx", "Bestand", 4)) == "'Bestand'!Zeile 4"
    assert place_text(Words("ko"), Place("a.csv", None, 4)) == "4행"
    assert place_text(Words("de"), Place("a.xlsx", "Bestand", 4, "D")) == "'Bestand'!D4"
    assert place_text(Words("de"), Place("a.csv")) == "a.csv"
    assert place_text(Words("de"), None) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("numbers", "plain", "exact"),
    [
        ("1,234.56", "1,234.5", "48,200.40"),
        ("1.234,56", "1.234,5", "48.200,40"),
        ("1 234,56", "1\u00a0234,5", "48\u00a0200,40"),
        ("1’234.56", "1’234.5", "48’200.40"),
    ],
)
def test_that_numbers_are_written_as_chosen_in_every_language(
    language: str, numbers: str, plain: str, exact: str
) -> None:
    words = Words(language, numbers=numbers)
    assert words.number(1234.5, 2) == plain
    assert words.money(48_200.4, "USD", exact=True).strip("$\u00a0") == exact
    assert words.percent(-0.0123) == "−1.2%".replace(".", words.decimal_mark).replace(
        "%", "\u00a0%" if language == "de" else "%"
    )
    assert read_typed(plain, words).readings[0] == 1234.5
    assert words.changed(hide_amounts=True).numbers == numbers


def test_that_a_way_of_writing_numbers_of_another_version_is_passed_over() -> None:
    assert Words("de", numbers="one").number(1234.5, 1) == "1.234,5"


def test_that_a_sentence_that_is_also_counted_is_found_by_every_python(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python 3.11.2, which Debian 12 brings, looks for a plain sentence among the plain ones only."""

    def old(self: gettext.GNUTranslations, message: str) -> str:
        found: str = self._catalog.get(message, message)  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(gettext.GNUTranslations, "gettext", old)
    assert Words("de").text("and {n} more", n=3) != "and 3 more"
    assert Words("en").text("and {n} more", n=3) == "and 3 more"
