"""Builds the small tables: stacks, fund sizes, rates, aliases, collisions, dated listings, exchange rates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from build_instruments import Instruments
from codes import MARKETS, iso_date
from facts import CURATED_AS_OF, Row, curated, read_rows, short_source

RATES = {
    2006: 4.97, 2007: 5.02, 2008: 1.92, 2009: 0.16, 2010: 0.18, 2011: 0.10, 2012: 0.14, 2013: 0.11, 2014: 0.09,
    2015: 0.13, 2016: 0.39, 2017: 1.00, 2018: 1.83, 2019: 2.16, 2020: 0.37, 2021: 0.08, 2022: 1.69, 2023: 5.03,
    2024: 5.14, 2025: 4.21, 2026: 3.64,
}  # fmt: skip


def add_missing(table: Instruments, holdings: list[Row]) -> None:
    """Add a plain row for every underlying and constituent that has none."""
    for identifier, row in table.rows.items():
        common = f"{identifier[3:8]}0.KR"
        if identifier.startswith("KR7") and common in table.rows:
            # A Korean preferred share: its ISIN carries the stem of the common share's code.
            row["issuer"] = table.rows[common].get("issuer") or common
    wanted: dict[str, Row] = {}
    for row in list(table.rows.values()):
        if row.get("underlying") and row["underlying"] not in table.rows:
            wanted[row["underlying"]] = row
    for row in holdings:
        if row["constituent"] not in table.rows:
            wanted[row["constituent"]] = row
    for identifier, row in wanted.items():
        symbol, market = identifier.rsplit(".", 1)
        kind = "index" if market == "INDEX" else "common"
        facts = {"name": _missing_name(symbol), "kind": kind, "country": "" if kind == "index" else market,
                 "asset_class": "sector_equity" if kind == "index" else "equity", "as_of": row["as_of"],
                 "source": row["source"]}  # fmt: skip
        table.add(identifier, facts)


def _missing_name(symbol: str) -> str:
    known = {
        "TWTR": "Twitter (delisted)",
        "BITF": "Bitfarms",
        "SATS": "EchoStar Corporation",
        "MSOS": "AdvisorShares Pure US Cannabis ETF",
    }
    return known.get(symbol, symbol)


def build(
    table: Instruments, facts: Path, leveraged: list[Row], world: list["WorldLine"]
) -> dict[str, list[Row]]:
    """Return the small tables."""
    rates = fx_rates(facts, world)
    return {
        "capital_stacks": curated("capital_stacks"),
        "fund_assets": fund_assets(table, leveraged, rates),
        "overnight_rates": [
            {"year": str(year), "rate": f"{rate / 100:.6g}"} for year, rate in RATES.items()
        ],
        "aliases": aliases(
            table, read_rows(facts / "aliases.csv"), read_rows(facts / "fund_series_sec.csv")
        ),
        "ticker_collisions": collisions(table, read_rows(facts / "ticker_collisions.csv")),
        "listings": listings(leveraged),
        "fx_rates": rates,
        "multiple_exceptions": exceptions(table),
    }


def fund_assets(table: Instruments, leveraged: list[Row], rates: list[Row]) -> list[Row]:
    """Return the size of each leveraged fund in dollars, other currencies at the dated rate, and turnover where stated."""
    per_usd = {row["currency"]: row for row in rates}
    rows = []
    for row in leveraged:
        if row["status"] != "active":
            continue
        as_of, source = iso_date(row["as_of"])[0], short_source(row["source"])
        dollars = float(row["aum_usd"]) if row["aum_usd"] else None
        local = per_usd.get(row["aum_local_ccy"])
        if dollars is None and row["aum_local"] and local is not None:
            dollars = float(row["aum_local"]) / float(local["per_usd"])
            source = f"{source}; {row['aum_local_ccy']} at {float(local['per_usd']):g} of {local['as_of']}"
        if dollars:
            rows.append({"fund": table.id_of_code(row["ticker"]), "assets_usd": f"{dollars:.0f}", "as_of": as_of,
                         "source": source})  # fmt: skip
    rows += [
        {"fund": row["root"], **{key: row[key] for key in ("adv_usd", "as_of", "source")}}
        for row in curated("turnover")
    ]
    return sorted(rows, key=lambda row: row["fund"])


def fx_rates(facts: Path, world: list["WorldLine"]) -> list[Row]:
    """Return the newest dated rate per currency: curated rows, else the rates printed in N-PORT filings."""
    found: dict[str, list[tuple[str, float, str]]] = defaultdict(list)
    for path in sorted((facts / "nport").glob("*.xml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        date = re.search(r"<repPdDate>([\d-]+)</repPdDate>", text)
        pairs = re.findall(r'curCd="([A-Z]{3})" exchangeRt="([0-9.]+)"', text)
        if date is None or "sample" in path.name:
            continue
        per: dict[str, list[float]] = defaultdict(list)
        for currency, rate in pairs:
            per[currency].append(float(rate))
        for currency, values in per.items():
            usual = Counter(values).most_common(1)[0][0]
            if currency != "USD" and abs(usual / median(values) - 1) < 0.05:
                found[currency].append(
                    (
                        date.group(1),
                        usual,
                        f"exchange rate printed in a fund's Form N-PORT ({path.stem})",
                    )
                )
    for currency, rate in _world_rates(world).items():
        found[currency].append(
            (
                "2026-02-12",
                rate,
                "price, number and value of one line in the file of an MSCI ACWI fund",
            )
        )
    for row in curated("fx_rates"):
        found[row["currency"]].append((row["as_of"], float(row["per_usd"]), row["source"]))
    rows = [{"currency": "USD", "per_usd": "1", "as_of": CURATED_AS_OF, "source": "by definition"}]
    for currency in sorted(found):
        as_of, rate, source = max(found[currency])
        rows.append(
            {"currency": currency, "per_usd": f"{rate:.8g}", "as_of": as_of, "source": source}
        )
    return rows


def aliases(table: Instruments, collected: list[Row], series: list[Row]) -> list[Row]:
    """Return other spellings of an instrument; CUSIPs and SEDOLs are left out."""
    rows: dict[tuple[str, str], Row] = {}
    for alias, scheme, instrument, source in _spellings(table, collected, series):
        if instrument in table.rows and alias:
            rows[alias, instrument] = {"alias": alias, "scheme": scheme, "instrument": instrument,
                                       "as_of": CURATED_AS_OF, "source": source}  # fmt: skip
    return [rows[key] for key in sorted(rows)]


def _spellings(
    table: Instruments, collected: list[Row], series: list[Row]
) -> Iterator[tuple[str, str, str, str]]:
    for row in collected:
        scheme = row["scheme"]
        if scheme.split(" ")[0] not in {"CUSIP", "SEDOL", "ISIN"} and "other line" not in scheme:
            yield (
                row["alias"],
                scheme,
                table.id_of_code(row["security"]),
                "spelling seen in a published file",
            )
    for row in curated("wkns"):
        yield row["wkn"], "WKN", row["instrument"], "German securities number as printed by brokers"
    yield from _own_spellings(table)
    for row in series:
        if row["series_id"].startswith("S0"):
            source = "SEC list of fund series, 2025-07-14"
            yield row["series_id"], "SEC series", f"{row['ticker']}.US", source
    for row in curated("names"):
        yield row["alias"], "name", row["instrument"], "name in another language"


def _own_spellings(table: Instruments) -> Iterator[tuple[str, str, str, str]]:
    for identifier, row in table.rows.items():
        if row.get("isin", "").startswith("DE000"):
            yield row["isin"][5:11], "WKN", identifier, "part of the German ISIN"
        yield row.get("local_name", ""), "local name", identifier, row["source"]


def collisions(table: Instruments, collected: list[Row]) -> list[Row]:
    """Return codes that mean several things, so that a bare code is never enough."""
    rows = []
    for row in collected:
        other = row["other_meaning"]
        identifier = {"CASH:USD": "USD.CASH", "BTC-USD": "BTC.CRYPTO", "ETH-USD": "ETH.CRYPTO"}.get(
            other, ""
        )
        if not identifier and "." in other and other.rsplit(".", 1)[-1] in MARKETS:
            identifier = table.id_of_code(other)
        reason = short_source(row["evidence"]) if row["evidence"] else "one code, two meanings"
        rows.append({"code": row["code"], "instrument": table.id_of_code(row["code"]),
                     "other": identifier or other.replace(":", " "), "reason": reason, "as_of": CURATED_AS_OF,
                     "source": "codes seen in published files"})  # fmt: skip
    for code, other in (("SK", "000660.KR"), ("SOL", "SOL.CRYPTO"), ("LINK", "LINK.CRYPTO"), ("SUI", "SUI.CRYPTO"), ("XRP", "XRP.CRYPTO"),
                        ("UNI", "UNI.CRYPTO"), ("DOT", "DOT.CRYPTO"), ("GOLD", "GOLD.COMMODITY")):  # fmt: skip
        rows.append({"code": code, "instrument": f"{code}.US" if f"{code}.US" in table.rows else "", "other": other,
                     "reason": "a share or fund and something else carry this code", "as_of": CURATED_AS_OF,
                     "source": "codes of coins, commodities and shares"})  # fmt: skip
    return rows


def listings(leveraged: list[Row]) -> list[Row]:
    """Return listings with a beginning or an end: a code is worth nothing outside its dates."""
    rows = [{**row, "as_of": CURATED_AS_OF} for row in curated("listings")]
    reused = (row for row in leveraged if "ticker reuse" in row["note"] and row["inception"])
    rows += [
        {
            "instrument": f"{row['ticker']}.US", "symbol": row["ticker"], "exchange": row["exchange"],
            "valid_from": iso_date(row["inception"])[0], "valid_to": "", "as_of": iso_date(row["as_of"])[0],
            "source": "first day of the fund; another fund carried the code before",
        }
        for row in reused
        if row["status"] == "active"
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["symbol"], row["valid_from"]))


def exceptions(table: Instruments) -> list[Row]:
    """Return the reviewed products whose multiple lies outside the usual grid of quarters up to three."""
    rows = []
    for identifier, row in sorted(table.rows.items()):
        text = row.get("daily_leverage_factor", "")
        if text and (abs(float(text)) > 3 or float(text) * 4 % 1):
            rows.append({"instrument": identifier, "daily_leverage_factor": text, "as_of": row["as_of"],
                         "source": f"multiple in the product's name or terms: {row['name']}"})  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class WorldLine:
    """One line of the world fund's own file."""

    isin: str
    name: str
    currency: str
    country: str
    sector: str
    rate: float | None


