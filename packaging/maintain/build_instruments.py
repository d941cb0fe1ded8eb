"""Builds the instruments table: securities, funds with their multiples, indexes, coins, commodities, currencies."""

import re
from dataclasses import dataclass, field

from classes import classify_fund
from codes import CURRENCY_OF_MARKET, clean_name, id_of, is_isin, iso_date, name_key, split_code
from facts import CURATED_AS_OF, Row, curated, short_source

COINS = {"BTC", "ETH", "SOL", "XRP", "SUI", "AVAX", "LINK", "ADA", "XLM", "DOGE", "HYPE", "BNB"}
COMMODITIES = {
    "GOLD": "GOLD", "BCOMGC": "GOLD", "SILVER": "SILVER", "CRUDE": "CRUDE", "NATGAS": "NATGAS", "COPPER": "COPPER",
    "CORN": "CORN", "WHEAT": "WHEAT", "PALLADIUM": "PALLADIUM", "PLATINUM": "PLATINUM", "NICKEL": "NICKEL",
    "COFFEE": "COFFEE", "ALUMINIUM": "ALUMINIUM", "SUGAR": "SUGAR", "COCOA": "COCOA", "AGRICULTURE": "AGRICULTURE",
    "BROAD_COMMODITY": "BROAD", "DBB": "BASE-METALS",
}  # fmt: skip
# Index codes of the collected rows that name the same index as another code, or are not a good id.
INDEXES = {
    "SIXI": "IXI", "SIXM": "IXM", "SIXR": "IXR", "SIXT": "IXT", "SIXU": "IXU", "SIXV": "IXV", "SIXY": "IXY",
    "MXJP": "MSCI-JAPAN", "MXBR2550": "MSCI-BRAZIL-2550", "RU10VATR": "RU1000V", "RU10GRTR": "RU1000G",
    "RU20INTR": "RUT", "ACDER": "FTSE-DEV-EUROPE", "VIX": "VIX-SHORT-FUTURES", "LONGVOL_IDX": "VIX-SHORT-FUTURES",
    "SHORTVOL_IDX": "VIX-SHORT-FUTURES",
}  # fmt: skip
OTHER_CODES = {
    "EURO": "EUR.CURRENCY", "YEN": "JPY.CURRENCY", "USDKRW": "USDKRW.CURRENCY", "BRKB": "BRK.B.US",
    "AMPUX": "AMPX.US", "TWTR(delisted)": "TWTR.US", "NG": "NATGAS.COMMODITY",
}  # fmt: skip
# Rows whose underlying the collected table names too broadly; the fund's own name says which it is.
CORRECTED = {
    "GUSH": "SPSIOP.INDEX",
    "DRIP": "SPSIOP.INDEX",
    "OILU": "MICROSECTORS-OIL-GAS.INDEX",
    "OILD": "MICROSECTORS-OIL-GAS.INDEX",
    "TEXU": "SP500-ENERGY-TOP5.INDEX",
    "QQXL": "NDX-TOP30.INDEX",
    "URSP": "SP500EW.INDEX",
    "WEBL": "DJ-INTERNET.INDEX",
    "WEBS": "DJ-INTERNET.INDEX",
    "TYD": "UST7-10Y.INDEX",
    "TYO": "UST7-10Y.INDEX",
    "TTXU": "SP500-IT-TOP5.INDEX", "TTXD": "SP500-IT-TOP5.INDEX",
    "HGU.TO": "NYSE-GOLD-MINERS.INDEX", "HGD.TO": "NYSE-GOLD-MINERS.INDEX",
}  # fmt: skip
# Not leveraged at all: the collected table took a premium-income fund for one.
NOT_LEVERAGED = {"JPUQF": "SPX.INDEX", "JEIAF": "SPX.INDEX"}
DAILY = {"daily_leveraged", "daily_inverse", "weekly_leveraged", "leveraged_etn"}
KIND = {"common": "common", "adr": "adr", "preferred": "preferred", "etf": "etf", "etn": "etf", "fund": "mutual_fund",
        "note": "bond"}  # fmt: skip
# Units of a listed partnership are its shares; other units are a share and a warrant sold together.
_PARTNERSHIP = re.compile(r"\bL\.?P\.?\b|PARTNERS", re.IGNORECASE)
KOREAN_FUND = re.compile(
    r"^(KODEX|TIGER|ACE|SOL|RISE|PLUS|KIWOOM|HANARO|1Q|TIME|TIMEFOLIO|KoAct|KOSEF|KBSTAR|ARIRANG|히어로즈|WON|마이티|"
    r"BNK|FOCUS|UNICORN|TREX|에셋플러스|파워|MIDAS|VITA|ITF|DAISHIN|마이다스|더제이|KCGI|HK|삼성 레버리지)\b.*"
)


