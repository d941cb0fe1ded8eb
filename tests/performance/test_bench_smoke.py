"""The benchmark itself: it measures what it says, and its loosest ratios hold on any machine."""

import json
import math
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from levcheck.bench.measuring import (
    Contender,
    Goal,
    Growth,
    Row,
    Workload,
    grown,
    measure,
    repeated,
    timed,
)
from levcheck.bench.setting import SMALL, Setting
from levcheck.bench.table import (
    NAMES,
    WINDOW_NAMES,
    Table,
    lost_ratios,
    machine,
    run_table,
    table_document,
    table_lines,
)

# One process for all of them: the table takes half a minute, and each process would measure its own.
pytestmark = [pytest.mark.performance, pytest.mark.xdist_group("bench-table")]

WITHOUT_WINDOW = tuple(name for name in NAMES if name not in WINDOW_NAMES)
QUICK = replace(SMALL, rounds=1)


@pytest.fixture(scope="module")
def table() -> Table:
    """Every workload that needs no window, small."""
    return run_table(WITHOUT_WINDOW, sizes=QUICK)


def fixed(name: str, *values: float) -> Contender:
    """A contender that takes what it is told to take, in turn."""
    left = list(values)
    return Contender(name, lambda: left.pop(0) if len(left) > 1 else left[0])


def row_of(product: float, baseline: float | None, floor: float | None, goal: Goal) -> Row:
    return measure(
        Workload(
            "w",
            "work",
            fixed("product", product),
            None if baseline is None else fixed("baseline", baseline),
            None if floor is None else fixed("floor", floor),
            goal,
        )
    )


def test_that_every_workload_is_measured_beside_its_baseline_and_its_floor(table: Table) -> None:
    assert {row.name for row in table.rows} | {g.name for g in table.growths} == set(WITHOUT_WINDOW)
    for row in table.rows:
        assert row.value > 0, row
        assert row.baseline, row
        assert (row.baseline_value or 0.0) > 0, row
        assert row.floor, row
        assert (row.floor_value or 0.0) > 0, row


def test_that_no_workload_beats_its_floor(table: Table) -> None:
    """A floor that is beaten is not one; a little noise is allowed."""
    for row in table.rows:
        assert (row.floor_ratio or 0.0) > 0.5, row


@pytest.mark.parametrize(
    ("name", "at_least"),
    [
        ("parse-workbook", 2.0),
        ("resolve-lines", 2.0),
        ("look-through-40", 3.0),
        ("look-through-book", 2.0),
        ("look-through-totals", 2.0),
        ("paths-many", 2.0),
    ],
)
def test_that_the_product_is_well_ahead_of_a_plain_script(
    table: Table, name: str, at_least: float
) -> None:
    row = next(row for row in table.rows if row.name == name)
    assert (row.ratio or 0.0) > at_least, row


def test_that_cost_never_grows_as_the_square_of_the_size(table: Table) -> None:
    for growth in table.growths:
        assert (growth.exponent or math.inf) < 1.7, growth


def test_that_the_document_is_plain_json_that_names_nobody(table: Table) -> None:
    import getpass
    import platform

    document = table_document(table)
    text = json.dumps(document, allow_nan=False)
    assert document["schema"] == "levcheck/bench/1"
    assert {"system", "architecture", "cores", "python"} <= set(document["machine"])
    host = platform.node()
    assert not host or host not in text
    assert getpass.getuser() not in document["machine"].values()
    assert str(Path.home()) not in text
    for row in document["rows"]:
        unit = "mb" if row["name"].startswith("memory") else "ms"
        assert {f"value_{unit}", f"baseline_{unit}", f"floor_{unit}"} <= set(row)
        assert {"name", "baseline", "ratio"} <= set(row)
        assert {"floor_ratio", "goal", "met"} <= set(row)


def test_that_the_text_shows_every_workload_with_its_baseline(table: Table) -> None:
    text = "\n".join(table_lines(table))
    for row in table.rows:
        assert f"\n{row.name} " in text
        assert row.baseline in text
        assert row.what in text


def test_that_ratios_and_goals_are_worked_out_from_medians() -> None:
    row = row_of(4.0, 40.0, 2.0, Goal(faster=10.0, above_floor=2.0, within=4.0))
    assert row.ratio == 10.0
    assert row.floor_ratio == 2.0
    assert row.met is True
    assert row_of(4.1, 40.0, 2.0, Goal(faster=10.0)).met is False
    assert row_of(4.1, 40.0, 2.0, Goal(above_floor=2.0)).met is False
    assert row_of(4.1, 40.0, 2.0, Goal(within=4.0)).met is False
    assert row_of(4.0, 40.0, 2.0, Goal()).met is None
    assert row_of(4.0, None, None, Goal(faster=2.0)).met is None


