"""A change written as a line of text, for the command line: ``trim NVDL 50%``, ``swap NVDL NVDA 2x``."""

import re
from collections.abc import Callable
from typing import Final

from levcheck.app.analysis import AnalysedPosition, Analysis
from levcheck.app.reference_port import Recogniser
from levcheck.app.what_if import line_ref
from levcheck.domain.diagnostics import LevcheckError, Place
from levcheck.domain.draft import Bought, By, Change, ChangeKind, LineRef
from levcheck.domain.instrument import Instrument
from levcheck.domain.position import Position

_AMOUNT: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>%|u|x)?")


class ChangeReader:
    """Reads changes of one list.

    ``sell LINE`` · ``trim LINE 30%`` (sells that part) · ``trim LINE to 10%`` (of the money) · ``trim LINE 20u``
    (units) · ``trim LINE 5000`` (money) · ``swap LINE OTHER [2x] [50%]`` · ``add OTHER 5000`` (or ``20u``,
    ``to 10%``) · ``hedge ROOT FUND 50%`` · ``pay 5000`` (or ``all``) · ``cash 20%``
    """

    def __init__(self, analysis: Analysis, recognise: Recogniser) -> None:
        self._analysis = analysis
        self._recognise = recognise

    def read(self, text: str) -> Change:
        """Return the change a text means.

        Raises:
            LevcheckError: it cannot be read, or names a line that is not there.
        """
        verb, *rest = text.split() or [""]
        reader = self._VERBS.get(verb.casefold())
        change = reader(self, rest) if reader is not None and rest else None
        if change is None:
            raise LevcheckError("portfolio.draft_not_understood", text=text)
        return change

    # --- verbs ---------------------------------------------------------------------------------------------

    def _sell(self, rest: list[str]) -> Change | None:
        return Change(ChangeKind.SELL, self._line(rest[0])) if len(rest) == 1 else None

    def _trim(self, rest: list[str]) -> Change | None:
        found = _amount(rest[1:])
        if found is None:
            return None
        by, amount = found
        stays = 1.0 - amount if by is By.PART else amount
        return Change(ChangeKind.TRIM, self._line(rest[0]), by, stays)

    def _swap(self, rest: list[str]) -> Change | None:
        if not 2 <= len(rest) <= 4:
            return None
        times, part = 1.0, 1.0
        for word in rest[2:]:
            match = _AMOUNT.fullmatch(word)
            if match is None or match["unit"] not in {"x", "%"}:
                return None
            number = float(match["number"])
            times, part = (number, part) if match["unit"] == "x" else (times, number / 100)
        line = self._line(rest[0])
        return Change(ChangeKind.SWAP, line, By.PART, 1.0 - part, self._bought(rest[1]), times)

    def _add(self, rest: list[str]) -> Change | None:
        found = _amount(rest[1:])
        if found is None or found[0] is By.PART:
            return None
        by, amount = found
        return Change(ChangeKind.ADD, by=by, amount=amount, buys=self._bought(rest[0]))

    def _hedge(self, rest: list[str]) -> Change | None:
        found = _amount(rest[2:])
        if found is None or found[0] is not By.PART:
            return None
        root, fund = self._instrument(rest[0]), self._instrument(rest[1])
        if root is None or fund is None or fund.daily_leverage_factor is None:
            return None
        buys = Bought(
            rest[1].upper(),
            fund.id,
            fund.name,
            factor=fund.daily_leverage_factor,
            root=root.root,
        )
        return Change(ChangeKind.HEDGE, by=By.EXPOSURE, amount=found[1], buys=buys)

    def _pay(self, rest: list[str]) -> Change | None:
        if rest == ["all"]:
            return Change(ChangeKind.PAY_DOWN, by=By.PART, amount=0.0)
        found = _amount(rest)
        if found is None or found[0] is not By.MONEY:
            return None
        return Change(ChangeKind.PAY_DOWN, by=By.MONEY, amount=found[1])

    def _cash(self, rest: list[str]) -> Change | None:
        found = _amount(rest)
        if found is None or found[0] is not By.PART:
            return None
        return Change(ChangeKind.TO_CASH, by=By.PART, amount=1.0 - found[1])

    _VERBS: Final[dict[str, Callable[["ChangeReader", list[str]], Change | None]]] = {
        "sell": _sell,
        "trim": _trim,
        "swap": _swap,
        "add": _add,
        "hedge": _hedge,
        "pay": _pay,
        "cash": _cash,
    }

    # --- names ---------------------------------------------------------------------------------------------

    def _line(self, name: str) -> LineRef:
        wanted = name.casefold()
        held = [line for line in self._analysis.positions if line.position is not None]
        found = [line for line in held if wanted in _names(line)]
        if len(found) > 1:
            raise LevcheckError("portfolio.draft_several_lines", line=name)
        if not found:
            raise LevcheckError("portfolio.draft_no_such_line", line=name)
        return line_ref(self._analysis, found[0].id)

    def _bought(self, name: str) -> Bought:
        row = self._instrument(name)
        symbol = name.upper()
        return Bought(symbol) if row is None else Bought(symbol, row.id, row.name)

    def _instrument(self, name: str) -> Instrument | None:
        base = self._analysis.portfolio.base_currency
        asked = Position(Place(), symbol=name.upper(), currency=base)
        return self._recognise(asked).instrument


def _names(line: AnalysedPosition) -> set[str]:
    instrument = line.instrument.id if line.instrument is not None else line.id
    return {line.id.casefold(), line.label.casefold(), instrument.casefold()}


def _amount(words: list[str]) -> tuple[By, float] | None:
    """Return what an amount counts and how much it is: ``30%``, ``to 10%``, ``20u``, ``5000``."""
    is_target = words[:1] == ["to"]
    rest = words[1:] if is_target else words
    match = _AMOUNT.fullmatch(rest[0].replace(",", "")) if len(rest) == 1 else None
    if match is None or match["unit"] == "x":
        return None
    number = float(match["number"])
    if match["unit"] == "%":
        return (By.WEIGHT if is_target else By.PART), number / 100
    if is_target:
        return None
    return (By.UNITS if match["unit"] == "u" else By.MONEY), number
