"""Which measured figure stands for which wrapper."""

import pytest

from levcheck.domain.instrument import Kind
from levcheck.stress.sensitivities import (
    Response,
    income_response,
    is_measured,
    is_participating,
    preferred_response,
)


def ends(response: Response) -> tuple[float, float, float, float]:
    return response.down, response.up, response.harsh_down, response.mild_down


def test_that_each_of_strategys_preferreds_has_its_own_measured_figures() -> None:
    assert ends(preferred_response("STRC.US", Kind.PREFERRED)) == pytest.approx(
        (0.54 / 1.58, 0.14 / 1.39, 1.08 / 1.58, 0.14 / 1.39)
    )
    for name in ("STRF.US", "STRC.US", "STRK.US", "STRD.US"):
        found = preferred_response(name, Kind.PREFERRED, "US")
        assert is_measured(name) is True
        assert found.is_assumed is False
        assert found.up <= found.down <= found.harsh_down <= 1.0
        assert found.harsh_down == pytest.approx(2.0 * found.down)


@pytest.mark.parametrize(
    ("kind", "country", "down", "up"),
    [
        (Kind.PREFERRED, "US", 0.35, 0.15),
        (Kind.PREFERRED, None, 0.35, 0.15),
        (Kind.PREFERRED, "kr", 0.90, 0.90),
        (Kind.PREFERRED, "DE", 0.90, 0.90),
        (Kind.CONVERTIBLE, "KR", 0.60, 0.40),
    ],
)
def test_that_others_are_assumed_and_say_so(
    kind: Kind, country: str | None, down: float, up: float
) -> None:
    found = preferred_response("OTHER.US", kind, country)
    assert (found.down, found.up) == (down, up)
    assert found.is_assumed is True
    assert is_measured("OTHER.US") is False


@pytest.mark.parametrize(
    ("country", "takes_part"), [("KR", True), ("br", True), ("US", False), ("", False), (None, False)]
)  # fmt: skip
def test_that_preferreds_of_some_countries_take_part_in_profits(
    country: str | None, *, takes_part: bool
) -> None:
    assert is_participating(country) is takes_part


def test_that_income_funds_are_known_by_what_they_ride_on_and_buffers_by_themselves() -> None:
    on_stock = income_response(Kind.INCOME_FUND, rides_on_stock=True)
    on_index = income_response(Kind.INCOME_FUND, rides_on_stock=False)
    buffer = income_response(Kind.BUFFER_FUND, rides_on_stock=True)
    assert ends(on_stock) == (0.85, 0.60, 0.90, 0.80)
    assert ends(on_index) == (0.75, 0.47, 0.85, 0.58)
    assert ends(buffer) == (0.60, 0.60, 0.66, 0.52)
    assert not any(one.is_assumed for one in (on_stock, on_index, buffer))
