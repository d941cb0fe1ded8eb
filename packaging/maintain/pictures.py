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
    _lighten(folder)


def _lighten(folder: Path) -> None:
    """Give each picture a palette of its own colours: a quarter of the size, and nobody sees it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    how = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    for file in sorted(folder.glob("*.png")):
        QImage(str(file)).convertToFormat(QImage.Format.Format_Indexed8, how).save(str(file))
        file.chmod(0o644)


if __name__ == "__main__":
    main()
