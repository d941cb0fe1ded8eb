"""Bets and families."""

import numpy as np

from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.exposure.entries import entries_of, gathered
from levcheck.exposure.themes import (
    family_exposure,
    membership,
    theme_exposure,
    with_issuer_roots,
)


def theme(identifier: str, **strength: float) -> Theme:
    members = tuple(ThemeMember(identifier, m, s, "made up", "test") for m, s in strength.items())
    return Theme(identifier, identifier, Family.AI_CHIPS, members)


def test_that_a_root_counts_in_each_of_its_themes_with_its_strength() -> None:
    strengths = membership(
        ["NVDA", "MSTR"], [theme("ai", NVDA=1.0), theme("all", NVDA=0.5, MSTR=1)]
    )
    assert strengths.tolist() == [[1.0, 0.5], [0.0, 1.0]]
    assert theme_exposure(entries_of(np.array([[100.0, -20.0]])), strengths).tolist() == [
        [100.0, 30.0]
    ]


def test_that_families_of_a_position_sum_to_its_whole_exposure() -> None:
    exposure = np.array([[3.0, -1.0, 4.0], [1.0, 5.0, -9.0]])
    parts = family_exposure(exposure, np.array([0, 2, 0]), 3)
    assert parts.tolist() == [[7.0, 0.0, -1.0], [-8.0, 0.0, 5.0]]
    assert parts.sum(axis=1).tolist() == exposure.sum(axis=1).tolist()


def test_that_a_share_class_lifts_its_issuer_into_the_theme() -> None:
    found = with_issuer_roots(theme("ai", GOOG=0.4, GOOGL=0.6), {"GOOG": "ABC", "GOOGL": "ABC"})
    assert found == (("ABC", 0.6), ("GOOGL", 0.6), ("GOOG", 0.4))


def test_that_amounts_of_one_place_are_one_entry_and_what_cancels_is_none() -> None:
    held = gathered(
        np.array([1, 0, 1, 1]), np.array([2, 0, 2, 1]), np.array([5.0, 1.0, 3.0, 0.0]), 2, 3
    )
    assert held.line.tolist() == [0, 1]
    assert held.root.tolist() == [0, 2]
    assert held.amount.tolist() == [1.0, 8.0]
    gone = gathered(np.array([0, 0]), np.array([1, 1]), np.array([2.0, -2.0]), 1, 2)
    assert gone.amount.size == 0


def test_that_themes_of_entries_are_those_of_the_table() -> None:
    random = np.random.default_rng(4)
    exposure = np.where(random.random((9, 12)) < 0.4, random.normal(0, 100, (9, 12)), 0.0)
    strengths = np.where(random.random((12, 5)) < 0.3, random.random((12, 5)), 0.0)
    assert np.allclose(theme_exposure(entries_of(exposure), strengths), exposure @ strengths)
