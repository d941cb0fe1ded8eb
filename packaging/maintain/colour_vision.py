"""Paint pictures as people with another colour vision see them, and in grey as a printer makes them.

    python packaging/maintain/colour_vision.py PICTURE… --out DIR

Writes ``DIR/KIND/NAME.png`` for protanopia, deuteranopia, tritanopia and grey. Look at them: each entry of a legend must
still be found in its chart.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

# Machado, Oliveira, Fernandes 2009, full severity, in linear light.
KINDS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}


def seen_by(image: QImage, kind: str) -> QImage:
    """Return a picture as it is seen with one kind of colour vision."""
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    raw = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    seen = _encoded(_linear(raw[..., :3]) @ np.array(KINDS[kind]).T)
    out = np.dstack([seen, np.full(seen.shape[:2], 255, np.uint8)]).astype(np.uint8)
    made = QImage(
        out.tobytes(),
        plain.width(),
        plain.height(),
        4 * plain.width(),
        QImage.Format.Format_RGBX8888,
    )
    return made.copy()


def _linear(bytes_of: NDArray[np.uint8]) -> NDArray[np.float64]:
    part = bytes_of.astype(np.float64) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _encoded(linear: NDArray[np.float64]) -> NDArray[np.uint8]:
    part = linear.clip(0.0, 1.0)
    coded = np.where(part <= 0.0031308, part * 12.92, 1.055 * part ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(coded * 255), dtype=np.uint8)


def main() -> None:
    """Paint what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pictures", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    for path in asked.pictures:
        image = QImage(str(path))
        for kind in KINDS:
            folder = asked.out / kind
            folder.mkdir(parents=True, exist_ok=True)
            seen_by(image, kind).save(str(folder / path.name))


if __name__ == "__main__":
    main()
