"""Who cancels does not wait: the question is asked all along the reading, not only around it."""

from pathlib import Path

import pytest

from levcheck.domain.portfolio import Outcome
from levcheck.importing import read_positions

ROWS = 6_000


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.csv"
    rows = "".join(f"S{n},{n % 90 + 1},10,{(n % 90 + 1) * 10}\n" for n in range(ROWS))
    path.write_text(f"Symbol,Quantity,Price,Value\n{rows}", encoding="utf-8")
    return path


def test_that_cancelling_is_asked_for_all_along(long_list: Path) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    reading = read_positions(long_list, cancelled=cancelled)
    assert len(reading.positions) == ROWS
    assert asked >= 2 * ROWS / 250


@pytest.mark.parametrize("after", [1, 3, 10, 30, 45])
def test_that_a_cancelled_reading_stops_there(long_list: Path, after: int) -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked >= after

    reading = read_positions(long_list, cancelled=cancelled)
    assert reading.outcome is Outcome.REFUSED
    assert [d.code for d in reading.diagnostics] == ["import.cancelled"]
    assert asked == after