def test_that_the_first_round_is_thrown_away_and_the_middle_one_taken() -> None:
    work = Workload("w", "work", fixed("product", 900.0, 3.0, 1.0, 2.0, 2.0), rounds=3)
    assert measure(work).value == 2.0


def test_that_a_part_stands_for_the_whole_by_its_scale() -> None:
    part = Contender("part", lambda: 3.0, scale=10.0)
    assert measure(Workload("w", "work", fixed("product", 1.0), part)).baseline_value == 30.0


def test_that_preparing_is_not_timed() -> None:
    def slow() -> None:
        time.sleep(0.05)

    assert timed("t", lambda _: None, slow).sample() < 25.0


def test_that_a_short_action_is_measured_once_per_action_and_not_per_batch() -> None:
    calls = 0

    def action() -> None:
        nonlocal calls
        calls += 1
        time.sleep(0.001)

    cost = repeated("r", action).sample()
    assert calls > 2
    assert 0.9 < cost < 20.0


def test_that_the_exponent_of_growth_is_fitted() -> None:
    square = Growth("g", "squares", tuple((n, 0.001 * n * n) for n in (100, 1_000, 10_000)))
    assert square.exponent == pytest.approx(2.0)
    assert Growth("g", "one", ((10, 1.0),)).exponent is None
    measured = grown("g", "told", (10, 100), lambda size: fixed("w", float(size)))
    assert measured.points == ((10, 10.0), (100, 100.0))
    assert measured.exponent == pytest.approx(1.0)


def document(**ratios: float | None) -> dict[str, Any]:
    return {"rows": [{"name": name, "ratio": ratio} for name, ratio in ratios.items()]}


def test_that_a_ratio_that_lost_more_than_a_fifth_is_found() -> None:
    stored = document(a=10.0, b=10.0, c=10.0, d=None)
    lost = lost_ratios(stored, document(a=7.9, b=8.1, d=1.0, new=0.1))
    assert [(one.name, one.before, one.now) for one in lost] == [("a", 10.0, 7.9)]
    assert lost_ratios(stored, stored) == ()


def test_that_a_made_slower_product_is_caught(tmp_path: Path) -> None:
    """The check is worth nothing unless it can fail: the same workload with a product that dawdles."""
    from levcheck.bench.exposure_work import look_through_person

    workload = look_through_person(Setting(tmp_path, QUICK))
    slower = replace(
        workload, product=Contender("dawdling", lambda: workload.product.sample() * 20.0)
    )
    before = table_document(Table(machine(), (measure(workload),), ()))
    after = table_document(Table(machine(), (measure(slower),), ()))
    assert [one.name for one in lost_ratios(before, after)] == [workload.name]


def test_that_the_same_seed_makes_the_same_funds() -> None:
    import numpy as np

    from levcheck.bench.made_up import fund_lists

    one, same, other = (fund_lists(20, 500, 30, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.security, same.security)
    assert np.array_equal(one.weight, same.weight)
    assert not np.array_equal(one.start, other.start)
    sums = np.add.reduceat(one.weight, one.start[:-1])
    assert np.allclose(sums, 1.0)


def test_that_the_made_up_file_is_read_without_a_complaint(tmp_path: Path) -> None:
    """A file that needs remedies would measure the remedies."""
    from levcheck.bench.made_up import table_rows, write_csv, write_workbook
    from levcheck.domain.portfolio import Outcome
    from levcheck.importing import read_positions

    rows = table_rows(200, 3)
    write_csv(tmp_path / "a.csv", rows)
    write_workbook(tmp_path / "a.xlsx", rows)
    for path in (tmp_path / "a.csv", tmp_path / "a.xlsx"):
        reading = read_positions(path)
        assert reading.outcome is Outcome.POSITIONS
        assert len(reading.positions) == 200
        assert [told.code for told in reading.diagnostics if told.severity.value == "error"] == []


def test_that_a_person_holds_forty_lines_of_every_kind(tmp_path: Path) -> None:
    setting = Setting(tmp_path, QUICK)
    kinds = {line.kind for line in setting.analysis.positions}
    assert len(setting.person.positions) == 40
    assert len(kinds) >= 4
    assert len(setting.twenty) == 20
    assert len(set(setting.twenty)) == 20
