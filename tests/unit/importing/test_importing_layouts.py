"""Small files in the layouts of many brokers and people, each made here, each with the reading it must give."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from levcheck.domain.portfolio import Outcome, Reading
from levcheck.importing.reading import read_positions

Reader = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Write a text, or sheets of rows, to a file and read it."""

    def reader(
        content: str | dict[str, Sequence[Sequence[Any]]],
        *,
        encoding: str = "utf-8",
        **options: Any,
    ) -> Reading:
        if isinstance(content, str):
            path = tmp_path / "file.csv"
            path.write_bytes(content.strip("\n").encode(encoding))
        else:
            path = tmp_path / "file.xlsx"
            write_workbook(path, content)
        reading = read_positions(path, in_process=True, **options)
        check_accounting(reading)
        return reading

    return reader


def write_workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def check_accounting(reading: Reading) -> None:
    places = [p.place for p in reading.positions] + [c.place for c in reading.cash]
    held = {(place.sheet, place.row) for place in places}
    for run in reading.ignored:
        for row in range(run.first, run.last + 1):
            assert (run.sheet, row) not in held


def brief(reading: Reading) -> list[tuple[Any, ...]]:
    """Return (id, quantity, value, currency) of every position."""
    return [
        (
            p.symbol or p.isin or p.wkn or p.name,
            p.quantity,
            None if p.market_value is None else round(p.market_value, 4),
            p.currency,
        )
        for p in reading.positions
    ]


def codes(reading: Reading) -> set[str]:
    return {d.code.removeprefix("import.") for d in reading.diagnostics}


def test_that_the_new_schwab_layout_is_read(read: Reader) -> None:
    reading = read("""
"Positions for account Individual ...123 as of 10:05 AM ET, 2026/05/30"

"Symbol","Description","Qty (Quantity)","Price","Price Chng $ (Price Change $)","Price Chng % (Price Change %)","Mkt Val (Market Value)","Day Chng $ (Day Change $)","Cost Basis","Gain $ (Gain/Loss $)","Ratings","Reinvest?","% of Acct (% of Account)","Security Type"
"NVDA","NVIDIA CORP","10","$100.00","$1.00","1.01%","$1,000.00","$10.00","$900.00","$100.00","B","No","50%","Equity",
"AAPL 06/19/2026 200.00 C","CALL APPLE INC $200 EXP 06/19/26","-1","$5.00","$0","0%","-$500.00","$0","-$450.00","-$50","--","--","-25%","Option",
"Cash & Cash Investments","--","--","--","--","--","$1,500.00","$0.00","--","--","--","--","75%","Cash and Money Market",
"Positions Total","","--","--","--","--","$2,000.00","$10.00","$450.00","$50.00","--","--","--","--",
""")
    assert brief(reading) == [
        ("NVDA", 10, 1000, "USD"),
        ("AAPL 06/19/2026 200.00 C", -1, -500, "USD"),
    ]
    assert reading.positions[1].option is not None
    assert reading.positions[1].option.expiry == "2026-06-19"
    assert [(c.amount, c.currency) for c in reading.cash] == [(1500, "USD")]
    assert reading.as_of == "2026-05-30"
    assert "total_mismatch" not in codes(reading)
    assert "Individual" in (reading.positions[0].account or "")


def test_that_pence_prices_give_pound_values(read: Reader) -> None:
    reading = read("""
HL Vantage,,,,,
Stocks & Shares ISA,,,,,
Total cash:,250.00,,,,
Code,Stock,Units held,Price (pence),Value (£),Cost (£)
VOD,Vodafone Group plc,1000,75.50,755.00,900.00
LGEN,Legal & General,"2,000",240.10,"4,802.00","4,500.00"
,Totals,,,"5,557.00","5,400.00"
""")
    assert brief(reading) == [("VOD", 1000, 755, "GBP"), ("LGEN", 2000, 4802, "GBP")]
    assert reading.positions[0].price == pytest.approx(0.755)
    assert reading.positions[0].cost_basis == 900
    assert "value_mismatch" not in codes(reading)
    assert [(c.amount, c.currency) for c in reading.cash] == [(250, "GBP")]


