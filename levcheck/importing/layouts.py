"""Names of known export layouts, by the headings that only they have together, and where their accounts are kept."""

from collections.abc import Collection

from levcheck.importing.synonyms import normalised

_SIGNATURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "fidelity-positions",
        (
            "Account Number",
            "Last Price Change",
            "Current Value",
            "Cost Basis Total",
            "Average Cost Basis",
        ),
    ),
    (
        "schwab-positions",
        ("Symbol", "Description", "Price Change $", "Market Value", "Security Type"),
    ),
    (
        "schwab-positions",
        ("Symbol", "Description", "Qty (Quantity)", "Mkt Val (Market Value)", "Security Type"),
    ),
    (
        "vanguard-download",
        ("Account Number", "Investment Name", "Symbol", "Shares", "Share Price", "Total Value"),
    ),
    ("etrade-portfolio", ("Symbol", "Last Price $", "Price Paid $", "Value $")),
    ("ibkr-activity", ("DataDiscriminator", "Symbol", "Code")),
    ("ibkr-positions", ("Symbol", "SecType", "Put/Call", "Mark Price")),
    (
        "wealthsimple-holdings",
        ("Account Classification", "MIC", "Position Direction", "Book Value (CAD)"),
    ),
    ("degiro-portfolio", ("Produit", "Ticker/ISIN", "Montant en EUR")),
    ("degiro-portfolio", ("Product", "Symbol/ISIN", "Local value")),
    ("degiro-portfolio", ("Product", "Symbool/ISIN", "Slotkoers")),
    ("flatex-depot", ("Bezeichnung", "ISIN", "Stk./Nominale", "Einstandskurs", "Aktueller Wert")),
    ("comdirect-depot", ("Stück/Nom.", "Bezeichnung", "WKN", "Wert in EUR", "Kaufwert in EUR")),
    ("maxblue-depot", ("Bankleistungsnummer", "Bestand", "Hinweis Einstandskurs")),
    ("portfolio-performance", ("Bestand", "Name", "Einstandspreis", "Marktwert", "Anteil in %")),
    ("boursobank-positions", ("isin", "buyingPrice", "lastPrice", "intradayVariation")),
    (
        "zerodha-console",
        ("Symbol", "Quantity Available", "Quantity Discrepant", "Previous Closing Price"),
    ),
    ("zerodha-kite", ("Instrument", "Qty.", "Avg. cost", "LTP")),
    ("groww-holdings", ("Stock Name", "ISIN", "Average buy price", "Closing value")),
    ("rakuten-assetbalance", ("種別", "銘柄コード・ティッカー", "平均取得価額", "時価評価額[円]")),
    ("sbi-portfolio", ("銘柄（コード）", "買付日", "数量")),
    ("futu-positions", ("代码", "持仓数量", "成本价", "现价", "盈亏比例")),
    ("kiwoom-balance", ("계좌번호", "종목코드", "보유수량", "매입평균가")),
    ("wealthfolio-holdings", ("date", "symbol", "quantity", "price", "currency")),
    ("yahoo-portfolio", ("Symbol", "Current Price", "Trade Date", "Purchase Price", "Quantity")),
    ("hargreaves-lansdown", ("Code", "Stock", "Units held", "Price (pence)", "Value (£)")),
)


# Brokers of one country write no currency: it is theirs. Always told as an assumption.
_HOME = {
    "schwab-positions": "USD",
    "fidelity-positions": "USD",
    "vanguard-download": "USD",
    "etrade-portfolio": "USD",
    "flatex-depot": "EUR",
    "comdirect-depot": "EUR",
    "maxblue-depot": "EUR",
    "boursobank-positions": "EUR",
    "zerodha-console": "INR",
    "zerodha-kite": "INR",
    "groww-holdings": "INR",
    "rakuten-assetbalance": "JPY",
    "sbi-portfolio": "JPY",
    "kiwoom-balance": "KRW",
    "hargreaves-lansdown": "GBP",
}
# Headings that are said in one country only.
_HOME_HEADINGS = {
    "INR": {"ltp", "cmp", "folio", "folio no", "folio number", "scheme name", "scheme", "amc", "demat", "nse code", "bse code", "isin no"},
    "GBP": {"price pence", "book cost £", "epic", "tidm", "sedol"},
    "BRL": {"ativo", "ativos", "preço médio", "preco medio", "corretora"},
}  # fmt: skip


def home_currency(headings: Collection[str]) -> str | None:
    """Return the currency of the country whose brokers write these headings, None when they are used everywhere."""
    known = {normalised(text) for text in headings}
    home = _HOME.get(layout_name(headings))
    return home or next((code for code, words in _HOME_HEADINGS.items() if known & words), None)


def layout_name(headings: Collection[str]) -> str:
    """Return the name of the layout whose headings are all there, ``guessed`` when none is."""
    known = {normalised(text) for text in headings}
    for name, signature in _SIGNATURES:
        if all(normalised(text) in known for text in signature):
            return name
    return "guessed"
