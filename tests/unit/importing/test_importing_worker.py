"""The parsing process: it may be cancelled, run out of memory or die, and nothing else notices."""

import io
import os
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Outcome
from levcheck.importing import (
    column_choices,
    gates,
    header_fingerprint,
    read_positions,
    worker,
    worker_process,
)
from levcheck.importing.gates import pass_zip_gate
from levcheck.importing.ole import ole_stream_names
from levcheck.importing.parsed import ParsedBook
from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import OLE_SIGNATURE, FileKind, sniff
from levcheck.importing.transfer import pack_refusal, unpack


def workbook(rows: int = 3) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Symbol", "Quantity", "Price", "Market Value"])
    for index in range(rows):
        sheet.append([f"TK{index}", index + 1, 10.5, (index + 1) * 10.5])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def write_wide_workbook(path: Path, rows: int) -> None:
    """Write as many columns as a broker's export has."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Holdings")
    names = "Account,Symbol,Description,Security Type,Quantity,Price,Market Value,Currency,Cost Basis,Note"
    sheet.append(names.split(","))
    for i in range(1, rows + 1):
        value = i * 10.25
        sheet.append(
            [
                f"A{i % 20}",
                f"TK{i}",
                f"Company {i}",
                "Equity",
                i,
                10.25,
                value,
                "USD",
                value * 0.9,
                "x",
            ]
        )
    book.save(path)


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return made.getvalue()


def test_that_the_process_and_the_direct_way_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    assert read_positions(path) == read_positions(path, in_process=True)


def test_that_cancelling_ends_it_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    sleeper = ["sleep", "30"]
    monkeypatch.setattr(worker_process, "_command", lambda _kind: sleeper)
    begun = time.monotonic()
    reading = read_positions(path, cancelled=lambda: time.monotonic() - begun > 0.1)
    assert time.monotonic() - begun < 0.4
    assert reading.outcome is Outcome.REFUSED
    assert reading.diagnostics[-1].code == "import.cancelled"


def test_that_a_slow_process_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "_command", lambda _kind: ["sleep", "30"])
    monkeypatch.setattr(worker_process, "WALL_SECONDS", 0.2)
    with pytest.raises(Refusal) as refusal:
        worker_process.parse_in_process(workbook(), FileKind.XLSX)
    assert refusal.value.code == "import.too_slow"


@pytest.mark.parametrize("command", [["false"], ["sh", "-c", "kill -9 $$"], ["echo", "no json"]])
def test_that_a_dying_process_is_a_refusal(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_process, "_command", lambda _kind: command)
    with pytest.raises(Refusal) as refusal:
        worker_process.parse_in_process(workbook(), FileKind.XLSX)
    assert refusal.value.code == "import.parser_stopped"


def test_that_one_cell_in_the_last_corner_cannot_take_the_machine(tmp_path: Path) -> None:
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    made = zipfile.ZipFile(io.BytesIO(workbook()))  # once: it carries the second it was made in
    parts = {e.filename: made.read(e) for e in made.infolist()}
    path = tmp_path / "corner.xlsx"
    path.write_bytes(packed(parts | {"xl/worksheets/sheet1.xml": sheet}))
    begun = time.monotonic()
    reading = read_positions(path)
    assert time.monotonic() - begun < 10
    assert reading.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({f"a{i}.xml": b"" for i in range(1_001)}, "import.too_many_parts"),
        ({"a.xml": b" " * (201 * 2**20)}, "import.unpacks_too_large"),
        ({"a.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "import.document_type"),
        ({"a.xml": "<!DOCTYPE x><x/>".encode("utf-16-le")}, "import.document_type"),
    ],
)
def test_that_the_gate_refuses_before_parsing(parts: dict[str, bytes], code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        pass_zip_gate(packed(parts))
    assert refusal.value.code == code


def test_that_a_looping_sector_chain_is_refused() -> None:
    body = bytearray(1024)
    body[:8] = OLE_SIGNATURE
    body[30:34] = b"\x09\x00\x06\x00"
    body[48:52] = (0).to_bytes(4, "little")
    body[68:72] = (0xFFFFFFFE).to_bytes(4, "little")
    body[76:512] = b"\xff" * 436
    body[76:80] = (0).to_bytes(4, "little")
    body[512:516] = (0).to_bytes(4, "little")
    with pytest.raises(Refusal):
        ole_stream_names(bytes(body))


def test_that_paths_that_cannot_be_read_are_faults_of_the_world(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "none.csv", "import.file_missing"),
        (tmp_path, "import.is_folder"),
    ):
        with pytest.raises(LevcheckError) as error:
            read_positions(path)
        assert error.value.code == code


def test_that_progress_goes_from_start_to_end(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    seen: list[float] = []
    read_positions(path, progress=lambda fraction, _step: seen.append(fraction))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_that_column_choices_show_guesses_rows_and_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Symbol,Value,Value,Qty\nNVDA,1000,900,10\nMSTR,1000,800,5\n", encoding="utf-8")
    table = column_choices(path).tables[0]
    assert table.header_row == 1
    assert [c.field for c in table.columns] == ["symbol", None, None, "quantity"]
    assert table.columns[1].guesses[0][0] == "market_value"
    assert table.missing == ("market_value",)
    assert table.rows[0] == (2, ("NVDA", "1000", "900", "10"))
    assert table.fingerprint == header_fingerprint(["symbol", "VALUE", "value ", "Qty"])


def test_that_a_large_workbook_is_read_faster_than_a_table_library_reads_it(tmp_path: Path) -> None:
    import pandas as pd

    path = tmp_path / "large.xlsx"
    write_wide_workbook(path, 10_000)

    def seconds(run: object) -> float:
        begun = time.perf_counter()
        assert callable(run)
        run()
        return time.perf_counter() - begun

    ours = min(seconds(lambda: read_positions(path)) for _ in range(3))
    theirs = min(seconds(lambda: pd.read_excel(path, engine="openpyxl")) for _ in range(2))
    assert len(read_positions(path).positions) == 10_000
    # Loose on purpose: the machine is shared. The measured ratio is tracked where speeds are recorded.
    assert theirs / ours > 1.0


# --- the process itself, seen from inside --------------------------------------------------------------------


class Pipe:
    """A stream of bytes as the process has it."""

    def __init__(self, content: bytes = b"") -> None:
        self.buffer = io.BytesIO(content)


def answered(
    content: bytes, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> tuple[ParsedBook | None, tuple[str, dict[str, Any]] | None]:
    out = Pipe()
    monkeypatch.setattr(worker, "_limit_resources", lambda: None)
    monkeypatch.setattr("levcheck.importing.worker.gc.disable", lambda: None)
    monkeypatch.setattr("levcheck.importing.worker.sys.stdin", Pipe(content))
    monkeypatch.setattr("levcheck.importing.worker.sys.stdout", out)
    assert worker.main(arguments) == 0
    return unpack(out.buffer.getvalue())


def test_that_the_process_answers_with_the_book_or_with_its_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        book, refused = answered(workbook(), patch, ["xlsx"])
    assert refused is None
    assert book is not None
    assert len(book.sheets[0].numbers) == 4
    with monkeypatch.context() as patch:
        book, refused = answered(workbook()[:-40], patch, [worker.SWITCH, "xlsx"])
    assert book is None
    assert refused is not None
    assert refused[0] == "import.damaged"


def test_that_the_process_limits_itself_and_never_asks_for_more_than_it_may_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: dict[str, tuple[int, int]] = {}
    most = {"AS": -1}
    machine = SimpleNamespace(
        RLIMIT_AS="AS", RLIMIT_CPU="CPU", RLIMIT_CORE="CORE", RLIM_INFINITY=-1,
        getrlimit=lambda _what: (-1, most["AS"]), setrlimit=told.__setitem__,
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "resource", machine)
    worker._limit_resources()
    assert told["CPU"] == (worker.CPU_SECONDS, worker.CPU_SECONDS + 1)
    assert told["CORE"] == (0, 0)
    assert worker.MOST_MEMORY <= told["AS"][0] <= worker.address_limit() + 2**24
    most["AS"] = 2**28
    worker._limit_resources()
    assert told["AS"] == (2**28, 2**28)
    told.clear()
    monkeypatch.setitem(sys.modules, "resource", None)
    worker._limit_resources()  # a system without limits: the caller's clock stands
    assert told == {}


def test_that_a_machine_that_does_not_tell_its_memory_gets_usual_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(worker, "open", refuse, raising=False)
    assert worker.address_limit() == worker.MOST_MEMORY + 192 * 2**20
    monkeypatch.setattr(worker, "open", lambda *_, **__: io.StringIO("1000 600 1 1"), raising=False)
    assert worker.address_limit() == worker.MOST_MEMORY + 400 * 4096


def test_that_an_installed_program_starts_itself_and_a_checkout_its_module(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert worker_process._command(FileKind.ODS)[1:] == [
        "-S",
        "-m",
        "levcheck.importing.worker",
        "ods",
    ]
    monkeypatch.setattr("levcheck.importing.worker_process.sys.frozen", True, raising=False)
    assert worker_process._command(FileKind.XLS) == [sys.executable, worker.SWITCH, "xls"]


def test_that_folders_that_were_named_stay_behind_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/of/the/user")
    folders = worker_process._environment()["PYTHONPATH"].split(os.pathsep)
    assert Path(folders[0], "levcheck").is_dir()
    assert folders[-1] == "/of/the/user"
    monkeypatch.delenv("PYTHONPATH")
    assert "/of/the/user" not in worker_process._environment()["PYTHONPATH"]
    monkeypatch.setattr(worker_process, "find_spec", lambda _name: None)
    assert worker_process._environment()["PYTHONPATH"].split(os.pathsep) == folders[:1]


def test_that_no_process_and_a_broken_pipe_are_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(worker_process, "_command", lambda _kind: ["/no/such/program"])
        with pytest.raises(Refusal) as refusal:
            worker_process.parse_in_process(b"", FileKind.XLSX)
    assert refusal.value.code == "import.parser_stopped"

    def broken(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(worker_process, "_command", lambda _kind: ["true"])
    monkeypatch.setattr("levcheck.importing.worker_process.subprocess.Popen.communicate", broken)
    with pytest.raises(Refusal) as refusal:
        worker_process.parse_in_process(b"", FileKind.XLSX)
    assert refusal.value.code == "import.parser_stopped"


def test_that_unpacked_bytes_are_counted_whatever_was_declared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A library that trusts what an archive says of itself is not to be trusted either."""
    monkeypatch.setattr(gates, "_check_sizes", lambda _sizes: None)
    monkeypatch.setattr(gates, "MAX_UNPACKED_BYTES", 5 * 2**20)
    body = {"a.xml": b" " * (3 * 2**20), "b.bin": b" " * (2 * 2**20)}
    assert list(pass_zip_gate(packed(body))) == ["a.xml"]
    with pytest.raises(Refusal) as refusal:
        pass_zip_gate(packed(body | {"c.bin": b" "}))
    assert refusal.value.code == "import.unpacks_too_large"


def test_that_an_archive_whose_list_of_contents_is_damaged_is_told() -> None:
    content = bytearray(packed({"[Content_Types].xml": b"<Types>" * 99}))
    start = 30 + len("[Content_Types].xml")
    content[start : start + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(Refusal) as refusal:
        sniff(bytes(content))
    assert refusal.value.code == "import.damaged"


def test_that_what_the_process_refuses_is_refused_here() -> None:
    with pytest.raises(Refusal) as refusal:
        worker_process.parse_in_process(workbook()[:-40], FileKind.XLSX)
    assert refusal.value.code == "import.damaged"


def test_that_an_answer_of_a_process_that_died_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "answer"
    whole.write_bytes(pack_refusal("import.encrypted", {}))
    monkeypatch.setattr(
        worker_process, "_command", lambda _kind: ["sh", "-c", f"cat {whole}; exit 3"]
    )
    with pytest.raises(Refusal) as refusal:
        worker_process.parse_in_process(b"", FileKind.XLSX)
    assert refusal.value.code == "import.parser_stopped"