def test_that_a_currency_of_gbx_is_hundredths_of_a_pound(read: Reader) -> None:
    reading = read("""
Instrument,Ticker,ISIN,Quantity,Price,Instrument currency,Average price
Vodafone,VOD,GB00BH4HKS39,100,75.5,GBX,80
Apple,AAPL,US0378331005,2,200,USD,150
""")
    assert brief(reading) == [("VOD", 100, 75.5, "GBP"), ("AAPL", 2, 400, "USD")]
    assert reading.positions[0].cost_basis == pytest.approx(80)


def test_that_yahoo_lots_are_all_held(read: Reader) -> None:
    reading = read("""
Symbol,Current Price,Date,Time,Change,Open,High,Low,Volume,Trade Date,Purchase Price,Quantity,Commission,High Limit,Low Limit,Comment
AAPL,200.5,2026/05/29,16:00 EDT,1.5,199,201,198,1000,20240110,150.0,10,0.0,,,
AAPL,200.5,2026/05/29,16:00 EDT,1.5,199,201,198,1000,20250110,180.0,5,0.0,,,
RY.TO,150.0,2026/05/29,16:00 EDT,1.5,149,151,148,1000,20250110,120.0,20,0.0,,,
""")
    assert brief(reading) == [
        ("AAPL", 10, 2005, "USD"),
        ("AAPL", 5, 1002.5, "USD"),
        ("RY.TO", 20, 3000, "CAD"),
    ]


def test_that_japanese_sections_in_cp932_are_read(read: Reader) -> None:
    reading = read(
        """
ポートフォリオ一覧
株式（特定預り）
銘柄（コード）,買付日,数量,取得単価,現在値,前日比,前日比（％）,損益,損益（％）,評価額
7203 トヨタ自動車,----/--/--,100,2000,3000,10,0.33,100000,50.00,300000
408A ｉシェアーズ,----/--/--,10,200,250,1,0.4,500,25.0,2500
投資信託（金額/NISA預り（つみたて投資枠））
ファンド名,買付日,数量,取得単価,現在値,前日比,前日比（％）,損益,損益（％）,評価額
ｅＭＡＸＩＳ　Ｓｌｉｍ全世界株式,----/--/--,100000,18000,25000,100,0.4,70000,38.9,250000
""",
        encoding="cp932",
    )
    assert brief(reading)[:2] == [("7203", 100, 300000, "JPY"), ("408A", 10, 2500, "JPY")]
    assert reading.positions[2].market_value == 250000
    assert reading.positions[2].quantity == 100000
    assert reading.positions[0].name == "トヨタ自動車"
    assert reading.positions[2].cost_basis == pytest.approx(180000)


def test_that_a_swiss_file_with_apostrophes_is_read(read: Reader) -> None:
    reading = read("""
Symbol;Quantity;Unit cost;Price;Currency;Total value
NESN;100;95.00;88.50;CHF;8'850.00
NOVN;1'000;80.00;95.125;CHF;95'125.00
Total;;;;CHF;103'975.00
""")
    assert brief(reading) == [("NESN", 100, 8850, "CHF"), ("NOVN", 1000, 95125, "CHF")]
    assert "total_mismatch" not in codes(reading)


def test_that_spanish_headings_are_read(read: Reader) -> None:
    reading = read("""
Valor;ISIN;Títulos;Precio medio;Cotización;Divisa;Valor de mercado
TELEFONICA;ES0178430E18;1.500;3,85;4,10;EUR;6.150,00
INDITEX;ES0148396007;20;30,00;45,00;EUR;900,00
Total;;;;;;7.050,00
""")
    assert brief(reading) == [("ES0178430E18", 1500, 6150, "EUR"), ("ES0148396007", 20, 900, "EUR")]
    assert reading.positions[0].cost_basis == pytest.approx(5775)


def test_that_italian_headings_are_read(read: Reader) -> None:
    reading = read("""
Titolo;ISIN;Simbolo;Mercato;Valuta;Quantità;Prezzo medio di carico;Prezzo di mercato;Controvalore €
ENEL;IT0003128367;ENEL;MTA;EUR;1.000;5,50;6,25;6.250,00
VANGUARD FTSE ALL-WORLD;IE00B3RBWM25;VWCE;ETF;EUR;12;95,10;110,40;1.324,80
""")
    assert brief(reading) == [("ENEL", 1000, 6250, "EUR"), ("VWCE", 12, 1324.8, "EUR")]


