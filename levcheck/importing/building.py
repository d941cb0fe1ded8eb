"""Makes positions of rows whose fate is settled."""

from dataclasses import replace
from types import MappingProxyType

from levcheck.domain.diagnostics import Severity
from levcheck.domain.position import OptionTerms, Position
from levcheck.importing.cash_lines import CashLines
from levcheck.importing.dates import read_date
from levcheck.importing.fated import Fated
from levcheck.importing.grid import text_of
from levcheck.importing.identifiers import ticker_in_name
from levcheck.importing.kinds import (
    PUBLIC_KINDS,
    kind_of_code,
    kind_of_name,
    kind_of_section,
    kind_said,
)
from levcheck.importing.line_currencies import LineCurrencies
from levcheck.importing.line_notices import LineNotices
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.numbers import BLANK, Number, decimals_of
from levcheck.importing.options import make_option, option_right, parse_option, parse_rootless
from levcheck.importing.surroundings import Surroundings
from levcheck.importing.units import Priced, expected_factor, price_line

_SHORT = frozenset(
    {"short", "s", "sell", "空", "空头", "空頭", "숏", "売", "売建", "leerverkauf", "kurz"}
)


class Builder:
    """Builds the lines of one list.

    Args:
        reader: reads the rows of the list.
        around: what holds for all of them.
    """

    def __init__(self, reader: LineReader, around: Surroundings) -> None:
        self.reader = reader
        self.columns = reader.columns
        self.around = around
        self.currencies = LineCurrencies(reader, around)
        self.notices = LineNotices(reader.columns, around)
        self.cash = CashLines(reader, around, self.currencies, self.notices)

    def position(self, fated: Fated) -> Position:
        """Return the position of a row."""
        line = fated.line
        option = self._option(line)
        kind = self._kind(fated, option)
        currency, minor = self.currencies.of_value(line)
        price_currency, price_minor = self.currencies.of_price(line, currency)
        if minor != 1.0 and price_minor == 1.0 and price_currency == currency:
            price_minor = self._pence_price(line, minor)
        price = _scaled(line.number("price"), price_minor)
        priced = self._priced(
            line, price, kind, option, comparable=price_currency == currency or currency is None
        )
        if priced.basis == "computed":
            currency = price_currency or currency
        elif line.value("market_value") is None and line.value("value_base") is not None:
            currency = self.columns.currency.get("value_base") or self.around.base or currency
        if currency is None:
            currency = self.currencies.assumed(line)
        option, price = self._settle_contract(option, line, price, priced)
        if (
            priced.factor == 0.01
            and kind != "bond"
            and price_minor == 1.0
            and currency in ("GBP", "ILS", "ZAR")
        ):
            price = _scaled(price, 0.01)
            self.notices.tell(
                "import.price_in_hundredths", Severity.INFO, line, "price", label=line.label
            )
        self.currencies.note_rate(line, currency)
        quantity, value = self._signed(line, priced.value)
        self.notices.report_row(line, priced, currency, price_currency)
        cells, raw = self.reader.kept_cells(line)
        name, symbol = self._name_and_symbol(line)
        return Position(
            place=self.notices.place(line),
            account=self.around.account_of(line.account, fated.account),
            symbol=symbol or None,
            isin=line.isin or None,
            cusip=line.cusip or None,
            wkn=line.wkn or None,
            name=self._named_contract(name, symbol, option) or None,
            quantity=quantity,
            price=price.value,
            market_value=value,
            value_basis=priced.basis,
            currency=currency,
            cost_basis=self._cost(line, priced, option, price_minor, currency, price_currency),
            kind=kind if kind in PUBLIC_KINDS else None,
            option=option,
            cells=MappingProxyType(cells),
            raw=MappingProxyType(raw),
            exchange=line.texts.get("exchange") or None,
        )

    def _priced(
        self,
        line: Line,
        price: Number,
        kind: str | None,
        option: OptionTerms | None,
        *,
        comparable: bool,
    ) -> Priced:
        multiplier = line.value("multiplier") or (option.multiplier if option else None)
        unit = self.reader.unit_text(line, "quantity") + self.columns.headings.get(
            self.columns.at.get("quantity", -1), ""
        )
        expected, code = expected_factor(
            kind=kind,
            quantity=line.number("quantity"),
            price=price,
            quantity_unit=unit,
            multiplier=multiplier,
        )
        if self.columns.told_factor is not None and kind != "option":
            expected, code = self.columns.told_factor, None
        value = line.number("market_value")
        if (
            value.value is None
            and self.around.total_value is not None
            and (weight := self.around.weight(line.number("weight"))) is not None
        ):
            return Priced(weight * self.around.total_value, "computed", expected)
        if value.value is None and line.value("value_base") is not None:
            value = self._home_value(line)
        value = _scaled(value, value.factor)
        priced = price_line(
            line.number("quantity"), price, value, expected=expected, comparable=comparable
        )
        if code is not None and priced.basis == "computed":
            self.notices.tell(code, Severity.WARNING, line, "price", label=line.label)
        elif self._is_unusual(priced, expected, kind):
            self._tell_unit(line, priced.factor, kind, price)
        return priced

    def _home_value(self, line: Line) -> Number:
        """Return the value in the home currency where that is known, or the row is in no other; else nothing is told."""
        column, _ = self.reader.column_currency(line)
        home = self.columns.currency.get("value_base") or self.around.base
        return line.number("value_base") if home or column is None else BLANK

    def _is_unusual(self, priced: Priced, expected: float, kind: str | None) -> bool:
        told = priced.factor != expected or priced.factor in {1000.0, 0.0001}
        return priced.basis == "stated" and kind != "option" and told

    def _tell_unit(self, line: Line, factor: float, kind: str | None, price: Number) -> None:
        """Say in which unit price and quantity turned out to be where nothing announced it."""
        minor = (
            factor == 0.01
            and price.factor == 1.0
            and self.currencies.of_value(line)[0] in ("GBP", "ILS", "ZAR")
        )
        if minor or (factor == 0.01 and kind == "bond"):
            return
        code = {
            1000.0: "import.lots_of_1000",
            0.0001: "import.per_10000_units",
            0.01: "import.bond_per_100",
        }.get(factor, "import.unit_factor")
        self.notices.tell(code, Severity.INFO, line, "price", label=line.label, factor=factor)

    def _signed(self, line: Line, value: float | None) -> tuple[float | None, float | None]:
        quantity = line.value("quantity")
        if is_short(line.texts.get("side", "")) and quantity is not None and quantity > 0:
            quantity = -quantity
            value = -value if value is not None and value > 0 else value
        return quantity, value

    def _settle_contract(
        self, option: OptionTerms | None, line: Line, price: Number, priced: Priced
    ) -> tuple[OptionTerms | None, Number]:
        """Take the contract size the stated value proves; a price per contract becomes a price per share."""
        if option is None:
            return None, price
        multiplier = line.value("multiplier") or option.multiplier
        if (
            priced.basis == "stated"
            and priced.mismatch is None
            and priced.factor != multiplier
            and line.value("price")
        ):
            quantity = abs(line.value("quantity") or 0)
            if priced.factor == 1.0 and quantity and quantity % 100 == 0:
                multiplier = 1.0
                self.notices.tell(
                    "import.option_in_shares", Severity.WARNING, line, "quantity", label=line.label
                )
            elif priced.factor == 1.0:
                price = _scaled(price, 1.0 / multiplier)
                self.notices.tell(
                    "import.option_price_per_contract",
                    Severity.WARNING,
                    line,
                    "price",
                    label=line.label,
                )
            else:
                multiplier = priced.factor
        return replace(option, multiplier=multiplier), price

    def _cost(
        self,
        line: Line,
        priced: Priced,
        option: OptionTerms | None,
        price_minor: float,
        currency: str | None,
        price_currency: str | None,
    ) -> float | None:
        total = line.value("cost_total")
        if total:
            if self._is_foreign_cost(line, currency):
                return None
            return total * self.columns.factor.get("cost_total", 1.0)
        each, quantity = line.value("cost_each"), line.value("quantity")
        if not each or quantity is None or self._is_cost_elsewhere(line, currency, price_currency):
            return None
        minor = self.columns.factor.get("cost_each", price_minor) * line.number("cost_each").factor
        if option is not None:
            return each * quantity * option.multiplier * minor
        factor = (
            priced.factor if priced.factor in (0.01, 0.0001, 1000.0) and price_minor == 1.0 else 1.0
        )
        return each * quantity * minor * factor

    def _is_foreign_cost(self, line: Line, currency: str | None) -> bool:
        """Whether what was paid is stated in another currency than the value: it is not mixed with it then."""
        paid = self.reader.currency(line, "cost_total") or self.columns.currency.get("cost_total")
        return self._tell_foreign_cost(line, "cost_total", paid, currency)

    def _is_cost_elsewhere(
        self, line: Line, currency: str | None, price_currency: str | None
    ) -> bool:
        """Whether what was paid each is in another currency than the value, as its own cells say or its price is."""
        own = self.reader.currency(line, "cost_each") or self.columns.currency.get("cost_each")
        return self._tell_foreign_cost(line, "cost_each", own or price_currency, currency)

    def _tell_foreign_cost(
        self, line: Line, name: str, paid: str | None, currency: str | None
    ) -> bool:
        if paid is None or currency is None or paid == currency:
            return False
        self.notices.tell(
            "import.cost_other_currency",
            Severity.INFO,
            line,
            name,
            label=line.label,
            currency=paid,
        )
        return True

    def _name_and_symbol(self, line: Line) -> tuple[str, str]:
        if not line.symbol and line.name and not line.isin and (parts := ticker_in_name(line.name)):
            return parts
        return line.name, line.symbol

    def _named_contract(self, name: str, symbol: str, option: OptionTerms | None) -> str:
        """Return a name for a contract whose row has none: its terms."""
        if name or symbol or option is None:
            return name
        right = "Call" if option.right == "C" else "Put"
        return f"{option.underlying} {option.expiry} {option.strike:g} {right}"

    def _option(self, line: Line) -> OptionTerms | None:
        for text in (line.symbol, line.name):
            if text and (found := parse_option(text)) is not None:
                return self._with_columns(line, found)
        root = line.texts.get("underlying", "")
        if root and (found := parse_rootless(line.symbol or line.name, root)) is not None:
            return self._with_columns(line, found)
        if "strike" not in self.columns.at or "expiry" not in self.columns.at:
            return None
        right = next(
            (
                t
                for t in (line.texts.get("right", ""), line.texts.get("kind", ""))
                if option_right(t)
            ),
            "",
        )
        strike = line.value("strike")
        expiry_column = self.columns.at.get("expiry")
        if not right or not strike or expiry_column is None:
            return None
        expiry = read_date(_digits(text_of(line.row.at(expiry_column)))) or read_date(
            line.row.at(expiry_column)
        )
        root = line.texts.get("underlying") or line.symbol.split(" ")[0]
        return make_option(root, expiry, strike, right, line.value("multiplier"))

    def _with_columns(self, line: Line, found: OptionTerms) -> OptionTerms:
        underlying = line.texts.get("underlying", "").strip().upper()
        multiplier = line.value("multiplier")
        return replace(
            found,
            underlying=underlying if underlying and " " not in underlying else found.underlying,
            multiplier=multiplier or found.multiplier,
        )

    def _kind(self, fated: Fated, option: OptionTerms | None) -> str | None:
        if option is not None:
            return "option"
        line = fated.line
        told, kind = kind_said(line.texts.get("kind", ""))
        if told:
            return kind
        return (
            kind_of_section(fated.section)
            or kind_of_code(line.symbol, line.isin)
            or kind_of_name(line.name)
        )

    def _pence_price(self, line: Line, minor: float) -> float:
        return minor if line.value("price") is not None else 1.0


def is_short(side: str) -> bool:
    """Whether the word of a column of sides says that something was sold without being held."""
    return side.strip().casefold() in _SHORT


def _scaled(number: Number, factor: float) -> Number:
    if factor == 1.0 or number.value is None:
        return number
    return number._replace(value=number.value * factor, decimals=decimals_of(number))


def _digits(text: str) -> str:
    """Return eight digits as an ISO date (20260620), other text unchanged."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
