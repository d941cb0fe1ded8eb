"""What the panel for a shock of one's own offers."""

from levcheck.i18n.words import Words
from levcheck.presenting.shock_targets import shock_targets
from tests.helpers.sample_analysis import sample_analysis


def test_that_bets_come_first_and_forces_and_places_follow() -> None:
    found = shock_targets(sample_analysis(), Words("en"))
    targets = [target for target, _ in found]
    assert targets[0].startswith("theme:")
    assert len(set(targets)) == len(targets)
    for force in ("class:equity", "driver:long-treasury", "class:volatility", "country:US"):
        assert force in targets, force
    assert f"currency:{sample_analysis().portfolio.base_currency}" not in targets
    assert all(label for _, label in found)


def test_that_labels_are_in_the_readers_language() -> None:
    german = dict(shock_targets(sample_analysis(), Words("de")))
    assert german["class:equity"] == "Alle Aktien"
