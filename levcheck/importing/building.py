"""Makes positions and cash lines of rows whose fate is settled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.domain.position import CashLine, OptionTerms, Position
from levcheck.importing.cell_names import column_letters
from levcheck.importing.currencies import (
    as_currency,
    currency_by_listing,
    currency_in_header,
)
from levcheck.importing.currency_names import TWIN_CODES, currency_named
from levcheck.importing.dates import read_date
from levcheck.importing.evidence import is_bare_ticker, line_currency
from levcheck.importing.fates import Fated
from levcheck.importing.grid import text_of
from levcheck.importing.identifiers import ticker_in_name
from levcheck.importing.kinds import (
    PUBLIC_KINDS,
    kind_of_code,
    kind_of_name,
    kind_of_section,
    kind_said,
)
from levcheck.importing.lines import Line, LineReader
from levcheck.importing.numbers import BLANK, Number, decimals_of
from levcheck.importing.options import make_option, option_right, parse_option, parse_rootless
from levcheck.importing.row_words import is_money_fund
from levcheck.importing.units import Priced, expected_factor, price_line

# Currencies of markets whose codes are digits → prices above which an amount is hardly in dollars.
_DOLLAR_PRICES = {"KRW": 3_000.0, "JPY": 2_000.0, "TWD": 2_000.0, "CNY": 2_000.0, "HKD": 2_000.0}
# Rates are printed with few digits, and values with the rate of another minute.
_RATE_SLACK = 0.01
_SHORT = frozenset(
    {"short", "s", "sell", "空", "空头", "空頭", "숏", "売", "売建", "leerverkauf", "kurz"}
)


@dataclass(slots=True)
class Surroundings:
    """What holds for every line of a list.

    Attributes:
        file: file name, for places.
        sheet: sheet name.
        account: account named above the list.
        currency: currency named above the list, else None.
        assumed: currency assumed when nothing says one.
        base: the account's own currency, where the file names it.
        total_value: portfolio value typed by the user, for lists of weights.
        account_names: account id → name, from a list of accounts in the same file.
        as_of: date of the file, to notice contracts that have run out.
        lists_venues: symbols carry the suffix of their exchange ("TD.TO"), so one without is listed in the United States.
        one_currency: a stated total is the sum of all values, so all are in the assumed currency, wherever they are listed.
        weight_scale: 0.01 where weights without a percent sign are percents.
    """

    file: str
    sheet: str | None
    account: str | None = None
    currency: str | None = None
    assumed: str | None = None
    base: str | None = None
    total_value: float | None = None
    account_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    as_of: str | None = None
    lists_venues: bool = False
    one_currency: bool = False
    weight_scale: float = 1.0


class Builder:
    """Builds the lines of one list and collects what has to be told about them.

    Args:
        reader: reads the rows of the list.
        around: what holds for all of them.
    """

    def __init__(self, reader: LineReader, around: Surroundings) -> None:
        self.reader = reader
        self.columns = reader.columns
        self.around = around
        self.told: list[Diagnostic] = []
        self.assumed_used = False
        self.rates: dict[tuple[str, str], float] = {}

    # --- positions -------------------------------------------------------------------------------------------

    def position(self, fated: Fated) -> Position:
        """Return the position of a row."""
        line = fated.line
        option = self._option(line)
        kind = self._kind(fated, option)
        currency, minor = self.value_currency(line)
        price_currency, price_minor = self._price_currency(line, currency)
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
            currency = self.assumed(line)
        option, price = self._settle_contract(option, line, price, priced)
        if (
            priced.factor == 0.01
            and kind != "bond"
            and price_minor == 1.0
            and currency in ("GBP", "ILS", "ZAR")
        ):
            price = _scaled(price, 0.01)
            self._tell("import.price_in_hundredths", Severity.INFO, line, "price", label=line.label)
        self._note_rate(line, currency)
        quantity, value = self._signed(line, priced.value)
        self._report_row(line, priced, currency, price_currency)
        cells, raw = self.reader.kept_cells(line)
        name, symbol = self._name_and_symbol(line)
        return Position(
            place=self._place(line),
            account=self._account(fated),
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
            and (weight := self._weight(line)) is not None
        ):
            return Priced(weight * self.around.total_value, "computed", expected)
        if value.value is None and line.value("value_base") is not None:
            value = self._home_value(line)
        value = _scaled(value, value.factor)
        priced = price_line(
            line.number("quantity"), price, value, expected=expected, comparable=comparable
        )
        if code is not None and priced.basis == "computed":
            self._tell(code, Severity.WARNING, line, "price", label=line.label)
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
            and self.value_currency(line)[0] in ("GBP", "ILS", "ZAR")
        )
        if minor or (factor == 0.01 and kind == "bond"):
            return
        code = {
            1000.0: "import.lots_of_1000",
            0.0001: "import.per_10000_units",
            0.01: "import.bond_per_100",
        }.get(factor, "import.unit_factor")
        self._tell(code, Severity.INFO, line, "price", label=line.label, factor=factor)

    def _weight(self, line: Line) -> float | None:
        number = line.number("weight")
        if number.value is None:
            return None
        return number.value * (0.01 if number.percent else self.around.weight_scale)

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
                self._tell(
                    "import.option_in_shares", Severity.WARNING, line, "quantity", label=line.label
                )
            elif priced.factor == 1.0:
                price = _scaled(price, 1.0 / multiplier)
                self._tell(
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
        self._tell(
            "import.cost_other_currency",
            Severity.INFO,
            line,
            name,
            label=line.label,
            currency=paid,
        )
        return True

    # --- identity --------------------------------------------------------------------------------------------

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

    def _account(self, fated: Fated) -> str | None:
        text = fated.line.account or fated.account or self.around.account
        if text and text in self.around.account_names:
            return self.around.account_names[text]
        return text or None

    # --- currency --------------------------------------------------------------------------------------------

    def value_currency(self, line: Line) -> tuple[str | None, float]:
        """Return (currency of the value, 0.01 when the row's currency is quoted in hundredths)."""
        column, minor = self.reader.column_currency(line)
        name = "market_value" if "market_value" in self.columns.at else "price"
        own = self.reader.currency(line, name)
        stated, stated_minor = self.reader.column_currency(line, "value_currency")
        for found in (
            own,
            stated,
            self.columns.currency.get(name) if name == "market_value" else None,
        ):
            if found is not None:
                return found, minor if minor != 1.0 else stated_minor
        if column is not None:
            return column, minor
        heading = self._heading_currency(name)
        glued = self.reader.currency(line, "price")
        shown = self.reader.shown_currency(line, name) or self.reader.shown_currency(line, "price")
        # A price is quoted where the share is listed, whatever currency the account is kept in.
        named = name == "price" and self.around.currency is not None
        listed = currency_by_listing(line.symbol) if named else None
        return glued or heading or shown or listed or self.around.currency, minor

    def _heading_currency(self, name: str) -> str | None:
        """Return the currency that headings name, where neither the row nor the value's own heading does."""
        codes = self.columns.currency
        heading = codes.get(name) or codes.get("price")
        if name == "price" and heading is None:
            heading = codes.get("cost_total") or codes.get("cost_each")
        return heading

    def usual_currency(self) -> str | None:
        """Return the currency of every row whose own cells name none, None where that differs from row to row."""
        name = "market_value" if "market_value" in self.columns.at else "price"
        heading = self._heading_currency(name)
        if heading is not None or self.reader.shown or name == "price":
            return heading
        return self.around.currency

    def _price_currency(self, line: Line, value_currency: str | None) -> tuple[str | None, float]:
        minor = self.columns.factor.get("price", 1.0) * line.number("price").factor
        column, column_minor = self.reader.column_currency(line)
        glued = self.reader.currency(line, "price")
        if glued is not None:
            return glued, minor
        heading = self.columns.currency.get("price")
        if column is not None and heading is None:
            return column, minor if minor != 1.0 else column_minor
        return heading or value_currency, minor

    def _pence_price(self, line: Line, minor: float) -> float:
        return minor if line.value("price") is not None else 1.0

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

    def _note_rate(self, line: Line, currency: str | None) -> None:
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

    # --- cash ------------------------------------------------------------------------------------------------

    def cash(self, fated: Fated) -> CashLine:
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
            self.rates.setdefault((currency, base), (line.value("value_base") or 0.0) / amount)
        if (
            amount is None
            and self.around.total_value is not None
            and (weight := self._weight(line))
        ):
            amount = weight * self.around.total_value
        cells, _ = self.reader.kept_cells(line)
        if line.symbol in TWIN_CODES and not currency_named(line.name):
            self._tell(
                "import.currency_or_share", Severity.WARNING, line, "symbol", label=line.symbol
            )
        if amount is not None and amount < 0:
            self._tell(
                "import.margin_debt",
                Severity.INFO,
                line,
                field_name,
                label=line.label,
                amount=amount,
                currency=currency,
            )
        return CashLine(
            place=self._place(line),
            label=self._cash_label(line),
            amount=amount,
            currency=currency,
            account=self._account(fated),
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
            self.rates.setdefault((own, home), value / quantity)
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
            self.assumed_used = self.around.assumed is not None
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

    # --- telling ---------------------------------------------------------------------------------------------

    def _report_row(
        self, line: Line, priced: Priced, currency: str | None, price_currency: str | None
    ) -> None:
        if priced.mismatch is not None and line.value("market_value") is not None:
            if priced.value == 0:
                self._tell(
                    "import.worthless", Severity.WARNING, line, "market_value", label=line.label
                )
            else:
                self._tell(
                    "import.value_mismatch", Severity.WARNING, line, "market_value",
                    label=line.label, stated=priced.value, computed=priced.mismatch, currency=currency or "",
                )  # fmt: skip
        elif priced.value == 0:
            self._tell("import.worthless", Severity.WARNING, line, "market_value", label=line.label)
        if price_currency and currency and price_currency != currency and priced.basis == "stated":
            q, p, v = line.value("quantity"), line.value("price"), priced.value
            if q and p and v and abs(q * p - v) <= 1e-4 * abs(v):
                self._tell(
                    "import.currency_contradiction",
                    Severity.WARNING,
                    line,
                    "market_value",
                    label=line.label,
                    price_currency=price_currency,
                    value_currency=currency,
                )
        if line.restored:
            self._tell("import.zeros_restored", Severity.INFO, line, "symbol", label=line.label)
        for name, text in line.faults.items():
            self._tell_fault(line, name, text, priced)

    def _tell_fault(self, line: Line, name: str, text: str, priced: Priced) -> None:
        if text == "=":
            computed = priced.basis == "computed" and name == "market_value"
            self._tell(
                "import.formula_computed" if computed else "import.formula_without_result",
                Severity.WARNING if computed else Severity.ERROR,
                line,
                name,
                label=line.label,
            )
        elif name in ("quantity", "price", "market_value"):
            self._tell(
                "import.unreadable_cell",
                Severity.ERROR,
                line,
                name,
                label=line.label,
                text=text[:40],
            )

    def _tell(
        self, code: str, severity: Severity, line: Line, field_name: str | None, **values: Argument
    ) -> None:
        column = self.columns.at.get(field_name) if field_name else None
        place = Place(
            self.around.file,
            self.around.sheet,
            line.row.number,
            column_letters(column) if column is not None else None,
        )
        self.told.append(Diagnostic(code, severity, place, MappingProxyType(dict(values))))

    def _place(self, line: Line) -> Place:
        return Place(self.around.file, self.around.sheet, line.row.number)


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
