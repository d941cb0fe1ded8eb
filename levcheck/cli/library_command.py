"""``levcheck library``: what is known, from where, how old; and the user's own lists beside it."""

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levcheck.cli import passwords

if TYPE_CHECKING:
    from levcheck.domain.diagnostics import Diagnostic
    from levcheck.domain.instrument import FundHoldings, Instrument
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.user_library import Dataset

DONE, REFUSED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="what the library holds")
    shown = actions.add_parser("show", help="everything known about one instrument or fund")
    shown.add_argument("id", metavar="ID", help="id, ticker or ISIN, for example NVDL.US")
    added = actions.add_parser("add", help="add holdings files, filings or tables to your library")
    added.add_argument("files", metavar="FILE", nargs="+", type=Path)
    added.add_argument("--fund", metavar="ID", help="the fund a file describes, if it does not say")
    added.add_argument("--as-of", metavar="DATE", type=_day, help="its day, if it does not say")
    removed = actions.add_parser("remove", help="take something out of your library")
    removed.add_argument("id", metavar="ID", help="a dataset's id, or a fund")
    covered = actions.add_parser("coverage", help="how much of a portfolio the library knows")
    covered.add_argument("file", metavar="FILE", type=Path)
    passwords.add_arguments(covered)
    for action in (shown, covered):
        action.add_argument(
            "--library",
            metavar="DIR",
            action="append",
            default=[],
            type=Path,
            help="your own tables on top",
        )
    for action in (listed, shown, added, removed, covered):
        action.add_argument("--json", action="store_true", help="print the answer as JSON")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = f"{text} is no date like 2026-06-30"
        raise argparse.ArgumentTypeError(message) from None


def run(args: argparse.Namespace) -> int:
    """Do what was asked; return the exit status."""
    actions = {"list": _list, "show": _show, "add": _add, "remove": _remove, "coverage": _coverage}
    return actions[args.action](args)


def _print_json(document: dict[str, Any]) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False, allow_nan=False)
    print()


def _told(diagnostics: "tuple[Diagnostic, ...]") -> list[dict[str, Any]]:
    from levcheck.i18n.sentences import diagnostic_text
    from levcheck.i18n.words import Words

    words = Words("en")
    found = []
    for one in diagnostics:
        message, remedy = diagnostic_text(words, one)
        where = one.where
        found.append(
            {
                "code": one.code,
                "severity": one.severity.value,
                "message": message,
                "remedy": remedy,
                "where": str(where) if where is not None else None,
                "file": where.file if where is not None else None,
            }
        )
    return found


# --- list ------------------------------------------------------------------------------------------------


def _list(args: argparse.Namespace) -> int:
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.user_library import datasets

    catalogue = Catalogue.for_user()
    kept = datasets()
    if args.json:
        _print_json(
            {
                "schema": "levcheck/library-list/1",
                "snapshot": catalogue.snapshot,
                "tables": catalogue.counts,
                "datasets": [_dataset(one) for one in kept],
                "diagnostics": _told(catalogue.diagnostics),
            }
        )
        return DONE
    counts = catalogue.counts
    print(f"Bundled library, fund lists up to {catalogue.snapshot}:")
    print(f"  {counts['instruments']:,} instruments, {counts['fund_lists']:,} fund and index lists")
    print(f"  {counts['theme_names']} themes with {counts['themes']:,} memberships")
    print(
        "Your library:"
        if kept
        else "Your library is empty. Add files with: levcheck library add FILE"
    )
    for one in kept:
        total = "" if one.weight_sum is None else f", weights {one.weight_sum:.2%}"
        print(f"  {one.id}: {one.coverage}, {one.rows} rows{total}, from {one.file}")
    return DONE


def _dataset(one: "Dataset") -> dict[str, Any]:
    return {
        "id": one.id,
        "file": one.file,
        "fund": one.fund,
        "as_of": one.as_of,
        "rows": one.rows,
        "weight_sum": one.weight_sum,
        "coverage": one.coverage,
        "reader": one.reader,
        "daily_multiple": one.daily_multiple,
        "long": one.long,
        "short": one.short,
        "looked_through": not one.is_swap_basket,
    }


# --- show ------------------------------------------------------------------------------------------------


