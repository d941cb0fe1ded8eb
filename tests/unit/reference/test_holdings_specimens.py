"""Holdings files in the layouts of issuers, written here with invented figures."""

import json
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference.holdings_files.lines import FundFile, LineKind
from levcheck.reference.holdings_files.reading import read_holdings_file

DIREXION = """Direxion Daily Example Bull 3X
EXMP
Shares Outstanding:1,000,000


TradeDate,AccountTicker,StockTicker,SecurityDescription,Shares,Price,MarketValue,Cusip,HoldingsPercent
6/12/2026,EXMP,NVDA,NVIDIA CORP,100,200.00,"20,000.00",67066G104,20.00
6/12/2026,EXMP,,EXAMPLE INDEX SWAP,500,100.00,"5,000.00",,5.00
6/12/2026,EXMP,,DREYFUS GOVT CASH MAN INS,75000,1.00,"75,000.00",X9USDDGCM,75.00
"""

GLOBAL_X = """Global X Copper Miners ETF
Fund Holdings Data as of 06/12/2026
% of Net Assets,Ticker,Name,SEDOL,Market Price ($),Shares Held,Market Value ($)
60.00,TECK/B CN,TECK RESOURCES LTD-CLS B,2879327,64.78,"6,537,398.00","600,000.00"
39.50,KAP LI,KAZATOMPROM,BGXQL36,40.00,"100.00","395,000.00"
0.50,,CASH,,1.00,"5,000.00","5,000.00"
"The information contained herein is not investment advice, and is subject to change."
"""

US_BANK = """Date,Account,StockTicker,CUSIP,SecurityName,Shares,Price,MarketValue,Weightings,NetAssets,SharesOutstanding,CreationUnits,MoneyMarketFlag
10/01/2026,DRMX,MU,595112103,Micron Technology Inc,100,100.00,10000.00,10.00%,100000.00,1000,1,
10/01/2026,DRMX,595112103 TRS 050427 NM,595112103 TRS 050427 NM,MICRON TECHNOLOGY INC SWAP NM,900,100.00,1000.00,1.00%,100000.00,1000,1,
10/01/2026,DRMX,Cash&Other,Cash&Other,Cash & Other,89000,1.00,89000.00,89.00%,100000.00,1000,1,Y
"""

PROSHARES = """Fund Ticker,Description,Security Ticker,Shares/Contracts,Exposure Value (Notional + G/L),Market Value
AAA,NVIDIA CORP,NVDA,10,,6000
AAA,NVIDIA SWAP BANK,,10,14000,
AAA,NET OTHER ASSETS / CASH,,4000,,4000
BBB,APPLE INC,AAPL,5,,1000
BBB,MICROSOFT CORP,MSFT,5,,3000
"""

TEMA = """holdings_date,ticker,proper_name,cusip,percent_of_nav,shares,market_value,country,sector,is_cash
2026-06-12,NVDA,NVIDIA Corp,67066G104,0.60,10,600,US,Technology,False
2026-06-12,,US Dollar,,0.40,400,400,US,,True
"""

KRX = {
    "output": [
        {"COMPST_ISU_CD": "KR7005930003", "COMPST_ISU_NM": "삼성전자", "COMPST_ISU_CU1_SHRS": "10", "VALU_AMT": "700", "COMPST_RTO": "70.00"},
        {"COMPST_ISU_CD": "000660", "COMPST_ISU_NM": "SK하이닉스", "COMPST_ISU_CU1_SHRS": "1", "VALU_AMT": "280", "COMPST_RTO": "28.00"},
        {"COMPST_ISU_CD": "KRD010010001", "COMPST_ISU_NM": "원화현금", "COMPST_ISU_CU1_SHRS": "20", "VALU_AMT": "20", "COMPST_RTO": "2.00"},
    ]
}  # fmt: skip

FIRST_TRUST = """<html><body><table><tr><td>menu</td></tr></table>
<table><tr><th>Security Name</th><th>Identifier</th><th>Ticker</th><th>Market Value</th><th>Weighting</th></tr>
<tr><td>NVIDIA Corporation</td><td>67066G104</td><td>NVDA</td><td>$600.00</td><td>60.00%</td></tr>
<tr><td>US Dollar</td><td></td><td>$USD</td><td>$400.00</td><td>40.00%</td></tr></table></body></html>"""