def test_that_hebrew_headings_and_agorot_are_read(read: Reader) -> None:
    reading = read("""
נייר,מספר נייר,כמות,שער אחרון,שווי אחזקה בשח,שער עלות
לאומי,604611,100,3500,3500,3000
תא 125,1146356,50,2000,1000,1900
"סה""כ",,,,4500,
""")
    assert brief(reading) == [("604611", 100, 3500, "ILS"), ("1146356", 50, 1000, "ILS")]
    assert reading.positions[0].price == pytest.approx(35)
    assert reading.positions[0].cost_basis == pytest.approx(3000)
    assert "value_mismatch" not in codes(reading)


def test_that_a_korean_sheet_with_a_total_row_is_read(read: Reader) -> None:
    reading = read(
        {
            "잔고": [
                ["계좌 현황", None, None, None, None],
                ["종목코드", "종목명", "수량", "현재가", "평가금액"],
                ["005930", "삼성전자", 10, 70000, 700000],
                ["0162Z0", "KODEX 미국AI", 5, 12000, 60000],
                ["예수금", None, None, None, 100000],
                ["합계", None, None, None, 860000],
            ]
        }
    )
    assert brief(reading) == [("005930", 10, 700000, "KRW"), ("0162Z0", 5, 60000, "KRW")]
    assert [(c.amount, c.currency) for c in reading.cash] == [(100000, "KRW")]
    assert [t.value for t in reading.totals] == [860000]
    assert "total_mismatch" not in codes(reading)


def test_that_lots_of_a_thousand_are_told(read: Reader) -> None:
    reading = read("""
股票代號,股票名稱,張數,現價,市值
2330,台積電,2,1000,2000000
0050,元大台灣50,3,180,540000
合計,,,,2540000
""")
    assert brief(reading) == [("2330", 2, 2000000, "TWD"), ("0050", 3, 540000, "TWD")]
    assert "lots_of_1000" in codes(reading)
    assert "value_mismatch" not in codes(reading)


def test_that_two_lists_side_by_side_are_both_read(read: Reader) -> None:
    reading = read(
        {
            "Family": [
                ["Anna", None, None, None, "Ben", None, None],
                ["Symbol", "Shares", "Value", None, "Symbol", "Shares", "Value"],
                ["NVDA", 10, 1000, None, "MSTR", 5, 900],
                ["AMD", 4, 400, None, "SOXL", 40, 800],
                ["Total", None, 1400, None, "Total", None, 1700],
            ]
        }
    )
    assert sorted(brief(reading)) == sorted(
        [
            ("NVDA", 10, 1000, "USD"),
            ("MSTR", 5, 900, "USD"),
            ("AMD", 4, 400, "USD"),
            ("SOXL", 40, 800, "USD"),
        ]
    )


def test_that_weights_alone_ask_for_the_total(read: Reader) -> None:
    text = """
Ticker,Name,Weight
NVDA,NVIDIA,40%
MSTR,Strategy,35%
SOXL,Direxion 3X,25%
"""
    reading = read(text)
    assert reading.outcome is Outcome.NEEDS_MAPPING
    assert "weights_only" in codes(reading)
    told = read(text, total_value=10_000)
    assert told.outcome is Outcome.POSITIONS
    assert brief(told) == [
        ("NVDA", None, 4000, "USD"),
        ("MSTR", None, 3500, "USD"),
        ("SOXL", None, 2500, "USD"),
    ]


def test_that_a_sheet_repeating_another_is_counted_once(read: Reader) -> None:
    rows = [
        ["Symbol", "Quantity", "Price", "Value"],
        ["NVDA", 10, 100, 1000],
        ["AMD", 7, 50, 350],
        ["MU", 3, 90, 270],
    ]
    reading = read(
        {
            "Positions": rows,
            "Overview": [
                ["Name", "Symbol", "Quantity"],
                ["Nvidia", "NVDA", 10],
                ["AMD", "AMD", 7],
                ["Micron", "MU", 3],
            ],
        }
    )
    assert brief(reading) == [
        ("NVDA", 10, 1000, "USD"),
        ("AMD", 7, 350, "USD"),
        ("MU", 3, 270, "USD"),
    ]
    assert "repeated_sheet" in codes(reading)


