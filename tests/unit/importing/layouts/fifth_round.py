"""A fifth round: currencies held like shares, cash and nothing else, values at home, contracts below their share; made up here."""

from tests.unit.importing.layouts.case import layout

# --- currencies ------------------------------------------------------------------------------------------------

layout(
    "f1_currency_at_a_rate",
    """
Symbol,Name,Quantity,Market Price,Market Value,Currency
AAPL,Apple,10,200,2000,USD
CHF,Swiss Franc,300,1.12,336,USD
""",
    positions=[("AAPL", 10, 2000, "USD")],
    cash=[(300, "CHF")],
)
layout(
    "f1_currencies_by_name_only",
    """
Name,Quantity,Price,Value
Apple,10,200,2000
Swiss Franc,300,1,300
US Dollar,500,,500
""",
    positions=[("Apple", 10, 2000, None)],
    cash=[(300, "CHF"), (500, "USD")],
    told={"currency_unknown"},
)
layout(
    "f1_names_in_four_languages",
    """
Name,ISIN,Quantity,Price,Value,Currency
Apple,US0378331005,10,200,2000,USD
Schweizer Franken,,300,,300,CHF
미국 달러,,20,1,20,USD
日本円,,20000,1,20000,JPY
livre sterling,,7,1,7,GBP
""",
    positions=[("US0378331005", 10, 2000, "USD")],
    cash=[(300, "CHF"), (20, "USD"), (20000, "JPY"), (7, "GBP")],
)
layout(
    "f1_shares_named_like_currencies",
    """
Symbol,Name,Quantity,Price,Value,Currency
NOK,Nokia Corporation,100,4.5,450,USD
COP,ConocoPhillips,10,,1000,USD
EURO,Euronav,5,20,100,USD
""",
    positions=[
        ("NOK", 100, 450, "USD"),
        ("COP", 10, 1000, "USD"),
        ("EURO", 5, 100, "USD"),
    ],
    quiet={"currency_or_share"},
)
layout(
    "f1_code_that_may_be_either",
    """
Symbol,Quantity
AAPL,10
NOK,100
""",
    positions=[("AAPL", 10, None, None)],
    cash=[(100, "NOK")],
    told={"currency_or_share"},
)

# --- cash and nothing else -------------------------------------------------------------------------------------

layout(
    "f2_accounts_with_balances",
    """
Account,Currency,Balance
Checking,USD,1200.50
Savings,EUR,300.00
""",
    cash=[(1200.5, "USD"), (300, "EUR")],
)
layout(
    "f2_german_accounts",
    """
Konto;Währung;Saldo
Tagesgeld;EUR;12.000,00
Girokonto;EUR;-800,50
Summe;;11.199,50
""",
    cash=[(12000, "EUR"), (-800.5, "EUR")],
    told={"margin_debt"},
    quiet={"total_mismatch"},
)
layout(
    "f2_amounts_by_currency",
    {"Sheet1": [["Currency", "Amount"], ["USD", 5000], ["EUR", 200]]},
    cash=[(5000, "USD"), (200, "EUR")],
)
layout(
    "f2_amounts_of_something_else",
    """
Category,Amount
Rent,1200
Food,500
""",
    outcome="refused",
)

# --- values at home --------------------------------------------------------------------------------------------

layout(
    "f3_total_across_currencies",
    """
Produkt;ISIN;Anzahl;Währung;Wert
Apple Inc;US0378331005;10;USD;1600,00
SAP SE;DE0007164600;5;EUR;900,00
Nestle;CH0038863350;3;CHF;280,00
Summe;;;;2780,00
""",
    positions=[
        ("US0378331005", 10, 1600, "EUR"),
        ("DE0007164600", 5, 900, "EUR"),
        ("CH0038863350", 3, 280, "EUR"),
    ],
    told={"values_at_home"},
    quiet={"total_mismatch"},
)
layout(
    "f3_nothing_tells",
    """
Symbol,Quantity,Local currency,Market Value
AAPL,10,USD,1600
SAP,5,EUR,900
""",
    positions=[("AAPL", 10, 1600, "USD"), ("SAP", 5, 900, "EUR")],
    told={"value_currency_unsure"},
)
layout(
    "f3_prices_tell",
    """
Symbol,Quantity,Price,Currency,Market Value
AAPL,10,160,USD,1600
SAP,5,180,EUR,900
""",
    positions=[("AAPL", 10, 1600, "USD"), ("SAP", 5, 900, "EUR")],
    quiet={"value_currency_unsure", "values_at_home"},
)
layout(
    "f3_cost_in_another_currency",
    """
Navn;Antall;GAV;Valuta;Siste kurs;Verdi NOK
Equinor;100;280,50;NOK;310,20;31020,00
Apple Inc.;10;150,00;USD;200,00;21400,00
""",
    positions=[("Equinor", 100, 31020, "NOK", 28050), ("Apple Inc.", 10, 21400, "NOK", None)],
    told={"cost_other_currency"},
)
layout(
    "f3_shekels_in_the_heading",
    """
שם נייר,מספר נייר,כמות,שער,שווי בשקלים,מטבע
בנק הפועלים,662577,100,4500,4500,ILS
אפל,60001234,10,200,7400,USD
""",
    positions=[("662577", 100, 4500, "ILS"), ("60001234", 10, 7400, "ILS")],
)

