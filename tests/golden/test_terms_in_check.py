"""Notes, contracts and tokens through the whole job: by their terms where these are known, by no number where not."""

import json
from pathlib import Path
from typing import Any

import pytest

from levcheck.cli.main import run
from levcheck.cli.services import Services

LINES = """Symbol,Description,Quantity,Price,Market Value,Currency
NVDA,NVIDIA CORP,10,150,1500,USD
NVDA 2027-01-15 140 C,NVDA Jan 15 2027 140 Call,2,28,5600,USD
NVDA 2027-01-15 120 P,NVDA Jan 15 2027 120 Put,-1,9,-900,USD
BRCNT,BARRIER REVERSE CONVERTIBLE NVDA TSLA,10,985,9850,USD
AUTON,AUTOCALLABLE NOTE AAPL,5,990,4950,USD
BTCLT,BITCOIN TOKEN,10,100,1000,USD
PHXN,PHOENIX NOTE NVDA,10,1000,10000,USD
WATCHN,BARRIER NOTE WATCHED NVDA,10,1000,10000,USD
CVMS,CONVERTIBLE MSTR,10,1000,10000,USD
KXBTC,BTC ABOVE LEVEL,100,0.42,42,USD
MSTY,YIELDMAX MSTR OPTION INCOME,100,12,1200,USD
PJAN,INNOVATOR POWER BUFFER JAN,100,40,4000,USD
NTSX,WISDOMTREE EFFICIENT CORE,100,45,4500,USD
"""
TABLES = {
    "instruments.csv": """id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,daily_leverage_factor,expense_ratio,asset_class,as_of,source
BRCNT.NOTE,BRCNT,,,,Barrier reverse convertible,note,USD,CH,,,1.0,,single_stock,2026-06-01,term sheet
AUTON.NOTE,AUTON,,,,Autocallable note,note,USD,US,,AAPL.US,1.0,,single_stock,2026-06-01,term sheet
PHXN.NOTE,PHXN,,,,Phoenix autocallable,note,USD,CH,,NVDA.US,1.0,,single_stock,2026-06-01,term sheet
WATCHN.NOTE,WATCHN,,,,Barrier note watched,note,USD,CH,,NVDA.US,1.0,,single_stock,2026-06-01,term sheet
CVMS.US,CVMS,,,,Convertible bond,convertible,USD,US,MSTR.US,,1.0,,credit,2026-06-01,prospectus
BTCLT.TOKEN,BTCLT,,,,Bitcoin three times token,token,USD,,,BTC.CRYPTO,3.0,0.02,crypto,2026-06-01,issuer page
KXBTC.CONTRACT,KXBTC,,,,Bitcoin above a level,contract,USD,US,,BTC.CRYPTO,1.0,,event,2026-06-01,exchange page
""",
    "holdings.csv": """fund,constituent,weight,as_of,source
BRCNT.NOTE,NVDA.US,0.5,2026-06-01,term sheet
BRCNT.NOTE,TSLA.US,0.5,2026-06-01,term sheet
""",
    "note_terms.csv": """instrument,form,underlyings,levels,strike,barrier,coupon,maturity,threshold,as_of,source,watched,call_level,coupon_level,observations,memory,issuer,issuer_spread,face,ratio
BRCNT.NOTE,reverse_convertible,NVDA.US;TSLA.US,1.05;0.92,1,0.6,0.08,2027-12-15,,2026-06-01,term sheet
BTCLT.TOKEN,token,BTC.CRYPTO,,,,,,0.15,2026-06-01,issuer page
KXBTC.CONTRACT,level_contract,BTC.CRYPTO,0.6,,,,2027-12-31,,2026-06-01,exchange page
PHXN.NOTE,autocallable,NVDA.US,1.02,,0.6,0.03,2028-12-15,,2026-06-01,term sheet,,1.0,0.7,2027-06-15;2027-12-15;2028-06-15,yes,GS.US,0.01
WATCHN.NOTE,reverse_convertible,NVDA.US,1.0,,0.6,0.08,2027-12-15,,2026-06-01,term sheet,yes,,,,,GS.US,0.01
CVMS.US,convertible,MSTR.US,120,,,0.00625,2030-09-15,,2026-06-01,prospectus,,,,,,,0.04,1000,5.5
""",
}


def nothing(*_given: object) -> Any:
    raise AssertionError


SERVICES = Services(nothing, nothing, nothing, nothing)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "held.csv").write_text(LINES, encoding="utf-8")
    (tmp_path / "tables").mkdir()
    for name, text in TABLES.items():
        (tmp_path / "tables" / name).write_text(text, encoding="utf-8")
    return tmp_path


def losses(
    folder: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    capsys.readouterr()
    given = ["check", str(folder / "held.csv"), "--library", str(folder / "tables"), "--json"]
    assert run([*given, *options], SERVICES) == 0
    document = json.loads(capsys.readouterr().out)
    names = {line["id"]: line["symbol"] for line in document["positions"]}
    found = {names[loss["position"]]: loss for loss in document["stress"][0]["positions"]}
    return found, document


@pytest.fixture
def bundled_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))