@dataclass
class Instruments:
    """The instruments table while it grows, with the indexes needed to join other tables to it."""

    rows: dict[str, Row] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)
    by_isin: dict[str, str] = field(default_factory=dict)
    by_name: dict[tuple[str, str], str] = field(default_factory=dict)
    sector: dict[str, str] = field(default_factory=dict)
    closed_theme: dict[str, str] = field(default_factory=dict)
    traded_in: dict[str, str] = field(default_factory=dict)

    def add(self, identifier: str, row: Row) -> None:
        """Add one row unless the id is there already."""
        if identifier in self.rows:
            return
        market = identifier.rsplit(".", 1)[1]
        full = {
            "id": identifier,
            "symbol": identifier.rsplit(".", 1)[0],
            "currency": CURRENCY_OF_MARKET.get(market, ""),
            "daily_leverage_factor": "1.0",
            **row,
        }
        if full.get("isin") and not is_isin(full["isin"]):
            full["isin"] = ""
        self.rows[identifier] = full
        if full.get("isin"):
            self.by_isin.setdefault(full["isin"], identifier)
        key = name_key(full["name"])
        if key and full.get("kind") in {"common", "adr"}:
            self.by_name.setdefault((market, key), identifier)

    def id_of_code(self, code: str) -> str:
        """Return the id of a collected code, through the securities it was seen under."""
        return self.by_code.get(code) or id_of(code)


def add_curated_roots(table: Instruments) -> None:
    """Add indexes, coins, commodities, currencies and cash."""
    source = "name of the index, coin or commodity"
    for row in curated("indexes"):
        table.add(
            row["id"],
            {**row, "kind": "index", "currency": "", "as_of": CURATED_AS_OF, "source": source},
        )
        _, theme = classify_fund(row["name"], "", row["country"] or "")
        table.closed_theme[row["id"]] = INDEX_THEME.get(row["id"], theme)
    for row in curated("roots"):
        table.add(row["id"], {**row, "as_of": CURATED_AS_OF, "source": source})
    for currency in sorted(
        {*CURRENCY_OF_MARKET.values(), "RUB", "KWD", "QAR", "AED", "VND", "COP"}
    ):
        facts = {
            "symbol": currency,
            "currency": currency,
            "as_of": CURATED_AS_OF,
            "source": "ISO 4217",
        }
        table.add(
            f"{currency}.CASH",
            {**facts, "name": f"Cash in {currency}", "kind": "cash", "asset_class": "cash"},
        )
        if currency != "USD":
            name = f"{currency} against the US dollar"
            table.add(
                f"{currency}.CURRENCY",
                {**facts, "name": name, "kind": "contract", "asset_class": "currency"},
            )
    for pair, name in (("USDKRW", "US dollar against the won"),):
        table.add(f"{pair}.CURRENCY", {"name": name, "kind": "contract", "asset_class": "currency", "currency": "KRW",
                                       "as_of": CURATED_AS_OF, "source": "ISO 4217"})  # fmt: skip


