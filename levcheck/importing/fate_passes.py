"""Looks over all rows of a list again, when each has its fate: lots, sums, contracts below their share."""

from collections.abc import Sequence
from itertools import accumulate

from levcheck.importing.fated import Fated
from levcheck.importing.options import option_right, parse_option, parse_rootless
from levcheck.importing.pulses import QUICK_ROWS, Pulse, paced
from levcheck.importing.row_words import (
    is_cash_class,
)

_MOST_LOTS = 400
_LOT_WORDS = frozenset({"lot", "lots", "tax lot", "taxlot"})


def mark_lots(fated: list[Fated], pulse: Pulse) -> None:
    """Find the lots under a position: rows without identity, or repeating it, whose quantities add up to it."""
    index = 0
    repeats = _Repeats(fated, 0, 0)
    while index < len(fated) - 1:
        if index % QUICK_ROWS == 0:
            pulse()
        parent = fated[index]
        index += 1
        if parent.fate != "position" and parent.reason not in ("section", "no_quantity"):
            continue
        below = fated[index]
        if below.fate == "ignored" and below.reason in ("nameless", "lot"):
            group = _nameless_below(fated, index)
            _settle_nameless(parent, group)
            index += len(group)
        elif parent.fate == "position" and below.key == parent.key:
            if index >= repeats.end:
                repeats = _Repeats(fated, index, _end_of_repeats(fated, index))
            index += _settle_repeated(parent, fated, index, repeats)


def _nameless_below(fated: Sequence[Fated], start: int) -> list[Fated]:
    group: list[Fated] = []
    for index in range(start, len(fated)):
        item = fated[index]
        if item.reason not in ("nameless", "lot") or item.fate != "ignored":
            break
        group.append(item)
    return group


def _settle_nameless(parent: Fated, group: list[Fated]) -> None:
    if all(item.reason == "lot" for item in group):
        return
    group = [item for item in group if not _is_contract_below(parent, item)]
    if not group:
        return
    whole = parent.line.value("quantity")
    parts = [item.line.value("quantity") for item in group]
    if (
        whole is not None
        and all(p is not None for p in parts)
        and equal(sum(p or 0 for p in parts), whole)
    ):
        for item in group:
            item.reason = "lot"
        return
    if whole is None and parent.line.symbol and all(p is not None for p in parts):
        # The name stands once, above or merged over its rows: each of them is a holding of its own.
        for item in group:
            item.line.symbol, item.line.isin, item.line.name = (
                parent.line.symbol,
                parent.line.isin,
                parent.line.name,
            )
            item.fate, item.reason = "position", ""
        parent.fate, parent.reason = "ignored", "section"


def _is_contract_below(parent: Fated, item: Fated) -> bool:
    """Make a contract of a row that has the terms of one and stands, without a code, below what it is written on."""
    line = item.line
    root = parent.line.texts.get("underlying") or parent.line.symbol or parent.line.name
    says_right = any(option_right(line.texts.get(name, "")) for name in ("right", "kind"))
    if not (says_right and line.value("strike") and root) or " " in root:
        return False
    line.texts["underlying"] = root
    item.fate, item.reason = "position", ""
    return True


class _Repeats:
    """Rows one below the other that are one holding, with running sums: long lists repeat one holding thousands of times."""

    def __init__(self, fated: Sequence[Fated], start: int, end: int) -> None:
        self.start, self.end = start, end
        parts = [fated[at].quantity for at in range(start, end)]
        self._sums = [0.0, *accumulate(part or 0.0 for part in parts)]
        self._unknown = [0, *accumulate(part is None for part in parts)]

    def quantity(self, start: int, end: int) -> float | None:
        """Return the sum of the quantities of some of them, None where one is not known."""
        first, last = start - self.start, end - self.start
        if self._unknown[last] > self._unknown[first]:
            return None
        return self._sums[last] - self._sums[first]


def _end_of_repeats(fated: Sequence[Fated], start: int) -> int:
    key, end = fated[start].key, start
    while end < len(fated) and fated[end].fate == "position" and fated[end].key == key:
        end += 1
    return end


def _settle_repeated(parent: Fated, fated: Sequence[Fated], start: int, repeats: _Repeats) -> int:
    """Mark rows that repeat the identity of the row above and add up to it; return how many."""
    end = min(repeats.end, start + _MOST_LOTS)
    if not _are_lots(parent, fated, start, end, repeats):
        return 0
    for item in fated[start:end]:
        item.fate, item.reason = "ignored", "lot"
    return end - start


def _are_lots(
    parent: Fated, fated: Sequence[Fated], start: int, end: int, repeats: _Repeats
) -> bool:
    """Whether rows that repeat the one above are its lots: they say so, or several of them add up to it."""
    if end > start and not _says_lot(parent) and all(map(_says_lot, fated[start:end])):
        return True
    whole = parent.quantity
    if end - start < 2 or not whole:
        return False
    together = repeats.quantity(start, end)
    return together is not None and equal(together, whole)


