"""What a screen shows: figures that know which number they are, table cells, and honest rounding."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from levcheck.domain.instrument import Wrapper
from levcheck.presenting.still_texts import still, still_figure


class Tone(StrEnum):
    """The role a text or mark plays; the theme gives it a colour, never alone."""

    PLAIN = "plain"
    MUTED = "muted"
    LOSS = "loss"
    GAIN = "gain"
    WARNING = "warning"
    ERROR = "error"
    SUCCESS = "success"


class Ink(StrEnum):
    """What a mark means; the theme turns it into a colour."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    LOSS = "loss"
    GAIN = "gain"
    WARNING = "warning"
    MUTED = "muted"


TRIED = "tried"
"""Marks the key of a total that is still in the user's hand: it is explained by the analysis it was tried in."""


class What(StrEnum):
    """The numbers that can explain themselves; the rest of a key says about what."""

    EQUITY = "equity"
    GROSS = "gross"
    IN_EFFECT = "in_effect"
    COVERAGE = "coverage"
    POSITION_VALUE = "position_value"
    EXPOSURE = "exposure"
    DOOR = "door"
    THEME = "theme"
    THEME_LABELLED = "theme_labelled"
    FAMILY = "family"
    SCENARIO = "scenario"
    RANGE = "range"
    LOSS = "loss"
    CAUSE = "cause"
    PAIR = "pair"
    DAILY_RESET = "daily_reset"
    MARGIN = "margin"
    FORCED_FLOW = "forced_flow"
    FIELD = "field"
    MULTIPLE = "multiple"
    SEEN = "seen"
    FAMILY_LABELLED = "family_labelled"
    FAMILY_DOORS = "family_doors"
    EFFECTIVE_NAMES = "effective_names"
    EFFECTIVE_BETS = "effective_bets"
    INDEPENDENT_BETS = "independent_bets"
    VOLATILITY = "volatility"
    ROOT_RISK = "root_risk"
    MORE_RISK = "more_risk"
    EXIT = "exit"
    MOVE = "move"
    LOSS_RANGE = "loss_range"
    CURRENCY = "currency"
    STATED_TOTAL = "stated_total"
    PLAIN_PAIR = "plain_pair"
    COURSE = "course"
    CAUSE_GROUP = "cause_group"
    DIFFERENCE = "difference"
    COMBINATION = "combination"
    CASH = "cash"
    COVERAGE_PART = "coverage_part"
    LIST_AGE = "list_age"
    THEME_PART = "theme_part"
    SHARED = "shared"
    REST = "rest"


def number_key(what: What, *identifiers: str) -> str:
    """Return the key of one number, for example ``loss|ai-chips-minus-30|p4``."""
    return "|".join((what.value, *identifiers))


def parse_key(key: str) -> tuple[What, tuple[str, ...]]:
    """Return which number a key is about.

    Raises:
        ValueError: it is no such key.

    >>> parse_key("family|crypto-family")
    (<What.FAMILY: 'family'>, ('crypto-family',))
    """
    what, *identifiers = key.split("|")
    return What(what), tuple(identifiers)


_DRAFT = "draft"
TODAY = "today"
"""Stands for a draft's letter in the key of a number of today, whatever all other screens show."""


def draft_key(draft: str, key: str) -> str:
    """Return the key of a number of a draft: ``draft|A|family|crypto-family``."""
    return f"{_DRAFT}|{draft}|{key}"


def split_draft_key(key: str) -> tuple[str | None, str]:
    """Return which draft a key is about (None = what is on screen) and the key of the number there.

    >>> split_draft_key("draft|A|family|crypto-family")
    ('A', 'family|crypto-family')
    """
    if not key.startswith(f"{_DRAFT}|"):
        return None, key
    _, draft, own = key.split("|", maxsplit=2)
    return draft, own


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as shown.

    Attributes:
        text: what is printed.
        key: which number it is; None when it has no explanation.
        tone: role.
        label: what the number is, for its accessible name.
    """

    text: str
    key: str | None = None
    tone: Tone = Tone.PLAIN
    label: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        id: stable name.
        title: heading.
        numeric: right-aligned with tabular figures.
        stretch: takes the room that is left.
        hint: what the heading means, for the tool tip; "" = it says it itself.
        spare: where there is too little room, the column with the highest number steps aside first; 0 = it never does.
    """

    id: str
    title: str
    numeric: bool = False
    stretch: bool = False
    hint: str = ""
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        text: what is printed.
        sort: what the column is sorted by; the text when None.
        key: which number it is; None for plain text.
        tone: role.
        hint: a longer text for the tool tip, "" = none.
        wrapper: the door whose badge the text stands in; None = plain text.
    """

    text: str
    sort: float | str | None = None
    key: str | None = None
    tone: Tone = Tone.PLAIN
    hint: str = ""
    wrapper: Wrapper | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `id` is what a click on it is about."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with everything it shows.

    Attributes:
        name: accessible name.
        columns: headings.
        rows: in the order shown at first.
        total: a last row that stays at the bottom, if any.
        empty: what to say when there is no row.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    empty: str = ""

    def as_tsv(self) -> str:
        """Return the table as tab-separated text, headings first, as shown; pasted, no text of it becomes a formula."""
        lines = ["\t".join(still(_flat(column.title)) for column in self.columns)]
        shown = self.rows if self.total is None else (*self.rows, self.total)
        kinds = [still_figure if column.numeric else still for column in self.columns]
        lines += [
            "\t".join(kind(_flat(cell.text)) for kind, cell in zip(kinds, row.cells, strict=True))
            for row in shown
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large number with its label and a line under it."""

    label: str
    figure: Figure
    note: str = ""


def tone_of(amount: float | None) -> Tone:
    """Return the role of a signed change: loss below zero, gain above, plain otherwise."""
    if amount is None or not math.isfinite(amount) or round(amount, 2) == 0:
        return Tone.PLAIN
    return Tone.LOSS if amount < 0 else Tone.GAIN


def add_up(values: Sequence[float]) -> tuple[float, ...]:
    """Round amounts to whole units so that they add up to the rounded total (largest remainder).

    Args:
        values: signed amounts, any unit.

    Returns:
        Whole numbers in the same order; each differs from its amount by less than one unit.

    >>> add_up([0.5, 0.4, 0.1])
    (1.0, 0.0, 0.0)
    >>> sum(add_up([10.4, 10.4, 10.4]))
    31.0
    """
    total = round(math.fsum(values))
    floors = [math.floor(value) for value in values]
    missing = total - sum(floors)
    by_remainder = sorted(range(len(values)), key=lambda i: floors[i] - values[i])
    for index in by_remainder[: max(missing, 0)]:
        floors[index] += 1
    return tuple(float(value) for value in floors)


def _flat(text: str) -> str:
    return " ".join(text.split())