INDEX_THEME = {
    "MAG7.INDEX": "hyperscalers", "NYFANG.INDEX": "hyperscalers", "SOLFANGI.INDEX": "hyperscalers",
    "BIGTECH-TOP7.INDEX": "hyperscalers", "US-TECH-TOP10.INDEX": "hyperscalers", "NDXMEGA.INDEX": "hyperscalers",
    "KR-SEMI.INDEX": "korea-chips", "KR-SEMI-TOP10.INDEX": "korea-chips", "KOSPI200-IT.INDEX": "korea-chips",
    "KOSPI200.INDEX": "korea", "KOSDAQ150.INDEX": "korea", "KRX300.INDEX": "korea", "HSI.INDEX": "emerging",
    "TAIEX.INDEX": "emerging", "TW50.INDEX": "emerging", "RUSSIA.INDEX": "emerging", "N225.INDEX": "developed-ex-us",
    "SX5E.INDEX": "developed-ex-us", "CAC40.INDEX": "developed-ex-us", "FTSEMIB.INDEX": "developed-ex-us",
    "UKX.INDEX": "developed-ex-us", "SMI.INDEX": "developed-ex-us", "PSI20.INDEX": "developed-ex-us",
    "TSX60.INDEX": "developed-ex-us", "HSCEI.INDEX": "emerging", "SSE180.INDEX": "emerging",
    "NIFTY50.INDEX": "emerging", "KR-SHIPBUILDING.INDEX": "energy-industry", "KR-DEFENSE.INDEX": "defence",
    "KR-BATTERY.INDEX": "electric-vehicles", "CN-EV.INDEX": "electric-vehicles", "KR-BBIG.INDEX": "electric-vehicles",
    "KOSPI200-ENERGY-CHEM.INDEX": "energy-industry", "CSI-CHINA-INET.INDEX": "china-internet",
    "HSTECH.INDEX": "china-internet", "BITA-DRONE.INDEX": "robotics", "KTB.INDEX": "government-medium",
    "KTB3Y.INDEX": "government-short", "KTB10Y.INDEX": "government-medium", "BUND.INDEX": "government-medium",
    "BTP.INDEX": "government-medium", "OAT.INDEX": "government-medium", "UST30Y.INDEX": "long-treasuries",
    "UST20Y.INDEX": "long-treasuries", "UST10Y.INDEX": "government-medium", "UST.INDEX": "government-medium",
    "UST-BOND.INDEX": "long-treasuries", "UST7-10Y.INDEX": "government-medium", "IBOXHY.INDEX": "credit-preferreds",
    "VIX-SHORT-FUTURES.INDEX": "volatility", "USDX.INDEX": "currencies", "SPACE-BASKET.INDEX": "space",
    "ALTCOIN-BASKET.INDEX": "other-crypto", "BTC-GOLD-BASKET.INDEX": "bitcoin", "CRUDE-BTC-BASKET.INDEX": "commodities",
    "MVMORT.INDEX": "real-estate", "NYSE-GOLD-MINERS.INDEX": "gold-miners", "GDXJ-INDEX.INDEX": "gold-miners",
    "SOL-CRYPTO-INDUSTRY.INDEX": "crypto-companies", "SP-TRANSPORT.INDEX": "energy-industry",
    "DJ-INTERNET.INDEX": "technology",
    "NDX-TOP30.INDEX": "hyperscalers",
}  # fmt: skip


def add_securities(table: Instruments, securities: list[Row], categories: dict[str, Row]) -> None:
    """Add shares, preferreds, notes and plain funds of the collected securities table."""
    for row in securities:
        kind = KIND.get(row["type"])
        if row["type"] == "unit" and _PARTNERSHIP.search(row["name"]):
            kind = "common"
        if kind is None or (not row["name"] and kind == "common"):
            continue
        identifier = id_of(
            row["ticker"], row["exchange"] if "Euro MTF" not in row["exchange"] else ""
        )
        if kind == "common" and KOREAN_FUND.match(row["name"]) and row["exchange"] == "XKRX":
            kind = "etf"
        name = clean_name(row["name"])
        if row["exchange"] == "XKRX" and " / " in name:
            name = name.split(" / ")[0] or name
        if kind == "etf" and re.search(
            r"\b(SR NT|SUB DEB|PERP CAP|SENIOR NOTE|NOTES DUE|DEBENTUR|% (SR|SUB|NOTE))",
            row["name"].upper(),
        ):
            kind = "bond"
        facts = {
            "exchange": row["exchange"],
            "isin": row["isin"],
            "name": name or row["ticker"],
            "kind": kind,
            "currency": row["currency"],
            "country": row["country"] if len(row["country"]) == 2 else "",
            "as_of": iso_date(row["as_of"])[0],
            "source": short_source(row["source"]),
        }
        if kind in {"etf", "mutual_fund"}:
            profile = categories.get(row["ticker"], {})
            asset, theme = classify_fund(row["name"], profile.get("category", ""), facts["country"])
            facts |= {"asset_class": asset, **_expense(profile.get("expense_ratio_pct", ""))}
            facts |= _trust(row["name"], asset, theme)
            table.closed_theme[identifier] = theme
        else:
            facts["asset_class"] = {"preferred": "credit", "bond": "credit"}.get(kind, "equity")
            if row["sector"]:
                table.sector[identifier] = row["sector"]
        table.by_code[row["ticker"]] = identifier
        table.add(identifier, facts)
        if row["exchange"] == "XKRX" and " / " in row["name"]:
            table.rows[identifier]["local_name"] = row["name"].split(" / ")[1]


