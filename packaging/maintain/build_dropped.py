"""Takes holdings files and filings of a folder into the collected rows, through the program's own readers."""

import sys
from pathlib import Path

from facts import Row

ROOT = Path(__file__).resolve().parents[2]


def rows(folder: Path | None) -> list[Row]:
    """Return the lines of every file of a folder in the form of fund_holdings.csv; what cannot be used is printed."""
    if folder is None:
        return []
    sys.path.insert(0, str(ROOT))
    from levcheck.domain.diagnostics import LevcheckError
    from levcheck.reference.catalogue import Catalogue
    from levcheck.reference.fund_lists import resolve
    from levcheck.reference.holdings_files.reading import read_holdings_file

    catalogue = Catalogue.bundled()
    found: list[Row] = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        try:
            lists = [resolve(one, catalogue) for one in read_holdings_file(path)]
        except LevcheckError as fault:
            print(f"left out {path.name}: {fault.code}")
            continue
        for one in lists:
            print(
                f"took {path.name}: {one.fund}, {one.as_of}, {one.coverage}, {len(one.members)} lines"
            )
            source = f"{one.source.reader} file {path.name}"
            found += [
                {
                    "fund": one.fund, "constituent": f"ID:{member.instrument}", "name": member.name,
                    "weight_pct": f"{member.weight * 100:.7g}", "as_of": one.as_of, "coverage": one.coverage,
                    "asset_class": "", "source": source, "raw_constituent": "",
                }
                for member in one.members
            ]  # fmt: skip
    return found
