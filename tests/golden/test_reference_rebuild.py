"""The shipped tables are what the maintainer's builder makes of the collected facts, to the byte."""

import subprocess
import sys
from pathlib import Path

from levcheck import assets
from levcheck.reference.database import SEAL

ROOT = Path(__file__).resolve().parents[2]


def test_that_the_tables_are_rebuilt_from_the_facts_byte_by_byte(
    shared: Path, tmp_path: Path
) -> None:
    script = ROOT / "packaging" / "maintain" / "build_tables.py"
    facts = shared / "data" / "reference"
    done = subprocess.run(
        [sys.executable, str(script), str(facts), "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "instruments.csv: new" in done.stdout
    names = [
        line.split("  ")[1] for line in (tmp_path / SEAL).read_text(encoding="ascii").splitlines()
    ]
    assert len(names) >= 12
    different = [
        name
        for name in names
        if (tmp_path / name).read_bytes() != assets.asset("reference", name).read_bytes()
    ]
    assert different == []
    # The shipped list also seals what is calibrated from prices, which this command does not make.
    sealed, shipped = (
        set((folder / SEAL).read_text(encoding="ascii").splitlines())
        for folder in (tmp_path, assets.asset("reference"))
    )
    assert sealed <= shipped
