"""The driver tables: valid, and what the calibrating command writes."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np

from levcheck.assets import asset
from levcheck.domain.risk import DriverCorrelation, RiskDriver, RiskTables, Sensitivity
from levcheck.stress.propagation import DriverModel

TABLES = ("risk_drivers.csv", "betas.csv", "correlations.csv")


def rows(name: str) -> list[dict[str, str]]:
    with asset("reference", name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bundled() -> RiskTables:
    return RiskTables(
        tuple(
            RiskDriver(
                r["id"],
                r["name"],
                float(r["volatility"]),
                r["stand_in"] == "true",
                r["window"],
                r["source"],
            )
            for r in rows("risk_drivers.csv")
        ),
        tuple(
            Sensitivity(
                r["member"],
                r["driver"],
                float(r["beta"]),
                float(r["own_volatility"]),
                r["window"],
                r["source"],
            )
            for r in rows("betas.csv")
        ),
        tuple(
            DriverCorrelation(
                r["a"], r["b"], float(r["calm"]), float(r["stressed"]), r["window"], r["source"]
            )
            for r in rows("correlations.csv")
        ),
    )


def test_that_both_covariances_are_valid_as_they_stand() -> None:
    model = DriverModel.from_tables(bundled())
    size = len(model.ids)
    assert size >= 20
    for pick in ("calm", "stressed"):
        matrix = np.eye(size)
        for r in rows("correlations.csv"):
            i, j = model.ids.index(r["a"]), model.ids.index(r["b"])
            matrix[i, j] = matrix[j, i] = float(r[pick])
        assert np.linalg.eigvalsh(matrix)[0] > 0.0
    assert model.missing_pairs == ()


def test_that_every_row_has_a_window_and_a_source_and_a_known_driver() -> None:
    drivers = {r["id"] for r in rows("risk_drivers.csv")}
    for name in TABLES:
        assert all(r["window"] and r["source"] and r["as_of"] for r in rows(name)), name
    assert {r["driver"] for r in rows("betas.csv")} <= drivers
    assumed = [r for r in rows("risk_drivers.csv") if r["window"] == "assumed"]
    assert all(r["stand_in"] == "true" for r in assumed)


def test_that_every_theme_of_the_library_has_a_sensitivity() -> None:
    members = {r["member"] for r in rows("betas.csv")}
    with asset("reference", "theme_names.csv").open(encoding="utf-8") as file:
        themes = {row["theme"] for row in csv.DictReader(file)} - {"unclassified"}
    assert not {theme for theme in themes if f"theme:{theme}" not in members}


def test_that_the_calibrating_command_writes_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    script = asset("reference").parent.parent / "packaging" / "maintain" / "calibrate_drivers.py"
    subprocess.run(
        [sys.executable, str(script), str(shared / "data" / "prices"), "--out", str(tmp_path)],
        capture_output=True,
        check=True,
    )
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == asset("reference", name).read_bytes(), name
