"""Builds the constituents: per fund the newest list of the best coverage, cut at a cumulative 95% of weight."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum  # the sum of Python 3.12 rounds otherwise than that of 3.11

from build_instruments import Instruments
from classes import classify_fund
from codes import clean_name, is_isin, iso_date, name_key
from facts import CURATED_AS_OF, Row, curated, short_source

# Codes a foreign line is printed with where the market is missing.
FOREIGN = {
    "RHM": "RHM.DE",
    "FORTUM": "FORTUM.FI",
    "SESG": "SESG.FR",
    "MDA": "MDA.CA",
    "KAP": "KAP.GB",
    "SMSN": "005930.KR",
}
CLOSED = {
    "treasury",
    "bond",
    "cash",
    "commodity",
    "gold",
    "metal",
    "crypto",
    "volatility",
    "currency",
    "credit",
}
CUT = 0.95


@dataclass
class FundList:
    """One dated list as collected."""

    fund: str
    as_of: str
    coverage: str
    source: str
    lines: list[tuple[str, float]]

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return fsum(weight for _, weight in self.lines)

    @property
    def is_full(self) -> bool:
        """Whether the weights are meant to add up to one."""
        return 0.95 <= self.total <= 1.05


_UNUSABLE = frozenset({"-", "2602335D", "P5N994", "GTXI"})
_MONEY_FUNDS = frozenset({"XTSLA", "BISXX", "FGXXX", "IQMM", "XSLXX", "AGPXX", "MVRXX", "USD"})


def constituent_id(table: Instruments, row: Row) -> str | None:
    """Return the id of one collected constituent, adding a row for a line seen nowhere else; None = not usable."""
    code = row["constituent"]
    if code.startswith("ID:"):
        return _with_row(table, code[3:], row)
    if code.startswith("CASH") or code in _MONEY_FUNDS:
        return "USD.CASH" if code in _MONEY_FUNDS else _cash(code)
    if code.startswith("ISIN:"):
        return _by_isin(table, code[5:], row)
    if _is_unusable(code):
        return None
    return _with_row(table, _coded(table, code, row["source"]), row)


def _with_row(table: Instruments, identifier: str, row: Row) -> str:
    """Return the id, having added a plain row for a line seen nowhere else."""
    if identifier not in table.rows:
        symbol, market = identifier.rsplit(".", 1)
        facts = {"name": clean_name(row["name"]) or symbol, "kind": "common", "asset_class": "equity",
                 "country": "" if market == "OTHER" else market, "as_of": iso_date(row["as_of"])[0],
                 "source": short_source(row["source"])}  # fmt: skip
        table.add(identifier, facts)
    return identifier


def _is_unusable(code: str) -> bool:
    """Return whether a code is no security: a contract, a bare identifier, a word, a dash."""
    if code.startswith(("FUT:", "CUSIP:", "NAME:")) or code in _UNUSABLE or " " in code:
        return True
    return not re.search(r"[A-Z0-9]", code) or len(code.rsplit(".", 1)[0]) > 10


def _coded(table: Instruments, code: str, source: str) -> str:
    if code.endswith("-R"):
        code = f"{code[:-2]}.BK"  # a Thai share without vote
    if code in FOREIGN:
        return FOREIGN[code]
    if code in table.by_code:
        return table.by_code[code]
    if re.fullmatch(r"[A-Z]{4}(3|4|11)", code):
        return f"{code}.BR"
    identifier = table.id_of_code(code)
    if identifier.endswith(".US") and ("ETFdb" in source or "Yahoo" in source):
        # These two print foreign lines without their market; what no American list knows is not American.
        return f"{code}.OTHER"
    return identifier


def _cash(code: str) -> str | None:
    word = code.partition(":")[2]
    if re.search(r"TREASUR|\d{2}-[A-Z]{3}-\d{4}|NOTE|BOND|BILL", word):
        return None
    if word in {"KRW", "CAD", "EUR", "JPY", "GBP", "HKD", "AUD"}:
        return f"{word}.CASH"
    if word in {"USD", "US DOLLAR", "U.S. DOLLAR", "XTSLA", "WFFUT", "MSFUT", "FGXXX", ""}:
        return "USD.CASH"
    return None


def _by_isin(table: Instruments, isin: str, row: Row) -> str | None:
    if not is_isin(isin):
        return None
    if isin in table.by_isin:
        return table.by_isin[isin]
    name, home = clean_name(row["name"]), isin[:2]
    # A company may sit in the Cayman Islands and trade in Hong Kong: the market counts.
    market = table.traded_in.get(isin) or home
    if market == "CN" and home != "CN":
        market = "HK"
    key = name_key(name)
    places = (market, home, "HK") if market == "CN" else (market, home)
    same = next(
        (table.by_name[place, key] for place in places if (place, key) in table.by_name), None
    )
    if same is not None and not table.rows[same].get("isin"):
        table.rows[same]["isin"] = isin
        table.by_isin[isin] = same
        return same
    if same is not None:
        return same
    identifier = f"{isin}.{market}"
    facts = {"isin": isin, "name": name, "kind": "common", "asset_class": "equity", "country": market,
             "as_of": iso_date(row["as_of"])[0], "source": short_source(row["source"])}  # fmt: skip
    table.add(identifier, facts)
    return identifier


def _grouped(table: Instruments, holdings: list[Row]) -> dict[str, list[FundList]]:
    groups: dict[tuple[str, str, str, str], dict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for row in holdings:
        if not row["weight_pct"]:
            continue
        fund = row["fund"] if row["fund"] in table.rows else table.id_of_code(row["fund"])
        key = (fund, iso_date(row["as_of"])[0], row["coverage"], row["source"])
        identifier = constituent_id(table, row)
        if identifier is not None and identifier != fund:
            groups[key][identifier] += float(row["weight_pct"]) / 100
    lists: dict[str, list[FundList]] = defaultdict(list)
    for (fund, as_of, coverage, source), lines in groups.items():
        kept = [(identifier, weight) for identifier, weight in lines.items() if abs(weight) >= 5e-7]
        lists[fund].append(FundList(fund, as_of, coverage, short_source(source), kept))
    return lists


def best(lists: list[FundList]) -> FundList | None:
    """Return the newest list of the best coverage: full before partial, and no thin list before a thick one."""
    usable = [
        one
        for one in lists
        if one.total <= 1.05 and one.lines and min(w for _, w in one.lines) > -0.05
    ]
    full = [one for one in usable if one.is_full and (len(one.lines) > 1 or one.lines[0][1] > 0.95)]
    if full:
        return max(full, key=lambda one: (one.as_of, len(one.lines)))
    if not usable:
        return None
    thickest = max(one.total for one in usable)
    return max(
        (one for one in usable if one.total >= 0.6 * thickest),
        key=lambda one: (one.as_of, one.total),
    )


def cut(one: FundList) -> list[tuple[str, float]]:
    """Return the lines of a full list down to a cumulative 95% of weight; partial lists stay as they are."""
    lines = sorted(one.lines, key=lambda pair: (-pair[1], pair[0]))
    if not one.is_full:
        return lines
    kept: list[tuple[str, float]] = []
    total = 0.0
    for identifier, weight in lines:
        kept.append((identifier, weight))
        total += weight
        if total >= CUT + 1e-6:
            break
    return kept


def build(
    table: Instruments,
    holdings: list[Row],
    membership: list[Row],
    proxies: list[Row],
    countries: dict[str, str],
) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the rows of holdings.csv, fund_lists.csv and proxies.csv."""
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]] = {}
    for fund, lists in sorted(_grouped(table, holdings).items()):
        row = table.rows.get(fund)
        if row is None:
            _, market = fund.rsplit(".", 1)
            asset, theme = classify_fund(fund)
            table.add(fund, {"name": fund, "kind": "etf", "asset_class": asset, "country": market,
                             "as_of": lists[0].as_of, "source": lists[0].source})  # fmt: skip
            table.closed_theme[fund] = theme
            row = table.rows[fund]
        if (
            row["kind"] not in {"etf", "mutual_fund"}
            or row.get("underlying")
            or row["asset_class"] in CLOSED
        ):
            continue
        one = best(lists)
        if one is not None:
            chosen[fund] = (cut(one), one)
    _add_indexes(table, membership, chosen)
    _add_regions(table, countries, chosen)
    _add_measured(table, chosen)
    stand_ins = _add_stand_ins(table, proxies, chosen)
    _add_stacked(table, chosen)
    rows, lists_rows = [], []
    for fund, (lines, one) in sorted(chosen.items()):
        total = fsum(weight for _, weight in lines)
        coverage = "full" if 0.95 <= total <= 1.05 else "partial"
        lists_rows.append({"fund": fund, "coverage": coverage, "as_of": one.as_of, "source": one.source,
                           "stand_in": "yes" if one.coverage == "stand-in" else ""})  # fmt: skip
        rows += [
            {
                "fund": fund,
                "constituent": identifier,
                "weight": f"{weight:.7g}",
                "as_of": one.as_of,
                "source": one.source,
            }
            for identifier, weight in lines
        ]
    return rows, lists_rows, stand_ins


