"""The tokens hold what the design promises: contrast, distances of the families, one set of roles, live switching."""

import itertools
import math
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from levcheck.assets import asset
from levcheck.domain.instrument import Wrapper
from levcheck.domain.theme import Family
from levcheck.ui.icons import icon, pixmap
from levcheck.ui.theme import (
    RISE_FALL,
    THEMES,
    Pattern,
    Role,
    Size,
    load_theme,
    print_theme,
    theme_source,
)

ROOT = Path(__file__).resolve().parents[2]
TEXT_ROLES = (
    Role.TEXT,
    Role.TEXT_2,
    Role.ACCENT,
    Role.LOSS,
    Role.GAIN,
    Role.WARNING,
    Role.ERROR,
    Role.SUCCESS,
)
# Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# severity 1.0, on linear RGB.
VISION = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
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
}


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def contrast(a: str, b: str) -> float:
    def luminance(colour: str) -> float:
        r, g, blue = linear(colour)
        return 0.2126 * r + 0.7152 * g + 0.0722 * blue

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    seen = [
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, rgb, strict=True))))
        for row in VISION[vision]
    ]
    xyz = (
        (0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047,
        0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2],
        (0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """Sharma, Wu, Dalal 2005, equations 2 to 22."""
    l1, a1, b1 = one
    l2, a2, b2 = two
    c_mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(c_mean**7 / (c_mean**7 + 25**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dhh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    h_mean = h1 + h2 if c1 * c2 == 0 else (h1 + dh / 2) % 360
    t = (
        1
        - 0.17 * math.cos(math.radians(h_mean - 30))
        + 0.24 * math.cos(math.radians(2 * h_mean))
        + 0.32 * math.cos(math.radians(3 * h_mean + 6))
        - 0.20 * math.cos(math.radians(4 * h_mean - 63))
    )
    turn = 30 * math.exp(-(((h_mean - 275) / 25) ** 2))
    rc = 2 * math.sqrt(c_mean**7 / (c_mean**7 + 25**7))
    sl = 1 + 0.015 * (l_mean - 50) ** 2 / math.sqrt(20 + (l_mean - 50) ** 2)
    sc, sh = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    rt = -math.sin(math.radians(2 * turn)) * rc
    return math.sqrt(
        (dl / sl) ** 2 + (dc / sc) ** 2 + (dhh / sh) ** 2 + rt * (dc / sc) * (dhh / sh)
    )


def least_distance(colours: list[str]) -> float:
    return min(
        ciede2000(lab(a, vision), lab(b, vision))
        for vision in VISION
        for a, b in itertools.combinations(colours, 2)
    )


@pytest.fixture(autouse=True)
def _light_again(qtbot: QtBot) -> Any:
    yield
    theme_source().choose("light", text_scale=1.0, language="en", custom="blue_orange")


def test_that_the_distance_formula_gives_published_pairs() -> None:
    # Sharma, Wu, Dalal 2005, table 1, pairs 1, 17 and 25
    pairs = [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for one, two, published in pairs:
        assert ciede2000(one, two) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("name", THEMES)
def test_that_every_text_reads_on_both_grounds(name: str) -> None:
    theme = load_theme(name)
    for role, ground in itertools.product(TEXT_ROLES, (Role.BG, Role.SURFACE)):
        assert contrast(theme.hex(role), theme.hex(ground)) >= 5.5, (role, ground)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("custom", RISE_FALL)
def test_that_rise_and_fall_read_in_every_market_custom(name: str, custom: str) -> None:
    theme = load_theme(name).with_custom(custom)
    for role in (Role.GAIN, Role.LOSS):
        assert contrast(theme.hex(role), theme.hex(Role.BG)) >= 5.5


@pytest.mark.parametrize("name", THEMES)
def test_that_text_reads_on_every_ground_it_is_put_on(name: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.hex(Role.ON_ACCENT), theme.hex(Role.ACCENT)) >= 6.5
    assert contrast(theme.hex(Role.ON_ACCENT), theme.hex(Role.ACCENT_STRONG)) >= 6.5
    for ground in (Role.HOVER, Role.SELECTED, Role.RAISED):
        assert contrast(theme.hex(Role.TEXT), theme.hex(ground)) >= 4.5, ground
        assert contrast(theme.hex(Role.TEXT_2), theme.hex(ground)) >= 4.5, ground
    for ink, ground in (
        (Role.WARNING, Role.WARNING_SURFACE),
        (Role.ERROR, Role.ERROR_SURFACE),
        (Role.SUCCESS, Role.SUCCESS_SURFACE),
        (Role.ACCENT, Role.INFO_SURFACE),
    ):
        assert contrast(theme.hex(ink), theme.hex(ground)) >= 4.5, ground
        assert contrast(theme.hex(Role.TEXT), theme.hex(ground)) >= 4.5, ground


@pytest.mark.parametrize("name", THEMES)
def test_that_lines_and_rings_show_on_both_grounds(name: str) -> None:
    theme = load_theme(name)
    for role, ground in itertools.product((Role.LINE, Role.ACCENT), (Role.BG, Role.SURFACE)):
        assert contrast(theme.hex(role), theme.hex(ground)) >= 3.4


@pytest.mark.parametrize(("name", "least"), [("light", 3.05), ("dark", 3.05)])
def test_that_every_shade_of_every_family_shows_on_the_ground(name: str, least: float) -> None:
    theme = load_theme(name)
    for family in Family:
        for shade in theme.families[family].shades:
            assert contrast(shade, theme.hex(Role.BG)) >= least, (family, shade)


@pytest.mark.parametrize(("name", "least"), [("light", 14.0), ("dark", 15.7)])
def test_that_the_eight_families_differ_for_every_kind_of_colour_vision(
    name: str, least: float
) -> None:
    theme = load_theme(name)
    assert least_distance([theme.families[family].shades[0] for family in Family]) >= least


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_loss_and_gain_differ_for_every_kind_of_colour_vision(name: str) -> None:
    theme = load_theme(name)
    assert least_distance([theme.hex(Role.LOSS), theme.hex(Role.GAIN)]) >= 44


@pytest.mark.parametrize("name", THEMES)
def test_that_badges_and_patterns_tell_families_and_wrappers_apart(name: str) -> None:
    theme = load_theme(name)
    badges = [theme.badge(family) for family in Family]
    assert sorted(badges) == ["AI", "BO", "CR", "EQ", "NE", "RA", "SE", "SP"]
    patterns = [theme.pattern(wrapper) for wrapper in Wrapper]
    assert len(set(patterns)) == len(patterns)
    assert theme.pattern(Wrapper.DIRECT) is Pattern.SOLID


def test_that_all_themes_name_the_same_tokens() -> None:
    def shape(table: dict[str, Any]) -> Any:
        return {
            key: shape(value) if isinstance(value, dict) else type(value).__name__
            for key, value in table.items()
        }

    tables = [tomllib.loads(asset("themes", f"{n}.toml").read_text("utf-8")) for n in THEMES]
    assert shape(tables[0]) == shape(tables[1]) == shape(tables[2])
    assert tables[0]["spacing"] == tables[1]["spacing"] == tables[2]["spacing"]


def test_that_no_code_of_the_window_names_a_colour() -> None:
    pattern = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d")
    found = [
        f"{path.name}:{number}"
        for folder in ("charts", "widgets")
        for path in sorted((ROOT / "levcheck" / "ui" / folder).glob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_that_the_theme_switches_while_the_window_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    source = theme_source()
    for name in THEMES:
        with qtbot.waitSignal(source.changed):
            source.use(load_theme("dark" if name != "dark" else "light"))
            source.use(load_theme(name))
        ground = load_theme(name).hex(Role.BG).lower()
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == ground
        assert ground in qapp.styleSheet().lower()
        assert qapp.property("levcheckTheme") == name


def test_that_a_list_stays_where_it_is_when_the_theme_switches(qtbot: QtBot) -> None:
    """Between two style sheets a list is laid out without one, with lower rows and less to scroll."""
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItems([f"Row {number}" for number in range(200)])
    rows.resize(300, 200)
    theme_source().use(load_theme("light"))
    rows.show()
    qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 100)
    bar = rows.verticalScrollBar()
    bar.setValue(bar.maximum() - 3)
    place = bar.value()
    theme_source().use(load_theme("dark"))
    rows.doItemsLayout()  # as the event loop does, without the sheet or with it
    qtbot.waitUntil(lambda: bar.value() == place)
    theme_source().use(load_theme("light"))
    qtbot.waitUntil(lambda: bar.value() == place)
    QApplication.processEvents()
    assert bar.value() == place


def test_that_a_scrolled_list_may_go_before_it_is_scrolled_back(qtbot: QtBot) -> None:
    theme_source().use(load_theme("light"))
    rows = QListWidget()
    rows.addItems([f"Row {number}" for number in range(200)])
    rows.resize(300, 200)
    rows.show()
    qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 100)
    rows.verticalScrollBar().setValue(50)
    theme_source().use(load_theme("dark"))
    shiboken6.delete(rows)
    QApplication.processEvents()
    assert not shiboken6.isValid(rows)
    theme_source().use(load_theme("light"))


def test_that_text_grows_to_twice_its_size_and_no_further(qtbot: QtBot) -> None:
    theme = load_theme("light")
    assert theme.with_text_scale(3.0).text_scale == 2.0
    assert theme.with_text_scale(0.5).text_scale == 1.0
    plain, large = theme.font(), theme.with_text_scale(2.0).font()
    assert (plain.pixelSize(), large.pixelSize()) == (14, 28)
    assert theme.with_text_scale(2.0).control_height == 64


def test_that_digits_have_one_width(qtbot: QtBot) -> None:
    metrics = QFontMetricsF(load_theme("light").font(Size.BODY))
    widths = {round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("language", "wanted"), [("ko", "Noto Sans CJK KR"), ("zh_TW", "Noto Sans CJK TC")]
)
def test_that_each_language_draws_its_own_regional_forms(
    qtbot: QtBot, language: str, wanted: str
) -> None:
    if wanted not in QFontDatabase.families():
        pytest.skip(f"{wanted} is not installed here")
    families = load_theme("light").with_language(language).font().families()
    regional = [family for family in families if "CJK" in family]
    assert regional[0] == wanted
    assert QFontInfo(load_theme("light").font()).pixelSize() == 14


def test_that_paper_is_never_smaller_than_eight_and_a_half_points() -> None:
    theme = print_theme("de")
    assert not theme.is_dark
    assert theme.pixels(Size.BODY) * 72 / 96 >= 9
    assert min(theme.pixels(size) for size in Size) * 72 / 96 >= 8.5


def test_that_every_icon_is_tinted_by_its_role(qtbot: QtBot) -> None:
    for path in sorted(asset("icons").glob("*.svg")):
        text = path.read_text("utf-8")
        fixed = path.stem == "app" or path.stem.endswith(
            ("-plain", "-light", "-dark", "-high_contrast")
        )
        assert ("currentColor" in text) != fixed, path.name
        if not fixed:
            image = pixmap(path.stem, Role.ACCENT, 24, load_theme("light")).toImage()
            inks = {
                QColor(image.pixel(x, y)).name()
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).alpha() == 255
            }
            assert inks == {load_theme("light").hex(Role.ACCENT).lower()}, path.name


def test_that_the_icons_a_style_sheet_uses_follow_the_tokens() -> None:
    for name in THEMES:
        accent = load_theme(name).hex(Role.ACCENT)
        assert accent in asset("icons", f"check-{name}.svg").read_text("utf-8")
        grey = re.search(r"#[0-9A-F]{6}", asset("icons", "chevron-down-plain.svg").read_text())
        assert grey is not None
        assert contrast(grey.group(), load_theme(name).hex(Role.BG)) >= 3.0


def test_that_a_missing_icon_is_an_error(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
