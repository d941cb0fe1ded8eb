"""Labelled against in effect, or before against after: two marks on one line."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from levcheck.presenting.chart_views import DumbbellRow, DumbbellView, Ink
from levcheck.ui.charts.bars import plot_of
from levcheck.ui.charts.chart import Chart
from levcheck.ui.charts.composing import RIGHT, Composer, Scale, value_scale
from levcheck.ui.charts.picture import Bar, Curve, tint
from levcheck.ui.charts.rows import RowLayout, RowName, lay_rows, rows_needed, spoken
from levcheck.ui.theme import Pattern, Role, Size

_BADGE = 28.0
_ROOMY = 540.0  # from this width on both values stand in columns of their own
_WIDE = 900.0  # from this width on notes stand beside their names and not below


@dataclass(frozen=True, slots=True)
class _Columns:
    first: float
    second: float
    gap: float
    headed: bool
    folded: bool = False

    @property
    def width(self) -> float:
        return (self.first + self.gap if self.first else 0.0) + self.second + self.gap


class DumbbellChart(Chart[DumbbellView]):
    """Shows a :class:`DumbbellView`."""

    @staticmethod
    def compose(view: DumbbellView, composer: Composer) -> None:
        """Draw legend, badges, names, pairs of marks and both figures."""
        if not view.rows:
            composer.empty(view.empty_text)
            return
        columns = _columns(view, composer)
        top = _header(view, composer, columns)
        badge = _badge_width(view, composer)
        notes = _notes_width(view, composer)
        names = [RowName(row.label, "" if notes else row.more or row.note) for row in view.rows]
        before = badge + (notes + composer.theme.space("m") if notes else 0.0)
        second = columns.folded or any(row.short_text for row in view.rows)
        foot = composer.axis_height(view.axis)
        composer.needed = (
            top + rows_needed(composer, names, extra=before, second_line=second) + foot + 2
        )
        layout = lay_rows(
            composer, names, top, composer.height - foot - 2, extra=before, second_line=second
        )
        left = before + layout.names + composer.theme.space("m")
        right = composer.width - columns.width
        scale = value_scale(
            view.axis, left, right, [(view.axis.high, 10.0)], [(view.axis.low, 8.0)]
        )
        bottom = layout.tops[-1] + layout.heights[-1] if layout.tops else top
        composer.across_axis(view.axis, scale, top, bottom)
        shown = view.rows[: len(layout.tops)]
        composer.plot(
            plot_of(
                scale, layout, _shorts(shown, layout, composer), _links(shown, layout, composer)
            )
        )
        for index, row in enumerate(shown):
            rect = layout.row(index, 0.0, composer.width)
            _name(row, rect, layout, (badge, notes), composer)
            _marks(row, rect, scale, composer)
            _figures(row, rect, columns, composer)
            words = spoken(
                row.label,
                f"{view.labelled_legend} {row.labelled_text}",
                f"{view.effective_legend} {row.effective_text}",
                row.short_text,
                row.note,
                row.more,
            )
            composer.mark(row.key, row.spoken or words, rect)


def _badge_width(view: DumbbellView, composer: Composer) -> float:
    if not any(row.badge or row.family for row in view.rows):
        return 0.0
    return _BADGE * composer.theme.text_scale + composer.theme.space("s")


def _columns(view: DumbbellView, composer: Composer) -> _Columns:
    gap = float(composer.theme.space("l"))
    second = max(
        composer.widest([row.effective_text for row in view.rows], strong=True),
        composer.widest([row.short_text for row in view.rows], Size.CAPTION),
    )
    first = composer.widest([row.labelled_text for row in view.rows])
    if composer.width < _ROOMY * composer.theme.text_scale:
        folded = _folded_width(view, composer)
        return _Columns(0.0, folded or second, gap / 2, headed=False, folded=folded > 0)
    head_first = _entry_width(view.labelled_legend, composer)
    head_second = _entry_width(view.effective_legend, composer)
    headed = head_first + head_second <= composer.width * 0.42
    if headed:
        first, second = max(first, head_first), max(second, head_second)
    return _Columns(first, second, gap, headed=headed)


def _folded(text: str) -> tuple[str, str]:
    """Return an amount and the share that stands in brackets after it."""
    amount, bracket, share = text.rpartition(" (")
    return (amount, share[:-1]) if bracket and share.endswith(")") else (text, "")


def _folded_width(view: DumbbellView, composer: Composer) -> float:
    """Return how wide amounts are with their shares below them; 0 where something else has to stand there."""
    parts = [_folded(row.effective_text) for row in view.rows]
    if any(row.short_text for row in view.rows) or not all(share for _, share in parts):
        return 0.0
    amounts = composer.widest([amount for amount, _ in parts], strong=True)
    return max(amounts, composer.widest([share for _, share in parts], Size.CAPTION))


def _entry_width(text: str, composer: Composer) -> float:
    return 10.0 * composer.theme.text_scale + 6 + composer.measure(text, Size.CAPTION)


def _header(view: DumbbellView, composer: Composer, columns: _Columns) -> float:
    """Write what the marks mean: over the columns of figures where they fit, else as a line at the left."""
    line = composer.line(Size.CAPTION)
    entries = [(view.labelled_legend, "hollow"), (view.effective_legend, "solid")]
    if columns.headed:
        right = composer.width
        for (text, kind), column in zip(
            reversed(entries), (columns.second, columns.first), strict=True
        ):
            _entry(text, kind, right - _entry_width(text, composer), 0.0, composer)
            right -= column + columns.gap
        entries = []
    if view.short_legend and any(row.short for row in view.rows):
        entries.append((view.short_legend, "short"))
    x, y = 0.0, 0.0
    for text, kind in entries:
        width = _entry_width(text, composer)
        if x and x + width > composer.width:
            x, y = 0.0, y + line
        _entry(text, kind, x, y, composer)
        x += width + composer.theme.space("l")
    return y + line + composer.theme.space("s")


def _entry(text: str, kind: str, x: float, y: float, composer: Composer) -> None:
    line, radius = composer.line(Size.CAPTION), 5.0 * composer.theme.text_scale
    ink, middle = composer.theme.color(Role.TEXT_2), y + line / 2
    if kind == "short":
        box = QRectF(x, middle - radius + 1, 2 * radius, 2 * radius - 2)
        composer.area(box, ink, Pattern.BACK_DIAGONAL)
    else:
        composer.disc(x + radius, middle, radius, ink, hollow=kind == "hollow")
    left = x + 2 * radius + 6
    room = min(composer.measure(text, Size.CAPTION), composer.width - left)
    cut = composer.elide(text, room, Size.CAPTION)
    composer.text(
        cut,
        QRectF(left, y, room, line),
        size=Size.CAPTION,
        colour=Role.TEXT_2,
        elided=cut != text,
    )


def _ink(row: DumbbellRow, composer: Composer) -> QColor:
    return composer.ink(row.family, Ink.ACCENT)


def _radius(height: float, composer: Composer) -> float:
    return min(7.0 * composer.theme.text_scale, height * 0.26)


def _shorts(
    rows: tuple[DumbbellRow, ...], layout: RowLayout, composer: Composer
) -> tuple[Bar, ...]:
    bars = []
    ground = composer.theme.color(Role.BG)
    for index, row in enumerate(rows):
        if row.short < 0:
            middle = layout.tops[index] + layout.heights[index] / 2
            half = _radius(layout.heights[index], composer)
            ink = _ink(row, composer)
            fill = tint(ink, ground, 0.16)
            bars.append(Bar(row.short, 0.0, middle - half, middle + half, fill))
    return tuple(bars)


def _links(
    rows: tuple[DumbbellRow, ...], layout: RowLayout, composer: Composer
) -> tuple[Curve, ...]:
    curves = []
    for index, row in enumerate(rows):
        if row.labelled is None or row.effective is None:
            continue
        middle = layout.tops[index] + layout.heights[index] / 2
        ends = (row.labelled, row.effective)
        curves.append(Curve(ends, (middle, middle), _ink(row, composer), 3.0))
    return tuple(curves)


def _notes_width(view: DumbbellView, composer: Composer) -> float:
    """Return how wide the notes beside the names are; 0 where they stand below."""
    if composer.width < _WIDE * composer.theme.text_scale:
        return 0.0
    return composer.widest([_whole_note(row) for row in view.rows], Size.CAPTION)


def _whole_note(row: DumbbellRow) -> str:
    return " · ".join(part for part in (row.note, row.more) if part)


def _name(
    row: DumbbellRow,
    rect: QRectF,
    layout: RowLayout,
    widths: tuple[float, float],
    composer: Composer,
) -> None:
    badge, notes = widths
    letters = row.badge or (composer.theme.badge(row.family) if row.family else "")
    if letters and badge:
        scale = composer.theme.text_scale
        box = QRectF(0, rect.center().y() - 10 * scale, _BADGE * scale, 20 * scale)
        composer.badge(letters, box, _ink(row, composer))
    note = (row.more or row.note) if layout.with_notes and not notes else ""
    where = QRectF(badge, rect.top(), layout.names, rect.height())
    composer.name(row.label, where, note=note)
    if notes and _whole_note(row):
        left = where.right() + composer.theme.space("m")
        beside = QRectF(left, rect.top(), notes, rect.height())
        composer.text(_whole_note(row), beside, size=Size.CAPTION, colour=Role.TEXT_2)


def _marks(row: DumbbellRow, rect: QRectF, scale: Scale, composer: Composer) -> None:
    middle, radius, ink = rect.center().y(), _radius(rect.height(), composer), _ink(row, composer)
    if row.short < 0:
        left, zero = scale.at(row.short), scale.at(0.0)
        box = QRectF(left, middle - radius, zero - left, 2 * radius)
        composer.area(box, ink, Pattern.BACK_DIAGONAL, radius=0, bare=True)
    if row.labelled is not None:
        composer.disc(scale.at(row.labelled), middle, radius, ink, hollow=True)
    if row.effective is not None:
        # Equal values would hide the hollow mark: the solid one then stands inside its ring.
        same = row.labelled is not None and (
            abs(scale.at(row.labelled) - scale.at(row.effective)) < radius / 2
        )
        composer.disc(scale.at(row.effective), middle, radius * (0.55 if same else 1.0), ink)


def _figures(row: DumbbellRow, rect: QRectF, columns: _Columns, composer: Composer) -> None:
    right, small = composer.width, composer.line(Size.CAPTION)
    body = composer.line()
    text, under = row.effective_text, row.short_text
    if columns.folded:
        text, under = _folded(text)
    top = rect.center().y() - (body + (small if under else 0.0)) / 2
    where = QRectF(right - columns.second, top, columns.second, body)
    composer.text(text, where, align=RIGHT, strong=True)
    if under:
        below = QRectF(right - columns.second, top + body, columns.second, small)
        composer.text(under, below, size=Size.CAPTION, colour=Role.TEXT_2, align=RIGHT)
    if columns.first:
        left = right - columns.second - columns.gap - columns.first
        where = QRectF(left, rect.center().y() - body / 2, columns.first, body)
        composer.text(row.labelled_text, where, align=RIGHT, colour=Role.TEXT_2)
