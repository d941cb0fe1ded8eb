"""Which accounts are looked at, in words: the mark that stands on every screen and page under a filter."""

from levcheck.app.accounts import owners_shown
from levcheck.app.analysis import Analysis
from levcheck.domain.portfolio import Portfolio
from levcheck.i18n.words import Words

NAMED = 3


def account_name(words: Words, account: str) -> str:
    """Return what an account is called; lines that name none have one together."""
    return account or words.text("no account named")


def filter_mark(portfolio: Portfolio, words: Words) -> str:
    """Return the mark of a filter in a few words; "" without one."""
    if portfolio.only is None:
        return ""
    # An owner's name says more than the numbers of his accounts.
    owners = owners_shown(portfolio)
    return words.text("Only {accounts}", accounts=_named(owners or portfolio.only, words))


def filter_sentence(analysis: Analysis, words: Words) -> str:
    """Return what a filter does, as a sentence; "" without one."""
    only = analysis.portfolio.only
    if only is None:
        return ""
    owners = owners_shown(analysis.portfolio)
    if owners:
        return words.text(
            "Only the accounts of {owners} are looked at: {accounts}. All others are in no number here.",
            owners=_named(owners, words),
            accounts=_named(only, words),
        )
    return words.text(
        "Only these accounts are looked at: {accounts}. All others are in no number here.",
        accounts=_named(only, words),
    )


def _named(only: tuple[str, ...], words: Words) -> str:
    shown = [account_name(words, account) for account in only[:NAMED]]
    more = len(only) - len(shown)
    listed = ", ".join(shown)
    if more:
        return words.text("{lines} and {n} more", lines=listed, n=words.number(more))
    return listed
