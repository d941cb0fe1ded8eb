"""A run on the processes of this machine; one that dies takes its file with it and nothing else."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from levcheck.batch.working import BookOptions, FileResult, Worker, failed_row, result_of
from levcheck.domain.diagnostics import LevcheckError

# So many files wait in the pool for each process: none is idle, and few are in question when one dies.
_AHEAD = 2


def local_results(files: Sequence[Path], options: BookOptions) -> Iterator[tuple[Path, FileResult]]:
    """Yield what each file gives, as it is ready."""
    if options.workers <= 1 or len(files) <= 1:
        worker = Worker(options)
        for file in files:
            yield file, worker.result(file)
        return
    waiting = list(reversed(files))
    while waiting:
        suspects: list[Path] = []
        yield from _pooled(waiting, options, suspects)
        # The pool broke while these were in it. Alone in a process, each shows whether it was the one.
        for file in suspects:
            yield file, _alone(file, options)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Fresh interpreters: a forked one would inherit the threads and handles of a window.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def _pooled(
    waiting: list[Path], options: BookOptions, suspects: list[Path]
) -> Iterator[tuple[Path, FileResult]]:
    """Yield results until nothing waits or the pool breaks; what was in it then goes to `suspects`."""
    workers = min(options.workers, len(waiting))
    pool = _pool(workers)
    inside: dict[Future[FileResult], Path] = {}
    try:
        while (waiting or inside) and not suspects:
            while waiting and len(inside) < workers * _AHEAD:
                file = waiting.pop()
                try:
                    inside[pool.submit(result_of, file, options)] = file
                except BrokenProcessPool:
                    waiting.append(file)
                    break
            for future in wait(inside, return_when=FIRST_COMPLETED).done:
                file = inside.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    suspects.append(file)
                    continue
                yield file, result
        suspects += inside.values()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(file: Path, options: BookOptions) -> FileResult:
    with _pool(1) as pool:
        try:
            return pool.submit(result_of, file, options).result()
        except BrokenProcessPool:
            return FileResult([failed_row(file, LevcheckError("batch.process_died"))])
