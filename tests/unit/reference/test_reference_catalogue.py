"""What the library answers, and how overlays change it."""

import threading
from pathlib import Path

import pytest

from levcheck.domain.instrument import DAILY_RESET_KINDS, Kind
from levcheck.domain.theme import Family
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.tables import plain_instrument

INSTRUMENTS = (
    "id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,"
    "daily_leverage_factor,expense_ratio,asset_class,as_of,source\n"
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def test_that_the_whole_strategy_stack_has_one_root(catalogue: Catalogue) -> None:
    roots = {
        symbol: catalogue.instruments([f"{symbol}.US"])[f"{symbol}.US"].root
        for symbol in ("MSTR", "STRK", "STRF", "STRD", "STRC", "STRE")
    }
    assert set(roots.values()) == {"MSTR.US"}
    for fund, factor in (("MSTU", 2.0), ("MSTX", 2.0), ("MSTZ", -2.0), ("SMST", -2.0)):
        one = catalogue.instrument(f"{fund}.US")
        assert one is not None
        assert (one.underlying, one.daily_leverage_factor) == ("MSTR.US", factor)
    income = catalogue.instrument("MSTY.US")
    assert income is not None
    assert (income.kind, income.underlying) == (Kind.INCOME_FUND, "MSTR.US")
    stack = catalogue.capital_stack("MSTR.US")
    assert [claim.rank for claim in stack] == sorted(claim.rank for claim in stack)
    assert {"STRF.US", "STRC.US", "STRK.US", "STRD.US", "BTC.CRYPTO"} <= {
        claim.claim for claim in stack
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("GOOG.US", "GOOGL.US"), ("005930.KR", "005935.KR"), ("TSM.US", "2330.TW"), ("BRK.A.US", "BRK.B.US"), ("BABA.US", "9988.HK")],
)  # fmt: skip
def test_that_lines_of_one_issuer_share_a_root(catalogue: Catalogue, one: str, other: str) -> None:
    found = catalogue.instruments([one, other])
    assert found[one].root == found[other].root


@pytest.mark.parametrize(
    ("fund", "factor", "underlying"),
    [
        ("TQQQ.US", 3.0, "NDX.INDEX"), ("SQQQ.US", -3.0, "NDX.INDEX"), ("SOXL.US", 3.0, "NYSESEMI.INDEX"),
        ("NVDL.US", 2.0, "NVDA.US"), ("TSMU.US", 2.0, "TSM.US"), ("RGTZ.US", -2.0, "RGTI.US"),
        ("SPCU.US", 2.0, "SPCX.US"), ("SPCG.US", -2.0, "SPCX.US"), ("BITX.US", 2.0, "BTC.CRYPTO"),
        ("0193W0.KR", 2.0, "005930.KR"), ("0193T0.KR", 2.0, "000660.KR"), ("7709.HK", 2.0, "000660.KR"),
        ("122630.KR", 2.0, "KOSPI200.INDEX"), ("252670.KR", -2.0, "KOSPI200.INDEX"), ("UGL.US", 2.0, "GOLD.COMMODITY"),
        ("WEBL.US", 3.0, "DJ-INTERNET.INDEX"), ("SPYU.US", 4.0, "SPX.INDEX"), ("UVXY.US", 1.5, "VIX-SHORT-FUTURES.INDEX"),
        ("TSLR.US", 2.0, "TSLA.US"), ("BRZU.US", 2.0, "MSCI-BRAZIL-2550.INDEX"), ("00631L.TW", 2.0, "TW50.INDEX"),
    ],
)  # fmt: skip
def test_that_leveraged_products_know_their_multiple_and_what_they_ride_on(
    catalogue: Catalogue, fund: str, factor: float, underlying: str
) -> None:
    one = catalogue.instrument(fund)
    assert one is not None
    assert one.kind in DAILY_RESET_KINDS
    assert (one.daily_leverage_factor, one.underlying) == (factor, underlying)
    assert one.source.as_of
    assert catalogue.instrument(underlying) is not None


def test_that_a_plain_fund_whose_name_speaks_of_a_multiple_does_not_claim_to_be_plain(
    catalogue: Catalogue,
) -> None:
    one = catalogue.instrument("CLDL.US")
    assert one is not None
    assert one.daily_leverage_factor is None


