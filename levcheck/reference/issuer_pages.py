"""Where an issuer publishes the list of a fund, for the few whose address is known; opened in the user's own browser."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from levcheck.domain.instrument import Instrument


@dataclass(frozen=True, slots=True)
class IssuerPage:
    """The address of an issuer's lists.

    Attributes:
        brand: pattern at the beginning of the fund's name.
        address: with ``{ticker}`` where the fund's code stands.
        as_of: ISO date the address was seen.
        source: where it was seen.
    """

    brand: str
    address: str
    as_of: str
    source: str


_PAGES = (
    IssuerPage(
        r"Direxion\b",
        "https://www.direxion.com/holdings/{ticker}.csv",
        "2026-08-31",
        "public fund data collections that read this address",
    ),
    IssuerPage(
        r"ProShares\b",
        "https://accounts.profunds.com/etfdata/psdlyhld.csv",
        "2026-08-31",
        "public fund data collections that read this address",
    ),
    IssuerPage(
        r"First Trust\b",
        "https://www.ftportfolios.com/retail/etf/ETFholdings.aspx?Ticker={ticker}",
        "2026-08-31",
        "repository yieldchaser/etf-data",
    ),
)


def issuer_page(instrument: Instrument) -> str | None:
    """Return where the issuer of an American fund publishes its list; None where no address is known.

    >>> from levcheck.reference.catalogue import Catalogue
    >>> issuer_page(Catalogue.bundled().instrument("SOXL.US"))
    'https://www.direxion.com/holdings/SOXL.csv'
    """
    if not instrument.is_fund or not instrument.id.endswith(".US"):
        return None
    for page in _PAGES:
        if re.match(page.brand, instrument.name):
            return page.address.format(ticker=quote(instrument.symbol, safe=""))
    return None
