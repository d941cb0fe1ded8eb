"""An analysis without whose it is: for a screen that guests see. Figures, lines and their ids stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from levcheck.app.analysis import AnalysedPosition, Analysis, StressResult
from levcheck.app.draft_results import DraftResult, Proposed
from levcheck.app.personal_words import personal_words, without_words
from levcheck.app.session import TYPED_FILE
from levcheck.domain.portfolio import Reading

if TYPE_CHECKING:
    from levcheck.domain.position import CashLine, Position

OWN_THEME = "own-"
_SHORTEST_INSIDE = 4  # a shorter name is only replaced where it is the whole text


def unnamed(
    analysis: Analysis, readings: Sequence[Reading]
) -> tuple[Analysis, tuple[Reading, ...]]:
    """Return an analysis and its readings in which files and accounts are numbered and the list has no name."""
    names = _names(analysis, readings)
    memo: dict[int, object] = {}

    def bare(value: Any) -> Any:
        return _renamed(value, names, memo)

    portfolio = analysis.portfolio
    told = (portfolio.name, *names, *portfolio.owners.values())
    words = personal_words(text for text in told if text != TYPED_FILE)
    own = {theme.id for theme in portfolio.themes.names}

    def called(theme: str, name: str) -> str:
        is_own = theme in own or theme.startswith(OWN_THEME)
        return without_words(name, words) if is_own else name

    shown = replace(
        analysis,
        portfolio=replace(bare(portfolio), name=""),
        positions=tuple(
            _line_without(replace(line, position=bare(line.position), cash=bare(line.cash)), words)
            for line in analysis.positions
        ),
        themes=tuple(
            replace(found, name=called(found.theme, found.name)) for found in analysis.themes
        ),
        theme_list=tuple(
            replace(known, name=called(known.id, known.name)) for known in analysis.theme_list
        ),
        stress=tuple(_scenario_without(result, words) for result in analysis.stress),
        diagnostics=bare(analysis.diagnostics),
    )
    return shown, bare(tuple(readings))


def _line_without(line: AnalysedPosition, words: frozenset[str]) -> AnalysedPosition:
    """Return a line that nobody recognised without words that may be a name; that of a security is its own."""
    held = line.position
    if line.instrument is not None or held is None:
        return line
    symbol, name = (
        None if text is None else without_words(text, words) for text in (held.symbol, held.name)
    )
    return replace(line, position=replace(held, symbol=symbol, name=name))


def _scenario_without(result: StressResult, words: frozenset[str]) -> StressResult:
    """Return the result of a scenario the user wrote himself without words that may be a name."""
    facts = result.facts
    if facts.origin == "bundled":
        return result
    name, story = without_words(facts.name, words), without_words(facts.story, words)
    return replace(result, facts=replace(facts, name=name, story=story))


def unnamed_drafts(proposed: Proposed) -> Proposed:
    """Return today and its drafts without whose they are."""
    drafts = []
    for draft in proposed.drafts:
        names = _names(draft.analysis, ())
        memo: dict[int, object] = {}
        proposal = _renamed(draft.proposal, names, memo)
        # What the user calls a draft, or the file it came from, may be anybody's name.
        nameless = replace(proposal, draft=replace(proposal.draft, name=""))
        base = None if draft.base is None else unnamed(draft.base, ())[0]
        drafts.append(DraftResult(nameless, unnamed(draft.analysis, ())[0], base))
    return replace(proposed, today=unnamed(proposed.today, ())[0], drafts=tuple(drafts))


def _names(analysis: Analysis, readings: Sequence[Reading]) -> Mapping[str, str]:
    portfolio = analysis.portfolio
    lines: tuple[Position | CashLine, ...] = (*portfolio.positions, *portfolio.cash)
    told = (*(reading.file for reading in readings), *(line.place.file for line in lines))
    files = [name for name in dict.fromkeys(told) if name and name != TYPED_FILE]
    accounts = [name for name in dict.fromkeys(line.account for line in lines) if name]
    names = {name: f"{n}{_ending(name)}" for n, name in enumerate(files, start=1)}
    names |= {name: str(n) for n, name in enumerate(accounts, start=1)}
    owners = [name for name in dict.fromkeys(portfolio.owners.values()) if name]
    names |= {name: str(n) for n, name in enumerate(owners, start=1)}
    if portfolio.name:
        names.setdefault(portfolio.name, "1")
    return names


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return dot + ending if stem else ""


def _renamed(value: Any, names: Mapping[str, str], memo: dict[int, object]) -> Any:
    if isinstance(value, str):
        return _without(value, names)
    if isinstance(value, tuple):
        return tuple(_renamed(part, names, memo) for part in value)
    if isinstance(value, Mapping):
        return MappingProxyType(
            {names.get(key, key): _renamed(part, names, memo) for key, part in value.items()}
        )
    if not is_dataclass(value) or isinstance(value, type):
        return value
    known = memo.get(id(value))
    if known is None:
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = _renamed(before, names, memo)
            if field.init and after is not before and after != before:
                changed[field.name] = after
        known = memo[id(value)] = replace(value, **changed) if changed else value
    return known


def _without(text: str, names: Mapping[str, str]) -> str:
    if text in names:
        return names[text]
    for name, plain in names.items():
        if len(name) >= _SHORTEST_INSIDE and name in text:
            text = text.replace(name, plain)
    return text
