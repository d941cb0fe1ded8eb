"""What the user's own library holds, and the overlay made of it.

It lies in the folder ``library`` of the data folder. Each list is a folder of the contract's tables with a small
``dataset.json``; each dropped table is a folder of its own. Per fund the newest list of the best coverage is used.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from levcheck import assets
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.reference import tables
from levcheck.reference.overlay import Overlay, list_of, read_overlay
from levcheck.reference.tables import SPECS, Row, read_table

if TYPE_CHECKING:
    from levcheck.domain.instrument import FundHoldings, Instrument

NAME = "library"
FACTS = "dataset.json"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One thing the user added.

    Attributes:
        id: its folder's name.
        fund: instrument id of the list; None for tables.
        as_of: ISO date; None for tables.
        file: name of the file it came from.
        rows: securities and contracts, or rows of the table.
        weight_sum: sum of the weights as the file states them; None for tables.
        coverage: ``full``, ``partial`` or ``table``.
        reader: which reader took it.
        daily_multiple: rebuilt from swaps and futures; None where the file shows none.
        long: long exposure, fraction of net assets.
        short: short exposure, negative.
        is_swap_basket: listed lines are collateral; the list is kept but not looked through with.
        instrument: instrument id the user said something about himself; None for lists and tables.
        counts: whether it is laid over the library; False = kept, but put aside.
    """

    id: str
    fund: str | None
    as_of: str | None
    file: str
    rows: int
    weight_sum: float | None
    coverage: str
    reader: str
    daily_multiple: float | None = None
    long: float | None = None
    short: float | None = None
    is_swap_basket: bool = False
    instrument: str | None = None
    counts: bool = True


def library_folder() -> Path:
    """Return the folder of the user's library; it may not exist yet.

    Raises:
        OSError: the data folder cannot be made.
    """
    return assets.data_folder() / NAME


def datasets() -> tuple[Dataset, ...]:
    """Return everything the user added, by fund, newest first."""
    folder = library_folder()
    if not folder.is_dir():
        return ()
    found = [
        one for one in (_facts_of(path) for path in sorted(folder.iterdir())) if one is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.fund or "", one.as_of or "", one.id)))


def _facts_of(path: Path) -> Dataset | None:
    try:
        facts = json.loads((path / FACTS).read_text(encoding="utf-8"))
        return Dataset(id=path.name, **facts)
    except (OSError, ValueError, TypeError):
        # A folder that is not ours, or half of one that a full disk left behind.
        return None


def chosen_datasets() -> tuple[Dataset, ...]:
    """Return the lists in use: per fund one."""
    return tuple(_chosen(datasets()))


def user_overlay() -> Overlay | None:
    """Return the user's library as one overlay; None when he has none.

    Per fund the newest list of the best coverage is taken. A dataset that can no longer be read is left out and told.
    """
    kept = tuple(one for one in datasets() if one.counts)
    if not kept:
        return None
    instruments: dict[str, Instrument] = {}
    lists: dict[str, FundHoldings] = {}
    rows: dict[str, list[Row]] = {}
    notes: list[Diagnostic] = []
    parts: list[Overlay] = []
    for one in [*_chosen(kept), *(other for other in kept if other.fund is None)]:
        folder = library_folder() / one.id
        try:
            part = _list_overlay(folder) if one.fund else read_overlay(folder, {})
        except (LevcheckError, OSError, ValueError, KeyError):
            facts = {"file": one.file}
            notes.append(
                Diagnostic(
                    "reference.dataset_damaged", Severity.WARNING, Place(file=one.file), facts
                )
            )
            continue
        parts.append(part)
    for part in parts:
        # What a person wrote in a table of his own says more than what a list only names.
        instruments |= part.instruments
        lists |= part.holdings
        for table, content in part.rows.items():
            rows.setdefault(table, []).extend(content)
        notes += part.diagnostics
    return Overlay(
        NAME,
        instruments,
        lists,
        {},
        {table: tuple(content) for table, content in rows.items()},
        tuple(notes),
    )


def _chosen(kept: Iterable[Dataset]) -> list[Dataset]:
    """Return the list to use per fund: full before partial, then the newest, then the largest."""
    best: dict[str, Dataset] = {}

    def rank(one: Dataset) -> tuple[bool, str, int, str]:
        return one.coverage == "full", one.as_of or "", one.rows, one.id

    for one in kept:
        if one.fund is None or one.is_swap_basket:
            continue
        if one.fund not in best or rank(one) > rank(best[one.fund]):
            best[one.fund] = one
    return list(best.values())


def _list_overlay(folder: Path) -> Overlay:
    """Read a list's folder; its weights were checked when it was added."""
    holdings = [line.row for line in read_table(folder / "holdings.csv", SPECS["holdings"])[0]]
    stated = {
        line.row["fund"]: line.row["coverage"]
        for line in read_table(folder / "fund_lists.csv", SPECS["fund_lists"])[0]
    }
    described = read_table(folder / "instruments.csv", SPECS["instruments"])[0]
    instruments = {
        line.row["id"]: tables.instrument_from(line.row, overridden=True) for line in described
    }
    fund = next(iter(stated))
    return Overlay(
        folder.name,
        instruments,
        {fund: list_of(fund, list(holdings), stated[fund], overridden=True)} if holdings else {},
    )
