"""``levcheck batch``: a firm's book, one row per portfolio and bet, ranked."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.cli import passwords
from levcheck.domain.diagnostics import LevcheckError

if TYPE_CHECKING:
    from levcheck.app.passwords import PasswordList
    from levcheck.batch.book import Book, BookOptions
    from levcheck.batch.questions import Question

_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="files or folders")
    parser.add_argument(
        "--out", metavar="OUT", type=Path, required=True, help="result, .csv, .xlsx or .parquet"
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--workers",
        metavar="N",
        type=int,
        default=os.cpu_count() or 1,
        help="processes on this machine (one for each core when left out)",
    )
    place.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="hand the files to the workers of this Dask scheduler, for example tcp://127.0.0.1:8786",
    )
    parser.add_argument(
        "--scenario", metavar="ID", action="append", default=[], help="run this scenario"
    )
    parser.add_argument(
        "--ask",
        metavar="QUESTION",
        action="append",
        default=[],
        help="over:NVDA=25%%, margin-call:SCENARIO or held-longer:DAYS",
    )
    parser.add_argument(
        "--today",
        metavar="DATE",
        type=_day,
        default=None,
        help="date that days held are counted to",
    )
    passwords.add_arguments(parser)
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="folder of your own tables, laid over the bundled ones",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-06-30") from None


def run(args: argparse.Namespace) -> int:
    """Analyse every file and write the rows; files that failed are rows that say why."""
    from levcheck.batch.book import analyse_book, files_of
    from levcheck.batch.tables import ENDINGS, write_book

    if args.scheduler is not None and args.password_file is not None:
        print(
            "levcheck: passwords are not sent to other machines: leave out --password-file, or --scheduler.",
            file=sys.stderr,
        )
        return 2
    if args.out.suffix.lower() not in ENDINGS:
        raise LevcheckError("batch.unknown_format", file=args.out.name)
    options = _options(args)
    files = files_of(args.paths)
    if not files:
        raise LevcheckError("batch.no_files")
    options = replace(options, passwords=_passwords(args, files))
    journal = args.out.with_name(f".{args.out.name}.journal")
    book = analyse_book(files, options, journal=journal, progress=_progress())
    written = write_book(args.out, book.rows, book.answers)
    journal.unlink(missing_ok=True)
    _tell(book, options, len(files), written)
    return 0 if len(book.failed) < len(files) else 1


def _options(args: argparse.Namespace) -> "BookOptions":
    from levcheck.app.own_scenarios import scenario_library
    from levcheck.batch.book import BookOptions
    from levcheck.batch.questions import scenarios_of

    known = [scenario.id for scenario in scenario_library().scenarios]
    for scenario in args.scenario:
        if scenario not in known:
            raise LevcheckError("batch.unknown_scenario", scenario=scenario)
    questions = _questions(args, known)
    return BookOptions(
        scenarios=tuple(dict.fromkeys((*args.scenario, *scenarios_of(questions)))),
        libraries=tuple(folder.resolve() for folder in args.library),
        workers=max(args.workers, 1),
        questions=questions,
        today=(args.today or datetime.now().astimezone().date()).isoformat() if questions else "",
        scheduler=args.scheduler,
    )


def _passwords(args: argparse.Namespace, files: Sequence[Path]) -> "PasswordList":
    """Return the passwords of the file that was named; where none was, one is asked for, for every closed session."""
    from levcheck.app.passwords import NO_PASSWORDS, PasswordList
    from levcheck.app.session_files import has_password

    listed = passwords.named(args)
    if listed is not None:
        return listed
    closed = sum(has_password(file) for file in files)
    if not closed or args.scheduler is not None or not passwords.can_ask():
        return NO_PASSWORDS
    which = "1 closed session" if closed == 1 else f"{closed} closed sessions"
    typed = passwords.prompt(f"Password of {which} (Enter for none): ")
    return PasswordList(((None, typed),) if typed is not None else ())


def _questions(args: argparse.Namespace, scenarios: Sequence[str]) -> "tuple[Question, ...]":
    if not args.ask:
        return ()
    from levcheck.app.recognition import recogniser_for
    from levcheck.batch.questions import read_questions
    from levcheck.reference.catalogue import Catalogue

    catalogue = Catalogue.for_user()
    for folder in args.library:
        catalogue = catalogue.with_overlay(folder)
    return read_questions(
        args.ask, catalogue, recogniser_for(catalogue, base_currency="USD"), scenarios
    )


def _tell(book: "Book", options: "BookOptions", files: int, written: Sequence[Path]) -> None:
    names = " and ".join(path.name for path in written)
    print(
        f"{files - len(book.failed)} of {files} portfolios analysed, {len(book.rows)} rows written to {names}"
    )
    for question in options.questions:
        found = [row for row in book.answers if row["question"] == question.text]
        sure = [row for row in found if row["answer"] == "yes"]
        print(f"{question.text}: {len(sure)}, and {len(found) - len(sure)} unknown")
        for row in sure[:_SHOWN]:
            what = f" {row['position']}" if row["position"] else ""
            print(f"  {row['file']}:{what} {_size(question, row['size'])}")
        if len(sure) > _SHOWN:
            print(f"  and {len(sure) - _SHOWN} more, see {written[-1].name}")
    for row in book.failed:
        print(f"  {row['file']}: {row['message']}")


def _size(question: "Question", size: str | float | None) -> str:
    if not isinstance(size, float | int):
        return ""
    if question.kind == "over":
        return f"{size:.1%} of equity"
    if question.kind == "held-longer":
        return f"{size:.0f} days"
    return f"short of {size:,.2f}"


def _progress() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r{done} of {of} files", end=end, file=sys.stderr, flush=True)

    return show