def _show(args: argparse.Namespace) -> int:
    from levcheck.domain.diagnostics import LevcheckError

    catalogue = _catalogue(args.library)
    one = _find(args.id, catalogue)
    if one is None:
        raise LevcheckError("reference.unknown_id", what=args.id)
    document = _facts(one, catalogue)
    if args.json:
        _print_json(document)
    else:
        _print_facts(document)
    return DONE


def _catalogue(folders: list[Path]) -> "Catalogue":
    from levcheck.reference.catalogue import Catalogue

    catalogue = Catalogue.for_user()
    for folder in folders:
        catalogue = catalogue.with_overlay(folder)
    return catalogue


def _find(text: str, catalogue: "Catalogue") -> "Instrument | None":
    """Return the instrument meant: an id, an ISIN, else a symbol that has one meaning."""
    exact = catalogue.instrument(text.strip().upper())
    if exact is not None:
        return exact
    ids = catalogue.by_isin(text.strip()) or catalogue.by_symbol(text) or catalogue.by_alias(text)
    american = [one for one in ids if one.endswith(".US")]
    chosen = ids[0] if len(ids) == 1 else american[0] if american else None
    return catalogue.instrument(chosen) if chosen else None


def _facts(one: "Instrument", catalogue: "Catalogue") -> dict[str, Any]:
    from levcheck.domain.provenance import freshness

    held = catalogue.holdings(one.id)
    size = catalogue.fund_assets(one.id)
    listed = None
    if held is not None:
        listed = {
            "as_of": held.as_of or None,
            "freshness": freshness(held.as_of or None, datetime.now(UTC).date()).value,
            "coverage": held.coverage,
            "weight_sum": round(held.weight_sum, 6),
            "rows": len(held.constituents),
            "source": held.source.title,
            "overridden": held.overridden,
            "stand_in": held.stand_in,
            "chosen_because": _chosen_because(held),
            "datasets": _rivals(one.id, held),
            "constituents": [
                {"instrument": part.instrument, "weight": part.weight} for part in held.constituents
            ],
        }
    return {
        "schema": "levcheck/library-show/1",
        "id": one.id,
        "name": one.name,
        "kind": one.kind.value if one.kind else None,
        "isin": one.isin,
        "currency": one.currency,
        "country": one.country,
        "issuer": one.issuer,
        "underlying": one.underlying,
        "daily_leverage_factor": one.daily_leverage_factor,
        "expense_ratio": one.expense_ratio,
        "asset_class": one.asset_class,
        "as_of": one.source.as_of,
        "source": one.source.title,
        "overridden": one.overridden,
        "family": catalogue.family_of(one).value,
        "themes": [
            {"theme": part.theme, "strength": part.strength, "reason": part.reason}
            for part in catalogue.memberships(one)
        ],
        "holdings": listed,
        "assets_usd": size.assets_usd if size else None,
        "assets_as_of": size.as_of if size else None,
        "capital_stack": [
            {"rank": claim.rank, "claim": claim.claim, "kind": claim.kind, "notional": claim.notional,
             "coupon": claim.coupon, "as_of": claim.as_of, "source": claim.source}
            for claim in catalogue.capital_stack(one.root)
        ],
    }  # fmt: skip


def _chosen_because(held: "FundHoldings") -> str:
    if held.overridden:
        return "your own list counts before the bundled one; of yours the fullest, then the newest"
    if held.stand_in:
        return "no list of its own is known; that of something like it stands in"
    return "the fullest bundled list, then the newest; you added none"


def _rivals(fund: str, held: "FundHoldings") -> list[dict[str, Any]]:
    """Return every list of the user for a fund, with the one in use marked."""
    from levcheck.reference.user_datasets import chosen_datasets
    from levcheck.reference.user_library import datasets

    used = {one.id for one in chosen_datasets()} if held.overridden else set()
    return [
        {**_dataset(one), "used": one.id in used}
        for one in datasets()
        if fund in {one.fund, one.instrument}
    ]


_SHOWN = 15


