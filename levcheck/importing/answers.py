"""What a user says about the columns of a file: which holds what, its decimal mark, the unit of its numbers.

One mapping of texts carries it all, so that it can be remembered and typed on a command line:
``quantity=C``, ``decimal=,`` for every column, ``decimal.price=.`` for one, ``unit.price=hundredths``.
"""

from collections.abc import Mapping
from types import MappingProxyType

DECIMAL = "decimal"
MARKS = (".", ",")
# field → unit → what quantity x price (for price and quantity) or the amount itself is multiplied with
UNITS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "price": MappingProxyType(
            {"one": 1.0, "hundredths": 0.01, "percent": 0.01, "per10000": 0.0001}
        ),
        "quantity": MappingProxyType({"one": 1.0, "lots1000": 1000.0, "contracts100": 100.0}),
        "market_value": MappingProxyType(
            {"one": 1.0, "thousands": 1e3, "tenthousands": 1e4, "millions": 1e6}
        ),
        "cost_basis": MappingProxyType(
            {"one": 1.0, "thousands": 1e3, "tenthousands": 1e4, "millions": 1e6}
        ),
    }
)


def columns_told(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return field → heading or column letters."""
    return {k: v for k, v in mapping.items() if k != DECIMAL and "." not in k}


def decimals_told(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return field → decimal mark, for fields whose mark is said for themselves."""
    found = {k.partition(".")[2]: v for k, v in mapping.items() if k.startswith(f"{DECIMAL}.")}
    return {field: mark for field, mark in found.items() if mark in MARKS}


def units_told(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return field → unit."""
    found = {k.partition(".")[2]: v for k, v in mapping.items() if k.startswith("unit.")}
    return {field: unit for field, unit in found.items() if unit in UNITS.get(field, {})}
