"""Every line of a portfolio with its value in the base currency and what it is; nothing is left out unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from levcheck.app.analysis import AnalysedPosition
from levcheck.app.reference_port import Recogniser, Recognition, ReferenceData
from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.instrument import WRAPPER_OF_KIND, Instrument, Kind, Wrapper
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.risk import FxRate
from levcheck.exposure.graph import promises_daily_multiple

KNOWN, PARTLY, LEFT_OUT = "known", "partly", "left_out"

LARGEST_AMOUNT = 1e18
"""More money than there is in any currency: a figure above it was not meant as an amount."""

# Quotations in hundredths of the currency they are counted in.
_MINOR_UNITS = {
    "GBX": ("GBP", 0.01),
    "GBp": ("GBP", 0.01),
    "ZAC": ("ZAR", 0.01),
    "ILA": ("ILS", 0.01),
}


@dataclass(slots=True)
class Rates:
    """Exchange rates into the base currency: the user's first, then the library's dated ones.

    Attributes:
        base: ISO code of the base currency.
        own: currency → units of the base currency, from the user or his files.
        library: currency → dated rate against the US dollar.
        used: library rates that were needed, for the diagnostics.
    """

    base: str
    own: Mapping[str, float]
    library: Mapping[str, FxRate]
    used: dict[str, tuple[float, str]]

    def rate(self, currency: str | None) -> float | None:
        """Return units of the base currency for one unit; None when no rate is known.

        A line without a currency is taken to be in the base currency.
        """
        if currency is None or currency == self.base:
            return 1.0
        if currency in self.own:
            return self.own[currency]
        if currency in _MINOR_UNITS:
            major, share = _MINOR_UNITS[currency]
            rate = self.rate(major)
            return None if rate is None else rate * share
        return self._from_library(currency)

    def _from_library(self, currency: str) -> float | None:
        theirs, ours = self._per_usd(currency), self._per_usd(self.base)
        if theirs is None or ours is None:
            return None
        rate = ours.per_usd / theirs.per_usd
        dates = [fx.as_of for fx in (theirs, ours) if fx.as_of]
        self.used[currency] = (rate, min(dates) if dates else "")
        return rate

    def _per_usd(self, currency: str) -> FxRate | None:
        if currency == "USD":
            return FxRate("USD", 1.0, "", "by definition")
        found = self.library.get(currency)
        return found if found is not None and found.per_usd > 0 else None


def analysed_lines(
    portfolio: Portfolio, reference: ReferenceData, recognise: Recogniser
) -> tuple[tuple[AnalysedPosition, ...], tuple[Diagnostic, ...]]:
    """Return every line, positions then cash, valued and recognised where that is possible.

    A line that cannot be valued or recognised has the status ``left_out`` and a reason.
    """
    rates = Rates(
        portfolio.base_currency,
        portfolio.rates,
        {fx.currency: fx for fx in reference.fx_rates()},
        {},
    )
    lines: list[AnalysedPosition] = []
    diagnostics: list[Diagnostic] = []
    for number, position in enumerate(portfolio.positions, start=1):
        if not portfolio.is_looked_at(position.account):
            continue
        identifier = f"p{number}"
        found = _recognised(position, portfolio.resolutions.get(identifier), reference, recognise)
        line = _position_line(identifier, position, found, rates)
        lines.append(line)
    for number, cash in enumerate(portfolio.cash, start=1):
        if not portfolio.is_looked_at(cash.account):
            continue
        line = _cash_line(f"c{number}", cash, rates)
        lines.append(line)
        if line.reason is not None:
            diagnostics.append(
                Diagnostic(
                    line.reason,
                    Severity.ERROR,
                    cash.place,
                    {
                        "line": cash.label,
                        "currency": cash.currency,
                        "base": portfolio.base_currency,
                    },
                )
            )
    return tuple(lines), (*diagnostics, *_rate_notes(portfolio, rates))


def left_out_notices(
    lines: Iterable[AnalysedPosition], base_currency: str
) -> tuple[Diagnostic, ...]:
    """Return one notice for each position that is in no number."""
    return tuple(
        _left_out(line, line.position, base_currency)
        for line in lines
        if line.position is not None and line.status == LEFT_OUT
    )


def _recognised(
    position: Position, confirmed: str | None, reference: ReferenceData, recognise: Recogniser
) -> Recognition:
    if confirmed is not None:
        instrument = reference.instrument(confirmed)
        if instrument is not None:
            return Recognition(instrument, "confirmed", 1.0)
    if position.option is not None or position.kind == "option":
        # The symbol printed beside an option is often its underlying's, which it is not.
        return Recognition(None, "exposure.option_needs_inputs")
    return recognise(position)


def _position_line(
    identifier: str, position: Position, found: Recognition, rates: Rates
) -> AnalysedPosition:
    instrument = found.instrument
    rate = rates.rate(position.currency)
    value = _converted(position.market_value, rate)
    is_option = found.reason == "exposure.option_needs_inputs"
    kind = Kind.OPTION if is_option else instrument.kind if instrument is not None else None
    factor = _factor(instrument)
    reason = _why_left_out(position, found, rate, factor)
    return AnalysedPosition(
        id=identifier,
        position=position,
        cash=None,
        instrument=instrument,
        kind=kind,
        wrapper=wrapper_of(instrument, kind),
        daily_leverage_factor=factor,
        market_value=value,
        fx_rate=rate,
        notional_exposure=None if value is None or factor is None else value * factor,
        status=KNOWN if reason is None else LEFT_OUT,
        reason=reason,
        match_reason=found.reason if instrument is not None else None,
        confidence=found.confidence,
        candidates=found.candidates,
    )


def _converted(amount: float | None, rate: float | None) -> float | None:
    """Return an amount in the base currency; None where it is not known or no amount of money at all."""
    if amount is None or rate is None:
        return None
    value = amount * rate
    return value if abs(value) <= LARGEST_AMOUNT else None


def wrapper_of(instrument: Instrument | None, kind: Kind | None) -> Wrapper:
    """Return the door a line opens: the kind's own, or the one its multiple makes of it."""
    if instrument is not None and promises_daily_multiple(instrument):
        factor = instrument.daily_leverage_factor
        if factor is not None:
            return Wrapper.INVERSE if factor < 0 else Wrapper.LEVERAGED
    return WRAPPER_OF_KIND[kind] if kind is not None else Wrapper.DIRECT