# Where companies are registered for tax, not where they work.
_DOMICILES = frozenset(
    {"KY", "BM", "JE", "GG", "LR", "PA", "CW", "VG", "IM", "MH", "LU", "IE", "NL", "CH"}
)

COUNTRIES = {
    "United States": "US", "United Kingdom": "GB", "South Korea": "KR", "Korea": "KR", "Taiwan": "TW", "China": "CN",
    "Hong Kong": "HK", "Japan": "JP", "Germany": "DE", "France": "FR", "Switzerland": "CH", "Netherlands": "NL",
    "Canada": "CA", "Australia": "AU", "India": "IN", "Brazil": "BR", "Sweden": "SE", "Denmark": "DK", "Spain": "ES",
    "Italy": "IT", "Singapore": "SG", "South Africa": "ZA", "Mexico": "MX", "Saudi Arabia": "SA", "Israel": "IL",
    "Norway": "NO", "Finland": "FI", "Belgium": "BE", "Austria": "AT", "Ireland": "IE", "Portugal": "PT",
    "New Zealand": "NZ", "Poland": "PL", "Thailand": "TH", "Indonesia": "ID", "Malaysia": "MY", "Turkey": "TR",
    "Turkiye": "TR", "Chile": "CL", "Greece": "GR", "Hungary": "HU", "Czech Republic": "CZ", "Philippines": "PH",
    "United Arab Emirates": "AE", "Qatar": "QA", "Kuwait": "KW", "Colombia": "CO", "Peru": "PE", "Egypt": "EG",
    "Russia": "RU",
}  # fmt: skip


