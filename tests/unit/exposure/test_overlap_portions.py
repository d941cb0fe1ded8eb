"""Overlap counted in portions is the overlap counted at once, and agrees with the plain definition."""

import numpy as np
import pytest

from levcheck.exposure import overlap
from tests.helpers.pair_table import pair_table


def by_definition(exposure: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[float]:
    """The three sums of one pair, written out."""
    a, b = exposure
    long_a, long_b = np.maximum(a, 0), np.maximum(b, 0)
    least = float(np.minimum(long_a / long_a.sum(), long_b / long_b.sum()).sum())
    cosine = float(a @ b / np.sqrt((a @ a) * (b @ b)))
    shared = float(np.where(a * b > 0, np.minimum(abs(a), abs(b)), 0).sum())
    return [least, cosine, shared]


def test_that_the_figures_are_those_of_the_definition() -> None:
    exposure = np.random.default_rng(3).normal(1, 2, (2, 40))
    found = pair_table(exposure)
    assert [float(matrix[0, 1]) for matrix in found] == pytest.approx(by_definition(exposure))


def test_that_portions_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    exposure = np.where(random.random((12, 30)) < 0.4, random.normal(0, 1, (12, 30)), 0.0)
    whole = pair_table(exposure)
    for portion in (1, 7, 64):
        monkeypatch.setattr(overlap, "_PORTION", portion)
        for one, other in zip(whole, pair_table(exposure), strict=True):
            assert np.allclose(one, other, atol=1e-12)
            assert np.array_equal(other, other.T)


def test_that_few_and_many_cells_are_counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(8)
    exposure = np.where(random.random((15, 20)) < 0.5, random.normal(0, 1, (15, 20)), 0.0)
    whole = pair_table(exposure)
    monkeypatch.setattr(overlap, "_DENSE", 0)
    for one, other in zip(whole, pair_table(exposure), strict=True):
        assert np.array_equal(one, other)


def test_that_no_portion_is_larger_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "_PORTION", 50)
    portions = [len(first) for first, _ in overlap._meetings(np.zeros(40, dtype=np.int64))]
    assert sum(portions) == 40 * 39 // 2
    assert max(portions) <= 50
