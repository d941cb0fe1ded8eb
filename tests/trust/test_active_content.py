"""S6, what a workbook holds beside values: told in plain words, never followed, opened or run."""

import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from levcheck.importing import read_positions
from tests.trust.test_gates import HOLDINGS, codes, packed, parts_of, sheet
from tests.unit.importing.layouts.old_formats import Rows, write_ods, write_xls, write_xlsb

Tell = Callable[[str], None]
MACROS, LINKS, OBJECTS = "macros_ignored", "links_ignored", "objects_ignored"
EVERY = {MACROS, LINKS, OBJECTS}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an object"
ROWS: Rows = [
    ["Symbol", "Quantity", "Price", "Market Value"],
    ["NVDA", 10.0, 100.0, 1000.0],
    ["MSTR", 5.0, 200.0, 1000.0],
]
CONNECTION = f'<connections xmlns="{_MAIN}"><connection id="1" type="{{}}"><{{}}/></connection></connections>'
LINK = f'<externalLink xmlns="{_MAIN}">{{}}</externalLink>'

# Part of a workbook → what has to be told of it.
PARTS: dict[str, tuple[str, str]] = {
    "xl/vbaProject.bin": ("a project", MACROS),
    "xl/macros/vbaProject.bin": ("a project somewhere else", MACROS),
    "xl/macrosheets/sheet1.xml": (f'<xm:macrosheet xmlns:xm="{_MAIN}"/>', MACROS),
    "xl/macrosheets/intlsheet1.xml": ("<x/>", MACROS),
    "xl/externalLinks/externalLink1.xml": (LINK.format("<externalBook/>"), LINKS),
    "xl/externalLinks/externalLink2.xml": (
        LINK.format('<ddeLink ddeService="cmd" ddeTopic="/C calc"/>'),
        LINKS,
    ),
    "xl/externalLinks/externalLink3.xml": (LINK.format('<oleLink progId="Word"/>'), LINKS),
    "xl/connections.xml": (CONNECTION.format(1, 'dbPr connection="DSN=x"'), LINKS),
    "xl/connections.xml ": (CONNECTION.format(4, 'webPr url="http://127.0.0.1:9/"'), LINKS),
    "xl/connections.xml  ": (CONNECTION.format(6, "textPr sourceFile='/etc/passwd'"), LINKS),
    "xl/queryTables/queryTable1.xml": (f'<queryTable xmlns="{_MAIN}" name="q"/>', LINKS),
    "customUI/dde.xml": ('<x><ddeLink ddeService="cmd"/></x>', LINKS),
    "xl/embeddings/oleObject1.bin": ("an object", OBJECTS),
    "xl/embeddings/Microsoft_Word.docx": ("a document", OBJECTS),
    "xl/embeddings/package1.exe": ("MZ", OBJECTS),
    "xl/activeX/activeX1.xml": ('<ax:ocx xmlns:ax="x" ax:classid="{0}"/>', OBJECTS),
    "xl/activeX/activeX1.bin": ("a control", OBJECTS),
}
# Formulas that a spreadsheet program would follow; of each the value it had when the file was saved counts.
FORMULAS = (
    "cmd|'/C calc'!A0",
    "DDE(&quot;cmd&quot;,&quot;/C calc&quot;,&quot;x&quot;)",
    "WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)",
    "HYPERLINK(&quot;file:///etc/passwd&quot;,10)",
    "'file:///tmp/[other.xlsx]S'!A1",
    "CALL(&quot;kernel32&quot;,&quot;WinExec&quot;,&quot;JCJ&quot;)",
)
ODS_MEMBERS = {
    "Basic/Standard/Module1.xml": ("<x/>", MACROS),
    "Scripts/python/run.py": ("raise SystemExit", MACROS),
}
ODS_TABLES = {
    f'<table:table-source xmlns:table="{_TABLE}" href="file:///etc/passwd"/>': LINKS,
    f'<table:dde-links xmlns:table="{_TABLE}"><table:dde-link/></table:dde-links>': LINKS,
    f'<table:cell-range-source xmlns:table="{_TABLE}" href="http://127.0.0.1:9/"/>': LINKS,
}


def with_formula(formula: str) -> bytes:
    cell = f'<c r="B2"><f>{formula}</f><v>10</v></c>'
    return packed(parts_of(sheet(HOLDINGS.replace('<c r="B2"><v>10</v></c>', cell))))


def with_member(path: Path, name: str, body: str) -> bytes:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, body)
    return path.read_bytes()


def with_table(path: Path, tag: str) -> bytes:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    end = b"</office:spreadsheet>"
    members["content.xml"] = members["content.xml"].replace(end, tag.encode() + end)
    with zipfile.ZipFile(path, "w") as new:
        for name, body in members.items():
            new.writestr(name, body)
    return path.read_bytes()


