"""Charts of the report as HTML: every chart becomes a table with bars, which a screen reader can read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from levcheck.presenting.chart_views import (
    BarsView,
    ChartView,
    CoverageView,
    DoorsView,
    DotsView,
    DumbbellView,
    MatrixView,
    StepKind,
    WaterfallView,
)
from levcheck.reporting.blocks import ChartBlock
from levcheck.reporting.html_parts import framed_table, headed

_DARKEST = 35
"""Percent of the accent behind a cell of the matrix that shares everything: its text stays readable."""


@dataclass(frozen=True, slots=True)
class BarLine:
    """A row with a bar.

    Attributes:
        label: its name.
        first: text of the first column; "" = none.
        second: text of the second column.
        end: value where the bar ends.
        start: value where it starts.
        before: value of a thin second bar from zero; None or zero = there is none.
        level: it stands on zero between changes.
        note: small text under its name; "" = none.
    """

    label: str
    first: str
    second: str
    end: float
    start: float = 0.0
    before: float | None = None
    level: bool = False
    note: str = ""

    @property
    def kind(self) -> str:
        """Return the class of its colour."""
        if self.level:
            return "level"
        return "loss" if self.end < self.start else "mark"


def chart_html(block: ChartBlock) -> str:
    """Return a chart as a table with bars, or as a sentence where bars say nothing."""
    view = block.view
    if isinstance(view, MatrixView):
        return _matrix(view)
    maker = _LINES.get(type(view))
    if maker is None:
        return headed(view.title, 3, f"<p>{escape(view.summary)}</p>")
    return bars_html(view.title, view.summary, maker(view), level=3)


def bars_html(
    title: str,
    summary: str,
    lines: Sequence[BarLine],
    heads: tuple[str, str] = ("", ""),
    *,
    level: int,
) -> str:
    """Return lines of texts with a bar each; without a line, the heading and the summary."""
    if not lines:
        return headed(title, level, f"<p>{escape(summary)}</p>")
    has_first = any(line.first for line in lines)
    place = _placer(lines)
    body = "".join(_line(line, place, has_first=has_first) for line in lines)
    head = ""
    if any(heads):
        keys = zip(heads, ("before", "mark"), strict=True)
        columns = "".join(
            f'<th scope=col><span class="key {kind}"></span> {escape(text)}</th>'
            for text, kind in keys
        )
        head = f"<thead><tr><td></td>{columns}<td></td></tr></thead>"
    return framed_table(title, f"{head}<tbody>{body}</tbody>", level=level, note=summary)


Placer = Callable[[float, float], str]


def _placer(lines: Sequence[BarLine]) -> Placer:
    """Return what tells where a bar stands; where all fall, they grow to the right as well."""
    values = [v for line in lines for v in (line.start, line.end, line.before or 0.0)]
    sign = -1.0 if max(values) <= 0 else 1.0
    low, high = min(0.0, *(sign * v for v in values)), max(0.0, *(sign * v for v in values))
    whole = (high - low) or 1.0

    def place(start: float, end: float) -> str:
        left, right = sorted((sign * start - low, sign * end - low))
        return f"margin-left:{abs(left) / whole:.1%};width:{(right - left) / whole:.1%}"

    return place


def _line(line: BarLine, place: Placer, *, has_first: bool) -> str:
    first = f"<td>{escape(line.first)}</td>" if has_first else ""
    strong = " class=total" if line.level else ""
    bars = f'<div class={line.kind} style="{place(line.start, line.end)}"></div>'
    if line.before:
        bars = f'<div class=before style="{place(0.0, line.before)}"></div>{bars}'
    note = f"<br><small class=soft>{escape(line.note)}</small>" if line.note else ""
    return (
        f"<tr{strong}><th scope=row class=text>{escape(line.label)}{note}</th>{first}<td>{escape(line.second)}</td>"
        f"<td class=bar aria-hidden=true>{bars}</td></tr>"
    )


# --- lines -------------------------------------------------------------------------------------------------


def dumbbell_lines(view: DumbbellView) -> list[BarLine]:
    """Return the rows of before and after, or of label and effect."""
    return [
        BarLine(
            row.label,
            row.labelled_text,
            row.effective_text,
            row.effective or 0.0,
            before=row.labelled,
        )
        for row in view.rows
    ]


def waterfall_lines(view: WaterfallView) -> list[BarLine]:
    """Return the steps from today to after, each change where the one before it ended."""
    lines, reached = [], 0.0
    for step in view.steps:
        is_level = step.kind is StepKind.LEVEL
        start = 0.0 if is_level else reached
        reached = step.value if is_level else reached + step.value
        lines.append(
            BarLine(step.label, "", step.text, reached, start, level=is_level, note=step.range_text)
        )
    return lines


def _bars(view: BarsView) -> list[BarLine]:
    return [BarLine(row.label, row.note, row.text, row.value or 0.0) for row in view.rows]


def _doors(view: DoorsView) -> list[BarLine]:
    return [BarLine(part.label, part.share_text, part.text, part.value) for part in view.segments]


def _parts(view: CoverageView) -> list[BarLine]:
    return [BarLine(part.label, "", part.text, part.share) for part in view.parts]


def _dots(view: DotsView) -> list[BarLine]:
    return [BarLine(str(n), "", dot.text, dot.value) for n, dot in enumerate(view.dots, start=1)]


_LINES: dict[type[ChartView], Callable[[Any], list[BarLine]]] = {
    DumbbellView: dumbbell_lines,
    WaterfallView: waterfall_lines,
    BarsView: _bars,
    DoorsView: _doors,
    CoverageView: _parts,
    DotsView: _dots,
}


def _matrix(view: MatrixView) -> str:
    if len(view.labels) < 2:
        return headed(view.title, 3, f"<p>{escape(view.empty_text)}</p>")
    cells = {(cell.row, cell.column): _cell(cell.text, cell.value) for cell in view.cells}
    head = "".join(
        f"<th scope=col>{escape(label.short or label.label)}</th>" for label in view.labels[:-1]
    )
    body = "".join(
        _matrix_row(label.label, row, cells) for row, label in enumerate(view.labels) if row
    )
    return framed_table(
        view.title,
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody>",
        level=3,
        note=view.summary,
    )


def _matrix_row(label: str, row: int, cells: dict[tuple[int, int], str]) -> str:
    parts: Iterable[str] = (cells.get((row, n), "<td></td>") for n in range(row))
    return f"<tr><th scope=row class=text>{escape(label)}</th>{''.join(parts)}</tr>"


def _cell(text: str, value: float) -> str:
    strength = round(min(abs(value), 1.0) * _DARKEST)
    ground = f"color-mix(in srgb, var(--mark) {strength}%, transparent)"
    return f'<td style="background:{ground}">{escape(text)}</td>'
