"""Pictures swept by code: nothing clipped, shortened, overlapping, pale, untranslated or in foreign letters."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from levcheck.assets import asset
from levcheck.ui.actions import SCREENS
from levcheck.ui.shots import Studio, studio
from tests.helpers.catalogue_tools import catalogues, tool
from tests.helpers.sample_engine import SampleEngine

# A page may scroll in a small window, and a long name is shortened where its whole text is in the tip.
ALLOWED = frozenset({"scrolls", "elided name with a hint"})
NAMES = [spec.id for spec in SCREENS]


@pytest.fixture(scope="module")
def sweeping() -> ModuleType:
    return tool("shot_sweep")


@pytest.fixture(scope="module")
def matrix(sweeping: ModuleType) -> ModuleType:
    catalogues()
    return tool("shot_matrix")


@pytest.fixture
def sample(qtbot: QtBot) -> Iterator[Studio]:
    with studio(SampleEngine()) as made:
        made.open(Path("story.xlsx"))
        yield made


def found(matrix: ModuleType, made: Studio, look: object) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    for screen, _, findings in matrix.sweep(made, look, NAMES):
        told = [
            f"{f.kind}: {f.where} “{f.text}” {f.detail}" for f in findings if f.kind not in ALLOWED
        ]
        if told:
            wrong[screen] = told
    return wrong


@pytest.mark.parametrize(
    ("language", "theme"), [("en", "light"), ("de", "dark"), ("ko", "light"), ("zh_TW", "dark")]
)
def test_that_a_sample_of_the_pictures_is_clean(
    sample: Studio, matrix: ModuleType, language: str, theme: str
) -> None:
    assert found(matrix, sample, matrix.Look(language, theme, "1366x768")) == {}


@pytest.mark.slow
def test_that_every_picture_is_clean(qtbot: QtBot, matrix: ModuleType) -> None:
    wrong = {}
    with studio() as made:
        made.open(asset("examples", "story.xlsx"))
        looks = [*matrix.looks(matrix.LANGUAGES, matrix.THEMES, matrix.SIZES), *matrix.states()]
        for look in looks:
            wrong.update({(look.name, k): v for k, v in found(matrix, made, look).items()})
    assert wrong == {}


def test_that_the_sweep_finds_a_clipped_and_a_pale_text(qtbot: QtBot, sweeping: ModuleType) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 80)
    label = QLabel("A sentence much wider than its place", window)
    label.setGeometry(0, 0, 60, 20)
    pale = QLabel("pale", window)
    pale.setGeometry(0, 40, 100, 30)
    pale.setStyleSheet("color: #DDDDDD; background: #FFFFFF; font-size: 16px;")
    window.show()
    image = QImage(window.grab().toImage())
    kinds = {(f.kind, f.text) for f in sweeping.look_at(window, image, "en")}
    assert ("clipped", "A sentence much wider than its place") in kinds
    assert ("contrast", "pale") in kinds


def test_that_the_sweep_finds_english_in_another_language(
    qtbot: QtBot, sweeping: ModuleType
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("Scenarios", window)
    label.resize(label.sizeHint())
    window.resize(QSize(200, 60))
    window.show()
    image = window.grab().toImage()
    found_kinds = sweeping.look_at(window, image, "de", frozenset({"Scenarios"}))
    assert "untranslated" in {f.kind for f in found_kinds}


def test_that_the_sweep_knows_its_colours(sweeping: ModuleType) -> None:
    from levcheck.ui.theme import load_theme

    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    assert [f.text for f in sweeping.colours_off_palette(image, load_theme("light"))] == ["#ff00ff"]
    image.fill(QColor(load_theme("light").colours[next(iter(load_theme("light").colours))]))
    assert list(sweeping.colours_off_palette(image, load_theme("light"))) == []
