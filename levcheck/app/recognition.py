"""How a line of a file becomes an instrument: the reference library's matching, in the words of the analysis."""

from typing import TYPE_CHECKING, cast

from levcheck.app.analysis import Candidate
from levcheck.app.reference_port import Recogniser, Recognition, ReferenceData
from levcheck.domain.position import Position

if TYPE_CHECKING:
    from levcheck.reference.catalogue import Catalogue


def recogniser_for(reference: ReferenceData) -> Recogniser:
    """Return the matching of a reference library, loaded only once a line has to be recognised."""
    from levcheck.reference.matching import match

    catalogue = cast("Catalogue", reference)

    def recognise(position: Position) -> Recognition:
        found = match(position, catalogue)
        return Recognition(
            instrument=found.instrument,
            reason=found.reason,
            confidence=found.confidence,
            candidates=tuple(
                Candidate(c.instrument, c.name, c.confidence) for c in found.candidates
            ),
        )

    return recognise