def _expense(percent: str) -> Row:
    try:
        value = float(percent) / 100
    except ValueError:
        return {}
    return {"expense_ratio": f"{value:.6g}"} if 0 <= value < 0.2 else {}


_METALS = (
    ("SILVER", "SILVER"),
    ("PLATINUM", "PLATINUM"),
    ("PALLADIUM", "PALLADIUM"),
    ("GOLD", "GOLD"),
)


def _trust(name: str, asset: str, theme: str) -> Row:
    """Return kind and underlying of a fund that holds one coin or commodity."""
    text = name.upper()
    if re.search(
        r"\b[23]X|ULTRA|INVERSE|SHORT|INCOME|COVERED|HEDGED|ENHANCED|FIRST TRUST|BUFFER|STRATEGY PLUS|BASKET|AND GOLD|& GOLD",
        text,
    ):
        return {}
    if asset == "crypto" and theme in {"bitcoin", "ether"}:
        coin = {"bitcoin": "BTC", "ether": "ETH"}[theme]
        return {"kind": "crypto_trust", "underlying": f"{coin}.CRYPTO"}
    if asset in {"gold", "metal"}:
        found = [root for word, root in _METALS if word in text]
        if len(found) == 1 and "PRECIOUS" not in text:
            return {"kind": "commodity_trust", "underlying": f"{found[0]}.COMMODITY"}
    if asset == "commodity":
        for words, root in ((r"UNITED STATES (OIL|12 MONTH OIL|BRENT)|CRUDE|BRENT|원유", "CRUDE"),
                            (r"NATURAL GAS", "NATGAS"), (r"\bCORN\b", "CORN"), (r"\bWHEAT\b", "WHEAT"),
                            (r"SOYBEAN", "SOYBEAN"), (r"\bSUGAR\b", "SUGAR")):  # fmt: skip
            if re.search(words, text):
                return {"kind": "commodity_trust", "underlying": f"{root}.COMMODITY"}
    return {}


def underlying_of(table: Instruments, row: Row) -> str:
    """Return the id of what a leveraged fund multiplies, adding an index row where only a name is known."""
    code, name = row["underlying"], row["underlying_name"]
    fixed = CORRECTED.get(row["ticker"]) or OTHER_CODES.get(code)
    if fixed:
        return fixed
    if code in COINS or code in COMMODITIES:
        return f"{code}.CRYPTO" if code in COINS else f"{COMMODITIES[code]}.COMMODITY"
    if code == "BOND":
        return _korean_bond(row["name"])
    index = INDEXES.get(code) or re.sub(r"_IDX$", "", code).replace("_", "-")
    if f"{index}.INDEX" in table.rows and code not in table.by_code:
        return f"{index}.INDEX"
    return table.id_of_code(code) if code else _named_underlying(table, row, name)


def _korean_bond(name: str) -> str:
    if "미국30년" in name:
        return "UST30Y.INDEX"
    if "미국10년" in name:
        return "UST10Y.INDEX"
    return "KTB3Y.INDEX" if "3년" in name else "KTB10Y.INDEX" if "10년" in name else "KTB.INDEX"


def _named_underlying(table: Instruments, row: Row, name: str) -> str:
    pair = re.search(r"(Long|Short) ([A-Z]{3}) (Long|Short) ([A-Z]{3})", row["name"])
    if pair:
        first, second = pair.group(2), pair.group(4)
        long, short = (first, second) if pair.group(1) == "Long" else (second, first)
        identifier = f"{long}{short}.CURRENCY"
        facts = {
            "name": f"{long} against {short}",
            "kind": "contract",
            "asset_class": "currency",
            "currency": short,
        }
        table.add(identifier, {**facts, "as_of": CURATED_AS_OF, "source": "ISO 4217"})
        return identifier
    if "futures contracts" in name and "USDX" in name:
        return "USDX.INDEX"
    title = (
        re.sub(r"\s*(Index)?( - Benchmark.*)?$", "", name).strip() or f"What {row['name']} rides on"
    )
    slug = re.sub(
        r"[^A-Z0-9]+", "-", ((name and title) or f"{row['ticker']} basket").upper()
    ).strip("-")[:48]
    identifier = f"{slug}.INDEX"
    asset, theme = classify_fund(title if name else row["name"])
    facts = {
        "name": title,
        "kind": "index",
        "asset_class": "sector_equity" if asset == "index_equity" else asset,
    }
    table.add(
        identifier,
        {**facts, "as_of": iso_date(row["as_of"])[0], "source": short_source(row["source"])},
    )
    table.closed_theme.setdefault(identifier, theme)
    return identifier


