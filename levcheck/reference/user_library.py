"""Adding to the user's own library and taking out of it; nothing in it is ever overwritten."""

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from levcheck.domain.diagnostics import Diagnostic, LevcheckError
from levcheck.domain.instrument import Kind
from levcheck.reference import tables
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.fund_lists import FundList, resolve
from levcheck.reference.holdings_files.reading import read_holdings_file
from levcheck.reference.tables import CURRENCY_OF_MARKET, SPECS, read_table
from levcheck.reference.user_datasets import FACTS, Dataset, datasets, library_folder

__all__ = [
    "Added",
    "Dataset",
    "add",
    "datasets",
    "discard",
    "library_folder",
    "remove",
    "table_of",
    "write_dataset",
]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding some files gave."""

    datasets: tuple[Dataset, ...]
    diagnostics: tuple[Diagnostic, ...]


def add(
    files: Sequence[Path],
    catalogue: Catalogue,
    *,
    fund: str | None = None,
    as_of: str | None = None,
) -> Added:
    """Keep holdings files, filings and tables in the user's library.

    Every file is read and checked before anything is written, so that a bad one leaves the library as it was.

    Args:
        files: what was dropped.
        catalogue: recognises funds and lines.
        fund: id or ticker, where a single file does not name its fund.
        as_of: ISO date, where a file does not say.

    Raises:
        LevcheckError: a file cannot be used, or does not say which fund or day it is about.
    """
    prepared: list[tuple[Path, FundList | tables.TableSpec]] = []
    for path in files:
        spec = table_of(path)
        if spec is not None:
            _check_table(path, spec, catalogue)
            prepared.append((path, spec))
            continue
        prepared += [
            (path, resolve(one, catalogue, fund=fund, as_of=as_of))
            for one in read_holdings_file(path)
        ]
    kept: list[Dataset] = []
    notes: list[Diagnostic] = []
    for path, one in prepared:
        if isinstance(one, FundList):
            kept.append(_keep_list(path, one))
            notes += one.diagnostics
        else:
            kept.append(_keep_table(path, one))
    return Added(tuple(kept), tuple(notes))


def table_of(path: Path) -> tables.TableSpec | None:
    """Return which of the contract's tables a file is: by its name, or by having every one of its columns."""
    if path.suffix.lower() != ".csv":
        return None
    if path.stem in SPECS and not _has_other_header(path, SPECS[path.stem]):
        return SPECS[path.stem]
    header = _header(path)
    for spec in SPECS.values():
        wanted = set(spec.columns)
        if len(wanted) >= 4 and wanted <= header:
            return spec
    return None


