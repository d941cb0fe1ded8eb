"""``levcheck what-if``: changes laid over a list, before and after; the list itself stays as it is."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levcheck.cli import passwords
from levcheck.cli.table_text import table_text

if TYPE_CHECKING:
    from levcheck.app.analysis import Analysis
    from levcheck.app.draft_results import DraftResult
    from levcheck.domain.portfolio import Portfolio
    from levcheck.i18n.words import Words

SCHEMA = "levcheck/what-if/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="workbook or saved session")
    parser.add_argument(
        "--change",
        metavar="TEXT",
        action="append",
        default=[],
        required=True,
        help="'sell XYZ', 'trim NVDL 30%%' (sells that part), 'trim NVDL to 10%%' (of the money), "
        "'trim NVDL 5000', 'trim NVDL 20u' (units), 'swap NVDL NVDA 2x', 'add VTI 5000', "
        "'hedge NVDA NVDS 50%%', 'pay 5000' or 'pay all' (debt), 'cash 20%%'; several in order",
    )
    parser.add_argument(
        "--whole-units",
        action="store_true",
        help="trade whole units: sales rounded up, purchases down, coins in parts",
    )
    passwords.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument(
        "--scenario", metavar="ID", action="append", default=[], help="compare these losses only"
    )
    parser.add_argument("--lang", choices=("en", "ko", "zh_TW", "de"), default="en")
    parser.add_argument("--hide-amounts", action="store_true", help="show money as dots")


def run(args: argparse.Namespace) -> int:
    """Read, lay the changes over, analyse both alike, print; return the exit status.

    Raises:
        LevcheckError: the file or a change cannot be read.
    """
    from levcheck.app.draft_results import draft_results
    from levcheck.app.draft_text import ChangeReader
    from levcheck.app.intake import take_in
    from levcheck.app.own_scenarios import scenario_library
    from levcheck.app.pipeline import analyse
    from levcheck.app.recognition import recogniser_for
    from levcheck.app.scenarios import chosen_scenarios
    from levcheck.domain.draft import Draft
    from levcheck.i18n.words import Words
    from levcheck.reference.catalogue import Catalogue

    intake = take_in([args.file], ask=passwords.asker(args))
    portfolio = intake.portfolio
    catalogue = Catalogue.for_user()
    own = (intake.custom,) if intake.custom is not None else ()
    library = (*scenario_library().scenarios, *own)
    scenarios = chosen_scenarios(
        library, args.scenario, (), portfolio=portfolio, catalogue=catalogue
    )

    def look(held: "Portfolio") -> "Analysis":
        found = analyse(held, catalogue, scenarios)
        return replace(found, diagnostics=(*intake.diagnostics, *found.diagnostics))

    today = look(portfolio)
    recognise = recogniser_for(
        catalogue, base_currency=portfolio.base_currency, as_of=portfolio.as_of
    )
    reader = ChangeReader(today, recognise)
    changes = tuple(reader.read(text) for text in args.change)
    draft = Draft("A", changes, whole_units=args.whole_units)
    (result,) = draft_results(today, (draft,), look)
    words = Words(args.lang, hide_amounts=args.hide_amounts)
    if args.json:
        from levcheck.cli.check_command import json_text

        sys.stdout.write(json_text(_document(today, result, words)))
    else:
        print(_text(today, result, words))
    return 0


def _document(today: "Analysis", result: "DraftResult", words: "Words") -> dict[str, Any]:
    """Return the changes, the trades, and the public document of both sides."""
    from levcheck.app.trade_list import trade_rows
    from levcheck.cli.check_command import analysis_document
    from levcheck.presenting.draft_words import change_text, refusal_text

    currency, proposal = today.portfolio.base_currency, result.proposal

    def money(amount: float) -> float | None:
        return None if words.hide_amounts else round(amount, 9) + 0.0

    return {
        "schema": SCHEMA,
        "currency": currency,
        "changes": [
            {
                "text": change_text(words, effect.change, currency),
                "freed": money(effect.freed),
                "units": None if words.hide_amounts else effect.units,
                "refused": effect.refused.code if effect.refused else None,
                "message": refusal_text(words, effect) or None,
            }
            for effect in proposal.effects
        ],
        "trades": [] if words.hide_amounts else trade_rows(proposal, currency)[:-1],
        "cash": {"before": money(proposal.cash_before), "after": money(proposal.cash_after)},
        "debt": {"before": money(proposal.debt_before), "after": money(proposal.debt_after)},
        "today": analysis_document(today, words),
        "draft": analysis_document(result.analysis, words),
    }


def _text(today: "Analysis", result: "DraftResult", words: "Words") -> str:
    from levcheck.app.draft_results import Proposed
    from levcheck.presenting.what_if import changes_table, what_if_view

    view = what_if_view(Proposed(today, (result,)), words)
    told = [view.headline, view.subline, view.warning]
    refused = [
        line.effect
        for line, e in zip(view.changes, result.proposal.effects, strict=True)
        if e.refused
    ]
    tables = (view.table, changes_table(today, result, words), view.trades)
    blocks = ["\n".join(text for text in (*told, *refused) if text)]
    return "\n\n".join((*blocks, *(table_text(table) for table in tables), view.footer))
