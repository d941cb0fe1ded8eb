"""Workloads of the edges that read and keep: workbooks, text files, the library, sessions."""

import csv
import hashlib
import io
import os
import sqlite3
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from levcheck.bench.measuring import Contender, Goal, Growth, Workload, grown, repeated, timed
from levcheck.bench.setting import Setting


def _nothing() -> None:
    """Prepare nothing."""


def _read(path: Path) -> object:
    from levcheck.importing import read_positions

    return read_positions(path)


def _workbook(setting: Setting) -> Path:
    from levcheck.bench.made_up import table_rows, write_workbook

    path = setting.folder / f"positions_{setting.sizes.workbook_rows}.xlsx"
    if not path.exists():
        write_workbook(path, table_rows(setting.sizes.workbook_rows, setting.seed))
    return path


def _text(setting: Setting, rows: int) -> Path:
    from levcheck.bench.made_up import table_rows, write_csv

    path = setting.folder / f"positions_{rows}.csv"
    if not path.exists():
        write_csv(path, table_rows(rows, setting.seed))
    return path


def read_workbook(setting: Setting) -> Workload:
    """The whole import of a workbook: worker process, headings, every row, totals."""
    path = _workbook(setting)

    def by_pandas(_: None) -> object:
        import pandas as pd

        return pd.read_excel(path, engine="openpyxl")

    def by_calamine(_: None) -> object:
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    return Workload(
        "read-workbook",
        f"import a workbook of {setting.sizes.workbook_rows:,} x 10: worker, headings, rows, totals",
        timed("whole import", lambda _: _read(path), _nothing),
        timed("pandas.read_excel with openpyxl", by_pandas, _nothing),
        timed("calamine, cells only", by_calamine, _nothing),
        Goal(faster=2.5),
        setting.sizes.rounds,
    )


def parse_workbook(setting: Setting) -> Workload:
    """Cells of a workbook, error cells and number formats included."""
    path = _workbook(setting)
    content = path.read_bytes()

    def ours(_: None) -> object:
        from levcheck.importing.sniffing import FileKind
        from levcheck.importing.workbooks import parse_workbook as parse

        return parse(content, FileKind.XLSX)

    def by_openpyxl(_: None) -> object:
        import openpyxl

        sheet: Any = openpyxl.load_workbook(io.BytesIO(content), data_only=True).active
        return list(sheet.iter_rows(values_only=True))

    def unpack(_: None) -> object:
        archive = zipfile.ZipFile(io.BytesIO(content))
        return [archive.read(name) for name in archive.namelist()]

    return Workload(
        "parse-workbook",
        f"cells of a workbook of {setting.sizes.workbook_rows:,} x 10, error cells and formats reported",
        timed("parse_workbook", ours, _nothing),
        timed("openpyxl", by_openpyxl, _nothing),
        timed("unzip only", unpack, _nothing),
        Goal(faster=12.0),
        setting.sizes.rounds,
    )


def read_text(setting: Setting) -> Workload:
    """The whole import of a long text file."""
    path = _text(setting, setting.sizes.text_rows)

    def by_script(_: None) -> object:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row in rows:
            for name in ("Quantity", "Price", "Market value", "Cost basis"):
                float(row[name])
        return rows

    def cells(_: None) -> object:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    return Workload(
        "read-text",
        f"import {setting.sizes.text_rows:,} lines of text with commas",
        timed("whole import", lambda _: _read(path), _nothing),
        timed("csv.DictReader and float()", by_script, _nothing),
        timed("csv.reader, cells only", cells, _nothing),
        rounds=setting.sizes.rounds,
    )


