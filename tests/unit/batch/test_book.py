"""A book: ranked rows, failures told, the same answer from one process and from two, interrupted runs go on."""

import json
import multiprocessing
import os
import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook  # noqa: TID253

from levcheck.app.recognition import recogniser_for
from levcheck.batch.book import BookOptions, Row, analyse_book, files_of, ranked
from levcheck.batch.journal import Journal
from levcheck.batch.questions import Question, read_questions, scenarios_of
from levcheck.batch.tables import write_book, write_rows
from levcheck.batch.working import FileResult, Worker
from levcheck.domain.diagnostics import LevcheckError

HEADER = "Symbol,Description,Quantity,Price,Market Value,Currency\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients").mkdir()
    for name, line in {
        "anna.csv": "NVDA,NVIDIA CORP,10,100,1000,USD\nBND,VANGUARD TOTAL BOND MARKET,10,100,1000,USD\n",
        "ben.csv": "NVDL,GRANITESHARES 2X LONG NVDA,10,100,1000,USD\n",
        "empty.csv": "",
    }.items():
        (tmp_path / "clients" / name).write_text(HEADER + line if line else "", encoding="utf-8")
    (tmp_path / "clients" / "~$anna.xlsx").write_bytes(b"lock")
    return tmp_path / "clients"


def test_that_the_largest_bet_stands_first_and_failures_last(folder: Path) -> None:
    rows = analyse_book(files_of([folder]), BookOptions(("ai-chips-minus-30",))).rows
    assert rows[0]["file"] == "ben.csv"
    assert rows[0]["share_of_equity"] == pytest.approx(2.0)
    assert [row["file"] for row in rows if row["status"] != "done"] == ["empty.csv"]
    assert "empty" in str(rows[-1]["message"])
    assert "ai-chips-minus-30 pnl" in rows[0]


def test_that_two_processes_give_the_same_book_as_one(folder: Path) -> None:
    files = files_of([folder])
    assert analyse_book(files, BookOptions(workers=2)) == analyse_book(files, BookOptions())