def _add_indexes(
    table: Instruments,
    membership: list[Row],
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]],
) -> None:
    rows = [
        {**row, "fund": f"{row['index_id']}.INDEX", "coverage": "full"}
        for row in membership
        if row["weight_pct"]
    ]
    for row in rows:
        table.by_code.setdefault(row["fund"], row["fund"])
    for index, lists in _grouped(table, rows).items():
        chosen[index] = (cut(lists[0]), lists[0])


def _add_regions(
    table: Instruments,
    countries: dict[str, str],
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]],
) -> None:
    """Derive regional indexes from the world list: MSCI ACWI is by definition the sum of its countries.

    Args:
        table: the instruments.
        countries: ISIN -> country of trade, as the fund's own file states it.
        chosen: fund -> its list; regions are added.
    """
    world = chosen["ACWI.INDEX"][1]
    place = {table.by_isin.get(isin): country for isin, country in countries.items()}
    for identifier, (members, name) in REGIONS.items():
        excluded = members.startswith("not ")
        wanted = set(members.removeprefix("not ").split())
        lines = [
            (one, weight)
            for one, weight in world.lines
            if place.get(one) and (place[one] in wanted) != excluded
        ]
        total = fsum(weight for _, weight in lines)
        source = f"its countries within the MSCI ACWI list, {total:.1%} of it; {world.source}"[:160]
        one = FundList(identifier, world.as_of, "full", source, [(i, w / total) for i, w in lines])
        if identifier not in table.rows:
            table.add(identifier, {"name": name, "kind": "index", "asset_class": "index_equity", "currency": "",
                                   "as_of": world.as_of, "source": source})  # fmt: skip
        table.closed_theme.setdefault(identifier, "global-equity")
        chosen[identifier] = (cut(one), one)


