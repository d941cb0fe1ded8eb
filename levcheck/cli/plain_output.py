r"""What a file says is printed, never obeyed: signs that steer a terminal are shown as their numbers.

A cell of a stranger's workbook can hold the letters that clear a screen, rename a window, fill the clipboard or turn the
direction of a line. They come out as ``\u001b``, which a reader sees and which means the same inside JSON.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

# Controls but tab and line end, and the marks that reorder what stands behind them.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""Return a text as it may be printed.

    >>> plain("NVIDIA\x1b[2J")
    'NVIDIA\\u001b[2J'
    """
    return _STEERS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


class _Plain:
    """A stream that takes texts from anywhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text; a return to the start of the line stays one where our own words begin with it."""
        own = "\r" if text.startswith("\r") else ""
        self._stream.write(own + plain(text.removeprefix(own)))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def plain_output() -> Iterator[None]:
    """Print plainly, to both streams, for as long as a command runs."""
    out, errors = cast("TextIO", _Plain(sys.stdout)), cast("TextIO", _Plain(sys.stderr))
    with redirect_stdout(out), redirect_stderr(errors):
        yield
