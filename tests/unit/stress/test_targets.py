"""What a shock's target means, and what each root belongs to."""

from dataclasses import replace

import pytest

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.scenario import Shock
from levcheck.domain.theme import Family, Theme, ThemeMember
from levcheck.stress.targets import (
    Memberships,
    Reach,
    Target,
    checked_shocks,
    classes_of,
    memberships_of,
    narrowed,
    parse_target,
)
from tests.unit.stress.test_portfolio_stress import instrument


@pytest.mark.parametrize(
    ("text", "reach", "name", "member"),
    [
        (" NVDA.US ", Reach.ROOT, "NVDA.US", "NVDA.US"),
        ("theme: ai-chips", Reach.THEME, "ai-chips", "theme:ai-chips"),
        ("Class:crypto", Reach.CLASS, "crypto", "class:crypto"),
        ("country:kr", Reach.COUNTRY, "KR", "country:KR"),
        ("CURRENCY :eur", Reach.CURRENCY, "EUR", "currency:EUR"),
        ("driver:us-equity", Reach.DRIVER, "us-equity", "driver:us-equity"),
        ("premium:MSTR.US", Reach.PREMIUM, "MSTR.US", "premium:MSTR.US"),
    ],
)
def test_that_a_target_is_read(text: str, reach: Reach, name: str, member: str) -> None:
    found = parse_target(text)
    assert found == Target(reach, name)
    assert found.member == member


@pytest.mark.parametrize("text", ["", "  ", "sector:tech", "theme:", "theme:  ", ":x"])
def test_that_what_is_no_target_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(LevcheckError) as refused:
        parse_target(text)
    assert refused.value.code == "stress.unknown_target"
    assert refused.value.args_map["target"] == text


@pytest.mark.parametrize("move", [-1.0000001, float("inf"), float("-inf"), float("nan")])
def test_that_a_move_that_cannot_be_is_refused(move: float) -> None:
    with pytest.raises(LevcheckError, match=r"stress\.impossible_move"):
        checked_shocks([Shock("X", move)])
    assert checked_shocks([Shock("X", -1.0)]) == ((Target(Reach.ROOT, "X"), Shock("X", -1.0)),)


def test_that_one_target_may_be_named_twice_but_not_moved_twice() -> None:
    twice = [Shock("country:kr", -0.1, 0.02), Shock("Country:KR", -0.1, 0.02)]
    assert [target for target, _ in checked_shocks(twice)] == [Target(Reach.COUNTRY, "KR")]
    for other in (Shock("country:KR", -0.2, 0.02), Shock("country:KR", -0.1, 0.03)):
        with pytest.raises(LevcheckError) as refused:
            checked_shocks([twice[0], other])
        assert refused.value.code == "stress.contradiction"
        assert dict(refused.value.args_map) == {
            "target": "country:KR",
            "first": -0.1,
            "second": other.move,
        }


def theme(name: str, *members: tuple[str, float]) -> Theme:
    rows = tuple(ThemeMember(name, member, strength, "w", "s") for member, strength in members)
    return Theme(name, name, Family.AI_CHIPS, rows)


ROWS = {
    "A.US": instrument("A.US", Kind.COMMON, country="us"),
    "AP.US": instrument("AP.US", Kind.PREFERRED, issuer="A.US"),
    "B.KR": instrument("B.KR", Kind.COMMON, country="KR", currency="KRW"),
    "BTC": instrument("BTC", Kind.CRYPTO, currency=None),
    "OUT.US": instrument("OUT.US", Kind.COMMON),
}
THEMES = (
    theme("weak", ("A.US", 0.39), ("B.KR", 0.4)),
    theme("strong", ("A.US", 0.3), ("AP.US", 0.9), ("NOROW", 0.5), ("OUT.US", 1.0), ("GONE", 1.0)),
    theme("also", ("A.US", 0.9)),
)


def members(*roots: str) -> Memberships:
    return memberships_of(roots, ROWS, THEMES)


def test_that_a_root_belongs_to_the_themes_of_its_lines_by_the_strongest_of_them() -> None:
    found = members("A.US", "B.KR", "NOROW")
    assert list(found.themes["A.US"].items()) == [("also", 0.9), ("strong", 0.9), ("weak", 0.39)]
    assert found.themes["NOROW"] == {"strong": 0.5}
    assert set(found.themes) == {"A.US", "B.KR", "NOROW"}


