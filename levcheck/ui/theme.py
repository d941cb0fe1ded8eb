"""One table of tokens per theme, and everything that is made of it: colours, fonts, palette, style sheet.

Code names roles and never a colour. The theme in force lives in :func:`theme_source`; whoever paints listens to its
``changed`` signal, so light, dark and high contrast switch while the window is open.
"""

import sys
import tomllib
from contextlib import nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from levcheck.assets import asset
from levcheck.ui.style_sheet import style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QScrollBar

    from levcheck.domain.instrument import Wrapper
    from levcheck.domain.theme import Family
    from levcheck.presenting.figures import Ink

_MIDDLE = 128  # lightness half way from black to white
_WAS_DARK = "levcheckDesktopWasDark"  # before our palette covered the desktop's: not every desktop says it again
THEMES = ("light", "dark", "high_contrast")
RAIL_WIDTH = 160  # of the list of screens, in pixels at text size 100 %
MOST_OF_WINDOW = 0.22  # of its width, for the words of that list
RISE_FALL = ("blue_orange", "red_up", "western")


class Role(StrEnum):
    """What a colour is for."""

    BG = "bg"
    SURFACE = "surface"
    RAISED = "raised"
    HAIRLINE = "hairline"
    HOVER = "hover"
    SELECTED = "selected"
    TEXT = "text"
    TEXT_2 = "text_2"
    DISABLED = "disabled"
    LINE = "line"
    ACCENT = "accent"
    ACCENT_STRONG = "accent_strong"
    ON_ACCENT = "on_accent"
    LOSS = "loss"
    GAIN = "gain"
    WARNING = "warning"
    WARNING_SURFACE = "warning_surface"
    ERROR = "error"
    ERROR_SURFACE = "error_surface"
    SUCCESS = "success"
    SUCCESS_SURFACE = "success_surface"
    INFO_SURFACE = "info_surface"
    SHADOW = "shadow"


class Size(StrEnum):
    """The type scale."""

    CAPTION = "caption"
    BODY = "body"
    EMPHASIS = "emphasis"
    SECTION = "section"
    HEADLINE = "headline"
    KEY_FIGURE = "key_figure"


class Pattern(StrEnum):
    """How a wrapper's area is filled."""

    SOLID = "solid"
    DIAGONAL = "diagonal"
    BACK_DIAGONAL = "back-diagonal"
    CROSS = "cross"
    DOTS = "dots"
    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"
    RINGS = "rings"
    GRID = "grid"
    OUTLINE = "outline"


# Inks, families and wrappers are asked for by their values: the look is loaded before the rooms that name them.
_ROLE_OF_INK = {
    "neutral": Role.TEXT_2,
    "accent": Role.ACCENT,
    "loss": Role.LOSS,
    "gain": Role.GAIN,
    "warning": Role.WARNING,
    "muted": Role.LINE,
}

# What the interface of each system is set in, then fonts with even colour at 14 px, then what every Linux has.
_LATIN = (
    "Inter",
    "Segoe UI Variable Text",
    "Segoe UI",
    "SF Pro Text",
    ".AppleSystemUIFont",
    "Noto Sans",
    "Cantarell",
    "Ubuntu",
    "DejaVu Sans",
)
# Regional forms differ between Korea, Taiwan and Japan for the same character, so each language names its own.
_REGIONAL = {
    "ko": ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo"),
    "zh_TW": ("Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei UI", "PingFang TC"),
}
# Qt keeps one list of substitutes for each description of a font and forgets that the families behind the first one
# differ. A style hint of its own makes each language another description, so that a change of language is drawn at once.
_HINTS = {"ko": QFont.StyleHint.SansSerif, "zh_TW": QFont.StyleHint.System}


_IN_COLUMNS = {"tnum": 1}
# Qt writes into a PDF which letter a sign stands for by looking it up in the font. Signs that a font puts in the place
# of others (digits of one width, a minus at the height of digits, joined letters) are not found there: their text would
# be empty for whoever searches, copies or listens.
_ON_PAPER = {"tnum": 0, "calt": 0, "liga": 0, "ccmp": 0, "locl": 0}


