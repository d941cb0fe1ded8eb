"""Re-measures every historic move of the scenario files from daily closes.

    python packaging/maintain/measure_scenarios.py PRICES [--write]

PRICES is a folder of CSV files with adjusted closes. A shock with ``series``, ``from`` and ``to`` is the return of that
series from one close to the other. Without ``--write`` it prints what differs and ends with status 1 if anything does.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd
from calibrate_drivers import daily_returns

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 5e-5
DECIMALS = 4


def measured_move(returns: pd.Series, start: str, end: str) -> float | None:
    """Return the return from the close of `start` to the close of `end`; None where the series does not reach."""
    if returns.empty or str(returns.index[-1].date()) < end:
        return None
    inside = returns[(returns.index > start) & (returns.index <= end)]
    return float((1.0 + inside).prod() - 1.0) if len(inside) else None


def measured_shocks(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return every shock of the scenario files that names a series."""
    return [
        (path, shock)
        for path in sorted(folder.glob("*.toml"))
        for shock in tomllib.loads(path.read_text(encoding="utf-8"))["shocks"]
        if "series" in shock
    ]


def main() -> int:
    """Measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prices", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    series = daily_returns(arguments.prices)
    differing = 0
    for path, shock in measured_shocks(ROOT / "resources" / "scenarios"):
        move = measured_move(series[shock["series"]], shock["from"], shock["to"])
        if move is None:
            sys.exit(f"{path.name}: {shock['series']} does not reach {shock['to']}")
        if abs(round(move, DECIMALS) - shock["move"]) < TOLERANCE:
            continue
        differing += 1
        print(f"{path.name}: {shock['target']} {shock['move']} -> {move:.4f}")
        if arguments.write:
            text = path.read_text(encoding="utf-8")
            head = re.escape(f'target = "{shock["target"]}"\nmove = ')
            text = re.sub(
                head + r"[-0-9.]+", f'target = "{shock["target"]}"\nmove = {move:.4f}', text
            )
            path.write_text(text, encoding="utf-8")
    return 1 if differing and not arguments.write else 0


if __name__ == "__main__":
    sys.exit(main())
