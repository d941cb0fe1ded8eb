"""A program that reads one workbook and says what that took: python -m levcheck.bench.one_reading WAY FILE.

Memory that was once taken is seldom given back, so what a way of reading needs is only seen in a process of its own.
Prints milliseconds and megabytes: of the reading alone, and the most the process ever held.
"""

import sys
import time
from pathlib import Path

_KB_A_MB = 1024.0


def ours(path: Path) -> object:
    """Return the cells of a workbook, error cells and formats reported."""
    from levcheck.importing.sniffing import FileKind
    from levcheck.importing.workbooks import parse_workbook

    return parse_workbook(path.read_bytes(), FileKind.XLSX)


def by_openpyxl(path: Path) -> object:
    """Return the cells of a workbook as a plain script reads them."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def by_unpacking(path: Path) -> object:
    """Return the parts of a workbook, not looked into."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


WAYS = {"ours": ours, "openpyxl": by_openpyxl, "unzip": by_unpacking}


def main(way: str, path: str) -> None:
    """Read once and print what it took."""
    start = time.perf_counter()
    kept = WAYS[way](Path(path))
    passed = (time.perf_counter() - start) * 1000.0
    sys.stdout.write(f"{passed} {_most_megabytes()}\n")
    del kept


def _most_megabytes() -> float:
    try:
        # What the system itself counts begins with the memory of the process that started this one.
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / _KB_A_MB
    except OSError:
        pass
    import resource

    most = float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return most / _KB_A_MB**2 if sys.platform == "darwin" else most / _KB_A_MB


if __name__ == "__main__":
    main(*sys.argv[1:])
