"""The base widgets: they show frozen views, follow the theme in force and compute nothing.

Each is loaded when it is first asked for: the window's first painting needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levcheck.ui.widgets.containers import EmptyState, SegmentedControl
    from levcheck.ui.widgets.gap_line import GapLine
    from levcheck.ui.widgets.notices import NoticeBar, ProgressRow, Severity
    from levcheck.ui.widgets.rail import Rail, RailItem
    from levcheck.ui.widgets.state_bar import StateBar
    from levcheck.ui.widgets.table_tools import TableTools
    from levcheck.ui.widgets.texts import (
        FigureLabel,
        Headline,
        KeyFigureBox,
        PlainLabel,
    )

__all__ = [
    "EmptyState",
    "FigureLabel",
    "GapLine",
    "Headline",
    "KeyFigureBox",
    "NoticeBar",
    "PlainLabel",
    "ProgressRow",
    "Rail",
    "RailItem",
    "SegmentedControl",
    "Severity",
    "StateBar",
    "TableTools",
]

_HOMES = {
    "containers": ("EmptyState", "SegmentedControl"),
    "gap_line": ("GapLine",),
    "notices": ("NoticeBar", "ProgressRow", "Severity"),
    "rail": ("Rail", "RailItem"),
    "state_bar": ("StateBar",),
    "table_tools": ("TableTools",),
    "texts": ("FigureLabel", "Headline", "KeyFigureBox", "PlainLabel"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