def read(folder: Path, name: str, content: str) -> list[FundFile]:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_holdings_file(path)


def kinds(found: FundFile) -> list[str]:
    return [line.kind.value for line in found.lines]


def test_that_a_file_of_lines_above_its_table_gives_fund_and_day(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "EXMP.csv", DIREXION)
    assert found.fund_names[0] == "EXMP"
    assert found.as_of == "2026-06-12"
    assert kinds(found) == ["security", "swap", "cash"]
    assert found.weight_sum == pytest.approx(1.0)


def test_that_a_footer_is_no_holding(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "copx.csv", GLOBAL_X)
    assert found.as_of == "2026-06-12"
    assert [line.code for line in found.counted] == ["TECK/B CN", "KAP LI"]
    assert found.weight_sum == pytest.approx(1.0)


def test_that_swap_rows_of_an_administrator_are_swaps_and_its_flag_means_cash(
    tmp_path: Path,
) -> None:
    (found,) = read(tmp_path, "TidalFG_Holdings_DRMX.csv", US_BANK)
    assert kinds(found) == ["security", "swap", "cash"]
    assert found.net_assets == 100_000
    assert found.fund_names == ("DRMX",)


def test_that_one_file_of_many_funds_gives_each_its_list(tmp_path: Path) -> None:
    first, second = read(tmp_path, "psdlyhld_20260612.csv", PROSHARES)
    assert (first.fund_names, second.fund_names) == (("AAA",), ("BBB",))
    assert first.as_of == "2026-06-12"
    assert [line.weight for line in first.lines] == [pytest.approx(0.6), None, pytest.approx(0.4)]
    assert first.daily_multiple == pytest.approx(0.6 + 1.4)
    assert [line.weight for line in second.lines] == [pytest.approx(0.25), pytest.approx(0.75)]


def test_that_weights_as_fractions_stay_fractions(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "tema.csv", TEMA)
    assert [line.weight for line in found.lines] == [0.6, 0.4]
    assert kinds(found) == ["security", "cash"]


def test_that_the_korean_exchange_mixes_three_kinds_of_code(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "krx_pdf_20260731.json", json.dumps(KRX))
    assert [(line.isin, line.code) for line in found.lines][:2] == [
        ("KR7005930003", None),
        (None, "000660"),
    ]
    assert kinds(found) == ["security", "security", "cash"]
    assert found.as_of == "2026-07-31"


def test_that_a_table_in_a_page_is_read(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "fdn.html", FIRST_TRUST)
    assert [line.name for line in found.counted] == ["NVIDIA Corporation"]
    assert found.counted[0].cusip == "67066G104"


def test_that_a_workbook_with_a_percent_sign_in_its_cells_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["VanEck Example ETF (EXA)"])
    sheet.append(["Daily Holdings (%) 06/12/2026"])
    sheet.append(
        [
            "Number",
            "Ticker",
            "Holding Name",
            "FIGI",
            "Shares",
            "Asset Class",
            "Market Value",
            "Notional Value",
            "% of Net Assets",
        ]
    )
    sheet.append(
        [1, "NVDA US", "Nvidia Corp", "BBG000BBJQV0", "10", "Stock", "$600.00", "$600.00", "60.00%"]
    )
    sheet.append(
        [2, "ESU6", "S&P500 EMINI FUT SEP26", "", "1", "Future", "$0.00", "$380.00", "0.00%"]
    )
    sheet.append([3, "--", "Other/Cash", "--", "--", "Cash", "$400.00", "$400.00", "40.00%"])
    path = tmp_path / "exa.xlsx"
    book.save(path)
    (found,) = read_holdings_file(path)
    assert kinds(found) == ["security", "future", "cash"]
    assert found.as_of == "2026-06-12"
    assert found.daily_multiple == pytest.approx(0.98)


