"""Numbers are written as Babel writes them, to the last digit, in every language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.i18n.digits import written
from levcheck.i18n.words import LANGUAGES


def by_babel(value: float, language: str, pattern: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format=pattern, locale=language)


def by_us(value: float, language: str, least: int, most: int) -> str:
    from babel import Locale

    return written(value, Locale.parse(language), least=least, most=most)


numbers = st.one_of(
    st.floats(min_value=-1e15, max_value=1e15, allow_nan=False),
    st.integers(min_value=-(10**12), max_value=10**12),
    # Halves are where two ways of rounding part.
    st.integers(min_value=-(10**6), max_value=10**6).map(lambda n: n / 8),
    st.integers(min_value=0, max_value=10**6).map(lambda n: (n * 10 + 5) / 10_000),
)


@given(numbers, st.integers(min_value=0, max_value=4), st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
def test_that_a_number_is_written_as_babel_writes_it(
    value: float, digits: int, language: str
) -> None:
    ends = "." if digits else ""
    fixed, free = f"#,##0{ends}{'0' * digits}", f"#,##0{ends}{'#' * digits}"
    assert by_us(value, language, digits, digits) == by_babel(value, language, fixed)
    assert by_us(value, language, 0, digits) == by_babel(value, language, free)


@pytest.mark.parametrize("value", [0.0, -0.0, 1e22, 123456789.125, 5e-324])
def test_that_the_ends_of_the_line_are_written_too(value: float) -> None:
    assert by_us(value, "de", 2, 2) == by_babel(value, "de", "#,##0.00")
