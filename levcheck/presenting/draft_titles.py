"""What a draft is called; every window says it, so this loads nothing else."""

from typing import TYPE_CHECKING

from levcheck.i18n.words import Words

if TYPE_CHECKING:
    from levcheck.domain.draft import Draft


def draft_title(words: Words, draft: "Draft") -> str:
    """Return "Draft A", with the name the user gave it."""
    title = words.text("Draft {letter}", letter=draft.id)
    return f"{title}: {draft.name}" if draft.name else title
