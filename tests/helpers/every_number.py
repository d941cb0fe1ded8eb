"""Walks a view and yields every number printed in it, with the key that explains it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from levcheck.presenting.chart_views import ChartView
from levcheck.presenting.figures import Figure, TableView

_DIGIT = re.compile(r"\d")
# Marks that count rows of a file or name a line: the first opens the list of those rows, the second prints no number.
_NO_NUMBER = frozenset({"receipt", "labels"})


@dataclass(frozen=True, slots=True)
class Printed:
    """One number as printed.

    Attributes:
        where: path of its place in the views.
        text: what is printed.
        key: what explains it; None = nothing does.
    """

    where: str
    text: str
    key: str | None


def numbers_of(view: object, where: str = "") -> Iterator[Printed]:
    """Yield every number of a view: figures, marks of charts, and cells of numeric columns."""
    if isinstance(view, TableView):
        yield from _of_table(view, where)
    elif isinstance(view, Figure):
        yield Printed(where, view.text, view.key)
    elif isinstance(view, tuple):
        for part in view:
            yield from numbers_of(part, where)
    else:
        for name in getattr(view, "__dataclass_fields__", ()):
            value, path = getattr(view, name), f"{where}.{name}"
            if name in _NO_NUMBER:
                continue
            if isinstance(view, ChartView) and isinstance(value, tuple):
                yield from _of_marks(value, path)
            else:
                yield from numbers_of(value, path)


def _of_table(table: TableView, where: str) -> Iterator[Printed]:
    rows = table.rows if table.total is None else (*table.rows, table.total)
    for row in rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.numeric and _DIGIT.search(cell.text):
                yield Printed(f"{where}:{column.id}", cell.text, cell.key)


def _of_marks(marks: tuple[object, ...], where: str) -> Iterator[Printed]:
    for mark in marks:
        key = getattr(mark, "key", None)
        if isinstance(key, str):
            yield Printed(where, str(getattr(mark, "text", "")), key)
