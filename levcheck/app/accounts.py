"""The accounts of a household: whose each is, and which of them are looked at.

A filter leaves every line where it is: lines keep their ids, so that what is edited under a filter is the line that
was meant. Only what is analysed gets smaller.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from levcheck.app.session import Session
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Account:
    """One account.

    Attributes:
        name: as printed; "" = lines that name none.
        owner: whose it is, as typed; "" = not told.
        lines: how many lines are in it.
        is_shown: whether its lines are looked at.
    """

    name: str
    owner: str
    lines: int
    is_shown: bool


def accounts_of(portfolio: Portfolio) -> tuple[Account, ...]:
    """Return the accounts of a portfolio, in the order they first occur."""
    counts: dict[str, int] = {}
    named = [position.account for position in portfolio.positions]
    for account in (*named, *(line.account for line in portfolio.cash)):
        counts[account or ""] = counts.get(account or "", 0) + 1
    return tuple(
        Account(
            name,
            portfolio.owners.get(name, ""),
            count,
            portfolio.only is None or name in portfolio.only,
        )
        for name, count in counts.items()
    )


def owners_of(portfolio: Portfolio) -> tuple[str, ...]:
    """Return everybody who owns an account, in the order of the accounts."""
    return tuple(dict.fromkeys(a.owner for a in accounts_of(portfolio) if a.owner))


def owners_shown(portfolio: Portfolio) -> tuple[str, ...]:
    """Return the owners whose accounts are looked at, where these are all of theirs and no others; () else."""
    accounts = accounts_of(portfolio)
    shown = [account for account in accounts if account.is_shown]
    owners = tuple(dict.fromkeys(account.owner for account in shown))
    theirs = [account for account in accounts if account.owner in owners]
    return owners if owners and "" not in owners and len(theirs) == len(shown) else ()


def narrowed(portfolio: Portfolio, accounts: Iterable[str], owners: Iterable[str]) -> Portfolio:
    """Return a portfolio of which only these accounts, and those of these owners, are looked at.

    Raises:
        LevcheckError: there is no such account or owner.
    """
    known = accounts_of(portfolio)
    names, people = {a.name for a in known}, set(owners_of(portfolio))
    wanted, whose = tuple(accounts), tuple(owners)
    for name in wanted:
        if name not in names:
            told = ", ".join(sorted(names - {""}))
            raise LevcheckError("check.no_account", account=name, known=told)
    for owner in whose:
        if owner not in people:
            raise LevcheckError("check.no_owner", owner=owner, known=", ".join(sorted(people)))
    chosen = {a.name for a in known if a.name in wanted or (a.owner and a.owner in whose)}
    return _looked_at(portfolio, chosen)


def show_accounts(session: Session, accounts: Iterable[str]) -> Session:
    """Return the session with only these accounts looked at; all of them takes the filter away."""
    portfolio = _looked_at(session.portfolio, set(accounts))
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def show_all_accounts(session: Session) -> Session:
    """Return the session with every account looked at."""
    whole = replace(session.portfolio, only=None)
    return replace(session, portfolio=whole, revision=session.revision + 1)


def set_owner(session: Session, account: str, owner: str) -> Session:
    """Return the session with the owner of an account; "" forgets him."""
    owners = dict(session.portfolio.owners)
    owners.pop(account, None)
    name = " ".join(owner.split())
    if name:
        owners[account] = name
    kept: Mapping[str, str] = MappingProxyType(owners)
    portfolio = replace(session.portfolio, owners=kept)
    return replace(session, portfolio=portfolio, revision=session.revision + 1)


def _looked_at(portfolio: Portfolio, accounts: set[str]) -> Portfolio:
    known = [account.name for account in accounts_of(portfolio)]
    kept = tuple(name for name in known if name in accounts)
    return replace(portfolio, only=None if len(kept) in {0, len(known)} else kept)
