"""What the user looks at: no part of the session, and not undoable."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a picker."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The selections of the screens.

    Attributes:
        theme: bet shown on Overlap; None = the largest.
        scenario: scenario shown on Stress; None = the one that costs most.
        applied: scenario applied to all screens; None = none.
        draft: letter of the draft worked on; None = the first.
        shown: letter of the draft that all screens show in the place of today; None = today.
        order: in which order Stress lists the holdings.
        beside: scenario that Stress compares with; None = none.
        measure: what Overview prints: ``both``, ``money`` or ``percent``.
        pinned: holding that Overlap keeps in view; None = none.
    """

    theme: str | None = None
    scenario: str | None = None
    applied: str | None = None
    draft: str | None = None
    shown: str | None = None
    order: str = "size"
    beside: str | None = None
    measure: str = "both"
    pinned: str | None = None
