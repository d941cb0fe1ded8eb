"""Paints the pictures of the guide from the sample portfolio: python packaging/maintain/pictures.py [FOLDER]."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "docs" / "user" / "pictures"
SAMPLE = ROOT / "resources" / "examples" / "story.xlsx"


def main() -> None:
    """Paint every screen there is with the command everybody has."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    subprocess.run(
        [sys.executable, "-m", "levcheck", "shots", str(SAMPLE), "--out", str(folder)],
        cwd=ROOT, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


if __name__ == "__main__":
    main()
