"""What the command line needs from the rooms it may not see: the window and its painters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.app.passwords import Ask
    from levcheck.bench.table import WindowWork

    # Every start of the program passes here, and the report's own imports cost as much as a small window.
    from levcheck.reporting.report import Report


@dataclass(frozen=True, slots=True)
class ShotRequest:
    """What ``levcheck shots`` was asked to paint.

    Attributes:
        file: workbook or session to show.
        folder: where the pictures go; made when missing.
        screens: names of screens; empty = all.
        theme: ``light`` or ``dark``.
        language: interface language.
        size: width and height in logical pixels.
        scale: device pixel ratio.
        hide_amounts: whether money is shown as dots.
        meeting: whether meeting mode is on.
        ask: asked for the passwords of a closed session.
    """

    file: Path
    folder: Path
    screens: tuple[str, ...]
    theme: str
    language: str
    size: tuple[int, int]
    scale: float
    hide_amounts: bool
    meeting: bool
    ask: "Ask | None" = None


@dataclass(frozen=True, slots=True)
class Services:
    """Doors to Qt, opened only when a command asks.

    Attributes:
        open_window: shows the window on a file, returns the exit status.
        paint_shots: paints screens to PNG files, returns their paths.
        write_pdf: paints report pages to a PDF file.
        font_families: names of the fonts a window could use.
        open_private: shows the window so that nothing is written by itself; None where there is none.
        window_work: brings the benchmark the workloads that need Qt; None leaves them out.
    """

    open_window: Callable[[str | None], int]
    paint_shots: Callable[[ShotRequest], Sequence[Path]]
    write_pdf: "Callable[[Report, Path], None]"
    font_families: Callable[[], Sequence[str]]
    window_work: "WindowWork | None" = None
    open_private: Callable[[str | None], int] | None = None
