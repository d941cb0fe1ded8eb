"""The benchmark table: which workloads there are, what they gave, and whether a later run lost something."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from levcheck import __version__
from levcheck.bench.measuring import Growth, Row, Workload, measure
from levcheck.bench.setting import Setting, Sizes

SCHEMA = "levcheck/bench/1"
ALLOWED_LOSS = 0.20
"""Part of a stored ratio that may be lost before it counts as slower."""

_PLACES: Mapping[str, str] = {
    "read-workbook": "reading_work",
    "parse-workbook": "reading_work",
    "read-text": "reading_work",
    "resolve-lines": "reading_work",
    "open-library": "reading_work",
    "save-session": "reading_work",
    "load-session": "reading_work",
    "look-through-40": "exposure_work",
    "look-through-totals": "exposure_work",
    "look-through-book": "exposure_work",
    "themes": "exposure_work",
    "overlap-15": "exposure_work",
    "overlap-many": "exposure_work",
    "analysis-40": "stress_work",
    "scenario-1": "stress_work",
    "scenario-all": "stress_work",
    "slider-step": "stress_work",
    "scenario-book": "stress_work",
    "paths-few": "stress_work",
    "paths-many": "stress_work",
    "paths-historic": "stress_work",
    "export-workbook": "report_work",
    "read-large": "large_work",
    "memory-large": "large_work",
    "funds-of-funds": "large_work",
    "chains-of-funds": "large_work",
    "firm-1": "large_work",
    "firm-64": "large_work",
}
# A frozen program cannot start one of its modules as a program of its own.
_OWN_PROCESS = frozenset({"read-large", "memory-large"})
_GROWTHS: Mapping[str, str] = {
    "growth-reading": "reading_work",
    "growth-funds": "exposure_work",
    "growth-analysis": "exposure_work",
}
WINDOW_NAMES = (
    "chart-bars",
    "chart-fan",
    "pdf-page",
    "report-60",
    "table-sort",
    "first-paint",
    "first-chart",
    "memory-idle",
    "memory-sample",
)
"""Workloads that need Qt; the window's room brings them."""
NAMES = (*_PLACES, *WINDOW_NAMES, *_GROWTHS)

WindowWork = Callable[[Setting], Mapping[str, Callable[[], Workload]]]
"""Gives the workloads that need Qt, by name."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one run gave.

    Attributes:
        machine: what it ran on; no name and no path.
        rows: medians of the workloads.
        growths: costs by size.
    """

    machine: Mapping[str, str | int]
    rows: tuple[Row, ...]
    growths: tuple[Growth, ...]


def no_window(setting: Setting) -> Mapping[str, Callable[[], Workload]]:
    """Return no workload that needs Qt."""
    del setting
    return {}


def run_table(
    names: Sequence[str] = (),
    *,
    sizes: Sizes | None = None,
    window: WindowWork = no_window,
    progress: Callable[[str], None] | None = None,
) -> Table:
    """Measure workloads and return the table.

    Args:
        names: which; empty = all.
        sizes: how large they are; those of the published table when None.
        window: brings the workloads that need Qt.
        progress: told the name of each workload before it is measured.
    """
    wanted = [name for name in NAMES if not names or name in names]
    rows: list[Row] = []
    growths: list[Growth] = []
    with tempfile.TemporaryDirectory(prefix="levcheck-bench-") as folder:
        setting = Setting(Path(folder), sizes or Sizes())
        in_window = window(setting) if set(wanted) & set(WINDOW_NAMES) else {}
        for name, workload in _workloads(wanted, setting, in_window):
            if progress is not None:
                progress(name)
            rows.append(measure(workload()))
        for name in wanted:
            if name in _GROWTHS:
                if progress is not None:
                    progress(name)
                growths.append(_found(_GROWTHS[name], "GROWTHS", name)(setting))
    return Table(machine(), tuple(rows), tuple(growths))


def _workloads(
    wanted: Sequence[str],
    setting: Setting,
    in_window: Mapping[str, Callable[[], Workload]],
) -> Iterator[tuple[str, Callable[[], Workload]]]:
    for name in wanted:
        if name in _OWN_PROCESS and getattr(sys, "frozen", False):
            continue
        if name in _PLACES:
            yield name, partial(_found(_PLACES[name], "WORKLOADS", name), setting)
        elif name in in_window:
            yield name, in_window[name]


def _found(module: str, kind: str, name: str) -> Callable[[Setting], Any]:
    """Return the maker of a workload; its module is imported only when it is asked for."""
    makers: Mapping[str, Callable[[Setting], Any]] = getattr(
        import_module(f"levcheck.bench.{module}"), kind
    )
    return makers[name]


