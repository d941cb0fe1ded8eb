"""Where an issuer publishes what a fund holds, for the issuers whose addresses are known; opened in the user's own browser."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from levcheck import assets
from levcheck.domain.instrument import Instrument

TABLE = "issuer_pages.csv"


@dataclass(frozen=True, slots=True)
class IssuerPage:
    """The address of an issuer's lists.

    Attributes:
        name_pattern: what the fund's name begins with, as a pattern.
        market: market of the funds it is about.
        address: with ``{TICKER}``, ``{ticker}`` or ``{ISIN}`` where the fund's own code stands.
        as_of: ISO date the address was seen.
        source: where it was seen.
    """

    name_pattern: str
    market: str
    address: str
    as_of: str
    source: str


@cache
def issuer_pages() -> tuple[IssuerPage, ...]:
    """Return every known address, in the order they are tried."""
    return tuple(_rows())


def _rows() -> Iterator[IssuerPage]:
    with assets.asset("reference", TABLE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield IssuerPage(**row)


def issuer_page(instrument: Instrument) -> str | None:
    """Return where the issuer of a fund publishes what it holds; None where no address is known.

    >>> from levcheck.reference.catalogue import Catalogue
    >>> issuer_page(Catalogue.bundled().instrument("SOXL.US"))
    'https://www.direxion.com/holdings/SOXL.csv'
    """
    market = instrument.id.rsplit(".", 1)[-1]
    if not instrument.is_fund:
        return None
    for page in issuer_pages():
        if page.market == market and re.match(page.name_pattern, instrument.name):
            return _filled(page.address, instrument)
    return None


def _filled(address: str, instrument: Instrument) -> str | None:
    """Return an address with the fund's codes in it; None where it needs one that is not known."""
    code = quote(instrument.symbol, safe="")
    codes = {"TICKER": code, "ticker": code.lower(), "ISIN": instrument.isin or ""}
    if "{ISIN}" in address and not instrument.isin:
        return None
    return address.format(**codes)