def test_that_a_country_fund_shows_samsung_and_hynix(catalogue: Catalogue) -> None:
    _, lists = catalogue.closure(["EWY.US", "KORU.US"])
    held = {part.instrument for part in lists["EWY.US"].constituents}
    assert {"005930.KR", "000660.KR"} <= held
    assert lists["MSCI-KOREA-2550.INDEX"].constituents[0].instrument == "EWY.US"


def test_that_trackers_reach_their_index_and_say_that_it_stands_in(catalogue: Catalogue) -> None:
    instruments, lists = catalogue.closure(["VOO.US", "VTI.US", "CSPX.GB", "VFIAX.US"])
    for fund in ("VOO.US", "VTI.US", "CSPX.GB"):
        assert lists[fund].constituents[0].instrument == "SPX.INDEX"
        assert lists[fund].source.title.startswith("stand-in")
    assert lists["VFIAX.US"].constituents[0].instrument == "VOO.US"
    assert 0.85 < lists["VTI.US"].weight_sum < 1.0
    assert "NVDA.US" in instruments


def test_that_full_lists_stop_at_ninety_five_percent_and_nothing_is_spread(
    catalogue: Catalogue,
) -> None:
    for index in ("SPX.INDEX", "RUT.INDEX", "KOSPI200.INDEX", "ACWI.INDEX", "NDX.INDEX"):
        held = catalogue.holdings(index)
        assert held is not None
        assert held.coverage == "full"
        assert 0.95 <= held.weight_sum <= 0.99


def test_that_every_root_has_exactly_one_family(catalogue: Catalogue) -> None:
    expected = {
        "NVDA.US": Family.AI_CHIPS, "BTC.CRYPTO": Family.CRYPTO, "STRK.US": Family.CRYPTO, "SPCX.US": Family.SPACE,
        "JNJ.US": Family.OTHER_SECTORS, "TLT.US": Family.BONDS, "GLD.US": Family.REAL_ASSETS, "VNQ.US": Family.REAL_ASSETS,
        "VTI.US": Family.BROAD_EQUITY, "EUR.CASH": Family.NEUTRAL, "LQD.US": Family.BONDS, "SOXL.US": Family.AI_CHIPS,
    }  # fmt: skip
    found = catalogue.instruments(expected)
    assert {name: catalogue.family_of(one) for name, one in found.items()} == expected


def test_that_an_instrument_nobody_names_is_sorted_by_rule(catalogue: Catalogue) -> None:
    assert catalogue.primary_theme(plain_instrument("NOBODY.DE")) == "developed-ex-us"
    assert catalogue.primary_theme(plain_instrument("NOBODY.KR")) == "korea"
    assert catalogue.primary_theme(plain_instrument("NOBODY.CRYPTO")) == "other-crypto"
    assert catalogue.primary_theme(plain_instrument("NOBODY.WHERE")) == "unclassified"


def test_that_themes_hold_roots_and_no_leveraged_wrapper(catalogue: Catalogue) -> None:
    members = {part.member for theme in catalogue.themes() for part in theme.members}
    known = catalogue.instruments(members)
    assert {one.kind for one in known.values()} & DAILY_RESET_KINDS == set()
    # An income fund rides on what it writes calls on; only one of many names counts where its own name says.
    assert [o.id for o in known.values() if o.kind is Kind.INCOME_FUND and o.underlying] == []
    strengths = {part.strength for theme in catalogue.themes() for part in theme.members}
    assert strengths == {0.5, 1.0}
    assert {"ai-chips", "bitcoin", "space", "us-equity", "cash", "health"} <= {
        theme.id for theme in catalogue.themes()
    }