@pytest.mark.usefixtures("bundled_only")
def test_that_every_kind_of_paper_is_valued_by_its_own_model(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = losses(folder, capsys, "--shock", "NVDA=-30%")
    models = {symbol: loss["model"] for symbol, loss in found.items()}
    assert models["NVDA 2027-01-15 140 C"] == "option"
    assert models["BRCNT"] == "note"
    assert models["BTCLT"] == "daily_reset"
    assert models["KXBTC"] == "note"
    assert models["MSTY"] == models["PJAN"] == "sensitivity"
    assert models["NTSX"] == "fund"
    for loss in found.values():
        assert loss["low"] <= loss["pnl"] <= loss["high"]
    # Bought: no more than its price. Sold: more than was got for it.
    assert -5600.0 <= found["NVDA 2027-01-15 140 C"]["pnl"] < -3000.0
    assert found["NVDA 2027-01-15 120 P"]["pnl"] < -900.0


@pytest.mark.usefixtures("bundled_only")
def test_that_a_note_holds_above_its_barrier_and_follows_the_worst_share_below(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = []
    for move in ("-10%", "-35%", "-60%"):
        found, _ = losses(folder, capsys, "--shock", f"NVDA={move}", "--no-propagation")
        shares.append(found["BRCNT"]["share"])
    mild, near, broken = shares
    assert -0.1 < mild <= 0.0
    assert broken < near < mild
    # 1.05 × 0.4 = 0.42 of the start is left of the worst share, and the coupon beside it.
    assert broken == pytest.approx(-0.45, abs=0.12)


@pytest.mark.usefixtures("bundled_only")
def test_that_a_token_resets_within_the_day_and_a_contract_loses_no_more_than_its_price(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, _ = losses(folder, capsys, "--shock", "BTC.CRYPTO=-40%", "--no-propagation")
    # Three resets at −15% and the rest: it sells low, but is not ruined as three times −40% would.
    left = (1 - 3 * 0.15) ** 3 * (1 - 3 * (1 - 0.6 / 0.85**3))
    assert found["BTCLT"]["share"] == pytest.approx(left - 1.0, abs=1e-3)
    assert not found["BTCLT"]["terminated"]
    assert -42.0 <= found["KXBTC"]["pnl"] < -30.0
    rises, _ = losses(folder, capsys, "--shock", "BTC.CRYPTO=60%", "--no-propagation")
    assert rises["KXBTC"]["pnl"] > 42.0


@pytest.mark.usefixtures("bundled_only")
def test_that_a_note_without_terms_gets_no_number_and_a_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, document = losses(folder, capsys, "--shock", "AAPL=-30%")
    assert "AUTON" not in found
    (auton,) = (p["id"] for p in document["positions"] if p["symbol"] == "AUTON")
    assert auton in document["stress"][0]["left_out"]
    assert "stress.note_without_terms" in {told["code"] for told in document["diagnostics"]}


@pytest.mark.usefixtures("bundled_only")
def test_that_a_note_without_terms_tells_its_two_ends_instead(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, document = losses(folder, capsys, "--shock", "AAPL=-30%", "--no-propagation")
    (auton,) = (p["id"] for p in document["positions"] if p["symbol"] == "AUTON")
    (ends,) = document["stress"][0]["two_states"]
    assert ends["position"] == auton
    assert ends["protected"] == 1.0
    assert ends["broken"] == pytest.approx(0.7)
    given = ["check", str(folder / "held.csv"), "--library", str(folder / "tables")]
    assert run([*given, "--shock", "AAPL=-30%", "--no-propagation"], SERVICES) == 0
    said = "AUTON repays 100% of its nominal if its protection holds, 70% if not."
    assert said in capsys.readouterr().out


@pytest.mark.usefixtures("bundled_only")
def test_that_an_autocallable_keeps_most_above_its_barrier_and_follows_the_share_below(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shares = []
    for move in ("0%", "-20%", "-35%", "-60%"):
        found, _ = losses(folder, capsys, "--shock", f"NVDA={move}", "--no-propagation")
        assert found["PHXN"]["model"] == "note"
        shares.append(found["PHXN"]["share"])
    assert shares[0] == pytest.approx(0.0, abs=1e-9)
    assert shares == sorted(shares, reverse=True)
    assert -0.15 < shares[1] < -0.01
    assert -0.62 < shares[3] < -0.4


@pytest.mark.usefixtures("bundled_only")
def test_that_a_barrier_watched_all_the_time_is_broken_on_the_way(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    near, _ = losses(folder, capsys, "--shock", "NVDA=-35%", "--no-propagation")
    broken, _ = losses(folder, capsys, "--shock", "NVDA=-45%", "--no-propagation")
    # Just above the barrier the share alone would have taken 35%; once it is touched, the note is the share.
    assert -0.35 < near["WATCHN"]["share"] < -0.1
    assert broken["WATCHN"]["share"] < near["WATCHN"]["share"]


@pytest.mark.usefixtures("bundled_only")
def test_that_a_note_falls_when_its_issuer_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calm, _ = losses(folder, capsys, "--shock", "GS.US=0%", "--no-propagation")
    feared, _ = losses(folder, capsys, "--shock", "GS.US=-60%", "--no-propagation")
    assert calm["PHXN"]["share"] == pytest.approx(0.0, abs=1e-9)
    assert -0.2 < feared["PHXN"]["share"] < -0.02
    assert feared["NVDA"]["pnl"] == 0.0


@pytest.mark.usefixtures("bundled_only")
def test_that_a_convertible_with_terms_falls_less_than_its_share_and_rises_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fall, document = losses(folder, capsys, "--shock", "MSTR.US=-50%", "--no-propagation")
    rise, _ = losses(folder, capsys, "--shock", "MSTR.US=50%", "--no-propagation")
    assert fall["CVMS"]["model"] == "convertible"
    assert -0.35 < fall["CVMS"]["share"] < -0.1
    assert 0.1 < rise["CVMS"]["share"] < 0.5
    assert fall["CVMS"]["low"] <= fall["CVMS"]["pnl"] <= fall["CVMS"]["high"]
    told = {one["code"] for one in document["diagnostics"]}
    assert "stress.assumed_issuer_spread" in told
