"""Options made lines like any other, where the portfolio itself holds what their delta needs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from levcheck.app.analysis import AnalysedPosition
from levcheck.app.lines import KNOWN
from levcheck.app.reference_port import Recogniser, ReferenceData
from levcheck.app.stressing import overnight_rate
from levcheck.domain.diagnostics import Diagnostic, Severity
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import OptionTerms, Position
from levcheck.domain.provenance import Source
from levcheck.exposure.options import option_delta
from levcheck.stress.options import OptionState, implied_volatility

NEEDS_INPUTS = "exposure.option_needs_inputs"
_YEAR = 365.0


def with_options(
    lines: Sequence[AnalysedPosition],
    portfolio: Portfolio,
    reference: ReferenceData,
    recognise: Recogniser,
    today: date,
) -> tuple[tuple[AnalysedPosition, ...], tuple[Diagnostic, ...]]:
    """Return the lines with every option whose delta can be known counted by it, and a notice for each.

    The underlying's price is that of another line of the portfolio, the volatility the one the option's own price
    implies. Nothing is taken from elsewhere: an option that lacks one of them stays left out.
    """
    prices = _prices(lines)
    day = _day(portfolio.as_of) or today
    rate = overnight_rate(reference.overnight_rates(), day)
    found = list(lines)
    told = []
    for number, line in enumerate(lines):
        position = line.position
        if line.reason != NEEDS_INPUTS or position is None or position.option is None:
            continue
        written_on = recognise(
            Position(position.place, symbol=position.option.underlying, currency=position.currency)
        ).instrument
        spot = prices.get((written_on.id, position.currency)) if written_on is not None else None
        if written_on is None or spot is None:
            continue
        delta = _delta(position, position.option, spot, rate, day)
        counted = _counted(line, position, written_on, spot, delta)
        if counted is None or delta is None:
            continue
        found[number] = counted
        told.append(
            Diagnostic(
                "exposure.option_by_delta",
                Severity.INFO,
                position.place,
                {"line": line.label, "delta": round(delta, 2), "price": spot},
            )
        )
    return tuple(found), tuple(told)


def option_states(
    lines: Sequence[AnalysedPosition],
    portfolio: Portfolio,
    reference: ReferenceData,
    today: date,
) -> Mapping[str, OptionState]:
    """Return instrument id → contract of the options counted by :func:`with_options`, for full revaluation.

    Listed options are taken as American; the volatility is the one their own price implies.
    """
    prices = _prices(lines)
    day = _day(portfolio.as_of) or today
    rate = overnight_rate(reference.overnight_rates(), day)
    found = {}
    for line in lines:
        row, position = line.instrument, line.position
        if row is None or position is None or position.option is None or row.underlying is None:
            continue
        spot = prices.get((row.underlying, position.currency))
        state = _state(position, position.option, spot, rate, day)
        if state is not None:
            found[row.id] = state
    return found


def _state(
    position: Position, terms: OptionTerms, spot: float | None, rate: float, day: date
) -> OptionState | None:
    expiry = _day(terms.expiry)
    shares = (position.quantity or 0.0) * terms.multiplier
    if spot is None or expiry is None or not shares or not position.market_value:
        return None
    bare = OptionState(
        spot,
        terms.strike,
        max((expiry - day).days, 0) / _YEAR,
        rate,
        0.0,
        is_call=terms.right.upper().startswith("C"),
        is_american=True,
    )
    volatility = implied_volatility(bare, position.market_value / shares)
    return None if volatility is None else replace(bare, volatility=volatility)


def _prices(lines: Sequence[AnalysedPosition]) -> Mapping[tuple[str, str | None], float]:
    """Return (instrument, currency) → price, from the lines of the portfolio."""
    return {
        (line.instrument.id, line.position.currency): line.position.price
        for line in lines
        if line.instrument is not None
        and line.position is not None
        and line.position.price is not None
        and line.position.price > 0
    }


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _delta(
    position: Position, terms: OptionTerms, spot: float, rate: float, day: date
) -> float | None:
    expiry = _day(terms.expiry)
    shares = (position.quantity or 0.0) * terms.multiplier
    if expiry is None or not shares or position.market_value is None:
        return None
    return option_delta(
        position.market_value / shares,
        spot,
        terms.strike,
        (expiry - day).days / _YEAR,
        rate,
        is_call=terms.right.upper().startswith("C"),
    )


def _counted(
    line: AnalysedPosition,
    position: Position,
    written_on: Instrument,
    spot: float,
    delta: float | None,
) -> AnalysedPosition | None:
    """Return the line with its shares' worth as exposure; a worthless option carries nothing."""
    terms, value = position.option, position.market_value
    if terms is None or delta is None or not value or line.market_value is None:
        return None
    shares = (position.quantity or 0.0) * terms.multiplier
    leverage = shares * spot * delta / value
    row = Instrument(
        id=f"{written_on.id} {terms.expiry} {terms.strike:g} {terms.right.upper()[:1]}",
        symbol=line.label,
        exchange=None,
        isin=None,
        name=position.name or line.label,
        kind=Kind.OPTION,
        currency=position.currency,
        country=written_on.country,
        issuer=None,
        underlying=written_on.id,
        daily_leverage_factor=leverage,
        expense_ratio=None,
        asset_class=written_on.asset_class,
        source=Source("delta from the option's own price"),
    )
    return replace(
        line,
        instrument=row,
        daily_leverage_factor=1.0,
        notional_exposure=line.market_value * leverage,
        status=KNOWN,
        reason=None,
        match_reason="option_underlying",
        confidence=1.0,
    )