def test_that_an_overlay_replaces_rows_lists_and_memberships_and_is_marked(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "instruments.csv").write_text(
        INSTRUMENTS
        + "NVDL.US,NVDL,,,,Mine,leveraged_fund,USD,US,,NVDA.US,1.5,0.01,single_stock,2026-06-30,me\n",
        encoding="utf-8",
    )
    (tmp_path / "holdings.csv").write_text(
        "fund,constituent,weight,as_of,source\nSOXX.US,NEWCO.DE,1,2026-06-30,me\n", encoding="utf-8"
    )
    (tmp_path / "themes.csv").write_text(
        "theme,member,strength,reason,source\nmy-bets,NEWCO.DE,1,mine,me\nai-chips,NVDA.US,0.5,half,me\n",
        encoding="utf-8",
    )
    laid = catalogue.with_overlay(tmp_path)
    one, held = laid.instrument("NVDL.US"), laid.holdings("SOXX.US")
    assert one is not None
    assert held is not None
    assert (one.overridden, one.daily_leverage_factor) == (True, 1.5)
    assert (held.overridden, [part.instrument for part in held.constituents]) == (
        True,
        ["NEWCO.DE"],
    )
    themes = {theme.id: theme for theme in laid.themes()}
    assert themes["my-bets"].family is Family.NEUTRAL
    half = {part.member: part.strength for part in themes["ai-chips"].members}
    assert (half["NVDA.US"], half["AMD.US"]) == (0.5, 1.0)
    instruments, _ = laid.closure(["SOXX.US"])
    assert instruments["NEWCO.DE"].root == "NEWCO.DE"
    assert laid.overlays == (tmp_path.name,)
    plain = catalogue.instrument("NVDL.US")
    assert plain is not None
    assert plain.daily_leverage_factor == 2.0


def test_that_several_threads_may_ask_at_once(catalogue: Catalogue) -> None:
    faults: list[BaseException] = []

    def ask(fund: str) -> None:
        try:
            for _ in range(20):
                Catalogue(catalogue._database).closure([fund])
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [
        threading.Thread(target=ask, args=(fund,))
        for fund in ("VT.US", "SPY.US", "TQQQ.US", "EWY.US")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


def test_that_search_finds_by_symbol_name_isin_and_other_spelling(catalogue: Catalogue) -> None:
    assert catalogue.search("NVDL")[0].id == "NVDL.US"
    assert catalogue.search("samsung electronics")[0].id == "005930.KR"
    assert catalogue.search("US67066G1040")[0].id == "NVDA.US"
    assert catalogue.search("SK하이닉스")[0].id == "000660.KR"
    assert catalogue.search("_%_%_nothing") == ()
    assert catalogue.search("  ") == ()
    assert len(catalogue.search("a", limit=3)) == 3


def test_that_rates_sizes_and_exchange_rates_are_dated(catalogue: Catalogue) -> None:
    assert catalogue.overnight_rates()[2024] == pytest.approx(0.0514)
    size = catalogue.fund_assets("TQQQ.US")
    assert size is not None
    assert (size.assets_usd or 0) > 1e10
    assert size.as_of == "2026-06-01"
    assert catalogue.fund_assets("NOBODY.US") is None
    rates = {rate.currency: rate for rate in catalogue.fx_rates()}
    assert 1000 < rates["KRW"].per_usd < 2000
    assert rates["EUR"].as_of >= "2026-01-01"


def test_that_all_active_leveraged_products_of_the_collected_list_are_known(
    catalogue: Catalogue, shared: Path
) -> None:
    import csv

    kinds = {"daily_leveraged", "daily_inverse", "weekly_leveraged", "leveraged_etn"}
    suffixes = {"KS": "KR", "KQ": "KR", "HK": "HK", "TW": "TW"}
    with (shared / "data" / "reference" / "leveraged_funds.csv").open(
        encoding="utf-8-sig"
    ) as stream:
        rows = [
            row
            for row in csv.DictReader(stream)
            if row["status"] == "active" and row["kind"] in kinds
        ]
    assert len(rows) == 763
    wrong = []
    for row in rows:
        symbol, _, suffix = row["ticker"].partition(".")
        one = catalogue.instrument(f"{symbol}.{suffixes.get(suffix, 'US')}")
        multiple = float(row["daily_multiple"]) if row["daily_multiple"] else None
        if (
            one is None
            or one.daily_leverage_factor != multiple
            or not one.underlying
            or not one.source.as_of
        ):
            wrong.append(row["ticker"])
    # Not leveraged at all: a premium-income fund that the collected list takes for one.
    assert wrong == ["JPUQF"]