@pytest.mark.parametrize(
    ("target", "strengths"),
    [
        ("A.US", [1.0, 0.0, 0.0]),
        ("GONE", [0.0, 0.0, 0.0]),
        ("theme:weak", [0.39, 0.4, 0.0]),
        ("theme:strong", [0.9, 0.0, 0.0]),
        ("class:equity", [1.0, 1.0, 0.0]),
        ("class:crypto", [0.0, 0.0, 1.0]),
        ("country:us", [1.0, 0.0, 0.0]),
        ("country:FR", [0.0, 0.0, 0.0]),
    ],
)
def test_that_a_shock_reaches_its_members_by_their_strength(
    target: str, strengths: list[float]
) -> None:
    found = members("A.US", "B.KR", "BTC")
    assert found.strengths(parse_target(target)).tolist() == strengths


def test_that_countries_and_currencies_are_those_of_the_table() -> None:
    found = members("A.US", "B.KR", "BTC", "NOROW")
    assert found.countries == {"A.US": "US", "B.KR": "KR"}
    assert found.currencies == {"A.US": "USD", "B.KR": "KRW"}


def test_that_a_sensitivity_is_looked_for_from_the_special_to_the_broad() -> None:
    found = members("A.US", "B.KR", "BTC", "NOROW")
    assert list(found.lookup_order("A.US")) == [
        "A.US", "theme:also", "theme:strong", "class:single_stock", "class:stock", "country:US", "class:equity",
    ]  # fmt: skip
    assert list(found.lookup_order("B.KR"))[1] == "theme:weak"  # 0.4 tells, 0.39 does not
    assert list(found.lookup_order("BTC")) == ["BTC", "class:crypto"]
    assert list(found.lookup_order("NOROW")) == ["NOROW", "theme:strong"]


def test_that_roots_with_the_same_groups_are_of_one_kind_and_others_are_not() -> None:
    found = members("A.US", "B.KR", "BTC", "NOROW", "NOTHING")
    kinds = [found.kind_of(root) for root in ("A.US", "B.KR", "BTC", "NOROW", "NOTHING")]
    assert len(set(kinds)) == len(kinds)
    assert found.kind_of("NOTHING") == found.kind_of("NOBODY") == (None, None, None)


def test_that_what_was_asked_for_before_can_be_numbered_anew() -> None:
    whole = memberships_of(("A.US",), ROWS, THEMES, {"B.KR", "BTC"})
    assert whole.strengths(parse_target("class:equity")).tolist() == [1.0]
    few = narrowed(whole, ("BTC", "B.KR"))
    assert few.places == {"BTC": 0, "B.KR": 1}
    assert few.strengths(parse_target("theme:weak")).tolist() == [0.0, 0.4]
    assert few.strengths(parse_target("country:KR")).tolist() == [0.0, 1.0]


def of_class(kind: Kind, asset_class: str | None) -> Instrument:
    return replace(instrument("X", kind), asset_class=asset_class)


@pytest.mark.parametrize(
    ("row", "classes"),
    [
        (of_class(Kind.COMMON, None), {"equity", "single_stock", "stock"}),
        (of_class(Kind.COMMON, "Sector-Equity"), {"equity", "single_stock", "stock", "sector_equity"}),
        (of_class(Kind.ADR, " equity "), {"equity", "single_stock", "stock"}),
        (of_class(Kind.ETF, "treasury"), {"treasury", "bond"}),
        (of_class(Kind.ETF, "corporate_bond"), {"corporate_bond", "bond", "credit"}),
        (of_class(Kind.CONTRACT, "gold"), {"gold", "metal", "commodity"}),
        (of_class(Kind.CRYPTO_TRUST, None), {"crypto"}),
        (of_class(Kind.CASH, None), {"cash"}),
        (of_class(Kind.INDEX, None), set()),
        (of_class(Kind.ETF, ""), set()),
    ],
)  # fmt: skip
def test_that_a_paper_counts_as_its_classes_and_those_they_belong_to(
    row: Instrument, classes: set[str]
) -> None:
    assert classes_of(row) == classes


def test_that_narrow_classes_are_asked_before_broad_ones() -> None:
    rows = {"G": replace(instrument("G", Kind.CONTRACT), asset_class="gold")}
    found = memberships_of(("G",), rows, ())
    assert list(found.lookup_order("G")) == ["G", "class:gold", "class:metal", "class:commodity"]
    bond = {"T": replace(instrument("T", Kind.BOND), asset_class="treasury")}
    found = memberships_of(("T",), bond, ())
    assert list(found.lookup_order("T")) == ["T", "class:treasury", "class:bond"]
