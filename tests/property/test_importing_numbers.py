"""Laws of reading: numbers survive every style they are written in, and rows are never lost or counted twice."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levcheck.importing.numbers import read_number, style_votes
from levcheck.importing.reading import load_bytes, open_grid, read_positions
from levcheck.importing.refusals import Refusal

amounts = st.decimals(
    min_value=-10_000_000, max_value=10_000_000, places=2, allow_nan=False, allow_infinity=False
)


def written(value: float, group: str, decimal: str, places: int = 2) -> str:
    return f"{value:,.{places}f}".replace(",", "\0").replace(".", decimal).replace("\0", group)


@given(
    amounts,
    st.sampled_from(
        [
            (",", "."),
            (".", ","),
            (" ", ","),
            ("'", "."),
            ("\u00a0", ","),
            ("\u202f", ","),
            ("", "."),
            ("", ","),
        ]
    ),
)
def test_that_a_number_with_cents_survives_every_style(
    amount: object, style: tuple[str, str]
) -> None:
    value = float(str(amount))
    text = written(value, *style)
    for column_style in (".", ","):
        assert read_number(text, column_style).value == pytest.approx(value, abs=1e-9)


@given(st.integers(min_value=1, max_value=999_999_999), st.sampled_from([",", "."]))
def test_that_grouped_whole_numbers_follow_the_column(value: int, group: str) -> None:
    decimal = "." if group == "," else ","
    assert read_number(f"{value:,}".replace(",", group), decimal).value == value


@given(
    amounts, st.sampled_from(["${}", "USD {}", "{} €", "{}EUR", "CHF{}", "£{}", "{} 円", "{} Stk."])
)
def test_that_what_is_glued_to_a_number_does_not_change_it(amount: object, glue: str) -> None:
    value = abs(float(str(amount)))
    assert read_number(glue.format(written(value, ",", ".")), ".").value == pytest.approx(value)


@given(amounts)
def test_that_brackets_and_minus_signs_mean_the_same(amount: object) -> None:
    size = abs(float(str(amount)))
    text = written(size, ",", ".")
    forms = [
        f"({text})",
        f"-{text}",
        f"−{text}",
        f"{text}-",
        f"-${text}",
        f"$-{text}",
        f"($ {text})",
    ]
    assert {read_number(form, ".").value for form in forms} == {-size if size else 0.0}


@given(st.text(max_size=40))
def test_that_no_text_breaks_the_number_reader(text: str) -> None:
    number = read_number(text, ".")
    assert number.value is None or abs(number.value) <= 1e15


words = st.sampled_from(
    [
        "NVDA",
        "AMD",
        "Total",
        "Cash",
        "Symbol",
        "Quantity",
        "Value",
        "Price",
        "10",
        "1,000.50",
        "(5)",
        "--",
        "",
        "",
        "US67066G1040",
        "Account 1234567",
        "2026-05-30",
        "Buy",
        "Summe",
        "합계",
        "x" * 100,
        '"',
        "EUR",
        "=1+1",
        "5%",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(words, min_size=1, max_size=7), min_size=1, max_size=14),
    st.sampled_from(["", "headed"]),
)
def test_that_every_row_of_any_file_has_exactly_one_fate(
    rows: list[list[str]], headed: str
) -> None:
    lines = [",".join(row) for row in rows]
    if headed:
        lines.insert(0, "Symbol,Name,Quantity,Price,Value,Currency")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        reading = read_positions(path)
        if reading.outcome.value == "refused":
            return
        try:
            filled = {row.number for row in open_grid(load_bytes(path), path.name).sheets[0].rows}
        except Refusal:
            return
    held = {p.place.row for p in reading.positions} | {c.place.row for c in reading.cash}
    left = Counter(
        row for run in reading.ignored for row in range(run.first, run.last + 1) if row in filled
    )
    assert held | set(left) == filled
    assert not held & set(left)
    assert all(count == 1 for count in left.values())


@pytest.mark.parametrize("decimal", [".", ","])
@given(st.from_regex(r"\A-?[0-9]{1,16}(\.[0-9]{1,6})?\Z"))
def test_that_the_quick_way_reads_bare_digits_as_the_long_one_does(decimal: str, text: str) -> None:
    # A blank behind the digits sends the same number the long way.
    assert read_number(text, decimal) == read_number(f"{text} ", decimal)
    assert style_votes([text]) == style_votes([f"{text} "])
