"""Position files as brokers and portfolio programs export them; names, numbers and holdings are made up here."""

from tests.unit.importing.layouts.case import layout

# --- US brokers
layout(
    "schwab_all_2024",
    """
"Positions for All-Accounts as of 11:57 PM ET, 2026/05/29"

"Brokerage ...123"
"Symbol","Description","Qty (Quantity)","Price","Price Chng $ (Price Change $)","Price Chng % (Price Change %)","Mkt Val (Market Value)","Day Chng $ (Day Change $)","Day Chng % (Day Change %)","Cost Basis","Gain $ (Gain/Loss $)","Gain % (Gain/Loss %)","Ratings","Reinvest?","Reinvest Capital Gains?","% of Acct (% of Account)","Asset Type",
"SWPPX","SCHWAB S&P 500 INDEX","1,012.334","92.10","0.10","0.11%","$93,235.96","$100","0.1%","$80,000.00","$13,235.96","16%","--","Yes","Yes","80%","Mutual Fund",
"912828YV6","US TREASURY NOTE 1.5% 11/30/2028","10,000","94.50","0","0%","$9,450.00","$0","0%","$9,800.00","-$350","-3%","--","N/A","N/A","8%","Fixed Income",
"Cash & Cash Investments","--","--","--","--","--","$1,200.55","$0.00","0%","--","--","--","--","--","--","1%","Cash and Money Market",
"Account Total","","--","--","--","--","$103,886.51","$100","0.1%","$89,800.00","$12,885.96","14%","--","--","--","--","--",

"Roth IRA ...456"
"Symbol","Description","Qty (Quantity)","Price","Price Chng $ (Price Change $)","Price Chng % (Price Change %)","Mkt Val (Market Value)","Day Chng $ (Day Change $)","Day Chng % (Day Change %)","Cost Basis","Gain $ (Gain/Loss $)","Gain % (Gain/Loss %)","Ratings","Reinvest?","Reinvest Capital Gains?","% of Acct (% of Account)","Asset Type",
"BRK/B","BERKSHIRE HATHAWAY CLASS B","5","480.00","0.10","0.11%","$2,400.00","$1","0.1%","$2,000.00","$400","20%","A","No","N/A","100%","Equity",
"Account Total","","--","--","--","--","$2,400.00","$1","0.1%","$2,000.00","$400","20%","--","--","--","--","--",
""",
    positions=[
        ("SWPPX", 1012.334, 93235.96, "USD", 80000),
        ("912828YV6", 10000, 9450, "USD", 9800),
        ("BRK/B", 5, 2400, "USD", 2000),
    ],
    cash=[(1200.55, "USD")],
    as_of="2026-05-29",
    accounts=["Brokerage ...123", "Brokerage ...123", "Roth IRA ...456"],
    quiet={"total_mismatch", "value_mismatch"},
)
layout(
    "fidelity_2024",
    """
Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,Percent Of Account,Cost Basis Total,Average Cost Basis,Type
Z12345678,Individual - TOD,SPAXX**,HELD IN MONEY MARKET,,,,$5210.33,,,,,12.10%,,,Cash,
Z12345678,Individual - TOD,NVDA,NVIDIA CORPORATION COM,50,$120.00,+$1.25,$6000.00,+$62.50,+1.05%,+$1000.00,+20.00%,14.00%,$5000.00,$100.00,Cash,
Z12345678,Individual - TOD,TQQQ,PROSHARES ULTRAPRO QQQ,10,$70.50,-$1.25,$705.00,-$12.50,-1.74%,+$105.00,+17.50%,1.60%,$600.00,$60.00,Margin,
Z12345678,Individual - TOD, -NVDA260918C150,NVDA SEP 18 2026 $150 CALL,-1,$8.40,+$0.20,-$840.00,-$20.00,-2.44%,+$160.00,+16.00%,-2.00%,-$1000.00,$10.00,Margin,
X98765432,ROTH IRA,FXAIX,FIDELITY 500 INDEX FUND,12.345,$210.10,+$0.10,$2593.68,+$1.23,+0.05%,+$593.68,+29.68%,100.00%,$2000.00,$162.01,Cash,
86964,MY COMPANY 401(K),,VANGUARD TARGET 2045,100.5,$30.00,+$0.10,$3015.00,+$10.05,+0.33%,n/a,n/a,100.00%,n/a,n/a,,
Z12345678,Individual - TOD,Pending Activity,,,,,-$120.00,,,,,,,,,

"The data and information in this spreadsheet is provided to you solely for your use and is not for distribution."

"Date downloaded May-30-2026 at 4:15 p.m ET"
""",
    positions=[
        ("NVDA", 50, 6000, "USD", 5000),
        ("TQQQ", 10, 705, "USD", 600),
        ("-NVDA260918C150", -1, -840, "USD", -1000),
        ("FXAIX", 12.345, 2593.68, "USD", 2000),
        ("VANGUARD TARGET 2045", 100.5, 3015, "USD", None),
    ],
    cash=[(5210.33, "USD"), (-120, "USD")],
    as_of="2026-05-30",
    options=[None, None, ("NVDA", "2026-09-18", 150, "C", 100), None, None],
    quiet={"value_mismatch"},
)
layout(
    "etrade_lots",
    """
Account Summary
Account,Net Account Value,Total Gain $,Total Gain %,Day's Gain Unrealized $,Day's Gain Unrealized %,Available For Withdrawal,Cash Purchasing Power
"Individual Brokerage -1234",12650.00,1650.00,15.00,10.00,0.08,1000.00,1000.00

View Summary - All Positions
Filters Applied: none
Symbol,Last Price $,Change $,Change %,Quantity,Price Paid $,Day's Gain $,Total Gain $,Total Gain %,Value $
AAPL,200.00,1.00,0.50,30,--,30.00,1500.00,33.3,6000.00
,,,,,10/05/2021,10,140.00,600,42,2000.00
,,,,,01/12/2023,20,155.00,900,29,4000.00
MSFT,565.00,1.00,0.2,10,550.00,10,150,2.7,5650.00
,,,,,01/12/2023,10,550.00,150,2.7,5650.00
CASH,,,,,,,,,1000.00
TOTAL,,,,,,40,1650.00,15.0,12650.00

Generated at May 29 2026 05:00 PM ET
""",
    positions=[("AAPL", 30, 6000, "USD"), ("MSFT", 10, 5650, "USD")],
    cash=[(1000, "USD")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "robinhood_fixture",
    """
Instrument,Quantity,Average Cost,Total Return,Equity
AAPL,10.5,$150.00,$525.00,"$2,100.00"
TSLA,3,$200.00,-$30.00,$570.00
""",
    positions=[("AAPL", 10.5, 2100, "USD", 1575), ("TSLA", 3, 570, "USD", 600)],
)
layout(
    "robinhood_tools",
    """
Name,Symbol,Type,Price,Quantity,Average Price,Equity,Percent Change,Equity Change
Apple,AAPL,stock,200.000000,10.50000000,150.0000,2100.00,33.33,525.00
SPDR S&P 500,SPY,etp,600.000000,1.00000000,500.0000,600.00,20.00,100.00
""",
    positions=[("AAPL", 10.5, 2100, "USD", 1575), ("SPY", 1, 600, "USD", 500)],
)
layout(
    "vanguard_2",
    """
Account Number,Investment Name,Symbol,Shares,Share Price,Total Value,
12345678,VANGUARD FEDERAL MONEY MARKET FUND,VMFXX,1520.11,1.00,1520.11,
12345678,VANGUARD TOTAL STOCK MARKET ETF,VTI,20.0000,300.00,6000.00,




Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,Shares,Share Price,Principal Amount,Commissions and Fees,Net Amount,Accrued Interest,Account Type,
12345678,2026-05-01,2026-05-02,Buy,Buy,VANGUARD TOTAL STOCK MARKET ETF,VTI,1.0000,300.00,-300.00,0.0,-300.00,0.0,CASH,
""",
    positions=[("VTI", 20, 6000, "USD")],
    cash=[(1520.11, "USD")],
    told={"trades_left_out"},
)
layout(
    "merrill_like",
    """
"Account","Account Registration"
"5XX-12345","CMA-Edge"

"Symbol ","CUSIP #","Security Description ","Quantity ","Price ","Price Chg $ ","Price Chg % ","Value ","Day's Value Chg $ ","Unit Cost ","Cost Basis ","Unrealized Gain/Loss $ ","Account "
"AAPL","037833100","APPLE INC","20","$200.00","$1","0.5%","$4,000.00","$20.00","$150.00","$3,000.00","$1,000.00","CMA-Edge 5XX-12345"
"IIAXX","--","BANK OF AMERICA RASP","--","--","--","--","$812.40","--","--","--","--","CMA-Edge 5XX-12345"
"Money accounts","","","","","","","$812.40","","","","",""
"Total","","","","","","","$4,812.40","","","$3,000.00","",""
""",
    positions=[("AAPL", 20, 4000, "USD", 3000)],
    cash=[(812.40, "USD")],
)
layout(
    "ally_like",
    """
Symbol,Description,Qty,Underlying,Cost Basis,Avg Price,Last,Change,Market Value,Gain/Loss,% G/L
SPY,SPDR S&P 500 ETF TRUST,12,SPY,"6,000.00",500.00,600.00,2.00,"7,200.00","1,200.00",20.0
SPY 260619P00550000,SPY Jun 19 2026 550.00 Put,2,SPY,"1,000.00",5.00,3.50,0.1,700.00,-300,-30
Total,,,,"7,000.00",,,,"7,900.00",900,12.8
""",
    positions=[("SPY", 12, 7200, "USD", 6000), ("SPY 260619P00550000", 2, 700, "USD", 1000)],
    options=[None, ("SPY", "2026-06-19", 550, "P", 100)],
    quiet={"total_mismatch"},
)
layout(
    "ibkr_en",
    """
Statement,Header,Field Name,Field Value
Statement,Data,BrokerName,Interactive Brokers LLC
Statement,Data,Title,Activity Statement
Statement,Data,Period,"May 1, 2026 - May 29, 2026"
Statement,Data,WhenGenerated,"2026-05-30, 09:12:13 EDT"
Account Information,Header,Field Name,Field Value
Account Information,Data,Name,Masked
Account Information,Data,Account,U***1234
Account Information,Data,Base Currency,EUR
Net Asset Value,Header,Asset Class,Prior Total,Current Long,Current Short,Current Total,Change
Net Asset Value,Data,Cash ,1000,2000,-500,1500,500
Net Asset Value,Data,Stock,10000,11000,0,11000,1000
Net Asset Value,Data,Total,11000,13000,-500,12500,1500
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,EUR,VWCE,50,1,100,5000,120,6000,1000,
Open Positions,Data,Lot,Stocks,EUR,VWCE,"2024-01-05, 10:00:00",30,100,3000,120,3600,600,
Open Positions,Data,Lot,Stocks,EUR,VWCE,"2024-02-05, 10:00:00",20,100,2000,120,2400,400,
Open Positions,Total,,Stocks,EUR,,,,,5000,,6000,1000,
Open Positions,Data,Summary,Stocks,USD,NVDA,40,1,90,3600,120,4800,1200,
Open Positions,Total,,Stocks,USD,,,,,3600,,4800,1200,
Open Positions,Data,Summary,Equity and Index Options,USD,NVDA 18SEP26 150 C,-1,100,10,-1000,8.4,-840,160,
Open Positions,Total,,Equity and Index Options,USD,,,,,-1000,,-840,160,
Forex Balances,Header,Asset Category,Currency,Description,Quantity,Cost Price,Cost Basis in EUR,Close Price,Value in EUR,Unrealized P/L in EUR,Code
Forex Balances,Data,Forex,EUR,USD,-2500,0.9,-2250,0.88,-2200,50,
Forex Balances,Data,Forex,EUR,EUR,2000,1,-2000,1,2000,0,
Forex Balances,Total,,,,,,,,-200,50,
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,USD,NVDA,"2026-05-05, 10:00:00",10,110,111,-1100,-1,1101,0,10,O
""",
    positions=[
        ("VWCE", 50, 6000, "EUR", 5000),
        ("NVDA", 40, 4800, "USD", 3600),
        ("NVDA 18SEP26 150 C", -1, -840, "USD", -1000),
    ],
    cash=[(-2500, "USD"), (2000, "EUR")],
    as_of="2026-05-29",
    accounts=["U***1234"] * 3,
    options=[None, None, ("NVDA", "2026-09-18", 150, "C", 100)],
    quiet={"total_mismatch"},
)
layout(
    "ibkr_cash_report",
    """
Statement,Header,Field Name,Field Value
Statement,Data,Period,"May 29, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U***1234
Account Information,Data,Base Currency,USD
Cash Report,Header,Currency Summary,Currency,Total,Securities,Futures,Month to Date,Year to Date,
Cash Report,Data,Starting Cash,Base Currency Summary,5000,5000,0,,,
Cash Report,Data,Commissions,Base Currency Summary,-10,-10,0,-10,-20,
Cash Report,Data,Ending Cash,Base Currency Summary,4990,4990,0,,,
Cash Report,Data,Ending Settled Cash,Base Currency Summary,4990,4990,0,,,
Cash Report,Data,Starting Cash,EUR,1000,1000,0,,,
Cash Report,Data,Ending Cash,EUR,1000,1000,0,,,
Cash Report,Data,Ending Settled Cash,EUR,1000,1000,0,,,
Cash Report,Data,Starting Cash,USD,3900,3900,0,,,
Cash Report,Data,Ending Cash,USD,3890,3890,0,,,
Cash Report,Data,Ending Settled Cash,USD,3890,3890,0,,,
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Unrealized P/L %,Code
Open Positions,Data,Summary,Stocks,USD,NVDA,40,1,90,3600,120,4800,1200,,
Open Positions,Total,,Stocks,USD,,,,,3600,,4800,1200,,
""",
    positions=[("NVDA", 40, 4800, "USD", 3600)],
    cash=[(1000, "EUR"), (3890, "USD")],
    as_of="2026-05-29",
)
layout(
    "ibkr_flex",
    """
"ClientAccountID","AccountAlias","CurrencyPrimary","AssetClass","Symbol","Description","Conid","ISIN","ListingExchange","UnderlyingSymbol","Multiplier","Strike","Expiry","Put/Call","ReportDate","Quantity","MarkPrice","PositionValue","OpenPrice","CostBasisPrice","CostBasisMoney","PercentOfNAV","FifoPnlUnrealized","Side","LevelOfDetail"
"U***1","","USD","STK","NVDA","NVIDIA CORP","4815747","US67066G1040","NASDAQ","","1","","","","20260529","40","120","4800","90","90","3600","40","1200","Long","SUMMARY"
"U***1","","USD","OPT","NVDA  260918P00100000","NVDA 18SEP26 100 P","1","","CBOE","NVDA","100","100","20260918","P","20260529","-2","5","-1000","6","6","-1200","-8","200","Short","SUMMARY"
"U***1","","EUR","STK","VWCE","VANG FTSE AW USDA","2","IE00BK5BQT80","IBIS2","","1","","","","20260529","10","120","1200","100","100","1000","10","200","Long","SUMMARY"
""",
    positions=[
        ("NVDA", 40, 4800, "USD", 3600),
        ("NVDA  260918P00100000", -2, -1000, "USD", -1200),
        ("VWCE", 10, 1200, "EUR", 1000),
    ],
    as_of="2026-05-29",
    options=[None, ("NVDA", "2026-09-18", 100, "P", 100), None],
    accounts=["U***1"] * 3,
)
layout(
    "wealthsimple2",
    """
Account Name,Account Type,Account Classification,Account Number,Symbol,Exchange,MIC,Name,Security Type,Quantity,Position Direction,Market Price,Market Price Currency,Book Value (CAD),Book Value Currency (CAD),Book Value (Market),Book Value Currency (Market),Market Value,Market Value Currency,Market Unrealized Returns,Market Unrealized Returns Currency
TFSA,TFSA,Personal,HQ1,XEQT,TSX,XTSE,iShares Core Equity ETF,EXCHANGE_TRADED_FUND,100,LONG,35.5,CAD,3000,CAD,3000,CAD,3550,CAD,550,CAD
TFSA,TFSA,Personal,HQ1,NVDA,NASDAQ,XNAS,NVIDIA Corp,EQUITY,10,LONG,120,USD,1300,CAD,1000,USD,1200,USD,200,USD

"As of 2026-05-29 17:00 GMT-04:00"
""",
    positions=[("XEQT", 100, 3550, "CAD", 3000), ("NVDA", 10, 1200, "USD", 1000)],
    as_of="2026-05-29",
    accounts=["TFSA", "TFSA"],
)
layout(
    "degiro_nl",
    """
Product,Symbool/ISIN,Aantal,Slotkoers,Lokale waarde,,Waarde in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"250,10","250,10"
CASH & CASH FUND & FTX CASH (USD),,,,USD,"-100,00","-88,00"
VANGUARD FTSE AW,IE00B3RBWM25,50,"120,50",EUR,"6025,00","6025,00"
NVIDIA CORP,US67066G1040,10,"120,00",USD,"1200,00","1056,00"
""",
    positions=[("IE00B3RBWM25", 50, 6025, "EUR"), ("US67066G1040", 10, 1200, "USD")],
    cash=[(250.10, "EUR"), (-100, "USD")],
    told={"margin_debt"},
)
layout(
    "degiro_en",
    """
Product,Symbol/ISIN,Amount,Closing,Local value,,Value in EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,10.50,"10,50"
ISHARES CORE MSCI WORLD,IE00B4L5Y983,12,"95,20",EUR,"1142,40","1142,40"
TESLA INC,US88160R1014,3,"250,00",USD,"750,00","660,00"
""",
    positions=[("IE00B4L5Y983", 12, 1142.40, "EUR"), ("US88160R1014", 3, 750, "USD")],
    cash=[(10.5, "EUR")],
)
layout(
    "degiro_fr2",
    """
Produit,Ticker/ISIN,Quantité,Clôture,Devise,,Montant en EUR
CASH & CASH FUND & FTX CASH (EUR),,,,EUR,"12,00","12,00"
AIR LIQUIDE,FR0000120073,8,"170,20",EUR,"1361,60","1361,60"
""",
    positions=[("FR0000120073", 8, 1361.60, "EUR")],
    cash=[(12, "EUR")],
)
layout(
    "flatex_csv",
    """
Bezeichnung;ISIN;Kategorie;Stk./Nominale;;Einstandskurs;;Akt. Kurs;;Aktueller Wert;;Einstandswert;;Entwicklung;;Entw. (%);;Kursdatum;Kurszeit;Boerse
NVIDIA CORP. DL-,001;US67066G1040;Aktie;10,00;Stk.;90,00;EUR;105,50;EUR;1.055,00;EUR;900,00;EUR;155,00;EUR;17,22;%;29.05.2026;21:59;Tradegate
0,5 % ANLEIHE 2030;DE0001102507;Anleihe;10.000,00;EUR;95,00;%;96,50;%;9.650,00;EUR;9.500,00;EUR;150,00;EUR;1,58;%;29.05.2026;21:59;Frankfurt
""",
    positions=[("US67066G1040", 10, 1055, "EUR", 900), ("DE0001102507", 10000, 9650, "EUR", 9500)],
    encoding="cp1252",
    quiet={"value_mismatch"},
)
layout(
    "comdirect2",
    """
;
"Depotübersicht vom 29.05.2026";
"Stück/Nom.";"Bezeichnung";"WKN";"Währung";"Akt. Kurs";"Datum";"Zeit";"Diff. abs";"Diff. %";"Kaufkurs in EUR";"Kaufwert in EUR";"Wert in EUR";"Diff. abs";"Diff. %";
"12";"ISHS CORE MSCI WORLD";"A0RPWH";"EUR";"95,200";"29.05.26";"17:35";"+0,10";"+0,11";"80,00";"960,00";"1.142,40";"+182,40";"+19,00";
"1.600";"BUND ANLEIHE 30";"110250";"EUR";"96,500";"29.05.26";"17:35";"0";"0";"95,00";"1.520,00";"1.544,00";"+24,00";"+1,58";
""",
    positions=[("A0RPWH", 12, 1142.40, "EUR", 960), ("110250", 1600, 1544, "EUR", 1520)],
    encoding="cp1252",
    as_of="2026-05-29",
    quiet={"value_mismatch"},
)
layout(
    "maxblue2",
    """
Vermögensaufstellung;;;
Depotnummer;123 4567890 00;;
Stand;29.05.2026;;

Bestand;Bezeichnung;WKN;ISIN;Währung;Kurs;Kursdatum;Einstandskurs;Marktwert in EUR inkl. Stückzinsen;Marktwert in Währung inkl. Stückzinsen;Anteil am Depot in %
10;APPLE INC.;865985;US0378331005;EUR;180,50;29.05.2026;150,00;1.805,00;1.805,00;50,00
20;SIEMENS AG;723610;DE0007236101;EUR;200,00;29.05.2026;150,00;4.000,00;4.000,00;50,00
Summe;;;;;;;;5.805,00;;
""",
    positions=[("US0378331005", 10, 1805, "EUR"), ("DE0007236101", 20, 4000, "EUR")],
    encoding="cp1252",
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "pp_en",
    """
Shares;Symbol;Name;Purchase Price;Quote;Market Value;Book Value;Share in %;Gain/Loss
;;Total;;;"EUR 3,000.00";"EUR 2,500.00";100.00;500.00
;;Equities;;;"2,000.00";"1,700.00";66.67;300.00
10;NVDA;NVIDIA Corp;170.00;200.00;"2,000.00";"1,700.00";66.67;300.00
;;Cash;;;"1,000.00";;33.33;
;;Giro account;;;"1,000.00";;33.33;
""",
    positions=[("NVDA", 10, 2000, "EUR", 1700)],
    cash=[(1000, "EUR")],
)
layout(
    "bourso2",
    """
name;isin;quantity;buyingPrice;lastPrice;intradayVariation;amount;amountVariation;variation
"AIR LIQUIDE";"FR0000120073";"1 200";"140,50";"170,20";"0,5";"204 240,00";"35 640,00";"21,14"
"AMUNDI MSCI WORLD";"LU1681043599";"10";"400,00";"520,00";"0,5";"5 200,00";"1 200,00";"30,00"
""",
    positions=[
        ("FR0000120073", 1200, 204240, "EUR", 168600),
        ("LU1681043599", 10, 5200, "EUR", 4000),
    ],
)
layout(
    "kite",
    """
"Instrument","Qty.","Avg. cost","LTP","Invested","Cur. val","P&L","Net chg.","Day chg."
"INFY",100,1400.5,1500,140050,150000,9950,7.1,0.5
"TOTAL",5,100,110,500,550,50,10,1
"GOLDBEES",50,60,65.2,3000,3260,260,8.66,0.1
""",
    positions=[
        ("INFY", 100, 150000, "INR", 140050),
        ("TOTAL", 5, 550, "INR", 500),
        ("GOLDBEES", 50, 3260, "INR", 3000),
    ],
)
layout(
    "kite_old",
    """
"Instrument","Qty.","Avg. cost","LTP","Cur. val","P&L","Net chg.","Day chg.",""
"RELIANCE",10,2400,2500,25000,1000,4.16,0.5,""
"SGBAUG28V-GB",4,5000,7000,28000,8000,40,0.2,""
""",
    positions=[("RELIANCE", 10, 25000, "INR", 24000), ("SGBAUG28V-GB", 4, 28000, "INR", 20000)],
)
layout(
    "groww2",
    """
Name,Masked
Unique Client Code,123XXXX

Holdings statement for stocks as on 29-05-2026

Summary
Invested Value,24000
Closing Value,25000
Unrealised P&L,1000

Stock Name,ISIN,Quantity,Average buy price,Buy value,Closing price,Closing value,Unrealised P&L
RELIANCE INDUSTRIES LTD,INE002A01018,10,2400,24000,2500,25000,1000
""",
    positions=[("INE002A01018", 10, 25000, "INR", 24000)],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "groww_mf",
    """
Scheme Name,AMC,Category,Sub-category,Folio No.,Source,Units,Invested Value,Current Value,Returns,XIRR
Parag Parikh Flexi Cap Fund Direct Growth,PPFAS Mutual Fund,Equity,Flexi Cap,123,Groww,500.123,30000,40000,10000,15.1%
""",
    positions=[("Parag Parikh Flexi Cap Fund Direct Growth", 500.123, 40000, "INR", 30000)],
)
layout(
    "sbi2",
    """
"保有証券一覧"

"株式（現物/NISA預り（成長投資枠））合計"
"評価額","含み損益","含み損益（％）"
"300000","+100000","+50.00"

"株式（現物/NISA預り（成長投資枠））"
"銘柄コード・銘柄","買付日","数量","取得単価","現在値","前日比","前日比（％）","損益","損益（％）","評価額"
"7203 トヨタ","----/--/--","100","2000","3000","+10","+0.33","+100000","+50.00","300000"

"投資信託（金額/特定預り）合計"
"評価額","含み損益","含み損益（％）"
"250000","+70000","+38.88"

"投資信託（金額/特定預り）"
"ファンド名","買付日","数量","取得単価","現在値","前日比","前日比（％）","損益","損益（％）","評価額"
"ＳＢＩ・Ｖ・Ｓ＆Ｐ５００","----/--/--","100000","18000","25000","+100","+0.4","+70000","+38.88","250000"
""",
    positions=[
        ("7203", 100, 300000, "JPY", 200000),
        ("ＳＢＩ・Ｖ・Ｓ＆Ｐ５００", 100000, 250000, "JPY", 180000),
    ],
    encoding="cp932",
)
layout(
    "rakuten2",
    """
"■ 資産合計欄"
"","時価評価額[円]","前日比[円]","前日比[％]","評価損益[円]"
"資産合計","1,550,000","","",""
"国内株式","300,000","","",""
"米国株式","250,000","","",""
"預り金","1,000,000","","",""

"■ 保有商品詳細 （すべて）"
"種別","銘柄コード・ティッカー","銘柄","口座","保有数量","［単位］","平均取得価額","［単位］","現在値","［単位］","現在値(更新日)","(参考為替)","前日比","［単位］","時価評価額[円]","時価評価額[外貨]","評価損益[円]","評価損益[％]"
"国内株式","7203","トヨタ自動車","特定","100","株","2,000.00","円","3,000.0","円","2026/05/29","","10","円","300,000","-","100,000","50.00"
"米国株式","VTI","バンガード・トータル・ストック・マーケットETF","特定","5","株","200.00","USD","333.33","USD","2026/05/28","150.00","1","USD","250,000","1,666.65","100,000","50.00"
""",
    positions=[("7203", 100, 300000, "JPY", 200000), ("VTI", 5, 1666.65, "USD", 1000)],
    cash=[(1000000, "JPY")],
    encoding="cp932",
)
layout(
    "futu2",
    """
代码,名称,持仓数量,可用数量,成本价,现价,市值,盈亏比例,盈亏金额,今日盈亏,市场,币种
00700,腾讯控股,100,100,300.000,400.000,40000.00,33.33%,10000.00,100,港股,HKD
NVDA,英伟达,10,10,100.000,120.000,1200.00,20.00%,200.00,10,美股,USD
NVDA260918C150000,NVDA 260918 150.00C,-1,0,10.00,8.40,-840.00,16%,160,0,美股,USD
""",
    positions=[
        ("00700", 100, 40000, "HKD", 30000),
        ("NVDA", 10, 1200, "USD", 1000),
        ("NVDA260918C150000", -1, -840, "USD", -1000),
    ],
    encoding="gb18030",
    options=[None, None, ("NVDA", "2026-09-18", 150, "C", 100)],
)
layout(
    "kiwoom2",
    """
계좌번호,종목코드,종목명,보유수량,매입평균가,현재가,매입금액,평가금액,평가손익,수익률(%)
1234-5678,A005930,삼성전자,10,65000,70000,650000,700000,50000,7.69
1234-5678,000660,SK하이닉스,3,150000,200000,450000,600000,150000,33.33
""",
    positions=[("A005930", 10, 700000, "KRW", 650000), ("000660", 3, 600000, "KRW", 450000)],
    encoding="cp949",
)
layout(
    "wealthfolio_one",
    """
date,symbol,quantity,price,currency
2026-05-29,NVDA,10,120,USD
2026-05-29,XEQT.TO,100,35.5,CAD
2026-05-29,$CASH,1500.50,,USD
""",
    positions=[("NVDA", 10, 1200, "USD"), ("XEQT.TO", 100, 3550, "CAD")],
    cash=[(1500.5, "USD")],
    as_of="2026-05-29",
)
layout(
    "t212",
    """
Slice,Ticker,Name,Owned quantity,Invested value,Value,Result
Pie 1,VOD,Vodafone Group,100,£80.00,£75.50,-£4.50
Pie 1,NVDA,NVIDIA,2.5,£200.00,£250.00,£50.00
Total,,,,£280.00,£325.50,£45.50
""",
    positions=[("VOD", 100, 75.5, "GBP", 80), ("NVDA", 2.5, 250, "GBP", 200)],
)
layout(
    "t212_account",
    """
Instrument,Ticker,ISIN,Quantity,Average price,Current price,Instrument currency,Invested (GBP),Value (GBP),Result (GBP)
Vodafone,VOD,GB00BH4HKS39,100,80,75.5,GBX,80.00,75.50,-4.50
Apple,AAPL,US0378331005,2,150,200,USD,240.00,320.00,80.00
""",
    positions=[("VOD", 100, 75.5, "GBP", 80), ("AAPL", 2, 320, "GBP", 240)],
)
layout(
    "morningstar",
    """
Ticker,Holding Name,Shares,Price,Market Value ($),Weight %,% of Total,Morningstar Rating
VTI,Vanguard Total Stock Market ETF,20,300.00,"6,000.00",60.00,60.00,4
BND,Vanguard Total Bond Market ETF,50,80.00,"4,000.00",40.00,40.00,4
CASH$,Cash,"1,000",1.00,"1,000.00",,,
""",
    positions=[("VTI", 20, 6000, "USD"), ("BND", 50, 4000, "USD")],
    cash=[(1000, "USD")],
)
layout(
    "saxo_like",
    """
Instrument,Symbol,Asset type,Currency,Quantity,Open price,Current price,Conv. rate,P/L,Market value,Market value (EUR),Account
NVIDIA Corp.,NVDA:xnas,Stock,USD,10,100.00,120.00,0.88,200.00,"1,200.00","1,056.00",12345/EUR
Novo Nordisk B A/S,NOVOb:xcse,Stock,DKK,20,500.00,450.00,0.134,-1000.00,"9,000.00","1,206.00",12345/EUR
""",
    positions=[("NVDA:xnas", 10, 1200, "USD", 1000), ("NOVOb:xcse", 20, 9000, "DKK", 10000)],
    accounts=["12345/EUR"] * 2,
)
layout(
    "swissquote_like",
    """
Symbol;ISIN;Name;Anzahl;Einstandspreis;Kurs;Währung;Tägliche +/-;%;G&V CHF;Gesamtwert CHF;Positionen %
NESN;CH0038863350;NESTLE N;50;100.50;85.20;CHF;0.1;0.1;-765.00;4'260.00;55
AAPL;US0378331005;APPLE ORD;20;150.00;200.00;USD;1;0.5;800.00;3'520.00;45
Total;;;;;;;;;35.00;7'780.00;
""",
    positions=[("NESN", 50, 4260, "CHF"), ("AAPL", 20, 3520, "CHF")],
    quiet={"total_mismatch"},
)
layout(
    "trade_republic_like",
    """
Name;ISIN;Anteile;Kaufkurs;Aktueller Kurs;Wert;Rendite
NVIDIA;US67066G1040;10,5;90,00 €;105,50 €;1.107,75 €;17,22 %
Core MSCI World USD (Acc);IE00B4L5Y983;12,345678;80,00 €;95,20 €;1.175,31 €;19,00 %
Cash;;;;;500,00 €;
""",
    positions=[
        ("US67066G1040", 10.5, 1107.75, "EUR", 945),
        ("IE00B4L5Y983", 12.345678, 1175.31, "EUR", 987.65),
    ],
    cash=[(500, "EUR")],
    encoding="utf-8-sig",
)
layout(
    "scalable_like",
    """
Asset Name,ISIN Code,Shares,Current Value
NVIDIA,US67066G1040,10,"1.055,00 €"
Vanguard FTSE All-World,IE00BK5BQT80,25.5,"3.060,00 €"
""",
    positions=[("US67066G1040", 10, 1055, "EUR"), ("IE00BK5BQT80", 25.5, 3060, "EUR")],
)
layout(
    "hl2",
    """
HL,Vantage SIPP
Client Name:,Masked
Client Number:,1234567
Portfolio as at:,29-05-2026
Stock value:,"5,557.00"
Total cash:,"1,000.50"
Total value:,"6,557.50"

Code,Stock,Units held,Price (pence),Value (£),Cost (£),Gain/loss (£),Gain/loss (%)
VOD,Vodafone Group plc Ordinary,1000,75.50,755.00,900.00,-145.00,-16.11
LGEN,Legal & General,2000,240.10,4802.00,4500.00,302.00,6.71
,Totals,,,5557.00,5400.00,157.00,2.9
""",
    positions=[("VOD", 1000, 755, "GBP", 900), ("LGEN", 2000, 4802, "GBP", 4500)],
    cash=[(1000.5, "GBP")],
    as_of="2026-05-29",
    quiet={"total_mismatch"},
)
layout(
    "ajbell_like",
    """
"Investment","Quantity","Price","Value (£)","Cost (£)","Change (£)","Change (%)"
"Vodafone Group PLC (LSE:VOD)","1,000","75.50p","755.00","900.00","-145.00","-16.11"
"Fundsmith Equity I Acc (FUND:B41YBW7)","100.5","650.00p","653.25","500.00","153.25","30.65"
"Cash GBP","","","150.00","","",""
""",
    positions=[("LSE:VOD", 1000, 755, "GBP", 900), ("FUND:B41YBW7", 100.5, 653.25, "GBP", 500)],
    cash=[(150, "GBP")],
)
layout(
    "ii_like",
    """
Symbol,Name,Qty,Price,Change,Chg %,Market Value £,Book Cost £,Gain £,Gain %
LON:VOD,Vodafone,1000,75.5p,0.1p,0.1%,£755.00,£900.00,-£145.00,-16.1%
NASDAQ:NVDA,NVIDIA,10,$120.00,$1,0.8%,£900.00,£700.00,£200.00,28.6%
Total,,,,,,"£1,655.00","£1,600.00",£55.00,3.4%
""",
    positions=[("LON:VOD", 1000, 755, "GBP", 900), ("NASDAQ:NVDA", 10, 900, "GBP", 700)],
    quiet={"total_mismatch"},
)
layout(
    "questrade_like",
    """
Equity Symbol,Description,Currency,Account Number,Account Type,Quantity,Book Value,Average Cost,Market Price,Market Value,P&L
XEQT.TO,ISHARES CORE EQUITY,CAD,12345678,TFSA,100,3000,30,35.5,3550,550
NVDA,NVIDIA CORP,USD,12345678,TFSA,10,1000,100,120,1200,200
""",
    positions=[("XEQT.TO", 100, 3550, "CAD", 3000), ("NVDA", 10, 1200, "USD", 1000)],
    accounts=["12345678"] * 2,
)
layout(
    "rbc_like",
    """
"Account Name : Individual"
"Account: 12345678 - Cash"

"Export Created","May 29 2026 4:00 PM ET"
Canadian Dollar Holdings
Product,Symbol,Name,Quantity,Last Price,Currency,Change $,Change %,Total Book Cost,Total Market Value,Unrealized Gain/Loss $,Unrealized Gain/Loss %,Average Cost
Common Shares,RY,ROYAL BANK OF CANADA,20,150.00,CAD,1,0.6,2400.00,3000.00,600.00,25,120.00
Common Shares,NVDA,NVIDIA,10,120.00,USD,1,0.8,1000.00,1200.00,200,20,100.00
""",
    positions=[("RY", 20, 3000, "CAD", 2400), ("NVDA", 10, 1200, "USD", 1000)],
    as_of="2026-05-29",
)
layout(
    "webull_like",
    """
Symbol,Name,Quantity,Market Value,Open P&L,Avg Price,Last Price,Day's P&L
NVDA,NVIDIA,10,1200.00,+200.00,100.00,120.00,+10.00
SOFI,SoFi,100,"1,500.00",-100,16.00,15.00,-5
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("SOFI", 100, 1500, "USD", 1600)],
)
layout(
    "m1",
    """
Symbol,Name,Quantity,Avg. Price,Cost Basis,Unrealized Gain ($),Unrealized Gain (%),Value
"VTI","Vanguard Total Stock Market ETF","10.12345","$250.00","$2530.86","$506.17","20.00%","$3037.04"
""",
    positions=[("VTI", 10.12345, 3037.04, "USD", 2530.86)],
)
layout(
    "coinbase_like",
    """
Asset,Quantity Held,Price,Value (USD)
BTC,0.5,60000,30000
ETH,2,3000,6000
USD,150.25,1,150.25
""",
    positions=[("BTC", 0.5, 30000, "USD"), ("ETH", 2, 6000, "USD")],
    cash=[(150.25, "USD")],
)
layout(
    "google_finance_like",
    """
Symbol,Name,Last price,Change,Mkt cap,Volume,Open,High,Low,Shares,Cost basis,Mkt value,Gain,Gain %,Day's gain,Overall return
NASDAQ:NVDA,NVIDIA Corp,120.00,+1.00,2.9T,200M,119,121,118,10,"1,000.00","1,200.00",+200.00,20%,+10,20%
,Cash,,,,,,,,,,500.00,,,,
""",
    positions=[("NASDAQ:NVDA", 10, 1200, "USD", 1000)],
    cash=[(500, "USD")],
)
layout(
    "seeking_alpha",
    """
Symbol,Price,Change %,Shares,Cost,Today's Gain,Today's % Gain,Total Change,Total % Change,Value,Quant Rating
NVDA,120.00,0.8%,10,100.00,10,0.8%,200,20%,1200.00,4.5
MSTR,150.00,-1%,20,200.00,-30,-1%,-1000,-25%,3000.00,2.0
""",
    positions=[("NVDA", 10, 1200, "USD", 1000), ("MSTR", 20, 3000, "USD", 4000)],
)
