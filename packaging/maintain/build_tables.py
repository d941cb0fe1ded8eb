"""Builds the tables of resources/reference from a folder of collected facts and prints what changed.

    python packaging/maintain/build_tables.py FACTS [--out FOLDER] [--files FOLDER] [--dry-run]

FACTS holds securities.csv, leveraged_funds.csv, fund_holdings.csv, index_membership.csv, fund_proxies.csv, funds.csv,
themes.csv, issuer_links.csv, aliases.csv, ticker_collisions.csv and nport/*.xml. Only facts are carried over, each
with its date and source; no CUSIP and no SEDOL is shipped. With --files the holdings files and N-PORT filings of a
folder are read by the program's own readers, and per fund the newest list of the best coverage is taken.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import build_dropped
import build_holdings
import build_instruments
import build_small
import build_themes
from build_instruments import Instruments
from facts import Row, read_rows, write_rows
from seal import seal
from sources import plain_source

COLUMNS = {
    "instruments": ["id", "symbol", "exchange", "isin", "cusip", "name", "kind", "currency", "country", "issuer",
                    "underlying", "daily_leverage_factor", "expense_ratio", "asset_class", "as_of", "source"],
    "holdings": ["fund", "constituent", "weight", "as_of", "source"],
    "fund_lists": ["fund", "coverage", "stand_in", "as_of", "source"],
    "themes": ["theme", "member", "strength", "reason", "source"],
    "theme_names": ["theme", "name", "family", "as_of", "source"],
    "capital_stacks": ["issuer", "rank", "claim", "kind", "notional", "coupon", "cumulative", "conversion", "as_of",
                       "source"],
    "fund_assets": ["fund", "assets_usd", "adv_usd", "as_of", "source"],
    "overnight_rates": ["year", "rate"],
    "aliases": ["alias", "scheme", "instrument", "as_of", "source"],
    "ticker_collisions": ["code", "instrument", "other", "reason", "as_of", "source"],
    "listings": ["instrument", "symbol", "exchange", "valid_from", "valid_to", "as_of", "source"],
    "proxies": ["fund", "stands_on", "relation", "as_of", "source"],
    "fx_rates": ["currency", "per_usd", "as_of", "source"],
    "multiple_exceptions": ["instrument", "daily_leverage_factor", "as_of", "source"],
}  # fmt: skip


def build(facts: Path, dropped: Path | None = None) -> dict[str, list[Row]]:
    """Return every table as rows, from the collected facts and a folder of dropped files."""
    securities = read_rows(facts / "securities.csv")
    leveraged = read_rows(facts / "leveraged_funds.csv")
    table = Instruments()
    build_instruments.add_curated_roots(table)
    build_instruments.add_securities(
        table, securities, {row["ticker"]: row for row in read_rows(facts / "funds.csv")}
    )
    build_instruments.add_leveraged(table, leveraged)
    build_instruments.add_income_and_buffers(table)
    build_instruments.add_mirrors(table)
    build_instruments.add_curated_funds(table)
    build_instruments.add_listed(table)
    build_instruments.add_codes(table)
    build_instruments.mark_unknown_multiples(table)
    build_instruments.link_issuers(table, securities, read_rows(facts / "issuer_links.csv"))
    build_instruments.link_twins(table)
    world = build_small.world_file(facts)
    build_small.add_world_lines(table, world)
    countries = {line.isin: line.country for line in world}
    table.traded_in = {isin: country for isin, country in countries.items() if country}
    holdings, lists, proxies = build_holdings.build(
        table,
        read_rows(facts / "fund_holdings.csv") + build_dropped.rows(dropped),
        read_rows(facts / "index_membership.csv"),
        read_rows(facts / "fund_proxies.csv"),
        countries,
    )
    build_small.add_world_lines(table, world)
    build_small.add_missing(table, holdings)
    build_instruments.link_twins(table)
    build_instruments.link_receipts(table)
    names, members = build_themes.build(table, read_rows(facts / "themes.csv"))
    small = build_small.build(table, facts, leveraged, world)
    tables: dict[str, list[Row]] = {
        "instruments": sorted(table.rows.values(), key=lambda row: row["id"]),
        "holdings": holdings, "fund_lists": lists, "proxies": proxies, "theme_names": names, "themes": members, **small,
    }  # fmt: skip
    return {name: [_in_words(row) for row in rows] for name, rows in tables.items()}


def _in_words(row: Row) -> Row:
    told = {key: plain_source(row[key]) for key in ("source", "reason") if row.get(key)}
    return {**row, **told}


def difference(old: Path, rows: list[Row], columns: list[str], keys: list[str]) -> str:
    """Return one line that says how many rows are new, gone and changed."""
    if not old.exists():
        return f"{old.name}: new, {len(rows)} rows"
    before = {tuple(row[key] for key in keys): row for row in read_rows(old)}
    after = {tuple(row.get(key, "") for key in keys): row for row in rows}
    new, gone = after.keys() - before.keys(), before.keys() - after.keys()
    changed = [
        key for key in after.keys() & before.keys()
        if any(before[key].get(column, "") != after[key].get(column, "") for column in columns)
    ]  # fmt: skip
    sample = ", ".join(":".join(key) for key in sorted(changed)[:5])
    return f"{old.name}: {len(rows)} rows, {len(new)} new, {len(gone)} gone, {len(changed)} changed {sample}".rstrip()


KEYS = {"holdings": ["fund", "constituent"], "themes": ["theme", "member"], "capital_stacks": ["issuer", "rank", "claim"],
        "ticker_collisions": ["code", "other"], "listings": ["instrument", "valid_from"], "aliases": ["alias", "instrument"],
        "proxies": ["fund", "stands_on"]}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Build, print the difference for review, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).resolve().parents[2] / "resources" / "reference"
    )
    parser.add_argument(
        "--files", type=Path, help="folder of holdings files and filings to take in"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the difference, write nothing"
    )
    options = parser.parse_args(arguments)
    tables = build(options.facts, options.files)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        path = options.out / f"{name}.csv"
        print(difference(path, rows, COLUMNS[name], KEYS.get(name, COLUMNS[name][:1])))
        if not options.dry_run:
            write_rows(path, COLUMNS[name], rows)
    if not options.dry_run:
        seal(options.out)
    kinds = Counter(row["kind"] for row in tables["instruments"])
    print(dict(kinds))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
