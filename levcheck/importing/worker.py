"""The process that parses workbooks: reads bytes from stdin, writes what it found to stdout, and may die harmlessly.

A hostile file of one kilobyte can make a parser ask for the machine's whole memory; in a process of its own, under
limits, that costs nothing but the process.
"""

import gc
import sys

from levcheck.importing.refusals import Refusal
from levcheck.importing.sniffing import FileKind
from levcheck.importing.transfer import pack_book, pack_refusal
from levcheck.importing.workbooks import parse_workbook

MOST_MEMORY = 480 * 2**20
"""Under the 512 MB that are promised, because libraries already mapped may yet be read in."""
CPU_SECONDS = 10
SWITCH = "--import-worker"


def main(argv: list[str] | None = None) -> int:
    """Parse one workbook from stdin.

    Args:
        argv: ``[kind]``, the kind the caller sniffed; of a frozen program's arguments those after ``--import-worker``.

    Returns:
        The exit status: 0 with an answer on stdout, see :mod:`levcheck.importing.transfer`.
    """
    arguments = [a for a in (sys.argv[1:] if argv is None else argv) if a != SWITCH]
    kind = FileKind(arguments[0])
    content = sys.stdin.buffer.read()
    gc.disable()  # the process ends with its one answer; there is nothing worth collecting before
    _limit_resources()
    try:
        answer = pack_book(parse_workbook(content, kind))
    except Refusal as refusal:
        answer = pack_refusal(refusal.code, refusal.values)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _limit_resources() -> None:
    """Cap memory and processor time; platforms without these limits rely on the caller's clock."""
    try:
        import resource
    except ImportError:
        return
    limit = address_limit()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)  # a machine that grants less still reads what fits
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def address_limit() -> int:
    """Return the bytes of addresses that keep this process within :data:`MOST_MEMORY` of memory.

    Addresses can be limited and memory cannot, so what is mapped already without being held stays on top. Where the system
    does not tell, usual values are taken.
    """
    try:
        # Loading pathlib takes longer than many a file.
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123
            mapped, held = (int(pages) * 4096 for pages in stream.read().split()[:2])
    except (OSError, ValueError):
        mapped, held = 256 * 2**20, 64 * 2**20
    return mapped + MOST_MEMORY - held


if __name__ == "__main__":
    raise SystemExit(main())
