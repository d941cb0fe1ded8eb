"""Reads the collected facts and the curated tables beside this script."""

import csv
from pathlib import Path

CURATED = Path(__file__).resolve().parent / "curated"
# Day on which the curated tables were last gone through by a person.
CURATED_AS_OF = "2026-11-22"

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a UTF-8 CSV file as dictionaries, blanks stripped."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {key: (value or "").strip() for key, value in row.items()}
            for row in csv.DictReader(stream)
        ]


def curated(name: str) -> list[Row]:
    """Return the rows of one curated table."""
    return read_rows(CURATED / f"{name}.csv")


def write_rows(path: Path, columns: list[str], rows: list[Row]) -> None:
    """Write a table with exactly these columns, unknown values empty."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, columns, lineterminator="\n", extrasaction="ignore", restval=""
        )
        writer.writeheader()
        writer.writerows(rows)


def short_source(text: str) -> str:
    """Return a source without the words that repeat on every row."""
    for long, short in (
        ("github.com/", ""),
        (" (scrape of leveragedposition.com)", ""),
        (" (scrape of ETFdb.com)", ""),
        (" (Nasdaq screener)", ""),
    ):
        text = text.replace(long, short)
    return " ".join(text.split())[:160].strip()
