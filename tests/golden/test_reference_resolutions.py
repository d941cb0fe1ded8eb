"""Lines of real exports with what each is, checked by hand; and how fast the library answers."""

import json
import time
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import Place
from levcheck.domain.position import Position
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.matching import match, match_all

# file -> code, ISIN or name as printed -> instrument (None: not clear enough, to be asked)
RIGHT: dict[str, dict[str, str | None]] = {
    "boursobank_positions_2026.csv": {"IE000BI8OT95": "MWRD.DE", "FR0000000001": None},
    "brazil_b3_portfolio.xlsx": {"PETR4.SA": "PETR4.BR", "VALE3.SA": "VALE3.BR", "IVVB11.SA": "IVVB11.BR"},
    "china_funds_and_etfs.xlsx": {"600036": "600036.CN", "601988": "601988.CN", "110003": None, "025833": None},
    "comdirect_depot_2022.csv": {"716460": "SAP.DE", "A0JNE2": "ULVR.GB", "843002": "MUV2.DE", "A0Q5L7": None},
    "degiro_fr.csv": {"US0378331005": "AAPL.US", "US5949181045": "MSFT.US", "IE00B3XXRP09": "VUSA.DE"},
    "deutsche_bank_maxblue_2021.csv": {"US01609W1027": "BABA.US", "DE0008404005": "ALV.DE"},
    "etrade_view2_2019.csv": {"HL": "HL.US", "TWTR": "TWTR.US", "UTSI": "UTSI.US"},
    "flatex_depotbestand.xls": {
        "LU1681045370": "AEEM.FR", "IE00BTJRMP35": "XMME.DE", "IE00BK1PV551": "XDWL.DE", "US88160R1014": "TSLA.US",
        "DE000BASF111": "BAS.DE", "DE0005790406": "DE0005790406.DE", "CNE100000296": "1211.HK",
    },
    "futu_positions_gb18030.csv": {"AAPL": "AAPL.US", "NVDA": "NVDA.US"},
    "german_example_no_prices.xlsx": {"2B7K": "2B7K.DE", "QDVW": "QDVW.DE", "BTC": "BTC.CRYPTO", "AAPL": "AAPL.US"},
    "german_handmade_uncached_formulas.xlsx": {"918422": "NVDA.US", "A00PL1": None, "A00TST": None},
    "groww_holdings.csv": {"INE154A01025": "500875.IN", "INE397D01024": "532454.IN"},
    "india_names_reits_invits.xlsx": {"Coal India Ltd": None, "India Grid Trust": None},
    "korea_etf_portfolio.xlsx": {
        "394670": "394670.KR", "292150": "292150.KR", "483420": "483420.KR", "245350": "245350.KR",
        "469160": "469160.KR", "220130": "220130.KR", "419430": "419430.KR", "105010": "105010.KR",
        "455960": "455960.KR", "0053L0": "0053L0.KR",
    },
    "korea_kiwoom_style_cp949.csv": {"005930": "005930.KR", "373220": "373220.KR"},
    "minimal_four_columns.xlsx": {"SPUS": "SPUS.US", "GLD": "GLD.US", "KSA": "KSA.US"},
    "portfolio_performance_statement_of_assets_de.csv": {
        "851745": "MMM.US", "A2QG35": "ABNB.US", "A14Y6F": "GOOGL.US", "865985": "AAPL.US", "928193": "BLK.US",
        "Bitcoin EUR": "BTC.CRYPTO", "A2QJN3": None,
    },
    "rakuten_assetbalance.csv": {"1605": "1605.JP", "3923": "3923.JP"},
    "robinhood_table.xlsx": {"AAPL": "AAPL.US", "JNJ": "JNJ.US", "IBM": "IBM.US", "XOM": "XOM.US", "AGNC": "AGNC.US"},
    "schwab_all_accounts_2020.csv": {"FNDA": "FNDA.US", "SCHA": "SCHA.US"},
    "taiwan_multi_asset_workbook.xlsx": {
        "2330.TW": "2330.TW", "6669.TW": "6669.TW", "0050.TW": "0050.TW", "BTC-USD": "BTC.CRYPTO",
        "ETH-USD": "ETH.CRYPTO", "GC=F": "GOLD.COMMODITY", "MSTR": "MSTR.US",
    },
    "us_two_row_header_percent_text.xlsx": {
        "MSTR": "MSTR.US", "STRK": "STRK.US", "MSTU": "MSTU.US", "IBIT": "IBIT.US", "SOXL": "SOXL.US", "NVDA": "NVDA.US",
    },
    "us_workbook_four_sheets.xlsx": {"SOXX": "SOXX.US", "ICOP": "ICOP.US", "QUBT": "QUBT.US", "OCO.V": "OCO.CA"},
    "vanguard_ofxdownload.csv": {"VTSAX": "VTSAX.US", "VFIAX": "VFIAX.US", "VBTLX": "VBTLX.US", "NFLX": "NFLX.US"},
    "wealthfolio_holdings_snapshots.csv": {"VOO": "VOO.US", "TD.TO": "TD.CA"},
    "wealthsimple_holdings_2026.csv": {"BTC": "BTC.CRYPTO", "ELMT": "ELMT.US", "TOI": "TOI.CA", "IDIV.B": None},
    "zerodha_console_holdings.xlsx": {
        "INE0VDM01015": "INE0VDM01015.IN", "IN0020230184": "GOLD.COMMODITY", "INE854D01024": "INE854D01024.IN",
    },
}  # fmt: skip
_KINDS = {
    "etf": "fund",
    "reit": "equity",
    "preferred": "equity",
    "warrant": "certificate",
    "gold bond": "bond",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def lines_of(path: Path) -> tuple[str, list[Position]]:
    expected = json.loads(path.read_text(encoding="utf-8"))
    base = expected.get("base_currency") or "USD"
    return base, [
        Position(
            place=Place(row=item.get("row")),
            symbol=item.get("symbol"),
            isin=item.get("isin"),
            wkn=item.get("wkn"),
            name=item.get("name"),
            currency=item.get("currency"),
            kind=_KINDS.get(item.get("kind"), item.get("kind")),
        )
        for item in expected.get("positions", [])
    ]


@pytest.mark.parametrize("file", RIGHT)
def test_that_no_line_of_a_real_export_is_taken_for_something_else(
    shared: Path, catalogue: Catalogue, file: str
) -> None:
    base, lines = lines_of(shared / "data" / "imports" / f"{file}.expected.json")
    seen: dict[str, str | None] = {}
    for line in lines:
        found = match(line, catalogue, base_currency=base)
        for name in (line.isin, line.symbol, line.name):
            if name in RIGHT[file]:
                seen[name] = found.instrument
                break
    assert seen == RIGHT[file]


def test_that_opening_and_resolving_five_hundred_lines_is_quick(catalogue: Catalogue) -> None:
    codes = ["NVDA", "AAPL", "SOXL", "TQQQ", "MSTR", "VOO", "JNJ", "XOM", "IBIT", "STRK"]
    lines = [
        Position(place=Place(row=row), symbol=codes[row % 10], currency="USD", name=None)
        for row in range(500)
    ]
    match_all(lines[:1], catalogue, base_currency="USD")
    best = 9.9
    for _ in range(3):
        start = time.perf_counter()
        fresh = Catalogue.bundled()
        matches = match_all(lines, fresh, base_currency="USD")
        best = min(best, time.perf_counter() - start)
    assert all(found.instrument for found in matches)
    # The aim is 150 ms; the rest is room for a busy machine.
    assert best < 0.45