def test_that_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Symbol", "Quantity", "Value"], ["NVDA", 10, 1000], ["AMD", 1, 50]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("Old")
    for row in (["Symbol", "Quantity", "Value"], ["TSLA", 10, 1000]):
        other.append(row)
    other.sheet_state = "hidden"
    book.save(tmp_path / "h.xlsx")
    reading = read_positions(tmp_path / "h.xlsx", in_process=True)
    assert [p.symbol for p in reading.positions] == ["NVDA", "AMD"]
    assert {"hidden_sheet", "hidden_row"} <= codes(reading)
    shown = read_positions(tmp_path / "h.xlsx", sheet="old", in_process=True)
    assert [p.symbol for p in shown.positions] == ["TSLA"]


def test_that_isins_alone_identify(read: Reader) -> None:
    reading = read("""
ISIN;Anzahl;Kurs;Währung;Kurswert
US67066G1040;10;100,00;EUR;1.000,00
IE00B4L5Y983;5;90,50;EUR;452,50
""")
    assert brief(reading) == [("US67066G1040", 10, 1000, "EUR"), ("IE00B4L5Y983", 5, 452.5, "EUR")]
    assert all(p.symbol is None for p in reading.positions)


def test_that_shorts_are_negative(read: Reader) -> None:
    reading = read("""
Symbol,Side,Quantity,Price,Market Value,Currency
NVDA,LONG,10,100,1000,USD
TSLA,SHORT,5,200,1000,USD
MSTR,SHORT,-2,300,-600,USD
""")
    assert brief(reading) == [
        ("NVDA", 10, 1000, "USD"),
        ("TSLA", -5, -1000, "USD"),
        ("MSTR", -2, -600, "USD"),
    ]


def test_that_bonds_are_priced_per_hundred(read: Reader) -> None:
    reading = read("""
Symbol,Description,Security Type,Quantity,Price,Market Value
912828XX1,US TREASURY 2.5% 2030,Bond,10000,98.50,9850.00
NVDA,NVIDIA,Stock,10,100,1000
""")
    assert brief(reading) == [("912828XX1", 10000, 9850, "USD"), ("NVDA", 10, 1000, "USD")]
    assert reading.positions[0].kind == "bond"
    assert "value_mismatch" not in codes(reading)


def test_that_a_bond_without_value_is_computed_per_hundred(read: Reader) -> None:
    reading = read("""
Bezeichnung;ISIN;Typ;Nominale;Kurs;Währung
BUND 2,5% 2030;DE0001102440;Anleihe;10.000;98,50;EUR
SAP SE;DE0007164600;Aktie;10;100,00;EUR
""")
    assert brief(reading) == [
        ("DE0001102440", 10000, 9850, "EUR"),
        ("DE0007164600", 10, 1000, "EUR"),
    ]
    assert "bond_per_100" in codes(reading)


def test_that_money_market_sweeps_are_cash(read: Reader) -> None:
    reading = read("""
Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Cost Basis Total,Average Cost Basis,Type
Z111,ROTH IRA,SPAXX**,HELD IN MONEY MARKET,,,,$750.00,,,Cash,
Z111,ROTH IRA,NVDA,NVIDIA CORP,10,$100.00,+$1.00,"$1,000.00",$900.00,$90.00,Cash,
Z111,ROTH IRA,Pending Activity,,,,,$25.50,,,,

"The data and information in this spreadsheet is provided to you solely for your use."

"Date downloaded 05/30/2026 8:15 AM ET"
""")
    assert brief(reading) == [("NVDA", 10, 1000, "USD")]
    assert next((c.label, c.amount) for c in reading.cash)[1] == 750
    assert reading.cash[1].amount == 25.5
    assert reading.as_of == "2026-05-30"
    assert reading.positions[0].account == "Z111"