def resolve_lines(setting: Setting) -> Workload:
    """Lines of a portfolio recognised by a library that has not been asked before."""
    from levcheck.bench.made_up import portfolio_of_symbols
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.matching import match_all

    rows = setting.catalogue.instruments(one for one, _ in setting.catalogue.names)
    symbols = [row.symbol for row in rows.values() if row.symbol]
    step = max(1, len(symbols) // setting.sizes.lines)
    symbols = symbols[::step][: setting.sizes.lines]
    positions = portfolio_of_symbols(symbols, setting.seed).positions
    by_symbol = {row.symbol: row.id for row in rows.values()}

    def table() -> Any:
        import pandas as pd

        return pd.DataFrame({"symbol": [row.symbol for row in rows.values()], "id": list(rows)})

    frame = table()

    def by_pandas(_: None) -> object:
        return [frame[frame["symbol"] == symbol] for symbol in symbols]

    def by_dict() -> object:
        return [by_symbol.get(symbol) for symbol in symbols]

    return Workload(
        "resolve-lines",
        f"recognise {len(positions)} lines among {len(rows):,} instruments, library asked for the first time",
        timed(
            "match_all",
            lambda catalogue: match_all(positions, catalogue, base_currency="USD"),
            Catalogue.bundled,
        ),
        timed("pandas, one comparison of the column a line", by_pandas, _nothing),
        repeated("one dict look-up a line", by_dict),
        rounds=setting.sizes.rounds,
    )


def open_library(setting: Setting) -> Workload:
    """The bundled library opened, its seal checked."""
    from levcheck.assets import asset
    from levcheck.reference.catalogue import Catalogue

    folder = asset("reference")
    files = sorted(folder.glob("*.csv"))
    Catalogue.bundled()  # compiled once for each version of the tables, which is not what is measured

    def by_pandas(_: None) -> object:
        import pandas as pd

        return [pd.read_csv(path, dtype=str) for path in files]

    def bare() -> None:
        for path in files:
            hashlib.sha256(path.read_bytes()).digest()
        sqlite3.connect(":memory:").close()

    return Workload(
        "open-library",
        "open the bundled library, its seal checked",
        timed("Catalogue.bundled", lambda _: Catalogue.bundled().snapshot, _nothing),
        timed("pandas.read_csv of its tables", by_pandas, _nothing),
        repeated("hash the files", bare),
        rounds=setting.sizes.rounds,
    )


def _session(setting: Setting) -> Any:
    from levcheck.app.session import new_session
    from levcheck.importing import read_positions

    return new_session([read_positions(_text(setting, setting.sizes.session_rows))])


def save_session(setting: Setting) -> Workload:
    """A session written, read back to be sure, and put in place of the old file."""
    from levcheck.app.session_files import write_session

    session = _session(setting)
    path = setting.folder / "saved.levcheck"
    write_session(path, session)
    content = path.read_bytes()
    table = _frame(setting)

    def durable(_: None) -> None:
        with (setting.folder / "plain.levcheck").open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    return Workload(
        "save-session",
        f"save a session of {setting.sizes.session_rows:,} lines: written, read back, put in place",
        timed("write_session", lambda _: write_session(path, session), _nothing),
        timed(
            "pandas to_excel of the same lines",
            lambda _: table.to_excel(setting.folder / "saved.xlsx"),
            _nothing,
        ),
        timed("the same bytes to disk", durable, _nothing),
        rounds=setting.sizes.rounds,
    )


def load_session(setting: Setting) -> Workload:
    """A saved session opened, its checksum compared."""
    from levcheck.app.session_files import open_session, write_session

    path = setting.folder / "loaded.levcheck"
    write_session(path, _session(setting))
    table = setting.folder / "loaded.xlsx"
    _frame(setting).to_excel(table)

    def by_pandas(_: None) -> object:
        import pandas as pd

        return pd.read_excel(table, engine="openpyxl")

    return Workload(
        "load-session",
        f"open a session of {setting.sizes.session_rows:,} lines, its checksum compared",
        timed("open_session", lambda _: open_session(path), _nothing),
        timed("pandas.read_excel of the same lines", by_pandas, _nothing),
        timed("read and hash", lambda _: hashlib.sha256(path.read_bytes()).digest(), _nothing),
        rounds=setting.sizes.rounds,
    )


def _frame(setting: Setting) -> Any:
    import pandas as pd

    from levcheck.bench.made_up import HEADINGS, table_rows

    rows = table_rows(setting.sizes.session_rows, setting.seed)
    return pd.DataFrame(rows, columns=list(HEADINGS))


def growth_of_reading(setting: Setting) -> Growth:
    """How the import of text grows with its lines."""

    def contender(size: int) -> Contender:
        path = _text(setting, size)
        return timed("whole import", lambda _: _read(path), _nothing, clock=time.process_time)

    return grown(
        "growth-reading",
        "import of a text file, by lines",
        setting.sizes.growth_lines,
        contender,
    )


WORKLOADS: Mapping[str, Callable[[Setting], Workload]] = {
    "read-workbook": read_workbook,
    "parse-workbook": parse_workbook,
    "read-text": read_text,
    "resolve-lines": resolve_lines,
    "open-library": open_library,
    "save-session": save_session,
    "load-session": load_session,
}
GROWTHS: Mapping[str, Callable[[Setting], Growth]] = {"growth-reading": growth_of_reading}