# --- contracts -------------------------------------------------------------------------------------------------

layout(
    "f4_contracts_below_their_share",
    """
Position Statement for 12345 (Individual) on 5/30/26 10:00:00

Equities and Equity Options
Symbol,Exp,Strike,Type,Qty,Mark,Trade Price,Net Liq
AAPL,,,STOCK,100,200.00,150.00,"$20,000.00"
,19 JUN 26,210,CALL,-1,3.50,4.00,($350.00)
,19 JUN 26,190,PUT,2,2.00,2.50,$400.00
NVDA,,,STOCK,10,100.00,90.00,"$1,000.00"
""",
    positions=[
        ("AAPL", 100, 20000, "USD"),
        ("AAPL 2026-06-19 210 Call", -1, -350, "USD"),
        ("AAPL 2026-06-19 190 Put", 2, 400, "USD"),
        ("NVDA", 10, 1000, "USD"),
    ],
    options=[
        None,
        ("AAPL", "2026-06-19", 210, "C", 100),
        ("AAPL", "2026-06-19", 190, "P", 100),
        None,
    ],
    quiet={"row_without_name", "same_symbol_twice"},
)
layout(
    "f4_contracts_that_name_no_share",
    """
Instrument,Qty,Days,Trade Price,Mark,Mrk Chng,P/L Open,P/L Day,Net Liq
AAPL,100,,150.00,200.00,+1.00,"$5,000.00",$100.00,"$20,000.00"
100 (Weeklys) 19 JUN 26 210 CALL,-1,20,4.00,3.50,0,$50.00,$0.00,($350.00)
100 19 JUN 26 190 PUT,2,20,2.50,2.00,0,($100.00),$0.00,$400.00
""",
    positions=[
        ("AAPL", 100, 20000, "USD"),
        ("100 (Weeklys) 19 JUN 26 210 CALL", -1, -350, "USD"),
        ("100 19 JUN 26 190 PUT", 2, 400, "USD"),
    ],
    options=[
        None,
        ("AAPL", "2026-06-19", 210, "C", 100),
        ("AAPL", "2026-06-19", 190, "P", 100),
    ],
)
layout(
    "f4_totals_by_kind_and_currency",
    """
Statement,Header,Field Name,Field Value
Statement,Data,Period,"May 29, 2026"
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value,Unrealized P/L,Code
Open Positions,Data,Summary,Stocks,USD,AAPL,10,1,150,1500,200,2000,500,
Open Positions,Data,Summary,Stocks,EUR,SAP,5,1,100,500,250,1250,750,
Open Positions,Data,Summary,Equity and Index Options,USD,AAPL 19JUN26 210 C,-1,100,4,-400,3.5,-350,50,
Open Positions,Total,,Stocks,USD,,,,,1500,,2000,500,
""",
    positions=[
        ("AAPL", 10, 2000, "USD"),
        ("SAP", 5, 1250, "EUR"),
        ("AAPL 19JUN26 210 C", -1, -350, "USD"),
    ],
    quiet={"total_mismatch"},
)

# --- hand-made -------------------------------------------------------------------------------------------------

layout(
    "f5_two_accounts_side_by_side",
    {
        "S": [
            ["Account A", None, None, None, None, "Account B"],
            ["Symbol", "Shares", "Value", None, None, "Symbol", "Shares", "Value"],
            ["AAPL", 10, 2000, None, None, "MSFT", 5, 2000],
            ["NVDA", 3, 360, None, None, "AAPL", 2, 400],
            ["Total", None, 2360, None, None, "Total", None, 2400],
        ]
    },
    positions=[
        ("AAPL", 10, 2000, "USD"),
        ("NVDA", 3, 360, "USD"),
        ("MSFT", 5, 2000, "USD"),
        ("AAPL", 2, 400, "USD"),
    ],
    accounts=["Account A", "Account A", "Account B", "Account B"],
    quiet={"total_mismatch"},
)
layout(
    "f5_rate_of_the_purchase",
    """
Titolo;ISIN;Simbolo;Mercato;Strumento;Valuta;Quantita;P.zo medio di carico;Cambio di carico;Valore di carico;P.zo di mercato;Cambio di mercato;Valore di mercato €
APPLE INC;US0378331005;AAPL;NASDAQ;Azioni;USD;10;150,00;1,10;1.363,64;200,00;1,08;1.851,85
ENI;IT0003132476;ENI;AFF;Azioni;EUR;100;13,50;1,00;1.350,00;14,20;1,00;1.420,00
""",
    positions=[("AAPL", 10, 1851.85, "EUR", 1363.64), ("ENI", 100, 1420, "EUR", 1350)],
)
layout(
    "f5_merged_depots_and_a_sum",
    {
        "S": [
            ["Depot", "Wertpapier", "ISIN", "Stück", "Kurs €", "Wert €"],
            ["Comdirect", "SAP", "DE0007164600", 5, 250, 1250],
            [None, "Siemens", "DE0007236101", 2, 200, 400],
            ["ING", "Apple", "US0378331005", 3, 180, 540],
            ["Summe", None, None, None, None, 2190],
        ]
    },
    positions=[
        ("DE0007164600", 5, 1250, "EUR"),
        ("DE0007236101", 2, 400, "EUR"),
        ("US0378331005", 3, 540, "EUR"),
    ],
    quiet={"total_mismatch"},
)

