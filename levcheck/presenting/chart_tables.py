"""The table twin of every chart: the same numbers, in the same order, for files, clipboard and screen readers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import (
    AnyChartView,
    BarsView,
    ChartView,
    CoverageView,
    DoorsView,
    DotsView,
    DumbbellView,
    MatrixView,
    PathsView,
    UpSetView,
    WaterfallView,
)
from levcheck.presenting.figures import Cell, Column, Row, TableView


def chart_table(view: AnyChartView, words: Words) -> TableView:
    """Return what a chart shows as a table; every text in it is one the chart prints or speaks."""
    columns, rows = _TWINS[type(view)](view, words)
    return TableView(
        view.title,
        tuple(
            Column(f"c{number}", title, numeric=number > 0, stretch=number == 0)
            for number, title in enumerate(columns)
        ),
        tuple(
            Row(
                f"{key}#{number}",
                tuple(_cell(part, key) if n else _name(part) for n, part in enumerate(parts)),
            )
            for number, (key, parts) in enumerate(rows)
        ),
        empty=view.empty_text,
    )


Part = str | tuple[str, float | None]
"""A text, or a figure as shown with its exact length on the chart."""

Twin = tuple[Sequence[str], Iterable[tuple[str, Sequence[Part]]]]


def _name(part: Part) -> Cell:
    return Cell(part if isinstance(part, str) else part[0])


def _cell(part: Part, key: str) -> Cell:
    if isinstance(part, str):
        return Cell(part)
    return Cell(part[0], None if part[1] is None else float(part[1]), key)


def _dumbbell(view: DumbbellView, words: Words) -> Twin:
    has_short = bool(view.short_legend)
    head = [words.text("Name"), view.labelled_legend, view.effective_legend]
    rows: list[tuple[str, list[Part]]] = [
        (
            row.key,
            [
                row.label,
                (row.labelled_text, row.labelled),
                (row.effective_text, row.effective),
                *([(row.short_text, row.short)] if has_short else []),
            ],
        )
        for row in view.rows
    ]
    return [*head, *([view.short_legend] if has_short else [])], rows


def _doors(view: DoorsView, words: Words) -> Twin:
    return [words.text("Name"), words.text("In effect"), words.text("Share")], [
        (part.key, [part.label, (part.text or part.share_text, part.value), part.share_text])
        for part in view.segments
    ]


def _matrix(view: MatrixView, words: Words) -> Twin:
    names = [label.label for label in view.labels]
    return [words.text("Holding"), words.text("Other holding"), words.text("The same")], [
        (cell.key, [names[cell.column], names[cell.row], (cell.text, cell.value)])
        for cell in view.cells
    ]


def _waterfall(view: WaterfallView, words: Words) -> Twin:
    return [words.text("Step"), words.text("Amount"), words.text("Range")], [
        (step.key, [step.label, (step.text, step.value), step.range_text]) for step in view.steps
    ]


def _bars(view: BarsView, words: Words) -> Twin:
    return [words.text("Name"), words.text("Amount")], [
        (row.key, [row.label, (row.text, row.value)]) for row in view.rows
    ]


def _paths(view: PathsView, words: Words) -> Twin:
    lines = [line for line in view.lines if not line.sample]
    days = [day for day, _ in lines[0].points] if lines else []
    rows: list[tuple[str, list[Part]]] = [
        (
            lines[0].key,
            [
                words.number(day),
                *(
                    (words.percent(line.points[n][1], digits=2), line.points[n][1])
                    for line in lines
                ),
            ],
        )
        for n, day in enumerate(days)
    ]
    return [words.text("Trading day"), *(line.label for line in lines)], rows


def _dots(view: DotsView, words: Words) -> Twin:
    return [words.text("Outcome"), words.text("Result")], [
        (dot.key, [words.number(number), (dot.text, dot.value)])
        for number, dot in enumerate(view.dots, start=1)
    ]


def _coverage(view: CoverageView, words: Words) -> Twin:
    return [words.text("Name"), words.text("Share")], [
        (part.key, [part.label, (part.text, part.share)]) for part in view.parts
    ]


def _upset(view: UpSetView, words: Words) -> Twin:
    return [words.text("Holdings together"), words.text("Amount")], [
        (
            group.key,
            [" + ".join(view.sets[n].label for n in group.members), (group.text, group.value)],
        )
        for group in view.groups
    ]


_TWINS: dict[type[ChartView], Callable[[Any, Words], Twin]] = {
    BarsView: _bars,
    CoverageView: _coverage,
    DoorsView: _doors,
    DotsView: _dots,
    DumbbellView: _dumbbell,
    MatrixView: _matrix,
    PathsView: _paths,
    UpSetView: _upset,
    WaterfallView: _waterfall,
}
