"""How a parsed workbook travels between processes: a short JSON head, then whole columns of numbers and texts.

Cell by cell as JSON it took longer to write and read than to parse. Nothing in it can run anything when it is read, for
the process that writes it has read a stranger's file.
"""

import json
from array import array
from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import nan
from typing import Any

from levcheck.importing.parsed import Cell, ParsedBook, ParsedSheet

_HEAD_BYTES = 8
# Parts the texts of a column; a text that holds it makes its column travel as JSON.
_PART = "\x00"
# Rows that may hold headings above a column that is all numbers or all texts.
_TOP_ROWS = 32
_BLANK: dict[type, Any] = {str: "", float: nan, date: None}
# Faults in what another process wrote.
TRANSFER_FAULTS = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def pack_book(book: ParsedBook) -> bytes:
    """Return a workbook as bytes."""
    body: list[bytes] = []
    head = {"sheets": [_pack_sheet(sheet, body) for sheet in book.sheets], "notices": book.notices}
    return _packed(head, body)


def pack_refusal(code: str, values: dict[str, Any]) -> bytes:
    """Return the answer that a workbook is not read."""
    return _packed({"refused": [code, values]}, [])


def _packed(head: dict[str, Any], body: Sequence[bytes]) -> bytes:
    first = json.dumps(head, separators=(",", ":")).encode()
    return b"".join([len(first).to_bytes(_HEAD_BYTES, "big"), first, *body])


def unpack(answer: bytes) -> tuple[ParsedBook | None, tuple[str, dict[str, Any]] | None]:
    """Return (workbook, None), or (None, code and values of the refusal).

    Raises:
        KeyError, TypeError, ValueError, …: the bytes are no such answer, see :data:`TRANSFER_FAULTS`.
    """
    end = _HEAD_BYTES + int.from_bytes(answer[:_HEAD_BYTES], "big")
    head = json.loads(answer[_HEAD_BYTES:end])
    if "refused" in head:
        code, values = head["refused"]
        return None, (str(code), dict(values))
    body = _Body(answer, end)
    sheets = [_unpack_sheet(sheet, body) for sheet in head["sheets"]]
    return ParsedBook(sheets, [(code, dict(values)) for code, values in head["notices"]]), None


# --- sheets ----------------------------------------------------------------------------------------------------


def _pack_sheet(sheet: ParsedSheet, body: list[bytes]) -> dict[str, Any]:
    numbers = array("q", sheet.numbers).tobytes()
    body.append(numbers)
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "numbers": len(numbers),
        "columns": [_pack_column(column, body) for column in sheet.columns],
        "hidden_rows": sheet.hidden_rows,
        "errors": [[*spot, text] for spot, text in sheet.errors.items()],
        "uncached": sheet.uncached,
        "currencies": [[*spot, code] for spot, code in sheet.currencies.items()],
    }


def _unpack_sheet(head: dict[str, Any], body: "_Body") -> ParsedSheet:
    numbers = array("q", body.take(head["numbers"])).tolist()
    columns = [_unpack_column(column, body) for column in head["columns"]]
    if any(len(column) != len(numbers) for column in columns):
        raise ValueError
    made = ParsedSheet(str(head["name"]), numbers, columns)
    made.hidden = bool(head["hidden"])
    made.hidden_rows = [int(row) for row in head["hidden_rows"]]
    made.errors = {(int(row), int(column)): str(text) for row, column, text in head["errors"]}
    made.uncached = [(int(row), int(column)) for row, column in head["uncached"]]
    made.currencies = {
        (int(row), int(column)): str(code) for row, column, code in head["currencies"]
    }
    return made


# --- columns ---------------------------------------------------------------------------------------------------


def _pack_column(column: Sequence[Cell], body: list[bytes]) -> list[Any]:
    """Add a column to the body as what most of its cells are; return [kind, bytes, cells that are something else]."""
    top, rest = column[:_TOP_ROWS], column[_TOP_ROWS:]
    below = set(map(type, rest)) or set(map(type, top))
    if len(below) == 1 and below <= {str, float}:
        most: type = below.pop()
        others = _others(top, most)
        filled: list[Any] = [c if type(c) is most else _BLANK[most] for c in top]
        filled += rest
    else:
        counts = Counter(map(type, column))
        most = max(_BLANK, key=lambda kind: counts[kind])
        others = _others(column, most)
        filled = [c if type(c) is most else _BLANK[most] for c in column]
    if most is float:
        body.append(array("d", filled).tobytes())
        return ["number", len(body[-1]), others]
    if most is date:
        return _pack_texts("date", [c.isoformat() if c else "" for c in filled], others, body)
    return _pack_texts("text", filled, others, body)


def _others(column: Sequence[Cell], most: type) -> list[Any]:
    return [
        [index, *_pack_cell(cell)]
        for index, cell in enumerate(column)
        if cell is not None and type(cell) is not most
    ]


def _pack_texts(kind: str, texts: Sequence[Any], others: list[Any], body: list[bytes]) -> list[Any]:
    joined = _PART.join(texts)
    if joined.count(_PART) == len(texts) - 1:
        body.append(joined.encode("utf-8", "surrogatepass"))
    else:
        kind, joined = f"{kind}s", json.dumps(texts)
        body.append(joined.encode())
    return [kind, len(body[-1]), others]


def _pack_cell(cell: Cell) -> tuple[str, Any]:
    return ("date", cell.isoformat()) if isinstance(cell, date) else ("cell", cell)


def _unpack_column(head: list[Any], body: "_Body") -> list[Cell]:
    kind, size, others = head
    content = body.take(size)
    column: list[Cell]
    if kind == "number":
        numbers = array("d", content).tolist()
        # No cell is "not a number": that stands for a cell of another kind, or none.
        column = [number if number == number else None for number in numbers]  # noqa: PLR0124
    else:
        column = _unpack_texts(kind, content)
    for index, what, value in others:
        column[index] = date.fromisoformat(value) if what == "date" else _plain(value)
    return column


def _unpack_texts(kind: str, content: bytes) -> list[Cell]:
    text = content.decode("utf-8", "surrogatepass")
    texts: list[str] = json.loads(text) if kind.endswith("s") else text.split(_PART)
    if not kind.startswith("date"):
        return [text or None for text in texts]
    known = {text: date.fromisoformat(text) if text else None for text in set(texts)}
    return [known[text] for text in texts]


def _plain(value: Any) -> Cell:
    if isinstance(value, str | bool):
        return value
    return float(value)


class _Body:
    """The columns behind the head, taken one after the other."""

    def __init__(self, answer: bytes, start: int) -> None:
        self.answer = answer
        self.at = start

    def take(self, size: int) -> bytes:
        """Return the next bytes.

        Raises:
            ValueError: there are fewer.
        """
        if not 0 <= size <= len(self.answer) - self.at:
            raise ValueError
        self.at += size
        return self.answer[self.at - size : self.at]
