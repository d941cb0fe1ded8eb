"""The laws of the public document ``levcheck/check/1``, as one function that any document can be held against."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

Spec = Mapping[str, tuple[type | tuple[type, ...], bool]]
_MONEY = (int, float)

PORTFOLIO: Spec = {
    "name": (str, False),
    "as_of": (str, True),
    "base_currency": (str, False),
    "equity": (_MONEY, False),
    "gross": (_MONEY, False),
}
POSITION: Spec = {
    "id": (str, False),
    "sheet": (str, True),
    "row": (int, True),
    "symbol": (str, True),
    "instrument": (str, True),
    "kind": (str, True),
    "daily_leverage_factor": (_MONEY, True),
    "market_value": (_MONEY, True),
    "notional_exposure": (_MONEY, True),
}
EXPOSURE: Spec = {
    "root": (str, False),
    "name": (str, False),
    "long": (_MONEY, False),
    "short": (_MONEY, False),
    "net": (_MONEY, False),
    "gross": (_MONEY, False),
    "direct": (_MONEY, False),
    "share_of_equity": (_MONEY, True),
    "doors": (list, False),
}
THEME: Spec = {
    "theme": (str, False),
    "name": (str, False),
    "labelled": (_MONEY, False),
    "long": (_MONEY, False),
    "short": (_MONEY, False),
    "net": (_MONEY, False),
    "gross": (_MONEY, False),
    "hidden_share": (_MONEY, False),
    "share_of_equity": (_MONEY, True),
    "doors": (list, False),
}
STRESS: Spec = {
    "scenario": (str, False),
    "horizon_days": (int, False),
    "pnl": (_MONEY, False),
    "share_of_equity": (_MONEY, True),
    "low": (_MONEY, False),
    "high": (_MONEY, False),
    "positions": (list, False),
    "causes": (list, False),
    "left_out": (list, False),
}
LOSS: Spec = {
    "position": (str, False),
    "pnl": (_MONEY, False),
    "share": (_MONEY, True),
    "low": (_MONEY, False),
    "high": (_MONEY, False),
    "model": (str, False),
    "terminated": (bool, False),
}
DAILY_RESET: Spec = {
    "position": (str, False),
    "daily_leverage_factor": (_MONEY, False),
    "expense_ratio": (_MONEY, True),
    "financing": (_MONEY, False),
    "hidden_drag": (_MONEY, False),
    "hidden_drag_basis": (str, False),
    "volatility": (_MONEY, True),
    "volatility_decay": (_MONEY, True),
    "break_even_move": (_MONEY, True),
    "forced_trade": (dict, False),
}
DIAGNOSTIC: Spec = {
    "code": (str, False),
    "severity": (str, False),
    "message": (str, False),
    "remedy": (str, True),
    "where": (str, True),
}
WRAPPERS = {
    "direct",
    "fund",
    "leveraged",
    "inverse",
    "preferred",
    "option",
    "income",
    "crypto",
    "note",
}


def assert_fields(values: Sequence[Mapping[str, Any]], spec: Spec) -> None:
    """Every field of the contract is there, of its type, and null only where null is allowed."""
    for value in values:
        for name, (kind, may_be_null) in spec.items():
            assert name in value, name
            field = value[name]
            if field is None:
                assert may_be_null, name
                continue
            assert isinstance(field, kind), (name, field)
            assert kind is bool or not isinstance(field, bool), (name, field)


def assert_lawful(document: Mapping[str, Any]) -> None:
    """Hold a document against every law of the contract."""
    assert document["schema"] == "levcheck/check/1"
    _assert_shape(document)
    values = {line["id"]: line["market_value"] for line in document["positions"]}
    assert list(values) == [f"p{number}" for number in range(1, len(values) + 1)]
    values |= {line["id"]: line["market_value"] for line in document["cash"]}
    equity = sum(value for value in values.values() if value is not None)
    assert document["portfolio"]["equity"] == pytest.approx(equity, abs=0.005)
    for root in document["exposures"]:
        _assert_sides(root, equity)
        for door in root["doors"]:
            assert door["chain"][-1] == root["root"]
            assert len(door["weights"]) == len(door["chain"]) - 1
            amount = values[door["position"]]
            for weight in door["weights"]:
                amount *= weight
            assert door["amount"] == pytest.approx(amount, abs=0.005)
    for theme in document["themes"]:
        _assert_sides(theme, equity)
        assert 0.0 <= theme["hidden_share"] <= 1.0
        assert {door["wrapper"] for door in theme["doors"]} <= WRAPPERS
    whole = sum(root["net"] for root in document["exposures"])
    assert sum(family["net"] for family in document["families"]) == pytest.approx(whole, abs=0.005)
    for result in document["stress"]:
        _assert_losses(result, values, equity)
        left_out = {gap["position"] for gap in document["coverage"]["left_out"]}
        assert left_out <= set(result["left_out"])


def _assert_shape(document: Mapping[str, Any]) -> None:
    assert_fields([document["portfolio"]], PORTFOLIO)
    assert_fields(document["positions"], POSITION)
    assert_fields(document["exposures"], EXPOSURE)
    assert_fields(document["themes"], THEME)
    assert_fields(document["stress"], STRESS)
    for result in document["stress"]:
        assert_fields(result["positions"], LOSS)
    assert_fields(document["daily_reset"], DAILY_RESET)
    assert_fields(document["diagnostics"], DIAGNOSTIC)
    coverage = document["coverage"]
    assert 0.0 <= coverage["looked_through_share"] <= coverage["known_share"] + 1e-9 <= 1.0 + 2e-9
    assert isinstance(document["headline"], str)
    assert isinstance(document["provenance"]["method"], int)


def _assert_sides(value: Mapping[str, Any], equity: float) -> None:
    assert value["short"] <= 0.0 <= value["long"]
    assert value["long"] + value["short"] == pytest.approx(value["net"], abs=0.005)
    assert value["long"] - value["short"] == pytest.approx(value["gross"], abs=0.005)
    assert sum(d["amount"] for d in value["doors"]) == pytest.approx(value["net"], abs=0.005)
    if equity > 0:
        assert value["share_of_equity"] == pytest.approx(value["net"] / equity, abs=1e-8)
    else:
        assert value["share_of_equity"] is None


def _assert_losses(
    result: Mapping[str, Any], values: Mapping[str, float | None], equity: float
) -> None:
    cents = round(result["pnl"] * 100)
    assert sum(round(loss["pnl"] * 100) for loss in result["positions"]) == cents
    assert sum(round(cause["pnl"] * 100) for cause in result["causes"]) == cents
    assert result["low"] <= result["pnl"] <= result["high"]
    if equity > 0:
        assert result["share_of_equity"] == pytest.approx(result["pnl"] / equity, abs=1e-8)
    valued = {loss["position"] for loss in result["positions"]}
    lines = {identifier for identifier in values if identifier.startswith("p")}
    assert lines - valued == {name for name in result["left_out"] if name.startswith("p")}
    for loss in result["positions"]:
        value = values[loss["position"]]
        assert value is not None
        assert loss["low"] <= loss["pnl"] <= loss["high"]
        if value > 0:
            assert loss["low"] >= -value
        assert (loss["share"] is None) == (value == 0)
