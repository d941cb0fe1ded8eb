"""The public document held against its contract, on small tables whose answers were worked by hand."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import levcheck
from levcheck.domain.portfolio import Portfolio
from tests.helpers.contract_laws import assert_lawful

INSTRUMENTS = "id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,daily_leverage_factor,expense_ratio,asset_class,as_of,source"
# id, kind, underlying, multiple, issuer
ROWS = [
    ("QA.US", "common", "", "", ""),
    ("QB.US", "common", "", "", ""),
    ("QAP.US", "preferred", "", "", "QA.US"),
    ("QAC.US", "convertible", "", "", "QA.US"),
    ("QAI.US", "income_fund", "QA.US", "1", ""),
    ("QAL.US", "leveraged_fund", "QA.US", "2", ""),
    ("QAS.US", "inverse_fund", "QA.US", "-1", ""),
    ("QAU.US", "leveraged_fund", "QA.US", "", ""),
    ("QX.IDX", "index", "", "", ""),
    ("QXL.US", "leveraged_fund", "QX.IDX", "3", ""),
    ("QXS.US", "inverse_fund", "QX.IDX", "-2", ""),
    ("QW.US", "leveraged_fund", "QA.US", "2", ""),
    ("QWN.US", "leveraged_fund", "", "2", ""),
    ("QN1.US", "etf", "", "1", ""),
    ("QN2.US", "etf", "", "1", ""),
    ("QN3.US", "etf", "", "1", ""),
    ("QN4.US", "etf", "", "1", ""),
    ("QN5.US", "etf", "", "1", ""),
    ("QN6.US", "etf", "", "1", ""),
    ("QD.US", "etf", "", "1", ""),
    ("QDL.US", "etf", "", "1", ""),
    ("QDR.US", "etf", "", "1", ""),
    ("QF.US", "etf", "", "1", ""),
    ("QUI.US", "etf", "", "1", ""),
    ("QC1.US", "etf", "", "1", ""),
    ("QC2.US", "etf", "", "1", ""),
    ("QSELF.US", "etf", "", "1", ""),
    ("QCOIN.CRYPTO", "crypto", "", "", ""),
    ("QT.US", "crypto_trust", "QCOIN.CRYPTO", "1", ""),
]
HOLDINGS = [
    ("QX.IDX", "QA.US", 0.6),
    ("QX.IDX", "QB.US", 0.4),
    ("QW.US", "QA.US", 0.32),
    ("QWN.US", "QA.US", 0.32),
    ("QWN.US", "USD.CASH", 0.68),
    *((f"QN{n}.US", f"QN{n + 1}.US", 0.5) for n in range(1, 6)),
    ("QN6.US", "QA.US", 0.5),
    ("QD.US", "QDL.US", 0.4),
    ("QD.US", "QDR.US", 0.6),
    ("QDL.US", "QA.US", 0.5),
    ("QDL.US", "QB.US", 0.5),
    ("QDR.US", "QA.US", 1.0),
    ("QF.US", "QXL.US", 0.5),
    ("QF.US", "QB.US", 0.5),
    ("QUI.US", "QAU.US", 0.4),
    ("QUI.US", "QA.US", 0.6),
    ("QC1.US", "QC2.US", 0.5),
    ("QC1.US", "QA.US", 0.5),
    ("QC2.US", "QC1.US", 0.5),
    ("QC2.US", "QB.US", 0.5),
    ("QSELF.US", "QSELF.US", 0.5),
    ("QSELF.US", "QA.US", 0.5),
]
THEMES = [("half", "QA.US", 0.5), ("both", "QA.US", 1.0), ("both", "QB.US", 0.25)]
Line = tuple[str, float]
EVERYTHING: list[Line] = [
    (row[0].partition(".")[0], 1000.0 + 10 * n) for n, row in enumerate(ROWS) if row[1] != "index"
]

# what is held, what each root carries net, what a fall of QA by a tenth in an instant costs
ANSWERS: dict[str, tuple[list[Line], dict[str, float], float]] = {
    "nothing between": ([("QA", 1000)], {"QA.US": 1000}, -100),
    "sold short": ([("QA", -500), ("QB", 1000)], {"QA.US": -500, "QB.US": 1000}, 50),
    "doubled": ([("QAL", 1000)], {"QA.US": 2000}, -200),
    "a bear fund sold short": ([("QXS", -1000)], {"QA.US": 1200, "QB.US": 800}, -120),
    "shares beside swaps": ([("QW", 1000)], {"QA.US": 2000}, -200),
    "shares beside cash, no underlying named": ([("QWN", 1000)], {"QA.US": 2000}, -200),
    "a tripled index": ([("QXL", 1000)], {"QA.US": 1800, "QB.US": 1200}, -180),
    "a fund of a tripled index": ([("QF", 1000)], {"QA.US": 900, "QB.US": 1100}, -90),
    "two ways to one share": ([("QD", 1000)], {"QA.US": 800, "QB.US": 200}, -80),
    "six funds deep": ([("QN1", 64000)], {"QA.US": 1000, "QN1.US": 32000}, -100),
    "a circle": ([("QC1", 1000)], {"QA.US": 500, "QB.US": 250, "QC2.US": 250}, -50),
    "a fund of itself": ([("QSELF", 1000)], {"QA.US": 500, "QSELF.US": 500}, -50),
    "an inner multiple nobody knows": ([("QUI", 1000)], {"QA.US": 600, "QUI.US": 400}, -60),
    "one symbol twice": ([("QA", 1000), ("QA", 2000)], {"QA.US": 3000}, -300),
    "letters and blanks": ([(" qa ", 1000), ("QA.US", 500)], {"QA.US": 1500}, -150),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> levcheck.Library:
    folder = tmp_path_factory.mktemp("tables")
    instruments = [
        f"{i},{i.partition('.')[0]},,,,{i.partition('.')[0]} Thing,{kind},USD,US,{issuer},{under},{factor},0.01,,2026-06-30,test"
        for i, kind, under, factor, issuer in ROWS
    ]
    tables = {
        "instruments.csv": [INSTRUMENTS, *instruments],
        "holdings.csv": [
            "fund,constituent,weight,as_of,source",
            *(f"{f},{c},{w},2026-06-30,test" for f, c, w in HOLDINGS),
        ],
        "themes.csv": [
            "theme,member,strength,reason,source",
            *(f"{t},{m},{s},made up,test" for t, m, s in THEMES),
        ],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return levcheck.Library.bundled().with_overlay(folder)


def held(folder: Path, lines: Sequence[Line], name: str = "mine") -> Path:
    path = folder / f"{name}.csv"
    rows = [
        f"{symbol},{symbol.strip()} Thing,{100 if value >= 0 else -100},{abs(value) / 100:.4f},{value:.2f},USD"
        for symbol, value in lines
    ]
    head = "Symbol,Description,Quantity,Price,Market Value,Currency"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def read(*paths: Path) -> Portfolio:
    portfolio, faults = levcheck.read_portfolio(*paths)
    assert not [fault for fault in faults if fault.severity == "error"]
    return portfolio


def fall(
    portfolio: Portfolio, library: levcheck.Library, *shocks: str, **more: Any
) -> dict[str, Any]:
    more = {"propagate": False} | more
    document = levcheck.analyse(portfolio, library, shocks=shocks, **more).to_json()
    carried: dict[str, Any] = json.loads(json.dumps(document, allow_nan=False))
    assert_lawful(carried)
    return carried


def net(document: dict[str, Any]) -> dict[str, float]:
    return {root["root"]: root["net"] for root in document["exposures"]}


@pytest.mark.parametrize("case", list(ANSWERS))
def test_that_the_answer_worked_by_hand_comes_out(
    case: str, library: levcheck.Library, tmp_path: Path
) -> None:
    lines, roots, pnl = ANSWERS[case]
    document = fall(read(held(tmp_path, lines)), library, "QA=-10%")
    found = net(document)
    for root, amount in roots.items():
        assert found[root] == pytest.approx(amount, abs=0.005), root
    assert document["stress"][0]["pnl"] == pnl


def test_that_every_law_holds_for_everything_at_once_in_every_scenario(
    library: levcheck.Library, tmp_path: Path
) -> None:
    portfolio = read(held(tmp_path, EVERYTHING))
    document = levcheck.analyse(portfolio, library).to_json()
    assert_lawful(json.loads(json.dumps(document, allow_nan=False)))
    assert [s["scenario"] for s in document["stress"]] == [s.id for s in library.scenarios]


@pytest.mark.parametrize("move", ["-100%", "-60%", "-1%", "+60%", "+400%"])
@pytest.mark.parametrize("horizon", [0, 1, 21])
@pytest.mark.parametrize("propagate", [True, False])
def test_that_every_law_holds_for_long_and_short_through_any_move(
    move: str, horizon: int, library: levcheck.Library, tmp_path: Path, *, propagate: bool
) -> None:
    lines = [(symbol, value if n % 3 else -value) for n, (symbol, value) in enumerate(EVERYTHING)]
    document = fall(
        read(held(tmp_path, lines)),
        library,
        f"QA={move}",
        horizon_days=horizon,
        propagate=propagate,
    )
    assert document["stress"][0]["horizon_days"] == horizon


def test_that_the_order_of_the_lines_changes_no_figure(
    library: levcheck.Library, tmp_path: Path
) -> None:
    forth = fall(read(held(tmp_path, EVERYTHING)), library, "QA=-10%", "QB=+5%")
    back = fall(read(held(tmp_path, EVERYTHING[::-1])), library, "QA=-10%", "QB=+5%")
    assert net(back) == pytest.approx(net(forth), abs=0.005)
    assert back["stress"][0]["pnl"] == forth["stress"][0]["pnl"]
    assert back["headline"] == forth["headline"]
    assert {theme["theme"]: theme["net"] for theme in back["themes"]} == pytest.approx(
        {theme["theme"]: theme["net"] for theme in forth["themes"]}, abs=0.005
    )


def test_that_a_household_carries_what_its_accounts_carry(
    library: levcheck.Library, tmp_path: Path
) -> None:
    files = [
        held(tmp_path, EVERYTHING[:14], "his"),
        held(tmp_path, EVERYTHING[10:], "hers"),
    ]
    apart = [fall(read(file), library, "QA=-10%") for file in files]
    together = fall(read(*files), library, "QA=-10%")
    roots = {root for document in apart for root in net(document)}
    summed = {root: sum(net(document).get(root, 0.0) for document in apart) for root in roots}
    assert net(together) == pytest.approx(summed, abs=0.005)
    assert together["stress"][0]["pnl"] == pytest.approx(
        sum(document["stress"][0]["pnl"] for document in apart), abs=0.005
    )
    assert {line["account"] for line in together["positions"]} == {"his", "hers"}


def test_that_a_share_in_two_bets_does_not_make_the_portfolio_larger(
    library: levcheck.Library, tmp_path: Path
) -> None:
    document = fall(read(held(tmp_path, [("QA", 1000), ("QB", 1000)])), library, "QA=-10%")
    themes = {theme["theme"]: theme for theme in document["themes"]}
    assert (themes["half"]["net"], themes["both"]["net"]) == (500, 1250)
    assert (themes["half"]["labelled"], themes["both"]["labelled"]) == (500, 1250)
    assert (document["portfolio"]["equity"], document["portfolio"]["in_effect"]) == (2000, 2000)
    assert document["stress"][0]["pnl"] == -100


def test_that_an_unknown_multiple_is_null_and_told_and_in_no_number(
    library: levcheck.Library, tmp_path: Path
) -> None:
    document = fall(read(held(tmp_path, [("QAU", 5000), ("QA", 1000)])), library, "QA=-10%")
    line = document["positions"][0]
    assert line["daily_leverage_factor"] is None
    assert line["notional_exposure"] is None
    told = [d for d in document["diagnostics"] if d["code"] == "exposure.unknown_multiple"]
    assert [d["where"] for d in told] == ["row 2"]
    assert net(document) == {"QA.US": 1000}
    assert document["coverage"]["left_out"][0]["position"] == "p1"
    assert document["coverage"]["known_share"] == pytest.approx(1000 / 6000, abs=1e-8)
    assert document["stress"][0]["pnl"] == -100


def test_that_the_whole_capital_stack_is_money_at_the_issuer_and_its_sensitivity_belongs_to_stress(
    library: levcheck.Library, tmp_path: Path
) -> None:
    lines = [("QAP", 1000.0), ("QAC", 1000.0), ("QAI", 1000.0), ("QA", 1000.0), ("QAL", 1000.0)]
    document = fall(read(held(tmp_path, lines)), library, "QA=-10%")
    (root,) = document["exposures"]
    assert (root["root"], root["net"], root["direct"]) == ("QA.US", 6000, 1000)
    losses = {loss["position"]: loss["pnl"] for loss in document["stress"][0]["positions"]}
    assert losses["p5"] == -200
    assert losses["p4"] == -100
    assert -100 < losses["p1"] < 0
    assert -100 < losses["p3"] < 0


def test_that_a_debt_is_negative_cash_and_no_share_is_told_without_equity(
    library: levcheck.Library, tmp_path: Path
) -> None:
    path = held(tmp_path, [("QA", 10_000)])
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "Cash,Margin loan,,,-4000.00,USD\n", encoding="utf-8")
    document = fall(read(path), library, "QA=-50%")
    assert document["portfolio"]["equity"] == 6000
    assert document["portfolio"]["gross"] == 10_000
    assert document["stress"][0]["share_of_equity"] == pytest.approx(-5000 / 6000, abs=1e-8)
    path.write_text(text + "Cash,Margin loan,,,-12000.00,USD\n", encoding="utf-8")
    under = fall(read(path), library, "QA=-50%")
    assert under["stress"][0]["share_of_equity"] is None
    assert under["portfolio"]["equity"] == -2000


def test_that_a_worthless_line_is_zero_and_one_without_value_is_null(
    library: levcheck.Library, tmp_path: Path
) -> None:
    path = held(tmp_path, [("QA", 0), ("QB", 1000)])
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "QAL,QAL Thing,100,,,USD\n", encoding="utf-8")
    document = fall(read(path), library, "QA=-10%", "QB=-10%")
    assert [line["market_value"] for line in document["positions"]] == [0.0, 1000.0, None]
    losses = {loss["position"]: loss for loss in document["stress"][0]["positions"]}
    assert losses["p1"]["share"] is None
    assert document["stress"][0]["left_out"] == ["p3"]
    assert document["stress"][0]["pnl"] == -100


def test_that_a_shock_on_the_coin_reaches_whoever_holds_it(
    library: levcheck.Library, tmp_path: Path
) -> None:
    document = fall(read(held(tmp_path, [("QT", 1000), ("QCOIN", 500)])), library, "QCOIN=-50%")
    assert net(document) == {"QCOIN.CRYPTO": 1500}
    assert document["stress"][0]["pnl"] == -750


@pytest.mark.parametrize("text", ["QA=-10%", "qa=-0.1", "QA.US=-0.10", "theme:both=-10%"])
def test_that_a_shock_may_be_written_in_every_way_the_manual_names(
    text: str, library: levcheck.Library, tmp_path: Path
) -> None:
    document = fall(read(held(tmp_path, [("QA", 1000), ("QAL", 1000)])), library, text)
    assert document["stress"][0]["pnl"] == -300
