"""What tables and charts of the HTML report are framed with: a heading, and room to move a wide table in."""

from html import escape


def framed_table(title: str, inner: str, *, level: int, note: str = "", many: bool = False) -> str:
    """Return a table under its heading; a wide one moves in its own frame, never the page.

    Args:
        title: heading, and caption of the table.
        inner: rows as HTML.
        level: of the heading.
        note: a line under it; "" = none.
        many: it has more columns than a small screen holds.
    """
    kind = " class=many" if many else ""
    below = f"<p class=soft>{escape(note)}</p>" if note else ""
    return (
        f"<div class=wide><table{kind}><caption><h{level}>{escape(title)}</h{level}></caption>"
        f"{inner}</table></div>{below}"
    )


def headed(title: str, level: int, inner: str) -> str:
    """Return something that is no table under its heading."""
    return f"<h{level}>{escape(title)}</h{level}>{inner}"