def _header(path: Path) -> set[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {cell.strip() for cell in next(csv.reader(stream), [])}
    except (OSError, UnicodeDecodeError, csv.Error):
        return set()


def _has_other_header(path: Path, spec: tables.TableSpec) -> bool:
    """Return whether a file only shares a table's name: an issuer's file may well be called holdings.csv."""
    return len(_header(path) & set(spec.columns)) * 2 < len(spec.columns) - 1


def _check_table(path: Path, spec: tables.TableSpec, catalogue: Catalogue) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(path, Path(folder) / f"{spec.name}.csv")
        catalogue.with_overlay(Path(folder))


def _keep_table(path: Path, spec: tables.TableSpec) -> Dataset:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    lines, _ = read_table(path, spec)
    facts = Dataset(
        id=f"{spec.name}__{digest}",
        fund=None,
        as_of=None,
        file=path.name,
        rows=len(lines),
        weight_sum=None,
        coverage="table",
        reader=spec.name,
    )
    rows = [line.row for line in lines]
    write_dataset(facts, {spec.name: rows})
    return facts


def _keep_list(path: Path, one: FundList) -> Dataset:
    digest = hashlib.sha256(path.read_bytes() + one.fund.encode()).hexdigest()[:8]
    safe = "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in one.fund)
    source = one.source
    multiple = source.daily_multiple
    facts = Dataset(
        id=f"{safe}__{one.as_of}__{digest}",
        fund=one.fund,
        as_of=one.as_of,
        file=path.name,
        rows=len(source.counted),
        weight_sum=round(source.weight_sum, 6),
        coverage=one.coverage,
        reader=source.reader,
        daily_multiple=None if multiple is None else round(multiple, 4),
        long=round(source.long, 6),
        short=round(source.short, 6),
        is_swap_basket=source.is_swap_basket,
    )
    said = f"{source.reader}: {path.name}"
    holdings = [
        {
            "fund": one.fund,
            "constituent": member.instrument,
            "weight": f"{member.weight:.8g}",
            "as_of": one.as_of,
            "source": said,
        }
        for member in one.members
    ]
    lists = [{"fund": one.fund, "coverage": one.coverage, "as_of": one.as_of, "source": said}]
    write_dataset(
        facts,
        {"holdings": holdings, "fund_lists": lists, "instruments": _new_instruments(one, said)},
    )
    return facts


def _new_instruments(one: FundList, said: str) -> list[dict[str, str]]:
    """Return rows for lines and a fund that no table describes, so that they have a name on screen."""
    rows = []
    for member in one.members:
        if member.is_new:
            market = member.instrument.rsplit(".", 1)[-1]
            kind = (member.kind or Kind.COMMON).value
            rows.append(
                {
                    "id": member.instrument,
                    "symbol": member.instrument.rsplit(".", 1)[0],
                    "name": member.name,
                    "kind": kind,
                    "currency": CURRENCY_OF_MARKET.get(market, ""),
                    "country": market if market in CURRENCY_OF_MARKET else "",
                    "daily_leverage_factor": "1.0",
                    "asset_class": {"bond": "bond", "cash": "cash", "index": "index_equity"}.get(
                        kind, "equity"
                    ),
                    "as_of": one.as_of,
                    "source": said,
                }
            )
    if one.is_new_fund:
        kind = (
            "etf"
            if one.underlying is None
            else "leveraged_fund"
            if one.factor > 0
            else "inverse_fund"
        )
        rows.append(
            {
                "id": one.fund,
                "symbol": one.fund.rsplit(".", 1)[0],
                "name": one.fund_name,
                "kind": kind,
                "currency": CURRENCY_OF_MARKET.get(one.fund.rsplit(".", 1)[-1], ""),
                "underlying": one.underlying or "",
                "daily_leverage_factor": f"{one.factor:g}",
                "asset_class": "index_equity",
                "as_of": one.as_of,
                "source": said,
            }
        )
    return rows


def write_dataset(facts: Dataset, content: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """Write a dataset's folder whole or not at all; the same file twice is one dataset.

    Raises:
        LevcheckError: ``reference.library_not_writable``.
    """
    root = library_folder()
    target = root / facts.id
    if target.is_dir():
        return
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".part-") as name:
            part = Path(name) / "dataset"
            part.mkdir(mode=0o700)
            for table, rows in content.items():
                _write_table(part / f"{table}.csv", SPECS[table].columns, rows)
            plain = {key: getattr(facts, key) for key in Dataset.__slots__ if key != "id"}
            (part / FACTS).write_text(json.dumps(plain, indent=1), encoding="utf-8")
            part.replace(target)
    except OSError as fault:
        reason = fault.strerror or "it cannot be written"
        raise LevcheckError("reference.library_not_writable", reason=reason) from fault


def _write_table(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, list(columns), restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)


# --- removing --------------------------------------------------------------------------------------------


def remove(identifier: str) -> tuple[str, ...]:
    """Take a dataset, or everything about a fund or instrument, out of the library.

    Args:
        identifier: a dataset's id, or the instrument id of a fund with a list or of something overridden.

    Returns:
        The ids of what was removed.

    Raises:
        LevcheckError: ``reference.not_in_library`` when there is no such thing.
    """
    wanted = identifier.strip()
    gone = [one.id for one in datasets() if wanted in {one.id, one.fund, one.instrument}]
    if not gone:
        raise LevcheckError("reference.not_in_library", what=wanted)
    discard(gone)
    return tuple(gone)


def discard(gone: Iterable[str]) -> None:
    """Take datasets out of the library by their ids.

    Raises:
        LevcheckError: ``reference.library_not_writable``.
    """
    root = library_folder()
    try:
        for name in gone:
            # First out of sight in one step: a crash in between leaves no half of it that would be read.
            part = Path(tempfile.mkdtemp(dir=root, prefix=".part-"))
            (root / name).replace(part / name)
            shutil.rmtree(part)
    except OSError as fault:
        reason = fault.strerror or "it cannot be written"
        raise LevcheckError("reference.library_not_writable", reason=reason) from fault
