"""One trap each: hidden rows, formulas without results, units, signs, repeated sheets, several dates; made up here."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.unit.importing.layouts.case import layout


def _book() -> tuple[Any, Any]:
    from openpyxl import Workbook

    book = Workbook()
    return book, book.worksheets[0]


# side tables, pies, summary beside
layout(
    "summary_right",
    {
        "Portfolio": [
            ["Ticker", "Shares", "Price", "Value", None, "Sector", "Value"],
            ["NVDA", 10, 120, 1200, None, "Tech", 1700],
            ["AMD", 5, 100, 500, None, "Cash", 300],
            ["Cash", None, None, 300, None, "Total", 2000],
            ["Total", None, None, 2000],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    cash=[(300, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "facts_above",
    {
        "S": [
            ["Account:", "Z-1234"],
            ["Currency:", "EUR"],
            ["As of:", date(2026, 5, 29)],
            ["Total value:", 1700],
            [],
            ["Name", "ISIN", "Quantity", "Price", "Market value"],
            ["Nvidia", "US67066G1040", 10, 120, 1200],
            ["SAP", "DE0007164600", 2, 250, 500],
        ]
    },
    positions=[("US67066G1040", 10, 1200, "EUR"), ("DE0007164600", 2, 500, "EUR")],
    accounts=["Z-1234"] * 2,
    as_of="2026-05-29",
    totals=[(4, 1700, None)],
)
layout(
    "two_row",
    {
        "S": [
            ["Security", None, "Holding", None, "Market", None, "Cost"],
            ["Symbol", "Name", "Quantity", "Weight", "Price", "Value", "Total"],
            ["NVDA", "Nvidia", 10, 0.7, 120, 1200, 900],
            ["AMD", "AMD", 5, 0.3, 100, 500, 400],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD", 900), ("AMD", 5, 500, "USD", 400)],
)
layout(
    "two_row_units",
    {
        "S": [
            ["Symbol", "Shares", "Price", "Value"],
            [None, "(#)", "($)", "($)"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)


def hidden(path: Path) -> None:
    book, s = _book()
    for r in (
        ["Symbol", "Qty", "Price", "Value"],
        ["NVDA", 10, 120, 1200],
        ["AMD", 5, 100, 500],
        ["OLD", 1, 50, 50],
    ):
        s.append(r)
    s.row_dimensions[4].hidden = True
    s.column_dimensions["C"].hidden = True
    o = book.create_sheet("Archive")
    o.append(["Symbol", "Qty"])
    o.append(["X", 1])
    o.sheet_state = "veryHidden"
    book.save(path)


layout(
    "hidden",
    hidden,
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("OLD", 1, 50, "USD")],
    told={"hidden_row", "hidden_sheet"},
)


def uncached(path: Path) -> None:
    book, s = _book()
    for r in (
        ["Symbol", "Qty", "Price", "Value"],
        ["NVDA", 10, 120, "=B2*C2"],
        ["AMD", 5, "=GOOGLEFINANCE(A3)", "=B3*C3"],
        ["Total", None, None, "=SUM(D2:D3)"],
    ):
        s.append(r)
    book.save(path)


layout(
    "uncached",
    uncached,
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, None, "USD")],
    told={"formula_computed", "formula_without_result"},
)


def errors(path: Path) -> None:
    book, s = _book()
    for r in (
        ["Symbol", "Qty", "Price", "Value"],
        ["NVDA", 10, 120, 1200],
        ["AMD", 5, None, None],
        ["MSTR", 7, None, 900],
    ):
        s.append(r)
    s["C3"] = "#N/A"
    s["D3"] = "#VALUE!"
    s["C4"] = "#REF!"
    for c in ("C3", "D3", "C4"):
        s[c].data_type = "e"
    book.save(path)


layout(
    "errors",
    errors,
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, None, "USD"), ("MSTR", 7, 900, "USD")],
    told={"unreadable_cell"},
)
layout(
    "textnum",
    {
        "S": [
            ["Symbol", "Shares", "Price", "Value"],
            ["NVDA", "10", "$120.00", "$1,200.00"],
            ["MSTR", "5 ", "$150", "$750.00"],
            ["AMD", "(3)", "$100.00", "($300.00)"],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("MSTR", 5, 750, "USD"), ("AMD", -3, -300, "USD")],
)
layout(
    "mixed_dec",
    """
