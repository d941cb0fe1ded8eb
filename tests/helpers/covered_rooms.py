"""Measures how many branches the tests reach, room by room, and prints it beside what is meant.

Run as ``python -m tests.helpers.covered_rooms [ROOM…]``; without rooms all are measured. The tests run in one process and only
what runs in it counts, so that a figure is the same on every machine. What a platform of its own has (see ``coverage`` in
pyproject.toml) is left out. The end is a fault where a room has less than is meant.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Room:
    """What is measured, by which tests, and how much of it is meant."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    meant: float


ROOMS = {
    "saving": Room(
        ("levcheck/storage/*", "levcheck/app/session_files.py"),
        ("tests/unit/storage", "tests/unit/app/test_session_files.py", "tests/trust/test_names.py"),
        100.0,
    ),
    "gates": Room(
        tuple(
            f"levcheck/importing/{name}.py"
            for name in ("gates", "sniffing", "refusals", "worker", "worker_process", "transfer")
        ),
        tuple(
            f"tests/unit/importing/test_{name}.py"
            for name in ("gates_and_kinds", "importing_worker", "importing_transfer")
        ),
        100.0,
    ),
    "core": Room(
        ("levcheck/exposure/*", "levcheck/stress/*"),
        ("tests/unit/exposure", "tests/unit/stress", "tests/unit/app", "tests/property"),
        95.0,
    ),
    "window": Room(("levcheck/ui/*",), ("tests/qt", "tests/screens", "tests/journeys"), 85.0),
}


def measured(room: Room, place: Path) -> dict[str, float]:
    """Run the tests of a room and return what was reached of its files, in percent and in numbers."""
    data, found = f"--data-file={place / 'data'}", place / "found.json"
    coverage = [sys.executable, "-m", "coverage"]
    tests = ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *room.tests]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [*coverage, "run", data, *tests], cwd=ROOT, env=environment, stdout=sys.stderr, check=False
    )
    if ran.returncode:
        raise SystemExit("the tests fail: nothing is measured")
    include = f"--include={','.join(room.files)}"
    subprocess.run(
        [*coverage, "report", data, include, "-m"], cwd=ROOT, stdout=sys.stderr, check=False
    )
    subprocess.run([*coverage, "json", "-q", data, include, "-o", str(found)], cwd=ROOT, check=True)
    totals: dict[str, float] = json.loads(found.read_text(encoding="utf-8"))["totals"]
    return totals


def main(asked: list[str]) -> int:
    """Measure rooms and print a line for each."""
    short = False
    for name in asked or list(ROOMS):
        room = ROOMS[name]
        with tempfile.TemporaryDirectory() as place:
            seen = measured(room, Path(place))
        share = seen["percent_covered"]
        short = short or share < room.meant
        sys.stdout.write(
            f"{name}: {share:.1f} % (meant {room.meant:.0f}), "
            f"{seen['covered_lines']:,} of {seen['num_statements']:,} statements, "
            f"{seen['covered_branches']:,} of {seen['num_branches']:,} branches\n"
        )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
