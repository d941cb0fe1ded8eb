"""Settings count at once and are kept: colours by market custom, size of text, order of a meeting, place of the window."""

import gc
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QProgressBar, QScrollArea, QStyle
from pytestqt.qtbot import QtBot

from levcheck.app.session import remove_lines
from levcheck.i18n.words import Words
from levcheck.storage.settings import Settings, load_settings, save_settings
from levcheck.ui import application as application_module
from levcheck.ui.actions import SCREENS
from levcheck.ui.desktop import Desktop
from levcheck.ui.main_window import MainWindow
from levcheck.ui.screens.settings_panel import SettingsPanel
from levcheck.ui.style_sheet import MOTION_MS
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
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Callable[[MainWindow], None]], Settings]]:
    """Run the whole program with somebody at the window, and return what it kept."""
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))

    def run(somebody: Callable[[MainWindow], None], *, is_private: bool = False) -> Settings:
        def session() -> int:
            (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
            qtbot.waitUntil(lambda: window.is_furnished, timeout=20_000)
            somebody(window)
            window.close()
            return 0

        monkeypatch.setattr(QApplication, "exec", staticmethod(session))
        assert application_module.run(is_private=is_private) == 0
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


def opened(qtbot: QtBot, window: MainWindow) -> None:
    from levcheck.assets import asset

    with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
        window.workspace.open(asset("examples", "story.xlsx"))


def settings_of(window: MainWindow) -> SettingsPanel:
    window.action("settings").trigger()
    panel = window.settings.panel
    assert panel is not None
    return panel


def test_that_numbers_are_written_as_chosen_at_once_and_at_the_next_start(
    qtbot: QtBot, ran: Callable[..., Settings]
) -> None:
    seen: list[str] = []

    def first(window: MainWindow) -> None:
        opened(qtbot, window)
        panel = settings_of(window)
        with qtbot.waitSignal(window.workspace.views_ready, timeout=20_000):
            chosen(panel.numbers, "1’234.56")
        panel.close()
        seen.append(window.screens["overview"].headline.text())
        views = window.workspace.views
        assert views is not None
        seen.append(views.overview.key_figures[0].figure.text)

    assert ran(first).number_format == "1’234.56"
    assert seen[1] == "$244’000"
    ran(lambda window: seen.append(window.workspace.words.number(1234.5, 1)))
    assert seen[2] == "1’234.5"


def test_that_nothing_moves_where_no_movement_is_wanted(
    qtbot: QtBot, ran: Callable[..., Settings]
) -> None:
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    durations: list[int] = []
    blinks = QApplication.cursorFlashTime()

    def somebody(window: MainWindow) -> None:
        panel = settings_of(window)
        bar = window.reading_bar.findChild(QProgressBar)
        assert bar is not None
        for motion in ("reduced", "system"):
            chosen(panel.motion, motion)
            durations.append(panel.style().styleHint(hint, None, panel))
            durations.append(QApplication.cursorFlashTime())
            window.reading_bar.set_progress(None)
            durations.append(bar.maximum())
        chosen(panel.motion, "reduced")
        panel.close()

    assert ran(somebody).motion == "reduced"
    assert durations == [0, 0, 1, MOTION_MS, blinks, 0]
    theme_source().use(load_theme("light"))
    assert QApplication.cursorFlashTime() == blinks


def test_that_in_private_nothing_is_written(
    qtbot: QtBot, ran: Callable[..., Settings], tmp_path: Path
) -> None:
    save_settings(tmp_path, Settings(theme="light", recent_files=("/old.xlsx",), meeting_log=True))
    before = (tmp_path / "settings.json").read_bytes()

    def somebody(window: MainWindow) -> None:
        panel = settings_of(window)
        assert not panel.private.isChecked()
        panel.private.click()
        assert "private" in window.windowTitle()
        chosen(panel.theme, "dark")
        panel.close()
        assert settings_of(window).private.isChecked()
        window.settings.panel.close()  # type: ignore[union-attr]  # it was just shown
        opened(qtbot, window)
        window.workspace.edit("Removed", lambda session: remove_lines(session, ("p1",)))
        assert window.workspace.has_unsaved_edits
        assert not window.workspace.keeper.flush()
        assert not window.reports.keeps_log()
        assert not window.meeting.record.keeps_log()
        logging.getLogger("levcheck").warning("not for the disk")

    ran(somebody)
    assert (tmp_path / "settings.json").read_bytes() == before
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in left if path.parent.name in {"recovery", "logs"}], left


def test_that_a_start_in_private_is_private_from_the_first_moment(
    ran: Callable[..., Settings], tmp_path: Path
) -> None:
    titles: list[str] = []
    ran(lambda window: titles.append(window.windowTitle()), is_private=True)
    assert titles == ["levcheck (private)[*]"]
    assert list(tmp_path.iterdir()) == []


def test_that_the_window_is_as_still_as_the_desktop_asks(
    ran: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def ask(desktop: Desktop) -> None:
        desktop.is_still = not desktop.is_still
        desktop.changed.emit()

    monkeypatch.setattr(Desktop, "ask", ask)

    def somebody(_window: MainWindow) -> None:
        seen.append(current_theme().is_still)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
        seen.append(current_theme().is_still)

    assert ran(somebody).motion == "system"
    assert seen == [True, False]
