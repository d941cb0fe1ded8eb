"""Changes to begin a draft with. They are examples: nothing is weighed, and nobody is told what to do."""

from levcheck.app.analysis import Analysis, ThemeDoor
from levcheck.app.what_if import line_ref
from levcheck.domain.draft import By, Change, ChangeKind

HALF = 0.5
TENTH_AWAY = 0.9


def example_changes(today: Analysis) -> tuple[Change, ...]:
    """Return a few changes of the main bet and of everything, each of which can be put into an empty draft.

    Of the main bet its largest holding is halved, and the largest one left that multiplies each day's move is sold (the
    second largest holding where none does); last, a tenth of every line becomes cash.
    """
    bet = next((t for t in today.themes if t.theme == today.verdict.theme), None)
    doors = [door for door in bet.doors if _is_held_long(today, door)] if bet is not None else []
    found = []
    if doors:
        first, *others = doors
        found.append(Change(ChangeKind.TRIM, line_ref(today, first.position), By.PART, HALF))
        leveraged = [d for d in others if abs(_factor(today, d)) > 1]
        found += [
            Change(ChangeKind.SELL, line_ref(today, door.position))
            for door in (leveraged or others)[:1]
        ]
    if any(line.position is not None and line.market_value for line in today.positions):
        found.append(Change(ChangeKind.TO_CASH, by=By.PART, amount=TENTH_AWAY))
    return tuple(found)


def _is_held_long(today: Analysis, door: ThemeDoor) -> bool:
    line = today.position(door.position)
    return line.position is not None and door.amount > 0 and (line.market_value or 0.0) > 0


def _factor(today: Analysis, door: ThemeDoor) -> float:
    return today.position(door.position).daily_leverage_factor or 1.0
