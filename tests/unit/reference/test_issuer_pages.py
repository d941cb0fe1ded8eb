"""Addresses of issuers' lists: each dated and sourced, filled with the fund's own code, none guessed."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from levcheck.reference.catalogue import Catalogue
from levcheck.reference.issuer_pages import issuer_page, issuer_pages


def test_that_every_address_is_whole_dated_and_sourced() -> None:
    assert len(issuer_pages()) >= 15
    for page in issuer_pages():
        parts = urlsplit(page.address)
        assert parts.scheme == "https"
        assert parts.netloc.count(".") >= 1
        assert date.fromisoformat(page.as_of) <= date(2026, 12, 31)
        assert page.source


@pytest.mark.parametrize(
    ("fund", "ending"),
    [
        ("SPY.US", "/holdings-daily-us-en-spy.xlsx"),
        ("XLK.US", "/holdings-daily-us-en-xlk.xlsx"),
        ("VOO.US", "/etfs/profile/voo"),
        ("NVDL.US", "/etfs/nvdl/"),
        ("MSTX.US", "defianceetfs.com/mstx/"),
        ("NVDX.US", "rexshares.com/nvdx/"),
        ("PJAN.US", "?ticker=PJAN"),
        ("SOXL.US", "/holdings/SOXL.csv"),
    ],
)
def test_that_a_funds_page_carries_its_code(fund: str, ending: str) -> None:
    one = Catalogue.bundled().instrument(fund)
    assert one is not None
    assert (issuer_page(one) or "").endswith(ending)


@pytest.mark.parametrize("line", ["NVDA.US", "JEPI.US", "GLD.US", "VTSAX.US", "069500.KR"])
def test_that_no_address_is_made_up_where_none_is_known(line: str) -> None:
    one = Catalogue.bundled().instrument(line)
    assert one is not None
    assert issuer_page(one) is None