def fixtures(folder: Path) -> Iterator[tuple[str, bytes, set[str]]]:
    """Yield (name of the file, its bytes, what has to be told)."""
    for number, (part, (body, told)) in enumerate(PARTS.items()):
        name = f"{number}.xlsm" if told is MACROS else f"{number}.xlsx"
        yield name, packed(parts_of(sheet(HOLDINGS)) | {part.strip(): body.encode()}), {told}
    for number, formula in enumerate(FORMULAS):
        yield f"formula{number}.xlsx", with_formula(formula), set()
    for number, (part, (body, told)) in enumerate(ODS_MEMBERS.items()):
        write_ods(folder / "a.ods", ROWS)
        yield f"{number}.ods", with_member(folder / "a.ods", part, body), {told}
    for number, (tag, told) in enumerate(ODS_TABLES.items()):
        write_ods(folder / "a.ods", ROWS)
        yield f"table{number}.ods", with_table(folder / "a.ods", tag), {told}
    for part, told in (
        ("xl/vbaProject.bin", MACROS),
        ("xl/externalLinks/externalLink1.bin", LINKS),
        ("xl/connections.bin", LINKS),
        ("xl/embeddings/oleObject1.bin", OBJECTS),
    ):
        write_xlsb(folder / "a.xlsb", ROWS)
        yield f"{told}.xlsb", with_member(folder / "a.xlsb", part, "x"), {told}
    write_xls(folder / "a.xls", ROWS)
    project = "_VBA_PROJECT".encode("utf-16-le")
    yield "a.xls", (folder / "a.xls").read_bytes() + project, {MACROS}
    every = {part: body.encode() for part, (body, _) in PARTS.items() if part == part.strip()}
    yield "every.xlsm", packed(parts_of(sheet(HOLDINGS)) | every), EVERY


_heard: list[str] = []
_listening: list[Path] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    """Note what would be an answer to a file's wish: another file, a connection, a program."""
    if not _listening:
        return
    if event in {
        "socket.connect",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
    }:
        _heard.append(event)
    elif event == "open" and isinstance(arguments[0], str):
        is_module = arguments[0].endswith((".py", ".pyc", ".so", ".zip"))
        if not is_module and Path(arguments[0]) not in _listening:
            _heard.append(f"open {arguments[0]}")


@contextmanager
def listening(path: Path) -> Iterator[None]:
    if _listen not in _hooked:
        sys.addaudithook(_listen)
        _hooked.append(_listen)
    _heard.clear()
    _listening.append(path)
    try:
        yield
    finally:
        _listening.clear()


_hooked: list[object] = []


def test_that_what_is_in_a_workbook_beside_values_is_told_and_never_followed(
    tmp_path: Path, tell: Tell
) -> None:
    seen = followed = told = 0
    for name, content, wanted in fixtures(tmp_path):
        path = tmp_path / name
        path.write_bytes(content)
        with listening(path):
            reading = read_positions(path, in_process=True)
        assert [(p.symbol, p.quantity) for p in reading.positions] == [
            ("NVDA", 10.0),
            ("MSTR", 5.0),
        ], name
        assert codes(reading) & EVERY == wanted, name
        seen, followed, told = seen + 1, followed + len(_heard), told + bool(wanted)
    tell(f"S6 macros, links and objects: {seen} files read, {told} told, {followed} followed")
    assert seen - len(FORMULAS) == told >= 25
    assert followed == 0, _heard


def test_that_a_plain_workbook_is_told_nothing_of(tmp_path: Path) -> None:
    for name, write in (("a.ods", write_ods), ("a.xlsb", write_xlsb), ("a.xls", write_xls)):
        write(tmp_path / name, ROWS)
        assert not codes(read_positions(tmp_path / name, in_process=True)) & EVERY
    plain = tmp_path / "a.xlsx"
    plain.write_bytes(packed(parts_of(sheet(HOLDINGS))))
    assert not codes(read_positions(plain, in_process=True)) & EVERY


@pytest.mark.parametrize("what", ["file", "connection", "program"])
def test_that_the_listener_hears_what_is_followed(what: str, tmp_path: Path) -> None:
    import socket
    import subprocess

    with listening(tmp_path / "asked.xlsx"):
        if what == "file":
            (tmp_path / "other.txt").write_text("x", encoding="utf-8")
        elif what == "connection":
            with socket.socket() as one, pytest.raises(OSError, match=r"."):
                one.connect(("127.0.0.1", 9))
        else:
            subprocess.run(["true"], check=True)
    assert len(_heard) == 1
