"""A list that is made when somebody looks.

Twenty scenarios move thousands of roots and name hundreds of causes each; a reader opens one of them, and a slider is
drawn away before he reads any.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Told(Sequence[T_co]):
    """A tuple that is made when it is first asked for anything; afterwards it is that tuple.

    Args:
        make: gives the tuple; called once, and always with the same answer.
    """

    __slots__ = ("_make", "_rows")

    def __init__(self, make: Callable[[], tuple[T_co, ...]]) -> None:
        self._make: Callable[[], tuple[T_co, ...]] | None = make
        self._rows: tuple[T_co, ...] = ()

    def _told(self) -> tuple[T_co, ...]:
        make = self._make
        if make is not None:
            # Two threads may both make it, which is only wasteful; what it was made of is then let go.
            self._rows = make()
            self._make = None
        return self._rows

    def __len__(self) -> int:
        return len(self._told())

    @overload
    def __getitem__(self, place: int) -> T_co: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T_co, ...]: ...

    def __getitem__(self, place: int | slice) -> T_co | tuple[T_co, ...]:
        return self._told()[place]

    def __eq__(self, other: object) -> bool:
        return self._told() == (other._told() if isinstance(other, Told) else other)

    def __hash__(self) -> int:
        return hash(self._told())

    def __repr__(self) -> str:
        return repr(self._told())

    def __reduce__(self) -> tuple[type, tuple[tuple[T_co, ...]]]:
        return tuple, (self._told(),)
