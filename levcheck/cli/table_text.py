"""A table as plain text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levcheck.presenting.figures import TableView


def table_text(table: "TableView") -> str:
    """Return a table as aligned columns; figures stand to the right."""
    if not table.rows:
        return f"{table.name}\n  {table.empty}"
    rows = [
        tuple(column.title for column in table.columns),
        *(tuple(cell.text for cell in row.cells) for row in table.rows),
    ]
    widths = [max(len(row[index]) for row in rows) for index in range(len(table.columns))]
    lines = [
        "  "
        + "  ".join(
            text.rjust(width) if column.numeric else text.ljust(width)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join((table.name, *lines))