Name;ISIN;Anzahl;Kurs;Wert
A;US67066G1040;1.000;12,50;12.500,00
B;DE0007164600;2,5;100,00;250,00
C;DE0008404005;1.250;1,00;1.250,00
""",
    positions=[
        ("US67066G1040", 1000, 12500, "EUR"),
        ("DE0007164600", 2.5, 250, "EUR"),
        ("DE0008404005", 1250, 1250, "EUR"),
    ],
)
layout(
    "three_digits",
    """
Symbol,Shares,Price,Value
NVDA,"1,250","120.000","150,000"
AMD,"2,000","100.500","201,000"
""",
    positions=[("NVDA", 1250, 150000, "USD"), ("AMD", 2000, 201000, "USD")],
)
layout(
    "amb_dot",
    """
Symbol;Shares;Price
NVDA;1.250;120.500
AMD;2.000;100.250
""",
    positions=[],
    outcome="needs_mapping",
    told={"ambiguous_numbers"},
)
layout(
    "fractional",
    """
Symbol,Shares,Price
NVDA,1.234,120.12
AMD,0.567,100.25
VTI,10.125,300.10
""",
    positions=[
        ("NVDA", 1.234, 148.23, "USD"),
        ("AMD", 0.567, 56.84, "USD"),
        ("VTI", 10.125, 3038.51, "USD"),
    ],
)
layout(
    "repeat_sheets",
    {
        "All": [
            ["Account", "Symbol", "Shares", "Value"],
            ["IRA", "NVDA", 10, 1200],
            ["IRA", "AMD", 5, 500],
            ["Taxable", "VTI", 20, 6000],
        ],
        "IRA": [["Symbol", "Shares", "Value"], ["NVDA", 10, 1200], ["AMD", 5, 500]],
        "Taxable": [["Symbol", "Shares", "Value"], ["VTI", 20, 6000]],
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("VTI", 20, 6000, "USD")],
    accounts=["IRA", "IRA", "Taxable"],
    told={"repeated_sheet"},
)
layout(
    "sheets_accounts",
    {
        "Schwab IRA": [["Symbol", "Shares", "Value"], ["NVDA", 10, 1200], ["AMD", 5, 500]],
        "Fidelity 401k": [["Symbol", "Shares", "Value"], ["VTI", 20, 6000], ["NVDA", 3, 360]],
    },
    positions=[
        ("NVDA", 10, 1200, "USD"),
        ("AMD", 5, 500, "USD"),
        ("VTI", 20, 6000, "USD"),
        ("NVDA", 3, 360, "USD"),
    ],
    accounts=["Schwab IRA"] * 2 + ["Fidelity 401k"] * 2,
)
layout(
    "dashboard",
    {
        "Dashboard": [
            ["Net worth", 7700],
            ["Stocks", 7700],
            [],
            ["Top holdings", None],
            ["Ticker", "Value"],
            ["VTI", 6000],
            ["NVDA", 1200],
        ],
        "Holdings": [
            ["Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            ["VTI", 20, 300, 6000],
        ],
        "Transactions": [
            ["Date", "Action", "Ticker", "Shares", "Price"],
            [date(2026, 1, 2), "Buy", "NVDA", 10, 100],
        ],
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("VTI", 20, 6000, "USD")],
    told={"repeated_sheet"},
)
layout(
    "snapshots_cols",
    """
