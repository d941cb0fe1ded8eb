"""Compiles the tables of the reference library into a folder, so that the first start of a program need not do it.

python packaging/maintain/compile_tables.py OUT
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
from levcheck.reference.database import compile_tables  # noqa: E402  # the program beside this script


def compile_into(out: Path) -> tuple[Path, Path]:
    """Compile the bundled tables into a folder; return the database and its seal."""
    out.mkdir(parents=True, exist_ok=True)
    made = compile_tables(ROOT / "resources" / "reference", out)
    files = (made, made.with_suffix(".sha256"))
    for path in files:
        # Made for one user's cache; in a package everybody reads them.
        path.chmod(0o644)
    return files


if __name__ == "__main__":
    print(*compile_into(Path(sys.argv[1])), sep="\n")
