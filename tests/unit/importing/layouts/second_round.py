"""A second round of layouts, written after the first had been read; made up here."""

from tests.unit.importing.layouts.case import layout

layout(
    "de_trade_rep2",
    """
Depotübersicht;;;;
Stand: 29.05.2026 17:30;;;;
;;;;
Anlage;Stück;Ø Kaufkurs;Kurs;Wert;Anteil
NVIDIA Corp. (US67066G1040);10,5;90,00 €;105,50 €;1.107,75 €;48,5 %
iShares Core MSCI World (IE00B4L5Y983);12,345;80,00 €;95,20 €;1.175,24 €;51,5 %
""",
    positions=[
        ("US67066G1040", 10.5, 1107.75, "EUR", 945),
        ("IE00B4L5Y983", 12.345, 1175.24, "EUR", 987.6),
    ],
    as_of="2026-05-29",
)
layout(
    "de_gattung",
    """
Gattung;Bezeichnung;ISIN;Stück;Einstandskurs;Kurs;Kurswert;Währung
Aktien;;;;;;1.555,00;EUR
;NVIDIA;US67066G1040;10;90,00;105,50;1.055,00;EUR
;SAP;DE0007164600;2;200,00;250,00;500,00;EUR
Fonds;;;;;;2.427,60;EUR
;iShares MSCI World;IE00B4L5Y983;25,5;80,00;95,20;2.427,60;EUR
Gesamt;;;;;;3.982,60;EUR
""",
    positions=[
        ("US67066G1040", 10, 1055, "EUR", 900),
        ("DE0007164600", 2, 500, "EUR", 400),
        ("IE00B4L5Y983", 25.5, 2427.6, "EUR", 2040),
    ],
    quiet={"total_mismatch"},
)
layout(
    "de_nennwert",
    """
Bezeichnung;WKN;Nennwert;Kurs in %;Kurswert EUR
Bundesanleihe 2034;110261;20.000;98,50;19.700,00
""",
    positions=[("110261", 20000, 19700, "EUR")],
    quiet={"value_mismatch"},
)
layout(
    "fr_assurance_vie",
    """
Support;Code ISIN;Nombre de parts;Valeur de la part;Montant;Répartition
AMUNDI MSCI WORLD;LU1681043599;10,5;520,00;5 460,00 €;54,6 %
FONDS EUROS;;;;4 540,00 €;45,4 %
Total;;;;10 000,00 €;100 %
""",
    positions=[("LU1681043599", 10.5, 5460, "EUR"), ("FONDS EUROS", None, 4540, "EUR")],
    quiet={"total_mismatch"},
)
layout(
    "nl_meesman",
    """
Fonds;ISIN;Participaties;Koers;Waarde
Wereldwijd;NL0015614579;123,4567;€ 85,1234;€ 10.509,06
""",
    positions=[("NL0015614579", 123.4567, 10509.06, "EUR")],
)
layout(
    "es_fondos",
    """
Fondo;ISIN;Participaciones;Valor liquidativo;Fecha VL;Valoración (€);Peso
VANGUARD GLOBAL;IE00B03HD191;15,234;45,67;28/05/2026;695,74;100%
""",
    positions=[("IE00B03HD191", 15.234, 695.74, "EUR")],
)
layout(
    "it_directa",
    """
Titolo;Descrizione;Quantità;Prezzo carico;Prezzo attuale;Valore attuale;Utile/Perdita
ENI;ENI SPA;100;13,50;14,20;1.420,00;70,00
""",
    positions=[("ENI", 100, 1420, "EUR", 1350)],
)
layout(
    "pt_degiro",
    """
Produto,Símbolo/ISIN,Quantidade,Preço de fecho,Valor local,,Montante em EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"12,00","12,00"
GALP ENERGIA,PTGAL0AM0009,10,"15,50",EUR,"155,00","155,00"
""",
    positions=[("PTGAL0AM0009", 10, 155, "EUR")],
    cash=[(12, "EUR")],
)
layout(
    "it_degiro",
    """
Prodotto,Symbol/ISIN,Quantità,Chiusura,Valore locale,,Valore in EUR
ENEL,IT0003128367,100,"6,25",EUR,"625,00","625,00"
""",
    positions=[("IT0003128367", 100, 625, "EUR")],
)
layout(
    "es_degiro",
    """
Producto,Symbol/ISIN,Cantidad,Precio de,Valor local,,Valor en EUR
INDITEX,ES0148396007,10,"45,00",EUR,"450,00","450,00"
""",
    positions=[("ES0148396007", 10, 450, "EUR")],
)
layout(
    "de_degiro",
    """
Produkt,Symbol/ISIN,Anzahl,Schlußkurs,Wert,,Wert in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"12,00","12,00"
SAP SE,DE0007164600,10,"250,00",EUR,"2500,00","2500,00"
APPLE INC,US0378331005,2,"200,00",USD,"400,00","352,00"
""",
    positions=[("DE0007164600", 10, 2500, "EUR"), ("US0378331005", 2, 400, "USD")],
    cash=[(12, "EUR")],
)
layout(
    "ibkr_de",
    """
Statement,Header,Feldname,Feldwert
Statement,Data,BrokerName,Interactive Brokers
Statement,Data,Title,Aktivitätsauszug
Statement,Data,Period,"Mai 29, 2026"
Kontoinformation,Header,Feldname,Feldwert
Kontoinformation,Data,Konto,U***1
Kontoinformation,Data,Basiswährung,EUR
Offene Positionen,Header,DataDiscriminator,Vermögenswertkategorie,Währung,Symbol,Menge,Multipl,Einstands Kurs,Kostenbasis,Schlusskurs,Wert,Unrealisierter G/V,Code
Offene Positionen,Data,Summary,Aktien,EUR,SAP,10,1,200,2000,250,2500,500,
Offene Positionen,Total,,Aktien,EUR,,,,,2000,,2500,500,
Devisenpositionen,Header,Vermögenswertkategorie,Währung,Beschreibung,Menge,Einstands Kurs,Kostenbasis in EUR,Schlusskurs,Wert in EUR,Unrealisierter G/V in EUR,Code
Devisenpositionen,Data,Devisen,EUR,USD,-5845.10,0.9,-5260,0.88,-5143.69,117,
""",
    positions=[("SAP", 10, 2500, "EUR", 2000)],
    cash=[(-5845.10, "USD")],
    accounts=["U***1"],
    told={"margin_debt"},
)
layout(
    "ibkr_flex_multi",
    """
"ClientAccountID","CurrencyPrimary","FXRateToBase","AssetClass","Symbol","Description","ISIN","Multiplier","Quantity","MarkPrice","PositionValue","CostBasisPrice","CostBasisMoney","FifoPnlUnrealized","LevelOfDetail"
"U1","USD","0.88","STK","NVDA","NVIDIA CORP","US67066G1040","1","40","120","4800","90","3600","1200","SUMMARY"
"U1","USD","0.88","STK","NVDA","NVIDIA CORP","US67066G1040","1","30","120","3600","90","2700","900","LOT"
"U1","USD","0.88","STK","NVDA","NVIDIA CORP","US67066G1040","1","10","120","1200","90","900","300","LOT"
"U2","EUR","1","STK","SAP","SAP SE","DE0007164600","1","5","250","1250","200","1000","250","SUMMARY"
""",
    positions=[("NVDA", 40, 4800, "USD", 3600), ("SAP", 5, 1250, "EUR", 1000)],
    accounts=["U1", "U2"],
)
layout(
    "ibkr_fut",
    """
Symbol,Quantity,SecType,Expiry,Strike,Put/Call,Multiplier,Mark Price,Cost Basis Price
ESM6,1,FUT,20260619,,,50,6000,5900
NVDA,100,STK,,,,1,120,100
NVDA  260918C00150000,-1,OPT,20260918,150,C,100,8.4,10
""",
    positions=[
        ("ESM6", 1, 300000, "USD"),
        ("NVDA", 100, 12000, "USD", 10000),
        ("NVDA  260918C00150000", -1, -840, "USD", -1000),
    ],
    options=[None, None, ("NVDA", "2026-09-18", 150, "C", 100)],
)
layout(
    "schwab_2020",
    """
"Positions for account XXXX-1234 as of 09:59 AM ET, 05/29/2026"

"Symbol","Description","Quantity","Price","Price Change %","Price Change $","Market Value","Day Change %","Day Change $","Cost Basis","Gain/Loss %","Gain/Loss $","Ratings","Reinvest Dividends?","Capital Gains?","% Of Account","Security Type",
"AAPL","APPLE INC","10","$200.00","+1.00%","+$2.00","$2,000.00","+1%","+$20.00","$1,500.00","+33.33%","+$500.00","B","No","N/A","40%","Equity",
"SCHB","SCHWAB US BROAD MARKET ETF","--","--","--","--","--","--","--","--","--","--","--","--","--","--","ETFs & Closed End Funds",
"Cash & Cash Investments","--","--","--","--","--","$3,000.00","0%","$0.00","--","--","--","--","--","--","60%","Cash and Money Market",
"Account Total","--","--","--","--","--","$5,000.00","+0.4%","+$20.00","$1,500.00","+33.33%","+$500.00","--","--","--","--","--",
""",
    positions=[("AAPL", 10, 2000, "USD", 1500)],
    cash=[(3000, "USD")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "etrade_options",
    """
Symbol,Qty #,Price Paid $,Last Price $,Value $,Total Gain $
NVDA,100,90.00,120.00,12000.00,3000.00
"NVDA Sep 18 '26 $150 Call",-1,10.00,8.40,-840.00,160.00
CASH,,,,500.00,
TOTAL,,,,11660.00,3160.00
""",
    positions=[
        ("NVDA", 100, 12000, "USD", 9000),
        ("NVDA Sep 18 '26 $150 Call", -1, -840, "USD", -1000),
    ],
    cash=[(500, "USD")],
    options=[None, ("NVDA", "2026-09-18", 150, "C", 100)],
    quiet={"total_mismatch"},
)
layout(
    "zerodha_mf",
    {
        "Mutual Funds": [
            [None, "Client ID", "XX1234"],
            [],
            [None, "Mutual Funds Holdings Statement as on 2026-05-29"],
            [],
            [None, "Summary"],
            [None, "Invested Value", 30000],
            [None, "Present Value", 40000],
            [],
            [
                None,
                "Symbol",
                "ISIN",
                "Instrument Type",
                "Quantity Available",
                "Quantity Discrepant",
                "Quantity Pledged (Margin)",
                "Quantity Pledged (Loan)",
                "Average Price",
                "Previous Closing Price",
                "Unrealized P&L",
                "Unrealized P&L Pct.",
            ],
            [
                None,
                "PARAG PARIKH FLEXI CAP FUND",
                "INF879O01027",
                "Equity",
                500.123,
                0,
                0,
                0,
                60,
                80,
                10000,
                33,
            ],
        ]
    },
    positions=[("INF879O01027", 500.123, 40009.84, "INR", 30007.38)],
    as_of="2026-05-29",
)
layout(
    "app_names",
    """
Stock,Units,Invested,Current
Tata Motors,10,5000,7000
HDFC Bank,20,30000,32000
""",
    positions=[("Tata Motors", 10, 7000, "INR", 5000), ("HDFC Bank", 20, 32000, "INR", 30000)],
)
layout(
    "angel_like",
    """
Scrip Name,ISIN,Qty,Avg Price,CMP,Invested Value,Market Value,Overall Gain
INFY,INE009A01021,10,1400,1500,14000,15000,1000
""",
    positions=[("INFY", 10, 15000, "INR", 14000)],
)
layout(
    "kr_toss",
    """
종목명,보유 수량,1주 평균금액,현재가,평가금,수익률
테슬라,3,$200.00,$250.00,"$750.00",25%
삼성전자,10,"65,000원","70,000원","700,000원",7.7%
""",
    positions=[("테슬라", 3, 750, "USD", 600), ("삼성전자", 10, 700000, "KRW", 650000)],
)
layout(
    "kr_mirae",
    """
계좌번호,상품명,종목코드,잔고수량,매입단가,현재가,매입금액,평가금액,평가손익
123,KODEX 200,069500,100,35000,40000,3500000,4000000,500000
123,예수금,,,,,,1500000,
""",
    positions=[("069500", 100, 4000000, "KRW", 3500000)],
    cash=[(1500000, "KRW")],
    encoding="cp949",
)
layout(
    "kr_weights",
    {"목표": [["종목", "비중"], ["TIGER 미국S&P500", "40%"], ["KODEX 200", "60%"]]},
    positions=[("TIGER 미국S&P500", None, None, None), ("KODEX 200", None, None, None)],
    outcome="needs_mapping",
    told={"weights_only"},
)
layout(
    "cn_ant",
    """
产品名称,产品代码,持有金额,持有收益,持有份额,最新净值
易方达蓝筹精选,005827,12000.00,2000.00,6000.00,2.0000
余额宝,,5000.00,,,
""",
    positions=[("005827", 6000, 12000, "CNY"), ("余额宝", None, 5000, "CNY")],
)
layout(
    "cn_hk_us",
    """
市场,代码,名称,数量,成本价,现价,市值,币种
港股,00700,腾讯控股,100,300,400,40000,HKD
美股,BABA,阿里巴巴,20,80,100,2000,USD
A股,600519,贵州茅台,10,1500,1600,16000,CNY
""",
    positions=[
        ("00700", 100, 40000, "HKD", 30000),
        ("BABA", 20, 2000, "USD", 1600),
        ("600519", 10, 16000, "CNY", 15000),
    ],
)
layout(
    "tw_broker",
    """
商品代號,商品名稱,庫存股數,可下單數,成交均價,成本,市價,市值,未實現損益,報酬率
0050,元大台灣50,1000,1000,120.5,120500,180,180000,59500,49.4%
2330,台積電,500,500,600,300000,1000,500000,200000,66.7%
""",
    positions=[("0050", 1000, 180000, "TWD", 120500), ("2330", 500, 500000, "TWD", 300000)],
    encoding="big5",
)
layout(
    "tw_firstrade",
    """
Symbol,Quantity,Price,Change,Change %,Market Value,Unit Cost,Total Cost,Gain/Loss,Gain/Loss %
VT,20,110.00,1,0.9,"2,200.00",90,"1,800.00",400,22
""",
    positions=[("VT", 20, 2200, "USD", 1800)],
)
layout(
    "jp_monex",
    """
"銘柄コード","銘柄名","口座区分","保有数","平均取得単価","現在値","評価額","評価損益"
"7203","トヨタ自動車","特定","100","2,000.00","3,000.0","300,000","+100,000"
"1306","ＮＦ・ＴＯＰＩＸ","NISA","10","2,500","3,000","30,000","+5,000"
""",
    positions=[("7203", 100, 300000, "JPY", 200000), ("1306", 10, 30000, "JPY", 25000)],
    accounts=["特定", "NISA"],
    encoding="cp932",
)
layout(
    "jp_us",
    """
ティッカー,銘柄名,保有数量,平均取得価額(USD),現在値(USD),評価額(USD),評価額(円)
NVDA,エヌビディア,10,100.00,120.00,"1,200.00","180,000"
TQQQ,プロシェアーズ,5,50.00,70.00,350.00,"52,500"
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("TQQQ", 5, 350, "USD", 250)],
    encoding="cp932",
)
layout(
    "he_bank",
    {
        'תיק ני"ע': [
            ["מס' נייר", "שם נייר", "כמות", "שער", "שווי (₪)", "% מהתיק", "רווח/הפסד"],
            [1081124, "אלביט מערכות", 10, 75000, 7500, "75%", 100],
            [5113022, "קרן מחקה S&P 500", 100, 2500, 2500, "25%", 50],
            [None, 'סה"כ', None, None, 10000, None, None],
        ]
    },
    positions=[("1081124", 10, 7500, "ILS"), ("5113022", 100, 2500, "ILS")],
    quiet={"total_mismatch"},
)
layout(
    "side_family",
    {
        "S": [
            ["Dad", None, None, None, None, "Mom"],
            ["Ticker", "Shares", "Price", "Value", None, "Ticker", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200, None, "VTI", 20, 300, 6000],
            ["AMD", 5, 100, 500, None, None, None, None, None],
            ["Total", None, None, 1700, None, "Total", None, None, 6000],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("VTI", 20, 6000, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "two_lists_stock_etf",
    {
        "S": [
            ["Stocks"],
            ["Ticker", "Shares", "Value"],
            ["NVDA", 10, 1200],
            ["Total", None, 1200],
            [],
            ["ETFs"],
            ["Fund", "Units", "NAV", "Value"],
            ["VTI", 20, 300, 6000],
            ["Total", None, None, 6000],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("VTI", 20, 6000, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "sector_rows",
    {
        "S": [
            ["Sector / Ticker", "Shares", "Price", "Value"],
            ["Technology", None, None, 1700],
            ["NVDA", 10, 120, 1200],
            ["AMD", 5, 100, 500],
            ["Index", None, None, 6000],
            ["VTI", 20, 300, 6000],
            ["Total", None, None, 7700],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD"), ("VTI", 20, 6000, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "merged_sections",
    {
        "S": [
            ["Account", "Type", "Ticker", "Qty", "Mkt Value", "Cash"],
            ["IRA", "ETF", "VTI", 20, 6000, None],
            ["IRA", "Cash", None, None, None, 500],
            ["Brokerage", "Stock", "NVDA", 10, 1200, None],
        ]
    },
    positions=[("VTI", 20, 6000, "USD"), ("NVDA", 10, 1200, "USD")],
    accounts=["IRA", "Brokerage"],
)
layout(
    "neg_paren_debt",
    """
Description,Symbol,Quantity,Price,Value
NVIDIA,NVDA,100,$120.00,"$12,000.00"
Debit Balance,,,,"($5,000.00)"
Net Equity,,,,"$7,000.00"
""",
    positions=[("NVDA", 100, 12000, "USD")],
    cash=[(-5000, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "qty_text_units",
    """
Security,Holding,Price,Value
Apple,10 shares,$200.00,"$2,000.00"
Vanguard Fund,12.5 units,$100.00,"$1,250.00"
""",
    positions=[("Apple", 10, 2000, "USD"), ("Vanguard Fund", 12.5, 1250, "USD")],
)
layout(
    "indian_groups",
    """
Symbol,Qty,LTP,Current Value,Invested
RELIANCE,1000,"2,500.50","25,00,500.00","24,00,000.00"
""",
    positions=[("RELIANCE", 1000, 2500500, "INR", 2400000)],
)
layout(
    "swiss_xlsx",
    {
        "Depot": [
            ["Titel", "Valor", "Anzahl", "Einstandspreis CHF", "Kurs CHF", "Wert CHF"],
            ["Nestle N", "3886335", 50, "100.50", "85.20", "4'260.00"],
            ["Roche GS", "1203204", 10, "250.00", "280.00", "2'800.00"],
            ["Liquidität", None, None, None, None, "1'000.00"],
            ["Total", None, None, None, None, "8'060.00"],
        ]
    },
    positions=[("3886335", 50, 4260, "CHF"), ("1203204", 10, 2800, "CHF")],
    cash=[(1000, "CHF")],
    quiet={"total_mismatch"},
)
layout(
    "uk_isa",
    """
Investment,Ticker,Holding,Latest Price,Value,Book Cost
Vodafone,VOD,"1,000",75.50p,£755.00,£900.00
Scottish Mortgage,SMT,100,£10.50,"£1,050.00",£800.00
Cash,,,,£250.00,
""",
    positions=[("VOD", 1000, 755, "GBP", 900), ("SMT", 100, 1050, "GBP", 800)],
    cash=[(250, "GBP")],
)
layout(
    "hidden_currency_pair",
    """
Name,ISIN,Shares,Price,Ccy,Value,Ccy,Value EUR
NVIDIA,US67066G1040,10,120,USD,1200,USD,1056
SAP,DE0007164600,2,250,EUR,500,EUR,500
""",
    positions=[("US67066G1040", 10, 1200, "USD"), ("DE0007164600", 2, 500, "EUR")],
)
layout(
    "value_only_mismatch",
    """
Symbol,Shares,Price,Value,Currency
NVDA,10,120,1000,USD
AMD,5,100,500,USD
""",
    positions=[("NVDA", 10, 1000, "USD"), ("AMD", 5, 500, "USD")],
    told={"value_mismatch"},
)
