"""Holdings in JSON, as fund houses' pages and the Korean exchange serve them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.reference.holdings_files.columns import find_table
from levcheck.reference.holdings_files.grids import Grid, refuse
from levcheck.reference.holdings_files.lines import FundFile
from levcheck.reference.holdings_files.tabular import read_tables
from levcheck.reference.holdings_files.values import date_of
from levcheck.reference.symbols import is_isin

_DEPTH = 8
# The day of the list; the moment somebody asked for it ("CURRENT_DATETIME") is another thing.
_DAY_KEY = re.compile(
    r"(as_?of(_?date)?|trd_?dd|bas_?dd|(holdings?|report|effective|position|nav)_?date|date|stichtag|fecha)"
)
_NAME_KEYS = (
    "isin",
    "mnemo",
    "ticker",
    "share_marketing_name",
    "fundname",
    "fund_name",
    "productid",
)


def read_json(path: Path, text: str) -> list[FundFile]:
    """Read a JSON document: the longest list of records that names and sizes holdings is taken.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when there is none.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise refuse(path, "its JSON is damaged") from fault
    best: Grid | None = None
    for records in _record_lists(document, 0):
        grid = _grid(records)
        if find_table(grid) is not None and (best is None or len(grid) > len(best)):
            best = grid
    if best is None:
        raise refuse(path, "no list in it names holdings and their weights")
    facts = dict(_facts(document, 0))
    names = tuple(
        str(facts[key])
        for key in _NAME_KEYS
        if key in facts and (key != "isin" or is_isin(str(facts[key])))
    )
    swapped = "swap" in str(facts.get("fund_replication_methodology", "")).lower()
    day = next((date_of(str(facts[key])) for key in facts if _DAY_KEY.fullmatch(key)), None)
    files = read_tables(path, [best], "json")
    return [_finished(one, names, day, swapped=swapped) for one in files]


def _finished(one: FundFile, names: tuple[str, ...], day: str | None, *, swapped: bool) -> FundFile:
    notes = one.diagnostics
    if swapped:
        place = Place(file=one.file)
        notes = (
            *notes,
            Diagnostic("reference.swap_basket", Severity.WARNING, place, {"file": one.file}),
        )
    reader = one.reader if one.reader != "generic" else "json"
    return replace(
        one,
        reader=reader,
        as_of=one.as_of or day,
        fund_names=tuple(dict.fromkeys([*one.fund_names, *names])),
        is_swap_basket=swapped,
        diagnostics=notes,
    )


def _record_lists(node: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
    if depth > _DEPTH:
        return
    if isinstance(node, list):
        records = [item for item in node if isinstance(item, dict)]
        if records and len(records) == len(node):
            yield records
        for item in node[:50]:
            yield from _record_lists(item, depth + 1)
    elif isinstance(node, dict):
        for value in node.values():
            yield from _record_lists(value, depth + 1)


def _grid(records: list[dict[str, Any]]) -> Grid:
    """Return records as a table; a record inside a record is laid flat, the inner value wins."""
    flat = [_flat(record) for record in records]
    header = list(dict.fromkeys(key for record in flat for key in record))
    rows = [[_text(record.get(key)) for key in header] for record in flat]
    return [header, *rows]


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            out |= {
                inner: item for inner, item in value.items() if not isinstance(item, dict | list)
            }
        elif not isinstance(value, list):
            out.setdefault(key, value)
    return out


def _text(value: Any) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _facts(node: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield single values of the document's upper levels by lower-case key."""
    if depth > 4:
        return
    if isinstance(node, list):
        for item in node[:1]:
            yield from _facts(item, depth + 1)
    elif isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, dict):
                yield from _facts(value, depth + 1)
            elif isinstance(value, list):
                if len(value) == 1:
                    yield from _facts(value, depth + 1)
            else:
                yield key.lower(), value
