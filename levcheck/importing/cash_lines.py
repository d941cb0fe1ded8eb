"""Makes cash lines: which figure of a row is the amount, and in which currency it is."""

from types import MappingProxyType

from levcheck.domain.diagnostics import Severity
from levcheck.domain.position import CashLine
from levcheck.importing.currencies import (
    as_currency,
    currency_in_header,
)
from levcheck.importing.currency_names import TWIN_CODES, currency_named
from levcheck.importing.fated import Fated
from levcheck.importing.grid import text_of
from levcheck.importing.line_currencies import LineCurrencies
from levcheck.importing.line_notices import LineNotices
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.row_words import is_money_fund
from levcheck.importing.surroundings import Surroundings


class CashLines:
    """Makes the cash lines of a list.

    Args:
        reader: reads the rows of the list.
        around: what holds for all of them.
        currencies: keeps the rates that cash lines state.
        notices: takes what has to be told.
    """

    def __init__(
        self,
        reader: LineReader,
        around: Surroundings,
        currencies: LineCurrencies,
        notices: LineNotices,
    ) -> None:
        self.reader = reader
        self.columns = reader.columns
        self.around = around
        self.currencies = currencies
        self.notices = notices

    def line(self, fated: Fated) -> CashLine:
        """Return the cash line of a row; the amount is looked for in value, quantity, price and cost, in this order."""
        line = fated.line
        field_name = next(
            (
                n
                for n in ("market_value", "quantity", "price", "cost_total", "value_base")
                if line.value(n) is not None
            ),
            None,
        )
        field_name = self._own_amount(line, field_name)
        amount = line.value(field_name) if field_name else None
        if field_name and line.number(field_name).percent:
            amount = None
        currency = self._cash_currency(line, field_name)
        base = self.columns.currency.get("value_base")
        if (
            field_name == "market_value"
            and amount
            and base
            and currency
            and base != currency
            and line.value("value_base")
        ):
            self.currencies.rates.setdefault(
                (currency, base), (line.value("value_base") or 0.0) / amount
            )
        if (
            amount is None
            and self.around.total_value is not None
            and (weight := self.around.weight(line.number("weight")))
        ):
            amount = weight * self.around.total_value
        cells, _ = self.reader.kept_cells(line)
        if line.symbol in TWIN_CODES and not currency_named(line.name):
            self.notices.tell(
                "import.currency_or_share", Severity.WARNING, line, "symbol", label=line.symbol
            )
        if amount is not None and amount < 0:
            self.notices.tell(
                "import.margin_debt",
                Severity.INFO,
                line,
                field_name,
                label=line.label,
                amount=amount,
                currency=currency,
            )
        return CashLine(
            place=self.notices.place(line),
            label=self._cash_label(line),
            amount=amount,
            currency=currency,
            account=self.around.account_of(line.account, fated.account),
            cells=MappingProxyType(cells),
        )

    def _own_amount(self, line: Line, field_name: str | None) -> str | None:
        """Take the quantity of a currency that is listed with its value in the home currency, and keep the rate."""
        texts = (line.symbol.strip().upper().lstrip("$"), line.name.strip().upper())
        own = next((code for text in texts if (code := currency_named(text))), None)
        home = self.columns.currency.get("market_value") or self.reader.column_currency(line)[0]
        quantity, value = line.value("quantity"), line.value("market_value")
        if own is None or own == home or quantity is None:
            return field_name
        if home is None and not (value and abs(quantity / value - 1) > 0.001):
            return field_name
        if quantity and value and home is not None:
            self.currencies.rates.setdefault((own, home), value / quantity)
        return "quantity"

    def _cash_label(self, line: Line) -> str:
        if is_money_fund(line.symbol):
            return line.symbol.rstrip("*")
        return (
            line.symbol
            if line.symbol and not line.name
            else (line.name or (line.labels or ["Cash"])[0])
        )

    def _cash_currency(self, line: Line, field_name: str | None) -> str | None:
        if field_name and (glued := self.reader.currency(line, field_name)) is not None:
            return glued
        for text in (line.symbol, line.name):
            if (code := currency_named(text.strip().lstrip("$"))) is not None:
                return code
        said = self._currency_in_labels(line)
        column, _ = self.reader.column_currency(line)
        found = (
            column
            or said
            or (self.columns.currency.get(field_name) if field_name else None)
            or self._any_glued(line)
        )
        found = found or self.columns.currency.get("market_value") or self.around.currency
        if found is None:
            self.currencies.assumed_used = self.around.assumed is not None
        return found or self.around.assumed

    def _any_glued(self, line: Line) -> str | None:
        return next((n.currency for n in line.numbers.values() if n.currency), None)

    def _currency_in_labels(self, line: Line) -> str | None:
        for text in (
            line.name,
            line.symbol,
            *(text_of(c) for c in line.row.cells if isinstance(c, str)),
        ):
            if not text or len(text) > 60:
                continue
            found = currency_in_header(text) or next(
                (
                    c
                    for word in text.replace("(", " ").replace(")", " ").split()
                    if (c := as_currency(word))
                ),
                None,
            )
            if found is not None:
                return found
        return None
