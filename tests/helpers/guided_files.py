"""Feeds the readers files that grow towards what the program does with them: a second engine, guided by coverage.

Run as ``python -m tests.helpers.guided_files SECONDS [SEED]``. It needs atheris, which is no part of the project and is asked of
nobody else: ``pip install atheris`` into a folder of its own that PYTHONPATH names. The engine stops at the first file that raises
anything but a refusal, takes longer than ten seconds or more than a gigabyte, and then leaves the file behind; else it prints at
the end how many files it tried. What is fed is chosen by the first byte: a text, a page, a sheet inside a workbook, or a session.
"""

import importlib
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

KINDS = 4
_MOST_BYTES = 20_000


def _readers() -> tuple[Callable[[bytes], object], ...]:
    """Return the reader of each kind; what it raises beyond refusals is what is looked for."""
    from levcheck.domain.diagnostics import LevcheckError
    from levcheck.storage.session_file import parse_session
    from tests.helpers.mutant_lab import answer
    from tests.helpers.sample_session import resealed
    from tests.trust.test_gates import packed, parts_of

    def sheet(content: bytes) -> object:
        return answer(packed(parts_of(content)))

    def session(content: bytes) -> object:
        try:
            document = json.loads(content)
            sealed = resealed(document) if isinstance(document, dict) else content
        except (ValueError, RecursionError, KeyError):
            sealed = content
        try:
            return parse_session(sealed, "x")
        except LevcheckError:
            return None

    return answer, answer, sheet, session


def _examples() -> list[bytes]:
    """Return a good file of each kind, from which the engine starts."""
    from tests.helpers.damaged_files import CSV
    from tests.helpers.sample_session import a_document
    from tests.trust.test_gates import HOLDINGS, sheet

    page = "<html><table><tr><td>Symbol<td>Quantity<td>Price<tr><td>NVDA<td>10<td>100</table>"
    session = json.dumps(a_document()).encode()
    return [CSV.encode(), page.encode(), sheet(HOLDINGS), session]


def main(arguments: list[str]) -> None:
    """Feed files until the time is over."""
    seconds, seed = arguments[0], arguments[1] if len(arguments) > 1 else "1"
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["levcheck"]):
        readers = _readers()

    def feed(content: bytes) -> None:
        if content:
            readers[content[0] % KINDS](content[1:])

    with tempfile.TemporaryDirectory() as name:
        for kind, example in enumerate(_examples()):
            (Path(name) / str(kind)).write_bytes(bytes([kind]) + example)
        options = {
            "max_total_time": seconds,
            "seed": seed,
            "max_len": str(_MOST_BYTES),
            "timeout": "10",
            "rss_limit_mb": "1024",
            "print_final_stats": "1",
        }
        told = [f"-{option}={value}" for option, value in options.items()]
        atheris.Setup([sys.argv[0], *told, name], feed)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
