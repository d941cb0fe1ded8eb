"""What a further page of the report is made of: sentences, tables and charts, ready to be laid out on any sheet."""

from dataclasses import dataclass
from enum import StrEnum

from levcheck.presenting.chart_views import AnyChartView
from levcheck.presenting.figures import TableView


class Voice(StrEnum):
    """How a sentence speaks."""

    PLAIN = "plain"
    SOFT = "soft"
    SET = "set"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph.

    Attributes:
        text: what it says.
        voice: PLAIN for what must be read, SOFT for notes, SET for text that a rule prescribes word for word.
    """

    text: str
    voice: Voice = Voice.PLAIN


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; its name is its heading.

    Attributes:
        table: headings, rows and total.
        note: a line under it; "" = none.
        indents: how far the first cell of each row is set in; empty = not at all.
    """

    table: TableView
    note: str = ""
    indents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart with its title; the same figures stand in a table beside or below it."""

    view: AnyChartView


Block = TextBlock | TableBlock | ChartBlock


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of page.

    Attributes:
        id: its name on the command line.
        title: heading.
        blocks: from top to bottom.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