@dataclass(frozen=True, slots=True)
class FamilyStyle:
    """How a family of themes looks.

    Attributes:
        badge: two letters.
        shades: colours; the first is the family's, the others are for its own drill-down.
    """

    badge: str
    shades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Every token of the look, ready to be asked by role.

    Attributes:
        name: one of :data:`THEMES`.
        is_dark: light ink on a dark ground.
        is_high_contrast: full borders, no tints.
        colours: role to hex.
        rise_fall: market custom to (gain, loss).
        families: value of a family to its style.
        patterns: value of a wrapper to its pattern.
        spacing: step name to pixels.
        sizes: type size to pixels at 100 %.
        shape: radius and heights in pixels.
        text_scale: 1.0 to 2.0.
        smallest: no text is smaller than this, in pixels; 0.0 = as the scale says.
        language: decides the regional font.
        custom: market custom in force, one of :data:`RISE_FALL`.
        is_still: nothing moves by itself.
        is_paper: what is painted is a file whose text has to be found and copied.
    """

    name: str
    is_dark: bool
    is_high_contrast: bool
    colours: "Mapping[Role, str]"
    rise_fall: "Mapping[str, tuple[str, str]]"
    families: "Mapping[str, FamilyStyle]"
    patterns: "Mapping[str, Pattern]"
    spacing: "Mapping[str, int]"
    sizes: "Mapping[Size, float]"
    shape: "Mapping[str, int]"
    text_scale: float = 1.0
    smallest: float = 0.0
    language: str = "en"
    custom: str = "blue_orange"
    is_still: bool = False
    is_paper: bool = False

    # --- colours ---------------------------------------------------------------------------------------

    def hex(self, role: Role) -> str:
        """Return the colour of a role as ``#RRGGBB``."""
        if role is Role.GAIN:
            return self.rise_fall[self.custom][0]
        if role is Role.LOSS:
            return self.rise_fall[self.custom][1]
        return self.colours[role]

    def color(self, role: Role) -> QColor:
        """Return the colour of a role."""
        return QColor(self.hex(role))

    def ink(self, ink: "Ink") -> QColor:
        """Return the colour of an ink of the charts."""
        return self.color(_ROLE_OF_INK[ink])

    def family(self, family: "Family", shade: int = 0) -> QColor:
        """Return a family's colour; shades beyond its last one repeat from the start."""
        shades = self.families[family].shades
        return QColor(shades[shade % len(shades)])

    def badge(self, family: "Family") -> str:
        """Return the two letters of a family."""
        return self.families[family].badge

    def pattern(self, wrapper: "Wrapper") -> Pattern:
        """Return the pattern of a wrapper."""
        return self.patterns[wrapper]

    # --- sizes -----------------------------------------------------------------------------------------

    def space(self, step: str) -> int:
        """Return a step of the spacing scale in pixels: xs s m l xl xxl xxxl."""
        return self.spacing[step]

    def pixels(self, size: Size) -> float:
        """Return a type size in pixels at the text scale in force."""
        return max(self.sizes[size] * self.text_scale, self.smallest)

    @property
    def is_meeting(self) -> bool:
        """Whether a guest is to read it from across a table."""
        return self.smallest > 0.0

    def scaled(self, length: float) -> int:
        """Return a length that grows with the text, in whole pixels."""
        return round(length * self.text_scale)

    @property
    def radius(self) -> int:
        """Corner radius."""
        return self.shape["radius"]

    @property
    def control_height(self) -> int:
        """Height of a button or field."""
        return self.scaled(self.shape["control"])

    @property
    def row_height(self) -> int:
        """Height of a table row."""
        return self.scaled(self.shape["row"])

    # --- fonts -----------------------------------------------------------------------------------------

    def font(self, size: Size = Size.BODY, *, strong: bool = False) -> QFont:
        """Return a font of the type scale: digits of one width in columns on screen, signs that can be copied on paper."""
        font = QFont()
        font.setFamilies(list(_families(self.language)))
        font.setPixelSize(max(1, round(self.pixels(size))))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setStyleHint(_HINTS.get(self.language, QFont.StyleHint.AnyStyle))
        if hasattr(QFont, "Tag"):
            # Large figures stand alone: digits of one width leave gaps beside a 1 there.
            stands_alone = size in {Size.SECTION, Size.HEADLINE, Size.KEY_FIGURE}
            features = {"tnum": 0} if stands_alone else _IN_COLUMNS
            for feature, value in (_ON_PAPER if self.is_paper else features).items():
                font.setFeature(QFont.Tag(feature), value)
        return font

    # --- other versions of itself ----------------------------------------------------------------------

    def with_text_scale(self, scale: float) -> "Theme":
        """Return it with text between 100 % and 200 %."""
        return replace(self, text_scale=min(2.0, max(1.0, scale)))

    def with_language(self, language: str) -> "Theme":
        """Return it with the regional font of a language."""
        return replace(self, language=language)

    def with_custom(self, custom: str) -> "Theme":
        """Return it with another market custom for rise and fall.

        Raises:
            KeyError: there is no such custom.
        """
        if custom not in self.rise_fall:
            raise KeyError(custom)
        return replace(self, custom=custom)


