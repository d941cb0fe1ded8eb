"""One file of a book, analysed: what every process of a run does, on this machine or on another."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from levcheck.app.analysis import Analysis
from levcheck.app.passwords import ASK_CODES, NO_PASSWORDS, PasswordList
from levcheck.batch.questions import Question, Row, answers_of
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Outcome


@dataclass(frozen=True, slots=True)
class BookOptions:
    """What a run was asked for.

    Attributes:
        scenarios: ids; empty = none is run.
        libraries: folders of the user's own tables, laid over the bundled ones in this order.
        workers: number of processes; 1 = in this one.
        questions: about each portfolio.
        today: ISO date that days held are counted to; "" = none is counted.
        scheduler: address of a Dask scheduler that hands the files to its workers; None = this machine.
        passwords: tried on sessions that are closed with one; never handed to a scheduler.
    """

    scenarios: tuple[str, ...] = ()
    libraries: tuple[Path, ...] = ()
    workers: int = 1
    questions: tuple[Question, ...] = ()
    today: str = ""
    scheduler: str | None = None
    passwords: PasswordList = NO_PASSWORDS


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file.

    Attributes:
        rows: one per bet; one that says why when the file cannot be used.
        answers: what the questions found.
        is_final: whether the file itself has to change before it can give anything else; not so where a password is missing.
    """

    rows: list[Row]
    answers: list[Row] = field(default_factory=list)
    is_final: bool = True


NO_THEME: Row = {
    "theme": None,
    "theme_name": None,
    "labelled": None,
    "net": None,
    "gross": None,
    "share_of_equity": None,
    "hidden_share": None,
    "doors": None,
}


class Worker:
    """What one process keeps open between files."""

    def __init__(self, options: BookOptions) -> None:
        from levcheck.app.own_scenarios import scenario_library
        from levcheck.reference.catalogue import Catalogue

        catalogue = Catalogue.for_user()
        for folder in options.libraries:
            catalogue = catalogue.with_overlay(folder)
        self._catalogue = catalogue
        self._options = options
        by_id = {scenario.id: scenario for scenario in scenario_library().scenarios}
        self._scenarios = tuple(by_id[one] for one in options.scenarios)
        self._lock = threading.Lock()
        self._opened_with: str | None = None

    def result(self, file: Path) -> FileResult:
        """Return what one file gives; a row that says why when it cannot be used."""
        with self._lock:  # the threads of a cluster's worker share the tables
            try:
                analysis = self._analyse(file)
            except LevcheckError as error:
                if error.code in ASK_CODES:
                    return FileResult([failed_row(file, _of_book(error))], is_final=False)
                return FileResult([failed_row(file, error)])
            return FileResult(_rows_of(file, analysis), self._answers(file, analysis))

    def _answers(self, file: Path, analysis: Analysis) -> list[Row]:
        options = self._options
        if not options.questions:
            return []
        today = date.fromisoformat(options.today) if options.today else date.min
        about: Row = {
            "folder": str(file.parent),
            "file": file.name,
            "portfolio": analysis.portfolio.name,
            "base_currency": analysis.portfolio.base_currency,
        }
        return [
            {"question": row["question"], **about, **row}
            for row in answers_of(options.questions, analysis, today)
        ]

    def _analyse(self, file: Path) -> Analysis:
        from levcheck.app.intake import unlocked
        from levcheck.app.pipeline import analyse
        from levcheck.app.session import new_session
        from levcheck.app.session_files import ENDING
        from levcheck.importing import read_positions

        if file.is_symlink():  # every link that may be followed was, when the book was put together
            raise LevcheckError("batch.link_outside", file=file.name)
        if file.suffix.lower() == ENDING:
            portfolio = unlocked(file, self._passwords).portfolio
        else:
            reading = read_positions(file)
            if reading.outcome is not Outcome.POSITIONS:
                fault = next((d for d in reading.diagnostics if d.severity == "error"), None)
                code = fault.code if fault else "batch.needs_mapping"
                arguments = dict(fault.args) if fault else {}
                raise LevcheckError(code, where=fault.where if fault else None, **arguments)
            portfolio = new_session([reading]).portfolio
        return analyse(portfolio, self._catalogue, self._scenarios)

    def _passwords(self, name: str) -> Iterator[str]:
        """Yield what to try on a file; first what opened the one before, since a key takes half a second to make."""
        before = self._opened_with
        if before is not None:
            yield before
        for password in self._options.passwords.tries(name):
            if password != before:
                self._opened_with = password
                yield password
        self._opened_with = before


def _of_book(error: LevcheckError) -> LevcheckError:
    return LevcheckError(
        error.code.replace("storage.", "batch."), where=error.where, **error.args_map
    )


@lru_cache(maxsize=2)
def _worker_for(options: BookOptions) -> Worker:
    return Worker(options)


def result_of(file: Path, options: BookOptions) -> FileResult:
    """Return what one file gives; tables are opened once in each process."""
    return _worker_for(options).result(file)


def _rows_of(file: Path, analysis: Analysis) -> list[Row]:
    common = _head(file, analysis)
    losses: Row = {}
    for result in analysis.stress:
        unknown = analysis.is_uncounted
        losses[f"{result.scenario} pnl"] = None if unknown else round(result.pnl, 2)
        losses[f"{result.scenario} share"] = None if unknown else result.share_of_equity
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
    return rows or [{**common, **NO_THEME, **losses}]


def _head(file: Path, analysis: Analysis) -> Row:
    return {
        "folder": str(file.parent),
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


def failed_row(file: Path, error: LevcheckError) -> Row:
    """Return the row of a file that cannot be used: what happened and what to do."""
    from levcheck.i18n.sentences import error_text
    from levcheck.i18n.words import Words

    message, remedy = error_text(Words("en"), error)
    head: Row = {
        "folder": str(file.parent),
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
    return head | NO_THEME