LEVERAGED_CLASS = {
    "equity": "single_stock", "gold": "metal", "bond": "treasury", "credit": "treasury", "real_estate": "sector_equity",
    "cash": "treasury",
}  # fmt: skip


def add_leveraged(table: Instruments, leveraged: list[Row]) -> None:
    """Add every leveraged, inverse, option-income, buffer and stacked fund with its dated source."""
    for row in leveraged:
        symbol, market = split_code(row["ticker"])
        identifier = f"{symbol}.{market}"
        as_of, _ = iso_date(row["as_of"])
        note = "" if row["status"] == "active" else f"; status {row['status']}"
        facts = {
            "exchange": row["exchange"],
            "isin": row["isin"],
            "name": " ".join(row["name"].split()),
            "currency": row["currency"],
            "country": row["listing_country"],
            "as_of": as_of,
            "source": short_source(row["source"]) + note,
            **_expense(row["expense_ratio_pct"]),
            **_leverage_facts(table, row),
        }
        if row["ticker"] in table.by_code:
            facts["isin"] = facts["isin"] or table.rows[identifier].get("isin", "")
            facts["local_name"] = table.rows[identifier].get("local_name", "")
            del table.rows[identifier]
        table.closed_theme.pop(identifier, None)
        if not facts.get("underlying") and facts["kind"] == "etf":
            table.closed_theme[identifier] = classify_fund(row["name"])[1]
        table.by_code[row["ticker"]] = identifier
        table.add(identifier, facts)


def _leverage_facts(table: Instruments, row: Row) -> Row:
    """Return kind, underlying, factor and asset class of one collected row."""
    kind, multiple = row["kind"], row["daily_multiple"]
    if row["ticker"] in NOT_LEVERAGED:
        return {"kind": "income_fund", "underlying": NOT_LEVERAGED[row["ticker"]], "daily_leverage_factor": "1.0",
                "asset_class": "index_equity"}  # fmt: skip
    if kind in DAILY:
        inverse = kind == "daily_inverse" or multiple.startswith("-")
        target = underlying_of(table, row)
        return {
            "kind": "inverse_fund" if inverse else "leveraged_fund",
            "underlying": target,
            "daily_leverage_factor": multiple,
            "asset_class": _leveraged_class(table, target),
        }
    return _other_facts(table, row)


def _leveraged_class(table: Instruments, target: str) -> str:
    row = table.rows.get(target)
    if row is None:
        return "single_stock"
    asset = row.get("asset_class", "")
    return LEVERAGED_CLASS.get(asset, asset) or "single_stock"


# Words in the name of a collected fund -> what it rides on.
_NAMED = (("BABA", "BABA.US"), ("QUARTERLY BEAR", ""), ("TECHNOLOGY", "IXT.INDEX"), ("FINANCIALS", "IXM.INDEX"),
          ("BIOTECH", "SPSIBI.INDEX"), ("CRWV", "CRWV.US"), ("TREASUR", "UST20Y.INDEX"), ("HIMS", "HIMS.US"),
          ("RGTI", "RGTI.US"), ("QBTS", "QBTS.US"), ("GOLD", "GOLD.COMMODITY"), ("SILVER", "SILVER.COMMODITY"),
          ("XRP", "XRP.CRYPTO"), ("GROWTH", "NDX.INDEX"), ("U.S. EQUITY", "SPX.INDEX"), ("US EQUITY", "SPX.INDEX"),
          ("LARGE CAP", "SPX.INDEX"))  # fmt: skip


# Products of the collected table that promise no daily multiple, by ticker.
_SPECIAL: dict[str, Row] = {
    "SARK": {"kind": "inverse_fund", "underlying": "ARKK.US", "daily_leverage_factor": "-1.0", "asset_class": "sector_equity"},
    "SOLZ": {"kind": "crypto_trust", "underlying": "SOL.CRYPTO", "daily_leverage_factor": "1.0", "asset_class": "crypto"},
    "SSK": {"kind": "crypto_trust", "underlying": "SOL.CRYPTO", "daily_leverage_factor": "1.0", "asset_class": "crypto"},
    "XRPI": {"kind": "crypto_trust", "underlying": "XRP.CRYPTO", "daily_leverage_factor": "1.0", "asset_class": "crypto"},
    "VIXY": {"kind": "commodity_trust", "underlying": "VIX-SHORT-FUTURES.INDEX", "daily_leverage_factor": "1.0",
             "asset_class": "volatility"},
    "UUP": {"kind": "commodity_trust", "underlying": "USDX.INDEX", "daily_leverage_factor": "1.0", "asset_class": "currency"},
    "USDU": {"kind": "commodity_trust", "underlying": "USDX.INDEX", "daily_leverage_factor": "1.0", "asset_class": "currency"},
}  # fmt: skip