@cache
def load_theme(name: str = "light") -> Theme:
    """Return a bundled theme.

    Raises:
        FileNotFoundError: there is no such theme.
        KeyError: a token is missing in its file.
    """
    table: dict[str, Any] = tomllib.loads(asset("themes", f"{name}.toml").read_text("utf-8"))
    return Theme(
        name=table["name"],
        is_dark=table["dark"],
        is_high_contrast=table["high_contrast"],
        colours=MappingProxyType({role: table["colours"][role.value] for role in Role}),
        rise_fall=MappingProxyType(
            {key: (row["gain"], row["loss"]) for key, row in table["rise_fall"].items()}
        ),
        families=MappingProxyType(
            {
                key: FamilyStyle(row["badge"], tuple(row["shades"]))
                for key, row in table["families"].items()
            }
        ),
        patterns=MappingProxyType({key: Pattern(name) for key, name in table["wrappers"].items()}),
        spacing=MappingProxyType(dict(table["spacing"])),
        sizes=MappingProxyType({size: float(table["type"][size.value]) for size in Size}),
        shape=MappingProxyType(dict(table["shape"])),
    )


def print_theme(language: str = "en", custom: str = "blue_orange") -> Theme:
    """Return the light theme in the sizes of paper: 96 pixels an inch, body 9.4 pt, captions 8.5 pt."""
    light = load_theme("light")
    paper = {
        Size.CAPTION: 11.4,
        Size.BODY: 12.5,
        Size.EMPHASIS: 14.0,
        Size.SECTION: 17.0,
        Size.HEADLINE: 29.0,
        Size.KEY_FIGURE: 32.0,
    }
    return replace(
        light,
        sizes=MappingProxyType(paper),
        language=language,
        custom=custom,
        text_scale=1.0,
        is_paper=True,
    )


@cache
def _families(language: str) -> tuple[str, ...]:
    installed = set(QFontDatabase.families())
    # macOS keeps its own font out of the list of families.
    hidden = ".AppleSystemUIFont" if sys.platform == "darwin" else ""
    latin = [name for name in _LATIN if name in installed or name == hidden][:2]
    own = _REGIONAL.get(language, ())
    others = [name for key, names in _REGIONAL.items() if key != language for name in names]
    regional = [name for name in (*own, *others) if name in installed]
    return (*latin, *regional, "Sans Serif")


def _is_dressed(application: QCoreApplication | None) -> bool:
    return application is not None and application.property("levcheckTheme") is not None


def system_theme() -> str:
    """Return which of :data:`THEMES` the desktop is set to; strong contrast is heard once the window is dressed."""
    application = QApplication.instance()
    if not _is_dressed(application):
        # The desktop's own colours are still there to be seen; Qt's table of names takes longer to make than the window.
        return "dark" if _desktop_is_dark() else "light"
    from PySide6.QtCore import Qt

    hints = QApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None and (
        accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    ):
        return "high_contrast"
    scheme = hints.colorScheme()
    if scheme is Qt.ColorScheme.Unknown:
        return "dark" if application is not None and application.property(_WAS_DARK) else "light"
    return "dark" if scheme is Qt.ColorScheme.Dark else "light"


def _desktop_is_dark() -> bool:
    return QApplication.palette().window().color().lightness() < _MIDDLE


