"""A book of portfolios: every file analysed on its own, one row per portfolio and bet, ranked.

Files are independent, so they are spread over processes; a file that cannot be used becomes a row that says why and stops
nothing. What is done is kept in a journal beside the result, so that an interrupted run goes on where it stopped.
"""

import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from levcheck.app.analysis import Analysis
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Outcome

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".levcheck"})
Row = dict[str, str | float | int | None]


@dataclass(frozen=True, slots=True)
class BookOptions:
    """What a run was asked for.

    Attributes:
        scenarios: ids; empty = none is run.
        libraries: folders of the user's own tables, laid over the bundled ones in this order.
        workers: number of processes; 1 = in this one.
    """

    scenarios: tuple[str, ...] = ()
    libraries: tuple[Path, ...] = ()
    workers: int = 1


def files_of(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return every workbook and session under some files and folders, sorted, each once.

    Raises:
        LevcheckError: a path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found |= {
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix.lower() in ENDINGS and file.name[0] not in ".~"
            }
        elif path.is_file():
            found.add(path)
        else:
            raise LevcheckError(
                "storage.not_readable", file=path.name, reason="there is no such file or folder"
            )
    return tuple(sorted(found))


def analyse_book(
    files: Sequence[Path],
    options: BookOptions,
    *,
    journal: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Row, ...]:
    """Return the rows of a book, largest share of equity first, files that failed last.

    Args:
        files: workbooks and sessions.
        options: scenarios, tables, processes.
        journal: file that keeps what is done; None keeps nothing.
        progress: told how many files are done, and of how many.
    """
    done = _read_journal(journal, options)
    rows: list[Row] = []
    open_files = []
    for file in files:
        known = done.get(_fingerprint(file))
        if known is None:
            open_files.append(file)
        else:
            rows += known
    count = len(files) - len(open_files)
    for file, found in _results(open_files, options):
        rows += found
        count += 1
        _write_journal(journal, file, found, options)
        if progress is not None:
            progress(count, len(files))
    return ranked(rows)


def ranked(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows by share of equity, largest size first; then by file, so that the order never depends on timing."""

    def order(row: Row) -> tuple[bool, float, str, str]:
        share = row["share_of_equity"]
        size = abs(share) if isinstance(share, float | int) else 0.0
        return row["status"] != "done", -size, str(row["file"]), str(row["theme"])

    return tuple(sorted(rows, key=order))


def _results(files: Sequence[Path], options: BookOptions) -> Iterator[tuple[Path, list[Row]]]:
    if options.workers <= 1 or len(files) <= 1:
        worker = _Worker(options)
        for file in files:
            yield file, worker.rows(file)
        return
    # Fresh interpreters: a forked one would inherit the threads and handles of a window.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(options.workers, len(files)), context, _start_worker, (options,)
    ) as pool:
        waiting = {pool.submit(_work, file): file for file in files}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class _Worker:
    """What one process keeps open between files."""

    def __init__(self, options: BookOptions) -> None:
        from levcheck.app.own_scenarios import scenario_library
        from levcheck.reference.catalogue import Catalogue

        catalogue = Catalogue.for_user()
        for folder in options.libraries:
            catalogue = catalogue.with_overlay(folder)
        self._catalogue = catalogue
        self._scenarios = tuple(
            s for s in scenario_library().scenarios if s.id in options.scenarios
        )

    def rows(self, file: Path) -> list[Row]:
        """Return the rows of one file; one row that says why when it cannot be used."""
        try:
            return _rows_of(file, self._analyse(file))
        except LevcheckError as error:
            return [_failed(file, error)]

    def _analyse(self, file: Path) -> Analysis:
        from levcheck.app.pipeline import analyse
        from levcheck.app.session import new_session
        from levcheck.app.session_files import ENDING, open_session
        from levcheck.importing import read_positions

        if file.suffix.lower() == ENDING:
            portfolio = open_session(file).portfolio
        else:
            reading = read_positions(file)
            if reading.outcome is not Outcome.POSITIONS:
                fault = next((d for d in reading.diagnostics if d.severity == "error"), None)
                code = fault.code if fault else "batch.needs_mapping"
                arguments = dict(fault.args) if fault else {}
                raise LevcheckError(code, where=fault.where if fault else None, **arguments)
            portfolio = new_session([reading]).portfolio
        return analyse(portfolio, self._catalogue, self._scenarios)


_worker: _Worker | None = None


def _start_worker(options: BookOptions) -> None:
    global _worker  # noqa: PLW0603  # one per process, set once by the pool
    _worker = _Worker(options)


def _work(file: Path) -> list[Row]:
    if _worker is None:
        message = "the pool starts every process with _start_worker"
        raise RuntimeError(message)
    return _worker.rows(file)


def _rows_of(file: Path, analysis: Analysis) -> list[Row]:
    common = _head(file, analysis)
    losses: Row = {}
    for result in analysis.stress:
        losses[f"{result.scenario} pnl"] = round(result.pnl, 2)
        losses[f"{result.scenario} share"] = result.share_of_equity
    rows: list[Row] = [
        {
            **common,
            "theme": theme.theme,
            "theme_name": theme.name,
            "labelled": round(theme.labelled, 2),
            "net": round(theme.net, 2),
            "gross": round(theme.gross, 2),
            "share_of_equity": theme.share_of_equity,
            "hidden_share": theme.hidden_share,
            "doors": len({door.position for door in theme.doors}),
            **losses,
        }
        for theme in analysis.themes
    ]
    return rows or [{**common, **_NO_THEME, **losses}]


_NO_THEME: Row = {
    "theme": None,
    "theme_name": None,
    "labelled": None,
    "net": None,
    "gross": None,
    "share_of_equity": None,
    "hidden_share": None,
    "doors": None,
}


def _head(file: Path, analysis: Analysis) -> Row:
    return {
        "file": file.name,
        "portfolio": analysis.portfolio.name,
        "status": "done",
        "message": None,
        "as_of": analysis.portfolio.as_of,
        "base_currency": analysis.portfolio.base_currency,
        "equity": round(analysis.equity, 2),
        "positions": len(analysis.portfolio.positions),
        "daily_reset_funds": len(analysis.daily_reset),
        "known_share": analysis.coverage.known_share,
    }


def _failed(file: Path, error: LevcheckError) -> Row:
    from levcheck.i18n.sentences import error_text
    from levcheck.i18n.words import Words

    message, remedy = error_text(Words("en"), error)
    head: Row = {
        "file": file.name,
        "portfolio": file.stem,
        "status": "failed",
        "message": f"{message} {remedy}".strip(),
        "as_of": None,
        "base_currency": None,
        "equity": None,
        "positions": None,
        "daily_reset_funds": None,
        "known_share": None,
    }
    return head | _NO_THEME


# --- journal -----------------------------------------------------------------------------------------------


def _fingerprint(file: Path) -> str:
    facts = file.stat()
    return f"{file.name}|{facts.st_size}|{facts.st_mtime_ns}"


def _asked(options: BookOptions) -> str:
    text = "|".join((*options.scenarios, "/", *map(str, options.libraries)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read_journal(journal: Path | None, options: BookOptions) -> dict[str, list[Row]]:
    if journal is None or not journal.is_file():
        return {}
    done: dict[str, list[Row]] = {}
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            entry: dict[str, Any] = json.loads(line)
        except ValueError:
            continue  # the line that was being written when the run was interrupted
        if entry.get("asked") == _asked(options):
            done[entry["file"]] = entry["rows"]
    return done


def _write_journal(
    journal: Path | None, file: Path, rows: Sequence[Row], options: BookOptions
) -> None:
    if journal is None:
        return
    entry = {"asked": _asked(options), "file": _fingerprint(file), "rows": rows}
    handle = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(json.dumps(entry, ensure_ascii=False) + "\n")
