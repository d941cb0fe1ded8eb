"""What a person knows better than the library: one instrument's multiple, underlying, kind or fee, with a reason.

An override is a dataset of the user's library like any other: dated, sourced, never overwriting an older one, and
taken back by removing it.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import date

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import DAILY_RESET_KINDS, Instrument, Kind
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.user_datasets import Dataset, datasets
from levcheck.reference.user_library import write_dataset

READER = "override"
LARGEST_MULTIPLE = 10.0
_SINGLE_KINDS = frozenset({Kind.ETF, Kind.MUTUAL_FUND, *DAILY_RESET_KINDS})


@dataclass(frozen=True, slots=True)
class Override:
    """What to change about an instrument; None leaves a fact as it is.

    Attributes:
        instrument: id.
        reason: why, in the user's words; it becomes part of the source.
        kind: what it is.
        daily_leverage_factor: signed multiple promised per day.
        underlying: id or ticker of what it rides on.
        expense_ratio: fraction a year.
    """

    instrument: str
    reason: str
    kind: Kind | None = None
    daily_leverage_factor: float | None = None
    underlying: str | None = None
    expense_ratio: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be changed."""
        changes = (self.kind, self.daily_leverage_factor, self.underlying, self.expense_ratio)
        return all(change is None for change in changes)


def override(change: Override, catalogue: Catalogue, *, today: date) -> Dataset:
    """Keep what the user says about an instrument in his library.

    Args:
        change: what he says, and why.
        catalogue: what is known so far.
        today: becomes the date of the row.

    Returns:
        The new dataset; :func:`levcheck.reference.user_library.remove` takes it back.

    Raises:
        LevcheckError: ``reference.unknown_id`` for an instrument or underlying nobody knows,
            ``reference.override_without_reason``, ``reference.override_empty``, ``reference.override_range`` for a
            multiple of zero or beyond 10 or a fee outside 0 to 1, ``reference.library_not_writable``.
    """
    known = catalogue.instrument(change.instrument)
    if known is None:
        raise LevcheckError("reference.unknown_id", what=change.instrument)
    reason = " ".join(change.reason.split())
    if not reason:
        raise LevcheckError("reference.override_without_reason", what=known.symbol)
    if change.is_empty:
        raise LevcheckError("reference.override_empty", what=known.symbol)
    _check_range(change)
    day = today.isoformat()
    source = f"set by you: {reason}"
    row = _row(known, change, catalogue) | {"as_of": day, "source": source}
    content = {"instruments": [row]}
    if row["daily_leverage_factor"]:
        # A multiple outside the usual grid is the user's word against ours: his counts.
        content["multiple_exceptions"] = [
            {
                "instrument": known.id,
                "daily_leverage_factor": row["daily_leverage_factor"],
                "as_of": day,
                "source": source,
            }
        ]
    number = sum(one.instrument == known.id and one.as_of == day for one in datasets())
    digest = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()[:8]
    name = "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in known.id)
    facts = Dataset(
        id=f"set-{name}__{day}__{number:03}-{digest}",
        fund=None,
        as_of=day,
        file=source,
        rows=1,
        weight_sum=None,
        coverage="table",
        reader=READER,
        instrument=known.id,
    )
    write_dataset(facts, content)
    return facts


def _check_range(change: Override) -> None:
    factor, fee = change.daily_leverage_factor, change.expense_ratio
    if factor is not None and not (math.isfinite(factor) and 0 < abs(factor) <= LARGEST_MULTIPLE):
        raise LevcheckError("reference.override_range", what=f"{factor:g}")
    if fee is not None and not (math.isfinite(fee) and 0 <= fee < 1):
        raise LevcheckError("reference.override_range", what=f"{fee:g}")


def _row(known: Instrument, change: Override, catalogue: Catalogue) -> dict[str, str]:
    factor = change.daily_leverage_factor
    if factor is None:
        factor = known.daily_leverage_factor
    fee = known.expense_ratio if change.expense_ratio is None else change.expense_ratio
    underlying = known.underlying
    if change.underlying is not None:
        underlying = _ridden(change.underlying, catalogue)
    return {
        "id": known.id,
        "symbol": known.symbol,
        "exchange": known.exchange or "",
        "isin": known.isin or "",
        "cusip": "",
        "name": known.name,
        "kind": _kind(known, change, factor),
        "currency": known.currency or "",
        "country": known.country or "",
        "issuer": known.issuer or "",
        "underlying": underlying or "",
        "daily_leverage_factor": "" if factor is None else repr(factor),
        "expense_ratio": "" if fee is None else repr(fee),
        "asset_class": known.asset_class or "",
    }


def _kind(known: Instrument, change: Override, factor: float | None) -> str:
    """Return the kind; a fund that is given a multiple is one that resets daily, one given 1 is plain."""
    kind = change.kind or known.kind
    if change.kind is None and change.daily_leverage_factor is not None and kind in _SINGLE_KINDS:
        if factor == 1.0:
            kind = Kind.ETF
        else:
            kind = Kind.INVERSE_FUND if (factor or 0.0) < 0 else Kind.LEVERAGED_FUND
    return kind.value if kind is not None else ""


def _ridden(text: str, catalogue: Catalogue) -> str:
    wanted = text.strip().upper()
    if catalogue.instrument(wanted) is not None:
        return wanted
    ids = catalogue.by_isin(wanted) or catalogue.by_symbol(wanted)
    american = [one for one in ids if one.endswith(".US")]
    if len(ids) == 1 or american:
        return american[0] if american else ids[0]
    raise LevcheckError("reference.unknown_id", what=text.strip())
