"""The drawer "How we got this number": an explanation as rows that can be read, walked and copied."""

from dataclasses import dataclass

from levcheck.app import explain
from levcheck.app.analysis import Analysis
from levcheck.app.explain_borrowing import explain_forced_flow, explain_margin
from levcheck.domain.explanation import Explanation, Operation
from levcheck.domain.theme import Family
from levcheck.i18n.explanation_sentences import explain_text, figure_text, formula_text
from levcheck.i18n.places import place_text
from levcheck.i18n.words import Words
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
        rows: the number first, then what it was made of, depth first.
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


def drawer_view(analysis: Analysis, key: str, words: Words) -> DrawerView:
    """Return the drawer of one number.

    Raises:
        KeyError: the analysis has no such number any more.
        ValueError: the key is about no number.
    """
    tree = explanation_of(analysis, key)
    rows: list[DrawerRow] = []
    _walk(words, analysis.portfolio.base_currency, tree, 0, rows)
    return DrawerView(key, words.text("How we got this number"), tuple(rows))


def explanation_of(analysis: Analysis, key: str) -> Explanation:
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
    if what is What.FAMILY:
        return explain.explain_family(analysis, Family(ids[0]))
    if what is What.LOSS:
        return explain.explain_loss(analysis, ids[0], ids[1])
    if what is What.DOOR:
        return explain.explain_theme_door(analysis, ids[0], ids[1])
    if what is What.CAUSE:
        return explain.explain_cause(analysis, ids[0], ids[1])
    raise KeyError(key)


_WHOLE = {
    What.EQUITY: explain.explain_equity,
    What.GROSS: explain.explain_gross,
    What.IN_EFFECT: explain.explain_in_effect,
    What.COVERAGE: explain.explain_coverage,
    What.MARGIN: explain_margin,
}
_OF_ONE = {
    What.POSITION_VALUE: explain.explain_position_value,
    What.EXPOSURE: explain.explain_exposure,
    What.THEME: explain.explain_theme,
    What.THEME_LABELLED: explain.explain_theme_labelled,
    What.SCENARIO: explain.explain_scenario,
    What.RANGE: explain.explain_range,
    What.DAILY_RESET: explain.explain_daily_reset,
    What.FORCED_FLOW: explain_forced_flow,
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
    if tree.source.as_of:
        return words.text("{source}, as of {day}", source=tree.source.title, day=tree.source.as_of)
    return tree.source.title


def _note(words: Words, tree: Explanation) -> str:
    if tree.note is None:
        return ""
    return explain_text(words, Explanation(tree.note, None, tree.unit))