def machine() -> dict[str, str | int]:
    """Return what kind of machine this is: nothing that names it or its user."""
    kind: dict[str, str | int] = {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "levcheck": __version__,
    }
    for package in ("numpy", "pandas", "openpyxl", "PySide6-Essentials", "pyqtgraph"):
        try:
            kind[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            kind[package] = "not installed"
    return kind


# --- as a document -----------------------------------------------------------------------------------------


def table_document(table: Table) -> dict[str, Any]:
    """Return the table as plain values, ``levcheck/bench/1``.

    ``ratio`` is how many times as good as the baseline, ``floor_ratio`` how many times the limit; rows of memory
    carry ``value_mb`` and the like in place of ``value_ms``.
    """
    return {
        "schema": SCHEMA,
        "machine": dict(table.machine),
        "rows": [_row_document(row) for row in table.rows],
        "growth": [
            {
                "name": growth.name,
                "what": growth.what,
                "exponent": _short(growth.exponent),
                "points": [
                    {"size": size, "ms": _short(cost), "us_each": _short(cost * 1000.0 / size)}
                    for size, cost in growth.points
                ],
            }
            for growth in table.growths
        ],
    }


def _row_document(row: Row) -> dict[str, Any]:
    unit = row.unit.lower()
    return {
        "name": row.name,
        "what": row.what,
        f"value_{unit}": _short(row.value),
        "baseline": row.baseline or None,
        f"baseline_{unit}": _short(row.baseline_value),
        "ratio": _short(row.ratio),
        "floor": row.floor or None,
        f"floor_{unit}": _short(row.floor_value),
        "floor_ratio": _short(row.floor_ratio),
        "goal": row.goal.text(row.unit) or None,
        "met": row.met,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


# --- as text -----------------------------------------------------------------------------------------------


def table_lines(table: Table) -> list[str]:
    """Return the table as lines of text, ratios first: the milliseconds belong to this minute of this machine."""
    kind = table.machine
    lines = [
        f"{kind['system']} {kind['architecture']}, {kind['cores']} cores, Python {kind['python']}",
        "",
        f"{'workload':20} {'x baseline':>10} {'x floor':>9} {'value':>11}  {'goal':38} met",
    ]
    words = {True: "yes", False: "NO", None: "-"}
    for row in table.rows:
        value = f"{row.value:.4g} {row.unit}"
        lines.append(
            f"{row.name:20} {_cell(row.ratio):>10} {_cell(row.floor_ratio):>9} {value:>11}  "
            f"{row.goal.text(row.unit) or '-':38} {words[row.met]}"
        )
    lines += [
        "",
        "x baseline: how many times as good as a plain script. x floor: how many times the limit.",
    ]
    for row in table.rows:
        lines.append(f"  {row.name}: {row.what}")
        lines += [f"    baseline: {row.baseline}"] * bool(row.baseline)
        lines += [f"    floor: {row.floor}"] * bool(row.floor)
    for growth in table.growths:
        points = ", ".join(f"{size:,}: {cost:.4g} ms" for size, cost in growth.points)
        lines.append(
            f"{growth.name}: {points}; cost grows as size to the power {_cell(growth.exponent)}"
        )
    return lines


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}"


# --- against an earlier run --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lost:
    """A workload that fell behind.

    Attributes:
        name: of the workload.
        before: stored ratio to the baseline.
        now: ratio measured now.
    """

    name: str
    before: float
    now: float


def lost_ratios(
    stored: Mapping[str, Any], now: Mapping[str, Any], *, allowed: float = ALLOWED_LOSS
) -> tuple[Lost, ...]:
    """Return the workloads of two documents whose ratio to the baseline fell by more than `allowed`.

    Only ratios are compared: both sides of each were measured in the same minute, so a slower machine changes neither.
    """
    ratios = {row["name"]: row["ratio"] for row in now["rows"]}
    return tuple(
        Lost(row["name"], row["ratio"], ratios[row["name"]])
        for row in stored["rows"]
        if row["ratio"] is not None
        and ratios.get(row["name"]) is not None
        and ratios[row["name"]] < (1.0 - allowed) * row["ratio"]
    )


# --- in the guide ------------------------------------------------------------------------------------------


def markdown_table(document: Mapping[str, Any]) -> str:
    """Return the rows of a document as the tables of the developer's guide: ratios only, no milliseconds."""
    words = {True: "yes", False: "**no**", None: ""}
    lines = [
        "| workload | what is measured | x baseline | baseline | x floor | floor | goal | met |",
        "|---|---|---:|---|---:|---|---|---|",
    ]
    lines += [
        f"| {row['name']} | {row['what']} | {_cell(row['ratio'])} | {row['baseline'] or ''} | "
        f"{_cell(row['floor_ratio'])} | {row['floor'] or ''} | {row['goal'] or ''} | {words[row['met']]} |"
        for row in document["rows"]
    ]
    lines += [
        "",
        "| growth | what grows | cost for one, relative to the smallest | power of the size |",
    ]
    lines += ["|---|---|---|---:|"]
    for growth in document["growth"]:
        first = growth["points"][0]["us_each"]
        each = ", ".join(f"{p['size']:,}: {p['us_each'] / first:.2g}" for p in growth["points"])
        power = _cell(growth["exponent"])
        lines.append(f"| {growth['name']} | {growth['what']} | {each} | {power} |")
    return "\n".join(lines)
