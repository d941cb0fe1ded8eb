"""Finds the list that the user's own answers about columns speak of."""

from collections.abc import Mapping

from levcheck.importing.answers import columns_told
from levcheck.importing.cell_names import column_index
from levcheck.importing.grid import Sheet, text_of
from levcheck.importing.synonyms import normalised
from levcheck.importing.tables import Table, looks_numeric
from levcheck.importing.user_columns import find_column


def table_by_mapping(sheet: Sheet, mapping: Mapping[str, str]) -> Table | None:
    """Return the list a mapping speaks of where no headings were recognised.

    The heading row is the first that holds the named headings; with column letters only, every row from the first one
    whose quantity or value column holds a number.
    """
    for index, row in enumerate(sheet.rows[:200]):
        texts = {c: text_of(row.cells[c]) for c in row.filled if isinstance(row.cells[c], str)}
        keys = {normalised(t) for t in texts.values()} - {""}
        named = [
            w
            for w in columns_told(mapping).values()
            if column_index(w) is None or normalised(w) in keys
        ]
        if named and all(normalised(w) in keys for w in named):
            return Table(
                sheet, (row.number,), texts, list(sheet.rows[index + 1 :]), list(sheet.rows[:index])
            )
    amounts = [
        c
        for n in ("quantity", "market_value", "weight")
        if n in mapping and (c := column_index(mapping[n])) is not None
    ]
    for index, row in enumerate(sheet.rows):
        if any(looks_numeric(row.at(c)) for c in amounts):
            width = max(len(r.cells) for r in sheet.rows)
            above = sheet.rows[index - 1] if index else None
            worded = above is not None and not any(looks_numeric(above.at(c)) for c in amounts)
            header = (above.number,) if above is not None and worded else ()
            texts = {
                c: (text_of(above.at(c)) if above is not None and worded else "")
                for c in range(width)
            }
            return Table(
                sheet,
                header,
                texts,
                list(sheet.rows[index:]),
                list(sheet.rows[: index - len(header)]),
            )
    return None


def answers(table: Table, mapping: Mapping[str, str]) -> bool:
    """Whether a list has all the columns the user names."""
    wanted = columns_told(mapping).values()
    return all(find_column(table.headings, w) is not None for w in wanted) and bool(table.headings)
