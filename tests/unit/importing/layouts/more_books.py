"""Further layouts, each found to read wrongly once; made up here."""

from datetime import date

from tests.unit.importing.layouts.case import layout

layout(
    "fid_statement",
    """
Account Type,Account,Beginning mkt Value,Change in Investment,Ending mkt Value,Short Balance,Ending Net Value,Dividends This Period,Dividends Year to Date,Interest This Period,Interest Year to Date,Total This Period,Total Year to Date
Individual,X12345678,7000.00,1200.00,8200.00,,8200.00,0,0,0,0,0,0

Symbol/CUSIP,Description,Quantity,Price,Beginning Value,Ending Value,Cost Basis
X12345678
Mutual Funds
FXAIX,FIDELITY 500 INDEX,20,200.00,3800.00,4000.00,3000.00
Subtotal of Mutual Funds,,,,3800.00,4000.00,3000.00
Stocks
NVDA,NVIDIA CORP,25,120.00,2500.00,3000.00,2000.00
Subtotal of Stocks,,,,2500.00,3000.00,2000.00
Core Account
SPAXX,FIDELITY GOVERNMENT MONEY MARKET,1200,1.00,700.00,1200.00,not applicable
Subtotal of Core Account,,,,700.00,1200.00,
""",
    positions=[("FXAIX", 20, 4000, "USD", 3000), ("NVDA", 25, 3000, "USD", 2000)],
    cash=[(1200, "USD")],
    accounts=["X12345678"] * 2,
    quiet={"total_mismatch"},
)
layout(
    "ing_de",
    """
Depotbewertung;vom;29.05.2026;
Depotnummer:;1234567890;;
Depotinhaber:;Masked;;

ISIN;Wertpapiername;Stück/Nominale;Einstandskurs;Währung;Bewertungskurs;Währung;Kurswert;Währung
US67066G1040;NVIDIA CORP. DL-,001;10,00;90,00;EUR;105,50;EUR;1.055,00;EUR
IE00B4L5Y983;iSh.Core MSCI World;25,50;80,00;EUR;95,20;EUR;2.427,60;EUR
""",
    positions=[("US67066G1040", 10, 1055, "EUR", 900), ("IE00B4L5Y983", 25.5, 2427.6, "EUR", 2040)],
    as_of="2026-05-29",
    encoding="cp1252",
)
layout(
    "tase",
    {
        "תיק": [
            ["בנק"],
            ["תאריך: 29/05/2026"],
            [],
            ["חשבון: 123456"],
            [],
            [
                "שם נייר",
                "מספר נייר",
                "כמות",
                "שער אחרון",
                "מטבע",
                "שווי אחזקה בשח",
                "אחוז מהתיק",
                "שער עלות",
            ],
            ["לאומי", "604611", 100, 3500, 'ש"ח', 3500, 0.4, 3000],
            ["NVIDIA", "60001234", 5, 120, "דולר", 2220, 0.25, 100],
            ['סה"כ', None, None, None, None, 5720, None, None],
        ]
    },
    positions=[("604611", 100, 3500, "ILS", 3000), ("60001234", 5, 2220, "ILS")],
    as_of="2026-05-29",
)
layout(
    "nfs",
    {
        "Positions": [
            [
                "Account Number",
                "Symbol",
                "Description",
                "Quantity",
                "Price ($)",
                "Market Value ($)",
                "NFS Cost ($)",
                "NFS G/L ($)",
            ],
            ["ABC-123456", "NVDA", "NVIDIA", 10, 120, 1200, 900, 300],
            ["ABC-123456", "AGG", "ISHARES AGG", 20, 100, 2000, 2100, -100],
            [None, "Total", None, None, None, 3200, 3000, 200],
            [None, "Total", None, None, None, 3200, 3000, 200],
        ],
        "Summary": [
            ["Symbol", "Quantity", "Market Value ($)"],
            ["NVDA", 10, 1200],
            ["AGG", 20, 2000],
        ],
    },
    positions=[("NVDA", 10, 1200, "USD", 900), ("AGG", 20, 2000, "USD", 2100)],
    told={"repeated_sheet"},
    quiet={"total_mismatch"},
)
layout(
    "hk_tracker",
    {
        "Portfolio": [
            ["My HK tracker"],
            [],
            [
                "Ticker",
                "Name",
                "Shares",
                "Avg Cost",
                "Price",
                "Mkt Value",
                None,
                "Sector",
                "% alloc",
            ],
            ["0700.HK", "Tencent", 100, 300, 400, 40000, None, "Tech", 0.6],
            ["0005.HK", "HSBC", 400, 60, 70, 28000, None, "Bank", 0.4],
            ["LON:RSW", "Renishaw", 10, 30, 35, 350, None, None, None],
            ["Cash", None, None, None, None, 5000, None, None, None],
        ]
    },
    positions=[
        ("0700.HK", 100, 40000, "HKD", 30000),
        ("0005.HK", 400, 28000, "HKD", 24000),
        ("LON:RSW", 10, 350, "GBP", 300),
    ],
    cash=[(5000, "HKD")],
)
layout(
    "ca_options",
    """
Symbol,Description,Qty,Price,Market Value,Currency
SHOP.TO,Shopify,100,150.00,15000.00,CAD
SHOP 260619C00160000,SHOP JUN 19 2026 160 CALL,-100,5.00,-500.00,USD
""",
    positions=[("SHOP.TO", 100, 15000, "CAD"), ("SHOP 260619C00160000", -100, -500, "USD")],
    options=[None, ("SHOP", "2026-06-19", 160, "C", 1)],
    told={"option_in_shares"},
)
layout(
    "tw_option_contract",
    """
Symbol,Type,Quantity,Price,Value
AAPL260619C00200000,Option,2,500.00,1000.00
AAPL,Stock,10,200,2000
""",
    positions=[("AAPL260619C00200000", 2, 1000, "USD"), ("AAPL", 10, 2000, "USD")],
    options=[("AAPL", "2026-06-19", 200, "C", 100), None],
    told={"option_price_per_contract"},
)
layout(
    "degussa_mixed",
    """
Artikel;Stück;Kaufpreis;Aktueller Preis;Wert
Goldbarren 1oz;2 Stk.;1.500,00 €;1,900.50 €;3.801,00 €
Silbermünze;12,5 Stk.;20,00 €;25.00 €;312,50 €
""",
    positions=[("Goldbarren 1oz", 2, 3801, "EUR", 3000), ("Silbermünze", 12.5, 312.5, "EUR", 250)],
)
layout(
    "ar_clients",
    {
        "cartera": [
            ["client_id", "ticker", "cantidad", "precio_compra", "precio_actual", "moneda"],
            ["C1", "GGAL.BA", 100, 2000, 2500, "ARS"],
            ["C1", "AAPL", 5, 150, 200, "USD"],
            ["C2", "MELI", 2, 1500, 1800, "USD"],
        ]
    },
    positions=[
        ("GGAL.BA", 100, 250000, "ARS", 200000),
        ("AAPL", 5, 1000, "USD", 750),
        ("MELI", 2, 3600, "USD", 3000),
    ],
    accounts=["C1", "C1", "C2"],
)
layout(
    "cn_family",
    {
        "家庭": [
            ["持有人", "标的", "代码", "持仓数", "成本", "现价", "市值"],
            ["爸爸", "贵州茅台", "600519", 100, 1500, 1600, 160000],
            ["妈妈", "中概互联ETF", "513050", 1000, 1.1, 1.2, 1200],
            ["爸爸", "A股现金", None, None, None, None, 8000],
        ]
    },
    positions=[("600519", 100, 160000, "CNY", 150000), ("513050", 1000, 1200, "CNY", 1100)],
    cash=[(8000, "CNY")],
    accounts=["爸爸", "妈妈"],
)
layout(
    "kr_hand2",
    {
        "Sheet1": [
            ["계좌", "구분", "종목", "수량", "평단가", "현재가", "평가금액", "수익률"],
            ["키움", "국내", "삼성전자(005930)", 10, 65000, 70000, 700000, "7.7%"],
            ["키움", "해외", "엔비디아(NVDA)", 5, 100, 120, 600, "20%"],
            ["토스", "해외", "TSLL", 30, 10, 12, 360, "20%"],
        ]
    },
    positions=[
        ("005930", 10, 700000, "KRW", 650000),
        ("NVDA", 5, 600, "USD", 500),
        ("TSLL", 30, 360, "USD", 300),
    ],
    accounts=["키움", "키움", "토스"],
)
layout(
    "kr_won_usd",
    """
종목코드,종목명,보유수량,평균매수가,현재가,평가금액(원),통화
005930,삼성전자,10,65000,70000,700000,KRW
NVDA,엔비디아,5,100,120,828000,USD
""",
    positions=[("005930", 10, 700000, "KRW"), ("NVDA", 5, 828000, "KRW")],
)
layout(
    "tw_hand3",
    {
        "美股": [
            ["代號", "股數", "成本均價", "現價", "市值(USD)", "市值(TWD)"],
            ["NVDA", 10, 100, 120, 1200, 38400],
            ["VT", 20, 90, 110, 2200, 70400],
        ],
        "台股": [
            ["代號", "名稱", "股數", "成本均價", "現價", "市值"],
            ["2330", "台積電", 1000, 600, 1000, 1000000],
        ],
    },
    positions=[
        ("NVDA", 10, 1200, "USD", 1000),
        ("VT", 20, 2200, "USD", 1800),
        ("2330", 1000, 1000000, "TWD", 600000),
    ],
)
layout(
    "us_dash_linked",
    {
        "Dash": [
            ["PORTFOLIO TRACKER", None, None, None, None, None, None],
            [],
            ["Total Value", "$3,200", None, "Total Gain", "$500", None, None],
            [],
            [
                "Stock",
                "Ticker",
                "Shares",
                "Avg Cost",
                "Current Price",
                "Market Value",
                "% of Portfolio",
            ],
            ["Nvidia Corp", "NVDA", 10, 90, 120, 1200, 0.375],
            ["Vanguard S&P", "VOO", 4, 450, 500, 2000, 0.625],
            [None, None, None, None, None, None, None],
            ["Totals", None, None, None, None, 3200, 1],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD", 900), ("VOO", 4, 2000, "USD", 1800)],
    quiet={"total_mismatch"},
)
layout(
    "broken_header",
    """
Sym,Qty,Px,Val
NVDA,10,120,1200
AMD,5,100,500
""",
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "no_header",
    """
NVDA,10,120.00,1200.00
AMD,5,100.00,500.00
VTI,20,300.00,6000.00
""",
    outcome="needs_mapping",
    told={"needs_mapping"},
)
layout(
    "header_only",
    """
Symbol,Quantity,Price,Market Value
""",
    outcome="refused",
    told={"no_rows"},
)
layout(
    "flatex_tesla",
    """
Bezeichnung,ISIN,Kategorie,Stk./Nominale,,Einstandskurs,,Akt. Kurs,,Aktueller Wert,,Einstandswert,
"NVIDIA CORP.",US67066G1040,Aktie,10.00,Stk.,90.00,EUR,105.50,EUR,1055.00,EUR,900.00,EUR
SAP SE O.N.,DE0007164600,Aktie,2.00,Stk.,100.00,EUR,250.00,EUR,500.00,EUR,200.00,EUR
ALLIANZ SE,DE0008404005,Aktie,3.00,Stk.,200.00,EUR,300.00,EUR,900.00,EUR,600.00,EUR
TESLA INC. DL -,001,US88160R1014,Aktie,4.00,Stk.,200.00,EUR,250.00,EUR,1000.00,EUR,800.00,EUR
""",
    positions=[
        ("US67066G1040", 10, 1055, "EUR", 900),
        ("DE0007164600", 2, 500, "EUR", 200),
        ("DE0008404005", 3, 900, "EUR", 600),
        ("US88160R1014", 4, 1000, "EUR", 800),
    ],
    told={"row_repaired"},
)
layout(
    "yahoo_short",
    """
Symbol,Current Price,Date,Time,Change,Open,High,Low,Volume,Trade Date,Purchase Price,Quantity,Commission,High Limit,Low Limit,Comment,Transaction Type
NVDA,120,2026/05/29,16:00 EDT,1,119,121,118,100,20250101,100,10,0,,,,BUY
$$CASH_TX,,,,,,,,,20250101,,1500,,,,,DEPOSIT
""",
    positions=[("NVDA", 10, 1200, "USD", 1000)],
    cash=[(1500, "USD")],
)
layout(
    "sbi_foreign",
    """
保有証券（米国株式）
銘柄,保有数量,取得単価,現在値,外貨建評価額,円換算評価額,評価損益
NVDA エヌビディア,10,100.00,120.00,"1,200.00","180,000","30,000"
VTI バンガード,5,200.00,300.00,"1,500.00","225,000","75,000"
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("VTI", 5, 1500, "USD", 1000)],
    encoding="cp932",
)
layout(
    "nisa",
    {
        "NISA": [
            [
                "口座区分",
                "銘柄コード",
                "銘柄名",
                "数量（株/口）",
                "平均取得価額（円）",
                "基準価額/現在値（円）",
                "評価額（円）",
            ],
            ["特定", "7203", "トヨタ", 100, 2000, 3000, 300000],
            ["NISA", "", "eMAXIS Slim 全世界株式", 100000, 18000, 25000, 250000],
        ]
    },
    positions=[
        ("7203", 100, 300000, "JPY", 200000),
        ("eMAXIS Slim 全世界株式", 100000, 250000, "JPY", 180000),
    ],
    accounts=["特定", "NISA"],
)
layout(
    "consors",
    """
"Depot";"123456789"
"Stand";"29.05.2026 22:00"

"WKN";"ISIN";"Name";"Anzahl / Nominal";"Kaufkurs";"Währung";"Kurs";"Währung";"Gesamtwert EUR";"Gewinn/Verlust EUR"
"918422";"US67066G1040";"NVIDIA CORP";"10";"90,00";"EUR";"105,50";"EUR";"1.055,00";"155,00"
"A0RPWH";"IE00B4L5Y983";"ISHARES CORE MSCI WORLD";"5,5";"80,00";"EUR";"95,20";"EUR";"523,60";"83,60"
""",
    positions=[("US67066G1040", 10, 1055, "EUR", 900), ("IE00B4L5Y983", 5.5, 523.6, "EUR", 440)],
    as_of="2026-05-29",
)
layout(
    "dkb",
    """
"Depot";"123456"
"Depotgesamtwert in EUR";"1.578,60"
""
"Bestand";"";"ISIN / WKN";"Bezeichnung";"Kurs";"Gewinn / Verlust";"";"Einstandswert";"";"Dev. Kurs";"Kurswert in Euro";"Verfügbarkeit";
"10,00";"Stück";"US67066G1040 (918422)";"NVIDIA CORP";"105,50";"155,00";"EUR";"90,00";"EUR";"";"1.055,00";"frei";
"5,50";"Stück";"IE00B4L5Y983 (A0RPWH)";"ISHS MSCI WORLD";"95,20";"83,60";"EUR";"80,00";"EUR";"";"523,60";"frei";
""",
    positions=[("US67066G1040", 10, 1055, "EUR"), ("IE00B4L5Y983", 5.5, 523.6, "EUR")],
    quiet={"total_mismatch"},
    encoding="cp1252",
)
layout(
    "onvista_de",
    """
Name;ISIN;WKN;Stück;Kaufkurs;Kaufdatum;Letzter Kurs;Veränderung;Wert;Performance
NVIDIA;US67066G1040;918422;10;90,00 EUR;01.02.2024;105,50 EUR;+1,0%;1.055,00 EUR;+17,2%
Apple;US0378331005;865985;3;150,00 USD;01.02.2024;200,00 USD;+1,0%;528,00 EUR;+17,2%
""",
    positions=[("US67066G1040", 10, 1055, "EUR", 900), ("US0378331005", 3, 528, "EUR")],
)
layout(
    "bolero_nl",
    """
Instrument;ISIN;Munt;Aantal;Gem. koers;Huidige koers;Waarde;Waarde (EUR)
ASML;NL0010273215;EUR;5;500,00;650,00;3250,00;3250,00
NVIDIA;US67066G1040;USD;10;100,00;120,00;1200,00;1056,00
""",
    positions=[("NL0010273215", 5, 3250, "EUR", 2500), ("US67066G1040", 10, 1200, "USD", 1000)],
)
layout(
    "boursorama_like",
    """
Libellé;Quantité;Prix de revient unitaire;Cours;Variation veille;Valorisation;+/- Values latentes
AIR LIQUIDE (FR0000120073);8;140,00;170,20;0,5%;1 361,60;241,60
Total Portefeuille;;;;;1 361,60;241,60
""",
    positions=[("FR0000120073", 8, 1361.6, "EUR", 1120)],
    quiet={"total_mismatch"},
)
layout(
    "fortuneo",
    """
Valeur;Place;Quantité;Prix de revient;Cours;Montant;Plus-value
LVMH;Paris;2;600,00;520,00;1 040,00 €;-160,00 €
""",
    positions=[("LVMH", 2, 1040, "EUR", 1200)],
)
layout(
    "xtb_like",
    {
        "Open position": [
            ["Name and surname", "Masked"],
            ["Account", "123456"],
            ["Currency", "EUR"],
            ["Balance", "1500.00"],
            ["Equity", "3800.00"],
            [],
            [
                "Position",
                "Symbol",
                "Type",
                "Volume",
                "Open time",
                "Open price",
                "Market price",
                "Purchase value",
                "SL",
                "TP",
                "Margin",
                "Commission",
                "Swap",
                "Rollover",
                "Gross P/L",
                "Comment",
            ],
            [
                "1",
                "NVDA.US",
                "BUY",
                10,
                "2026-01-02 10:00",
                100,
                120,
                1000,
                None,
                None,
                None,
                0,
                0,
                0,
                200,
                "",
            ],
            [
                "2",
                "VWCE.DE",
                "BUY",
                10,
                "2026-01-02 10:00",
                100,
                110,
                1000,
                None,
                None,
                None,
                0,
                0,
                0,
                100,
                "",
            ],
            [
                "Total",
                None,
                None,
                None,
                None,
                None,
                None,
                2000,
                None,
                None,
                None,
                None,
                None,
                None,
                300,
                None,
            ],
        ]
    },
    positions=[("NVDA.US", 10, 1200, "USD", 1000), ("VWCE.DE", 10, 1100, "EUR", 1000)],
    accounts=["123456"] * 2,
)
layout(
    "etoro_like",
    {
        "Open positions": [
            [
                "Position ID",
                "Action",
                "Amount",
                "Units",
                "Open Date",
                "Leverage",
                "Open Rate",
                "Current Rate",
                "Profit",
                "ISIN",
            ],
            ["1", "Buy NVIDIA", 1000, 10, "02/01/2026", 1, 100, 120, 200, "US67066G1040"],
            ["2", "Buy Apple", 450, 3, "02/01/2026", 1, 150, 200, 150, "US0378331005"],
        ]
    },
    positions=[("US67066G1040", 10, 1200, "USD", 1000), ("US0378331005", 3, 600, "USD", 450)],
)
layout(
    "revolut_like",
    """
Symbol,ISIN,Quantity,Average price,Price,Value,Currency
NVDA,US67066G1040,10.5,90,120,1260,USD
""",
    positions=[("NVDA", 10.5, 1260, "USD", 945)],
)
layout(
    "commsec",
    """
Code,Avail Units,Purchase $,Last $,Change $,Profit/Loss $,Market Value $,%
CBA,100,90.00,150.00,1.00,6000.00,15000.00,60
VAS,100,80.00,100.00,0.5,2000.00,10000.00,40
Total,,,,,8000.00,25000.00,100
""",
    positions=[("CBA", 100, 15000, "USD"), ("VAS", 100, 10000, "USD")],
    told={"dollar_sign"},
    quiet={"total_mismatch"},
)
layout(
    "avanza_se",
    """
Kontonummer;Namn;Kortnamn;Volym;Marknadsvärde;GAV (SEK);GAV;Valuta;Land;ISIN;Marknad;Typ
1234567;Volvo B;VOLV B;100;25000,00;200,00;200,00;SEK;SE;SE0000115446;XSTO;STOCK
1234567;NVIDIA;NVDA;10;12600,00;1000,00;100,00;USD;US;US67066G1040;XNAS;STOCK
""",
    positions=[("VOLV B", 100, 25000, "SEK", 20000), ("NVDA", 10, 12600, "SEK")],
    accounts=["1234567"] * 2,
)
layout(
    "nordnet_dk",
    """
Navn	Ticker	ISIN	Valuta	Antal	GAK	Seneste kurs	Værdi DKK	Afkast
Novo Nordisk B	NOVO B	DK0062498333	DKK	20	500,00	450,00	9.000,00	-10
""",
    positions=[("NOVO B", 20, 9000, "DKK", 10000)],
)
layout(
    "bm_pl",
    """
Papier;ISIN;Liczba;Kurs;Waluta;Wartość
CD PROJEKT;PLOPTTC00011;10;150,50;PLN;1 505,00
""",
    positions=[("PLOPTTC00011", 10, 1505, "PLN")],
)
layout(
    "k401",
    """
Fund Name,Ticker,Units,Unit Price,Balance,% of Account
Vanguard Target Retirement 2045,VTIVX,500.000,30.00,"$15,000.00",75%
Stable Value Fund,,250.00,20.00,"$5,000.00",25%
Total,,,,"$20,000.00",100%
""",
    positions=[("VTIVX", 500, 15000, "USD"), ("Stable Value Fund", 250, 5000, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "netbenefits",
    """
Investment,Asset Class,Ticker,Quantity,Price,Price as of date,Balance
FID 500 INDEX,Stock Investments,FXAIX,20.5,$200.00,05/29/2026,$4100.00
MANAGED INCOME PORT,Bond Investments,N/A,100,$1.00,05/29/2026,$100.00
""",
    positions=[("FXAIX", 20.5, 4100, "USD"), ("MANAGED INCOME PORT", 100, 100, "USD")],
)
layout(
    "personal_capital",
    """
Holding,Ticker,Shares,Price,1 day $,Value
Apple Inc.,AAPL,10.0,$200.00,$1.00,"$2,000.00"
Cash,,,,,"$350.00"
Grand total,,,,$10.00,"$2,350.00"
""",
    positions=[("AAPL", 10, 2000, "USD")],
    cash=[(350, "USD")],
    quiet={"total_mismatch"},
)
layout(
    "simply_wall",
    """
Name,Ticker,Exchange,Number of Shares,Total Cost,Current Value,Currency
NVIDIA,NVDA,NasdaqGS,10,1000,1200,USD
Commonwealth Bank,CBA,ASX,20,2000,3000,AUD
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("CBA", 20, 3000, "AUD", 2000)],
)
layout(
    "delta_like",
    """
"Asset","Asset Type","Holdings","Price (EUR)","Value (EUR)"
"BTC","crypto","0.5","55000","27500"
"NVDA","stock","10","110","1100"
""",
    positions=[("BTC", 0.5, 27500, "EUR"), ("NVDA", 10, 1100, "EUR")],
)
layout(
    "ghostfolio",
    {
        "h": [
            [
                "symbol",
                "name",
                "currency",
                "quantity",
                "marketPrice",
                "valueInBaseCurrency",
                "allocationInPercentage",
                "investment",
            ],
            ["NVDA", "NVIDIA", "USD", 10, 120, 1056, 0.5, 1000],
            ["VWCE.DE", "VWCE", "EUR", 9, 117.33, 1056, 0.5, 900],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("VWCE.DE", 9, 1055.97, "EUR")],
)
layout(
    "json_like_camel",
    """
accountId,symbolName,quantityHeld,averageCostPerShare,marketPricePerShare,currentMarketValue
A1,NVDA,10,90,120,1200
""",
    positions=[("NVDA", 10, 1200, "USD", 900)],
    accounts=["A1"],
)
layout(
    "snake",
    """
account_number,ticker_symbol,security_name,shares_held,cost_basis_total,last_price,market_value_usd
1234,NVDA,NVIDIA,10,900,120,1200
""",
    positions=[("NVDA", 10, 1200, "USD", 900)],
    accounts=["1234"],
)
layout(
    "upper",
    """
TICKER,SECURITY DESCRIPTION,QTY,MKT PRICE,MKT VALUE,TOTAL COST,ACCT
NVDA,NVIDIA,10,120,1200,900,77
""",
    positions=[("NVDA", 10, 1200, "USD", 900)],
    accounts=["77"],
)
layout(
    "odd_spaces",
    {
        "S": [
            [" Symbol ", "  Shares\n(owned)", "Price\nper share", " Market\nValue "],
            ["NVDA ", 10, 120, 1200],
            [" AMD", 5, 100, 500],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD"), ("AMD", 5, 500, "USD")],
)
layout(
    "date_serials",
    {
        "S": [
            ["Symbol", "Purchase date", "Shares", "Cost", "Value"],
            ["NVDA", date(2024, 1, 5), 10, 900, 1200],
            ["AMD", date(2024, 2, 5), 5, 400, 500],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD", 900), ("AMD", 5, 500, "USD", 400)],
)
