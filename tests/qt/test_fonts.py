"""Korean and Traditional Chinese are drawn in their own regional forms, also after a change of language."""

import pytest
from PySide6.QtGui import QFontDatabase, QTextLayout
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from levcheck.ui.charts.composing import Composer
from levcheck.ui.theme import Size, load_theme, print_theme, theme_source

KOREAN = "Noto Sans CJK KR"
TAIWANESE = "Noto Sans CJK TC"
# 骨 and 直 are written differently in Taiwan, Korea and Japan, and share one code.
TRAPS = "骨直角"


def are_installed() -> bool:
    return {KOREAN, TAIWANESE} <= set(QFontDatabase.families())


def families_of(label: QLabel) -> set[str]:
    label.ensurePolished()
    layout = QTextLayout(label.text(), label.font())
    layout.beginLayout()
    layout.createLine().setLineWidth(1e6)
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.fixture
def label(qtbot: QtBot) -> QLabel:
    # As in the program, where the theme stands before the first widget.
    theme_source().choose("light", language="en")
    made = QLabel(TRAPS)
    qtbot.addWidget(made)
    if not are_installed():
        pytest.skip("the fonts of both regions are not installed here")
    return made


def test_that_each_language_draws_its_own_forms(label: QLabel) -> None:
    for language, family in (("zh_TW", TAIWANESE), ("ko", KOREAN)):
        theme_source().choose("light", language=language)
        assert families_of(label) == {family}, language


def test_that_a_change_of_language_is_drawn_at_once_in_either_direction(label: QLabel) -> None:
    for language in ("ko", "zh_TW", "en", "zh_TW", "ko", "de", "ko"):
        theme_source().choose(language=language)
        wanted = {"ko": KOREAN, "zh_TW": TAIWANESE}.get(language)
        if wanted is not None:
            assert families_of(label) == {wanted}, language


def test_that_charts_and_paper_use_the_same_forms(label: QLabel) -> None:
    from PySide6.QtCore import QSizeF

    for language, family in (("ko", KOREAN), ("zh_TW", TAIWANESE), ("ko", KOREAN)):
        for theme in (load_theme("dark").with_language(language), print_theme(language)):
            for font in (Composer(theme, QSizeF(300, 100)).font(), theme.font(Size.HEADLINE)):
                label.setFont(font)
                assert families_of(label) == {family}


def test_that_every_character_of_the_catalogues_has_a_glyph(label: QLabel) -> None:
    import gettext

    from levcheck.assets import asset

    for language in ("ko", "zh_TW", "de"):
        theme_source().choose(language=language)
        with asset("locale", language, "LC_MESSAGES", "levcheck.mo").open("rb") as file:
            said = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        letters = {c for text in said.values() for c in str(text) if c.isprintable()}
        label.setText("".join(sorted(letters)))
        label.ensurePolished()
        layout = QTextLayout(label.text(), label.font())
        layout.beginLayout()
        layout.createLine().setLineWidth(1e6)
        layout.endLayout()
        assert all(0 not in run.glyphIndexes() for run in layout.glyphRuns()), language