def _other_facts(table: Instruments, row: Row) -> Row:
    """Return the facts of option-income, buffer, stacked and other products."""
    kind, name = row["kind"], row["name"].upper()
    if row["ticker"] in _SPECIAL:
        return _SPECIAL[row["ticker"]]
    target = underlying_of(table, row) if row["underlying"] else _named_in(name)
    if target not in table.rows:
        target = ""
    asset = _leveraged_class(table, target) if target else classify_fund(row["name"])[0]
    if kind == "defined_outcome":
        # Accelerated upside stops at a cap; what is lost on the way down is the plain index.
        return {
            "kind": "buffer_fund",
            "underlying": target,
            "asset_class": asset,
            "daily_leverage_factor": "1.0",
        }
    if kind == "return_stacked":
        return {
            "kind": "stacked_fund",
            "underlying": "",
            "asset_class": asset,
            "daily_leverage_factor": "1.0",
        }
    if kind == "option_income":
        factor = _income_factor(name, row["daily_multiple"])
        return {
            "kind": "income_fund",
            "underlying": target,
            "asset_class": asset,
            "daily_leverage_factor": factor,
        }
    multiplied = re.search(r"\bSHORT\b|\bBEAR\b|INVERSE|DOUBLE|\b[123](\.\d+)?X\b|LEVERAG", name)
    factor = "" if multiplied else "1.0"
    return {"kind": "etf", "underlying": "", "asset_class": asset, "daily_leverage_factor": factor}


def _named_in(name: str) -> str:
    return next((target for word, target in _NAMED if word in name), "")


def _income_factor(name: str, stated: str) -> str:
    """Return the multiple of an option-income fund; those that sell puts on 2x funds promise none."""
    if "YIELDBOOST" in name:
        return ""
    return "-1.0" if "SHORT" in name else stated or "1.0"


def add_income_and_buffers(table: Instruments) -> None:
    """Mark covered-call and buffer funds and say what they ride on."""
    source = "fund's name and objective"
    for row in curated("income_funds"):
        identifier = f"{row['fund']}.US"
        old = table.rows.pop(identifier, {})
        facts = {"kind": "income_fund", "underlying": row["underlying"], "daily_leverage_factor": "1.0",
                 "asset_class": _leveraged_class(table, row["underlying"]), "country": "US"}  # fmt: skip
        keep = {"as_of": CURATED_AS_OF, "source": source, **old, "name": row["name"]}
        table.add(identifier, {**keep, **facts})
        table.by_code[row["fund"]] = identifier
        table.closed_theme.pop(identifier, None)
    for identifier, row in table.rows.items():
        name = row["name"].upper()
        if row["kind"] == "etf" and "BUFFER" in name and identifier.endswith(".US"):
            target = (
                "NDX.INDEX"
                if re.search(r"NASDAQ|GROWTH-?100|INNOVATOR GROWTH|QQQ", name)
                else "SPX.INDEX"
            )
            if re.search(r"SMALL CAP|RUSSELL", name):
                target = "RUT.INDEX"
            if re.search(r"INTERNATIONAL|DEVELOPED|EMERGING|TREASURY|GOLD|BITCOIN", name):
                continue
            row |= {"kind": "buffer_fund", "underlying": target, "asset_class": "index_equity"}
            table.closed_theme.pop(identifier, None)


def add_curated_funds(table: Instruments) -> None:
    """Add products a person looked up; they replace what the collected tables say about the same id."""
    for row in curated("funds"):
        identifier = row["id"]
        old = table.rows.pop(identifier, {})
        market = identifier.rsplit(".", 1)[1]
        facts = {
            "name": row["name"], "kind": row["kind"], "asset_class": row["asset_class"], "underlying": row["underlying"],
            "daily_leverage_factor": row["factor"], "expense_ratio": row["expense_ratio"] or old.get("expense_ratio", ""),
            "country": old.get("country") or market, "as_of": row["as_of"], "source": row["source"],
        }  # fmt: skip
        table.add(identifier, {**old, **facts})
        if row["theme"]:
            table.closed_theme[identifier] = row["theme"]
        else:
            table.closed_theme.pop(identifier, None)