Date,Account,Ticker,Shares,Value
2026-03-31,IRA,NVDA,10,1000
2026-03-31,IRA,AMD,5,450
2026-05-29,IRA,NVDA,12,1440
2026-05-29,IRA,AMD,5,500
""",
    positions=[("NVDA", 12, 1440, "USD"), ("AMD", 5, 500, "USD")],
    as_of="2026-05-29",
    told={"older_snapshot"},
)
layout(
    "merged_acct",
    {
        "S": [
            ["Account", "Symbol", "Shares", "Value"],
            ["IRA", "NVDA", 10, 1200],
            [None, "AMD", 5, 500],
            ["Taxable", "VTI", 20, 6000],
            [None, "MSTR", 4, 600],
        ]
    },
    positions=[
        ("NVDA", 10, 1200, "USD"),
        ("AMD", 5, 500, "USD"),
        ("VTI", 20, 6000, "USD"),
        ("MSTR", 4, 600, "USD"),
    ],
)
layout(
    "numbered",
    {
        "S": [
            [
                "No.",
                "Stock",
                "Ticker",
                "Qty",
                "Avg Price",
                "Invested",
                "LTP",
                "Present Value",
                "P&L",
            ],
            [1, "Infosys", "INFY", 10, 90, 900, 120, 1200, 300],
            [2, "Tata", "TCS", 5, 80, 400, 100, 500, 100],
            [None, "Total", None, None, None, 1300, None, 1700, 400],
        ]
    },
    positions=[("INFY", 10, 1200, "INR", 900), ("TCS", 5, 500, "INR", 400)],
)
layout(
    "cash_variants",
    """
Symbol,Description,Quantity,Price,Market Value
SPAXX,FIDELITY GOVERNMENT MONEY MARKET,1500.25,1.00,1500.25
VMFXX,VANGUARD FEDERAL MONEY MARKET,2000,1,2000
SWVXX,SCHWAB VALUE ADVANTAGE MONEY,100,1.00,100.00
NVDA,NVIDIA,10,120,1200
Margin Balance,,,,-500.00
""",
    positions=[("NVDA", 10, 1200, "USD")],
    cash=[(1500.25, "USD"), (2000, "USD"), (100, "USD"), (-500, "USD")],
    told={"margin_debt"},
)
layout(
    "cash_ccy",
    """
Asset,Quantity,Currency,Value
EUR Cash,1000,EUR,1000
USD Cash,-2500,USD,-2500
NVDA,10,USD,1200
""",
    positions=[("NVDA", 10, 1200, "USD")],
    cash=[(1000, "EUR"), (-2500, "USD")],
)
layout(
    "loan",
    {
        "S": [
            ["Asset", "Ticker", "Shares", "Value (USD)"],
            ["Nvidia", "NVDA", 10, 1200],
            ["Cash", "", None, 300],
            ["Margin loan", "", None, -400],
            ["Net worth", None, None, 1100],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD")],
    cash=[(300, "USD"), (-400, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "gbx",
    """
Ticker,Name,Shares,Price (p),Value (£)
VOD.L,Vodafone,1000,75.5,755
BP.L,BP,500,450,2250
""",
    positions=[("VOD.L", 1000, 755, "GBP"), ("BP.L", 500, 2250, "GBP")],
)
layout(
    "gbx_computed",
    """
Ticker,Shares,Price,Currency
VOD.L,1000,75.5,GBp
AZN.L,10,12000,GBX
NVDA,10,120,USD
""",
    positions=[("VOD.L", 1000, 755, "GBP"), ("AZN.L", 10, 1200, "GBP"), ("NVDA", 10, 1200, "USD")],
)
layout(
    "gbx_pence_unmarked",
    """
Ticker,Shares,Price,Value
VOD.L,1000,75.5,755
BP.L,500,450,2250
""",
    positions=[("VOD.L", 1000, 755, "GBP"), ("BP.L", 500, 2250, "GBP")],
)
layout(
    "zar",
    """
Share,Code,Quantity,Price (c),Market Value (R)
Naspers,NPN,10,350000,35000
""",
    positions=[("NPN", 10, 35000, "ZAR")],
)
layout(
    "rare",
    """
Symbol,Shares,Price,Value,Currency
ABC,10,5,50,GEL
DEF,2,10,20,MAD
GHI,2,10,20,USD
""",
    positions=[("ABC", 10, 50, "GEL"), ("DEF", 2, 20, "MAD"), ("GHI", 2, 20, "USD")],
)
layout(
    "rare_all",
    """
