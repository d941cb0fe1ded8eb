"""Write the list of hashes that the program compares its bundled tables with when it starts.

Run it after changing any table of resources/reference by hand; the commands that write tables do it themselves.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def seal(folder: Path) -> None:
    """Hash every table of a folder; a table without a line, or a line without a table, is refused at the start."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.glob("*.csv"))
    ]
    (folder / "sha256.txt").write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    seal(ROOT / "resources" / "reference")
