"""What is written into a PDF can be found and copied, whatever font the machine has."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontMetricsF, QPainter, QPdfWriter
from pytestqt.qtbot import QtBot

from levcheck.ui import theme as themes
from levcheck.ui.theme import Theme, print_theme

SENTENCE = "You could lose −$12,345.67 (3.1%): fi → Größe, 2x"


@pytest.mark.parametrize(
    "family",
    ["Inter", "Segoe UI", "Noto Sans", "DejaVu Sans", "Noto Sans CJK KR", "Noto Sans CJK TC"],
)
def test_that_figures_on_paper_can_be_copied_in_every_font(
    qtbot: QtBot, tmp_path: Path, family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if family not in QFontDatabase.families():
        pytest.skip(f"{family} is not installed")
    monkeypatch.setattr(themes, "_families", lambda _language: (family,))
    assert text_in(print_theme(), tmp_path) == SENTENCE


def test_that_digits_on_screen_have_one_width(qtbot: QtBot) -> None:
    metrics = QFontMetricsF(replace(print_theme(), is_paper=False).font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def text_in(theme: Theme, folder: Path) -> str:
    file = folder / "page.pdf"
    writer = QPdfWriter(str(file))
    writer.setResolution(96)
    painter = QPainter(writer)
    painter.setFont(theme.font())
    painter.drawText(20, 40, SENTENCE)
    painter.end()
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    told = subprocess.run([tool, "-layout", str(file), "-"], capture_output=True, check=True)
    return told.stdout.decode("utf-8").strip()
