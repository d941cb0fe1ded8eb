"""The tables compiled to one read-only SQLite file, and the reader over it."""

import hashlib
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from levcheck import assets
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.reference import checks
from levcheck.reference.naming import name_key, symbol_key
from levcheck.reference.tables import SPECS, Line, Row, TableSpec, read_table

# Goes up when the compiled form changes: its columns, or the keys that names and symbols are looked up by.
FORMAT = "3"
SEAL = "sha256.txt"
COMPILED = "compiled"
"""Folder beside the tables where the build puts them in their compiled form; a checkout has none."""
_INDEXES = (
    "CREATE INDEX instruments_symbol ON instruments(symbol_key)",
    "CREATE INDEX instruments_isin ON instruments(isin)",
    "CREATE INDEX instruments_name ON instruments(name_key)",
    "CREATE INDEX instruments_issuer ON instruments(issuer)",
    "CREATE INDEX instruments_id ON instruments(id)",
    "CREATE INDEX holdings_fund ON holdings(fund)",
    "CREATE INDEX themes_member ON themes(member)",
    "CREATE INDEX aliases_alias ON aliases(alias_key)",
    "CREATE INDEX fund_lists_fund ON fund_lists(fund)",
    "CREATE INDEX fund_assets_fund ON fund_assets(fund)",
    "CREATE INDEX listings_symbol ON listings(symbol)",
    "CREATE INDEX collisions_code ON ticker_collisions(code)",
)
# SQLite takes at most 999 values in one question on old builds.
_CHUNK = 500


class Database:
    """Read-only questions to the compiled tables; safe to ask from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.Lock()

    def rows(self, question: str, values: Sequence[str] = ()) -> list[Row]:
        """Return the rows of one question as mappings."""
        with self._lock:
            return [dict(row) for row in self._connection.execute(question, values)]

    def rows_in(
        self, table: str, column: str, values: Iterable[str], order: str = "rowid"
    ) -> list[Row]:
        """Return the rows whose column is one of the values; names come from code, values are bound."""
        wanted = list(dict.fromkeys(values))
        found: list[Row] = []
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ",".join("?" * len(part))
            found += self.rows(
                f"SELECT * FROM {table} WHERE {column} IN ({marks}) ORDER BY {order}",  # noqa: S608
                part,
            )
        return found

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def table_files(folder: Path) -> dict[str, Path]:
    """Return the tables that stand in a folder, by name."""
    return {name: folder / f"{name}.csv" for name in SPECS if (folder / f"{name}.csv").is_file()}


def bundled_database() -> Database:
    """Return the compiled bundled tables, compiling them once per version of the tables.

    Raises:
        LevcheckError: ``reference.bad_table`` or ``reference.damaged`` when a bundled table is not what was shipped.
    """
    folder = assets.asset("reference")
    files = table_files(folder)
    # Every table there is, also those that are read as they are and not compiled.
    digests = {p.stem: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}
    verify_seal(folder, digests)
    stamp = stamp_of(digests)
    shipped = folder.parent / COMPILED / compiled_name(stamp)
    if _is_whole(shipped):
        return _open(shipped)
    try:
        cache = assets.data_folder() / "cache"
        cache.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        # Without a folder of its own the program still works; it only compiles anew each time.
        return Database(_compiled_in_memory(files))
    target = cache / compiled_name(stamp)
    if not _is_whole(target):
        _compile_to(files, target)
    return _open(target)


def stamp_of(digests: Mapping[str, str]) -> str:
    """Return what tells one state of the tables, in one compiled form, from every other."""
    return hashlib.sha256("".join([FORMAT, *sorted(digests.values())]).encode()).hexdigest()[:20]


def compile_tables(folder: Path, out: Path) -> Path:
    """Compile a folder of tables into another folder, with the seal that it is opened by; return the file.

    This is done once when the program is built, so that its first start need not do it.

    Raises:
        LevcheckError: ``reference.bad_table`` or ``reference.damaged``.
    """
    digests = {p.stem: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.csv")}
    verify_seal(folder, digests)
    target = out / compiled_name(stamp_of(digests))
    _compile_to(table_files(folder), target)
    return target


def compiled_name(stamp: str) -> str:
    """Return the name of the compiled form of the tables that a stamp stands for."""
    return f"reference-{stamp}.sqlite"


def _seal_of(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _is_whole(path: Path) -> bool:
    """Return whether a compiled file is what was written: a full disk or a crash may have spoilt it."""
    try:
        told = _seal_of(path).read_text(encoding="ascii", errors="replace").strip()
        return hashlib.sha256(path.read_bytes()).hexdigest() == told
    except OSError:
        return False


def verify_seal(folder: Path, digests: Mapping[str, str]) -> None:
    """Compare the tables with the list of hashes that was shipped beside them.

    Raises:
        LevcheckError: ``reference.damaged`` naming the first table that differs or is gone.
    """
    try:
        text = (folder / SEAL).read_bytes().decode("ascii", "replace")
    except OSError as fault:
        raise LevcheckError("reference.damaged", where=Place(file=SEAL), file=SEAL) from fault
    told = {name: digest for digest, _, name in (ln.partition("  ") for ln in text.splitlines())}
    found = {f"{table}.csv": digest for table, digest in digests.items()}
    for name in sorted(told.keys() | found.keys()):
        if told.get(name) != found.get(name):
            raise LevcheckError("reference.damaged", where=Place(file=name), file=name)
    # The list itself is what was shipped to the last byte, apart from the line ends of another system.
    written = "".join(f"{found[name]}  {name}\n" for name in sorted(found))
    if text.replace("\r\n", "\n") != written:
        raise LevcheckError("reference.damaged", where=Place(file=SEAL), file=SEAL)


def _open(path: Path) -> Database:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return Database(sqlite3.connect(address, uri=True, check_same_thread=False))


def _compile_to(files: Mapping[str, Path], target: Path) -> None:
    """Compile beside the target and put it in place at once, so that no reader sees half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        try:
            fill(connection, files)
        finally:
            connection.close()
        Path(name).chmod(0o600)
        digest = hashlib.sha256(Path(name).read_bytes()).hexdigest()
        # The seal first: a file without its own seal is compiled anew, a seal without its file is nothing.
        _seal_of(target).touch(mode=0o600)
        _seal_of(target).write_text(digest, encoding="ascii")
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in target.parent.glob("reference-*"):
        if old.stem != target.stem:
            _forget(old)