class ThemeSource(QObject):
    """Holds the theme in force and tells everyone when it changes."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = load_theme("light")

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    def use(self, theme: Theme) -> None:
        """Put a theme in force: palette, style sheet, font, then the signal."""
        if theme == self._theme and QApplication.instance() is not None and self._is_applied:
            return
        self._theme = theme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, theme)
        self.changed.emit(theme)

    def choose(
        self,
        name: str | None = None,
        *,
        text_scale: float | None = None,
        language: str | None = None,
        custom: str | None = None,
        smallest: float | None = None,
        still: bool | None = None,
    ) -> Theme:
        """Change some of: theme name (``system`` asks the desktop), text scale, language, market custom, smallest text, motion."""
        now = self._theme
        chosen = system_theme() if name == "system" else name or now.name
        theme = replace(
            load_theme(chosen),
            text_scale=now.text_scale,
            language=now.language,
            custom=now.custom,
            smallest=now.smallest if smallest is None else smallest,
            is_still=now.is_still if still is None else still,
        )
        if text_scale is not None:
            theme = theme.with_text_scale(text_scale)
        if language is not None:
            theme = theme.with_language(language)
        if custom is not None:
            theme = theme.with_custom(custom)
        self.use(theme)
        return theme

    @property
    def _is_applied(self) -> bool:
        application = QApplication.instance()
        return application is not None and application.property("levcheckTheme") == self._theme.name


@cache
def _source_of(_application: int) -> ThemeSource:
    return ThemeSource()


def theme_source() -> ThemeSource:
    """Return the one place that knows the theme in force."""
    return _source_of(0)


def current_theme() -> Theme:
    """Return the theme in force."""
    return theme_source().theme


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Make a running program look like `theme`: Fusion, palette, font and style sheet."""
    # A style sheet wraps the style and hides its name, so the first call is remembered instead of asked.
    if not _is_dressed(application):
        application.setProperty(_WAS_DARK, _desktop_is_dark())
        if not application.property("levcheckFusion"):
            application.setStyle("Fusion")
    # One sheet laid over another takes Qt more than twice as long as taking the first away before. Lists lay themselves
    # out without one in between and lose their place, so it is noted.
    places = _places(application)
    with _passed_by(application):
        application.setStyleSheet("")
        application.setPalette(palette(theme))
        application.setFont(theme.font())
        application.setStyleSheet(style_sheet(theme))
    _put_back(places)
    application.setProperty("levcheckTheme", theme.name)
    _stop_motion(application, still=theme.is_still)


def _passed_by(application: QApplication) -> "AbstractContextManager[None]":
    """Let a change pass the screens by; before the first sheet there are none."""
    if not application.styleSheet():
        return nullcontext()
    from levcheck.ui.dressing import passed_by

    return passed_by()


def _places(application: QApplication) -> "list[tuple[QScrollBar, int]]":
    """Return where everything is scrolled to; nothing is before the first sheet."""
    if not application.styleSheet():
        return []
    from PySide6.QtWidgets import QScrollBar

    bars = [one for one in application.allWidgets() if isinstance(one, QScrollBar)]
    return [(bar, bar.value()) for bar in bars if bar.value()]


def _put_back(places: "list[tuple[QScrollBar, int]]") -> None:
    """Scroll everything back once it is laid out, in the turn after this one."""

    def put() -> None:
        for bar, value in places:
            if isValid(bar):
                bar.setValue(value)

    if places:
        from shiboken6 import isValid

        QTimer.singleShot(0, put)


def _effects() -> "tuple[Qt.UIEffect, ...]":
    """Return what Qt moves by itself beside what a style moves."""
    from PySide6.QtCore import Qt

    return (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_AnimateTooltip,
        Qt.UIEffect.UI_FadeTooltip,
        Qt.UIEffect.UI_AnimateToolBox,
    )


def _stop_motion(application: QApplication, *, still: bool) -> None:
    """Stop what Qt moves by itself, or let it move again as the desktop had it."""
    before = application.property("levcheckMotion")
    if still and before is None:
        moving = [application.isEffectEnabled(effect) for effect in _effects()]
        application.setProperty("levcheckMotion", [*moving, application.cursorFlashTime()])
        for effect in _effects():
            application.setEffectEnabled(effect, False)
        application.setCursorFlashTime(0)
    elif not still and before is not None:
        *moving, flash = before
        for effect, enabled in zip(_effects(), moving, strict=True):
            application.setEffectEnabled(effect, enabled)
        application.setCursorFlashTime(flash)
        application.setProperty("levcheckMotion", None)


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme."""
    group = QPalette.ColorRole
    made = QPalette()
    for role, token in (
        (group.Window, Role.BG),
        (group.WindowText, Role.TEXT),
        (group.Base, Role.BG),
        (group.AlternateBase, Role.SURFACE),
        (group.Text, Role.TEXT),
        (group.Button, Role.RAISED),
        (group.ButtonText, Role.TEXT),
        (group.BrightText, Role.ERROR),
        (group.Highlight, Role.SELECTED),
        (group.HighlightedText, Role.TEXT),
        (group.Link, Role.ACCENT),
        (group.LinkVisited, Role.ACCENT),
        (group.ToolTipBase, Role.RAISED),
        (group.ToolTipText, Role.TEXT),
        (group.PlaceholderText, Role.TEXT_2),
        (group.Light, Role.HOVER),
        (group.Midlight, Role.HAIRLINE),
        (group.Mid, Role.LINE),
        (group.Dark, Role.LINE),
        (group.Shadow, Role.SHADOW),
        (group.Accent, Role.ACCENT),
    ):
        made.setColor(role, theme.color(token))
    for role in (group.WindowText, group.Text, group.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color(Role.DISABLED))
    return made
