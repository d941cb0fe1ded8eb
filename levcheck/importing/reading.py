"""Reads a file of holdings: bytes, gates, parser, lists, positions, totals, as one :class:`Reading`."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from levcheck.domain.collector import without_collections
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.portfolio import Outcome, Reading
from levcheck.domain.texts import whole_text
from levcheck.importing.gates import MAX_FILE_BYTES
from levcheck.importing.grid import Grid, grid_of
from levcheck.importing.html_tables import read_html
from levcheck.importing.interpreting import Interpreter
from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import FileKind, sniff
from levcheck.importing.text_files import read_text
from levcheck.importing.user_columns import Asked
from levcheck.importing.workbooks import parse_workbook
from levcheck.importing.worker_process import parse_in_process

_WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def read_positions(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    total_value: float | None = None,
    progress: Callable[[float, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    in_process: bool = False,
) -> Reading:
    """Return everything one file holds.

    Args:
        path: a workbook (.xlsx .xlsm .xlsb .xls .ods), a text file with separators or a saved table page; what it is
            is told by its content.
        sheet: the only sheet to read; None reads every visible one.
        mapping: field → heading or column letters, for what the file does not make clear by itself; the field
            ``decimal`` takes ``.`` or ``,``.
        total_value: value of the whole portfolio, for files that give weights only, in the file's currency.
        progress: called with (fraction done, step in plain words).
        cancelled: asked often; True ends the reading within a few hundredths of a second.
        in_process: parse workbooks in this process instead of a limited one; for files already known to be safe.

    Returns:
        The reading. A file that cannot be used is a reading with outcome ``refused`` and one error that says why.

    Raises:
        LevcheckError: the path cannot be read (missing, a folder, locked).
    """
    content, name = load_bytes(path), whole_text(path.name)
    step = progress or _silent
    digest = hashlib.sha256(content).hexdigest()

    def pulse() -> None:
        _check(cancelled)

    asked = Asked(MappingProxyType(dict(mapping or {})), total_value, pulse)
    notices: tuple[Diagnostic, ...] = ()
    try:
        with without_collections():
            step(0.05, "opening")
            grid = open_grid(content, name, cancelled=cancelled, in_process=in_process)
            notices = grid.notices
            step(0.5, "understanding")
            _check(cancelled)
            made = Interpreter(grid, name, sheet, asked).read()
            _check(cancelled)
    except Refusal as refusal:
        made = refused(name, refusal, notices)
    step(1.0, "done")
    return replace(made, sha256=digest)


def load_bytes(path: Path) -> bytes:
    """Return a file's bytes, at most one more than the limit.

    Raises:
        LevcheckError: it is missing, a folder, or may not be read.
    """
    try:
        if path.is_dir():
            raise LevcheckError("import.is_folder", where=Place(path.name), file=path.name)
        with path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as fault:
        raise LevcheckError(
            "import.file_missing", where=Place(path.name), file=path.name
        ) from fault
    except (OSError, ValueError) as fault:
        raise LevcheckError("import.file_locked", where=Place(path.name), file=path.name) from fault


def open_grid(
    content: bytes,
    name: str,
    *,
    cancelled: Callable[[], bool] | None = None,
    in_process: bool = False,
) -> Grid:
    """Return the sheets of a file's bytes.

    Raises:
        Refusal: the file passes a limit, is damaged, encrypted, or of a kind that holds no table.
    """
    if len(content) > MAX_FILE_BYTES:
        raise Refusal("import.file_too_large", limit=MAX_FILE_BYTES // 2**20)
    kind = sniff(content)
    if kind is FileKind.TEXT:
        return _noted(read_text(content, name, lambda: _check(cancelled)), name)
    if kind is FileKind.HTML:
        return read_html(content)
    if in_process:
        return grid_of(parse_workbook(content, kind))
    book = parse_in_process(content, kind, cancelled)
    _check(cancelled)
    return grid_of(book)


def _noted(grid: Grid, name: str) -> Grid:
    """Say so when text hides behind a workbook's ending."""
    if not name.lower().endswith(_WORKBOOK_ENDINGS):
        return grid
    notice = Diagnostic("import.text_as_workbook", Severity.INFO, Place(name))
    return replace(grid, notices=(notice, *grid.notices))


def refused(name: str, refusal: Refusal, notices: tuple[Diagnostic, ...] = ()) -> Reading:
    """Return the reading of a file that is not read; what was noticed on opening it is kept."""
    values = MappingProxyType({"file": name, **refusal.values})
    fault = Diagnostic(refusal.code, Severity.ERROR, Place(name), values)
    return Reading(name, "", Outcome.REFUSED, diagnostics=(*notices, fault))


def _check(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Refusal("import.cancelled")


def _silent(fraction: float, step: str) -> None:
    """Show nothing."""
