"""``levcheck check``: the whole job without a window."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck.cli import passwords, report_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from levcheck.app.analysis import Analysis
    from levcheck.app.intake import Intake
    from levcheck.domain.portfolio import Portfolio
    from levcheck.domain.scenario import Scenario
    from levcheck.i18n.words import Words
    from levcheck.reference.catalogue import Catalogue

LONGEST_HORIZON = 2520


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="workbook or saved session; several are one household",
    )
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    report_options.add_arguments(parser)
    passwords.add_arguments(parser)
    parser.add_argument(
        "--scenario",
        metavar="ID",
        action="append",
        default=[],
        help="run this scenario of the library (all of them without --scenario and --shock)",
    )
    parser.add_argument(
        "--shock",
        metavar="TARGET=RETURN",
        action="append",
        default=[],
        help="your own shock: NVDA=-13%%, ai-chips=-0.30, class:equity=-20%%, currency:KRW=-10%%, country:KR=-15%%, "
        "rates=+1%% and spreads=+0.5%% (points a year), volatility=+50%%, premium:MSTR=-30%%; may be repeated",
    )
    parser.add_argument(
        "--already",
        metavar="TARGET=RETURN",
        action="append",
        default=[],
        help="what a target has moved since; taken off every scenario that names it: ai-chips=-8%%",
    )
    parser.add_argument(
        "--no-propagation",
        action="store_true",
        help="move only what a shock names, nothing follows",
    )
    parser.add_argument(
        "--horizon",
        metavar="DAYS",
        type=horizon,
        help="spread --shock over this many trading days (0, an instant, when left out)",
    )
    parser.add_argument(
        "--library",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="folder of your own tables, laid over the bundled ones",
    )
    parser.add_argument(
        "--account",
        metavar="NAME",
        action="append",
        default=[],
        help="look at this account only; may be given several times",
    )
    parser.add_argument(
        "--owner",
        metavar="NAME",
        action="append",
        default=[],
        help="look at the accounts of this owner only, as typed in the window",
    )
    parser.add_argument("--base", metavar="CUR", type=currency, help="currency of every total")
    parser.add_argument("--lang", choices=("en", "ko", "zh_TW", "de"), help="en when left out")
    parser.add_argument("--hide-amounts", action="store_true", help="show money as dots")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of random numbers")


def horizon(text: str) -> int:
    """Return a number of trading days from 0 to ten years.

    Raises:
        argparse.ArgumentTypeError: it is no such number.
    """
    if not text.isdigit() or int(text) > LONGEST_HORIZON:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of days, 0 to {LONGEST_HORIZON}"
        )
    return int(text)


def currency(text: str) -> str:
    """Return an ISO currency code.

    Raises:
        argparse.ArgumentTypeError: it is not three letters.
    """
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise argparse.ArgumentTypeError(f"{text!r} is not a currency code like USD")
    return text.upper()


def run(args: argparse.Namespace) -> int:
    """Read, analyse, and write what was asked for; return the exit status."""
    if args.horizon is not None and not args.shock:
        print("levcheck: --horizon belongs to --shock; scenarios have their own.", file=sys.stderr)
        return 2
    from dataclasses import replace

    from levcheck.app.accounts import narrowed
    from levcheck.app.already_fallen import parse_already, with_already
    from levcheck.app.intake import take_in
    from levcheck.app.pipeline import analyse
    from levcheck.i18n.words import Words
    from levcheck.reference.catalogue import Catalogue

    ask = passwords.asker(args)
    intake = take_in(args.files, base_currency=args.base, ask=ask)
    portfolio = narrowed(intake.portfolio, args.account, args.owner)
    catalogue = Catalogue.for_user()
    for folder in args.library:
        catalogue = catalogue.with_overlay(folder)
    scenarios, under_way = with_already(
        _scenarios(args, intake, catalogue),
        parse_already(args.already, intake.portfolio, catalogue),
    )

    def analysed(portfolio: "Portfolio") -> "Analysis":
        propagate = not args.no_propagation
        return analyse(portfolio, catalogue, scenarios, propagate=propagate, seed=args.seed)

    analysis = analysed(portfolio)
    analysis = replace(
        analysis, diagnostics=(*intake.diagnostics, *analysis.diagnostics, *under_way)
    )
    words = Words(args.lang or "en", hide_amounts=args.hide_amounts)
    alike = report_options.Alike(analysed, intake.drafts, ask)
    written = report_options.write_files(args, analysis, words, alike)
    if args.json:
        sys.stdout.write(json_text(analysis_document(analysis, words)))
    else:
        from levcheck.cli.check_text import print_analysis

        print_analysis(analysis, words)
        for path in written:
            print(path)
    return 0


def json_text(document: "Mapping[str, object]") -> str:
    """Return a document as JSON, one line for each field and for each element of a list at the top.

    Five hundred lines make a document of millions of figures, which full indentation would double and make slow.
    """

    def field(name: str, value: object) -> str:
        if isinstance(value, list) and value:
            text = "[\n  " + ",\n  ".join(json.dumps(x, allow_nan=False) for x in value) + "\n ]"
        else:
            text = json.dumps(value, allow_nan=False)
        return f" {json.dumps(name)}: {text}"

    return "{\n" + ",\n".join(field(name, value) for name, value in document.items()) + "\n}\n"


def analysis_document(analysis: "Analysis", words: "Words") -> dict[str, object]:
    """Return the public document, without amounts where the reader asked to hide them."""
    from levcheck.app.document import check_document, without_amounts

    document = check_document(analysis, words.language)
    return without_amounts(document) if words.hide_amounts else document


def _scenarios(
    args: argparse.Namespace, intake: "Intake", catalogue: "Catalogue"
) -> list["Scenario"]:
    from levcheck.app.own_scenarios import scenario_library
    from levcheck.app.scenarios import chosen_scenarios

    library: list[Scenario] = list(scenario_library().scenarios)
    if intake.custom is not None and not args.shock:
        library.append(intake.custom)
    return chosen_scenarios(
        library,
        args.scenario,
        args.shock,
        portfolio=intake.portfolio,
        catalogue=catalogue,
        horizon_days=args.horizon or 0,
        propagate=not args.no_propagation,
    )