def _print_facts(facts: dict[str, Any]) -> None:
    print(f"{facts['id']}  {facts['name']}")
    for label, key in (
        ("kind", "kind"), ("ISIN", "isin"), ("rides on", "underlying"), ("daily multiple", "daily_leverage_factor"),
        ("issuer", "issuer"), ("fee a year", "expense_ratio"), ("family", "family"),
    ):  # fmt: skip
        if facts[key] is not None:
            print(f"  {label}: {facts[key]}")
    print(f"  source: {facts['source']}, {facts['as_of'] or 'undated'}")
    for part in facts["themes"]:
        print(f"  theme {part['theme']} ({part['strength']:g}): {part['reason']}")
    held = facts["holdings"]
    if held is None:
        return
    print(
        f"  holds {held['rows']} lines, {held['weight_sum']:.1%} of it, {held['coverage']}, {held['as_of']} ({held['freshness']})"
    )
    print(f"  used because: {held['chosen_because']}")
    for rival in held["datasets"]:
        mark = "used" if rival["used"] else "kept"
        print(f"  {mark}: {rival['id']} from {rival['file']}")
    for part in held["constituents"][:_SHOWN]:
        print(f"    {part['weight']:8.2%}  {part['instrument']}")
    if held["rows"] > _SHOWN:
        print(f"    and {held['rows'] - _SHOWN} more")


# --- add, remove -----------------------------------------------------------------------------------------


def _add(args: argparse.Namespace) -> int:
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.user_library import add

    added = add(args.files, Catalogue.for_user(), fund=args.fund, as_of=args.as_of)
    told = _told(added.diagnostics)
    if args.json:
        _print_json(
            {
                "schema": "levcheck/library-add/1",
                "datasets": [_dataset(one) for one in added.datasets],
                "diagnostics": told,
            }
        )
        return DONE
    for one in added.datasets:
        if one.fund is None:
            print(f"Added {one.file}: {one.rows} rows of {one.reader}.")
            continue
        print(
            f"Added {one.fund}, {one.as_of}: {one.rows} holdings, weights {one.weight_sum:.2%}, {one.coverage}."
        )
        if one.daily_multiple is not None:
            print(f"  With futures and swaps it moves {one.daily_multiple:.2f} times its assets.")
    for item in told:
        print(f"{item['severity']}: {item['message']} {item['remedy']}")
    return DONE


def _remove(args: argparse.Namespace) -> int:
    from levcheck.reference.user_library import remove

    gone = remove(args.id)
    if args.json:
        _print_json({"schema": "levcheck/library-remove/1", "removed": list(gone)})
    else:
        print(f"Removed {', '.join(gone)}.")
    return DONE


# --- coverage --------------------------------------------------------------------------------------------


def _coverage(args: argparse.Namespace) -> int:
    from levcheck.app.intake import take_in
    from levcheck.app.pipeline import analyse

    intake = take_in([args.file], ask=passwords.asker(args))
    analysis = analyse(intake.portfolio, _catalogue(args.library), [])
    lines = {line.id: line for line in analysis.positions}
    unknown: list[dict[str, Any]] = []
    for left in analysis.coverage.left_out:
        line = lines[left.position]
        place = line.position.place if line.position is not None else None
        unknown.append(
            {
                "position": left.position,
                "sheet": place.sheet if place else None,
                "row": place.row if place else None,
                "symbol": line.position.symbol if line.position is not None else None,
                "name": line.position.name if line.position is not None else line.label,
                "market_value": left.market_value,
                "reason": left.reason,
                "candidates": [part.instrument for part in line.candidates],
            }
        )
    document = {
        "schema": "levcheck/library-coverage/1",
        "known_share": analysis.coverage.known_share,
        "looked_through_share": analysis.coverage.looked_through_share,
        "oldest_as_of": analysis.coverage.oldest_as_of,
        "unknown": unknown,
    }
    if args.json:
        _print_json(document)
        return DONE
    print(f"Known: {analysis.coverage.known_share:.1%} of the value.")
    print(f"Looked through: {analysis.coverage.looked_through_share:.1%} of the value.")
    for item in unknown:
        label = item["symbol"] or item["name"] or item["position"]
        hint = f"; perhaps {', '.join(item['candidates'][:3])}" if item["candidates"] else ""
        print(f"  row {item['row']}: {label} ({item['reason']}){hint}")
    return DONE
