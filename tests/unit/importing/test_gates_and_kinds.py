"""The limits before any parser, to the byte, and what a file is taken for by what stands in it."""

import io
import zipfile

import pytest

from levcheck.importing import gates, ole
from levcheck.importing.gates import pass_zip_gate
from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import OLE_SIGNATURE, FileKind, sniff


def archive(parts: dict[str, bytes], *, stored: bool = True) -> bytes:
    made = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", kind) as book:
        for name, body in parts.items():
            book.writestr(name, body)
    return made.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        pass_zip_gate(content)
    return caught.value.code.removeprefix("import.")


# --- limits ------------------------------------------------------------------------------------------------


def test_that_as_many_parts_pass_as_the_limit_says_and_not_one_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gates, "MAX_ENTRIES", 3)
    assert len(pass_zip_gate(archive({f"{n}.xml": b"" for n in range(3)}))) == 3
    assert refusal(archive({f"{n}.xml": b"" for n in range(4)})) == "too_many_parts"


def test_that_unpacked_bytes_are_counted_to_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MAX_UNPACKED_BYTES", 100)
    monkeypatch.setattr(gates, "_CHUNK", 7)
    assert pass_zip_gate(archive({"a.xml": b"a" * 60, "b.xml": b"b" * 40})) == {
        "a.xml": b"a" * 60,
        "b.xml": b"b" * 40,
    }
    assert refusal(archive({"a.xml": b"a" * 60, "b.xml": b"b" * 41})) == "unpacks_too_large"
    # A directory that lies is found by counting what really comes out.
    honest = archive({"a.xml": b"a" * 150}, stored=False)
    lying = honest.replace((150).to_bytes(4, "little"), (90).to_bytes(4, "little"))
    assert refusal(lying) in {"unpacks_too_large", "damaged"}
    parts = {"a.png": b"a" * 60, "b.xml": b"b" * 41}
    assert refusal(archive(parts)) == "unpacks_too_large"


@pytest.mark.parametrize(
    ("size", "packed", "passes"),
    [
        (1_000, 1, True),
        (1_001, 1, False),
        (1_001, 10, False),
        (1_001, 11, True),
        (5_000, 50, True),
        (5_000, 49, False),
        (1_001, 0, False),
    ],
)
def test_that_the_ratio_speaks_only_above_its_size(
    monkeypatch: pytest.MonkeyPatch, size: int, packed: int, *, passes: bool
) -> None:  # fmt: skip
    monkeypatch.setattr(gates, "RATIO_FROM_BYTES", 1_000)
    if passes:
        gates._check_sizes([(10, 1, "small"), (size, packed, "a")])
        return
    with pytest.raises(Refusal) as caught:
        gates._check_sizes([(10, 1, "small"), (size, packed, "a")])
    assert caught.value.code == "import.unpacks_too_large"


def test_that_the_sum_of_what_is_told_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "MAX_UNPACKED_BYTES", 100)
    gates._check_sizes([(60, 60, "a"), (40, 40, "b")])
    with pytest.raises(Refusal):
        gates._check_sizes([(60, 60, "a"), (41, 41, "b")])


def test_that_what_a_directory_tells_is_refused_before_a_byte_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unpacked(*_: object, **__: object) -> tuple[bytes, int]:
        pytest.fail("a byte was unpacked")

    content = archive({"a.xml": b"a" * 101})
    monkeypatch.setattr(gates, "MAX_UNPACKED_BYTES", 100)
    monkeypatch.setattr(gates, "_count", unpacked)
    assert refusal(content) == "unpacks_too_large"


def test_that_only_parts_that_are_read_are_kept() -> None:
    kept = {
        "xl/workbook.xml": b"<a/>",
        "_rels/.rels": b"<a/>",
        "xl/drawing.vml": b"<a/>",
        "page.xhtml": b"<a/>",
        "XL/STYLES.XML": b"<a/>",
        "mimetype": b"kind",
        "xl/workbook.bin": b"\x01",
        "xl/worksheets/sheet1.bin": b"\x02",
    }
    left = {
        "xl/media/image1.png": b"\x03",
        "xl/vbaProject.bin": b"\x04",
        "xl/worksheets/notes.txt": b"5",
        "xl/styles.bin": b"\x06",
    }
    assert pass_zip_gate(archive(kept | left)) == kept


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        (b"<!DOCTYPE a><a/>", True),
        ("<!DOCTYPE a><a/>".encode("utf-16-le"), True),
        ("<!DOCTYPE a><a/>".encode("utf-16-be"), True),
        (b"<a>" + b" " * 100_000 + b"<!DOCTYPE a>", True),
        (b"<!docType a><a/>", True),
        (b" " * 4_000 + b"<!doctype a>", True),
        (b"<a>no type here</a>", False),
    ],
)
def test_that_a_document_type_is_refused_in_what_is_parsed_as_xml(
    body: bytes, *, refused: bool
) -> None:  # fmt: skip
    if refused:
        assert refusal(archive({"a.xml": body})) == "document_type"
    else:
        assert pass_zip_gate(archive({"a.xml": body}))
    # Cells of .xlsb and pictures are no XML: the letters mean nothing there.
    assert pass_zip_gate(archive({"xl/workbook.bin": body}))
    assert pass_zip_gate(archive({"a.png": body})) == {}