_DEVELOPED = "US CA GB FR DE CH NL ES IT SE DK NO FI BE AT IE PT IL JP AU HK SG NZ"
_EUROPE = "GB FR DE CH NL ES IT SE DK NO FI BE AT IE PT"
REGIONS = {
    "MSCI-WORLD.INDEX": (_DEVELOPED, "MSCI World"),
    "ACWI-EX-US.INDEX": ("not US", "MSCI ACWI ex USA"),
    "MSCI-EAFE.INDEX": (_DEVELOPED.replace("US CA ", ""), "MSCI EAFE"),
    "MSCI-EM.INDEX": (f"not {_DEVELOPED}", "MSCI Emerging Markets"),
    "EM-EX-KOREA.INDEX": (f"not KR {_DEVELOPED}", "Emerging markets without Korea"),
    "DEVELOPED-EX-US-KOREA.INDEX": (
        _DEVELOPED.replace("US ", "") + " KR",
        "Developed markets ex US with Canada and Korea",
    ),
    "PACIFIC-KOREA.INDEX": ("JP AU HK SG NZ KR", "Pacific with Korea"),
    "MSCI-EUROPE.INDEX": (_EUROPE, "MSCI Europe"),
    "MSCI-PACIFIC.INDEX": ("JP AU HK SG NZ", "MSCI Pacific"),
    "MSCI-JAPAN.INDEX": ("JP", "MSCI Japan"),
    "MSCI-UK.INDEX": ("GB", "MSCI United Kingdom"),
    "MSCI-GERMANY.INDEX": ("DE", "MSCI Germany"),
    "MSCI-FRANCE.INDEX": ("FR", "MSCI France"),
    "MSCI-CANADA.INDEX": ("CA", "MSCI Canada"),
    "MSCI-AUSTRALIA.INDEX": ("AU", "MSCI Australia"),
    "MSCI-CHINA.INDEX": ("CN HK-CN", "MSCI China"),
    "MSCI-INDIA.INDEX": ("IN", "MSCI India"),
    "MSCI-TAIWAN.INDEX": ("TW", "MSCI Taiwan"),
    "MSCI-USA.INDEX": ("US", "MSCI USA"),
}


def _by_root(table: Instruments, lines: list[tuple[str, float]]) -> dict[str, float]:
    """Return the weights gathered by issuer."""
    found: dict[str, float] = defaultdict(float)
    for identifier, weight in lines:
        found[table.rows[identifier].get("issuer") or identifier] += weight
    return found


