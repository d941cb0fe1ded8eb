"""Books that people keep by hand, in the languages they keep them in; made up here."""

from tests.unit.importing.layouts.case import layout

# hand-made books by language
layout(
    "en_dash",
    {
        "My Portfolio": [
            ["My Portfolio", None, None, None, None],
            ["as of", "29 May 2026"],
            [],
            ["Ticker", "Company", "# Shares", "Current Price", "Total"],
            ["NVDA", "Nvidia", 10, 120, 1200],
            ["BRK.B", "Berkshire", 5, 480, 2400],
            ["Cash", None, None, None, 500],
            ["TOTAL", None, None, None, 4100],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("BRK.B", 5, 2400, "USD")],
    cash=[(500, "USD")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "en_sections",
    {
        "Holdings": [
            ["Fidelity Brokerage"],
            ["Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            ["Subtotal", None, None, 1700],
            [],
            ["Roth IRA"],
            ["Ticker", "Shares", "Price", "Value"],
            ["VTI", 20, 300, 6000],
            ["Subtotal", None, None, 6000],
            [],
            ["Grand Total", None, None, 7700],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("VTI", 20, 6000, "USD")],
    accounts=["Fidelity Brokerage", "Fidelity Brokerage", "Roth IRA"],
    quiet={"total_mismatch"},
)
layout(
    "en_two_accounts_cols",
    """
Owner,Account,Symbol,Shares,Cost/Share,Price,Market Value,Gain
Ann,IRA,NVDA,10,100,120,"1,200",200
Ben,Taxable,MSTR,5,200,150,750,-250
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("MSTR", 5, 750, "USD", 1000)],
    accounts=["IRA", "Taxable"],
)
layout(
    "de_hand",
    {
        "Depot": [
            ["Mein Depot – Stand 29.05.2026"],
            [],
            [
                "Wertpapier",
                "WKN",
                "Anzahl",
                "Kaufkurs",
                "Aktueller Kurs",
                "Kaufwert",
                "Aktueller Wert",
                "G/V",
            ],
            ["Nvidia", "918422", 10, "90,00 €", "105,50 €", "900,00 €", "1.055,00 €", "155,00 €"],
            [
                "Vanguard FTSE All-World",
                "A1JX52",
                50,
                "100,00 €",
                "120,00 €",
                "5.000,00 €",
                "6.000,00 €",
                "1.000,00 €",
            ],
            ["Verrechnungskonto", None, None, None, None, None, "-350,25 €", None],
            ["Summe", None, None, None, None, "5.900,00 €", "6.704,75 €", None],
        ]
    },
    positions=[("918422", 10, 1055, "EUR", 900), ("A1JX52", 50, 6000, "EUR", 5000)],
    cash=[(-350.25, "EUR")],
    as_of="2026-05-29",
    told={"margin_debt"},
    quiet={"total_mismatch"},
)
layout(
    "de_csv_k",
    """
Name;ISIN;Stück;Kurs;Wert
SAP;DE0007164600;12;180,5;2.166,00
Allianz;DE0008404005;4;300,00;1.200,00
Tagesgeld;;;;10.000,00
Gesamt;;;;13.366,00
""",
    positions=[("DE0007164600", 12, 2166, "EUR"), ("DE0008404005", 4, 1200, "EUR")],
    cash=[(10000, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "fr_hand",
    """
Libellé;Code ISIN;Quantité;PRU;Cours;Valorisation;+/- value
TOTALENERGIES;FR0000120271;100;50,00;62,50;6 250,00;1 250,00
AMUNDI CW8;LU1681043599;10;400,00;520,00;5 200,00;1 200,00
Espèces;;;;;1 234,56;
Total;;;;;12 684,56;
""",
    positions=[("FR0000120271", 100, 6250, "EUR", 5000), ("LU1681043599", 10, 5200, "EUR", 4000)],
    cash=[(1234.56, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "fr_pea",
    {
        "PEA": [
            ["Relevé PEA au 29/05/2026"],
            ["Valeur", "Code", "Qté", "Dernier cours", "Montant (€)", "% du portefeuille"],
            ["AIR LIQUIDE", "FR0000120073", 8, 170.2, 1361.6, 0.57],
            ["LVMH", "FR0000121014", 2, 520, 1040, 0.43],
            ["TOTAL", None, None, None, 2401.6, 1],
        ]
    },
    positions=[("FR0000120073", 8, 1361.6, "EUR"), ("FR0000121014", 2, 1040, "EUR")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "nl_hand",
    """
Naam;Symbool;Aantal;Koers;Waarde;Gem. aankoopprijs
ASML;ASML.AS;5;€ 650,00;€ 3.250,00;€ 500,00
VWRL;VWRL.AS;20;€ 110,25;€ 2.205,00;€ 90,00
Contant;;;;€ 500,00;
Totaal;;;;€ 5.955,00;
""",
    positions=[("ASML.AS", 5, 3250, "EUR", 2500), ("VWRL.AS", 20, 2205, "EUR", 1800)],
    cash=[(500, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "es_hand",
    {
        "Cartera": [
            [
                "Nombre",
                "Ticker",
                "Nº títulos",
                "Precio medio",
                "Precio actual",
                "Importe",
                "Rentabilidad",
            ],
            ["Inditex", "ITX.MC", 20, 30, 45, 900, 0.5],
            ["Nvidia", "NVDA", 5, 100, 120, 600, 0.2],
            ["Efectivo", None, None, None, None, 250, None],
            ["Total", None, None, None, None, 1750, None],
        ]
    },
    positions=[("ITX.MC", 20, 900, "EUR", 600), ("NVDA", 5, 600, "EUR", 500)],
    cash=[(250, "EUR")],
)
layout(
    "es_csv",
    """
Valor;ISIN;Nº Títulos;Precio;Divisa;Valoración
SANTANDER;ES0113900J37;1.500;4,25;EUR;6.375,00
APPLE;US0378331005;10;200,00;USD;2.000,00
""",
    positions=[("ES0113900J37", 1500, 6375, "EUR"), ("US0378331005", 10, 2000, "USD")],
)
layout(
    "it_hand",
    """
Titolo;ISIN;Quantità;Prezzo medio;Prezzo attuale;Controvalore;Valuta
ENI;IT0003132476;1.000;13,50;14,20;14.200,00;EUR
BTP 1/3/2030;IT0005024234;10.000;98,00;101,50;10.150,00;EUR
Liquidità;;;;;3.000,00;EUR
Totale;;;;;27.350,00;EUR
""",
    positions=[
        ("IT0003132476", 1000, 14200, "EUR", 13500),
        ("IT0005024234", 10000, 10150, "EUR", 9800),
    ],
    cash=[(3000, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "it_fineco",
    """
Titolo;ISIN;Simbolo;Mercato;Strumento;Valuta;Quantita;P.zo medio di carico;Cambio di carico;Valore di carico;P.zo di mercato;Cambio di mercato;Valore di mercato €;Var %;Var €;Var in valuta;Rateo
VANGUARD FTSE ALL-WORLD;IE00BK5BQT80;VWCE;ETFP;ETF;EUR;10;100,00;1,0000;1.000,00;120,00;1,0000;1.200,00;20;200;200;
APPLE INC;US0378331005;AAPL;NASDAQ;Azioni;USD;5;150,00;1,1000;681,82;200,00;1,1363;880,05;29;198;250;
""",
    positions=[("VWCE", 10, 1200, "EUR", 1000), ("AAPL", 5, 880.05, "EUR", 681.82)],
)
layout(
    "pt_br",
    """
Ativo;Quantidade;Preço Médio;Preço Atual;Valor Atual
PETR4;100;R$ 30,00;R$ 38,50;R$ 3.850,00
IVVB11;10;R$ 280,00;R$ 350,00;R$ 3.500,00
Saldo em conta;;;;R$ 1.000,00
Total;;;;R$ 8.350,00
""",
    positions=[("PETR4", 100, 3850, "BRL", 3000), ("IVVB11", 10, 3500, "BRL", 2800)],
    cash=[(1000, "BRL")],
    quiet={"total_mismatch"},
)
layout(
    "pt_b3",
    {
        "Acoes": [
            [
                "Produto",
                "Instituição",
                "Conta",
                "Código de Negociação",
                "CNPJ da Empresa",
                "Código ISIN / Distribuição",
                "Tipo",
                "Escriturador",
                "Quantidade",
                "Quantidade Disponível",
                "Quantidade Indisponível",
                "Motivo",
                "Preço de Fechamento",
                "Valor Atualizado",
            ],
            [
                "PETR4 - PETROBRAS",
                "CORRETORA X",
                "123",
                "PETR4",
                "33000167000101",
                "BRPETRACNPR6 - 100",
                "PN",
                "BANCO",
                100,
                100,
                "-",
                "-",
                38.5,
                3850,
            ],
        ],
        "ETF": [
            [
                "Produto",
                "Instituição",
                "Conta",
                "Código de Negociação",
                "CNPJ do Fundo",
                "Código ISIN / Distribuição",
                "Tipo",
                "Quantidade",
                "Quantidade Disponível",
                "Quantidade Indisponível",
                "Motivo",
                "Preço de Fechamento",
                "Valor Atualizado",
            ],
            [
                "IVVB11 - ISHARES",
                "CORRETORA X",
                "123",
                "IVVB11",
                "1",
                "BRIVVBCTF005 - 100",
                "Fundo",
                10,
                10,
                "-",
                "-",
                350,
                3500,
            ],
        ],
    },
    positions=[("PETR4", 100, 3850, "BRL"), ("IVVB11", 10, 3500, "BRL")],
)
layout(
    "ko_hand",
    {
        "포트폴리오": [
            ["내 포트폴리오 (2026-05-29 기준)"],
            ["종목명", "종목코드", "보유수량", "평균단가", "현재가", "평가금액", "비중"],
            ["삼성전자", "005930", 10, 65000, 70000, 700000, "70%"],
            ["TIGER 미국S&P500", "360750", 20, 12000, 15000, 300000, "30%"],
            ["현금", None, None, None, None, 500000, None],
            ["합계", None, None, None, None, 1500000, None],
        ]
    },
    positions=[("005930", 10, 700000, "KRW", 650000), ("360750", 20, 300000, "KRW", 240000)],
    cash=[(500000, "KRW")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "ko_overseas",
    """
종목명,티커,보유수량,매입단가($),현재가($),평가금액($),평가금액(원)
엔비디아,NVDA,10,100.00,120.00,"1,200.00","1,656,000"
SOXL,SOXL,30,20.00,25.00,750.00,"1,035,000"
예수금(USD),,,,,300.00,"414,000"
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("SOXL", 30, 750, "USD", 600)],
    cash=[(300, "USD")],
    encoding="cp949",
)
layout(
    "ko_mixed",
    """
구분,종목명,수량,매수가,현재가,평가금액,통화
국내주식,삼성전자,10,65000,70000,700000,KRW
해외주식,NVDA,3,100,120,360,USD
해외주식,TQQQ,7,50,70,490,USD
합계,,,,,,
""",
    positions=[
        ("삼성전자", 10, 700000, "KRW", 650000),
        ("NVDA", 3, 360, "USD", 300),
        ("TQQQ", 7, 490, "USD", 350),
    ],
)
layout(
    "zh_tw_hand",
    {
        "庫存": [
            ["證券庫存 2026/05/29"],
            ["股票代號", "股票名稱", "庫存股數", "成交均價", "現價", "市值", "損益"],
            ["2330", "台積電", 1000, 600, 1000, 1000000, 400000],
            ["0050", "元大台灣50", 2000, 120, 180, 360000, 120000],
            ["00878", "國泰永續高股息", 3000, 18, 22, 66000, 12000],
            ["合計", None, None, None, None, 1426000, None],
        ]
    },
    positions=[
        ("2330", 1000, 1000000, "TWD", 600000),
        ("0050", 2000, 360000, "TWD", 240000),
        ("00878", 3000, 66000, "TWD", 54000),
    ],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "zh_tw_lots",
    """
代號,名稱,張數,均價,現價,現值
2330,台積電,2,600,1000,2000000
2317,鴻海,5,100,200,1000000
現金,,,,,300000
總計,,,,,3300000
""",
    positions=[("2330", 2, 2000000, "TWD"), ("2317", 5, 1000000, "TWD")],
    cash=[(300000, "TWD")],
    told={"lots_of_1000"},
    quiet={"total_mismatch"},
    encoding="big5",
)
layout(
    "zh_tw_us",
    """
股票,股數,買價,現價,幣別
NVDA,10,100,120,USD
TSM,5,150,200,USD
0056,2000,30,38,TWD
""",
    positions=[
        ("NVDA", 10, 1200, "USD", 1000),
        ("TSM", 5, 1000, "USD", 750),
        ("0056", 2000, 76000, "TWD", 60000),
    ],
)
layout(
    "zh_cn_hand",
    {
        "持仓": [
            ["证券代码", "证券名称", "持仓数量", "成本价", "最新价", "市值", "盈亏"],
            ["600519", "贵州茅台", 100, 1500, 1600, 160000, 10000],
            ["000001", "平安银行", 1000, 10, 12, 12000, 2000],
            ["510300", "沪深300ETF", 5000, 3.8, 4.0, 20000, 1000],
            ["现金", None, None, None, None, 8000, None],
            ["合计", None, None, None, None, 200000, None],
        ]
    },
    positions=[
        ("600519", 100, 160000, "CNY", 150000),
        ("000001", 1000, 12000, "CNY", 10000),
        ("510300", 5000, 20000, "CNY", 19000),
    ],
    cash=[(8000, "CNY")],
    quiet={"total_mismatch"},
)
layout(
    "zh_cn_ths",
    """
证券代码	证券名称	股票余额	可用余额	冻结数量	成本价	市价	盈亏	盈亏比例(%)	市值	交易市场	股东帐户
600036	招商银行	500	500	0	32.50	40.00	3750.00	23.08	20000.00	上海Ａ股	A123
300750	宁德时代	100	100	0	200.00	250.00	5000.00	25.00	25000.00	深圳Ａ股	123
""",
    positions=[("600036", 500, 20000, "CNY", 16250), ("300750", 100, 25000, "CNY", 20000)],
    encoding="gb18030",
    ending=".xls",
)
layout(
    "zh_fund",
    """
基金代码,基金名称,持有份额,最新净值,净值日期,资产市值,持仓成本价
161725,招商中证白酒,1000.50,1.2000,2026-05-29,1200.60,1.1000
000961,天弘沪深300联接,2000.00,1.5000,2026-05-29,3000.00,1.4000
""",
    positions=[("161725", 1000.5, 1200.6, "CNY", 1100.55), ("000961", 2000, 3000, "CNY", 2800)],
)
layout(
    "ja_hand",
    {
        "保有株": [
            ["銘柄コード", "銘柄名", "保有株数", "取得単価", "現在値", "評価額", "損益"],
            [7203, "トヨタ自動車", 100, 2000, 3000, 300000, 100000],
            [9432, "NTT", 1000, 150, 160, 160000, 10000],
            ["現金", None, None, None, None, 50000, None],
            ["合計", None, None, None, None, 510000, None],
        ]
    },
    positions=[("7203", 100, 300000, "JPY", 200000), ("9432", 1000, 160000, "JPY", 150000)],
    cash=[(50000, "JPY")],
    quiet={"total_mismatch"},
)
layout(
    "ja_fund",
    """
ファンド名,保有口数,基準価額,取得単価,評価金額
eMAXIS Slim 米国株式(S&P500),"123,456","30,000","25,000","370,368"
ひふみプラス,"50,000","60,000","55,000","300,000"
""",
    positions=[
        ("eMAXIS Slim 米国株式(S&P500)", 123456, 370368, "JPY", 308640),
        ("ひふみプラス", 50000, 300000, "JPY", 275000),
    ],
    told={"per_10000_units"},
    encoding="cp932",
)
layout(
    "he_hand",
    """
שם נייר,מספר נייר,כמות,שער אחרון,שווי בש"ח,שער קניה,אחוז מהתיק
לאומי,604611,100,3500,3500,3000,70%
קסם KTF תא 125,1146356,75,2000,1500,1900,30%
מזומן,,,,2000,,
סה"כ,,,,7000,,
""",
    positions=[("604611", 100, 3500, "ILS", 3000), ("1146356", 75, 1500, "ILS", 1425)],
    cash=[(2000, "ILS")],
    quiet={"total_mismatch"},
)
layout(
    "he_us",
    {
        "תיק": [
            ["סימבול", "נייר", "כמות", "שער", "שווי אחזקה במטבע", "מטבע"],
            ["NVDA", "אנבידיה", 10, 120, 1200, "$"],
            ["VOO", "ואנגארד", 3, 550, 1650, "$"],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("VOO", 3, 1650, "USD")],
)
# weights only variants
layout(
    "weights_pct_num",
    {"Target": [["Ticker", "Weight (%)"], ["VTI", 60], ["BND", 30], ["GLD", 10]]},
    positions=[("VTI", None, None, None), ("BND", None, None, None), ("GLD", None, None, None)],
    outcome="needs_mapping",
    told={"weights_only"},
)
layout(
    "weights_told",
    {"Target": [["Ticker", "Weight"], ["VTI", 60], ["BND", 30], ["GLD", 10]]},
    positions=[("VTI", None, 6000, "USD"), ("BND", None, 3000, "USD"), ("GLD", None, 1000, "USD")],
    total_value=10000,
)
layout(
    "weights_frac",
    {"Target": [["Ticker", "Weight"], ["VTI", 0.6], ["BND", 0.3], ["Cash", 0.1]]},
    positions=[("VTI", None, 6000, "USD"), ("BND", None, 3000, "USD")],
    cash=[(1000, "USD")],
    total_value=10000,
)
layout(
    "weights_de",
    """
ISIN;Name;Gewichtung
IE00B4L5Y983;MSCI World;70,5 %
IE00B4L5YC18;MSCI EM;29,5 %
""",
    positions=[("IE00B4L5Y983", None, 7050, "EUR"), ("IE00B4L5YC18", None, 2950, "EUR")],
    total_value=10000,
)
# names only
layout(
    "names_value",
    """
Fund,Balance
Vanguard Total Stock Market Index,"$12,000.00"
Vanguard Total Bond Market Index,"$8,000.00"
Total,"$20,000.00"
""",
    positions=[
        ("Vanguard Total Stock Market Index", None, 12000, "USD"),
        ("Vanguard Total Bond Market Index", None, 8000, "USD"),
    ],
    quiet={"total_mismatch"},
)
# options
layout(
    "opt_spellings",
    """
Symbol,Quantity,Price,Market Value
AAPL  260619C00200000,2,5.00,1000.00
.NVDA260918C150,1,8.00,800.00
"TSLA Jun 19 '26 $250 Call",-1,10.00,-1000.00
AMD 16JAN27 100 P,3,4.00,1200.00
SPY 01/15/2027 600.00 C,1,20.00,2000.00
QQQ 2026-12-18 500 PUT,1,15.00,1500.00
MSFT Jan 15 2027 500 Call,1,30.00,3000.00
-META270115P500,-1,12.00,-1200.00
""",
    positions=[
        ("AAPL  260619C00200000", 2, 1000, "USD"),
        (".NVDA260918C150", 1, 800, "USD"),
        ("TSLA Jun 19 '26 $250 Call", -1, -1000, "USD"),
        ("AMD 16JAN27 100 P", 3, 1200, "USD"),
        ("SPY 01/15/2027 600.00 C", 1, 2000, "USD"),
        ("QQQ 2026-12-18 500 PUT", 1, 1500, "USD"),
        ("MSFT Jan 15 2027 500 Call", 1, 3000, "USD"),
        ("-META270115P500", -1, -1200, "USD"),
    ],
    options=[
        ("AAPL", "2026-06-19", 200, "C", 100),
        ("NVDA", "2026-09-18", 150, "C", 100),
        ("TSLA", "2026-06-19", 250, "C", 100),
        ("AMD", "2027-01-16", 100, "P", 100),
        ("SPY", "2027-01-15", 600, "C", 100),
        ("QQQ", "2026-12-18", 500, "P", 100),
        ("MSFT", "2027-01-15", 500, "C", 100),
        ("META", "2027-01-15", 500, "P", 100),
    ],
)
layout(
    "opt_more",
    """
Symbol,Description,Quantity,Last Price,Market Value
AAPL 6/19/26 C200,CALL APPLE,1,5.00,500.00
NVDA260918C00150000,NVDA SEP 18 2026 150.0 CALL,1,8.00,800.00
TSLA 19JUN26 250 C,TSLA,-2,10.00,"-2,000.00"
AMZN 260619P180,PUT AMAZON,1,3.00,300.00
SPXW 26-06-19 P5000,PUT,1,10.00,"1,000.00"
""",
    positions=[
        ("AAPL 6/19/26 C200", 1, 500, "USD"),
        ("NVDA260918C00150000", 1, 800, "USD"),
        ("TSLA 19JUN26 250 C", -2, -2000, "USD"),
        ("AMZN 260619P180", 1, 300, "USD"),
        ("SPXW 26-06-19 P5000", 1, 1000, "USD"),
    ],
    options=[
        ("AAPL", "2026-06-19", 200, "C", 100),
        ("NVDA", "2026-09-18", 150, "C", 100),
        ("TSLA", "2026-06-19", 250, "C", 100),
        ("AMZN", "2026-06-19", 180, "P", 100),
        ("SPXW", "2026-06-19", 5000, "P", 100),
    ],
)
layout(
    "opt_columns",
    {
        "Options": [
            [
                "Underlying",
                "Type",
                "Strike",
                "Expiration",
                "Contracts",
                "Premium",
                "Current Price",
                "Market Value",
            ],
            ["NVDA", "Call", 150, "2026-09-18", 2, 5, 8.4, 1680],
            ["MSTR", "Put", 100, "2026-12-18", -1, 9, 7, -700],
        ]
    },
    positions=[("NVDA", 2, 1680, "USD"), ("MSTR", -1, -700, "USD")],
    options=[("NVDA", "2026-09-18", 150, "C", 100), ("MSTR", "2026-12-18", 100, "P", 100)],
)
layout(
    "opt_computed",
    """
Symbol,Qty,Price
AAPL 260619C00200000,2,5.00
AAPL,10,200
""",
    positions=[("AAPL 260619C00200000", 2, 1000, "USD"), ("AAPL", 10, 2000, "USD")],
    options=[("AAPL", "2026-06-19", 200, "C", 100), None],
)
layout(
    "opt_side",
    """
Symbol,Side,Quantity,Mark,Value
NVDA 09/18/2026 150.00 C,Short,1,8.40,840.00
NVDA,Long,100,120,12000
""",
    positions=[("NVDA 09/18/2026 150.00 C", -1, -840, "USD"), ("NVDA", 100, 12000, "USD")],
)
layout(
    "opt_eu",
    """
Bezeichnung;WKN;Stück;Kurs;Wert in EUR
Call Optionsschein auf NVIDIA 150 USD;SW1ABC;1.000;1,25;1.250,00
DAX Turbo Long;HG2XYZ;200;3,10;620,00
""",
    positions=[("SW1ABC", 1000, 1250, "EUR"), ("HG2XYZ", 200, 620, "EUR")],
    options=[None, None],
)
# bonds etc.
layout(
    "bonds_usd",
    """
CUSIP,Description,Face Value,Price,Market Value
912828YV6,US TREASURY NOTE 1.5% 11/30/28,"10,000",94.50,"9,450.00"
037833AK6,APPLE INC 2.4% 05/03/27,"5,000",98.00,"4,900.00"
""",
    positions=[("912828YV6", 10000, 9450, "USD"), ("037833AK6", 5000, 4900, "USD")],
    quiet={"value_mismatch"},
)
layout(
    "bonds_section",
    """
Name;ISIN;Nominal;Kurs;Währung;Kurswert
Aktien;;;;;
SAP;DE0007164600;12;180,50;EUR;2.166,00
Anleihen;;;;;
Bund 2,5% 2034;DE000BU2Z015;10.000;99,10 %;EUR;9.910,00
Summe;;;;;12.076,00
""",
    positions=[("DE0007164600", 12, 2166, "EUR"), ("DE000BU2Z015", 10000, 9910, "EUR")],
    quiet={"total_mismatch", "value_mismatch"},
)
