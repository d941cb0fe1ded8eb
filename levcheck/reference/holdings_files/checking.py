"""What a person has to know about a list: sums that do not come to one, totals that contradict, silent contracts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from levcheck.domain.diagnostics import Argument, Diagnostic, Place, Severity
from levcheck.reference.holdings_files.lines import DERIVATIVES, FundFile, HoldingLine, LineKind

# Half a point: totals are printed with two decimals, and lists leave out dust.
_ROOM = 0.005


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total as the file prints it.

    Attributes:
        row: 1-based row.
        weight: fraction; None when not stated.
        market_value: None when not stated.
    """

    row: int
    weight: float | None
    market_value: float | None


def check(found: FundFile, totals: Sequence[StatedTotal] = ()) -> Iterator[Diagnostic]:
    """Tell what a person has to know about a list: weights that do not add up, lines without weight, hedges."""
    total = found.weight_sum
    place = Place(file=found.file)
    facts: dict[str, Argument] = {"file": found.file, "share": round(total * 100, 2)}
    if total > 1.05 and any(line.kind is LineKind.HEDGE for line in found.lines):
        yield Diagnostic("reference.hedged_list", Severity.INFO, place, facts)
    elif total > 1.02:
        yield Diagnostic("reference.sum_above", Severity.WARNING, place, facts)
    elif total < 0.95:
        yield Diagnostic("reference.sum_below", Severity.INFO, place, facts)
    contracts = [line for line in found.lines if line.kind in DERIVATIVES]
    silent = [line for line in contracts if not found.exposure(line)]
    if silent:
        unknown: dict[str, Argument] = {
            "file": found.file,
            "rows": len(silent),
            "row": silent[0].row,
        }
        yield Diagnostic("reference.contract_without_notional", Severity.WARNING, place, unknown)
    yield from _contradictions(found, totals)


def _contradictions(found: FundFile, totals: Sequence[StatedTotal]) -> Iterator[Diagnostic]:
    """Compare the last total the file prints with its own lines, and its values with its weights."""
    place = Place(file=found.file)
    sums = _sums(found.lines)
    for one in totals:
        if one.weight is None or any(abs(one.weight - total) <= _ROOM for total in sums):
            continue
        facts: dict[str, Argument] = {
            "file": found.file,
            "row": one.row,
            "stated": round(one.weight * 100, 2),
            "share": round(found.weight_sum * 100, 2),
        }
        yield Diagnostic("reference.total_contradicts", Severity.WARNING, place, facts)
    odd = _odd_lines(found)
    if odd:
        told: dict[str, Argument] = {"file": found.file, "rows": len(odd), "row": odd[0].row}
        yield Diagnostic("reference.values_contradict", Severity.WARNING, place, told)


def _sums(lines: Sequence[HoldingLine]) -> list[float]:
    """Return every sum a total may stand for: of all lines up to some line, and of all without cash."""
    sums = list(accumulate(line.weight or 0.0 for line in lines))
    return [*sums, sum(line.weight or 0.0 for line in lines if line.kind is not LineKind.CASH)]


def _odd_lines(found: FundFile) -> list[HoldingLine]:
    """Return lines whose market value does not fit their weight, when most lines of the file fit.

    Only lines of one currency are compared: some houses print values in the currency of each line.
    """
    lines = [
        line
        for line in found.lines
        if line.kind in {LineKind.SECURITY, LineKind.CASH}
        and (line.weight or 0.0) > 0.01
        and line.market_value
    ]
    if len(lines) < 3 or not found.net_assets or len({line.currency for line in lines}) > 1:
        return []
    odd = [
        line
        for line in lines
        if abs((line.market_value or 0.0) / found.net_assets - (line.weight or 0.0))
        > max(_ROOM, 0.1 * (line.weight or 0.0))
    ]
    return odd if len(odd) * 2 < len(lines) else []
