"""Paints the pictures of the guide from the sample portfolio: python packaging/maintain/pictures.py [FOLDER]."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

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
    """Give each picture a palette of its own commonest colours: a fraction of the size, and nobody sees it."""
    import numpy as np
    from PySide6.QtGui import QImage

    for file in sorted(folder.glob("*.png")):
        picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
        height, width = picture.height(), picture.width()
        pixels = np.frombuffer(picture.constBits(), dtype=np.uint32).reshape(height, width)
        colours, place, count = np.unique(pixels, return_inverse=True, return_counts=True)
        palette = colours[np.argsort(-count, kind="stable")[:256]]
        apart = _parts(colours)[:, None, :] - _parts(palette)[None, :, :]
        nearest = (apart**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
        rows = np.ascontiguousarray(nearest[place.reshape(height, width)])
        light = QImage(rows.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
        light.setColorTable([int(colour) for colour in palette])
        light.save(str(file))
        file.chmod(0o644)


def _parts(colours: "np.ndarray") -> "np.ndarray":
    """Return red, green and blue of colours, shape (N, 3)."""
    import numpy as np

    return np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)


if __name__ == "__main__":
    main()
