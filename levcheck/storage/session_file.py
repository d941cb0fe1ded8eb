"""Session files: one readable JSON document with a schema number and a checksum.

``{"app": …, "body": …, "format": "levcheck", "schema": 1, "sha256": …}``; keys sorted, UTF-8. The checksum is that of the
whole document without itself, in its shortest form, and a file is exactly the bytes that its document renders to: a flip of
any bit is noticed. This holds for every schema, so that a newer file can be told from a damaged one. A session holds no path
and no expression, and nothing named in it is ever opened.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from levcheck.domain.diagnostics import Diagnostic, LevcheckError
from levcheck.domain.draft import DRAFT_IDS, Draft
from levcheck.domain.portfolio import IgnoredRows, Outcome, Portfolio, Reading, StatedTotal
from levcheck.domain.position import CashLine, Position
from levcheck.domain.scenario import Scenario
from levcheck.storage.migrations import STEPS, Step, migrate
from levcheck.storage.sealing import Seal, is_sealed, sealed, sealed_schema, unsealed
from levcheck.storage.unknown_fields import Unknown, unknown_fields, with_unknown_fields
from levcheck.storage.writer import write_file

FORMAT = "levcheck"
SCHEMA = 1
ENDING = ".levcheck"
LARGEST = 20 * 1024 * 1024
DEEPEST = 20
# Far beyond any scenario of the program (100 years), and far below what would keep it computing for ever.
LONGEST_HORIZON = 25_200


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
        drafts: changes laid over the portfolio.
        model: the portfolio it is measured against.
    """

    portfolio: Portfolio
    readings: tuple[StoredReading, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    scenario: str | None = None
    custom: Scenario | None = None
    drafts: tuple[Draft, ...] = ()
    model: Portfolio | None = None


def stored(reading: Reading) -> StoredReading:
    """Return a reading in the form a session keeps."""
    return StoredReading(
        **{field.name: getattr(reading, field.name) for field in fields(StoredReading)}
    )


def restored(kept: StoredReading) -> Reading:
    """Return a kept reading as the importer gave it, without its rates."""
    return Reading(**{field.name: getattr(kept, field.name) for field in fields(StoredReading)})


@dataclass(frozen=True, slots=True)
class LoadedSession:
    """What a session file's content gave.

    Attributes:
        body: what it holds, in today's terms.
        schema: the schema it is written in.
        app: version of the program that wrote it.
        unknown: what it holds beyond what this version knows; goes back in when it is saved.
    """

    body: SessionBody
    schema: int
    app: str
    unknown: Unknown | None = None

    @property
    def is_newer(self) -> bool:
        """Whether a newer version wrote it: it may be looked at, never overwritten."""
        return self.schema > SCHEMA


def session_bytes(body: SessionBody, *, app: str, unknown: Unknown | None = None) -> bytes:
    """Return the file's content for a body; the same body gives the same bytes.

    Args:
        body: what to keep.
        app: version of the program that writes it.
        unknown: fields of a newer version to put back.

    Raises:
        LevcheckError: ``storage.bad_figure``, a figure is not a finite number or makes no sense.
    """
    _check_figures(body, app)
    document = {
        "format": FORMAT,
        "schema": SCHEMA,
        "app": app,
        "body": with_unknown_fields(_settled(body), unknown),
    }
    try:
        return _rendered(document)
    except UnicodeEncodeError:
        # A file name may hold bytes that are no text; a session shows a question mark for each.
        text = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
        return _rendered(json.loads(text))
    except ValueError as error:
        raise LevcheckError("storage.bad_figure", file=body.portfolio.name) from error


def save_session(
    path: Path,
    body: SessionBody,
    *,
    app: str,
    unknown: Unknown | None = None,
    seal: Seal | None = None,
) -> bytes:
    """Write a session file after making sure that it reads back the same; return its bytes.

    Args:
        path: where to.
        body: what to keep.
        app: version of the program that writes it.
        unknown: fields of a newer version to put back.
        seal: of the password it is written under; None = readable by everyone who has the file.

    Raises:
        LevcheckError: the file cannot be written, and what was there before is untouched; or
            ``storage.not_confirmed``: the disk gives back something else than was written.
    """
    content = session_bytes(body, app=app, unknown=unknown)
    again = parse_session(content, path.name)
    if session_bytes(again.body, app=app, unknown=again.unknown) != content:
        raise LevcheckError("storage.bad_figure", file=path.name)
    if seal is not None:
        content = under_seal(content, seal, path.name)
    if len(content) > LARGEST:
        raise LevcheckError("storage.too_large", file=path.name)
    write_file(path, content)
    if read_session_bytes(path) != content:
        reason = "it reads back differently"
        raise LevcheckError("storage.not_confirmed", file=path.name, reason=reason)
    return content


def under_seal(content: bytes, seal: Seal, name: str) -> bytes:
    """Return a session's bytes as they are written under a password, after making sure that they come out again.

    Raises:
        LevcheckError: ``storage.not_confirmed`` or ``storage.no_cipher``.
    """
    closed = sealed(content, seal, schema=SCHEMA)
    if unsealed(closed, name, seal=seal)[0] != content:
        reason = "it reads back differently"
        raise LevcheckError("storage.not_confirmed", file=name, reason=reason)
    return closed


def opened(
    content: bytes, name: str, password: str | None = None, *, seal: Seal | None = None
) -> tuple[bytes, Seal | None]:
    """Return the session's own bytes, and the seal they were under (None = none).

    Raises:
        LevcheckError: as :func:`~levcheck.storage.sealing.unsealed`.
    """
    return unsealed(content, name, password, seal=seal) if is_sealed(content) else (content, None)


def load_session(
    path: Path,
    *,
    allow_newer: bool = False,
    password: str | None = None,
    seal: Seal | None = None,
) -> SessionBody:
    """Return what a session file holds.

    Args:
        path: the file.
        allow_newer: whether a file of a newer version is read as far as this one understands it.
        password: for a file that has one.
        seal: of a file that was opened before; tried first.

    Raises:
        LevcheckError: it cannot be read, is no session, is damaged, too large, newer than this program, or its password is
            missing or wrong.
    """
    content, _ = opened(read_session_bytes(path), path.name, password, seal=seal)
    return parse_session(content, path.name, allow_newer=allow_newer).body


def read_session_bytes(path: Path) -> bytes:
    """Return a file's content, if it is not too large for a session.

    Raises:
        LevcheckError: ``storage.not_readable`` or ``storage.too_large``.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LevcheckError("storage.not_readable", file=path.name, reason=reason) from error
    if len(content) > LARGEST:
        raise LevcheckError("storage.too_large", file=path.name)
    return content


def parse_session(
    content: bytes,
    name: str,
    *,
    allow_newer: bool = False,
    steps: Mapping[int, Step] = STEPS,
    schema: int = SCHEMA,
) -> LoadedSession:
    """Return what a session file's content holds.

    Args:
        content: the bytes of the file.
        name: what to call the file in a message.
        allow_newer: whether a newer schema is read as far as this version understands it.
        steps: migrations by the schema they lead to.
        schema: the schema of this program.

    Raises:
        LevcheckError: ``storage.not_a_session``, ``storage.newer``, ``storage.newer_or_damaged``, ``storage.bad_figure`` or
            ``storage.damaged``.
    """
    document = _document(content, name)
    found = document["schema"]
    if found > schema and not allow_newer:
        raise LevcheckError("storage.newer", file=name)
    try:
        raw = document["body"]
        if found < schema:
            raw = migrate(raw, schema=found, wanted=schema, steps=steps)
        body = _frozen(msgspec.convert(raw, SessionBody))
        unknown = unknown_fields(raw, msgspec.to_builtins(body, enc_hook=_plain))
    except Exception as error:  # a step may fail in any way on a body that is not what it says
        code = "storage.newer" if found > schema else "storage.damaged"
        raise LevcheckError(code, file=name) from error
    _check_figures(body, name)
    return LoadedSession(body, found, document["app"], unknown)


def schema_of(content: bytes) -> int | None:
    """Return the schema of a whole, undamaged session file, or what a sealed one says it is; None for anything else."""
    if is_sealed(content):
        return sealed_schema(content)
    try:
        schema: int = _document(content, "")["schema"]
    except LevcheckError:
        return None
    return schema


# --- inside ------------------------------------------------------------------------------------------------


def _document(content: bytes, name: str) -> dict[str, Any]:
    """Return the document after everything was checked that holds for every schema."""
    if len(content) > LARGEST:
        raise LevcheckError("storage.too_large", file=name)
    try:
        document = msgspec.json.decode(content)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        # A torn session still begins like one; anything else never was one.
        code = "storage.damaged" if b'"body"' in content[:400] else "storage.not_a_session"
        raise LevcheckError(code, file=name) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise LevcheckError("storage.not_a_session", file=name)
    known = {"format": str, "schema": int, "app": str, "sha256": str, "body": dict}
    shaped = all(type(document.get(key)) is kind for key, kind in known.items())
    if not shaped or document["schema"] < 1 or _is_too_deep(document):
        raise LevcheckError("storage.damaged", file=name)
    if _is_torn(document, content):
        code = "storage.newer_or_damaged" if document["schema"] > SCHEMA else "storage.damaged"
        raise LevcheckError(code, file=name)
    return document


def _rendered(document: Mapping[str, Any]) -> bytes:
    """Return the bytes of a document, its checksum put in."""
    sealed = {**document, "sha256": _checksum(document)}
    compact = json.dumps(sealed, ensure_ascii=False, sort_keys=True, allow_nan=False)
    # Indented in a second step: json indents in Python, letter by letter, ten times as slowly.
    return msgspec.json.format(compact.encode(), indent=1) + b"\n"


def _checksum(document: Mapping[str, Any]) -> str:
    covered = {key: value for key, value in document.items() if key != "sha256"}
    canonical = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _is_torn(document: Mapping[str, Any], content: bytes) -> bool:
    """Return whether a file is not what its document renders to; line ends of another system are allowed."""
    try:
        return _rendered(document) != content.replace(b"\r\n", b"\n")
    except (ValueError, RecursionError):
        return True


def _is_too_deep(document: Any) -> bool:
    """Return whether anything lies deeper than :data:`DEEPEST` (walked level by level, so that depth costs no stack)."""
    level = [document]
    for _ in range(DEEPEST):
        level = [
            part
            for value in level
            for part in (value.values() if isinstance(value, dict) else value)
            if isinstance(part, dict | list)
        ]
        if not level:
            return False
    return True


def _check_figures(body: SessionBody, name: str) -> None:
    """Refuse figures that would make the program compute nonsense, or for ever.

    Raises:
        LevcheckError: ``storage.bad_figure``.
    """
    held = (body.portfolio, *((body.model,) if body.model is not None else ()))
    good = all(math.isfinite(rate) and rate > 0 for p in held for rate in p.rates.values())
    good = good and _are_drafts(body.drafts)
    good = good and all(0.0 <= one.strength <= 1.0 for p in held for one in p.themes.members)
    if body.custom is not None:
        good = good and 0 <= body.custom.horizon_days <= LONGEST_HORIZON
        good = good and all(
            math.isfinite(shock.move) and shock.move >= -1.0 and math.isfinite(shock.swing)
            for shock in body.custom.shocks
        )
    if not good:
        raise LevcheckError("storage.bad_figure", file=name)


def _are_drafts(drafts: tuple[Draft, ...]) -> bool:
    """Return whether drafts have letters of their own and figures that are numbers."""
    letters = [draft.id for draft in drafts]
    figures = [
        figure
        for draft in drafts
        for change in draft.changes
        for figure in (
            change.amount,
            change.times,
            *((change.buys.price or 0.0, change.buys.factor) if change.buys is not None else ()),
        )
    ]
    known = len(set(letters)) == len(letters) and set(letters) <= set(DRAFT_IDS)
    return known and all(math.isfinite(figure) for figure in figures)


def _settled(body: SessionBody) -> Any:
    """Return a body as plain values of the very types it will be read as: an amount of 5 becomes 5.0.

    Raises:
        LevcheckError: ``storage.bad_figure``.
    """
    try:
        read = msgspec.convert(msgspec.to_builtins(body, enc_hook=_plain), SessionBody)
    except msgspec.ValidationError as error:
        raise LevcheckError("storage.bad_figure", file=body.portfolio.name) from error
    return msgspec.to_builtins(read, enc_hook=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    number = getattr(value, "item", None)  # a figure of numpy
    if number is not None:
        return number()
    raise NotImplementedError(type(value))


def _frozen(body: SessionBody) -> SessionBody:
    """Give the mappings back their read-only form, so that a loaded session equals the saved one."""
    model = None if body.model is None else _frozen_portfolio(body.model)
    return replace(body, portfolio=_frozen_portfolio(body.portfolio), model=model)


def _frozen_portfolio(portfolio: Portfolio) -> Portfolio:
    return replace(
        portfolio,
        positions=tuple(_frozen_position(p) for p in portfolio.positions),
        cash=tuple(_frozen_cash(c) for c in portfolio.cash),
        rates=MappingProxyType(dict(portfolio.rates)),
        resolutions=MappingProxyType(dict(portfolio.resolutions)),
        owners=MappingProxyType(dict(portfolio.owners)),
    )


def _frozen_position(position: Position) -> Position:
    return replace(
        position,
        cells=MappingProxyType(dict(position.cells)),
        raw=MappingProxyType(dict(position.raw)),
    )


def _frozen_cash(cash: CashLine) -> CashLine:
    return replace(cash, cells=MappingProxyType(dict(cash.cells)))
