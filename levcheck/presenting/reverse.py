"""The answer to a question asked backwards, in one sentence."""

from levcheck.app.analysis import Analysis
from levcheck.app.reverse_stress import ReverseStress, Trim
from levcheck.i18n.words import Words
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import line_label, short_name


def reverse_sentence(words: Words, found: ReverseStress) -> str:
    """Return for example "NVIDIA would have to fall 41% in one day to cost you 20% of your money."."""
    root = short_name(words.text(found.name))
    if found.limit == "margin":
        return _margin_sentence(words, root, found.move)
    share = words.percent(found.loss_share)
    if found.move is None:
        return words.text(
            "No move of {root} costs you {share} of your money.", root=root, share=share
        )
    size = words.percent(abs(found.move))
    if found.move <= 0:
        return words.text(
            "{root} would have to fall {size} in one day to cost you {share} of your money.",
            root=root,
            size=size,
            share=share,
        )
    return words.text(
        "{root} would have to rise {size} in one day to cost you {share} of your money.",
        root=root,
        size=size,
        share=share,
    )


def _margin_sentence(words: Words, root: str, move: float | None) -> str:
    if move is None:
        return words.text("No move of {root} brings the margin call.", root=root)
    size = words.percent(abs(move))
    if move == 0:
        return words.text("By the rules the broker can call today.")
    if move < 0:
        return words.text(
            "{root} would have to fall {size} to bring the margin call.", root=root, size=size
        )
    return words.text(
        "{root} would have to rise {size} to bring the margin call.", root=root, size=size
    )


def trim_sentence(analysis: Analysis, words: Words, trim: Trim) -> str:
    """Return what the smallest sale is that brings a root under a share; arithmetic, no advice."""
    root, limit = short_name(words.text(trim.name)), words.percent(trim.limit)
    if not trim.steps:
        if trim.is_enough:
            return words.text("{root} is under {share} already.", root=root, share=limit)
        return words.text(
            "No sale of your lines brings {root} under {share}.", root=root, share=limit
        )
    if not trim.is_enough:
        return words.text(
            "Selling every line that carries {root} leaves it at {after}, above {share}.",
            root=root,
            after=words.percent(trim.after),
            share=limit,
        )
    measure = Measure(analysis, words)
    first = trim.steps[0]
    name = line_label(analysis, first.position)
    if len(trim.steps) == 1:
        return words.text(
            "{root} is {before} now. {amount} less of {line} would bring it to {after}.",
            root=root,
            before=words.percent(trim.before),
            amount=measure.both(first.amount),
            line=name,
            after=words.percent(trim.after),
        )
    return words.count(
        "{root} is {before} now. {amount} less of {line} and {n} other would bring it to {after}.",
        "{root} is {before} now. {amount} less of {line} and {n} others would bring it to {after}.",
        len(trim.steps) - 1,
        root=root,
        before=words.percent(trim.before),
        amount=measure.both(trim.amount),
        line=name,
        after=words.percent(trim.after),
    )