def test_that_margin_debt_is_negative_cash(read: Reader) -> None:
    reading = read("""
Symbol,Quantity,Price,Market Value
NVDA,100,100,10000
Cash,,,"(5,845.10)"
Total,,,"4,154.90"
""")
    assert [(c.amount, c.currency) for c in reading.cash] == [(-5845.1, "USD")]
    assert "margin_debt" in codes(reading)
    assert "total_mismatch" not in codes(reading)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            (
                "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n"
                "05/01/2026,Buy,NVDA,NVIDIA,10,100,0,-1000\n05/02/2026,Sell,AMD,AMD,5,50,0,250\n"
            ),
            "transactions",
        ),
        (
            (
                "Buchungstag;Wertstellung;Vorgang;ISIN;Bezeichnung;Stück;Kurs;Betrag\n"
                "01.05.2026;03.05.2026;Kauf;US67066G1040;NVIDIA;10;100,00;-1.000,00\n"
            ),
            "transactions",
        ),
        (
            "거래일자,거래구분,종목명,수량,단가,거래금액\n2026-05-01,매수,삼성전자,10,70000,700000\n2026-05-02,매도,삼성전자,5,71000,355000\n",
            "transactions",
        ),
        (
            "Symbol,Name,Last Price,Change,Change %\nNVDA,NVIDIA,100,1,1%\nAMD,AMD,50,1,2%\n",
            "watchlist",
        ),
        (
            "Date,Open,High,Low,Close,Volume\n2026-05-01,1,2,1,2,100\n2026-05-02,2,3,2,3,100\n",
            "price_series",
        ),
    ],
)
def test_that_other_lists_are_refused_by_name(read: Reader, text: str, code: str) -> None:
    reading = read(text)
    assert reading.outcome is Outcome.REFUSED
    assert codes(reading) == {code}


def test_that_an_english_activity_statement_is_read(read: Reader) -> None:
    reading = read("""
Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers
Statement,Data,Period,"January 1, 2026 - May 29, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U1234567
Account Information,Data,Base Currency,USD
Mark-to-Market Performance Summary,Header,Asset Category,Symbol,Prior Quantity,Current Quantity,Prior Price,Current Price,Mark-to-Market P/L Position
Mark-to-Market Performance Summary,Data,Stocks,NVDA,10,10,90,100,100
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,NVDA,10,1,90,900,100,1000,100,
Open Positions,Data,Lot,Stocks,USD,NVDA,6,,90,540,100,600,60,
Open Positions,Data,Lot,Stocks,USD,NVDA,4,,90,360,100,400,40,
Open Positions,Total,,Stocks,USD,,,,,900,,1000,100,
Open Positions,Data,Summary,Equity and Index Options,USD,NVDA 16JAN26 100 C,-1,100,5,-500,4,-400,100,
Open Positions,Total,,Equity and Index Options,USD,,,,,-500,,-400,100,
Forex Balances,Header,Asset Category,Currency,Description,Quantity,Cost Price,Cost Basis in USD,Close Price,Value in USD,Unrealized P/L in USD,Code
Forex Balances,Data,Forex,USD,EUR,500,1.05,525,1.1,550,25,
Forex Balances,Data,Forex,USD,USD,-5845,1,-5845,1,-5845,0,
Forex Balances,Total,,,,,,-5320,,-5295,25,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,NVDA,"2026-03-01, 10:00:00",10,90,91,-900,-1,901,0,10,O
""")
    assert brief(reading) == [("NVDA", 10, 1000, "USD"), ("NVDA 16JAN26 100 C", -1, -400, "USD")]
    assert reading.positions[1].option is not None
    assert reading.positions[1].option.multiplier == 100
    assert [(c.amount, c.currency) for c in reading.cash] == [(500, "EUR"), (-5845, "USD")]
    assert reading.as_of == "2026-05-29"
    assert reading.base_currency == "USD"


def test_that_a_degiro_export_with_unnamed_columns_takes_the_local_amount(read: Reader) -> None:
    reading = read("""
Product,Symbol/ISIN,Amount,Closing,Local value,,Value in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"120,50","120,50"
APPLE INC,US0378331005,5,"175,50",USD,"877,50","767,81"
ASML HOLDING,NL0010273215,2,"600,00",EUR,"1200,00","1200,00"
""")
    assert brief(reading) == [("US0378331005", 5, 877.5, "USD"), ("NL0010273215", 2, 1200, "EUR")]
    assert [(c.amount, c.currency) for c in reading.cash] == [(120.5, "EUR")]
    assert reading.rates[("USD", "EUR")] == pytest.approx(767.81 / 877.5)


