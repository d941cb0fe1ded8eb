"""Real holdings files and filings: how many lines, which day, what they add up to (counted by hand in the files)."""

from pathlib import Path

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.fund_lists import resolve
from levcheck.reference.holdings_files.lines import FundFile, LineKind
from levcheck.reference.holdings_files.reading import read_holdings_file

# file, reader, fund named in it, day, securities and contracts, sum of its weight column in percent
FILES = [
    ("ishares_us/SOXX_holdings.csv", "ishares-csv", "SOXX.US", "2026-08-03", 31, 99.99),
    ("ishares_us/IWM_holdings_2026-05-05.csv", "ishares-csv", "IWM.US", "2026-05-05", 1925, 99.90),
    (
        "ishares_us/SOXX_holdings_2023_excel-resaved.csv",
        "ishares-csv",
        "SOXX.US",
        "2023-10-24",
        32,
        100.01,
    ),
    ("ishares_uk/CSPX_holdings_sample.csv", "ishares-csv", None, "2026-06-19", 26, 51.52),
    ("ishares_au/IAF_holdings.csv", "ishares-csv", None, None, 650, 99.83),
    ("ssga_us/holdings-daily-us-en-spy.xlsx", "ssga-xlsx", "SPY.US", "2026-04-10", 504, 100.24),
    (
        "ssga_us/holdings-daily-us-en-xbi-03-Feb-2025.xlsx",
        "ssga-xlsx",
        "XBI.US",
        "2025-02-03",
        142,
        100.00,
    ),
    ("ssga_eu/spyy-gy.xlsx", "ssga-xlsx", "SPYY.DE", "2026-02-12", 2354, 100.00),
    ("ssga_au/QMIX_holdings.csv", "ssga-csv", None, None, 926, 100.00),
    ("invesco_us/qqq_holdings.csv", "invesco-csv", "QQQ.US", "2025-09-26", 101, 100.00),
    ("invesco_us/QQQ_holdings_2018.csv", "invesco-csv", "QQQ.US", "2018-05-14", 103, 100.00),
    ("ark/ARKK_HOLDINGS.csv", "ark-csv", "ARKK.US", "2026-08-18", 46, 100.02),
    ("ark/ARK_ARKW_HOLDINGS_2021_with_footer.csv", "ark-csv", "ARKW.US", "2021-10-28", 42, 99.98),
    ("vanguard_uk/VWRA_holdings_sample.csv", "vanguard-csv", None, None, 49, 41.02),
    ("vanguard_us/VOO_holdings_2022-11-30_api.json", "json", None, "2022-11-30", 505, 99.99),
    ("vanguard_au/VAE_holdings.csv", "generic", None, None, 1532, 100.00),
    ("schwab/SCHD_holdings.csv", "schwab-csv", None, "2024-04-09", 102, 99.78),
    ("amundi/CW8_msci_world_swap.json", "json", "CW8.FR", "2026-06-22", 15, 61.71),
    ("betashares/NDQ_holdings.csv", "generic", None, None, 102, 100.00),
    ("vaneck_au/QUAL_holdings.csv", "vaneck-csv", None, None, 300, 99.99),
    ("timefolio_kr/timeetf_idx2_2026-08-21.csv", "krx-csv", None, "2026-08-21", 47, 100.04),
    ("morningstar/Holdings_FPMAX_2017.csv", "morningstar-csv", None, None, 100, 54.16),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def only(path: Path) -> FundFile:
    (found,) = read_holdings_file(path)
    return found


@pytest.mark.parametrize(("name", "reader", "fund", "day", "rows", "total"), FILES)
def test_that_every_issuer_file_reads_exactly(
    shared: Path,
    catalogue: Catalogue,
    name: str,
    reader: str,
    fund: str | None,
    day: str | None,
    rows: int,
    total: float,
) -> None:
    found = only(shared / "data" / "reference" / "holdings" / name)
    assert (found.reader, found.as_of, len(found.counted)) == (reader, day, rows)
    assert found.weight_sum * 100 == pytest.approx(total, abs=0.1)
    if fund is None or day is None:
        with pytest.raises(LevcheckError) as question:
            resolve(found, catalogue)
        assert question.value.code in {"reference.needs_fund", "reference.needs_date"}
    else:
        assert resolve(found, catalogue).fund == fund


def test_that_a_file_about_bullion_without_a_list_is_refused(shared: Path) -> None:
    with pytest.raises(LevcheckError) as refusal:
        read_holdings_file(
            shared / "data" / "reference" / "holdings" / "ishares_xls" / "IGLN_overview.xls"
        )
    assert refusal.value.code == "reference.bad_holdings_file"


def test_that_a_leveraged_funds_filing_rebuilds_its_multiple(
    shared: Path, catalogue: Catalogue
) -> None:
    found = only(shared / "data" / "reference" / "nport" / "direxion_webl_2023-04-30.xml")
    assert found.as_of == "2023-04-30"
    assert found.net_assets == pytest.approx(128_617_224.64)
    assert len([line for line in found.lines if line.kind is LineKind.SWAP]) == 4
    assert found.daily_multiple == pytest.approx(3.05, abs=0.005)
    listed = resolve(found, catalogue)
    assert listed.fund == "WEBL.US"
    assert listed.members[0].weight == pytest.approx(2.320, abs=0.001)
    assert [one.code for one in listed.diagnostics] == []


def test_that_a_bond_funds_filing_keeps_every_position(shared: Path) -> None:
    found = only(shared / "data" / "reference" / "nport" / "goldman_bond_fund_2023-03-31.xml")
    assert len(found.lines) == 1685
    counted = [line.kind for line in found.lines]
    assert (counted.count(LineKind.FUTURE), counted.count(LineKind.OPTION)) == (12, 132)
    assert any((line.notional or 0) < 0 for line in found.lines if line.kind is LineKind.FUTURE)


def test_that_a_plain_bond_fund_shows_no_multiple(shared: Path) -> None:
    found = only(shared / "data" / "reference" / "nport" / "dupree_kentucky_2022-12-31.xml")
    assert (len(found.counted), found.daily_multiple) == (55, None)
    assert all(line.is_bond for line in found.counted)


def test_that_a_bonds_ticker_is_not_taken_for_its_issuers_share(
    shared: Path, catalogue: Catalogue
) -> None:
    found = only(shared / "data" / "reference" / "holdings" / "ishares_au" / "IAF_holdings.csv")
    listed = resolve(found, catalogue, fund="IAF.AU", as_of="2024-04-07")
    assert not any(member.instrument in {"AAPL.US", "TD.US"} for member in listed.members)


def test_that_the_american_line_of_a_taiwanese_company_stays_american(
    shared: Path, catalogue: Catalogue
) -> None:
    found = only(shared / "data" / "reference" / "holdings" / "ishares_us" / "SOXX_holdings.csv")
    members = {member.instrument for member in resolve(found, catalogue).members}
    assert "TSM.US" in members


def test_that_the_basket_of_a_swap_fund_is_not_looked_through_with(
    shared: Path, catalogue: Catalogue
) -> None:
    found = only(shared / "data" / "reference" / "holdings" / "amundi" / "CW8_msci_world_swap.json")
    listed = resolve(found, catalogue)
    assert (listed.members, listed.coverage) == ((), "partial")
    assert "reference.swap_basket" in [one.code for one in listed.diagnostics]
