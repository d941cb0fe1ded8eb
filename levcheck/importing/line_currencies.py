"""In which currency the price and the value of a line are, and which exchange rates lines state."""

from levcheck.importing.currencies import (
    currency_by_listing,
)
from levcheck.importing.evidence import is_bare_ticker, line_currency
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.surroundings import Surroundings

# Currencies of markets whose codes are digits → prices above which an amount is hardly in dollars.
_DOLLAR_PRICES = {"KRW": 3_000.0, "JPY": 2_000.0, "TWD": 2_000.0, "CNY": 2_000.0, "HKD": 2_000.0}
# Rates are printed with few digits, and values with the rate of another minute.
_RATE_SLACK = 0.01


class LineCurrencies:
    """Tells the currencies of the lines of a list.

    Args:
        reader: reads the rows of the list.
        around: what holds for all of them.
    """

    def __init__(self, reader: LineReader, around: Surroundings) -> None:
        self.reader = reader
        self.columns = reader.columns
        self.around = around
        self.assumed_used = False
        self.rates: dict[tuple[str, str], float] = {}

    def of_value(self, line: Line) -> tuple[str | None, float]:
        """Return (currency of the value, 0.01 when the row's currency is quoted in hundredths)."""
        column, minor = self.reader.column_currency(line)
        name = "market_value" if "market_value" in self.columns.at else "price"
        own = self.reader.currency(line, name)
        stated, stated_minor = self.reader.column_currency(line, "value_currency")
        for found in (
            own,
            self.columns.currency.get(name) if name == "market_value" else None,
            stated,
        ):
            if found is not None:
                return found, minor if minor != 1.0 else stated_minor
        if column is not None:
            return column, minor
        heading = self._of_headings(name)
        glued = self.reader.currency(line, "price")
        shown = self.reader.shown_currency(line, name) or self.reader.shown_currency(line, "price")
        # A price is quoted where the share is listed, whatever currency the account is kept in.
        named = name == "price" and self.around.currency is not None
        listed = currency_by_listing(line.symbol) if named else None
        return glued or heading or shown or listed or self.around.currency, minor

    def _of_headings(self, name: str) -> str | None:
        """Return the currency that headings name, where neither the row nor the value's own heading does."""
        codes = self.columns.currency
        heading = codes.get(name) or codes.get("price")
        if name == "price" and heading is None:
            heading = codes.get("cost_total") or codes.get("cost_each")
        return heading

    def usual(self) -> str | None:
        """Return the currency of every row whose own cells name none, None where that differs from row to row."""
        name = "market_value" if "market_value" in self.columns.at else "price"
        heading = self._of_headings(name)
        if heading is not None or self.reader.shown or name == "price":
            return heading
        return self.around.currency

    def of_price(self, line: Line, value_currency: str | None) -> tuple[str | None, float]:
        """Return (currency of the price, 0.01 where it is quoted in hundredths)."""
        minor = self.columns.factor.get("price", 1.0) * line.number("price").factor
        column, column_minor = self.reader.column_currency(line)
        glued = self.reader.currency(line, "price")
        if glued is not None:
            return glued, minor
        heading = self.columns.currency.get("price")
        if column is not None and heading is None:
            return column, minor if minor != 1.0 else column_minor
        return heading or value_currency, minor

    def assumed(self, line: Line) -> str | None:
        """Return the currency a line is most probably in where nothing in the file says so."""
        own = None if self.around.one_currency else line_currency(line)
        if own == "HKD" and self.around.assumed == "TWD" and line.symbol.startswith("00"):
            own = None  # five digits are Hong Kong's, and those of Taiwan's newer funds
        bare = self.around.lists_venues and not self.around.one_currency
        if own is None and self._is_abroad(line):
            own = "USD"
        if own is None and bare and is_bare_ticker(line.symbol):
            own = "USD"
        if own is not None:
            self.assumed_used = True
            return own
        if self.around.assumed is not None:
            self.assumed_used = True
        return self.around.assumed

    def _is_abroad(self, line: Line) -> bool:
        """Whether letters alone in a list of a market whose codes are digits, at a price in dollars, are listed in America."""
        highest = _DOLLAR_PRICES.get(self.around.assumed or "")
        if highest is None or self.around.one_currency:
            return False
        price = line.value("price") or line.value("cost_each")
        if is_bare_ticker(line.ticker):
            return price is None or price < highest
        # A name in capitals may be a company at home; its price in won or yen tells.
        return is_bare_ticker(line.name) and price is not None and price < highest

    def note_rate(self, line: Line, currency: str | None) -> None:
        """Keep the exchange rate a row states, outright or by giving its value in two currencies."""
        base = line.value("value_base")
        value = line.value("market_value")
        rate = line.value("fx_rate")
        own = self.reader.column_currency(line)[0]
        target = self.columns.currency.get("market_value")
        if rate and own and target and own != target:
            self._keep_rate(line, (own, target), rate)
        home = self.columns.currency.get("value_base")
        if base and value and currency and home and currency != home:
            self.rates.setdefault((currency, home), base / value)

    def _keep_rate(self, line: Line, pair: tuple[str, str], rate: float) -> None:
        """Keep a rate in the direction in which it leads from quantity x price to the value; in neither, it is another day's."""
        quantity, price, value = (line.value(n) for n in ("quantity", "price", "market_value"))
        if not (quantity and price and value):
            return
        for way in (rate, 1.0 / rate):
            if abs(quantity * price * way / value - 1) < _RATE_SLACK:
                self.rates.setdefault(pair, way)
                return
