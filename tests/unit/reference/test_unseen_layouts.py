"""Layouts of further issuers, written here with invented figures: the general reader takes them or asks."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.fund_lists import resolve
from levcheck.reference.holdings_files.reading import read_holdings_file


@dataclass(frozen=True)
class Specimen:
    """A file with what it says: number of securities, date (None: it has to be asked), fund (None: asked), weights."""

    name: str
    text: str
    lines: int
    as_of: str | None
    fund: str | None
    weights: float = 1.0


SPECIMENS = (
    Specimen(
        "ProductDetailsHoldings_Vanguard 500 Index Fund_VOO.csv",
        '"Vanguard 500 Index Fund (VOO)"\n"as of 06/30/2026"\n\n'
        "SEDOL,HOLDINGS,TICKER,% OF FUNDS*,SUB-INDUSTRY,COUNTRY,SECURITY DEPOSITORY RECEIPT TYPE,MARKET VALUE*,SHARES\n"
        '2379504,NVIDIA Corp.,NVDA,60.00%,Semiconductors,US,-,"$600,000",4000\n'
        '2588173,Microsoft Corp.,MSFT,39.00%,Systems Software,US,-,"$390,000",900\n'
        '2046251,Apple Inc.,AAPL,1.00%,Hardware,US,-,"$10,000",50\n',
        3,
        "2026-06-30",
        "VOO.US",
    ),
    Specimen(
        "wisdomtree.csv",
        "WisdomTree U.S. Quality Dividend Growth Fund (DGRW)\nAll Holdings as of 6/30/2026\n"
        "Name,Security Ticker,Figi,Weight,Market Value,Shares,Asset Group\n"
        '1. Microsoft Corp,MSFT US,BBG000BPH459,70.00%,"700,000",1500,S\n'
        '2. Apple Inc,AAPL US,BBG000B9XRY4,29.50%,"295,000",1300,S\n'
        '3. US Dollar,USD,,0.50%,"5,000",5000,CU\n',
        2,
        "2026-06-30",
        "DGRW.US",
    ),
    Specimen(
        "JEPI_holdings.csv",
        "Fund Name,JPMorgan Equity Premium Income ETF\nTicker,JEPI\nAs of date,06/30/2026\n\n"
        "Ticker,ISIN,Security Description,Asset Class,Base Market Value,Shares/Par,Weight %\n"
        "NVDA,US67066G1040,NVIDIA CORP COMMON STOCK,Equity,850000,5000,85.00\n"
        "ELN,,SPX EQUITY LINKED NOTE 07/26,Equity Linked Notes,140000,140000,14.00\n"
        "USD,,CASH,Cash,10000,10000,1.00\n",
        2,
        "2026-06-30",
        "JEPI.US",
    ),
    Specimen(
        "Constituent_IE00BJ0KDQ92.csv",
        "Xtrackers MSCI World UCITS ETF 1C\nISIN;IE00BJ0KDQ92\nDate;30.06.2026\n\n"
        "Name;ISIN;Country;Currency;Exchange;Type of Security;Rating;Primary Listing;Industry Classification;Weighting\n"
        "NVIDIA CORP;US67066G1040;United States;USD;NASDAQ;Equity;-;-;Technology;55,50%\n"
        "APPLE INC;US0378331005;United States;USD;NASDAQ;Equity;-;-;Technology;44,00%\n"
        "US DOLLAR;_CURRENCYUSD;;USD;;Cash;-;-;Cash;0,50%\n",
        2,
        "2026-06-30",
        "XDWD.DE",
    ),
    Specimen(
        "invesco-eqqq.csv",
        "Invesco EQQQ NASDAQ-100 UCITS ETF\nISIN,IE0032077012\nHoldings as of,30/06/2026\n\n"
        "Name,CUSIP,ISIN,Shares,Weight,Market Value\n"
        "NVIDIA CORP ORD,67066G104,US67066G1040,100,60.5%,605000\n"
        "MICROSOFT CORP ORD,594918104,US5949181045,90,39.5%,395000\n",
        2,
        "2026-06-30",
        "EQQQ.DE",
    ),
    Specimen(
        "FLKR-holdings-06302026.csv",
        "Franklin FTSE South Korea ETF,,,,,\nTicker: FLKR,,,,,\nAs of 06/30/2026,,,,,\n"
        "Ticker,Security Name,Asset Class,Weight (%),Market Value,Quantity\n"
        '005930 KS,SAMSUNG ELECTRONICS CO LTD,Equity,58.2,"582,000",900\n'
        '000660 KS,SK HYNIX INC,Equity,41.5,"415,000",200\n'
        ',NET OTHER ASSETS,Cash,0.3,"3,000",\n',
        2,
        "2026-06-30",
        "FLKR.US",
    ),
    Specimen(
        "avantis.csv",
        "Fund Ticker,As Of Date,Security Name,Ticker,CUSIP,Shares,Market Value,Weight Percentage,Sector\n"
        "AVUV,2026-06-30,Example Bank Inc,EXBK,000000000,100,500000,50.0,Financials\n"
        "AVUV,2026-06-30,Example Oil Inc,EXOL,000000001,100,490000,49.0,Energy\n"
        "AVUV,2026-06-30,Cash,USD,,100,10000,1.0,Cash\n",
        2,
        "2026-06-30",
        "AVUV.US",
    ),
    Specimen(
        "KODEX 200 (069500) 20260630.csv",
        "KODEX 200\n기준일 : 2026.06.30\n\n"
        "번호,종목명,종목코드,수량,비중(%),평가금액(원),현재가(원),등락(원)\n"
        '1,삼성전자,005930,8000,60.10,"601,000,000",75000,100\n'
        '2,SK하이닉스,000660,1200,39.40,"394,000,000",330000,100\n'
        '3,원화예금,KRD010010001,,0.50,"5,000,000",,\n',
        2,
        "2026-06-30",
        "069500.KR",
    ),
    Specimen(
        "1321_pcf.csv",
        "NEXT FUNDS Nikkei 225 Exchange Traded Fund,,,,\nETF Code,1321,,,\nFund Date,20260630,,,\n"
        "Code,Name,ISIN,Exchange,Currency,Shares Amount,Stock Price,Market Value\n"
        "9983,FAST RETAILING CO LTD,JP3802300008,TSE,JPY,100,50000,5000000\n"
        "8035,TOKYO ELECTRON LTD,JP3571400005,TSE,JPY,200,25000,5000000\n",
        2,
        "2026-06-30",
        "1321.JP",
    ),
    Specimen(
        "pcf_of_a_code.csv",
        "Some New Exchange Traded Fund,,,,\nETF Code,1999,,,\nFund Date,20260630,,,\n"
        "Code,Name,ISIN,Exchange,Currency,Shares Amount,Stock Price,Market Value\n"
        "9983,FAST RETAILING CO LTD,JP3802300008,TSE,JPY,100,50000,5000000\n",
        1,
        "2026-06-30",
        None,
    ),
    Specimen(
        "yuanta_0050.csv",
        "元大台灣卓越50基金\n股票代號,0050\n資料日期,2026/06/30\n\n商品代碼,商品名稱,商品數量,商品權重\n"
        "2330,台積電,100000,60.50\n2454,聯發科,20000,39.00\n",
        2,
        "2026-06-30",
        "0050.TW",
        0.995,
    ),
    Specimen(
        "mirae_globalx_hk.csv",
        "Global X Hang Seng TECH ETF\nStock Code: 2837\nAs of 30 Jun 2026\n\n"
        "Security Name,Stock Code,Exchange,Market Value (HKD),% of NAV\n"
        "TENCENT HOLDINGS LTD,0700,HKEX,600000,60.0\n"
        "XIAOMI CORP,1810,HKEX,395000,39.5\n"
        "CASH,,,5000,0.5\n",
        2,
        "2026-06-30",
        "2837.HK",
    ),
)  # fmt: skip


@pytest.mark.parametrize("one", SPECIMENS, ids=lambda one: one.name)
def test_that_an_unseen_layout_is_read(tmp_path: Path, one: Specimen) -> None:
    path = tmp_path / one.name
    path.write_text(one.text, encoding="utf-8")
    (found,) = read_holdings_file(path)
    assert len(found.counted) == one.lines
    assert found.as_of == one.as_of
    assert found.weight_sum == pytest.approx(one.weights, abs=0.001)


@pytest.mark.parametrize("one", SPECIMENS, ids=lambda one: one.name)
def test_that_its_fund_is_told_or_asked_for(tmp_path: Path, one: Specimen) -> None:
    path = tmp_path / one.name
    path.write_text(one.text, encoding="utf-8")
    (found,) = read_holdings_file(path)
    catalogue = Catalogue.bundled()
    if one.fund is None:
        with pytest.raises(LevcheckError) as told:
            resolve(found, catalogue)
        assert told.value.code == "reference.needs_fund"
        return
    assert resolve(found, catalogue).fund == one.fund


@pytest.mark.parametrize("encoding", ["UTF-9", "gb18030", "no such thing"])
@pytest.mark.parametrize(
    "body",
    [
        '<edgarSubmission xmlns="http://www.sec.gov/edgar/nport"/>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ],
    ids=["filing", "spreadsheet"],
)
def test_that_an_encoding_that_is_none_is_a_refusal(
    tmp_path: Path, body: str, encoding: str
) -> None:
    path = tmp_path / "list.xml"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?>{body}', encoding="utf-8")
    with pytest.raises(LevcheckError) as caught:
        read_holdings_file(path)
    assert caught.value.code == "reference.bad_holdings_file"
