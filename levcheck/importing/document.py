"""A reading as the public JSON document ``levcheck/import/1``."""

from collections.abc import Iterable
from typing import Any

from levcheck.domain.diagnostics import Diagnostic
from levcheck.domain.portfolio import Reading
from levcheck.domain.position import CashLine, OptionTerms, Position
from levcheck.i18n.sentences import diagnostic_text
from levcheck.i18n.words import Words
from levcheck.importing.reconciling import difference, totals_read

SCHEMA = "levcheck/import/1"


def reading_document(reading: Reading, words: Words) -> dict[str, Any]:
    """Return a reading as plain JSON values: money as numbers, dates ISO, what is not told as None.

    Args:
        reading: what was read.
        words: the language of messages and remedies.
    """
    sums = totals_read(reading)
    return {
        "schema": SCHEMA,
        "file": reading.file,
        "outcome": reading.outcome.value,
        "layout": reading.layout,
        "as_of": reading.as_of,
        "base_currency": reading.base_currency,
        "columns": dict(reading.columns),
        "positions": [_position(position) for position in reading.positions],
        "cash": [_cash(line) for line in reading.cash],
        "ignored": [
            {"sheet": run.sheet, "rows": run.rows, "reason": run.reason} for run in reading.ignored
        ],
        "diagnostics": _diagnostics(reading.diagnostics, words),
        "totals": {
            "read": {code: _money(value) for code, value in sums.items()},
            "stated": [
                {"row": t.row, "what": t.what, "value": t.value, "currency": t.currency}
                for t in reading.totals
            ],
            "difference": _money(difference(reading, sums)),
        },
    }


def _money(value: float | None) -> float | None:
    # Sums of cents carry noise in the sixteenth digit that no file ever stated.
    return None if value is None else round(value, 6) + 0.0


def _position(position: Position) -> dict[str, Any]:
    return {
        "sheet": position.place.sheet,
        "row": position.place.row,
        "account": position.account,
        "symbol": position.symbol,
        "isin": position.isin,
        "cusip": position.cusip,
        "wkn": position.wkn,
        "name": position.name,
        "quantity": position.quantity,
        "price": position.price,
        "market_value": position.market_value,
        "value_basis": position.value_basis,
        "currency": position.currency,
        "cost_basis": position.cost_basis,
        "kind": position.kind,
        "option": _option(position.option),
    }


def _option(option: OptionTerms | None) -> dict[str, Any] | None:
    if option is None:
        return None
    return {
        "underlying": option.underlying,
        "expiry": option.expiry,
        "strike": option.strike,
        "right": option.right,
        "multiplier": option.multiplier,
    }


def _cash(line: CashLine) -> dict[str, Any]:
    return {
        "sheet": line.place.sheet,
        "row": line.place.row,
        "account": line.account,
        "label": line.label,
        "amount": line.amount,
        "currency": line.currency,
    }


def _diagnostics(diagnostics: Iterable[Diagnostic], words: Words) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for diagnostic in diagnostics:
        message, remedy = diagnostic_text(words, diagnostic)
        where = diagnostic.where
        made.append(
            {
                "code": diagnostic.code,
                "severity": diagnostic.severity.value,
                "sheet": where.sheet if where else None,
                "row": where.row if where else None,
                "cell": where.cell if where else None,
                "message": message,
                "remedy": remedy,
            }
        )
    return made