def test_that_an_encrypted_part_and_a_damaged_archive_are_told_apart() -> None:
    content = bytearray(archive({"a.xml": b"<a/>"}))
    locked = bytearray(content)
    locked[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(locked)) == "encrypted"
    assert refusal(bytes(content[:-30])) == "damaged"
    content[content.index(b"<a/>")] ^= 1
    assert refusal(bytes(content)) == "damaged"


# --- what it is --------------------------------------------------------------------------------------------

_SHEET = b'<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"xl/workbook.xml": b""}, FileKind.XLSX),
        ({"XL\\Workbook.xml": b""}, FileKind.XLSX),
        ({"[Content_Types].xml": _SHEET, "book.xml": b""}, FileKind.XLSX),
        ({"xl/workbook.bin": b"", "xl/workbook.xml": b""}, FileKind.XLSB),
        ({"mimetype": _ODS, "content.xml": b""}, FileKind.ODS),
        ({"mimetype": _ODS}, FileKind.ODS),
        ({"content.xml": b""}, FileKind.ODS),
        ({"mimetype": _ODT, "content.xml": b""}, "word"),
        ({"word/document.xml": b""}, "word"),
        ({"ppt/slide.xml": b""}, "other_format"),
        ({"Index/Tables.iwa": b""}, "numbers_app"),
        ({"a/positions.csv": b""}, "zip_with_files"),
        ({"a.xlsx": b""}, "zip_with_files"),
        ({"a.xls": b""}, "zip_with_files"),
        ({"readme.txt": b""}, "not_a_workbook"),
        ({"mimetype": _ODS + b" " * 1_000_000}, "not_a_workbook"),
    ],
)
def test_that_an_archive_is_what_its_members_say(
    parts: dict[str, bytes], kind: FileKind | str
) -> None:
    if isinstance(kind, FileKind):
        assert sniff(archive(parts)) is kind
        return
    with pytest.raises(Refusal) as caught:
        sniff(archive(parts))
    assert caught.value.code == f"import.{kind}"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Symbol,Quantity\nNVDA,1\n", FileKind.TEXT),
        (b"\xef\xbb\xbf<html><table>", FileKind.HTML),
        (b"  \r\n<!DOCTYPE html>", FileKind.HTML),
        (b"<TABLE>", FileKind.HTML),
        (b"<head>", FileKind.HTML),
        (b"<body>", FileKind.HTML),
        (b"<div><table></table></div>", FileKind.HTML),
        (b"<?xml version='1.0'?><html>", FileKind.HTML),
        ("<html>".encode("utf-16"), FileKind.HTML),
        (b"<unknown>", FileKind.TEXT),
        (b"a <table>", FileKind.TEXT),
        (b"", "empty_file"),
        (b"\x00 \t\r\n", "empty_file"),
        (b"PK\x05\x06", "truncated"),
        (b"PK\x07\x08 no more", "truncated"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "xml_spreadsheet"),
        (b"<?xml version='1.0'?><other/>", "other_format"),
        (b"<!DOCTYPE other>", "other_format"),
        (b"%PDF-1.7", "pdf"),
        (b"\n" * 20 + b"%PDF-1.7", "pdf"),
        (b"{\\rtf1", "word"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x1f\x8b\x08", "other_format"),
        (b"MZ\x90\x00", "other_format"),
        (b"\x09\x04\x06\x00", "old_excel"),
        (b' {"app":"1","format":"levcheck"}', "is_session"),
        (b'{"app":"1","format":"other"}', FileKind.TEXT),
        (b'{"app":"levcheck"}', FileKind.TEXT),
        (b'x{"format":"levcheck"}', FileKind.TEXT),
    ],
)  # fmt: skip
def test_that_a_file_is_what_it_begins_with(content: bytes, kind: FileKind | str) -> None:
    if isinstance(kind, FileKind):
        assert sniff(content) is kind
        return
    with pytest.raises(Refusal) as caught:
        sniff(content)
    assert caught.value.code == f"import.{kind}"


@pytest.mark.parametrize(
    ("names", "locked", "kind"),
    [
        ({"Workbook"}, False, FileKind.XLS),
        ({"BOOK", "other"}, False, FileKind.XLS),
        ({"Workbook"}, True, "encrypted"),
        ({"EncryptedPackage", "Workbook"}, False, "encrypted"),
        ({"EncryptionInfo"}, False, "encrypted"),
        ({"WordDocument"}, False, "word"),
        ({"PowerPoint Document"}, False, "other_format"),
        ({"anything"}, False, "not_a_workbook"),
    ],
)
def test_that_a_container_is_what_its_streams_say(
    monkeypatch: pytest.MonkeyPatch, names: set[str], kind: FileKind | str, *, locked: bool
) -> None:  # fmt: skip
    monkeypatch.setattr(ole, "ole_stream_names", lambda _content: names)
    monkeypatch.setattr(ole, "is_encrypted_book", lambda _content: locked)
    content = OLE_SIGNATURE + b" rest"
    if isinstance(kind, FileKind):
        assert sniff(content) is kind
        return
    with pytest.raises(Refusal) as caught:
        sniff(content)
    assert caught.value.code == f"import.{kind}"
