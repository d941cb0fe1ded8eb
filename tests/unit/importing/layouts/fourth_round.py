"""A fourth round: headings of two lines, currencies in number formats, sums above and beside; made up here."""

from pathlib import Path
from typing import Any

from tests.unit.importing.layouts.case import layout


def euro_formats(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.worksheets[0]
    for row in (
        ["Symbol", "Shares", "Price", "Value", "Weight"],
        ["NVDA", 10, 120, 1200, 0.7059],
        ["SAP.DE", 2, 250, 500, 0.2941],
        ["Total", None, None, 1700, 1],
    ):
        sheet.append(row)
    for at in range(2, 5):
        for column, code in ((3, "#,##0.00 [$€-407]"), (4, "#,##0.00 [$€-407]"), (5, "0.00%")):
            sheet.cell(at, column).number_format = code
    book.save(path)


layout(
    "h1_euro_format",
    euro_formats,
    positions=[("NVDA", 10, 1200, "EUR"), ("SAP.DE", 2, 500, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "h2_glued_codes",
    """
Position,Shares,Last,Value
NVIDIA (NVDA),10,USD 120.00,"USD 1,200.00"
Nestle (NESN),5,CHF 85.20,CHF 426.00
""",
    positions=[("NVDA", 10, 1200, "USD"), ("NESN", 5, 426, "CHF")],
)
layout(
    "h3_merged_header",
    {
        "S": [
            ["Depotauszug", None, None, None, None, None],
            ["Wertpapier", None, "Bestand", None, "Bewertung", None],
            ["Name", "ISIN", "Stück", "Einstand", "Kurs", "Betrag"],
            ["SAP SE", "DE0007164600", 10, 200, 250, 2500],
            ["Siemens", "DE0007236101", 5, 150, 200, 1000],
        ]
    },
    positions=[("DE0007164600", 10, 2500, "EUR"), ("DE0007236101", 5, 1000, "EUR")],
)
layout(
    "h4_kr_two_rows",
    {
        "잔고": [
            ["종목", None, "수량", "단가", None, "금액", None],
            ["코드", "종목명", "보유", "매입", "현재", "매입", "평가"],
            ["005930", "삼성전자", 10, 65000, 70000, 650000, 700000],
            ["000660", "SK하이닉스", 3, 150000, 200000, 450000, 600000],
        ]
    },
    positions=[("005930", 10, 700000, "KRW", 650000), ("000660", 3, 600000, "KRW", 450000)],
)
layout(
    "h5_tw_us",
    {
        "投資組合": [
            ["更新日期", "2026/05/29"],
            [],
            ["帳戶", "代號", "名稱", "股數", "平均成本", "現價", "市值(美元)", "佔比"],
            ["Firstrade", "VTI", "全美股市", 20, 250, 300, 6000, 0.83],
            ["Firstrade", "NVDA", "輝達", 10, 100, 120, 1200, 0.17],
            ["合計", None, None, None, None, None, 7200, 1],
        ]
    },
    positions=[("VTI", 20, 6000, "USD", 5000), ("NVDA", 10, 1200, "USD", 1000)],
    accounts=["Firstrade"] * 2,
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "h6_cn_weights",
    {
        "Sheet1": [
            ["代码", "名称", "仓位"],
            ["510300", "沪深300ETF", "40%"],
            ["513100", "纳指ETF", "60%"],
        ]
    },
    positions=[("510300", None, None, "CNY"), ("513100", None, None, "CNY")],
    outcome="needs_mapping",
    told={"weights_only"},
)
layout(
    "h7_fund_pct_price",
    """
Fund;Units;NAV date;NAV;Currency;Market value
Carmignac Patrimoine A;12,345;28.05.2026;750,12;EUR;9.260,23
""",
    positions=[("Carmignac Patrimoine A", 12.345, 9260.23, "EUR")],
)
layout(
    "h8_sparse_dash",
    {
        "Overview": [
            [None, "My investments"],
            [],
            [None, "Total:", "€3,500.00"],
            [],
            [
                None,
                "Broker",
                "Asset",
                "Ticker",
                "Amount of shares",
                "Avg. buy price",
                "Current price",
                "Total value",
                "P/L",
            ],
            [None, "DEGIRO", "SAP", "SAP", "10", "€200.00", "€250.00", "€2,500.00", "€500.00"],
            [None, "DEGIRO", "Siemens", "SIE", "5", "€150.00", "€200.00", "€1,000.00", "€250.00"],
            [],
            [None, None, None, None, None, None, "Total", "€3,500.00", "€750.00"],
        ]
    },
    positions=[("SAP", 10, 2500, "EUR", 2000), ("SIE", 5, 1000, "EUR", 750)],
    accounts=["DEGIRO"] * 2,
    quiet={"total_mismatch"},
)
layout(
    "h9_lots_yahoo_like",
    """
Symbol,Shares,Purchase Date,Purchase Price,Current Price,Market Value
NVDA,5,2024-01-02,50,120,600
NVDA,5,2025-01-02,100,120,600
MSTR,3,2025-06-01,300,150,450
""",
    positions=[
        ("NVDA", 5, 600, "USD", 250),
        ("NVDA", 5, 600, "USD", 500),
        ("MSTR", 3, 450, "USD", 900),
    ],
    told={"same_symbol_twice"},
)
layout(
    "h10_shortsell_paren",
    """
Symbol,Quantity,Price,Market Value,Cost Basis
TSLA,(5),$250.00,"($1,250.00)","($1,000.00)"
NVDA,10,$120.00,"$1,200.00",$900.00
""",
    positions=[("TSLA", -5, -1250, "USD", -1000), ("NVDA", 10, 1200, "USD", 900)],
)
layout(
    "h11_leading_sums",
    """
Account summary
Total assets,"12,500.00"
Cash,"500.00"

Symbol,Quantity,Price,Market Value
NVDA,100,120,"12,000.00"
""",
    positions=[("NVDA", 100, 12000, "USD")],
    cash=[(500, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "h12_de_excel_text",
    {
        "Tabelle1": [
            ["Bezeichnung", "ISIN", "Anzahl", "Kaufpreis", "akt. Kurs", "Wert", "+/-"],
            ["Apple", "US0378331005", "5", "150,00 $", "200,00 $", "1.000,00 $", "250,00 $"],
            ["SAP", "DE0007164600", "2", "200,00 €", "250,00 €", "500,00 €", "100,00 €"],
        ]
    },
    positions=[("US0378331005", 5, 1000, "USD", 750), ("DE0007164600", 2, 500, "EUR", 400)],
)
layout(
    "h13_gold_oz",
    """
Asset,Quantity,Unit,Price (EUR),Value (EUR)
Gold,2,oz,"2,000.00","4,000.00"
Silver,100,oz,25.00,"2,500.00"
""",
    positions=[("Gold", 2, 4000, "EUR"), ("Silver", 100, 2500, "EUR")],
)
layout(
    "h14_dupe_headers",
    """
Ticker,Shares,Price,Value,,Ticker,Target %
NVDA,10,120,1200,,NVDA,50%
AMD,5,100,500,,AMD,50%
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "h15_rsu",
    """
Grant,Symbol,Vested Shares,Unvested Shares,Market Price,Vested Value
2024-A,MSFT,10,20,400,4000
""",
    positions=[("MSFT", 10, 4000, "USD")],
)
layout(
    "h16_mixed_cash_kind",
    """
Type,Symbol,Name,Units,Price,Value,Currency
Stock,NVDA,NVIDIA,10,120,1200,USD
Cash,,US Dollar,500,1,500,USD
Cash,,Euro,-200,1,-200,EUR
Crypto,BTC,Bitcoin,0.1,60000,6000,USD
""",
    positions=[("NVDA", 10, 1200, "USD"), ("BTC", 0.1, 6000, "USD")],
    cash=[(500, "USD"), (-200, "EUR")],
    told={"margin_debt"},
)
layout(
    "h17_jp_wide_digits",
    """
コード,銘柄,株数,現在値,評価額
７２０３,トヨタ自動車,１００,３０００,３０００００
""",
    positions=[("7203", 100, 300000, "JPY")],
)
layout(
    "h18_hidden_total_col",
    """
Name;ISIN;Stück;Kurs;Wert;Wert in %
A;DE0007164600;10;250,00;2.500,00;71,43 %
B;DE0007236101;5;200,00;1.000,00;28,57 %
;;;;3.500,00;100,00 %
""",
    positions=[("DE0007164600", 10, 2500, "EUR"), ("DE0007236101", 5, 1000, "EUR")],
    quiet={"row_without_name", "total_mismatch"},
)