def test_that_two_row_headings_are_joined(read: Reader) -> None:
    reading = read(
        {
            "S": [
                ["Portfolio Holdings", None, None, None, None],
                ["Security", "Symbol", "Number of", "Market", "Cost"],
                [None, None, "Shares", "Value", "Basis"],
                ["NVIDIA", "NVDA", 10, 1000, 900],
                ["AMD", "AMD", 4, 400, 300],
            ]
        }
    )
    assert brief(reading) == [("NVDA", 10, 1000, "USD"), ("AMD", 4, 400, "USD")]
    assert reading.positions[0].cost_basis == 900


def test_that_lots_under_a_position_are_not_added(read: Reader) -> None:
    reading = read("""
Symbol,Purchase Date,Quantity,Price,Value
NVDA,,10,100,1000
,2024-01-01,6,100,600
,2025-01-01,4,100,400
AMD,,4,100,400
""")
    assert brief(reading) == [("NVDA", 10, 1000, "USD"), ("AMD", 4, 400, "USD")]
    assert [(run.rows, run.reason) for run in reading.ignored if run.reason == "lot"] == [
        ("3-4", "lot")
    ]


def test_that_a_share_called_total_survives(read: Reader) -> None:
    reading = read("""
Instrument,Qty.,Avg. cost,LTP,Cur. val,P&L,Net chg.,Day chg.
TOTAL,10,400,500,5000,1000,25,0.5
TCS,2,3000,3500,7000,1000,16,0.1
,,,,12000,2000,,
""")
    assert [(p.symbol, p.quantity, p.market_value) for p in reading.positions] == [
        ("TOTAL", 10, 5000),
        ("TCS", 2, 7000),
    ]


def test_that_prefixes_and_classes_stay_in_symbols(read: Reader) -> None:
    reading = read("""
Symbol,Shares,Price,Currency
LON:RSW,10,30,GBP
BRK.B,2,400,USD
RY.PR.Z,5,20,CAD
""")
    assert [p.symbol for p in reading.positions] == ["LON:RSW", "BRK.B", "RY.PR.Z"]


def test_that_a_tie_between_columns_asks_and_a_mapping_answers(read: Reader) -> None:
    text = "Symbol,Value,Value,Qty\nNVDA,1000,900,10\nMSTR,1000,800,5\n"
    asked = read(text)
    assert asked.outcome is Outcome.NEEDS_MAPPING
    assert all(p.market_value is None for p in asked.positions)
    told = read(text, mapping={"market_value": "C"})
    assert (told.outcome, told.layout) == (Outcome.POSITIONS, "mapped")
    assert brief(told) == [("NVDA", 10, 900, "USD"), ("MSTR", 5, 800, "USD")]


def test_that_arithmetic_settles_a_tie(read: Reader) -> None:
    reading = read("Symbol,Value,Value,Qty,Price\nNVDA,1000,900,10,90\nMSTR,1000,800,5,160\n")
    assert brief(reading) == [("NVDA", 10, 900, "USD"), ("MSTR", 5, 800, "USD")]


def test_that_a_file_without_headings_asks_and_letters_answer(read: Reader) -> None:
    text = "NVDA,10,1000\nMSTR,5,900\nAMD,3,300\n"
    assert read(text).outcome is Outcome.NEEDS_MAPPING
    told = read(text, mapping={"symbol": "A", "quantity": "B", "market_value": "C"})
    assert brief(told) == [
        ("NVDA", 10, 1000, "USD"),
        ("MSTR", 5, 900, "USD"),
        ("AMD", 3, 300, "USD"),
    ]


def test_that_unknown_headings_are_mapped_by_name(read: Reader) -> None:
    text = "Vara,Xant,Nupris\nNVDA,10,100\nMSTR,5,200\n"
    told = read(text, mapping={"symbol": "vara", "quantity": "xant", "price": "Nupris"})
    assert brief(told) == [("NVDA", 10, 1000, "USD"), ("MSTR", 5, 1000, "USD")]


