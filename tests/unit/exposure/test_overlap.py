"""Pairs, groups and the effective number of names."""

import numpy as np
import pytest

from levcheck.exposure.entries import entries_of
from levcheck.exposure.overlap import effective_names, main_root
from tests.helpers.pair_table import pair_table


def test_that_two_funds_share_what_is_smaller_in_either() -> None:
    pairs = pair_table(np.array([[60.0, 40.0, 0.0], [10.0, 0.0, 30.0]]))
    assert pairs.min_weight[0, 1] == pytest.approx(0.25)
    assert pairs.shared_amount[0, 1] == 10.0


def test_that_bull_and_bear_are_opposite_and_share_nothing() -> None:
    pairs = pair_table(np.array([[200.0], [-200.0]]))
    assert pairs.cosine[0, 1] == -1.0
    assert pairs.shared_amount[0, 1] == 0.0
    assert pairs.min_weight[0, 1] == 0.0


def test_that_the_same_fund_twice_is_one_whole_overlap() -> None:
    pairs = pair_table(np.array([[30.0, 70.0], [3.0, 7.0]]))
    assert pairs.min_weight[0, 1] == pytest.approx(1.0)
    assert pairs.cosine[0, 1] == pytest.approx(1.0)
    assert pairs.shared_amount[0, 1] == 10.0


def test_that_a_line_without_exposure_overlaps_with_nothing() -> None:
    pairs = pair_table(np.array([[0.0, 0.0], [1.0, 2.0]]))
    assert pairs.cosine[0].tolist() == [0.0, 0.0]
    assert pairs.shared_amount[0].tolist() == [0.0, 0.0]


def test_that_a_main_root_carries_more_than_half() -> None:
    exposure = np.array([[-60.0, 40.0], [50.0, 50.0], [0.0, 0.0], [0.0, 1.0]])
    assert main_root(entries_of(exposure)).tolist() == [0, -1, -1, 1]
    assert main_root(entries_of(np.zeros((2, 0)))).tolist() == [-1, -1]


def test_that_equal_names_are_counted_and_cash_is_not() -> None:
    gross = np.array([25.0, 25.0, 25.0, 25.0, 900.0])
    is_cash = np.array([False, False, False, False, True])
    assert effective_names(gross, is_cash) == pytest.approx(4.0)
    assert effective_names(np.array([5.0]), np.array([True])) is None