def _forget(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        # Another window may still read it; it is removed next time.
        return


def _compiled_in_memory(files: Mapping[str, Path]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    fill(connection, files)
    return connection


def fill(connection: sqlite3.Connection, files: Mapping[str, Path]) -> None:
    """Check the tables and write them into an empty database.

    Raises:
        LevcheckError: ``reference.bad_table`` at the first row that breaks a rule.
    """
    read: dict[str, list[Line]] = {}
    for name, path in files.items():
        lines, _ = read_table(path, SPECS[name])
        checks.check_rows(path, SPECS[name], lines, strict=True)
        read[name] = lines
    check_together(files, read)
    connection.execute("PRAGMA journal_mode = OFF")
    for name, spec in SPECS.items():
        _write(connection, spec, read.get(name, []))
    for statement in _INDEXES:
        connection.execute(statement)
    connection.commit()


def check_together(files: Mapping[str, Path], read: Mapping[str, list[Line]]) -> None:
    """Check what only several tables together can show: multiples, weights, and ids that must exist.

    Raises:
        LevcheckError: ``reference.bad_table`` at the first broken row.
    """
    instruments = read.get("instruments", [])
    if not instruments:
        return
    exceptions = {
        line.row["instrument"]: float(line.row["daily_leverage_factor"])
        for line in read.get("multiple_exceptions", [])
    }
    checks.check_multiples(files["instruments"], instruments, exceptions)
    known = {line.row["id"] for line in instruments}
    kinds = {line.row["id"]: line.row["kind"] for line in instruments}
    coverage = {line.row["fund"]: line.row["coverage"] for line in read.get("fund_lists", [])}
    if "holdings" in read:
        checks.check_weights(files["holdings"], read["holdings"], coverage, kinds, strict=True)
    for name, columns in _LINKS.items():
        if name in read:
            checks.check_links(files[name], read[name], columns, known)


_LINKS = {
    "instruments": ("issuer", "underlying"),
    "holdings": ("fund", "constituent"),
    "fund_lists": ("fund",),
    "themes": ("member",),
    "capital_stacks": ("issuer",),
    "fund_assets": ("fund",),
    "aliases": ("instrument",),
    "proxies": ("fund", "stands_on"),
    "multiple_exceptions": ("instrument",),
    "listings": ("instrument",),
}


def _write(connection: sqlite3.Connection, spec: TableSpec, lines: list[Line]) -> None:
    columns = [*spec.columns]
    extra: list[str] = []
    if spec.name == "instruments":
        extra = ["symbol_key", "name_key"]
    elif spec.name == "aliases":
        extra = ["alias_key"]
    names = ", ".join(f'"{column}" TEXT' for column in [*columns, *extra])
    connection.execute(f"CREATE TABLE {spec.name} ({names})")
    marks = ",".join("?" * (len(columns) + len(extra)))
    values = (
        [line.row[column] for column in columns] + _keys(spec.name, line.row) for line in lines
    )
    connection.executemany(f"INSERT INTO {spec.name} VALUES ({marks})", values)  # noqa: S608  # names from SPECS


def _keys(table: str, row: Row) -> list[str]:
    if table == "instruments":
        return [symbol_key(row["symbol"] or row["id"].rsplit(".", 1)[0]), name_key(row["name"])]
    if table == "aliases":
        return [alias_key(row["alias"])]
    return []


def alias_key(text: str) -> str:
    """Return an alias in the form it is looked up by: no blanks, upper case.

    >>> alias_key("SK하이닉스 "), alias_key("brk b")
    ('SK하이닉스', 'BRKB')
    """
    return "".join(text.upper().split())