def _says_lot(item: Fated) -> bool:
    cells = item.row.cells
    return any(isinstance(c, str) and c.strip().casefold() in _LOT_WORDS for c in cells)


def give_roots(fated: Sequence[Fated]) -> None:
    """Write contracts that name no share ("100 19 JUN 26 210 CALL") on the share whose row stands above them."""
    root = ""
    for item in fated:
        if item.fate != "position":
            root = root if item.fate == "ignored" and item.reason == "lot" else ""
            continue
        if item.plain is not None:
            root = item.symbol or item.plain.names[item.index]
            continue
        line = item.line
        if parse_rootless(line.symbol or line.name) is None:
            root = line.symbol or line.name
        elif root and " " not in root:
            line.texts.setdefault("underlying", root)


def mark_cash_headings(fated: Sequence[Fated]) -> None:
    """Find the row that heads the cash accounts below it with their sum ("Cash 1,000" over "Giro 1,000")."""
    for index, item in enumerate(fated):
        if item.fate != "cash":
            continue
        value = _worth(item)
        if not value or item.line.value("quantity") is not None:
            continue
        if not is_cash_class(item.line.label):
            continue
        below: list[Fated] = []
        for other in fated[index + 1 :]:
            named_only = other.fate == "position" and _suspect(other, has_quantities=True)
            if other.fate != "cash" and not named_only:
                break
            below.append(other)
        if below and equal(value, sum(_worth(other) or 0.0 for other in below)):
            item.fate, item.reason = "total", "subtotal"
            for other in below:
                other.fate = "cash"


def mark_subtotals(fated: list[Fated], pulse: Pulse, *, has_quantities: bool) -> None:
    """Find rows that carry the sum of other rows: class headings with an amount, totals without a label."""
    totals = [v for item in fated if item.fate == "total" and (v := _worth(item)) is not None]
    sure = [
        i
        for i in paced(fated, pulse)
        if i.fate in ("position", "cash") and not _suspect(i, has_quantities=has_quantities)
    ]
    whole = sum(_worth(item) or 0.0 for item in paced(sure, pulse))
    cash = sum(_worth(item) or 0.0 for item in sure if item.fate == "cash")
    running = since = 0.0
    for index, item in enumerate(paced(fated, pulse)):
        value = _worth(item)
        if item.plain is not None and item.fate == "position":
            running += value or 0.0
            since += value or 0.0
            continue
        if item.fate == "ignored" and item.reason in ("section", "account", "header"):
            since = 0.0
        if value is None or item.fate not in ("position", "cash", "ignored"):
            continue
        if _suspect(item, has_quantities=has_quantities):
            sums = [
                *totals,
                whole,
                running,
                since,
                cash,
                _following(fated, index, has_quantities=has_quantities),
            ]
            if value and any(equal(value, total) and total for total in sums):
                # The sum of the rows below heads a class; only what sums up the rows above is a total of the file.
                heads = bool(sums[-1]) and equal(value, sums[-1]) and not equal(value, running)
                kind = "total" if item.reason == "nameless" and not heads else "subtotal"
                item.fate, item.reason = "total", kind
                since = 0.0
                continue
            if item.reason == "maybe_total":
                item.reason = ""
        if item.fate in ("position", "cash"):
            running += value
            since += value


def _following(fated: Sequence[Fated], index: int, *, has_quantities: bool) -> float:
    """Return what the rows below a class heading add up to, as far as the next heading or total."""
    total = 0.0
    for position in range(index + 1, len(fated)):
        item = fated[position]
        if item.fate not in ("position", "cash") or _suspect(item, has_quantities=has_quantities):
            break
        total += _worth(item) or 0.0
    return total


def _worth(item: Fated) -> float | None:
    """Return the value of a row in the home currency where the list gives it, else as it stands."""
    home = item.line.value("value_base") if item.plain is None else None
    return home if home is not None else item.value


def _suspect(item: Fated, *, has_quantities: bool) -> bool:
    """Whether a row may be the sum of others: an amount, and nothing that says what is held."""
    if item.plain is not None:
        return False
    line = item.line
    if item.reason in ("nameless", "maybe_total"):
        return True
    bare = (
        item.fate == "position" and line.value("quantity") is None and "quantity" not in line.faults
    )
    return (
        bare
        and has_quantities
        and not (line.isin or line.wkn or line.cusip)
        and not _codelike(line.symbol)
    )


def _codelike(symbol: str) -> bool:
    return (
        bool(symbol) and symbol.isascii() and symbol.upper() == symbol and " " not in symbol
    ) or parse_option(symbol) is not None


def equal(left: float, right: float) -> bool:
    """Whether two sums are the same but for rounding."""
    return abs(left - right) <= 1e-6 * max(abs(left), abs(right)) + 0.011
