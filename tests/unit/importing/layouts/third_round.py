"""A third round: neighbours of holdings, tickers that are words, cash on a sheet of its own; made up here."""

from datetime import date

from tests.unit.importing.layouts.case import layout

layout(
    "g1",
    {
        "Holdings": [
            [
                "Symbol",
                "Name",
                "Asset Class",
                "Quantity",
                "Unit Cost",
                "Market Price",
                "Market Value",
                "Unrealized Gain",
                "Yield",
                "Annual Income",
            ],
            ["T", "AT&T", "Equity", 100, 20, 22, 2200, 200, "5%", 110],
            ["O", "Realty Income", "REIT", 50, 55, 60, 3000, 250, "5%", 160],
            ["CASH", "Cash", "Cash", 1500, 1, 1, 1500, 0, "0%", 0],
        ]
    },
    positions=[("T", 100, 2200, "USD", 2000), ("O", 50, 3000, "USD", 2750)],
    cash=[(1500, "USD")],
)
layout(
    "g2",
    """
Ticker,Shares,Price,Market Value,Cost Basis,Account
ALL,10,200,2000,1500,IRA
NOW,2,900,1800,1000,IRA
CASH,1,25,25,20,IRA
TOTAL,,,3825,,
""",
    positions=[
        ("ALL", 10, 2000, "USD", 1500),
        ("NOW", 2, 1800, "USD", 1000),
        ("CASH", 1, 25, "USD", 20),
    ],
)
layout(
    "g4_preferred",
    """
Symbol,Description,Quantity,Last Price,Market Value
BAC-L,BANK OF AMERICA 7.25% PFD L,5,"1,200.00","6,000.00"
BRK B,BERKSHIRE B,3,480,1440
RY.PR.A,ROYAL BANK PREF,100,20,2000
STRK,STRATEGY 8% PFD,10,90,900
""",
    positions=[
        ("BAC-L", 5, 6000, "USD"),
        ("BRK B", 3, 1440, "USD"),
        ("RY.PR.A", 100, 2000, "USD"),
        ("STRK", 10, 900, "USD"),
    ],
)
layout(
    "g5_bonds_mixed",
    """
Symbol,Description,Asset Type,Quantity,Price,Market Value
AAPL,APPLE,Equity,10,200.00,2000.00
912828YV6,US TREASURY 1.5% 2028,Fixed Income,10000,94.50,9450.00
3130ALJ70,FHLB 1% 2026,Fixed Income,5000,99.10,4955.00
""",
    positions=[
        ("AAPL", 10, 2000, "USD"),
        ("912828YV6", 10000, 9450, "USD"),
        ("3130ALJ70", 5000, 4955, "USD"),
    ],
    quiet={"value_mismatch"},
)
layout(
    "g6_accrued",
    """
Name;ISIN;Nominal;Kurs;Kurswert;Stückzinsen
Bund 2034;DE000BU2Z015;10.000;99,10;9.910,00;120,00
""",
    positions=[("DE000BU2Z015", 10000, 9910, "EUR")],
)
layout(
    "g8_cash_sheet",
    {
        "Stocks": [["Ticker", "Shares", "Value"], ["NVDA", 10, 1200], ["AMD", 5, 500]],
        "Cash": [
            ["Account", "Currency", "Balance"],
            ["Checking", "USD", 2500],
            ["Savings", "USD", 10000],
        ],
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    cash=[(2500, "USD"), (10000, "USD")],
)
layout(
    "g9_options_sheet",
    {
        "Stocks": [["Ticker", "Shares", "Price", "Value"], ["NVDA", 100, 120, 12000]],
        "Options": [
            ["Ticker", "Expiry", "Strike", "Type", "Contracts", "Price", "Value"],
            ["NVDA", date(2026, 9, 18), 150, "Call", -1, 8.4, -840],
            ["TSLA", date(2026, 12, 18), 200, "Put", 2, 10, 2000],
        ],
    },
    positions=[("NVDA", 100, 12000, "USD"), ("NVDA", -1, -840, "USD"), ("TSLA", 2, 2000, "USD")],
    options=[None, ("NVDA", "2026-09-18", 150, "C", 100), ("TSLA", "2026-12-18", 200, "P", 100)],
)
layout(
    "g10_opt_expdate_us",
    """
Underlying,Exp Date,Strike,C/P,Qty,Mark,Mkt Value
NVDA,09/18/2026,150,C,-1,8.40,-840.00
SPY,12/18/2026,600,P,2,15.00,3000.00
""",
    positions=[("NVDA", -1, -840, "USD"), ("SPY", 2, 3000, "USD")],
    options=[("NVDA", "2026-09-18", 150, "C", 100), ("SPY", "2026-12-18", 600, "P", 100)],
)
layout(
    "g11_header_deep",
    {"S": [["x"]] * 12 + [["Symbol", "Shares", "Value"], ["NVDA", 10, 1200], ["AMD", 5, 500]]},
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g12_col_offset",
    {
        "S": [
            [],
            [None, None, None, "Symbol", "Shares", "Value"],
            [None, None, None, "NVDA", 10, 1200],
            [None, None, "*", "AMD", 5, 500],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g13_total_first",
    """
Name;WKN;Bestand;Kurs;Marktwert
Gesamtsumme;;;;2.500,00 €
Aktien;;;;2.500,00 €
SAP;716460;10;250,00 €;2.500,00 €
""",
    positions=[("716460", 10, 2500, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "g14_model",
    """
Date,Ticker,Weight
2026-03-31,VTI,60%
2026-03-31,BND,40%
2026-05-29,VTI,70%
2026-05-29,BND,30%
""",
    positions=[("VTI", None, 7000, "USD"), ("BND", None, 3000, "USD")],
    total_value=10000,
    told={"older_snapshot"},
)
layout(
    "g15_weights_amount",
    """
Ticker,Weight,Amount
VTI,60%,"$6,000"
BND,40%,"$4,000"
""",
    positions=[("VTI", None, 6000, "USD"), ("BND", None, 4000, "USD")],
)
layout(
    "g16_leading_apostrophe",
    {
        "S": [
            ["종목코드", "종목명", "수량", "평가금액"],
            ["'005930", "삼성전자", 10, 700000],
            ["'000660", "SK하이닉스", 3, 600000],
        ]
    },
    positions=[("005930", 10, 700000, "KRW"), ("000660", 3, 600000, "KRW")],
)
layout(
    "g17_pct_of",
    """
Security,% of Portfolio,Qty,Price USD,Value USD,P/L USD,P/L %
NVIDIA (NVDA),70.6,10,120,1200,300,33
AMD (AMD),29.4,5,100,500,100,25
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g18_two_ccy_totals",
    """
Symbol,Qty,Price,Market Value,Currency
NVDA,10,120,1200,USD
RY,20,150,3000,CAD
Total USD,,,1200,USD
Total CAD,,,3000,CAD
""",
    positions=[("NVDA", 10, 1200, "USD"), ("RY", 20, 3000, "CAD")],
    quiet={"total_mismatch"},
)
layout(
    "g19_fx_rate",
    """
Symbol,Qty,Price,Currency,FX Rate,Value (EUR)
NVDA,10,120,USD,0.88,1056
SAP,2,250,EUR,1,500
""",
    positions=[("NVDA", 10, 1056, "EUR"), ("SAP", 2, 500, "EUR")],
    quiet={"value_mismatch"},
)
layout(
    "g20_div_table_below",
    {
        "S": [
            ["Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            [],
            ["Dividends"],
            ["Ticker", "Date", "Amount"],
            ["NVDA", date(2026, 3, 1), 4],
            ["AMD", date(2026, 3, 1), 2],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g21_closed_below",
    {
        "S": [
            ["Open positions"],
            ["Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            [],
            ["Closed positions"],
            ["Ticker", "Shares", "Buy price", "Sell price", "Profit"],
            ["TSLA", 3, 200, 250, 150],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g22_watch_below",
    {
        "S": [
            ["Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            [],
            ["Watchlist"],
            ["Ticker", "Price", "Target"],
            ["TSLA", 250, 200],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "g23_zero_rows",
    """
Symbol,Qty,Price,Value
NVDA,10,120,1200
TSLA,0,250,0
AMD,5,100,500
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
    told={"zero_quantity"},
)
layout(
    "g24_euro_text_k",
    """
Posten;Wert
Aktien NVIDIA;12.500 €
ETF World;25.000 €
Tagesgeld;10.000 €
Summe;47.500 €
""",
    positions=[("Aktien NVIDIA", None, 12500, "EUR"), ("ETF World", None, 25000, "EUR")],
    cash=[(10000, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "g25_note_rows",
    {
        "S": [
            ["Ticker", "Shares", "Value"],
            ["NVDA", 10, 1200],
            ["bought more in May", None, None],
            ["AMD", 5, 500],
            ["Note: AMD is in Dad's account", None, None],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
