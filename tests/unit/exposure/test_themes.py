"""Bets and families."""

import numpy as np

from levcheck.domain.theme import Family, Theme, ThemeMember
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
    assert theme_exposure(np.array([[100.0, -20.0]]), strengths).tolist() == [[100.0, 30.0]]


def test_that_families_of_a_position_sum_to_its_whole_exposure() -> None:
    exposure = np.array([[3.0, -1.0, 4.0], [1.0, 5.0, -9.0]])
    parts = family_exposure(exposure, np.array([0, 2, 0]), 3)
    assert parts.tolist() == [[7.0, 0.0, -1.0], [-8.0, 0.0, 5.0]]
    assert parts.sum(axis=1).tolist() == exposure.sum(axis=1).tolist()


def test_that_a_share_class_lifts_its_issuer_into_the_theme() -> None:
    found = with_issuer_roots(theme("ai", GOOG=0.4, GOOGL=0.6), {"GOOG": "ABC", "GOOGL": "ABC"})
    assert found == (("ABC", 0.6), ("GOOGL", 0.6), ("GOOG", 0.4))
