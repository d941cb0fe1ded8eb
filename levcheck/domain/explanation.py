"""How a number came about, as a tree that ends at workbook cells and dated sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from levcheck.domain.diagnostics import Argument, Place
from levcheck.domain.provenance import Source


class Operation(StrEnum):
    """How a number follows from its inputs."""

    SUM = "sum"
    PRODUCT = "product"
    RATIO = "ratio"
    MODEL = "model"
    LEAF = "leaf"


class Unit(StrEnum):
    """What a number counts."""

    MONEY = "money"
    SHARE = "share"
    MULTIPLE = "multiple"
    RETURN = "return"
    COUNT = "count"
    QUANTITY = "quantity"
    PRICE = "price"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number with the numbers it was made of.

    The children of a SUM add up to its value to the cent; the children of a PRODUCT multiply to it.

    Attributes:
        code: key of its sentence in ``levcheck.i18n.sentences``.
        value: the number; None when unknown.
        unit: what it counts.
        operation: how it follows from `inputs`.
        args: values named in the sentence.
        inputs: the numbers it was made of, each explained.
        place: the workbook cell, for a leaf read from a file.
        source: the dated row, for a leaf from the library or a model's paper.
        note: code of what was rounded or assumed, if anything.
        currency: ISO code for money and prices, where it is not the portfolio's base currency.
    """

    code: str
    value: float | None
    unit: Unit
    operation: Operation = Operation.LEAF
    args: Mapping[str, Argument] = field(default_factory=lambda: MappingProxyType({}))
    inputs: tuple["Explanation", ...] = ()
    place: Place | None = None
    source: Source | None = None
    note: str | None = None
    currency: str | None = None
