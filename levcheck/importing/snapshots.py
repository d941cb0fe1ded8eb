"""Of a list that repeats its holdings for several dates only the last date is held now."""

from collections import defaultdict

from levcheck.domain.diagnostics import Place, Severity
from levcheck.importing.dates import read_date
from levcheck.importing.fated import Fated
from levcheck.importing.grid import text_of
from levcheck.importing.list_notices import diagnostic
from levcheck.importing.list_reading import TableReading


def keep_latest_snapshot(made: TableReading, fated: list[Fated], file: str) -> None:
    """Of a list that repeats its holdings for several dates only the last date is held now."""
    column = made.columns.at.get("snapshot_date")
    if column is None:
        return
    day_first = made.language in ("de", "fr", "nl", "es", "it", "pt") or None
    known = {
        cell: read_date(cell, day_first=day_first)
        for cell in {item.row.at(column) for item in fated}
    }
    dated = [
        (item, when)
        for item in fated
        if item.fate in ("position", "cash") and (when := known[item.row.at(column)])
    ]
    if not dated:
        return
    latest = max(when for _, when in dated)
    made.as_of = latest
    if all(when == latest for _, when in dated):
        return
    seen: dict[str, list[str]] = defaultdict(list)
    for item, when in dated:
        line = item.line
        seen[
            f"{line.isin or line.symbol or line.name}|{line.account}|{text_of(line.row.at(made.columns.at.get('currency', -1)))}"
        ].append(when)
    repeated = [
        dates for dates in seen.values() if len(set(dates)) > 1 and len(set(dates)) == len(dates)
    ]
    dates = {when for _, when in dated}
    # Several rows a date and a holding under two dates: a list of reports, even when what is held changed.
    reports = (
        bool(repeated)
        and 2 * len(dates) <= len(dated)
        and made.columns.scores.get("snapshot_date", 0) == 100
    )
    if len(dates) < 2 or not (reports or len(repeated) >= 0.4 * len(seen)):
        return
    older = [item for item, when in dated if when != latest]
    for item in older:
        item.fate, item.reason = "ignored", "older_snapshot"
    place = Place(file, made.table.sheet.name, older[0].row.number)
    made.told.append(
        diagnostic("import.older_snapshot", Severity.WARNING, place, date=latest, rows=len(older))
    )
