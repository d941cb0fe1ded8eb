"""Lengths and texts of amounts in one chart or table: money, or shares of the whole when amounts are hidden."""

from collections.abc import Iterable

from levcheck.app.analysis import Analysis
from levcheck.i18n.words import Words
from levcheck.presenting.chart_views import Axis, make_axis


class Measure:
    """How amounts of one portfolio are drawn and written.

    Attributes:
        words: language and whether amounts are hidden.
        currency: base currency.
        in_percent: whether lengths are shares of the whole.
        whole: what 100 % stands for, base currency; 0 when there is nothing.
    """

    def __init__(self, analysis: Analysis, words: Words, *, in_percent: bool = False) -> None:
        self.words = words
        self.in_percent = in_percent or words.hide_amounts
        self.currency = analysis.portfolio.base_currency
        self.whole = analysis.equity if analysis.equity > 0 else max(analysis.gross, 0.0)

    def share(self, amount: float | None) -> float | None:
        """Return an amount as a share of the whole; None when that has no meaning."""
        if amount is None or self.whole <= 0:
            return None
        return amount / self.whole

    def length(self, amount: float | None) -> float | None:
        """Return how long a bar is: the amount, or its share of the whole when amounts are hidden."""
        return self.share(amount) if self.in_percent else amount

    def money(self, amount: float | None) -> str:
        """Return the amount as text, hidden when asked."""
        return self.words.money(amount, self.currency)

    def percent(self, amount: float | None) -> str:
        """Return the amount's share of the whole as text."""
        return self.words.percent(self.share(amount))

    def both(
        self, amount: float | None, printed: float | None = None, *, signed: bool = False
    ) -> str:
        """Return ``$48,200 (18%)``, or the share alone when amounts are hidden or the whole is nothing.

        Args:
            amount: what is written.
            printed: the amount as rounded in the table beside it, so that chart and table print the same.
            signed: whether a gain is told from a loss by more than a missing minus: with a plus.
        """
        share = self.share(amount)
        shown = amount if printed is None else printed
        money = self.words.money(shown, self.currency, signed=signed)
        if share is None:
            return money
        percent = self.words.percent(share, signed=signed)
        return percent if self.words.hide_amounts else f"{money} ({percent})"

    def axis(self, amounts: Iterable[float | None], *, count: int = 5) -> Axis:
        """Return an axis for these amounts, in money or in percent of the whole."""
        lengths = [self.length(amount) for amount in amounts]
        return self.axis_of_lengths(lengths, count=count)

    def axis_of_lengths(self, lengths: Iterable[float | None], *, count: int = 5) -> Axis:
        """Return an axis for bars whose lengths are measured already."""
        tick = self._tick_percent if self.in_percent else self._tick_money
        return make_axis(list(lengths), tick, count=count)

    def _tick_percent(self, value: float) -> str:
        return self.words.percent(value, digits=0)

    def _tick_money(self, value: float) -> str:
        return self.words.money(value, self.currency)
