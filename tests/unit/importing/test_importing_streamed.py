"""A sheet's XML is looked through while it is unpacked; what is found does not depend on where it is cut."""

import io
import tracemalloc
import zipfile

import pytest

from levcheck.importing import gates
from levcheck.importing.gates import pass_zip_gate
from levcheck.importing.refusals import Refusal
from levcheck.importing.sheet_marks import (
    SheetMarks,
    SheetSigns,
    Styles,
    between_rows,
    read_marks,
    signs_of,
)

_HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_ROWS = (
    b'<row r="1"><c r="A1" s="3"><v>12</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    b'<row r="2" hidden="1"><c r="A2" s="4"><v>5930</v></c><c r="B2"><f>A2*2</f></c></row>'
    b'<row r="3"><c r="A3" t="inlineStr"><is><t>half of it</t></is></c><c r="B3"><f>1+1</f><v>2</v></c></row>'
    b'<row r="4"/><row r="5"><c r="C5" s="3"/><c r="D5" s="3"><v>7</v></c></row>'
)
_SHEET = _HEAD + _ROWS + b"</sheetData></worksheet>"
_PREFIXED = (
    _SHEET.replace(b"</", b"</x:")
    .replace(b"<", b"<x:")
    .replace(b"<x:/x:", b"</x:")
    .replace(b"<x:?", b"<?")
    .replace(b"xmlns=", b"xmlns:x=")
)


def styles() -> Styles:
    made = Styles()
    made.currencies = {"3": "EUR"}
    made.padded = {"4": 6}
    return made


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def told(marks: SheetMarks) -> tuple[object, ...]:
    return marks.errors, marks.uncached, marks.hidden_rows, marks.padded, marks.currencies


@pytest.mark.parametrize("sheet", [_SHEET, _PREFIXED], ids=["plain", "prefixed"])
def test_that_marks_are_the_same_wherever_the_sheet_is_cut(sheet: bytes) -> None:
    expected = (
        {(1, 1): "#REF!"},
        {(2, 1)},
        {2},
        {(2, 0): 6},
        {(1, 0): "EUR", (5, 3): "EUR"},
    )
    for size in range(1, len(sheet) + 1):
        signs = SheetSigns()
        for chunk in cut(sheet, size):
            signs(chunk)
        assert told(read_marks(between_rows(cut(sheet, size)), signs, styles())) == expected, size


def test_that_pieces_end_with_a_row_and_are_the_sheet_when_put_together() -> None:
    for sheet in (_SHEET, _PREFIXED):
        pieces = list(between_rows(cut(sheet, 200)))
        assert b"".join(pieces) == sheet
        assert len(pieces) > 2
        assert all(piece.endswith((b"</row>", b"</x:row>")) for piece in pieces[:-1])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("errors", b't="e"'),
        ("formulas", b"<f"),
        ("hidden_rows", b"hidden="),
    ],
)
def test_that_a_sign_behind_many_like_it_is_seen_wherever_it_stands(kind: str, text: bytes) -> None:
    # More letters of the sign than are tried one by one, then the sign right behind one of them.
    for filling in (b"", b"ef hid me" * 200, b'f"e' * 300):
        for near in (b"", b"f", b'"', b't="', b"hi", b"m"):
            signs = signs_of(b"<sheetData>" + filling + near + text + b">")
            assert getattr(signs, kind), (filling[:9], near)
            assert not getattr(signs_of(b"<sheetData>" + filling + near + b">"), kind)


def test_that_a_document_type_is_seen_wherever_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xml", b"<a>" + b" " * 40 + b"<!DOCTYPE a></a>")
    for size in range(1, 60):
        monkeypatch.setattr(gates, "_CHUNK", size)
        with pytest.raises(Refusal) as caught:
            pass_zip_gate(made.getvalue())
        assert caught.value.code == "import.document_type"


def test_that_the_text_of_a_long_sheet_is_never_held_as_a_whole() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", _HEAD + _ROWS * 20_000)
    signs = SheetSigns()
    content = made.getvalue()
    tracemalloc.start()
    parts = pass_zip_gate(content, lambda _: signs)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert parts == {}
    assert signs.errors
    assert signs.formulas
    assert most < len(_ROWS) * 20_000 / 5
