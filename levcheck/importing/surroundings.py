"""What holds for every line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from levcheck.importing.numbers import Number


@dataclass(slots=True)
class Surroundings:
    """What holds for every line of a list.

    Attributes:
        file: file name, for places.
        sheet: sheet name.
        account: account named above the list.
        currency: currency named above the list, else None.
        assumed: currency assumed when nothing says one.
        base: the account's own currency, where the file names it.
        total_value: portfolio value typed by the user, for lists of weights.
        account_names: account id → name, from a list of accounts in the same file.
        as_of: date of the file, to notice contracts that have run out.
        lists_venues: symbols carry the suffix of their exchange ("TD.TO"), so one without is listed in the United States.
        one_currency: a stated total is the sum of all values, so all are in the assumed currency, wherever they are listed.
        weight_scale: 0.01 where weights without a percent sign are percents.
    """

    file: str
    sheet: str | None
    account: str | None = None
    currency: str | None = None
    assumed: str | None = None
    base: str | None = None
    total_value: float | None = None
    account_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    as_of: str | None = None
    lists_venues: bool = False
    one_currency: bool = False
    weight_scale: float = 1.0

    def account_of(self, own: str, section: str | None) -> str | None:
        """Return the account of a row: its own column, its section, or what stands above the list."""
        text = own or section or self.account
        return self.account_names.get(text, text) if text else None

    def weight(self, number: Number) -> float | None:
        """Return a weight as a fraction."""
        if number.value is None:
            return None
        return number.value * (0.01 if number.percent else self.weight_scale)
