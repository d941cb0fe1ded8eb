"""``levcheck bench``: the benchmark table of this machine."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.bench.table import NAMES

if TYPE_CHECKING:
    from levcheck.cli.services import Services


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="write JSON to standard output")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        default=[],
        choices=NAMES,
        help=f"measure only this workload; may be repeated: {', '.join(NAMES)}",
    )

    book = parser.add_argument_group("a made-up book of clients, to measure 'levcheck batch' with")
    book.add_argument(
        "--make-book",
        metavar="DIR",
        type=Path,
        help="write one into this folder and measure nothing",
    )
    book.add_argument("--portfolios", metavar="N", type=int, default=200, help="how many files")
    book.add_argument("--text", action="store_true", help="write .csv and not .xlsx")
    book.add_argument("--seed", metavar="N", type=int, default=0, help="same seed, same book")


def run(args: argparse.Namespace) -> int:
    """Measure every workload beside its baseline and its floor, and print the table."""
    if args.make_book is not None:
        from levcheck.bench.made_up_book import write_book

        write_book(args.make_book, args.portfolios, args.seed, workbooks=not args.text)
        print(f"{args.portfolios} portfolios written to {args.make_book}")
        return 0
    from levcheck.bench.table import no_window, run_table, table_document, table_lines

    services: Services = args.services
    table = run_table(args.only, window=services.window_work or no_window, progress=_progress)
    if args.json:
        print(json.dumps(table_document(table), indent=1, allow_nan=False))
    else:
        print("\n".join(table_lines(table)))
    return 0


def _progress(name: str) -> None:
    if sys.stderr.isatty():
        print(f"measuring {name} …", file=sys.stderr)
