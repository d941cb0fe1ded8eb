"""What differs between two sessions that began as one: line by line, by the place each line came from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from levcheck.app.session import Session
from levcheck.domain.position import CashLine, Position

Line = Position | CashLine
_Place = tuple[str | None, str | None, int | None, int]


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line that is not the same in both.

    Attributes:
        mine: the line here; None when only the other has it.
        other: the line there; None when only this one has it.
        renamed: whether only what the line is taken for differs.
    """

    mine: Line | None
    other: Line | None
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """Everything that is not the same in both.

    Attributes:
        lines: the lines, in the order of this session, then those only the other has.
        rest: whether anything beside the lines differs (name, rates, scenario, shocks).
    """

    lines: tuple[ChangedLine, ...]
    rest: bool

    @property
    def is_same(self) -> bool:
        """Whether the two say the same."""
        return not self.lines and not self.rest


def session_changes(mine: Session, other: Session) -> SessionChanges:
    """Return what differs between the session on screen and another one."""
    here, there = _lines(mine), _lines(other)
    changes = [
        ChangedLine(line, there[place][0] if place in there else None)
        for place, (line, _) in here.items()
        if place not in there or there[place][0] != line
    ]
    changes += [
        ChangedLine(line, there[place][0], renamed=True)
        for place, (line, taken_for) in here.items()
        if place in there and there[place] == (line, there[place][1]) != (line, taken_for)
    ]
    changes += [ChangedLine(None, line) for place, (line, _) in there.items() if place not in here]
    return SessionChanges(tuple(changes), _rest(mine) != _rest(other))


def _lines(session: Session) -> Mapping[_Place, tuple[Line, str | None]]:
    """Return the lines by their places; a place that holds several is counted through."""
    found: dict[_Place, tuple[Line, str | None]] = {}
    taken_for = session.portfolio.resolutions
    lines: list[tuple[Line, str | None]] = [
        (line, taken_for.get(f"p{number}"))
        for number, line in enumerate(session.portfolio.positions, start=1)
    ]
    lines += [(line, None) for line in session.portfolio.cash]
    for line, name in lines:
        number = 0
        while (place := (*_place(line), number)) in found:
            number += 1
        found[place] = (line, name)
    return found


def _place(line: Line) -> tuple[str | None, str | None, int | None]:
    return line.place.file, line.place.sheet, line.place.row


def _rest(session: Session) -> Session:
    bare = replace(session.portfolio, positions=(), cash=(), resolutions={})
    return replace(session, portfolio=bare, readings=(), diagnostics=(), revision=0)
