"""Lists that are made when somebody looks."""

import pickle

import pytest

from levcheck.domain.told import Told


def made(rows: tuple[int, ...], calls: list[int]) -> Told[int]:
    def make() -> tuple[int, ...]:
        calls.append(1)
        return rows

    return Told(make)


def test_that_nothing_is_made_before_somebody_looks_and_then_only_once() -> None:
    calls: list[int] = []
    told = made((3, 1, 2), calls)
    assert calls == []
    assert list(told) == [3, 1, 2]
    assert told[1:] == (1, 2)
    assert told[-1] == 2
    assert len(told) == 3
    assert calls == [1]


def test_that_it_is_equal_to_what_it_says() -> None:
    told = made((3, 1), [])
    assert told == (3, 1)
    assert told == made((3, 1), [])
    assert told != (1, 3)
    assert hash(told) == hash((3, 1))
    assert repr(told) == "(3, 1)"


def test_that_a_tuple_arrives_in_another_process() -> None:
    assert pickle.loads(pickle.dumps(made((3, 1), []))) == (3, 1)  # noqa: S301  # made one line above


def test_that_what_fails_fails_again_when_asked_again() -> None:
    def fails() -> tuple[int, ...]:
        raise ZeroDivisionError

    told = Told(fails)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            len(told)
