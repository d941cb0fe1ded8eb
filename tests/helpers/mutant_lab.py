"""Reads damaged files by the million and counts what is no plain answer.

Run as ``python -m tests.helpers.mutant_lab COUNT SEED [SECONDS]``; prints one line of JSON, and what was done so far to the
error stream. The files are read by processes of some thousand each, under the limits of the parsing process: one that dies is
asked again the way the program reads, where a dead parser is an answer as well.
"""

import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from levcheck.i18n.words import Words
from levcheck.importing.document import reading_document
from levcheck.importing.interpreting import Interpreter
from levcheck.importing.reading import open_grid, refused
from levcheck.importing.refusals import Refusal
from levcheck.importing.user_columns import Asked
from levcheck.importing.worker import address_limit
from tests.helpers.damaged_files import damaged_file

EACH = 5_000
LONGEST_SECONDS = 10
Reads = Callable[[bytes], str]


def answer(content: bytes, *, in_process: bool = True) -> str:
    """Read one file as the program does and return the outcome."""
    try:
        grid = open_grid(content, "mutant.xlsx", in_process=in_process)
        reading = Interpreter(grid, "mutant.xlsx", None, Asked()).read()
    except Refusal as refusal:
        reading = refused("mutant.xlsx", refusal)
    json.dumps(reading_document(reading, Words("en")), allow_nan=False)
    return reading.outcome.value


def careless(content: bytes) -> str:
    """Read a workbook as one would who trusts it; the harness has to find something in this one."""
    import io

    from openpyxl import load_workbook

    return str(load_workbook(io.BytesIO(content)).active)


@dataclass
class Seen:
    """What came of some files.

    Attributes:
        read: how many were asked.
        died: how many took the process that read them with them; each was asked again the way the program reads.
        slowest_seconds: longest time of one file.
        most_mb: largest memory of a reading process.
        outcomes: how many gave which outcome.
        kinds: how many were made of which kind of file.
        faults: what was no answer, with the number of the file.
        seconds: time of the whole.
    """

    read: int = 0
    died: int = 0
    slowest_seconds: float = 0.0
    most_mb: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, line: str) -> None:
        """Take in what a reading process said of one file."""
        kind, what, seconds, megabytes = json.loads(line)
        self.read += 1
        self.kinds[kind] += 1
        self.slowest_seconds = max(self.slowest_seconds, seconds)
        self.most_mb = max(self.most_mb, megabytes)
        if what.startswith("!"):
            self.faults.append(f"{what[1:]} at {self.read - 1}")
        else:
            self.outcomes[what] += 1


def run(count: int, seed: int, seconds: float = 1e9, reads: Reads = answer) -> Seen:
    """Read `count` damaged files, or as many whole thousands as fit into the time."""
    begun = time.monotonic()
    seen = Seen()
    while seen.read < count and time.monotonic() - begun < seconds:
        end = min(seen.read + EACH, count)
        while seen.read < end:
            if not _shift(range(seen.read, end), seed, reads, seen):
                # A process that dies is followed by one that goes on behind the file it died of.
                kind, content = damaged_file(seen.read, seed)
                seen.died += 1
                seen.add(json.dumps((kind, _asked_again(content), 0.0, 0)))
        seen.seconds = round(time.monotonic() - begun, 1)
        sys.stderr.write(f"{vars(seen)}\n")
        sys.stderr.flush()
    return seen


def _shift(numbers: range, seed: int, reads: Reads, seen: Seen) -> bool:
    """Let one process read some files; return whether it lived to the end."""
    reader, writer = os.pipe()
    # Asked for here: of what both processes share, the child holds nothing yet and would grant itself too much.
    limit = address_limit()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reader)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a panic says is not looked at
            _limit_memory(limit)
            with os.fdopen(writer, "w") as told:
                for number in numbers:
                    told.write(json.dumps(_read_one(number, seed, reads)) + "\n")
                    told.flush()
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as stream:
        for line in stream:
            if line.endswith("\n"):
                seen.add(line)
    _, status = os.waitpid(child, 0)
    return status == 0


def _read_one(number: int, seed: int, reads: Reads) -> tuple[str, str, float, int]:
    kind, content = damaged_file(number, seed)
    # Nothing but the end of the process stops a parser that turns in circles outside Python.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    begun = time.monotonic()
    signal.alarm(LONGEST_SECONDS)
    try:
        what = reads(content)
    except BaseException as fault:  # noqa: BLE001  # panics of the reader are no Exception
        what = f"!{type(fault).__name__}"
    signal.alarm(0)
    seconds = round(time.monotonic() - begun, 2)
    return kind, what, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _asked_again(content: bytes) -> str:
    try:
        return answer(content, in_process=False)
    except Exception as fault:  # noqa: BLE001  # any at all is what is looked for
        return f"!{type(fault).__name__}, after the parser died"


def _limit_memory(limit: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def main(arguments: list[str]) -> None:
    """Run, and print what was seen."""
    count, seed, *seconds = arguments
    seen = run(int(count), int(seed), float(seconds[0]) if seconds else 1e9)
    sys.stdout.write(json.dumps(vars(seen)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
