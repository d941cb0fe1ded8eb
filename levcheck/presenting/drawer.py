"""The drawer "How we got this number": an explanation as rows that can be read, walked and copied."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from levcheck.app import explain, explain_figures, explain_parts, explain_risk
from levcheck.app.analysis import Analysis
from levcheck.app.explain_borrowing import explain_forced_flow, explain_margin
from levcheck.app.unnamed import unnamed
from levcheck.domain.explanation import Explanation, Operation
from levcheck.domain.portfolio import Reading
from levcheck.domain.theme import Family
from levcheck.i18n.explanation_sentences import (
    OWN_SOURCES,
    explain_text,
    figure_text,
    formula_text,
)
from levcheck.i18n.places import place_text
from levcheck.i18n.words import Words
from levcheck.presenting.drawer_beside import beside
from levcheck.presenting.figures import What, parse_key

DEEPEST = 8


@dataclass(frozen=True, slots=True)
class DrawerRow:
    """One number on the way down.

    Attributes:
        depth: 0 is the number asked for.
        text: what the number is.
        figure: the number, exact.
        formula: with this case's values; "" for leaves.
        origin: file, sheet and cell, or source with its date; "" for computed numbers.
        note: what was assumed or rounded; "" when nothing.
    """

    depth: int
    text: str
    figure: str
    formula: str
    origin: str
    note: str


@dataclass(frozen=True, slots=True)
class DrawerView:
    """An explained number.

    Attributes:
        key: which number.
        title: heading of the drawer.
        rows: the number first, what is printed beside it, then what it was made of, depth first.
    """

    key: str
    title: str
    rows: tuple[DrawerRow, ...]

    def as_text(self) -> str:
        """Return the rows as indented plain text, to be pasted anywhere."""
        lines = [self.title]
        for row in self.rows:
            indent = "  " * row.depth
            lines.append(f"{indent}{row.text} {row.figure}")
            lines += [f"{indent}  {part}" for part in (row.formula, row.origin, row.note) if part]
        return "\n".join(lines) + "\n"


def drawer_view(
    analysis: Analysis, key: str, words: Words, readings: Sequence[Reading] = ()
) -> DrawerView:
    """Return the drawer of one number; `readings` are what totals of files are explained with.

    Raises:
        KeyError: the analysis has no such number any more.
        ValueError: the key is about no number.
    """
    if words.hide_names:
        analysis, readings = unnamed(analysis, readings)
    tree = explanation_of(analysis, key, readings)
    rows: list[DrawerRow] = []
    _walk(words, analysis.portfolio.base_currency, tree, 0, rows)
    what, ids = parse_key(key)
    rows[1:1] = [
        DrawerRow(1, one.text, one.figure, one.formula, "", "")
        for one in beside(analysis, words, what, ids, tree)
    ]
    return DrawerView(key, words.text("How we got this number"), tuple(rows))


def explanation_of(analysis: Analysis, key: str, readings: Sequence[Reading] = ()) -> Explanation:
    """Return the tree behind a key.

    Raises:
        KeyError: the analysis has no such number any more.
        ValueError: the key is about no number.
    """
    what, ids = parse_key(key)
    if what in _WHOLE:
        return _WHOLE[what](analysis)
    if what in _OF_ONE:
        return _OF_ONE[what](analysis, ids[0])
    if what in _OF_FAMILY:
        return _OF_FAMILY[what](analysis, Family(ids[0]))
    if what in _OF_TWO:
        return _OF_TWO[what](analysis, ids[0], ids[1])
    if what in _OF_FILE:
        return _OF_FILE[what](analysis, ids[0], readings)
    if what in _OF_MANY:
        return _OF_MANY[what](analysis, *ids)
    raise KeyError(key)


def _course(analysis: Analysis, *asked: str) -> Explanation:
    # The courses bring numpy along, which a window does not need before its first painting.
    from levcheck.app.explain_paths import explain_course

    return explain_course(analysis, *asked)


_WHOLE: Mapping[What, Callable[[Analysis], Explanation]] = {
    What.EQUITY: explain.explain_equity,
    What.GROSS: explain.explain_gross,
    What.IN_EFFECT: explain.explain_in_effect,
    What.COVERAGE: explain.explain_coverage,
    What.MARGIN: explain_margin,
    What.EFFECTIVE_NAMES: explain_figures.explain_effective_names,
    What.EFFECTIVE_BETS: explain_risk.explain_effective_bets,
    What.INDEPENDENT_BETS: explain_risk.explain_independent_bets,
    What.VOLATILITY: explain_risk.explain_volatility,
    What.PLAIN_PAIR: explain_figures.explain_plain_pair,
}
_OF_ONE: Mapping[What, Callable[[Analysis, str], Explanation]] = {
    What.POSITION_VALUE: explain.explain_position_value,
    What.EXPOSURE: explain.explain_exposure,
    What.THEME: explain.explain_theme,
    What.THEME_LABELLED: explain.explain_theme_labelled,
    What.SCENARIO: explain.explain_scenario,
    What.RANGE: explain.explain_range,
    What.DAILY_RESET: explain.explain_daily_reset,
    What.FORCED_FLOW: explain_forced_flow,
    What.ROOT_RISK: explain_risk.explain_root_risk,
    What.MORE_RISK: explain_risk.explain_more_risk,
    What.EXIT: explain_risk.explain_exit,
    What.MULTIPLE: explain_figures.explain_multiple,
    What.SEEN: explain_figures.explain_seen,
    What.CASH: explain_figures.explain_cash,
    What.COVERAGE_PART: explain_parts.explain_coverage_part,
}
_OF_FAMILY: Mapping[What, Callable[[Analysis, Family], Explanation]] = {
    What.FAMILY: explain.explain_family,
    What.FAMILY_LABELLED: explain_figures.explain_family_labelled,
    What.FAMILY_DOORS: explain_figures.explain_family_doors,
}
_OF_TWO: Mapping[What, Callable[[Analysis, str, str], Explanation]] = {
    What.LOSS: explain.explain_loss,
    What.DOOR: explain.explain_theme_door,
    What.CAUSE: explain.explain_cause,
    What.PAIR: explain_figures.explain_pair,
    What.FIELD: explain_figures.explain_field,
    What.MOVE: explain_figures.explain_underlying_move,
    What.LOSS_RANGE: explain_figures.explain_loss_range,
    What.CAUSE_GROUP: explain_figures.explain_cause_group,
    What.COMBINATION: explain_figures.explain_combination,
    What.LIST_AGE: explain_parts.explain_list_age,
    What.THEME_PART: explain_parts.explain_theme_part,
    What.SHARED: explain_parts.explain_shared_money,
}
_OF_MANY: Mapping[What, Callable[..., Explanation]] = {
    What.DIFFERENCE: explain_figures.explain_difference,
    What.COURSE: _course,
    What.REST: explain_parts.explain_rest,
}
_OF_FILE: Mapping[What, Callable[[Analysis, str, Sequence[Reading]], Explanation]] = {
    What.CURRENCY: explain_figures.explain_currency,
    What.STATED_TOTAL: explain_figures.explain_stated_total,
}


def _walk(
    words: Words, currency: str, tree: Explanation, depth: int, rows: list[DrawerRow]
) -> None:
    formula = formula_text(words, tree, currency) if tree.operation is not Operation.SUM else ""
    rows.append(
        DrawerRow(
            depth,
            explain_text(words, tree),
            figure_text(words, tree, currency),
            formula,
            _origin(words, tree),
            _note(words, tree),
        )
    )
    if depth < DEEPEST:
        for part in tree.inputs:
            _walk(words, currency, part, depth + 1, rows)


def _origin(words: Words, tree: Explanation) -> str:
    if tree.place is not None:
        spot = place_text(words, tree.place)
        file = tree.place.file
        return f"{file}, {spot}" if file and file != spot else spot
    if tree.source is None:
        return ""
    title = tree.source.title
    said = words.text(OWN_SOURCES.get(title, title))
    if tree.source.as_of:
        return words.text(
            "{source}, as of {day}", source=said.removesuffix("."), day=tree.source.as_of
        )
    return said


def _note(words: Words, tree: Explanation) -> str:
    if tree.note is None:
        return ""
    return explain_text(words, Explanation(tree.note, None, tree.unit))
