"""The Qt binding keeps the singletons of Python 3.11 alive (its release 6.12.0 does not, and ends the program)."""

import sys

from PySide6.QtCore import QObject


def test_that_calls_that_return_none_give_no_reference_away() -> None:
    # A margin, so that a faulty binding fails this test and not the interpreter.
    held = [None] * 10_000
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        thing.parent()
    assert sys.getrefcount(None) - before > -100
    assert len(held) == 10_000
