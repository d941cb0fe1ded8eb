"""``levcheck scenarios``: the scenario library with its stories, dates and sources."""

import argparse
import sys
import textwrap
from pathlib import Path
from typing import Any

from levcheck.domain.scenario import Scenario
from levcheck.i18n.sentences import diagnostic_text
from levcheck.i18n.words import Words

SCHEMA = "levcheck/scenarios/1"
_WIDTH = 96


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--add", type=Path, metavar="FILE.toml", help="keep a scenario file among your own"
    )
    parser.add_argument("--remove", metavar="ID", help="remove one of your own scenarios")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def run(args: argparse.Namespace) -> int:
    """Add or remove what was asked, then print the library; 0.

    Raises:
        LevcheckError: a file cannot be used, or the id is none of the user's own.
    """
    import json  # not needed by the other commands

    from levcheck.app.own_scenarios import (
        keep_own_scenario,
        remove_own_scenario,
        scenario_library,
    )
    from levcheck.reference.scenario_files import read_scenario
    from levcheck.stress.targets import checked_shocks

    if args.add is not None:
        read = read_scenario(args.add)
        checked_shocks(read.shocks)
        keep_own_scenario(read)
    if args.remove is not None:
        remove_own_scenario(args.remove)
    library = scenario_library()
    scenarios = library.scenarios
    for told in library.diagnostics:
        print(f"levcheck: {diagnostic_text(Words('en'), told)[0]}", file=sys.stderr)
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
        "origin": scenario.origin,
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