def test_that_an_unquoted_comma_in_a_name_does_not_shift_figures(read: Reader) -> None:
    reading = read("""
Bezeichnung,ISIN,Stk.,Kurs,Wert
APPLE INC.,US0378331005,3,179.00,537.00
TESLA INC. DL -,001,US88160R1014,2,213.20,426.40
BASF SE,DE000BASF111,3,72.91,218.73
""")
    assert [(p.isin, p.quantity, p.market_value) for p in reading.positions] == [
        ("US0378331005", 3, 537),
        ("US88160R1014", 2, 426.4),
        ("DE000BASF111", 3, 218.73),
    ]


def test_that_the_accounts_of_sections_are_kept(read: Reader) -> None:
    reading = read("""
Account: Roth IRA ...111
Symbol,Quantity,Price,Market Value
NVDA,10,100,1000
Total,,,1000

Account: Brokerage ...222
Symbol,Quantity,Price,Market Value
NVDA,5,100,500
AMD,4,100,400
Total,,,900
""")
    assert [(p.account, p.symbol, p.quantity) for p in reading.positions] == [
        ("Account: Roth IRA ...111", "NVDA", 10),
        ("Account: Brokerage ...222", "NVDA", 5),
        ("Account: Brokerage ...222", "AMD", 4),
    ]
    assert "total_mismatch" not in codes(reading)


def test_that_a_wrong_total_is_told_with_both_figures(read: Reader) -> None:
    reading = read(
        "Symbol,Quantity,Price,Market Value\nNVDA,10,100,1000\nAMD,4,100,400\nTotal,,,2000\n"
    )
    told = next(d for d in reading.diagnostics if d.code == "import.total_mismatch")
    assert (told.args["stated"], told.args["read"]) == (2000, 1400)


def test_that_zero_padded_codes_survive_a_number_format(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["종목코드", "종목명", "수량", "현재가"],
        [5930, "삼성전자", 10, 70000],
        [660, "SK하이닉스", 2, 200000],
    ):
        sheet.append(row)
    sheet["A2"].number_format = sheet["A3"].number_format = "000000"
    book.save(tmp_path / "k.xlsx")
    reading = read_positions(tmp_path / "k.xlsx", in_process=True)
    assert brief(reading) == [("005930", 10, 700000, "KRW"), ("000660", 2, 400000, "KRW")]


def test_that_an_amount_invested_is_no_market_value(read: Reader) -> None:
    reading = read("""
Position ID,Action,Amount,Units,Open Rate,Current Rate,Instrument,ISIN,Leverage
1,Buy NVIDIA,900,10,90,100,NVDA,US67066G1040,1
2,Buy Apple,400,2,200,210,AAPL,US0378331005,2
""")
    assert brief(reading) == [("US67066G1040", 10, 1000, "USD"), ("US0378331005", 2, 420, "USD")]
    assert [p.cost_basis for p in reading.positions] == [900, 400]


def test_that_pounds_and_dollars_are_not_mixed(read: Reader) -> None:
    reading = read(
        """
Symbol,Name,Qty,Price,Change,Chg %,Market Value,Market Value £,Book Cost,Gain,Gain %,Average Price
VOD,Vodafone Group,"1,000",75.50p,0.5p,0.67%,"£755.00","£755.00","£900.00","-£145.00",-16.1%,90.00p
AAPL,Apple Inc,10,$200.00,$1,0.5%,"$2,000.00","£1,500.00","£1,200.00","£300.00",25%,$150.00
,,,,,,,"£2,255.00","£2,100.00",,,
""",
        encoding="utf-8-sig",
    )
    assert brief(reading) == [("VOD", 1000, 755, "GBP"), ("AAPL", 10, 2000, "USD")]
    assert reading.rates[("USD", "GBP")] == pytest.approx(0.75)
    assert [p.cost_basis for p in reading.positions] == [900, None]


def test_that_isin_and_wkn_in_one_cell_are_parted(read: Reader) -> None:
    reading = read(
        """
"Depot";"123456789"
""
"Stichtag:";"30.05.2026"
"Bestand";"";"ISIN / WKN";"Bezeichnung";"Kurs";"Gewinn / Verlust";"";"Einstandswert";"";"Dev. Kurs";"Kurswert in Euro";"Verfügbarkeit";
"10,00";"Stück";"US67066G1040 (918422)";"NVIDIA CORP.";"100,00";"100,00";"11,1%";"900,00";"EUR";"";"1.000,00";"verfügbar";
""",
        encoding="cp1252",
    )
    position = reading.positions[0]
    assert (position.isin, position.wkn, position.market_value) == ("US67066G1040", "918422", 1000)
    assert (reading.as_of, position.account) == ("2026-05-30", "123456789")


