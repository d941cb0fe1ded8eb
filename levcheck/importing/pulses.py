"""Asks all along whether the user has cancelled: whoever cancels waits for no more than some hundredths of a second."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

# Raises where the user has cancelled.
Pulse = Callable[[], None]
# Rows that take the careful way, some ten milliseconds of work, and rows that take a quick one.
CAREFUL_ROWS = 250
QUICK_ROWS = 8_000


def go_on() -> None:
    """Never stop the reading."""


def paced(items: Iterable[_T], pulse: Pulse, every: int = QUICK_ROWS) -> Iterator[_T]:
    """Yield items and ask every few of them."""
    for index, item in enumerate(items):
        if index % every == 0:
            pulse()
        yield item
