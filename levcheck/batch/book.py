"""A book of portfolios: every file analysed on its own, one row per portfolio and bet, ranked.

Files are independent, so they are spread over processes; a file that cannot be used becomes a row that says why and stops
nothing. What is done is kept in a journal beside the result, so that an interrupted run goes on where it stopped.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from levcheck.batch.journal import Journal
from levcheck.batch.processes import local_results
from levcheck.batch.questions import Row, ranked_answers
from levcheck.batch.working import BookOptions, FileResult
from levcheck.domain.diagnostics import LevcheckError

__all__ = ["Book", "BookOptions", "Row", "analyse_book", "files_of", "ranked"]

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".levcheck"})


@dataclass(frozen=True, slots=True)
class Book:
    """What a run found.

    Attributes:
        rows: one per portfolio and bet, largest share of equity first, files that failed last.
        answers: to the questions, in their order, largest first.
        folder: that all files lie in; rows name their own folder from there.
    """

    rows: tuple[Row, ...]
    answers: tuple[Row, ...] = ()
    folder: Path = Path()

    @property
    def failed(self) -> tuple[Row, ...]:
        """The rows of files that could not be used."""
        return tuple(row for row in self.rows if row["status"] != "done")

    def path_of(self, row: Row) -> Path:
        """Return the file a row is about."""
        return self.folder / str(row["folder"]) / str(row["file"])


def files_of(
    paths: Iterable[Path], cancelled: Callable[[], bool] | None = None
) -> tuple[Path, ...]:
    """Return every workbook and session under some files and folders, sorted, each once.

    A link inside a folder that leads out of it stays a link: whoever sent the folder does not choose what else is read.

    Args:
        paths: files and folders, as the user named them.
        cancelled: asked for each name that is found; True ends the search with what there is.

    Raises:
        LevcheckError: a path does not exist.
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            for file in _inside(path.resolve()):
                if cancelled is not None and cancelled():
                    break
                found.add(file)
        elif path.is_file():
            found.add(path.resolve())
        else:
            raise LevcheckError(
                "storage.not_readable", file=path.name, reason="there is no such file or folder"
            )
    return tuple(sorted(found))


def _inside(folder: Path) -> Iterator[Path]:
    for name in folder.rglob("*"):
        if name.suffix.lower() in ENDINGS and name.name[0] not in ".~" and name.is_file():
            file = name.resolve()
            yield file if file.is_relative_to(folder) else name


def analyse_book(
    files: Sequence[Path],
    options: BookOptions,
    *,
    journal: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Book:
    """Return the ranked rows of a book and the answers to its questions.

    Args:
        files: workbooks and sessions.
        options: scenarios, tables, questions, processes or a scheduler.
        journal: file that keeps what is done; None keeps nothing.
        progress: told how many files are done, and of how many.
        cancelled: asked after each file; True ends the run with what there is.
    """
    kept = Journal(journal, options)
    done: list[FileResult] = []
    open_files = []
    for file in files:
        known = kept.known(file)
        if known is None:
            open_files.append(file)
        else:
            done.append(known)
    for file, found in _results(open_files, options):
        done.append(found)
        kept.write(file, found)
        if progress is not None:
            progress(len(done), len(files))
        if cancelled is not None and cancelled():
            break
    folder = _common_folder(files)
    rows = [_from(folder, row) for result in done for row in result.rows]
    answers = [_from(folder, row) for result in done for row in result.answers]
    return Book(ranked(rows), ranked_answers(answers, options.questions), folder)


def _results(files: Sequence[Path], options: BookOptions) -> Iterator[tuple[Path, FileResult]]:
    if options.scheduler is not None and files:
        from levcheck.batch.cluster import cluster_results

        return cluster_results(files, options, options.scheduler)
    return local_results(files, options)


def _common_folder(files: Sequence[Path]) -> Path:
    return Path(os.path.commonpath([file.parent for file in files])) if files else Path()


def _from(folder: Path, row: Row) -> Row:
    """Return a row whose folder is named from the one all files lie in."""
    own = os.path.relpath(str(row["folder"]), folder)
    return row | {"folder": "" if own == "." else Path(own).as_posix()}


def ranked(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows by share of equity, largest size first; then by file, so that the order never depends on timing."""

    def order(row: Row) -> tuple[bool, float, str, str, str]:
        share = row["share_of_equity"]
        size = abs(share) if isinstance(share, float | int) else 0.0
        place = str(row["folder"]), str(row["file"]), str(row["theme"])
        return row["status"] != "done", -size, *place

    return tuple(sorted(rows, key=order))