def test_that_an_interrupted_run_goes_on_where_it_stopped(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, journal = files_of([folder]), tmp_path / "journal"
    whole = analyse_book(files, BookOptions(), journal=journal)
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    lines = journal.read_text(encoding="utf-8").splitlines()
    journal.write_text("\n".join(lines[:2]) + '\n{"half', encoding="utf-8")
    read: list[str] = []
    original = Worker.result

    def counted(self: Worker, file: Path) -> FileResult:
        read.append(file.name)
        return original(self, file)

    monkeypatch.setattr(Worker, "result", counted)
    assert analyse_book(files, BookOptions(), journal=journal) == whole
    assert len(read) == 1
    assert json.loads(lines[0])["rows"]


def test_that_another_question_reads_everything_again(folder: Path, tmp_path: Path) -> None:
    files, journal = files_of([folder]), tmp_path / "journal"
    analyse_book(files, BookOptions(), journal=journal)
    rows = analyse_book(files, BookOptions(("melt-up",)), journal=journal).rows
    assert all("melt-up pnl" in row for row in rows if row["status"] == "done")


def test_that_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    rows: list[Row] = [{"file": "=HYPERLINK(1)", "net": -4.5}, {"file": "@x", "net": None}]
    write_rows(tmp_path / "a.csv", rows)
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["file,net", "'=HYPERLINK(1),-4.5", "'@x,"]
    write_rows(tmp_path / "a.xlsx", rows)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -4.5


def test_that_an_unknown_ending_or_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        write_rows(tmp_path / "a.doc", [])
    assert caught.value.code == "batch.unknown_format"
    with pytest.raises(LevcheckError):
        files_of([tmp_path / "missing"])


def test_that_the_order_never_depends_on_timing() -> None:
    rows: list[Row] = [
        {"status": "done", "share_of_equity": share, "folder": "", "file": file, "theme": "t"}
        for share, file in ((0.1, "b"), (-0.5, "c"), (0.1, "a"))
    ]
    assert [row["file"] for row in ranked(rows)] == ["c", "a", "b"]
    assert ranked(rows) == ranked(rows[::-1])


def test_that_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    for client in ("anna", "ben"):
        (tmp_path / client).mkdir()
        (tmp_path / client / "positions.csv").write_text(
            HEADER + "NVDA,NVIDIA CORP,10,100,1000,USD\n"
        )
    book = analyse_book(files_of([tmp_path]), BookOptions(), journal=tmp_path / "journal")
    assert {row["folder"] for row in book.rows} == {"anna", "ben"}
    assert book.path_of(book.rows[0]).is_file()
    assert len((tmp_path / "journal").read_text(encoding="utf-8").splitlines()) == 2


def asked(*texts: str) -> tuple[Question, ...]:
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.scenario_files import load_scenarios

    catalogue = Catalogue.bundled()
    recognise = recogniser_for(catalogue, base_currency="USD")
    return read_questions(texts, catalogue, recognise, [s.id for s in load_scenarios()])


@pytest.fixture
def indebted(tmp_path: Path) -> Path:
    """Three clients: a calm one, one with debt close to the limit, one with daily-reset funds bought on dates."""
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "calm.csv").write_text(
        HEADER
        + "BND,VANGUARD TOTAL BOND MARKET,90,100,9000,USD\nNVDA,NVIDIA CORP,10,100,1000,USD\n"
    )
    (folder / "debt.csv").write_text(
        HEADER + "NVDA,NVIDIA CORP,100,100,10000,USD\nCash,Cash & Cash Investments,,,-6000,USD\n"
    )
    (folder / "dated.csv").write_text(
        "Symbol,Description,Quantity,Price,Market Value,Currency,Purchase Date\n"
        "TQQQ,PROSHARES ULTRAPRO QQQ,10,100,1000,USD,2026-01-15\n"
        "NVDL,GRANITESHARES 2X LONG NVDA,10,100,1000,USD,2026-06-20\n"
        "SOXL,DIREXION DAILY SEMICONDUCTOR BULL 3X,10,100,1000,USD,\n"
        "BND,VANGUARD TOTAL BOND MARKET,10,100,1000,USD,2020-01-01\n"
    )
    return folder


def test_that_the_book_is_asked_who_holds_too_much_of_one_thing(indebted: Path) -> None:
    questions = asked("over:NVDA=25%", "over:ai-chips=0.5")
    assert [q.target for q in questions] == ["NVDA.US", "theme:ai-chips"]
    book = analyse_book(files_of([indebted]), BookOptions(questions=questions, today="2026-06-30"))
    first = [row for row in book.answers if row["question"] == "over:NVDA=25%"]
    assert [row["file"] for row in first] == ["debt.csv", "dated.csv"]
    assert first[0]["size"] == pytest.approx(2.5)
    assert first[0]["amount"] == pytest.approx(10_000)
    whole = {(r["file"], r["theme"]): r["share_of_equity"] for r in book.rows}
    for row in book.answers:
        if row["question"] == "over:ai-chips=0.5":
            assert row["size"] == whole[row["file"], "ai-chips"]


def test_that_the_book_is_asked_who_would_be_called(indebted: Path) -> None:
    questions = asked("margin-call:ai-chips-minus-30")
    options = BookOptions(scenarios_of(questions), questions=questions)
    answers = analyse_book(files_of([indebted]), options).answers
    assert [(row["file"], row["answer"]) for row in answers] == [("debt.csv", "yes")]
    # 10,000 of shares fall by 30 %: 7,000, less 6,000 owed, against a quarter of 7,000.
    assert answers[0]["size"] == pytest.approx(0.25 * 7_000 - 1_000, abs=1.0)


def test_that_the_book_is_asked_who_holds_daily_reset_funds_for_long(indebted: Path) -> None:
    options = BookOptions(questions=asked("held-longer:30"), today="2026-06-30")
    answers = analyse_book(files_of([indebted]), options).answers
    told = [(row["position"], row["answer"], row["size"]) for row in answers]
    assert told == [("TQQQ", "yes", 166.0), ("SOXL", "unknown", None)]


