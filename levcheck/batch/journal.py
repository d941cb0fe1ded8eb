"""What is done of a run, kept beside its result, so that an interrupted run goes on where it stopped."""

import contextlib
import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from levcheck.batch.working import BookOptions, FileResult
from levcheck.domain.diagnostics import LevcheckError

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Journal:
    """One line for each file that is done; lines of another question do not count."""

    def __init__(self, path: Path | None, options: BookOptions) -> None:
        self._path = path
        self._asked = _asked(options)
        self._done = self._read()

    def known(self, file: Path) -> FileResult | None:
        """Return what an earlier run found in a file that has not changed since."""
        with contextlib.suppress(OSError):  # gone meanwhile: reading it says so
            return self._done.get(_fingerprint(file))
        return None

    def write(self, file: Path, result: FileResult) -> None:
        """Keep what a file gave, unless a password that is typed next time gives more.

        Raises:
            LevcheckError: the journal cannot be written.
        """
        if self._path is None or not result.is_final:
            return
        try:
            fingerprint = _fingerprint(file)
        except OSError:
            return  # gone meanwhile: there is nothing to know again
        entry = {
            "asked": self._asked,
            "file": fingerprint,
            "rows": result.rows,
            "answers": result.answers,
        }
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINK, 0o600)
            with os.fdopen(handle, "a", encoding="ascii") as stream:
                stream.write(json.dumps(entry) + "\n")  # a file's name may hold what is no text
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise LevcheckError(
                "storage.not_writable", file=self._path.name, reason=reason
            ) from error

    def _read(self) -> dict[str, FileResult]:
        done: dict[str, FileResult] = {}
        for line in self._lines():
            try:
                entry: dict[str, Any] = json.loads(line)
                if entry["asked"] == self._asked:
                    done[entry["file"]] = FileResult(list(entry["rows"]), list(entry["answers"]))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue  # the line that was being written when the run was interrupted
        return done

    def _lines(self) -> list[str]:
        """Return what stands in a journal of our own; one that another user laid here, or a link, does not count.

        Raises:
            LevcheckError: such a one is in the way.
        """
        if self._path is None or not os.path.lexists(self._path):
            return []
        facts = self._path.lstat()
        is_own = os.name == "nt" or facts.st_uid == os.geteuid()
        if not (stat.S_ISREG(facts.st_mode) and is_own):
            raise LevcheckError("batch.foreign_journal", file=self._path.name)
        return self._path.read_text(encoding="utf-8", errors="replace").splitlines()


def _fingerprint(file: Path) -> str:
    facts = file.lstat()
    return f"{file.absolute()}|{facts.st_size}|{facts.st_mtime_ns}"


def _asked(options: BookOptions) -> str:
    questions = (f"{q.text}={q.target}" for q in options.questions)
    parts = (*options.scenarios, "/", *map(str, options.libraries), "/", *questions, options.today)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