# --- brokers ---------------------------------------------------------------------------------------------------

layout(
    "f6_value_headed_in_pounds_beside_a_price_in_dollars",
    """
Investment,Quantity,Price,Value (£),Cost (£),Change (£),Change (%),Valuation currency,Current FX
"Vanguard FTSE Global All Cap (LSE:VAFTGAG)",100.5,215.32p,216.40,200.00,16.40,8.2,GBP,
"Microsoft Corp (NASDAQ:MSFT)",3,$400.00,944.88,900.00,44.88,4.99,USD,1.27
"Cash GBP",,,"1,250.00",,,,,
"Total",,,"2,411.28","1,100.00",,,,
""",
    positions=[
        ("LSE:VAFTGAG", 100.5, 216.4, "GBP", 200),
        ("NASDAQ:MSFT", 3, 944.88, "GBP", 900),
    ],
    cash=[(1250, "GBP")],
    quiet={"value_mismatch", "total_mismatch"},
)
layout(
    "f6_option_with_a_day_in_eight_digits",
    """
Positions
Symbol,Quantity,Cost Price,Close Price,Amount,Unrealized P/L,Currency
TSLA,5,200,250,1250,250,USD
D05.SI,100,35,40,4000,500,SGD
TSLA 20260619 CALL 300,1,10,12,1200,200,USD
""",
    positions=[
        ("TSLA", 5, 1250, "USD", 1000),
        ("D05.SI", 100, 4000, "SGD", 3500),
        ("TSLA 20260619 CALL 300", 1, 1200, "USD", 1000),
    ],
    options=[None, None, ("TSLA", "2026-06-19", 300, "C", 100)],
    quiet={"unit_factor"},
)
layout(
    "f6_cash_by_currency_above_the_shares",
    """
币种,资金余额,可用资金,参考市值,资产
人民币,10000.00,10000.00,172400.00,182400.00
港币,500.00,500.00,0,500.00

证券代码,证券名称,证券数量,可卖数量,成本价,当前价,最新市值,浮动盈亏
600519,贵州茅台,100,100,1500.00,1700.50,170050.00,20050.00
""",
    positions=[("600519", 100, 170050, "CNY", 150000)],
    cash=[(10000, "CNY"), (500, "HKD")],
)
layout(
    "f6_a_history_is_no_cash",
    {
        "S": [
            ["Symbol", "Shares", "Price", "Value"],
            ["NVDA", 10, 120, 1200],
            [None],
            ["Date", "Cash", "Invested", "Portfolio value"],
            ["2026-01-31", 500, 1000, 1500],
            ["2026-02-28", 300, 1100, 1400],
        ]
    },
    positions=[("NVDA", 10, 1200, "USD")],
)
layout(
    "f7_short_by_a_word_under_another_heading",
    """
Symbol,Position,Quantity,Price,Value
AAPL,Long,10,200,2000
TSLA,Short,5,250,1250
""",
    positions=[("AAPL", 10, 2000, "USD"), ("TSLA", -5, -1250, "USD")],
)
layout(
    "f7_thousands_in_the_title",
    {
        "S": [
            ["Portfolio (in thousand EUR)"],
            ["ISIN", "Name", "Quantity", "Value"],
            ["US0378331005", "Apple", 1000, 185.2],
            ["DE0007164600", "SAP", 500, 125],
        ]
    },
    positions=[("US0378331005", 1000, 185200, "EUR"), ("DE0007164600", 500, 125000, "EUR")],
    told={"amounts_scaled"},
)
layout(
    "f7_spanish_shares",
    {
        "Hoja1": [
            ["Cartera a 30/05/2026"],
            ["Acción", "Títulos", "Precio", "Valor", "Divisa"],
            ["Santander", 1000, 4.8, 4800, "EUR"],
            ["Apple", 10, 200, 2000, "USD"],
            ["Liquidez", None, None, 1500, "EUR"],
        ]
    },
    positions=[("Santander", 1000, 4800, "EUR"), ("Apple", 10, 2000, "USD")],
    cash=[(1500, "EUR")],
)
