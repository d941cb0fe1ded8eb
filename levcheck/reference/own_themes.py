"""What the user says about bets as tables: laid over the library for one list, or kept in his library for all."""

import hashlib
from datetime import date

from levcheck.domain.theme import OwnThemes
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.overlay import Overlay
from levcheck.reference.tables import Row
from levcheck.reference.user_datasets import Dataset, datasets
from levcheck.reference.user_library import write_dataset

NAME = "own bets"
READER = "bets"
SOURCE = "set by you"


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
    content = {table: list(rows) for table, rows in theme_rows(own, day=today.isoformat()).items()}
    number = sum(one.reader == READER and one.as_of == today.isoformat() for one in datasets())
    digest = hashlib.sha256(repr(content).encode()).hexdigest()[:8]
    facts = Dataset(
        id=f"bets__{today.isoformat()}__{number:03}-{digest}",
        fund=None,
        as_of=today.isoformat(),
        file=SOURCE,
        rows=sum(len(rows) for rows in content.values()),
        weight_sum=None,
        coverage="table",
        reader=READER,
    )
    write_dataset(facts, content)
    return facts