def test_that_forwards_of_a_hedged_fund_do_not_count_twice(tmp_path: Path) -> None:
    content = """Fund Holdings as of,"Jun 12, 2026"
Ticker,Name,Asset Class,Market Value,Weight (%),Notional Value
EWU,ISHARES MSCI UNITED KINGDOM ETF,Equity,"1,026.00",102.60,"1,026.00"
GBP,GBP/USD FORWARD 02-JUL-2026,Forwards,"974.00",97.40,"974.00"
"""
    (found,) = read(tmp_path, "HEWU.csv", content)
    assert kinds(found) == ["security", "hedge"]
    assert found.long == pytest.approx(1.026)
    assert [one.code for one in found.diagnostics] == ["reference.hedged_list"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("TRIMAS CORP", LineKind.SECURITY),
        ("FORWARD AIR CORP", LineKind.SECURITY),
        ("POSCO FUTURE M CO. LTD.", LineKind.SECURITY),
        ("Capgemini SE", LineKind.SECURITY),
        ("NASDAQ 100 E-MINI JUN24", LineKind.FUTURE),
        ("EUR/USD FORWARD 2026", LineKind.HEDGE),
        ("GOLDMAN FS TRSY OBLIG INST 468", LineKind.CASH),
    ],
)  # fmt: skip
def test_that_words_inside_company_names_make_no_contract(
    tmp_path: Path, name: str, kind: LineKind
) -> None:
    content = f"Name,Ticker,Weight (%)\n{name},,60.0\nNVIDIA CORP,NVDA,40.0\n"
    (found,) = read(tmp_path, "x.csv", content)
    assert found.lines[0].kind is kind


@pytest.mark.parametrize(
    "content",
    ["", "just a letter\nwith lines\n", "Name,Colour\nA,red\n", '{"a": [1, 2]}', "%PDF-1.4 x"],
)
def test_that_a_file_without_holdings_is_refused_by_name(tmp_path: Path, content: str) -> None:
    with pytest.raises(LevcheckError) as refusal:
        read(tmp_path, "letter.csv", content)
    assert refusal.value.code == "reference.bad_holdings_file"
    assert refusal.value.args_map["file"] == "letter.csv"


def test_that_entities_in_a_filing_are_refused(tmp_path: Path) -> None:
    content = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<edgarSubmission xmlns="http://www.sec.gov/edgar/nport">&e;</edgarSubmission>'
    )
    with pytest.raises(LevcheckError) as refusal:
        read(tmp_path, "primary_doc.xml", content)
    assert refusal.value.code == "reference.bad_holdings_file"


GERMAN = """Xtrackers Beispiel UCITS ETF;;;;
Stand: 05.06.2026;;;;
ISIN;Constituent Name;Constituent Type;Constituent Weighting;Marktwert
US67066G1040;NVIDIA CORP;Equity;60,1234;"1.202.468,00"
US5949181045;MICROSOFT CORP;Equity;39,8766;"797.532,00"
"""

TAIWAN = "股票代號,股票名稱,股數,持股權重(%)\n2330,台積電,1000,60.5\n2317,鴻海,1000,39.5\n"
JAPAN = "銘柄コード,銘柄名,保有株数,時価,組入比率(%)\n7203,トヨタ自動車,100,300000,60.0\n6758,ソニーグループ,100,200000,40.0\n"
KODEX = "번호,종목명,종목코드,수량,비중(%),평가금액(원)\n1,삼성전자,005930,10,97.5,700000\n2,설정현금액,KRD010010001,10,2.5,18000\n"
VANECK = '"VanEck Semiconductor ETF (SMH)"\n"Daily Holdings as of 06/12/2026"\nNumber,Holding Name,Ticker,Asset Class,% of Net Assets\n1,Nvidia Corp,NVDA US,Stock,60.00%\n2,Broadcom Inc,AVGO US,Stock,40.00%\n'


def test_that_decimal_commas_and_a_day_before_the_month_are_understood(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "XDWL.csv", GERMAN)
    assert found.as_of == "2026-06-05"
    assert [line.weight for line in found.lines] == [
        pytest.approx(0.601234),
        pytest.approx(0.398766),
    ]
    assert found.net_assets == pytest.approx(2_000_000)


@pytest.mark.parametrize(
    ("content", "codes"),
    [(TAIWAN, ["2330", "2317"]), (JAPAN, ["7203", "6758"]), (KODEX, ["005930"])],
)
def test_that_asian_headers_are_understood(tmp_path: Path, content: str, codes: list[str]) -> None:
    (found,) = read(tmp_path, "x.csv", content)
    assert [line.code for line in found.counted] == codes
    assert found.weight_sum == pytest.approx(1.0)


