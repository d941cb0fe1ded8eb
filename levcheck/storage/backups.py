"""Copies of a session as it was: the last ten saves, then one a day for two weeks, then one a week for eight.

They lie in the user's data folder, one folder a document, private like everything there. The name of a copy says when it was
made and what it holds: ``20260630T101500.000001Z_0123456789ab_save.levcheck``. A copy of a file in another schema is marked
``_kept`` and never thinned out.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.sealing import Seal, is_sealed
from levcheck.storage.session_file import (
    ENDING,
    SCHEMA,
    opened,
    parse_session,
    read_session_bytes,
    schema_of,
)
from levcheck.storage.writer import clean_up, write_file

SAVES, DAYS, WEEKS = 10, 14, 8
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(
    r"(?P<when>\d{8}T\d{6}\.\d{6}Z)_(?P<digest>[0-9a-f]{12})_(?P<mark>save|kept)\.levcheck"
)


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy.

    Attributes:
        path: where it lies.
        when: when it was made, UTC.
        digest: the first twelve letters of its SHA-256.
        is_kept: whether it is never thinned out.
    """

    path: Path
    when: datetime
    digest: str
    is_kept: bool


def thinned(times: Iterable[datetime]) -> frozenset[datetime]:
    """Return which copies stay: the newest ten, the newest of each of 14 days, the newest of each of 8 weeks.

    Days and weeks are those in which copies were made (UTC, weeks from Monday), so that a holiday costs no history.
    """
    newest_first = sorted(set(times), reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for time in newest_first:
        days.setdefault(time.date(), time)
        weeks.setdefault(time.isocalendar()[:2], time)
    stay = {*newest_first[:SAVES], *list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}
    return frozenset(stay)


def backup_folder(folder: Path, document: Path) -> Path:
    """Return where the copies of a document lie inside the user's data folder."""
    digest = hashlib.sha256(os.path.realpath(document).encode("utf-8", "surrogatepass")).hexdigest()
    return folder / "backups" / digest[:24]


def backups(folder: Path, document: Path) -> tuple[Backup, ...]:
    """Return the copies of a document, newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in backup_folder(folder, document).iterdir():
            name = _NAME.fullmatch(path.name)
            with contextlib.suppress(ValueError):  # digits that are no day: none of ours
                if name:
                    when = datetime.strptime(name["when"], _STAMP).replace(tzinfo=UTC)
                    found.append(Backup(path, when, name["digest"], name["mark"] == "kept"))
    return tuple(sorted(found, key=lambda backup: (backup.when, backup.digest), reverse=True))


def keep_backup(
    folder: Path, document: Path, content: bytes, *, now: datetime | None = None
) -> Backup | None:
    """Keep a copy of a session's content and thin out the older ones.

    Args:
        folder: the user's data folder.
        document: the file the content belongs to.
        content: its bytes; anything that is not a whole session is not worth keeping and is passed over.
        now: the time to name it by, UTC.

    Returns:
        The new copy; None when the newest copy holds the same already.

    Raises:
        LevcheckError: it cannot be written.
    """
    schema = schema_of(content)
    if schema is None:
        return None
    digest = hashlib.sha256(content).hexdigest()[:12]
    known = backups(folder, document)
    is_kept = schema != SCHEMA
    if (known and known[0].digest == digest) or (is_kept and digest in {b.digest for b in known}):
        return None
    when = now or datetime.now(UTC)
    if known and when <= known[0].when:
        # The clock was set back: the order of saves counts more than the hour.
        when = known[0].when.fromtimestamp(known[0].when.timestamp() + 1e-3, UTC)
    mark = "kept" if is_kept else "save"
    place = backup_folder(folder, document)
    path = place / f"{when.strftime(_STAMP)}_{digest}_{mark}{ENDING}"
    _make(place, document)
    write_file(path, content)
    made = Backup(path, when, digest, is_kept)
    _thin([made, *known])
    clean_up(place)
    return made


def last_good_backup(
    folder: Path,
    document: Path,
    *,
    password: str | None = None,
    seal: Seal | None = None,
    takes_closed: bool = False,
) -> Backup | None:
    """Return the newest copy that opens; None when there is none.

    Args:
        folder: the user's data folder.
        document: the file it is a copy of.
        password: for copies that have one.
        seal: one made from the password before; tried first.
        takes_closed: whether a copy is taken for good that only lacks its password.
    """
    for backup in backups(folder, document):
        try:
            name = backup.path.name
            content, seal = opened(read_session_bytes(backup.path), name, password, seal=seal)
            parse_session(content, name)
        except LevcheckError as error:
            if not (takes_closed and error.code == "storage.needs_password"):
                continue
        return backup
    return None


def forget_open_backups(folder: Path, document: Path) -> None:
    """Remove the copies that can be read without a password.

    Raises:
        LevcheckError: ``storage.not_writable``.
    """
    for backup in backups(folder, document):
        try:
            if not is_sealed(backup.path.read_bytes()):
                backup.path.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise LevcheckError(
                "storage.not_writable", file=backup.path.name, reason=reason
            ) from error


def forget_backups(folder: Path, document: Path) -> None:
    """Remove every copy of a document.

    Raises:
        LevcheckError: ``storage.not_writable``.
    """
    place = backup_folder(folder, document)
    try:
        if place.is_dir():
            shutil.rmtree(place)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_writable", file=place.name, reason=reason) from error


# --- inside ------------------------------------------------------------------------------------------------


def _make(place: Path, document: Path) -> None:
    try:
        for folder in (place.parent, place):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_writable", file=document.name, reason=reason) from error


def _thin(known: Sequence[Backup]) -> None:
    stay = thinned(backup.when for backup in known if not backup.is_kept)
    for backup in known:
        if not backup.is_kept and backup.when not in stay:
            with contextlib.suppress(OSError):
                backup.path.unlink()
