"""What is printed beside an explained number and follows from it in one step: shares, and how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levcheck.app.analysis import Analysis
from levcheck.app.explain import COURSE_START, stress_result
from levcheck.app.explain_figures import cause_group
from levcheck.domain.explanation import Explanation, Unit
from levcheck.i18n.words import Words
from levcheck.presenting.figures import What

_LEVEL = "explain.level_"  # a course, from COURSE_START on
_NO_SHARE = frozenset(
    {What.CURRENCY, What.STATED_TOTAL, What.FIELD, What.FORCED_FLOW, What.DIFFERENCE}
)


@dataclass(frozen=True, slots=True)
class Beside:
    """One such figure.

    Attributes:
        text: what it is.
        figure: exact, as text.
        formula: with this case's values; "" where it is only counted.
    """

    text: str
    figure: str
    formula: str


def beside(
    analysis: Analysis, words: Words, what: What, ids: Sequence[str], tree: Explanation
) -> Iterator[Beside]:
    """Yield what stands beside a number on screen and paper and is no step of its own."""
    equity = analysis.equity
    base = analysis.portfolio.base_currency
    if tree.value is not None and tree.code.startswith(_LEVEL):
        moved = words.percent(tree.value / COURSE_START - 1.0, digits=2, signed=True)
        start, now = words.number(COURSE_START), words.number(tree.value, 6)
        text = words.text("Gained or lost since the start.")
        yield Beside(text, moved, f"({now} − {start}) ÷ {start} = {moved}")
    is_money = tree.unit is Unit.MONEY and tree.currency in (None, base)
    if tree.value is None or not is_money or what in _NO_SHARE:
        return
    if what is What.SCENARIO:
        left = equity + tree.value
        yield Beside(
            words.text("Your money then."),
            words.money(left, base, exact=True),
            f"{words.money(equity, base, exact=True)} + {words.money(tree.value, base, exact=True)}",
        )
        if equity > 0:
            yield _share(words, words.text("As a share of your money today."), left, equity, base)
    if what is What.LOSS:
        line = analysis.position(ids[1])
        if line.market_value:
            text = words.text("As a share of the line’s value.")
            yield _share(words, text, tree.value, line.market_value, base)
    if what is What.CAUSE_GROUP:
        count = len(cause_group(stress_result(analysis, ids[0]), ids[1]))
        yield Beside(words.text("Parts in it."), words.number(count), "")
    if equity > 0:
        yield _share(words, words.text("As a share of your money."), tree.value, equity, base)


def _share(words: Words, text: str, part: float, whole: float, currency: str) -> Beside:
    share = words.percent(part / whole, digits=2)
    parts = (words.money(amount, currency, exact=True) for amount in (part, whole))
    return Beside(text, share, " ÷ ".join(parts) + f" = {share}")