@pytest.mark.parametrize("text", ["over:NVDA", "over:NVDA=", "margin-call:none", "held-longer:x", "rich:NVDA=1"])  # fmt: skip
def test_that_a_question_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(LevcheckError) as caught:
        asked(text)
    assert caught.value.code in {"batch.bad_question", "batch.unknown_scenario"}


def test_that_answers_have_sheets_of_their_own_and_a_file_beside_a_csv(
    indebted: Path, tmp_path: Path
) -> None:
    questions = asked("over:NVDA=25%", "held-longer:30")
    book = analyse_book(files_of([indebted]), BookOptions(questions=questions, today="2026-06-30"))
    assert write_book(tmp_path / "b.xlsx", book.rows, book.answers) == (tmp_path / "b.xlsx",)
    sheets = load_workbook(tmp_path / "b.xlsx").sheetnames
    assert sheets == ["Book", "1 over NVDA 25", "2 held-longer 30"]
    written = write_book(tmp_path / "b.csv", book.rows, book.answers)
    assert [path.name for path in written] == ["b.csv", "b.answers.csv"]
    assert "held-longer:30" in (tmp_path / "b.answers.csv").read_text(encoding="utf-8-sig")


def test_that_parquet_holds_the_same_rows(folder: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with levcheck[cluster]")
    rows = analyse_book(files_of([folder]), BookOptions()).rows
    write_rows(tmp_path / "a.parquet", rows)
    back = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["file"] for row in back] == [row["file"] for row in rows]
    assert [row["net"] for row in back] == [row["net"] for row in rows]


def test_that_a_process_that_dies_takes_only_its_own_file_with_it(
    folder: Path, tmp_path: Path
) -> None:
    """The pool is broken from outside, once, while it works; every file is a row all the same."""
    for number in range(6):
        (folder / f"more{number}.csv").write_text(HEADER + "NVDA,NVIDIA CORP,10,100,1000,USD\n")
    files = files_of([folder])
    killed: list[int] = []

    def kill_one(done: int, _of: int) -> None:
        if done == 2 and not killed:
            children = multiprocessing.active_children()
            killed.append(len(children))
            children[0].kill()

    book = analyse_book(files, BookOptions(workers=2), progress=kill_one)
    assert killed == [2]
    assert book.rows == analyse_book(files, BookOptions()).rows


@pytest.mark.skipif(os.name == "nt", reason="links and owners as POSIX has them")
def test_that_a_journal_laid_there_by_somebody_else_is_neither_read_nor_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, path = tmp_path / "victim", tmp_path / ".out.csv.journal"
    victim.write_text("mine", encoding="utf-8")
    path.symlink_to(victim)
    for _ in ("a link", "another user"):
        with pytest.raises(LevcheckError) as caught:
            Journal(path, BookOptions())
        assert caught.value.code == "batch.foreign_journal"
        path.unlink()
        path.write_text("{}", encoding="utf-8")
        monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert victim.read_text(encoding="utf-8") == "mine"


def test_that_a_journal_with_lines_of_another_shape_counts_as_empty(tmp_path: Path) -> None:
    source, path = tmp_path / "a.csv", tmp_path / "journal"
    source.write_text("x", encoding="utf-8")
    journal = Journal(path, BookOptions())
    journal.write(source, FileResult([]))
    whole = path.read_text(encoding="utf-8")
    hostile = [
        "[]",
        "7",
        "{}",
        "[" * 100_000,
        whole.replace('"rows": []', '"rows": 7').strip(),
        "\0",
    ]
    path.write_text("\n".join(hostile) + "\n" + whole, encoding="utf-8")
    assert Journal(path, BookOptions()).known(source) == FileResult([])
    path.write_text("\n".join(hostile), encoding="utf-8")
    assert Journal(path, BookOptions()).known(source) is None


def test_that_a_journal_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LevcheckError) as caught:
        analyse_book(files_of([folder]), BookOptions(), journal=tmp_path / "none" / "journal")
    assert caught.value.code == "storage.not_writable"
    assert dict(caught.value.args_map) == {
        "file": "journal",
        "reason": "No such file or directory",
    }
