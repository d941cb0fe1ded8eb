"""Measures everything on this machine and writes it down: python packaging/maintain/measure.py [--only bench|book|NAME].

Takes some eight minutes on a quiet machine with two cores; nothing else may run meanwhile. Writes the run
(resources/docs/developer/performance.json), the tables of performance.md, and the figures of a firm's book in book.md.
Then it names what lost more than a fifth of a ratio to the run before, and goals that are missed without a reason on the
page. The figures of a book alone: --only book; nothing is written with --dry. One workload, by its name, is measured and
compared, and never written: the page is of one run.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "resources" / "docs" / "developer"
STORED = GUIDE / "performance.json"
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"
MISSED = "## Goals not met"


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, write, and say what is worse than before."""
    sys.path.insert(0, str(ROOT))
    sys.path.insert(0, str(Path(__file__).parent))
    from levcheck.bench.table import NAMES

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="bench|book|NAME", choices=("bench", "book", *NAMES))
    parser.add_argument("--dry", action="store_true", help="print, and write nothing")
    arguments = parser.parse_args(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    began, lost = time.monotonic(), 0
    one = [arguments.only] if arguments.only in NAMES else []
    if arguments.only != "book":
        lost = _bench(one, is_dry=arguments.dry or bool(one))
    if arguments.only in (None, "book"):
        _book(is_dry=arguments.dry)
    print(f"took {(time.monotonic() - began) / 60.0:.1f} minutes", file=sys.stderr)
    return lost


def placed(page: str, text: str) -> str:
    """Return a page with other text between its marks.

    Raises:
        ValueError: the marks are not there.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the marks of what was measured are missing")
    return before + begin + text.rstrip("\n") + "\n" + end + after


def told(document: Mapping[str, Any]) -> str:
    """Return the sentences above the tables, and the tables."""
    from levcheck.bench.table import markdown_table

    machine = document["machine"]
    sentences = (
        f"The figures are of one run on {document['taken']}, on a machine with {machine['cores']} cores "
        f"({machine['architecture']}, {machine['system']}, Python {machine['python']}, numpy {machine['numpy']}). "
        "Expect the ratios of another run to differ by a fifth or so, and those of start-up and of two threads by more. "
        "Funds, books and files of the large cases are made up with a fixed seed (`levcheck/bench/made_up.py`); "
        "the 40-line portfolio is of the bundled library."
    )
    return f"{sentences}\n\n{markdown_table(document)}"


def unexplained(document: Mapping[str, Any], page: str) -> list[str]:
    """Return the missed goals that the page gives no reason for."""
    reasons = page.partition(MISSED)[2]
    missed = [row["name"] for row in document["rows"] if row["met"] is False]
    return [name for name in missed if f"**{name}**" not in reasons]


def _bench(names: Sequence[str], *, is_dry: bool) -> int:
    from levcheck.bench.table import lost_ratios, run_table, table_document, table_lines
    from levcheck.ui.timings import window_work

    table = run_table(names, window=window_work, progress=lambda name: print(name, file=sys.stderr))
    document = {**table_document(table), "taken": datetime.now(UTC).date().isoformat()}
    print("\n".join(table_lines(table)))
    before = json.loads(STORED.read_text(encoding="utf-8"))
    lost = lost_ratios(before, document)
    for one in lost:
        print(f"LOST {one.name}: {one.before:g}x before, {one.now:g}x now")
    file = GUIDE / "performance.md"
    page = placed(file.read_text(encoding="utf-8"), told(document))
    for name in unexplained(document, page):
        print(f"MISSED {name}: its reason belongs under '{MISSED[3:]}' of performance.md")
    if not is_dry:
        STORED.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
        file.write_text(page, encoding="utf-8")
    return 1 if lost else 0


def _book(*, is_dry: bool) -> None:
    from measure_book import book_told, measured

    with tempfile.TemporaryDirectory(prefix="levcheck-book-") as folder:
        text = book_told(measured(Path(folder)))
    print(text)
    if not is_dry:
        file = GUIDE / "book.md"
        file.write_text(placed(file.read_text(encoding="utf-8"), text), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