Symbol,Shares,Price,Value,Currency
ABC,10,5,50,UYU
DEF,2,10,20,UYU
""",
    positions=[("ABC", 10, 50, "UYU"), ("DEF", 2, 20, "UYU")],
)
layout(
    "ccy_word",
    """
Symbol,Shares,Price,Value,Currency
ABC,10,5,50,US Dollar
DEF,2,10,20,Euro
GHI,2,10,20,Swiss Franc
""",
    positions=[("ABC", 10, 50, "USD"), ("DEF", 2, 20, "EUR"), ("GHI", 2, 20, "CHF")],
)
layout(
    "no_ccy_base_pair",
    """
Symbol,Quantity,Price,Value,Value (CHF),Currency
NESN,10,90,900,900,CHF
AAPL,5,200,1000,880,USD
""",
    positions=[("NESN", 10, 900, "CHF"), ("AAPL", 5, 1000, "USD")],
)
layout(
    "linked",
    {
        "S": [
            ["Stock", "Price", "Shares", "Cost basis/share", "Market value"],
            ["NVIDIA CORPORATION (XNAS:NVDA)", 120, 10, 90, 1200],
            ["APPLE INC. (XNAS:AAPL)", 200, 5, 150, 1000],
        ]
    },
    positions=[("XNAS:NVDA", 10, 1200, "USD", 900), ("XNAS:AAPL", 5, 1000, "USD", 750)],
)
layout(
    "numeric_codes",
    {
        "S": [
            ["종목코드", "종목명", "수량", "현재가"],
            [5930, "삼성전자", 10, 70000],
            [360750, "TIGER 미국S&P500", 20, 15000],
            ["0162Z0", "KODEX X", 5, 12000],
        ]
    },
    positions=[
        ("005930", 10, 700000, "KRW"),
        ("360750", 20, 300000, "KRW"),
        ("0162Z0", 5, 60000, "KRW"),
    ],
    told={"zeros_restored"},
)
layout(
    "trailing_notes",
    {
        "S": [
            ["Ticker", "Shares", "Value", "Notes"],
            ["NVDA (in IB)", 10, 1200, "long term"],
            ["SMH", 5, 1000, None],
            ["* prices delayed 15 min", None, None, None],
        ]
    },
    positions=[("NVDA (in IB)", 10, 1200, "USD"), ("SMH", 5, 1000, "USD")],
)
layout(
    "blank_rows",
    {
        "S": [
            [],
            ["Ticker", "Shares", "Value"],
            [],
            ["NVDA", 10, 1200],
            [],
            ["AMD", 5, 500],
            [],
            [],
            ["TOTAL", "", 1700],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "unlabelled_total",
    """