def test_that_a_ticker_in_brackets_names_the_fund(tmp_path: Path) -> None:
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.fund_lists import resolve

    (found,) = read(tmp_path, "download.csv", VANECK)
    listed = resolve(found, Catalogue.bundled())
    assert (listed.fund, listed.as_of) == ("SMH.US", "2026-06-12")
    assert [member.instrument for member in listed.members] == ["NVDA.US", "AVGO.US"]


NPORT = """<?xml version="1.0"?><edgarSubmission xmlns="http://www.sec.gov/edgar/nport"><formData>
<genInfo><regName>Trust</regName><seriesName>Example Bear 2X</seriesName><seriesId>S000099999</seriesId><repPdDate>2026-04-30</repPdDate></genInfo>
<fundInfo><netAssets>1000.00</netAssets></fundInfo><invstOrSecs>
<invstOrSec><name>N/A</name><title>NVIDIA CORP SWAP</title><balance>1</balance><curCd>USD</curCd><valUSD>-20</valUSD><pctVal>-2.0</pctVal>
<payoffProfile>N/A</payoffProfile><assetCat>DE</assetCat><derivativeInfo><swapDeriv derivCat="SWP">
<descRefInstrmnt><otherRefInst><issuerName>NVIDIA Corp</issuerName><issueTitle>NVIDIA Corp</issueTitle></otherRefInst></descRefInstrmnt>
<floatingRecDesc floatingRtIndex="Federal Funds Effective Rate Index" pmntAmt="0"/>
<floatingPmntDesc floatingRtIndex="Total Return of NVIDIA Corp" pmntAmt="0"/>
<notionalAmt>1990</notionalAmt></swapDeriv></derivativeInfo></invstOrSec>
<invstOrSec><name>N/A</name><title>RATE SWAP</title><balance>1</balance><curCd>USD</curCd><valUSD>5</valUSD><pctVal>0.5</pctVal>
<payoffProfile>N/A</payoffProfile><assetCat>DIR</assetCat><derivativeInfo><swapDeriv derivCat="SWP">
<notionalAmt>50000</notionalAmt></swapDeriv></derivativeInfo></invstOrSec>
<invstOrSec><name>Money Fund</name><title>Money Fund</title><balance>1015</balance><curCd>USD</curCd><valUSD>1015</valUSD><pctVal>101.5</pctVal>
<payoffProfile>Long</payoffProfile><assetCat>STIV</assetCat></invstOrSec>
</invstOrSecs></formData></edgarSubmission>"""


def test_that_an_inverse_funds_filing_shows_its_side_and_no_interest_swap_counts(
    tmp_path: Path,
) -> None:
    (found,) = read(tmp_path, "primary_doc.xml", NPORT)
    assert kinds(found) == ["swap", "hedge", "cash"]
    assert found.lines[0].name == "NVIDIA Corp"
    assert found.daily_multiple == pytest.approx(-1.99)
    assert found.long == 0
    assert found.short == pytest.approx(-1.99)


def test_that_a_filings_bill_is_collateral_and_a_foreign_notional_is_changed_into_dollars(
    tmp_path: Path,
) -> None:
    bill = (
        "<invstOrSec><name>United States Treasury</name><title>B 07/30/26</title><valUSD>600</valUSD><pctVal>60</pctVal>"
        "<assetCat>DBT</assetCat><issuerCat>UST</issuerCat><debtSec><maturityDt>2026-07-30</maturityDt></debtSec></invstOrSec>"
    )
    future = (
        '<invstOrSec><name>OSE</name><title>TOPIX JUN26</title><currencyConditional curCd="JPY" exchangeRt="150.0"/>'
        "<valUSD>1</valUSD><pctVal>0.1</pctVal><assetCat>DE</assetCat><derivativeInfo><futrDeriv><payOffProf>Long</payOffProf>"
        "<notionalAmt>300000</notionalAmt><curCd>JPY</curCd></futrDeriv></derivativeInfo></invstOrSec>"
    )
    head, _, tail = NPORT.partition("<invstOrSec>")
    lists = tail[tail.index("</invstOrSecs>") :]
    (found,) = read(tmp_path, "primary_doc.xml", f"{head}{bill}{future}{lists}")
    assert kinds(found) == ["security", "future"]
    assert found.lines[1].notional == pytest.approx(2000)
    assert found.daily_multiple == pytest.approx(2.0)