def test_that_class_headings_with_sums_are_not_held(read: Reader) -> None:
    reading = read(
        {
            "S": [
                ["Name", "Ticker", "Qty", "Price", "Value"],
                ["US Equity", None, None, None, 2000],
                ["NVIDIA", "NVDA", 10, 100, 1000],
                ["MSTR", "MSTR", 5, 200, 1000],
                ["Bonds", None, None, None, 500],
                ["BND", "BND", 5, 100, 500],
                ["Total", None, None, None, 2500],
            ]
        }
    )
    assert [p.symbol for p in reading.positions] == ["NVDA", "MSTR", "BND"]
    assert "total_mismatch" not in codes(reading)


def test_that_codes_without_their_zeros_are_restored_and_told(read: Reader) -> None:
    reading = read(
        {
            "S": [
                ["종목코드", "종목명", "수량", "현재가"],
                [5930, "삼성전자", 10, 70000],
                ["000660", "SK하이닉스", 2, 200000],
            ]
        }
    )
    assert [p.symbol for p in reading.positions] == ["005930", "000660"]
    assert "zeros_restored" in codes(reading)


def test_that_number_formats_tell_the_currency(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Name", "Ticker", "Shares", "Value"],
        ["SAP", "SAP", 10, 1000],
        ["Apple", "AAPL", 5, 900],
    ):
        sheet.append(row)
    sheet["D2"].number_format = "#,##0.00 [$€-407]"
    sheet["D3"].number_format = '"$"#,##0.00'
    book.save(tmp_path / "f.xlsx")
    reading = read_positions(tmp_path / "f.xlsx", in_process=True)
    assert brief(reading) == [("SAP", 10, 1000, "EUR"), ("AAPL", 5, 900, "USD")]


def test_that_sheets_named_after_accounts_give_the_account(read: Reader) -> None:
    header = ["Symbol", "Shares", "Price", "Value"]
    reading = read(
        {
            "Roth IRA": [header, ["NVDA", 10, 100, 1000], ["AMD", 5, 50, 250]],
            "Taxable": [header, ["NVDA", 7, 100, 700], ["SOXL", 40, 25, 1000]],
        }
    )
    assert [(p.account, p.symbol) for p in reading.positions] == [
        ("Roth IRA", "NVDA"),
        ("Roth IRA", "AMD"),
        ("Taxable", "NVDA"),
        ("Taxable", "SOXL"),
    ]


def test_that_german_thousands_are_assumed_and_told(read: Reader) -> None:
    reading = read("Wertpapier;Stück;Kurs\nNvidia;1.500;100,500\nAMD;2.250;50,250\n")
    assert [p.quantity for p in reading.positions] == [1500, 2250]
    assert "assumed_decimals" in codes(reading)


def test_that_amounts_without_a_name_column_ask_for_it(read: Reader) -> None:
    reading = read("Frob,Quantity,Price\nsome thing,10,100\nother thing,5,50\n")
    assert reading.outcome is Outcome.NEEDS_MAPPING
    told = read(
        "Frob,Quantity,Price\nsome thing,10,100\nother thing,5,50\n", mapping={"name": "Frob"}
    )
    assert [(p.name, p.market_value) for p in told.positions] == [
        ("some thing", 1000),
        ("other thing", 250),
    ]


def test_that_a_cost_too_small_to_divide_is_no_fault(read: Reader) -> None:
    head = ["Symbol", "Quantity", "Price", "Value", "Cost"]
    rows = [[name, 10.0, 1e14, 1e15, 1e-320] for name in ("NVDA", "AAPL", "MSFT")]
    reading = read({"Sheet": [head, *rows]})
    assert [p.symbol for p in reading.positions] == ["NVDA", "AAPL", "MSFT"]
    assert {p.market_value for p in reading.positions} == {1e15}
