"""``levcheck compare``: what changed between two lists of the same client."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.cli import passwords
from levcheck.cli.table_text import table_text

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.passwords import Ask
    from levcheck.presenting.comparison import ComparisonView


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("old", metavar="OLD", type=Path, help="workbook or session of last time")
    parser.add_argument("new", metavar="NEW", type=Path, help="workbook or session of now")
    passwords.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print the whole comparison as JSON")
    parser.add_argument("--lang", choices=("en", "ko", "zh_TW", "de"), default="en")
    parser.add_argument("--hide-amounts", action="store_true", help="show money as dots")


def run(args: argparse.Namespace) -> int:
    """Read both, analyse them alike, print what changed; return the exit status."""
    from levcheck.app.comparison import compare, comparison_document
    from levcheck.app.document import without_amounts
    from levcheck.cli.check_command import json_text
    from levcheck.i18n.words import Words
    from levcheck.presenting.comparison import comparison_view

    ask = passwords.asker(args)
    now = analysed(args.new, ask=ask)
    before = analysed(args.old, base_currency=now.portfolio.base_currency, ask=ask)
    found = compare(before, now)
    if args.json:
        document = comparison_document(found)
        if args.hide_amounts:
            document = without_amounts(document)
        sys.stdout.write(json_text(document))
    else:
        view = comparison_view(found, Words(args.lang, hide_amounts=args.hide_amounts))
        print("\n\n".join(_blocks(view)))
    return 0


def analysed(
    path: Path, *, base_currency: str | None = None, ask: "Ask | None" = None
) -> "Analysis":
    """Return the analysis of a file under every scenario of the library.

    Raises:
        LevcheckError: it cannot be read.
    """
    from levcheck.app.intake import take_in
    from levcheck.app.pipeline import analyse
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.scenario_files import load_scenarios

    portfolio = take_in([path], base_currency=base_currency, ask=ask).portfolio
    return analyse(portfolio, Catalogue.for_user(), list(load_scenarios()))


def _blocks(view: "ComparisonView") -> list[str]:
    tables = (view.whole, view.shares, view.roots, view.losses, view.lines)
    return [f"{view.headline}\n{view.subline}", *(table_text(table) for table in tables)]