def _factor(instrument: Instrument | None) -> float | None:
    if instrument is None:
        return None
    return instrument.daily_leverage_factor if promises_daily_multiple(instrument) else 1.0


def _why_left_out(
    position: Position, found: Recognition, rate: float | None, factor: float | None
) -> str | None:
    if rate is None and position.market_value is not None:
        return "portfolio.missing_rate"
    if _converted(position.market_value, rate) is None:
        return "portfolio.no_value"
    if found.instrument is None:
        return found.reason
    return "exposure.unknown_multiple" if factor is None else None


def _cash_line(identifier: str, cash: CashLine, rates: Rates) -> AnalysedPosition:
    rate = rates.rate(cash.currency)
    value = _converted(cash.amount, rate)
    reason = None
    if value is None:
        is_rate = rate is None and cash.amount is not None
        reason = "portfolio.missing_rate" if is_rate else "portfolio.no_value"
    return AnalysedPosition(
        id=identifier,
        position=None,
        cash=cash,
        instrument=None,
        kind=Kind.CASH,
        wrapper=Wrapper.DIRECT,
        daily_leverage_factor=1.0,
        market_value=value,
        fx_rate=rate,
        notional_exposure=value,
        status=KNOWN if reason is None else LEFT_OUT,
        reason=reason,
        match_reason="cash",
        confidence=1.0,
        looked_through_share=None if reason else 1.0,
    )


def _left_out(line: AnalysedPosition, position: Position, base: str) -> Diagnostic:
    return Diagnostic(
        line.reason or "",
        Severity.ERROR,
        position.place,
        {
            "line": line.label,
            "name": position.name or line.label,
            "symbol": line.label,
            "instrument": line.instrument.id if line.instrument else None,
            "currency": position.currency,
            "base": base,
            "candidates": ", ".join(c.instrument for c in line.candidates) or None,
        },
    )


def _rate_notes(portfolio: Portfolio, rates: Rates) -> tuple[Diagnostic, ...]:
    notes = [
        Diagnostic(
            "portfolio.rate_from_library",
            Severity.INFO,
            None,
            {"currency": currency, "base": rates.base, "rate": rate, "as_of": as_of},
        )
        for currency, (rate, as_of) in rates.used.items()
    ]
    currencies = [
        *(position.currency for position in portfolio.positions),
        *(cash.currency for cash in portfolio.cash),
    ]
    unstated = currencies.count(None)
    if unstated:
        notes.append(
            Diagnostic(
                "portfolio.currency_assumed",
                Severity.INFO,
                None,
                {"lines": unstated, "base": rates.base},
            )
        )
    return tuple(notes)


def partly_known(line: AnalysedPosition, share: float) -> AnalysedPosition:
    """Return the line with how much of it reached known roots; less than the whole makes it partly known."""
    if share >= 1.0 - 1e-9:
        return replace(line, looked_through_share=1.0)
    return replace(
        line, looked_through_share=share, status=PARTLY, reason="exposure.not_looked_through"
    )
