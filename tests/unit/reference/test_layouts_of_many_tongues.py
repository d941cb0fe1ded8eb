"""Lists in other languages, column orders and habits, with invented figures: read exactly, asked about, or reported."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from levcheck.reference.catalogue import Catalogue
from levcheck.reference.fund_lists import resolve
from levcheck.reference.holdings_files.lines import FundFile
from levcheck.reference.holdings_files.reading import read_holdings_file


@dataclass(frozen=True)
class List:
    """A file with what it says: day (None: asked), securities and contracts, sum of weights, some of its members."""

    name: str
    text: str
    as_of: str | None
    rows: int
    weights: float
    members: tuple[str, ...]


LISTS = (
    List(
        "EUNL.csv",
        'Fondspositionen per,"12.Juni 2026"\n\n'
        "Emittententicker,Name,Sektor,Anlageklasse,Marktwert,Gewichtung (%),Nominalwert,Nominale,Kurs,Standort,Börse,Marktwährung\n"
        'NVDA,NVIDIA CORP,IT,Aktien,"600.000,00","60,00","600.000,00","1.000,00","600,00",Vereinigte Staaten,NASDAQ,USD\n'
        'ASML,ASML HOLDING NV,IT,Aktien,"395.000,00","39,50","395.000,00","1.000,00","395,00",Niederlande,Euronext Amsterdam,EUR\n'
        'USD,USD CASH,Cash und/oder Derivate,Cash,"5.000,00","0,50","5.000,00","5.000,00","100,00",Vereinigte Staaten,-,USD\n',
        "2026-06-12",
        2,
        1.0,
        ("NVDA.US", "ASML.NL"),
    ),
    List(
        "avoirs.csv",
        'Avoirs du fonds au,"12/juin/2026"\n\n'
        "Ticker de l'émetteur,Nom,Secteur,Classe d'actifs,Valeur de marché,Pondération (%),Valeur notionnelle,Nominal,Cours,Zone géographique,Bourse,Devise de marché\n"
        'NVDA,NVIDIA CORP,IT,Actions,"600\u202f000,00","60,00","600 000,00","1 000,00","600,00",États-Unis,NASDAQ,USD\n'
        'MC,LVMH,Conso,Actions,"400\u00a0000,00","40,00","400 000,00","1 000,00","400,00",France,Euronext Paris,EUR\n',
        "2026-06-12",
        2,
        1.0,
        ("NVDA.US", "MC.FR"),
    ),
    List(
        "posiciones.csv",
        'Posiciones del fondo a,"12/jun/2026"\n'
        "Ticker del emisor,Nombre,Clase de activo,Valor de mercado,Peso (%),Ubicación,Bolsa,Divisa de mercado\n"
        'NVDA,NVIDIA CORP,Renta variable,"600.000,00","60,00",Estados Unidos,NASDAQ,USD\n'
        'SAN,BANCO SANTANDER SA,Renta variable,"400.000,00","40,00",España,Bolsa De Madrid,EUR\n',
        "2026-06-12",
        2,
        1.0,
        ("NVDA.US", "SAN.ES"),
    ),
    List(
        "partecipazioni.csv",
        'Data partecipazioni,"12/giu/2026"\n'
        "Ticker dell'emittente,Nome,Asset Class,Valore di mercato,Ponderazione (%),Area geografica,Cambio,Valuta di mercato\n"
        'NVDA,NVIDIA CORP,Azionario,"600.000,00","60,00",Stati Uniti,NASDAQ,USD\n'
        'ENEL,ENEL,Azionario,"400.000,00","40,00",Italia,Borsa Italiana,EUR\n',
        "2026-06-12",
        2,
        1.0,
        ("NVDA.US", "ENEL.IT"),
    ),
    List(
        "vanguard_de.csv",
        "Details der Bestände - Vanguard FTSE All-World UCITS ETF\nStand: 31. Mai 2026\n\n"
        "Ticker,Wertpapiere,% der Assets,Sektor,Region,Marktwert,Anteile\n"
        '"NVDA","NVIDIA Corp.","60,0000 %","Technologie","US","US$600.000,00","1.000"\n'
        '"2330","Taiwan Semiconductor Manufacturing Co. Ltd.","40,0000 %","Technologie","TW","US$400.000,00","1.000"\n',
        "2026-05-31",
        2,
        1.0,
        ("NVDA.US", "2330.TW"),
    ),
    List(
        "posicoes.csv",
        "ETF BOVA11\nData;30/06/2026\n\nCódigo;Ação;Tipo;Qtde. Teórica;Part. (%)\n"
        "VALE3;VALE;ON NM;1.000.000;60,000\nPETR4;PETROBRAS;PN N2;500.000;40,000\n"
        "Quantidade Teórica Total;;;1.500.000;100,000\n",
        "2026-06-30",
        2,
        1.0,
        ("VALE3.BR", "PETR4.BR"),
    ),
    List(
        "niftybees.csv",
        "Nippon India ETF Nifty BeES\nPortfolio as on 30-Jun-2026\n\n"
        "Name of the Instrument,ISIN,Industry / Rating,Quantity,Market/Fair Value (Rs. in Lacs),% to NAV\n"
        "Equity & Equity related\nHDFC Bank Limited,INE040A01034,Banks,1000,600.00,60.00%\n"
        "ICICI Bank Limited,INE090A01021,Banks,1000,395.00,39.50%\nSub Total,,,,995.00,99.50%\n"
        "TREPS,,,,5.00,0.50%\nGrand Total,,,,1000.00,100.00%\n",
        "2026-06-30",
        2,
        1.0,
        (),
    ),
    List(
        "hs300.csv",
        "基金名称,沪深300ETF\n截止日期,2026-06-30\n\n序号,证券代码,证券名称,持股数量,占基金净值比例(%),市值(元)\n"
        '1,600519,贵州茅台,1000,60.00,"1,600,000"\n2,300750,宁德时代,1000,39.00,"1,040,000"\n',
        "2026-06-30",
        2,
        0.99,
        ("600519.CN", "300750.CN"),
    ),
    List(
        "0050.csv",
        "元大台灣50\n資料日期：115/06/30\n股票代號,股票名稱,權重(%)\n2330,台積電,60\n2454,聯發科,40\n",
        "2026-06-30",
        2,
        1.0,
        ("2330.TW", "2454.TW"),
    ),
    List(
        "225.csv",
        "ファンド名,日経225\n基準日,2026年6月30日\n\nコード,銘柄名,通貨,保有株数,評価額(円),純資産比(%)\n"
        "8035,東京エレクトロン,JPY,1000,30000000,60.00\n9983,ファーストリテイリング,JPY,100,19500000,39.00\n"
        "-,現金等,JPY,-,500000,1.00\n",
        "2026-06-30",
        2,
        1.0,
        ("8035.JP", "9983.JP"),
    ),
    List(
        "vti.csv",
        '"Holding details",,,\n"Total Stock Market ETF (VTI)"\n"Equity - as of 05/31/2026"\n'
        ",Ticker,Holdings,CUSIP,SEDOL,% of fund,Shares,Market value\n"
        ',NVDA,"NVIDIA Corp.",67066G104,2379504,60.50 %,"1,000,000","$605,000"\n'
        ',AAPL,"Apple Inc.",037833100,2046251,39.50 %,"1,000,000","$395,000"\n',
        "2026-05-31",
        2,
        1.0,
        ("NVDA.US", "AAPL.US"),
    ),
    List(
        "house.json",
        json.dumps(
            {
                "fund": {"ticker": "SMH", "asOfDate": "2026-06-12"},
                "holdings": [
                    {"holdingTicker": "NVDA", "holdingName": "NVIDIA", "weightPct": "60.0"},
                    {"holdingTicker": "AAPL", "holdingName": "APPLE", "weightPct": "40.0"},
                ],
            }
        ),
        "2026-06-12",
        2,
        1.0,
        ("NVDA.US", "AAPL.US"),
    ),
    List(
        "weights_of_two_kinds.csv",
        "Ticker,Name,Index Weight,Fund Weight,Weight Difference\nNVDA,NVIDIA CORP,55.0,60.0,5\nAAPL,APPLE INC,45.0,40.0,-5\n",
        None,
        2,
        1.0,
        ("NVDA.US", "AAPL.US"),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def only(folder: Path, name: str, text: str) -> FundFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (found,) = read_holdings_file(path)
    return found


def codes(found: FundFile) -> list[str]:
    return [one.code for one in found.diagnostics]


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.name)
def test_that_a_list_in_another_tongue_is_read(
    tmp_path: Path, catalogue: Catalogue, one: List
) -> None:
    found = only(tmp_path, one.name, one.text)
    assert (found.as_of, len(found.counted)) == (one.as_of, one.rows)
    assert found.weight_sum == pytest.approx(one.weights, abs=0.001)
    listed = resolve(found, catalogue, fund="XXXX.US", as_of="2026-06-30")
    assert set(one.members) <= {member.instrument for member in listed.members}


def test_that_the_funds_own_weights_are_taken_before_the_indexs(tmp_path: Path) -> None:
    found = only(tmp_path, LISTS[-1].name, LISTS[-1].text)
    assert [line.weight for line in found.lines] == [pytest.approx(0.6), pytest.approx(0.4)]


@pytest.mark.parametrize(
    ("encoding", "text", "members"),
    [
        ("cp949", "종목코드,종목명,비중(%)\n005930,삼성전자,60\n000660,SK하이닉스,40\n", ["005930.KR", "000660.KR"]),
        ("cp932", "コード,銘柄名,構成比(%)\n7203,トヨタ自動車,60\n6758,ソニーグループ,40\n", ["7203.JP", "6758.JP"]),
        ("cp950", "股票代號,股票名稱,權重(%)\n2330,台積電,60\n2454,聯發科,40\n", ["2330.TW", "2454.TW"]),
        ("gb18030", "证券代码,证券名称,占净值比例(%)\n600519,贵州茅台,60\n300750,宁德时代,40\n", ["600519.CN", "300750.CN"]),
        ("cp1252", "ISIN;Bezeichnung;Währung;Gewichtung\nUS67066G1040;NVIDIA;USD;60,0 %\nUS0378331005;APPLE;USD;40,0 %\n", ["NVDA.US", "AAPL.US"]),
    ],
)  # fmt: skip
def test_that_an_old_encoding_is_told_by_the_words_it_yields(
    tmp_path: Path, catalogue: Catalogue, encoding: str, text: str, members: list[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    (found,) = read_holdings_file(path)
    listed = resolve(found, catalogue, fund="XXXX.US", as_of="2026-06-30")
    assert [member.instrument for member in listed.members] == members


def test_that_two_unknown_names_in_another_script_stay_two_lines(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    found = only(tmp_path, "x.csv", "证券名称,比重\n某某一号公司,60%\n某某二号公司,40%\n")
    listed = resolve(found, catalogue, fund="XXXX.US", as_of="2026-06-30")
    assert [member.weight for member in listed.members] == [
        pytest.approx(0.6),
        pytest.approx(0.4),
    ]


def test_that_bills_beside_swaps_are_collateral_and_move_nothing(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        "psdlyhld.csv",
        "Daily Holdings,,,,\nAs of 6/12/2026,,,,\n\nFund Ticker,Description,Exposure Value (Notional + G/L),Market Value,Ticker\n"
        'TQQQ,NVIDIA CORP,,"$80,000.00",NVDA\n'
        'TQQQ,NASDAQ 100 INDEX SWAP GOLDMAN SACHS INTERNATIONAL,"$2,100,000.00",,\n'
        'TQQQ,NASDAQ 100 E-MINI EQUITY INDEX 18/SEP/2026 NQU6 INDEX,"$820,000.00",,\n'
        'TQQQ,TREASURY BILL,,"$500,000.00",\nTQQQ,NET OTHER ASSETS / CASH,,"$420,000.00",\n',
    )
    assert len(found.counted) == 4
    assert found.daily_multiple == pytest.approx(3.0)


def test_that_bills_of_a_fund_without_contracts_are_what_it_holds(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        "bil.csv",
        "Name,Ticker,Weight\nTREASURY BILL 08/26,,60%\nTREASURY BILL 09/26,,40%\n",
    )
    assert found.daily_multiple is None
    assert found.long == pytest.approx(1.0)


def test_that_fractions_of_a_tripled_fund_are_not_taken_for_percent(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        "x.csv",
        "Ticker,Name,Asset Class,Weight,Market Value\n,S&P 500 INDEX SWAP,Swap,2.5,0\n"
        "NVDA,NVIDIA CORP,Equity,0.5,500\n,CASH,Cash,0.5,500\n",
    )
    assert found.weight_sum == pytest.approx(3.5)
    assert found.daily_multiple == pytest.approx(3.0)


def test_that_a_total_that_contradicts_its_lines_is_reported(tmp_path: Path) -> None:
    rows = "Ticker,Name,Weight (%)\nNVDA,NVIDIA CORP,60\nAAPL,APPLE INC,40\n"
    assert codes(only(tmp_path, "right.csv", f"{rows},Total,100\n")) == []
    found = only(tmp_path, "wrong.csv", f"{rows},Total,120\n")
    assert codes(found) == ["reference.total_contradicts"]
    assert found.diagnostics[0].args["stated"] == 120.0
    assert found.weight_sum == pytest.approx(1.0)


def test_that_a_company_called_total_is_no_total(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        "x.csv",
        "ISIN,Name,Weight (%)\nFR0000120271,TOTAL SA,60\nUS0378331005,APPLE INC,40\n",
    )
    assert len(found.counted) == 2


def test_that_a_value_that_does_not_fit_its_weight_is_reported(tmp_path: Path) -> None:
    rows = "Ticker,Name,Weight (%),Market Value\nNVDA,NVIDIA CORP,30,300\nAAPL,APPLE INC,20,200\nMSFT,MICROSOFT,30,300\n"
    assert codes(only(tmp_path, "right.csv", f"{rows}XOM,EXXON,20,200\n")) == []
    found = only(tmp_path, "wrong.csv", f"{rows}XOM,EXXON,20,900\n")
    assert codes(found) == ["reference.values_contradict"]
    assert found.diagnostics[0].args["row"] == 5


def test_that_a_day_with_dots_never_puts_the_month_first(tmp_path: Path) -> None:
    found = only(
        tmp_path, "x.csv", "Datum;05.06.2026\nName;ISIN;Gewicht\nNVIDIA;US67066G1040;100,0\n"
    )
    assert found.as_of == "2026-06-05"


def test_that_the_moment_of_asking_is_not_taken_for_the_day_of_a_list(tmp_path: Path) -> None:
    rows = [{"COMPST_ISU_CD": "000660", "COMPST_ISU_NM": "SK하이닉스", "COMPST_RTO": "100.00"}]
    document = {"CURRENT_DATETIME": "2026.08.03 PM 04:10:22", "output": rows}
    assert only(tmp_path, "a.json", json.dumps(document)).as_of is None
    assert (
        only(tmp_path, "b.json", json.dumps(document | {"trdDd": "20260731"})).as_of == "2026-07-31"
    )


@pytest.mark.parametrize(
    ("above", "fund"),
    [("ASX,all values in A$", "QUAL.AU"), ("Fund,all values in $", "QUAL.US")],
)
def test_that_a_code_means_the_fund_at_the_files_own_home(
    tmp_path: Path, catalogue: Catalogue, above: str, fund: str
) -> None:
    found = only(
        tmp_path,
        "q.csv",
        f"Ticker,QUAL\nAs of,30 June 2026\n{above}\n\nName,ISIN,Weight\nApple,US0378331005,100%\n",
    )
    assert resolve(found, catalogue).fund == fund


def test_that_foreign_cash_tells_the_market_of_an_unknown_code_only(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    def fund(code: str, currency: str) -> str:
        rows = f"Ticker,{code}\nAs of,June 30 2026\n\nName,ISIN,Asset Class,Currency,Weight\nApple,US0378331005,Equity,USD,99%\n"
        found = only(tmp_path, f"{code}.csv", f"{rows}Cash,,Cash,{currency},1%\n")
        return resolve(found, catalogue).fund

    assert fund("EWY", "KRW") == "EWY.US"
    assert fund("QZQZ", "CAD") == "QZQZ.CA"
    assert fund("QZQZ", "USD") == "QZQZ.US"


def test_that_a_page_says_its_fund_and_day_above_its_table(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    found = only(
        tmp_path,
        "ft.html",
        "<html><head><title>First Trust Dow Jones Internet Index Fund (FDN)</title><script>var x='as of 1/1/2020'</script></head>"
        "<body><div>Holdings of the Fund as of 6/12/2026</div><table><tr><td>Security Name</td><td>Identifier</td><td>CUSIP</td><td>Weighting</td></tr>"
        "<tr><td>Amazon.com, Inc.</td><td>AMZN</td><td>023135106</td><td>60.00%</td></tr>"
        "<tr><td>Alphabet Inc. (Class A)</td><td>GOOGL</td><td>02079K305</td><td>40.00%</td></tr></table></body></html>",
    )
    listed = resolve(found, catalogue)
    assert (listed.fund, listed.as_of) == ("FDN.US", "2026-06-12")
    assert [member.instrument for member in listed.members] == ["AMZN.US", "GOOGL.US"]
