"""Looks at a window with code: texts that are cut, shortened, on top of each other, pale, or drawn in the wrong letters.

Every finding names the widget, the text and what is wrong. Nothing here changes the window.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QTextLayout
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.picture import Text, tint
from levcheck.ui.screens.figure_table import FigureTable
from levcheck.ui.screens.parts import Page
from levcheck.ui.theme import Role, Size, Theme, current_theme

MANY_PIXELS = 400
"""A colour that covers fewer pixels is the edge of something smoothed."""
_PAD = 6  # between the edge of a chart and its drawing
_CHANNEL = 3  # how far apart two spellings of one colour may be after painting
_BROKEN = re.compile(r"\b(None|nan|inf|Traceback)\b|\{\w+\}")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_REGIONS = {"zh_TW": (" TC", "JhengHei", "PingFang TC"), "ko": (" KR", "Malgun", "SD Gothic")}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a picture.

    Attributes:
        kind: ``clipped``, ``elided``, ``overlap``, ``scrolls``, ``glyph``, ``contrast``, ``colour``, ``broken`` or
            ``untranslated``.
        where: class of the widget, and its accessible name when it has one.
        text: what is drawn there.
        detail: the measures.
    """

    kind: str
    where: str
    text: str
    detail: str


def look_at(
    window: QWidget, image: QImage, language: str, english: frozenset[str] = frozenset()
) -> list[Finding]:
    """Return everything that is wrong in a window as painted.

    Args:
        window: shown and settled.
        image: of it, one device pixel for each pixel.
        language: it speaks.
        english: messages whose translation is another text; in another language none may be shown.
    """
    findings: list[Finding] = []
    shown = [w for w in window.findChildren(QWidget) if _is_seen(w, window)]
    for widget in shown:
        findings += _fit(widget)
        for text in texts_of(widget):
            findings += _letters(widget, text, language)
            if text in english:
                findings.append(_found("untranslated", widget, text))
            if _BROKEN.search(text):
                findings.append(_found("broken", widget, text))
        if isinstance(widget, QLabel) and widget.text():
            findings += _contrast(widget, window, image)
    findings += _siblings(shown)
    findings += list(colours_off_palette(image, current_theme()))
    return sorted(set(findings))


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield each text a widget shows itself."""
    if isinstance(widget, QLabel | QPushButton):
        yield widget.text().replace("&", "")
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(n) for n in range(widget.count()))
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))
    elif isinstance(widget, Chart):
        yield from (text.text for text in widget.picture().texts)
    elif isinstance(widget, QTableView):
        model = widget.model()
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            for row in range(min(model.rowCount(), 40)):
                yield str(model.index(row, column).data() or "")


# --- does it fit ---------------------------------------------------------------------------------------------


def _fit(widget: QWidget) -> Iterator[Finding]:
    if isinstance(widget, QLabel):
        yield from _label_fits(widget)
    elif isinstance(widget, QPushButton | QComboBox):
        yield from _control_fits(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs_fit(widget)
    elif isinstance(widget, Chart):
        yield from _chart_fits(widget)
    elif isinstance(widget, FigureTable):
        yield from _table_fits(widget)
    elif isinstance(widget, Page):
        most = widget.verticalScrollBar().maximum()
        if most:
            yield _found("scrolls", widget, "", f"{most} px below the edge")
        beyond = widget.horizontalScrollBar().maximum()
        if beyond:
            yield _found("clipped", widget, "", f"{beyond} px beyond the right edge")
    yield from _cut_by_parent(widget)


def _control_fits(widget: QPushButton | QComboBox) -> Iterator[Finding]:
    text, arrow = (
        (widget.currentText(), 24) if isinstance(widget, QComboBox) else (widget.text(), 0)
    )
    needed = QFontMetricsF(widget.font()).horizontalAdvance(text.replace("&", ""))
    if needed > widget.width() - arrow:
        whole = isinstance(widget, QComboBox) and text in unescape(widget.toolTip())
        kind = "elided name with a hint" if whole else "clipped"
        yield _found(kind, widget, text, f"{needed:.0f} in {widget.width() - arrow}")


def _label_fits(label: QLabel) -> Iterator[Finding]:
    text = label.text()
    if not text:
        return
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + 1:
            yield _found("clipped", label, text, f"needs {needed} px, has {label.height()}")
        return
    width = QFontMetricsF(label.font()).horizontalAdvance(text.replace("&", ""))
    if width > room.width() + 1:
        yield _found("clipped", label, text, f"{width:.0f} in {room.width()}")


def _tabs_fit(bar: QTabBar) -> Iterator[Finding]:
    metrics = QFontMetricsF(bar.font())
    for number in range(bar.count()):
        needed = metrics.horizontalAdvance(bar.tabText(number))
        if needed > bar.tabRect(number).width() + 1:
            yield _found("clipped", bar, bar.tabText(number))
    if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width() + 1:
        # Arrows at its end, and the keys, bring the rest of a long bar into sight.
        kind = "scrolls" if bar.usesScrollButtons() else "clipped"
        yield _found(kind, bar, bar.tabText(bar.count() - 1), "outside the bar")


def _chart_fits(chart: "Chart[object]") -> Iterator[Finding]:
    picture = chart.picture()
    whole = QRectF(0, 0, picture.width, picture.height).adjusted(-2, -2, 2, 2)
    for text in picture.texts:
        if text.elided:
            yield _found("elided", chart, text.text)
        inked = _inked(text)
        if not whole.contains(inked):
            yield _found("clipped", chart, text.text, "outside the chart")
    for one, other in combinations(picture.texts, 2):
        common = _inked(one).intersected(_inked(other))
        if common.width() > 1 and common.height() > 3:
            yield _found("overlap", chart, f"{one.text} / {other.text}")
    if picture.needed > chart.height() + 1:
        yield _found("clipped", chart, "", f"needs {picture.needed:.0f}, has {chart.height()}")


def _inked(text: Text) -> QRectF:
    """Return where the letters of a text of a chart stand inside its rect."""
    width = QFontMetricsF(text.font).horizontalAdvance(text.text)
    left = text.rect.left()
    if text.align & Qt.AlignmentFlag.AlignRight:
        left = text.rect.right() - width
    elif text.align & Qt.AlignmentFlag.AlignHCenter:
        left = text.rect.center().x() - width / 2
    # Ascender and descender leave air: the ink of one line is about two thirds of its height.
    height = QFontMetricsF(text.font).height()
    middle = text.rect.center().y()
    if text.align & Qt.AlignmentFlag.AlignTop:
        middle = text.rect.top() + height / 2
    return QRectF(left, middle - height / 3, width, height * 2 / 3)


def _table_fits(table: FigureTable) -> Iterator[Finding]:
    view, header = table.figures.view, table.horizontalHeader()
    strong = QFontMetricsF(current_theme().font(Size.BODY, strong=True))
    plain = QFontMetricsF(current_theme().font(Size.BODY))
    if table.horizontalScrollBar().maximum() > 0:
        yield _found("scrolls", table, "", f"{table.horizontalScrollBar().maximum()} px sideways")
    for number, column in enumerate(view.columns):
        if table.isColumnHidden(number):
            continue
        width = header.sectionSize(number)
        room = QRectF(0, 0, width - 14, header.height() if table.columns.wraps else 1)
        needed = strong.boundingRect(room, Qt.TextFlag.TextWordWrap.value, column.title)
        one_line = strong.horizontalAdvance(column.title)
        if one_line > room.width() and not (table.columns.wraps and room.contains(needed)):
            yield _found("elided", table, column.title, "heading")
        for row in view.rows:
            cell = row.cells[number]
            if cell.wrapper is None and plain.horizontalAdvance(cell.text) > width - 14:
                kind = "elided" if column.numeric else "elided name with a hint"
                yield _found(kind, table, cell.text, column.title)


def _cut_by_parent(widget: QWidget) -> Iterator[Finding]:
    """A widget that reaches out of its parent sideways cannot be reached: pages scroll up and down only."""
    parent = widget.parentWidget()
    if parent is None or not isinstance(widget, QLabel | QPushButton | Chart | QComboBox):
        return
    if widget.geometry().right() > parent.width() or widget.geometry().left() < 0:
        yield _found("clipped", widget, "".join(list(texts_of(widget))[:1]), "outside its parent")


def _siblings(shown: list[QWidget]) -> Iterator[Finding]:
    """Yield widgets of one parent that stand on each other."""
    families: dict[int, list[QWidget]] = {}
    for widget in shown:
        parent = widget.parentWidget()
        if (
            parent is not None
            and parent.layout() is not None
            and widget.height()
            and widget.width()
        ):
            families.setdefault(id(parent), []).append(widget)
    for children in families.values():
        for one, other in combinations(children, 2):
            layout = one.parentWidget().layout()
            if layout.indexOf(one) < 0 or layout.indexOf(other) < 0:
                continue
            common = one.geometry().intersected(other.geometry())
            if common.width() > 1 and common.height() > 1:
                yield _found(
                    "overlap", one, type(other).__name__, f"{common.width()}x{common.height()}"
                )


# --- letters -------------------------------------------------------------------------------------------------


_drawn: dict[tuple[object, ...], tuple[str, bool]] = {}


def drawn_by(character: str, font: QFont) -> tuple[str, bool]:
    """Return the family that draws a character, and whether it has no glyph for it."""
    key = (character, tuple(font.families()), font.styleHint(), font.weight(), font.pixelSize())
    if key not in _drawn:
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine().setLineWidth(1e6)
        layout.endLayout()
        runs = layout.glyphRuns()
        family = runs[0].rawFont().familyName() if runs else ""
        _drawn[key] = family, bool(runs) and 0 in runs[0].glyphIndexes()
    return _drawn[key]


def _letters(widget: QWidget, text: str, language: str) -> Iterator[Finding]:
    wanted = _REGIONS.get(language, ())
    letters = _HAN if language == "zh_TW" else _HANGUL
    for character in sorted(set(text)):
        if character.isascii() or character.isspace():
            continue
        family, missing = drawn_by(character, widget.font())
        if missing:
            yield _found("glyph", widget, character, f"missing in {family}")
        elif wanted and letters.match(character) and not any(mark in family for mark in wanted):
            yield _found("glyph", widget, character, f"drawn by {family}")


# --- colours -------------------------------------------------------------------------------------------------


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours (WCAG 2)."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: QColor) -> float:
    def straight(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (straight(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(label: QLabel, window: QWidget, image: QImage) -> Iterator[Finding]:
    """Compare the ink of a text with its ground, both taken from the picture."""
    seen = QRect(label.mapTo(window, QPoint(0, 0)), label.size())
    region = label.visibleRegion().boundingRect().translated(seen.topLeft())
    region &= image.rect()
    if region.width() < 8 or region.height() < 8 or not label.isEnabled():
        return
    colours = Counter(
        image.pixel(x, y)
        for x in range(region.left(), region.right())
        for y in range(region.top(), region.bottom())
    )
    ground = QColor(colours.most_common(1)[0][0])
    best = max(contrast(QColor(pixel), ground) for pixel in colours)
    big = label.font().pixelSize() >= 24 or label.fontInfo().pixelSize() >= 24
    if best < (3.0 if big else 4.5):
        yield _found("contrast", label, label.text(), f"{best:.2f}")


def palette_of(theme: Theme) -> list[QColor]:
    """Return every colour a picture in a theme may be made of."""
    made = [theme.color(role) for role in Role]
    shades = [QColor(s) for style in theme.families.values() for s in style.shades]
    grounds = [theme.color(r) for r in (Role.BG, Role.SURFACE, Role.HOVER, Role.SELECTED)]
    return made + shades + [tint(s, g, 0.16) for s in shades for g in grounds]


def colours_off_palette(image: QImage, theme: Theme) -> Iterator[Finding]:
    """Yield colours of larger areas that are no token, no family colour and no tint of one."""
    known = palette_of(theme)
    counts: Counter[int] = Counter()
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            counts[image.pixel(x, y) & 0xFFFFFF] += 4
    for pixel, count in counts.most_common(60):
        if count < MANY_PIXELS:
            break
        colour = QColor(pixel)
        if not any(_near(colour, k) for k in known) and not _is_mix(colour, known):
            yield Finding("colour", "picture", colour.name(), f"{count} px")


def _near(one: QColor, other: QColor) -> bool:
    return (
        abs(one.red() - other.red()) <= _CHANNEL
        and abs(one.green() - other.green()) <= _CHANNEL
        and abs(one.blue() - other.blue()) <= _CHANNEL
    )


def _is_mix(colour: QColor, known: list[QColor]) -> bool:
    """Whether a colour lies between the ground and a token: the smoothed edge of a letter or a line."""
    ground = known[0]
    for other in known:
        spans = []
        for part in ("red", "green", "blue"):
            low, high = getattr(ground, part)(), getattr(other, part)()
            value = getattr(colour, part)()
            if abs(high - low) <= _CHANNEL:
                if abs(value - low) > _CHANNEL:
                    break
                continue
            spans.append((value - low) / (high - low))
        else:
            if spans and max(spans) - min(spans) < 0.06 and -0.02 <= min(spans) <= 1.02:
                return True
    return False


# --- inside --------------------------------------------------------------------------------------------------


def _found(kind: str, widget: QWidget, text: str, detail: str = "") -> Finding:
    name = widget.accessibleName() or str(widget.property("role") or "")
    where = f"{type(widget).__name__} {name[:40]}".strip()
    return Finding(kind, where, text[:90], detail)


def _is_seen(widget: QWidget, window: QWidget) -> bool:
    if not widget.isVisibleTo(window) or not widget.width() or not widget.height():
        return False
    parent = widget.parentWidget()
    inside = isinstance(parent, QAbstractScrollArea) or widget.objectName().startswith("qt_")
    return not inside or isinstance(widget, QLabel)
