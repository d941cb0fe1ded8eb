"""From file names to a portfolio: workbooks read, saved sessions opened, several made one household."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from levcheck.app.household import portfolio_from_readings
from levcheck.app.passwords import ASK_CODES, Ask
from levcheck.app.session import Session
from levcheck.app.session_files import ENDING, open_session
from levcheck.domain.diagnostics import Diagnostic, LevcheckError, Place, Severity
from levcheck.domain.draft import Draft
from levcheck.domain.portfolio import Outcome, Portfolio, Reading
from levcheck.domain.scenario import Scenario
from levcheck.domain.theme import NO_OWN_THEMES, OwnThemes


@dataclass(frozen=True, slots=True)
class Intake:
    """What some files gave.

    Attributes:
        portfolio: their lines as one household.
        diagnostics: what the reading gave cause to tell.
        custom: the user's own scenario, when one saved session was opened.
        drafts: changes laid over the list, when one saved session was opened.
    """

    portfolio: Portfolio
    diagnostics: tuple[Diagnostic, ...]
    custom: Scenario | None = None
    drafts: tuple[Draft, ...] = ()


def take_in(
    paths: Sequence[Path], *, base_currency: str | None = None, ask: Ask | None = None
) -> Intake:
    """Return the lines of one or several files, each its own account.

    Args:
        paths: workbooks and saved sessions.
        base_currency: of every total; None = what the files say.
        ask: asked for the passwords to try on a session that has one, by its file's name; None = nobody can be asked.

    Raises:
        LevcheckError: a file is missing, refused, or needs a mapping; nothing is analysed then.
    """
    if len(paths) == 1 and paths[0].suffix.lower() == ENDING:
        session = unlocked(_existing(paths[0]), ask)
        portfolio = session.portfolio
        if base_currency and base_currency.upper() != portfolio.base_currency:
            portfolio = _rebased(portfolio, base_currency.upper())
        return Intake(portfolio, session.diagnostics, session.custom, session.drafts)
    readings: list[Reading] = []
    confirmed: dict[str, str] = {}
    themes = NO_OWN_THEMES
    for path in paths:
        reading, resolutions, own = _reading_of(_existing(path), ask)
        # Of several sessions with bets of their own the first one's count: two views of one bet cannot both hold.
        themes = own if themes.is_empty else themes
        before = sum(len(earlier.positions) for earlier in readings)
        confirmed |= {f"p{int(k[1:]) + before}": v for k, v in resolutions.items()}
        readings.append(reading)
    portfolio, diagnostics = portfolio_from_readings(readings, base_currency=base_currency)
    if confirmed:
        portfolio = replace(portfolio, resolutions=MappingProxyType(confirmed))
    portfolio = replace(portfolio, themes=themes)
    if not portfolio.positions and not portfolio.cash:
        raise LevcheckError("check.nothing_read", where=Place(paths[0].name), file=paths[0].name)
    return Intake(portfolio, diagnostics)


def unlocked(path: Path, ask: Ask | None) -> Session:
    """Return a saved session; for one with a password, what is asked is tried until one opens it.

    Raises:
        LevcheckError: it cannot be opened, with no password or with none of those that were tried.
    """
    return _unlocked(path, ask)[0]


def password_of(path: Path, ask: Ask | None) -> str | None:
    """Return the password that opens a session, of those that are asked; None for one without.

    Raises:
        LevcheckError: it cannot be opened.
    """
    return _unlocked(path, ask)[1]


def _unlocked(path: Path, ask: Ask | None) -> tuple[Session, str | None]:
    try:
        return open_session(path), None
    except LevcheckError as fault:
        if ask is None or fault.code not in ASK_CODES:
            raise
        refused = fault
    for password in ask(path.name):
        try:
            return open_session(path, password=password), password
        except LevcheckError as fault:
            if fault.code not in ASK_CODES:
                raise
            refused = fault
    raise refused


def _existing(path: Path) -> Path:
    if not path.exists():
        raise LevcheckError("check.no_file", file=path.name)
    return path


def _rebased(portfolio: Portfolio, base: str) -> Portfolio:
    """Return the portfolio with totals in another currency; rates to the old one are carried over."""
    old, rates = portfolio.base_currency, dict(portfolio.rates)
    to_new = rates.get(base)
    turned = {}
    if to_new:
        turned = {code: rate / to_new for code, rate in rates.items() if code != base}
        turned[old] = 1.0 / to_new
    return replace(portfolio, base_currency=base, rates=MappingProxyType(turned))


def _reading_of(path: Path, ask: Ask | None) -> tuple[Reading, dict[str, str], OwnThemes]:
    """Return what a file holds, the instruments confirmed in it and the user's own bets.

    Raises:
        LevcheckError: it is refused or needs a mapping.
    """
    if path.suffix.lower() == ENDING:
        portfolio = unlocked(path, ask).portfolio
        return _as_reading(path, portfolio), dict(portfolio.resolutions), portfolio.themes
    reading = _read(path)
    if reading.outcome is Outcome.POSITIONS:
        return reading, {}, NO_OWN_THEMES
    raise _refusal(reading)


def _read(path: Path) -> Reading:
    from levcheck.importing import read_positions

    return read_positions(path)


def _as_reading(path: Path, portfolio: Portfolio) -> Reading:
    base = portfolio.base_currency
    return Reading(
        file=path.name,
        sha256=portfolio.input_sha256 or hashlib.sha256(path.read_bytes()).hexdigest(),
        outcome=Outcome.POSITIONS,
        layout="session",
        as_of=portfolio.as_of,
        base_currency=base,
        positions=portfolio.positions,
        cash=portfolio.cash,
        rates=MappingProxyType({(code, base): rate for code, rate in portfolio.rates.items()}),
    )


def _refusal(reading: Reading) -> LevcheckError:
    """Return why a file gave no positions, in its own words where it has some."""
    for told in reading.diagnostics:
        if told.severity is Severity.ERROR:
            return LevcheckError(told.code, where=told.where, **told.args)
    code = (
        "check.needs_mapping" if reading.outcome is Outcome.NEEDS_MAPPING else "check.nothing_read"
    )
    return LevcheckError(code, where=Place(reading.file), file=reading.file)
