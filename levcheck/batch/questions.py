"""Questions about a whole book: who holds too much of one thing, who would be called, who holds daily-reset funds for long."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from levcheck.app.analysis import Analysis
from levcheck.domain.diagnostics import LevcheckError

if TYPE_CHECKING:
    from levcheck.app.analysis import AnalysedPosition
    from levcheck.app.reference_port import Recogniser, ReferenceData

Row = dict[str, str | float | int | None]
_SHAPE = re.compile(r"(over|margin-call|held-longer):(.+)")
_LIMIT = re.compile(r"(.+)=(\d+(?:\.\d+)?)(%?)")
FOUND, UNKNOWN = "yes", "unknown"


class QuestionKind(StrEnum):
    """What is asked."""

    OVER = "over"
    MARGIN_CALL = "margin-call"
    HELD_LONGER = "held-longer"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about each portfolio.

    Attributes:
        text: as it was typed; names its answers.
        kind: what is asked.
        target: id of a root, ``theme:ID``, or id of a scenario; "" for days held.
        limit: share of equity as a fraction, or days; 0 for a margin call.
    """

    text: str
    kind: QuestionKind
    target: str
    limit: float


def read_questions(
    texts: Sequence[str],
    reference: "ReferenceData",
    recognise: "Recogniser",
    scenarios: Sequence[str],
) -> tuple[Question, ...]:
    """Return what was asked.

    Args:
        texts: ``over:NVDA=25%``, ``margin-call:SCENARIO`` or ``held-longer:DAYS``.
        reference: what a question may name.
        recognise: how a bare symbol is recognised.
        scenarios: ids of the scenarios there are.

    Raises:
        LevcheckError: a question cannot be read, or names nothing.
    """
    return tuple(_read(text, reference, recognise, scenarios) for text in dict.fromkeys(texts))


def _read(
    text: str, reference: "ReferenceData", recognise: "Recogniser", scenarios: Sequence[str]
) -> Question:
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise LevcheckError("batch.bad_question", text=text)
    kind, rest = QuestionKind(shape[1]), shape[2].strip()
    if kind is QuestionKind.MARGIN_CALL:
        if rest not in scenarios:
            raise LevcheckError("batch.unknown_scenario", scenario=rest)
        return Question(text, kind, rest, 0.0)
    if kind is QuestionKind.HELD_LONGER:
        if not rest.isdecimal():
            raise LevcheckError("batch.bad_question", text=text)
        return Question(text, kind, "", float(rest))
    from levcheck.app.shocks import resolve_target

    limit = _LIMIT.fullmatch(rest)
    if limit is None:
        raise LevcheckError("batch.bad_question", text=text)
    share = float(limit[2]) / (100.0 if limit[3] else 1.0)
    return Question(text, kind, resolve_target(limit[1].strip(), reference, recognise), share)


def scenarios_of(questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the scenarios that have to be run to answer."""
    return tuple(q.target for q in questions if q.kind is QuestionKind.MARGIN_CALL)


def answers_of(questions: Sequence[Question], analysis: Analysis, today: date) -> list[Row]:
    """Return what each question finds in one portfolio; nothing where the answer is no.

    What cannot be told (no equity, no date of purchase, not one holding known) is answered with ``unknown``, never
    left out.
    """
    found: list[Row] = []
    for question in questions:
        # Without debt nobody calls, whatever the holdings are.
        is_call = question.kind is QuestionKind.MARGIN_CALL
        if analysis.is_uncounted and not (is_call and analysis.margin is None):
            found.append(_answer(question, UNKNOWN))
        elif question.kind is QuestionKind.OVER:
            found += _over(question, analysis)
        elif is_call:
            found += _called(question, analysis)
        else:
            found += _held(question, analysis, today)
    return found


def _answer(
    question: Question,
    answer: str,
    *,
    size: float | None = None,
    amount: float | None = None,
    position: str | None = None,
    since: str | None = None,
) -> Row:
    return {
        "question": question.text,
        "answer": answer,
        "size": size,
        "amount": None if amount is None else round(amount, 2),
        "position": position,
        "since": since,
    }


def _over(question: Question, analysis: Analysis) -> list[Row]:
    theme = question.target.removeprefix("theme:")
    if theme != question.target:
        nets = [(t.net, t.share_of_equity) for t in analysis.themes if t.theme == theme]
    else:
        nets = [(r.net, r.share_of_equity) for r in analysis.exposures if r.root == question.target]
    for net, share in nets:
        if share is None:
            return [_answer(question, UNKNOWN, amount=net)]
        if abs(share) > question.limit:
            return [_answer(question, FOUND, size=share, amount=net)]
    return []


def _called(question: Question, analysis: Analysis) -> list[Row]:
    if analysis.margin is None:
        return []
    return [
        _answer(question, FOUND, size=under.shortfall, amount=under.forced_sale)
        for under in analysis.margin.scenarios
        if under.scenario == question.target and under.is_called
    ]


def _held(question: Question, analysis: Analysis, today: date) -> list[Row]:
    resetting = {facts.position for facts in analysis.daily_reset}
    found = []
    for line in analysis.positions:
        if line.id not in resetting:
            continue
        since = _bought(line)
        if since is None:
            found.append(_answer(question, UNKNOWN, amount=line.market_value, position=line.label))
            continue
        days = (today - since).days
        if days > question.limit:
            found.append(
                _answer(
                    question,
                    FOUND,
                    size=float(days),
                    amount=line.market_value,
                    position=line.label,
                    since=since.isoformat(),
                )
            )
    return found


def _bought(line: "AnalysedPosition") -> date | None:
    from levcheck.importing.dates import read_date

    text = line.position.raw.get("purchase_date") if line.position is not None else None
    found = read_date(text) if text else None
    return date.fromisoformat(found) if found else None


def ranked_answers(answers: Sequence[Row], questions: Sequence[Question]) -> tuple[Row, ...]:
    """Return answers in the order of the questions, the largest first, what is unknown last."""
    place = {question.text: number for number, question in enumerate(questions)}

    def order(row: Row) -> tuple[int, bool, float, str, str, str]:
        size = row["size"]
        return (
            place.get(str(row["question"]), len(place)),
            row["answer"] != FOUND,
            -abs(size) if isinstance(size, float | int) else 0.0,
            str(row["folder"]),
            str(row["file"]),
            str(row["position"]),
        )

    return tuple(sorted(answers, key=order))
