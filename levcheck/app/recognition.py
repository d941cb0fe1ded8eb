"""How a line of a file becomes an instrument: the reference library's matching, in the words of the analysis."""

from typing import TYPE_CHECKING, cast

from levcheck.app.analysis import Candidate
from levcheck.app.reference_port import Recogniser, Recognition, ReferenceData
from levcheck.domain.position import Position

if TYPE_CHECKING:
    from levcheck.reference.catalogue import Catalogue


def recogniser_for(
    reference: ReferenceData, *, base_currency: str, as_of: str | None = None
) -> Recogniser:
    """Return the matching of a reference library, loaded only once a line has to be recognised.

    Args:
        reference: the library; its own matching is used.
        base_currency: currency of the lines that name none.
        as_of: ISO day of the holdings, because a reused code means what it meant then.
    """
    from levcheck.reference.matching import match

    catalogue = cast("Catalogue", reference)

    def recognise(position: Position) -> Recognition:
        found = match(position, catalogue, base_currency=base_currency, as_of=as_of)
        row = None
        if found.instrument is not None:
            # A root that only other rows speak of has no row of its own; the closure gives it a plain one.
            row = catalogue.instrument(found.instrument)
            row = row or catalogue.closure([found.instrument])[0][found.instrument]
        return Recognition(
            instrument=row,
            reason=found.reason,
            confidence=found.confidence,
            candidates=tuple(Candidate(*candidate) for candidate in found.candidates),
        )

    return recognise
