"""``levcheck bench``: the benchmark table of this machine."""

import argparse
import json
import sys
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


def run(args: argparse.Namespace) -> int:
    """Measure every workload beside its baseline and its floor, and print the table."""
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
