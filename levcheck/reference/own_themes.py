"""What the user says about bets as tables: laid over the library for one list, or kept in his library for all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.theme import Family, OwnMember, OwnTheme, OwnThemes, ThemeMerge
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.overlay import Overlay
from levcheck.reference.tables import SPECS, Row, read_table
from levcheck.reference.user_datasets import Dataset, datasets, library_folder
from levcheck.reference.user_library import discard, write_dataset

NAME = "own bets"
READER = "bets"
SOURCE = "set by you"
_TABLES = ("theme_names", "themes", "theme_merges")


def theme_rows(own: OwnThemes, *, day: str = "") -> dict[str, tuple[Row, ...]]:
    """Return rows of ``theme_names``, ``themes`` and ``theme_merges`` that say the same; a table without rows is left out."""
    told = {"as_of": day, "source": SOURCE}
    rows: dict[str, tuple[Row, ...]] = {
        "theme_names": tuple(
            {"theme": one.id, "name": one.name, "family": one.family.value, **told}
            for one in own.names
        ),
        "themes": tuple(
            {"theme": one.theme, "member": one.member, "strength": repr(one.strength), "reason": SOURCE, "source": SOURCE}
            for one in own.members
        ),
        "theme_merges": tuple(
            {"theme": one.theme, "into": one.into, **told} for one in own.merged
        ),
    }  # fmt: skip
    return {table: content for table, content in rows.items() if content}


def with_own_themes(catalogue: Catalogue, own: OwnThemes) -> Catalogue:
    """Return the library with the user's bets on top; the library itself when he says nothing."""
    return catalogue if own.is_empty else catalogue.under(Overlay(NAME, rows=theme_rows(own)))


def keep_themes(own: OwnThemes, *, today: date) -> Dataset:
    """Keep the user's bets in his library, so that they count in every list from now on.

    Like everything of the library it is dated, the newest goes before older ones, and removing it takes it back.

    Raises:
        LevcheckError: ``reference.library_not_writable``.
    """
    return _write(theme_rows(own, day=today.isoformat()), _facts(today.isoformat(), SOURCE))


# --- what is kept ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptTheme:
    """What the user's library says about one bet.

    Attributes:
        id: of the bet.
        rows: what is said, as rows of ``theme_names``, ``themes`` and ``theme_merges`` about this bet only.
        as_of: ISO date of the newest word about it; "" = not known.
        file: the file it came from; :data:`SOURCE` when it was made by hand.
        counts: whether it counts in every list; False = kept, but put aside.
    """

    id: str
    rows: Mapping[str, tuple[Row, ...]]
    as_of: str
    file: str
    counts: bool = True

    @property
    def own(self) -> OwnThemes:
        """The same as what a portfolio of the user's says about its bets.

        Raises:
            ValueError: a table the user dropped holds what no bet can be.
        """
        names, members, merged = (self.rows.get(table, ()) for table in _TABLES)
        return OwnThemes(
            tuple(OwnTheme(row["theme"], row["name"], Family(row["family"])) for row in names),
            tuple(
                OwnMember(row["theme"], row["member"], float(row["strength"])) for row in members
            ),
            tuple(ThemeMerge(row["theme"], row["into"]) for row in merged),
        )

    def named(self, name: str, family: Family) -> "KeptTheme":
        """Return it under another name."""
        row = next(
            iter(self.rows.get("theme_names", ())), {"theme": self.id, "family": family.value}
        )
        row = {**row, "name": name, "as_of": self.as_of, "source": SOURCE}
        return replace(self, rows={**self.rows, "theme_names": (row,)})


def kept_themes() -> tuple[KeptTheme, ...]:
    """Return every bet the user's library speaks of, in the order they were first kept."""
    found: dict[str, list[tuple[Dataset, _Rows]]] = {}
    for one in datasets():
        rows = _rows_of(one)
        for theme in dict.fromkeys(row["theme"] for table in rows.values() for row in table):
            found.setdefault(theme, []).append((one, _about(rows, theme)))
    return tuple(_kept(theme, said) for theme, said in found.items())


def put_theme(identifier: str, theme: KeptTheme | None) -> None:
    """Let the user's library say this about a bet and nothing else; None = nothing.

    The new word is written before the old ones go, so that a crash in between loses nothing.

    Raises:
        LevcheckError: ``reference.library_not_writable``.
    """
    old = [(one, _rows_of(one)) for one in datasets()]
    spoken = [(one, rows) for one, rows in old if _about(rows, identifier)]
    made = set()
    if theme is not None:
        facts = replace(_facts(theme.as_of, theme.file), counts=theme.counts)
        made.add(_write(theme.rows, facts).id)
    for one, rows in spoken:
        rest = _about(rows, identifier, is_about=False)
        if rest:
            made.add(_write(rest, one).id)
    discard(one.id for one, _ in spoken if one.id not in made)


_Rows = Mapping[str, tuple[Row, ...]]


def _kept(theme: str, said: Sequence[tuple[Dataset, _Rows]]) -> KeptTheme:
    """Return what several datasets say about one bet, the newest before older ones, as the library itself takes it."""
    newest = said[-1][0]
    latest: dict[str, dict[str, Row]] = {table: {} for table in _TABLES}
    for _, rows in (pair for pair in said if pair[0].counts is newest.counts):
        for table, content in rows.items():
            # A bet has one name and one it was put into, and a member once.
            latest[table] |= {row.get("member", ""): row for row in content}
    together = {table: tuple(rows.values()) for table, rows in latest.items() if rows}
    return KeptTheme(theme, together, newest.as_of or "", newest.file, newest.counts)


def _about(rows: _Rows, theme: str, *, is_about: bool = True) -> dict[str, tuple[Row, ...]]:
    """Return the rows about a bet, or all others; a table without any is left out."""
    found = {
        table: tuple(row for row in content if (row["theme"] == theme) is is_about)
        for table, content in rows.items()
    }
    return {table: content for table, content in found.items() if content}


def _rows_of(one: Dataset) -> dict[str, tuple[Row, ...]]:
    """Return what a dataset says about bets; nothing when it speaks of other things or cannot be read."""
    if one.reader not in {READER, *_TABLES}:
        return {}
    folder = library_folder() / one.id
    try:
        return {
            table: tuple(line.row for line in read_table(folder / f"{table}.csv", SPECS[table])[0])
            for table in _TABLES
            if (folder / f"{table}.csv").is_file()
        }
    except (LevcheckError, OSError, ValueError, KeyError):
        return {}  # it is told as damaged where the library is opened


def _facts(day: str, file: str) -> Dataset:
    return Dataset("", None, day or None, file, 0, None, "table", READER)


def _write(rows: _Rows, like: Dataset) -> Dataset:
    """Write a dataset that says this: in the place of `like`, or when that is none yet, on top of those of its day."""
    content = {table: list(content) for table, content in rows.items()}
    digest = hashlib.sha256(repr(content).encode()).hexdigest()[:8]
    # Datasets of one day count in the order of their names: what is left of one keeps its place.
    stem = (
        like.id[: -len(digest)]
        or f"bets__{like.as_of or 'undated'}__{_next_number(like.as_of):03}-"
    )
    facts = replace(like, id=stem + digest, rows=sum(len(rows) for rows in content.values()))
    write_dataset(facts, content)
    return facts


def _next_number(day: str | None) -> int:
    """Return a number after every one given to that day, so that the newest is the last by name."""
    given = [
        int(one.id.rsplit("__", 1)[-1].partition("-")[0])
        for one in datasets()
        if one.reader == READER and one.as_of == day
    ]
    return max(given, default=-1) + 1
