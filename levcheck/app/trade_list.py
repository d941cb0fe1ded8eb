"""The list of trades as rows of a table file."""

from levcheck.app.what_if import Proposal

Cell = str | float | None


def trade_rows(proposal: Proposal, currency: str) -> list[dict[str, Cell]]:
    """Return a row for each trade, sales first, and one for the cash afterwards; money in the base currency."""
    rows: list[dict[str, Cell]] = [
        {
            "side": "sell" if trade.money < 0 else "buy",
            "holding": trade.label,
            "name": trade.name,
            "account": trade.account or "",
            "units": None if trade.units is None else round(abs(trade.units), 8),
            "price": None if trade.price is None else round(trade.price, 6),
            "money": round(abs(trade.money), 2),
            "currency": currency,
        }
        for trade in proposal.trades
    ]
    after = round(proposal.cash_after - proposal.debt_after, 2)
    rows.append({"side": "cash after", "money": after, "currency": currency})
    return rows
