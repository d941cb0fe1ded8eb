"""The base widgets: they show frozen views, follow the theme in force and compute nothing."""

from levcheck.ui.widgets.badge import Badge
from levcheck.ui.widgets.containers import EmptyState, SegmentedControl
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
    "Badge",
    "EmptyState",
    "FigureLabel",
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
