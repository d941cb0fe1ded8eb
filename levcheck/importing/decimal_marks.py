"""Decides the decimal mark of every column of amounts that came as text."""

from collections.abc import Mapping, Sequence

from levcheck.importing.columns import FIT, NUMERIC, SAMPLE, Columns
from levcheck.importing.grid import Row
from levcheck.importing.numbers import read_number, style_votes
from levcheck.importing.pulses import Pulse, go_on, paced
from levcheck.importing.tables import Table


def decide_decimals(
    made: Columns, table: Table, language: str | None, pulse: Pulse = go_on
) -> None:
    """Decide the decimal mark of every column of amounts that came as text.

    A column that proves its own style keeps it; else the other columns of the list decide; else arithmetic; else the
    language of the headings, which is said; else nobody, which is asked.
    """
    columns = sorted(
        {c for n, c in made.at.items() if n in NUMERIC}
        | {c for n in NUMERIC for c in made.others.get(n, [])}
    )
    # Columns of number cells have nothing to decide and are passed over quickly.
    rows = [row.cells for row in table.rows]
    votes = {
        c: style_votes(
            cells[c]
            for cells in paced(rows, pulse)
            if len(cells) > c
            and cells[c].__class__ is str
            and cells.count(None) < len(cells) - 1  # titles between the rows prove nothing
        )
        for c in columns
    }
    open_columns: list[int] = []
    for column, (dot, comma, maybe_dot, maybe_comma) in votes.items():
        if dot or comma:
            made.decimal[column] = "." if dot >= comma else ","
        elif maybe_dot or maybe_comma:
            open_columns.append(column)
    if not open_columns:
        return
    dots, commas = (sum(1 for vote in votes.values() if vote[side]) for side in (0, 1))
    conflict = any(votes[c][2] for c in open_columns) and any(votes[c][3] for c in open_columns)
    if bool(dots) != bool(commas) and not conflict:
        made.decimal |= dict.fromkeys(open_columns, "." if dots else ",")
        return
    _decide_open(made, table, open_columns, language, conflict=conflict)


def _decide_open(
    made: Columns, table: Table, columns: list[int], language: str | None, *, conflict: bool
) -> None:
    found = _by_arithmetic(made, table, columns)
    if found is not None:
        made.decimal |= found
        return
    by_comma = language in {"de", "fr", "nl", "es", "it", "pt"}
    witness = _witness(table, columns)
    if witness is not None and not conflict:
        made.decimal |= dict.fromkeys(columns, witness)
        return
    # Programs that write decimal commas part their columns with semicolons, whatever the language of the headings.
    unsure = language is None or (table.sheet.delimiter == ";" and not by_comma)
    if unsure or (conflict and not by_comma):
        made.undecided = columns
        return
    mark = "," if by_comma else "."
    made.decimal |= dict.fromkeys(columns, mark)
    made.assumed = columns


def _witness(table: Table, columns: Sequence[int]) -> str | None:
    """Return the decimal mark that the columns nobody asked for prove (gains, percents), None when they disagree."""
    others = [c for c in table.headings if c not in columns]
    votes = [style_votes(row.at(c) for row in table.rows[:SAMPLE]) for c in others]
    dots, commas = (any(vote[side] for vote in votes) for side in (0, 1))
    return None if dots == commas else "." if dots else ","


def _by_arithmetic(made: Columns, table: Table, columns: list[int]) -> dict[int, str] | None:
    """Return the only choice of marks under which quantity x price gives the value, None when none or several do."""
    trio = [made.at.get(name) for name in ("quantity", "price", "market_value")]
    if any(c is None for c in trio):
        return None
    asked = [c for c in columns if c in trio]
    if len(asked) != len(columns) and not asked:
        return None
    filled = [c for c in trio if c is not None]
    uniform = [
        mark
        for mark in ".,"
        if _fit_share(made.decimal | dict.fromkeys(asked, mark), table.rows, filled) >= 0.8
    ]
    if len(uniform) == 1 and all(made.decimal.get(c, uniform[0]) == uniform[0] for c in filled):
        return dict.fromkeys(columns, uniform[0])
    fitting: list[dict[int, str]] = []
    for choice in range(2 ** len(asked)):
        marks = {c: ",."[(choice >> i) & 1] for i, c in enumerate(asked)}
        if _fit_share(made.decimal | marks, table.rows, [c for c in trio if c is not None]) >= 0.8:
            fitting.append(marks)
    if len(fitting) != 1:
        return None
    mark = next(iter(fitting[0].values()))
    return dict.fromkeys(columns, mark) | fitting[0]


def _fit_share(decimal: Mapping[int, str], rows: Sequence[Row], trio: Sequence[int]) -> float:
    fits = count = 0
    for row in rows[:SAMPLE]:
        q, p, v = (read_number(row.at(c), decimal.get(c, ".")).value for c in trio)
        if not q or not p or not v:
            continue
        count += 1
        fits += abs(q * p / v - 1) < FIT
    return fits / count if count else 0.0
