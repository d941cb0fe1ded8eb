"""A run on the workers of a Dask scheduler: the same work on each file, the same rows.

The one place of the program that opens a connection, and only when an address is given.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from levcheck import __version__
from levcheck.app.passwords import NO_PASSWORDS
from levcheck.batch.working import BookOptions, FileResult, failed_row, result_of
from levcheck.domain.diagnostics import LevcheckError

_AHEAD = 8
_PATIENCE = "15s"
# Deaths of a worker that one file may be present at before it is taken for their cause.
_RETRIES = 2


def cluster_results(
    files: Sequence[Path], options: BookOptions, address: str
) -> Iterator[tuple[Path, FileResult]]:
    """Yield what each file gives, as it is ready.

    Raises:
        LevcheckError: Dask is not installed, nobody answers, or a worker has another version of levcheck.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise LevcheckError("batch.no_cluster") from None
    logging.getLogger("distributed").setLevel(logging.ERROR)  # a worker that dies is no news here
    client = _connected(Client, address)
    options = replace(options, passwords=NO_PASSWORDS)  # they stay on this machine
    try:
        ahead = _checked(client) * _AHEAD
        left = iter(files)
        file_of: dict[Any, Path] = {}

        def submit(count: int) -> list[Any]:
            following = list(islice(left, count))
            futures = client.map(
                result_of, following, options=options, pure=False, retries=_RETRIES
            )
            file_of.update(zip(futures, following, strict=True))
            return list(futures)

        running = as_completed(submit(ahead), loop=client.loop)
        for future in running:
            try:
                result = future.result()
            except KilledWorker:
                died = LevcheckError("batch.process_died")
                result = FileResult([failed_row(file_of[future], died)])
            yield file_of.pop(future), result
            # Several at once: every hand-over costs the scheduler as much as what it carries.
            if len(file_of) <= ahead // 2:
                running.update(submit(ahead - len(file_of)))
    finally:
        client.close()


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise LevcheckError("batch.no_scheduler", address=address) from None


def _checked(client: Any) -> int:
    """Return how many workers there are; every one has to be of this version, or figures would differ."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise LevcheckError("batch.no_workers") from None
    try:
        versions = set(client.run(version_here).values())
    except ImportError:
        raise LevcheckError("batch.version_differs", here=__version__, there="–") from None
    if versions != {__version__}:
        other = ", ".join(sorted(versions - {__version__}))
        raise LevcheckError("batch.version_differs", here=__version__, there=other)
    return max(len(client.scheduler_info()["workers"]), 1)


def version_here() -> str:
    """Return the version of levcheck in the process that is asked."""
    return __version__