def world_file(facts: Path) -> list[WorldLine]:
    """Return the lines of the world fund's own file: country of trade, sector and the rate its values imply."""
    from python_calamine import CalamineWorkbook

    path = facts / "holdings" / "ssga_eu" / "spyy-gy.xlsx"
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    lines = []
    for row in rows[6:]:
        isin, _, name, currency, number, _, country, price, sector, _, value = (
            str(cell).strip() for cell in row[:11]
        )
        if len(isin) != 12 or not value:
            continue
        worth = float(value)
        rate = float(number) * float(price) / worth if worth > 0 and float(price) > 0 else None
        lines.append(WorldLine(isin, name, currency, COUNTRIES.get(country, ""), sector, rate))
    return lines


def _world_rates(world: list[WorldLine]) -> dict[str, float]:
    """Return units per dollar of each currency: the median over the lines quoted in it."""
    per: dict[str, list[float]] = defaultdict(list)
    for line in world:
        if line.rate is not None and line.currency not in {"USD", "RUB"}:
            per[line.currency].append(line.rate)
    rates = {currency: median(values) for currency, values in per.items() if len(values) >= 3}
    return {
        currency: rate / (100 if currency == "GBP" and rate > 20 else 1)
        for currency, rate in rates.items()
    }


def add_world_lines(table: Instruments, world: list[WorldLine]) -> None:
    """Take country and sector of the world file's lines into the instruments."""
    for line in world:
        identifier = table.by_isin.get(line.isin)
        if identifier is None or not line.country:
            continue
        row = table.rows[identifier]
        if row["kind"] in {"common", "adr"} and (
            not row.get("country") or row["country"] in _DOMICILES
        ):
            row["country"] = line.country
        if line.sector and line.sector != "-":
            table.sector.setdefault(identifier, line.sector)
