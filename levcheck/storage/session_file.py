"""Session files: one readable JSON document with a schema number and a checksum.

``{"app": …, "body": …, "format": "levcheck", "schema": 1, "sha256": …}``; keys sorted, UTF-8; the checksum is that of the
canonical body. A session holds no path and no expression, and nothing named in it is ever opened.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from levcheck.domain.diagnostics import Diagnostic, LevcheckError
from levcheck.domain.portfolio import IgnoredRows, Outcome, Portfolio, Reading, StatedTotal
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import Scenario
from levcheck.storage.writer import write_file

FORMAT = "levcheck"
SCHEMA = 1
ENDING = ".levcheck"
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading as a session keeps it: all of :class:`Reading` but the rates, which the portfolio carries."""

    file: str
    sha256: str
    outcome: Outcome
    layout: str
    as_of: str | None
    base_currency: str | None
    columns: Mapping[str, str]
    positions: tuple[Position, ...]
    cash: tuple[CashLine, ...]
    ignored: tuple[IgnoredRows, ...]
    totals: tuple[StatedTotal, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class SessionBody:
    """What a session file holds.

    Attributes:
        portfolio: the lines with every edit in them.
        readings: what each file gave.
        diagnostics: what came up when they were put together.
        scenario: id of the scenario applied to all screens.
        custom: the user's own shocks.
    """

    portfolio: Portfolio
    readings: tuple[StoredReading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    scenario: str | None = None
    custom: Scenario | None = None


def stored(reading: Reading) -> StoredReading:
    """Return a reading in the form a session keeps."""
    return StoredReading(
        **{field.name: getattr(reading, field.name) for field in fields(StoredReading)}
    )


def restored(kept: StoredReading) -> Reading:
    """Return a kept reading as the importer gave it, without its rates."""
    return Reading(**{field.name: getattr(kept, field.name) for field in fields(StoredReading)})


def session_bytes(body: SessionBody, *, app: str) -> bytes:
    """Return the file's content for a body; the same body gives the same bytes.

    Args:
        body: what to keep.
        app: version of the program that writes it.
    """
    plain = msgspec.to_builtins(body, enc_hook=_plain)
    document = {
        "format": FORMAT,
        "schema": SCHEMA,
        "app": app,
        "sha256": _checksum(plain),
        "body": plain,
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (text + "\n").encode()


def save_session(path: Path, body: SessionBody, *, app: str) -> None:
    """Write a session file after making sure that it reads back as the same session.

    Raises:
        LevcheckError: the file cannot be written; what was there before is untouched.
    """
    content = session_bytes(body, app=app)
    parse_session(content, path.name)
    write_file(path, content)


def load_session(path: Path) -> SessionBody:
    """Return what a session file holds.

    Raises:
        LevcheckError: it cannot be read, is no session, is damaged, too large, or newer than this program.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise LevcheckError("storage.too_large", file=path.name)
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=path.name, reason=reason) from error
    return parse_session(content, path.name)


def parse_session(content: bytes, name: str) -> SessionBody:
    """Return the body of a session file's content.

    Args:
        content: the bytes of the file.
        name: what to call the file in a message.

    Raises:
        LevcheckError: ``storage.not_a_session``, ``storage.newer`` or ``storage.damaged``.
    """
    try:
        document = msgspec.json.decode(content)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise LevcheckError("storage.not_a_session", file=name) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise LevcheckError("storage.not_a_session", file=name)
    schema = document.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise LevcheckError("storage.newer", file=name)
    body = document.get("body")
    if schema != SCHEMA or document.get("sha256") != _checksum(body):
        raise LevcheckError("storage.damaged", file=name)
    try:
        return _frozen(msgspec.convert(body, SessionBody))
    except (msgspec.ValidationError, RecursionError) as error:
        raise LevcheckError("storage.damaged", file=name) from error


def _checksum(body: Any) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(type(value))


def _frozen(body: SessionBody) -> SessionBody:
    """Give the mappings back their read-only form, so that a loaded session equals the saved one."""
    portfolio = replace(
        body.portfolio,
        positions=tuple(_frozen_position(p) for p in body.portfolio.positions),
        cash=tuple(_frozen_cash(c) for c in body.portfolio.cash),
        rates=MappingProxyType(dict(body.portfolio.rates)),
        resolutions=MappingProxyType(dict(body.portfolio.resolutions)),
    )
    return replace(body, portfolio=portfolio)


def _frozen_position(position: Position) -> Position:
    return replace(
        position,
        cells=MappingProxyType(dict(position.cells)),
        raw=MappingProxyType(dict(position.raw)),
    )


def _frozen_cash(cash: CashLine) -> CashLine:
    return replace(cash, cells=MappingProxyType(dict(cash.cells)))