# What a line entered by hand says of itself, by market: nobody compared it with a file.
_LISTED_SOURCE = {"US": "fund name and code, entered by hand", "KR": "KRX code and name, entered by hand", "TW": "TWSE code and name, entered by hand",
                  "HK": "HKEX code and name, entered by hand", "JP": "TSE code and name, entered by hand", "CA": "TSX code and name, entered by hand",
                  "GB": "LSE code and name, entered by hand", "AU": "ASX code and name, entered by hand", "BR": "B3 code and name, entered by hand",
                  "IN": "NSE code and name, entered by hand", "CN": "fund code and name, entered by hand"}  # fmt: skip


def add_listed(table: Instruments) -> None:
    """Add widely held lines that no collected table has: code, name, kind, and what a fund rides on or tracks."""
    for row in curated("listed"):
        identifier, market = row["id"], row["id"].rsplit(".", 1)[1]
        facts = {
            "isin": row["isin"], "name": row["name"], "kind": row["kind"], "asset_class": row["asset_class"],
            "country": market, "underlying": row["underlying"], "daily_leverage_factor": row["factor"],
            "as_of": CURATED_AS_OF, "source": _LISTED_SOURCE.get(market, "exchange code and name, entered by hand"),
        }  # fmt: skip
        if row["issuer"]:
            facts["issuer"] = row["issuer"]
        if identifier in table.rows:
            continue
        table.add(identifier, facts)
        if row["theme"]:
            table.closed_theme[identifier] = row["theme"]


def add_codes(table: Instruments) -> None:
    """Give shares that fund lists name by ISIN alone the exchange code under which people hold them."""
    for row in curated("codes"):
        identifier, market = row["id"], row["id"].rsplit(".", 1)[1]
        facts = {"isin": row["isin"], "name": row["name"], "kind": "common", "country": market, "asset_class": "equity",
                 "as_of": CURATED_AS_OF, "source": "the company's ISIN and exchange code, entered by hand"}  # fmt: skip
        table.add(identifier, facts)
        line = table.rows[identifier]
        if line["name"] in {line["symbol"], ""}:
            line["name"] = row["name"]
        line["isin"] = line.get("isin") or row["isin"]
        table.by_isin.setdefault(row["isin"], identifier)


_SOUNDS = re.compile(
    r"(?<![\w.])\d(?:\.\d)?\s?X|ULTRA(?:PRO|SHORT)|PROSHARES ULTRA|\bBULL\b|\bBEAR\b|LEVERAGED (?!LOAN)|INVERSE|PROSHARES SHORT|레버리지|인버스"
)


def mark_unknown_multiples(table: Instruments) -> None:
    """Leave the multiple empty where a plain fund's name speaks of one that no source states."""
    for row in table.rows.values():
        if row["kind"] in {"etf", "mutual_fund"} and _SOUNDS.search(row["name"].upper()):
            row["daily_leverage_factor"] = ""


def add_mirrors(table: Instruments) -> None:
    """Add mutual-fund share classes and European funds; their lists come from what they mirror."""
    for row in curated("mirrors"):
        source = f"share class or index of {row['mirror']}, as its prospectus says"
        identifier = f"{row['fund']}.US"
        mirror = table.rows[
            row["mirror"] if row["mirror"].endswith("INDEX") else f"{row['mirror']}.US"
        ]
        facts = {"name": row["name"], "kind": row["kind"], "country": "US", "as_of": CURATED_AS_OF, "source": source,
                 "asset_class": mirror["asset_class"]}  # fmt: skip
        table.add(identifier, facts)
        table.closed_theme[identifier] = table.closed_theme.get(mirror["id"], "us-equity")
    for row in curated("european_funds"):
        for identifier in [row["id"], *filter(None, row["also"].split("|"))]:
            market = identifier.rsplit(".", 1)[1]
            kind = {"gold": "commodity_trust", "crypto": "crypto_trust"}.get(
                row["asset_class"], "etf"
            )
            facts = {"isin": row["isin"], "name": row["name"], "kind": kind, "country": row["country"],
                     "currency": row["currency"] if identifier == row["id"] else CURRENCY_OF_MARKET[market],
                     "asset_class": row["asset_class"], "as_of": CURATED_AS_OF, "source": "fund name and ISIN, entered by hand",
                     "underlying": row["mirror"] if kind != "etf" else ""}  # fmt: skip
            table.add(identifier, facts)
            table.closed_theme[identifier] = classify_fund(row["name"], "", "")[1]


