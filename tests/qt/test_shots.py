"""Pictures of the window: all screens, sized, the same twice, and without amounts when asked."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from levcheck.domain.diagnostics import LevcheckError
from levcheck.ui.actions import SCREENS
from levcheck.ui.shots import paint_shots
from levcheck.ui.theme import current_theme
from tests.helpers.sample_engine import SampleEngine

FILE = Path("story.xlsx")


def test_that_every_screen_becomes_a_picture(qtbot: QtBot, tmp_path: Path) -> None:
    paths = paint_shots(FILE, tmp_path / "new", engine=SampleEngine())
    assert [path.name for path in paths] == [f"{spec.id}.png" for spec in SCREENS]
    for path in paths:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768)
        colours = {
            image.pixelColor(x, y).rgb() for x in range(0, 1366, 7) for y in range(0, 768, 7)
        }
        assert len(colours) > 20, path.name


def test_that_size_and_scale_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    (path,) = paint_shots(
        FILE, tmp_path, screens=("overview",), size=(1024, 640), scale=2.0, engine=SampleEngine()
    )
    image = QImage(str(path))
    assert (image.width(), image.height()) == (2048, 1280)


def test_that_the_same_picture_is_painted_twice(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        paint_shots(FILE, folder, screens=("overview", "overlap"), engine=SampleEngine())
    for name in ("overview.png", "overlap.png"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_that_dark_is_dark_and_the_theme_before_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    (path,) = paint_shots(FILE, tmp_path, screens=("stress",), theme="dark", engine=SampleEngine())
    assert QImage(str(path)).pixelColor(1350, 90).lightness() < 80
    assert not current_theme().is_dark


def test_that_meeting_mode_shows_no_rail_and_no_name(qtbot: QtBot, tmp_path: Path) -> None:
    plain, meeting = tmp_path / "plain", tmp_path / "meeting"
    paint_shots(FILE, plain, screens=("overview",), engine=SampleEngine())
    paint_shots(FILE, meeting, screens=("overview",), meeting=True, engine=SampleEngine())
    rail = QImage(str(plain / "overview.png")).pixelColor(80, 700)
    ground = QImage(str(meeting / "overview.png")).pixelColor(10, 760)
    assert rail != ground
    assert (meeting / "overview.png").read_bytes() != (plain / "overview.png").read_bytes()


def test_that_a_file_that_cannot_be_read_gives_no_picture(qtbot: QtBot, tmp_path: Path) -> None:
    engine = SampleEngine()
    engine.error = LevcheckError("storage.not_readable", file="x", reason="it is locked")
    with pytest.raises(LevcheckError) as caught:
        paint_shots(FILE, tmp_path / "none", engine=engine)
    assert caught.value.code == "storage.not_readable"
    assert not (tmp_path / "none").exists()