def _add_measured(
    table: Instruments, chosen: dict[str, tuple[list[tuple[str, float]], FundList]]
) -> None:
    """Let a broad fund known by its top lines ride on the index whose largest lines it shares.

    How much of the fund the index explains is measured: the sum of the fund's stated weights over the sum of the
    same lines in the index. What is left stays not looked through.
    """
    for row in curated("measured"):
        fund = table.id_of_code(row["fund"])
        if fund not in chosen or chosen[fund][1].is_full:
            continue
        own = _by_root(table, chosen[fund][1].lines)
        index = _by_root(table, chosen[row["index"]][1].lines)
        shared = [one for one in own if one in index and one != "USD.CASH"]
        if len(shared) < 4:
            print(f"{fund}: only {shared} of {sorted(own)}")
            continue
        share = fsum(own[one] for one in shared) / fsum(index[one] for one in shared)
        print(f"measured {fund} on {row['index']}: {share:.3f} from {len(shared)} lines")
        if not 0.5 <= share <= 1.1:
            continue
        share = min(share, 1.0)
        source = f"stand-in: {share:.0%} in {row['index']}, measured on its {len(shared)} largest lines of {chosen[fund][1].as_of}"
        lines = [(row["index"], round(share, 4))]
        one = FundList(fund, chosen[row["index"]][1].as_of, "stand-in", source[:160], lines)
        chosen[fund] = (lines, one)


def _add_stand_ins(
    table: Instruments,
    proxies: list[Row],
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]],
) -> list[Row]:
    """Let trackers ride on their index, and an index without a list on a fund that tracks it."""
    out: list[Row] = []
    for fund, target, as_of, source, relation in _stand_ins(table, proxies, chosen):
        if fund not in table.rows or target not in table.rows or fund == target:
            continue
        out.append(
            {
                "fund": fund,
                "stands_on": target,
                "relation": relation,
                "as_of": as_of,
                "source": source,
            }
        )
        own = chosen.get(fund)
        newer = chosen[target][1].as_of if target in chosen else ""
        if own and own[1].is_full and not _much_older(own[1].as_of, newer):
            continue
        said = f"stand-in ({relation}): {source}"[:160]
        one = FundList(fund, as_of, "stand-in", said, [(target, 1.0)])
        chosen[fund] = (one.lines, one)
    return out


def _stand_ins(
    table: Instruments,
    proxies: list[Row],
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]],
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (fund, what it stands on, as of, source, relation), indexes first, because funds build on them."""
    for row in curated("stand_ins"):
        code = row["fund"]
        target = code if code.endswith(".INDEX") or not code else table.id_of_code(code)
        if target in chosen and row["index"] not in chosen:
            yield (
                row["index"],
                target,
                chosen[target][1].as_of,
                f"list of {target}",
                "fund for an index",
            )
    for row in proxies:
        if row["relation"] == "tracks":
            source = short_source(row["source"])
            index = f"{row['exposure_id']}.INDEX"
            yield table.id_of_code(row["fund"]), index, iso_date(row["as_of"])[0], source, "tracks"
    for row in curated("mirrors"):
        target = row["mirror"] if row["mirror"].endswith(".INDEX") else f"{row['mirror']}.US"
        if target in chosen:
            yield f"{row['fund']}.US", target, CURATED_AS_OF, "same index or share class", "mirrors"
    yield from _curated_trackers(chosen)


def _curated_trackers(
    chosen: dict[str, tuple[list[tuple[str, float]], FundList]],
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield funds a person looked up that track an index or are another form of a fund."""
    for row in curated("listed"):
        if row["stands_on"] in chosen or row["stands_on"].endswith(".INDEX"):
            yield row["id"], row["stands_on"], CURATED_AS_OF, "index in the fund's name", "tracks"
    for row in curated("european_funds"):
        if row["mirror"].endswith(".INDEX"):
            for fund in [row["id"], *filter(None, row["also"].split("|"))]:
                relation = row["relation"]
                yield fund, row["mirror"], CURATED_AS_OF, relation, relation.partition(":")[0]


def _much_older(own: str, newer: str) -> bool:
    """Whether a fund's own list is half a year older than its index's."""
    if not newer:
        return False
    months = [int(text[:4]) * 12 + int(text[5:7]) for text in (own, newer)]
    return months[1] - months[0] > 6


def _add_stacked(
    table: Instruments, chosen: dict[str, tuple[list[tuple[str, float]], FundList]]
) -> None:
    legs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in curated("stacked_funds"):
        legs[row["fund"]].append((row["leg"], float(row["weight"])))
    for fund, lines in legs.items():
        if fund in table.rows:
            table.rows[fund] |= {
                "kind": "stacked_fund",
                "underlying": "",
                "daily_leverage_factor": "1.0",
            }
            one = FundList(
                fund,
                table.rows[fund]["as_of"],
                "legs",
                "stated target weights of the fund's legs",
                lines,
            )
            chosen[fund] = (lines, one)
