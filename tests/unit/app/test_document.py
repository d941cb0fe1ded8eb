"""The public document and the headline."""

import json
import math
from dataclasses import replace
from datetime import date

import pytest

from levcheck.app.document import check_document, without_amounts
from levcheck.app.pipeline import analyse
from levcheck.domain.scenario import Scenario, Shock
from levcheck.i18n.headline import verdict_sentence
from levcheck.i18n.words import Words
from tests.helpers.made_up_library import trap

KEYS = {
    "schema",
    "portfolio",
    "headline",
    "coverage",
    "positions",
    "exposures",
    "themes",
    "overlap",
    "stress",
    "daily_reset",
    "diagnostics",
    "provenance",
}


def trap_document() -> dict[str, object]:
    held, known = trap()
    asked = Scenario("custom", "Custom", "", (Shock("NVDA.US", -0.13),), 0)
    found = analyse(
        held, known, [asked], propagate=False, recognise=known.recognise, today=date(2026, 7, 1)
    )
    return check_document(found)


def test_that_every_field_of_the_contract_is_there() -> None:
    document = trap_document()
    assert set(document) >= KEYS
    assert document["schema"] == "levcheck/check/1"
    text = json.dumps(document, allow_nan=False)
    back = json.loads(text)
    assert back["positions"][2]["daily_leverage_factor"] == 2.0
    assert back["positions"][2]["notional_exposure"] == 20_000.0
    assert back["exposures"][0]["doors"][0]["chain"] == ["NVDX2.US", "NVDA.US"]
    assert back["stress"][0]["pnl"] == -4_160.0
    assert back["provenance"]["library"] == {"snapshot": "2026-06-30", "overlays": []}
    assert back["daily_reset"][0]["forced_trade"]["amount"] is None
    assert back["headline"] == "You hold 5 lines, but 58% of your money rides on one bet: Ai chips."


def test_that_what_is_not_a_number_is_null() -> None:
    held, known = trap()
    found = analyse(held, known, [], recognise=known.recognise, today=date(2026, 7, 1))
    broken = replace(found, gross=math.nan, equity=math.inf)
    document = check_document(broken)
    assert document["portfolio"]["gross"] is None
    assert document["portfolio"]["equity"] is None


def test_that_hidden_amounts_leave_no_amount_behind() -> None:
    hidden = json.dumps(without_amounts(trap_document()))
    for amount in ("55000", "10000", "37000", "32000", "4160", "20000", "2600"):
        assert amount not in hidden
    assert "0.58" in hidden


@pytest.mark.parametrize(
    ("lines", "theme", "share", "sentence"),
    [
        (
            14,
            "AI chips",
            0.61,
            "You hold 14 lines, but 61% of your money rides on one bet: AI chips.",
        ),
        (1, "AI chips", 1.0, "You hold 1 line, and 100% of your money rides on one bet: AI chips."),
        (
            14,
            "AI chips",
            0.12,
            "You hold 14 lines. The largest bet is AI chips, with 12% of your money.",
        ),
        (3, "Bitcoin", -0.4, "You hold 3 lines, and bet 40% of your money against Bitcoin."),
        (
            3,
            "Bitcoin",
            1.8,
            "You hold 3 lines, but one bet is larger than all your money: Bitcoin, 180% of it.",
        ),
        (
            3,
            "Bitcoin",
            None,
            "You hold 3 lines and owe as much as they are worth, or more. The largest bet is Bitcoin.",
        ),
        (2, None, None, "You hold 2 lines, and they carry no bet that we know of."),
        (0, None, None, "There is nothing here yet. Open a list of holdings to begin."),
    ],
)
def test_that_the_headline_is_honest(
    lines: int, theme: str | None, share: float | None, sentence: str
) -> None:
    assert verdict_sentence(Words("en"), lines=lines, theme=theme, share=share) == sentence


def test_that_a_rate_of_small_units_keeps_its_digits() -> None:
    held, known = trap()
    won = replace(
        held, positions=(replace(held.positions[0], currency="KRW"),), rates={"KRW": 0.00069432390}
    )
    found = analyse(won, known, [], recognise=known.recognise, today=date(2026, 7, 1))
    assert check_document(found)["positions"][0]["fx_rate"] == 0.00069432390