def link_issuers(table: Instruments, securities: list[Row], links: list[Row]) -> None:
    """Give every line of one issuer the same root: curated groups first, then the registry's issuer number."""
    groups: dict[str, list[str]] = {}
    listed = set(table.rows)
    for row in links:
        if "not the same issuer" in row["relation"]:
            continue
        identifier = table.id_of_code(row["security"])
        if identifier not in table.rows:
            facts = {"name": row["issuer_group"].replace("_", " ").title(), "kind": "adr", "country": "",
                     "asset_class": "equity", "as_of": CURATED_AS_OF, "source": "issuer link"}  # fmt: skip
            table.add(identifier, facts)
        groups.setdefault(row["issuer_group"], []).append(identifier)
    for members in groups.values():
        # A line known only from the group itself has no facts of its own to be a root with.
        root = next((member for member in members if member in listed), members[0])
        for member in members:
            table.rows[member]["issuer"] = root
    by_number: dict[str, list[tuple[float, Row]]] = {}
    for row in securities:
        if row["issuer_id"] and row["type"] in {"common", "adr", "preferred", "note"}:
            by_number.setdefault(row["issuer_id"], []).append((float(row["market_cap"] or 0), row))
    for lines in by_number.values():
        _link_lines(table, lines)


def link_twins(table: Instruments) -> None:
    """Give one root to a share known under an exchange's code and again under its ISIN or another exchange's number.

    Only where market and name are the same and not more than one ISIN is known, and not in the United States and Korea,
    whose registries number their issuers.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for identifier, row in table.rows.items():
        market = identifier.rsplit(".", 1)[1]
        key = name_key(row["name"])
        if row["kind"] == "common" and market not in {"US", "KR", "OTHER"} and key:
            groups.setdefault((market, key), []).append(row)
    for lines in groups.values():
        isins = {row["isin"] for row in lines if row.get("isin")}
        if len(lines) < 2 or len(isins) > 1:
            continue
        root = min(
            lines, key=lambda row: (row["symbol"].isdigit(), is_isin(row["symbol"]), row["id"])
        )
        for row in lines:
            row["isin"] = row.get("isin") or next(iter(isins), "")
            row.setdefault("issuer", root.get("issuer") or root["id"])


def link_receipts(table: Instruments) -> None:
    """Give an American receipt and a line without a market the root of the share they stand for.

    Receipts were gone through by hand, for two companies may share a name. A line whose market no source names is
    linked where exactly one share in the world has its very name.
    """
    for row in curated("receipts"):
        receipt, share = table.rows.get(row["id"]), table.rows.get(row["issuer"])
        if receipt is not None and share is not None:
            receipt.setdefault("issuer", share.get("issuer") or share["id"])
    shares: dict[str, list[Row]] = {}
    for row in table.rows.values():
        if row["kind"] == "common" and row.get("isin") and len(name_key(row["name"])) > 3:
            shares.setdefault(name_key(row["name"]), []).append(row)
    for identifier, row in table.rows.items():
        named = shares.get(name_key(row["name"]), [])
        if not (identifier.endswith(".OTHER") and row["kind"] == "common" and len(named) == 1):
            continue
        symbol = named[0]["symbol"]
        # One word is too little ("Coffee"), unless the code is the same or the share is known by its ISIN alone.
        if " " in name_key(row["name"]) or _bare(symbol) == _bare(row["symbol"]) or is_isin(symbol):
            row.setdefault("issuer", named[0].get("issuer") or named[0]["id"])


def _bare(symbol: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", symbol)


def _link_lines(table: Instruments, lines: list[tuple[float, Row]]) -> None:
    rank = {"common": 0, "adr": 1, "preferred": 2, "note": 3}
    lines.sort(
        key=lambda pair: (
            rank[pair[1]["type"]],
            -pair[0],
            len(pair[1]["ticker"]),
            pair[1]["ticker"],
        )
    )
    ids = [table.by_code.get(row["ticker"], "") for _, row in lines]
    ids = [
        identifier
        for identifier in ids
        if table.rows.get(identifier, {}).get("kind") in {"common", "adr", "preferred", "bond"}
    ]
    if len(ids) < 2:
        return
    root = next(
        (table.rows[member]["issuer"] for member in ids if table.rows[member].get("issuer")), ids[0]
    )
    for member in ids:
        table.rows[member].setdefault("issuer", root)
