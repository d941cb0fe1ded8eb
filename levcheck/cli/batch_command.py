"""``levcheck batch``: a firm's book, one row per portfolio and bet, ranked."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="files or folders")
    parser.add_argument(
        "--out", metavar="OUT", type=Path, required=True, help="result, .csv, .xlsx or .parquet"
    )
    parser.add_argument("--workers", metavar="N", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--scenario", metavar="ID", action="append", default=[])
    parser.add_argument("--library", metavar="DIR", type=Path, action="append", default=[])


def run(args: argparse.Namespace) -> int:
    """Analyse every file and write the rows; files that failed are rows that say why."""
    from levcheck.app.own_scenarios import scenario_library
    from levcheck.batch.book import BookOptions, analyse_book, files_of
    from levcheck.batch.tables import ENDINGS, write_rows

    if args.out.suffix.lower() not in ENDINGS:
        raise LevcheckError("batch.unknown_format", file=args.out.name)
    known = {scenario.id for scenario in scenario_library().scenarios}
    for scenario in args.scenario:
        if scenario not in known:
            raise LevcheckError("batch.unknown_scenario", scenario=scenario)
    files = files_of(args.paths)
    if not files:
        raise LevcheckError("batch.no_files")
    journal = args.out.with_name(f".{args.out.name}.journal")
    options = BookOptions(tuple(args.scenario), tuple(args.library), max(args.workers, 1))
    rows = analyse_book(files, options, journal=journal, progress=_progress())
    write_rows(args.out, rows)
    journal.unlink(missing_ok=True)
    failed = [row for row in rows if row["status"] != "done"]
    print(
        f"{len(files) - len(failed)} of {len(files)} portfolios analysed, {len(rows)} rows written to {args.out.name}"
    )
    for row in failed:
        print(f"  {row['file']}: {row['message']}")
    return 0 if len(failed) < len(files) else 1


def _progress() -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r{done} of {of} files", end=end, file=sys.stderr, flush=True)

    return show