Ticker,Shares,Value
NVDA,10,1200
AMD,5,500
,,1700
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    quiet={"row_without_name"},
)
layout(
    "worthless",
    """
Ticker,Shares,Price,Value
NVDA,10,120,1200
SIVBQ,100,0,0
XYZ,50,,
""",
    positions=[("NVDA", 10, 1200, "USD"), ("SIVBQ", 100, 0, "USD"), ("XYZ", 50, None, "USD")],
    told={"worthless"},
)
layout(
    "txn",
    """
Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Amount ($),Settlement Date
05/29/2026,YOU BOUGHT,NVDA,NVIDIA,Cash,10,120,,,-1200,06/01/2026
05/28/2026,YOU SOLD,AMD,AMD,Cash,-5,100,,,500,05/30/2026
""",
    outcome="refused",
    told={"transactions"},
)
layout(
    "txn_de",
    """
Datum;Typ;Wert;Buchungswährung;ISIN;Wertpapiername;Stück;Gebühren
29.05.2026;Kauf;-1200;EUR;US67066G1040;NVIDIA;10;1
28.05.2026;Verkauf;500;EUR;DE0007164600;SAP;-2;1
""",
    outcome="refused",
    told={"transactions"},
)
layout(
    "txn_hold",
    {
        "Trades": [
            ["Date", "Ticker", "Buy/Sell", "Shares", "Price"],
            [date(2026, 1, 1), "NVDA", "Buy", 10, 100],
            [date(2026, 2, 1), "NVDA", "Sell", 2, 110],
        ],
        "Now": [["Ticker", "Shares", "Value"], ["NVDA", 8, 960], ["AMD", 1, 100]],
    },
    positions=[("NVDA", 8, 960, "USD"), ("AMD", 1, 100, "USD")],
    told={"trades_left_out"},
)
layout(
    "watch",
    """
Symbol,Name,Last,Change,% Change,Volume
NVDA,NVIDIA,120,1,0.8%,200M
AMD,AMD,100,-1,-1%,50M
""",
    outcome="refused",
    told={"watchlist"},
)
layout(
    "semis",
    """
sep=;
Symbol;Qty;Price;Value
NVDA;10;120.00;1200.00
AMD;5;100.00;500.00
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "utf16",
    """
Symbol	Qty	Price	Value
NVDA	10	120.00	1,200.00
AMD	5	100.00	500.00
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    encoding="utf-16",
    ending=".tsv",
)
layout(
    "pipes",
    """
Symbol|Qty|Price|Value
NVDA|10|120.00|1200.00
AMD|5|100.00|500.00
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "invested_only",
    {"S": [["Ticker", "Shares", "Avg cost"], ["NVDA", 10, 90], ["AMD", 5, 80]]},
    positions=[("NVDA", 10, None, "USD", 900), ("AMD", 5, None, "USD", 400)],
    told={"quantities_only"},
)
layout(
    "value_k",
    {"S": [["Ticker", "Value ($K)"], ["NVDA", 12], ["AMD", 5]]},
    positions=[("NVDA", None, 12000, "USD"), ("AMD", None, 5000, "USD")],
)
layout(
    "value_k_ko",
    """
종목명,종목코드,수량,평가금액(천원)
삼성전자,005930,10,700
SK하이닉스,000660,3,600
""",
    positions=[("005930", 10, 700000, "KRW"), ("000660", 3, 600000, "KRW")],
)
layout(
    "unit_preamble",
    """
단위: 천원,,,
종목코드,종목명,수량,평가금액
005930,삼성전자,10,700
000660,SK하이닉스,3,600
합계,,,1300
""",
    positions=[("005930", 10, 700000, "KRW"), ("000660", 3, 600000, "KRW")],
)
layout(
    "gain_traps",
    """
Symbol,Last Price Change,Last Price,Day Change $,Qty,Cost Basis,Market Value Change,Market Value,Value at Purchase,% of Portfolio
NVDA,1.00,120.00,10,10,900,10,1200,900,70%
AMD,-1.00,100.00,-5,5,400,-5,500,400,30%
""",
    positions=[("NVDA", 10, 1200, "USD", 900), ("AMD", 5, 500, "USD", 400)],
)
layout(
    "transposed_order",
    """
Value,Price,Shares,Ticker
1200,120,10,NVDA
500,100,5,AMD
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "short_col",
    """
Symbol,Position,Avg Price,Last,Market Value,Unrealized P&L
NVDA,10,90,120,1200,300
TSLA,-5,200,250,-1250,-250
""",
    positions=[("NVDA", 10, 1200, "USD", 900), ("TSLA", -5, -1250, "USD", -1000)],
)
layout(
    "name_with_ticker_total",
    """
Holding,Value
Apple Inc (AAPL),$2000.00
Total Stock Market ETF (VTI),$6000.00
Cash,$500.00
Total,$8500.00
""",
    positions=[("AAPL", None, 2000, "USD"), ("VTI", None, 6000, "USD")],
    cash=[(500, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "crypto_mix",
    """
Asset,Type,Amount,Price,Value
Bitcoin,Crypto,0.25,60000,15000
BTC-USD,Crypto,0.1,60000,6000
NVDA,Stock,10,120,1200
""",
    positions=[
        ("Bitcoin", 0.25, 15000, "USD"),
        ("BTC-USD", 0.1, 6000, "USD"),
        ("NVDA", 10, 1200, "USD"),
    ],
)
