"""Settings count at once and are kept: colours by market custom, size of text, order of a meeting, place of the window."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from levcheck.i18n.words import Words
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.ui import application as application_module
from levcheck.ui.actions import SCREENS
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.settings_panel import SettingsPanel
from levcheck.ui.theme import Role, current_theme, load_theme, theme_source

THEMES = ("light", "dark", "high_contrast")


@pytest.fixture
def panel(qtbot: QtBot) -> SettingsPanel:
    made = SettingsPanel(Settings(), Words("de"))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def ran(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[MainWindow], None]], Settings]]:
    """Run the whole program with somebody at the window, and return what it kept."""
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))

    def run(somebody: Callable[[MainWindow], None]) -> Settings:
        def session() -> int:
            (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            somebody(window)
            window.close()
            return 0

        monkeypatch.setattr(QApplication, "exec", staticmethod(session))
        assert application_module.run() == 0
        return load_settings(tmp_path)

    yield run
    gc.collect()


def chosen(combo: Any, value: object) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_that_gain_and_loss_take_the_colours_of_the_market_at_once(
    ran: Callable[..., Settings],
) -> None:
    seen: list[str] = []

    def somebody(window: MainWindow) -> None:
        window.action("settings").trigger()
        panel = window.settings.panel
        assert panel is not None
        for custom in ("red_up", "western"):
            chosen(panel.rise_fall, custom)
            seen.append(current_theme().hex(Role.GAIN))
        panel.close()

    assert ran(somebody).rise_fall == "western"
    rise_fall = load_theme("light").rise_fall
    assert seen == [rise_fall["red_up"][0], rise_fall["western"][0]]
    assert len({rise_fall[custom] for custom in rise_fall}) == 3


def test_that_a_market_custom_of_another_version_is_passed_over(
    ran: Callable[..., Settings], tmp_path: Path
) -> None:
    save_settings(tmp_path, Settings(rise_fall="rainbow"))
    ran(lambda _window: None)
    assert current_theme().custom == "blue_orange"


def test_that_larger_text_counts_without_a_new_start(
    qtbot: QtBot, ran: Callable[..., Settings]
) -> None:
    sizes: list[int] = []

    def somebody(window: MainWindow) -> None:
        from levcheck.assets import asset

        with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
            window.workspace.open(asset("examples", "story.xlsx"))
        for scale in (1.0, 2.0, 1.1):
            theme_source().choose(text_scale=scale)
            QApplication.processEvents()
            screen = window.screens[window.current_screen]
            assert screen.isVisible()
            sizes.append(QFontInfo(screen.headline.font()).pixelSize())

    ran(somebody)
    assert sizes == [28, 56, 31]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_every_setting_can_be_reached_on_a_small_screen(qtbot: QtBot, scale: float) -> None:
    theme_source().choose(text_scale=scale, language="de")
    panel = SettingsPanel(Settings(), Words("de"))
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.show()
    QApplication.processEvents()
    assert panel.width() <= 1024
    assert panel.height() <= 640
    area = panel.findChild(QScrollArea)
    assert area is not None
    inside = area.widget()
    assert inside is not None
    assert inside.width() <= area.viewport().width()
    for part in (panel.language, panel.rise_fall, panel.order.screens, panel.folder):
        area.ensureWidgetVisible(part)
        QApplication.processEvents()
        corner = part.mapTo(area.viewport(), part.rect().topLeft())
        assert area.viewport().rect().contains(corner)


def test_that_the_order_of_a_meeting_is_chosen_with_keys(panel: SettingsPanel) -> None:
    changes: list[Settings] = []
    panel.changed.connect(changes.append)
    order = panel.order
    assert order.order() == ()  # all, as in the window
    order.screens.setCurrentRow(1)
    order.up.click()
    order.screens.item(2).setCheckState(Qt.CheckState.Unchecked)
    ids = [spec.id for spec in SCREENS]
    wanted = (ids[1], ids[0], *ids[3:])
    assert changes[-1].meeting_order == wanted
    panel.show_settings(changes[-1])
    assert order.order() == wanted


def test_that_the_order_reaches_the_meeting(ran: Callable[..., Settings]) -> None:
    def somebody(window: MainWindow) -> None:
        window.action("settings").trigger()
        panel = window.settings.panel
        assert panel is not None
        for row in range(2, len(SCREENS)):
            panel.order.screens.item(row).setCheckState(Qt.CheckState.Unchecked)
        panel.close()
        assert window.meeting.order == ("portfolio", "overview")

    assert ran(somebody).meeting_order == ("portfolio", "overview")


def test_that_the_window_stands_where_it_stood(ran: Callable[..., Settings]) -> None:
    heights: list[int] = []

    def first(window: MainWindow) -> None:
        window.resize(1100, 660)

    def second(window: MainWindow) -> None:
        heights.append(window.height())  # the screen of this test is narrower than the window

    assert ran(first).geometry
    ran(second)
    assert heights == [660]


def test_that_the_place_of_the_data_is_said(panel: SettingsPanel) -> None:
    from levcheck.assets import data_folder

    assert panel.folder_place.text() == str(data_folder())
    assert panel.folder.isEnabled()


def test_that_high_contrast_and_dark_leave_no_colour_of_before(qtbot: QtBot) -> None:
    for name in THEMES:
        theme_source().choose(name)
        made = SettingsPanel(Settings(theme=name), Words("en"))
        qtbot.addWidget(made)
        made.show()
        QApplication.processEvents()
        ground = made.grab().toImage().pixelColor(2, 2)
        assert ground == current_theme().color(Role.BG), name
