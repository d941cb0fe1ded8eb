"""Writes the page of keys from the actions of the window: python packaging/maintain/keys_page.py OUT."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


def page() -> str:
    """Return the page the program shows."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from levcheck.i18n.words import Words
    from levcheck.ui.guide_window import keys_page

    return keys_page(Words("en")).text


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
