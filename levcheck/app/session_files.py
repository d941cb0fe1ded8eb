"""Saving a session and opening it again."""

from pathlib import Path

from levcheck import __version__
from levcheck.app.session import Session
from levcheck.storage.session_file import (
    ENDING,
    SessionBody,
    load_session,
    restored,
    save_session,
    stored,
)

__all__ = ["ENDING", "open_session", "write_session"]


def write_session(path: Path, session: Session) -> None:
    """Save a session.

    Raises:
        LevcheckError: the file cannot be written; what was there before is untouched.
    """
    body = SessionBody(
        portfolio=session.portfolio,
        readings=tuple(stored(reading) for reading in session.readings),
        diagnostics=session.diagnostics,
        scenario=session.scenario,
        custom=session.custom,
    )
    save_session(path, body, app=__version__)


def open_session(path: Path) -> Session:
    """Return a saved session.

    Raises:
        LevcheckError: it cannot be read, is damaged, or newer than this program.
    """
    body = load_session(path)
    return Session(
        portfolio=body.portfolio,
        readings=tuple(restored(kept) for kept in body.readings),
        diagnostics=body.diagnostics,
        scenario=body.scenario,
        custom=body.custom,
    )
