"""``levcheck scenarios``: the scenario library with its stories, dates and sources."""

import argparse
import textwrap
from typing import Any

from levcheck.domain.scenario import Scenario

SCHEMA = "levcheck/scenarios/1"
_WIDTH = 96


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def run(args: argparse.Namespace) -> int:
    """Print the library; 0."""
    import json  # not needed by the other commands

    from levcheck.reference.scenario_files import load_scenarios

    scenarios = load_scenarios()
    if args.json:
        document = {"schema": SCHEMA, "scenarios": [scenario_document(s) for s in scenarios]}
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print("\n\n".join(_as_text(scenario) for scenario in scenarios))
    return 0


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain values; moves are fractions, days are trading days."""
    return {
        "id": scenario.id,
        "name": scenario.name,
        "story": scenario.story,
        "dates": scenario.dates,
        "source": scenario.source,
        "horizon_days": scenario.horizon_days,
        "shape": scenario.shape.value,
        "propagate": scenario.propagate,
        "shocks": [
            {
                "target": shock.target,
                "move": shock.move,
                "swing": shock.swing,
                "source": shock.source,
            }
            for shock in scenario.shocks
        ],
    }


def _as_text(scenario: Scenario) -> str:
    from levcheck.i18n.words import Words

    words = Words("en")
    moves = ", ".join(
        f"{shock.target} {words.percent(shock.move, signed=True, digits=1)}"
        + (f" (swings of {words.percent(shock.swing, digits=1)})" if shock.swing else "")
        for shock in scenario.shocks
    )
    lines = [f"{scenario.id}: {scenario.name}"]
    for text in (scenario.story, f"Shocks: {moves}", f"Days: {scenario.horizon_days}"):
        lines += textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    lines += textwrap.wrap(
        f"Source: {scenario.source}", _WIDTH, initial_indent="  ", subsequent_indent="  "
    )
    return "\n".join(lines)
