"""What the user says about columns: which holds what, its decimal mark, the unit of its numbers."""

import argparse
from pathlib import Path

import pytest

from levcheck.cli.import_command import field_and_column
from levcheck.domain.portfolio import Outcome
from levcheck.importing import read_positions
from levcheck.importing.answers import columns_told, decimals_told, units_told

PLAIN = "Symbol,Qty,Px\nAAA,10,250\nBBB,20,100\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(PLAIN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ({}, [2500.0, 2000.0]),
        ({"unit.price": "hundredths"}, [25.0, 20.0]),
        ({"unit.price": "percent"}, [25.0, 20.0]),
        ({"unit.price": "per10000"}, [0.25, 0.2]),
        ({"unit.quantity": "lots1000"}, [2_500_000.0, 2_000_000.0]),
        ({"unit.quantity": "contracts100"}, [250_000.0, 200_000.0]),
        ({"unit.price": "percent", "unit.quantity": "lots1000"}, [25_000.0, 20_000.0]),
    ],
)
def test_that_a_unit_said_by_the_user_counts(
    file: Path, said: dict[str, str], values: list[float]
) -> None:
    reading = read_positions(file, mapping=said)
    assert [p.market_value for p in reading.positions] == pytest.approx(values)


def test_that_a_price_said_to_be_in_hundredths_is_shown_in_the_currency(file: Path) -> None:
    reading = read_positions(file, mapping={"unit.price": "hundredths"})
    assert [p.price for p in reading.positions] == pytest.approx([2.5, 1.0])


def test_that_amounts_said_to_be_in_thousands_are_multiplied(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("Symbol,Shares,Value,Total cost\nAAA,10,2.5,1.5\n", encoding="utf-8")
    said = {"unit.market_value": "thousands", "unit.cost_basis": "thousands"}
    (position,) = read_positions(path, mapping=said).positions
    assert (position.market_value, position.cost_basis) == (2500.0, 1500.0)


def test_that_each_column_may_have_its_own_decimal_mark(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_text("Symbol;Shares;Price\nAAA;1.250;120.500\nBBB;2.000;100.250\n", encoding="utf-8")
    assert read_positions(path).outcome is Outcome.NEEDS_MAPPING
    reading = read_positions(path, mapping={"decimal.quantity": ",", "decimal.price": "."})
    assert reading.outcome is Outcome.POSITIONS
    assert [(p.quantity, p.price) for p in reading.positions] == [(1250, 120.5), (2000, 100.25)]


def test_that_one_mapping_carries_columns_marks_and_units() -> None:
    said = {"quantity": "C", "decimal": ",", "decimal.price": ".", "unit.price": "percent"}
    assert columns_told(said) == {"quantity": "C"}
    assert decimals_told(said) == {"price": "."}
    assert units_told(said | {"unit.name": "percent", "unit.quantity": "miles"}) == {
        "price": "percent"
    }


@pytest.mark.parametrize("good", ["unit.price=hundredths", "decimal.market_value=,"])
def test_that_the_command_line_takes_units_and_marks(good: str) -> None:
    assert field_and_column(good) == tuple(good.split("="))


@pytest.mark.parametrize("bad", ["unit.price=miles", "decimal.price=;", "unit.name=one", "x.y=1"])
def test_that_the_command_line_says_what_a_unit_may_be(bad: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        field_and_column(bad)
