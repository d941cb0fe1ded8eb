"""Made-up funds, books and files of any size, the same for the same seed."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from levcheck.app.reference_port import Recognition
from levcheck.domain.diagnostics import Diagnostic, Place
from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import Position
from levcheck.domain.provenance import Source
from levcheck.domain.risk import Claim, FundAssets, FxRate, RiskTables
from levcheck.domain.theme import Family, Theme, ThemeMember

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

SOURCE = Source("made up for a measurement", "2026-06-30", "instruments")
HEADINGS = (
    "Account",
    "Symbol",
    "ISIN",
    "Name",
    "Quantity",
    "Price",
    "Currency",
    "Market value",
    "Cost basis",
    "As of",
)
_THEMES = 12


@dataclass(frozen=True, slots=True)
class FundLists:
    """Lists of F funds over S securities, laid end to end; L lines.

    Attributes:
        start: shape (F+1,), the lines of fund f are ``start[f]:start[f+1]``.
        security: shape (L,), number of what is held.
        weight: shape (L,), fractions that sum to one in each fund.
        securities: number of securities S.
        is_fund: shape (L,), whether ``security`` is the number of another fund; None = never.
    """

    start: IntArray
    security: IntArray
    weight: FloatArray
    securities: int
    is_fund: BoolArray | None = None

    @property
    def funds(self) -> int:
        """Number of funds F."""
        return len(self.start) - 1

    @property
    def funds_held(self) -> BoolArray:
        """Whether each line is a fund, shape (L,)."""
        return np.zeros(len(self.security), dtype=bool) if self.is_fund is None else self.is_fund


def fund_lists(funds: int, securities: int, lines: int, seed: int) -> FundLists:
    """Return lists in which, as in the world, a few securities stand in most funds.

    Args:
        funds: number of funds.
        securities: number of securities there are.
        lines: how many lines a list has on average; sizes scatter log-normally around it.
        seed: same seed, same lists.
    """
    random = np.random.default_rng(seed)
    popularity = np.cumsum(1.0 / np.arange(1, securities + 1) ** 0.8)
    popularity /= popularity[-1]
    sizes = np.clip(random.lognormal(np.log(lines) - 0.5, 1.0, funds), 10, 4_000).astype(np.int64)
    held, weights = [], []
    for size in sizes.tolist():
        drawn = np.searchsorted(popularity, random.random(size)).clip(0, securities - 1)
        chosen = np.unique(drawn)
        weight = random.lognormal(0.0, 1.2, chosen.size)
        held.append(chosen)
        weights.append(weight / weight.sum())
    start = np.concatenate([[0], np.cumsum([part.size for part in held])]).astype(np.int64)
    return FundLists(
        start, np.concatenate(held).astype(np.int64), np.concatenate(weights), securities
    )


def with_funds_inside(lists: FundLists, share: float, seed: int) -> FundLists:
    """Return the lists with some lines that are funds made up earlier, so that no fund holds itself in the end."""
    random = np.random.default_rng(seed)
    fund = np.repeat(np.arange(lists.funds), np.diff(lists.start))
    is_fund = (random.random(len(fund)) < share) & (fund > 0)
    earlier = (random.random(len(fund)) * fund).astype(np.int64)
    held = np.where(is_fund, earlier, lists.security)
    return replace(lists, security=held, is_fund=is_fund)


def with_funds_of_funds(lists: FundLists, count: int, inside: int, seed: int) -> FundLists:
    """Return the lists with `count` more funds, each of `inside` of the others in equal parts and of nothing else."""
    random = np.random.default_rng(seed)
    held = np.concatenate(
        [random.choice(lists.funds, min(inside, lists.funds), replace=False) for _ in range(count)]
    )
    each = len(held) // count
    return FundLists(
        np.concatenate([lists.start, len(lists.security) + each * np.arange(1, count + 1)]),
        np.concatenate([lists.security, held]),
        np.concatenate([lists.weight, np.full(len(held), 1.0 / each)]),
        lists.securities,
        np.concatenate([lists.funds_held, np.ones(len(held), dtype=bool)]),
    )


def security_id(number: int) -> str:
    """Return the id of a made-up share."""
    return f"S{number:05d}.US"


def fund_id(number: int) -> str:
    """Return the id of a made-up fund."""
    return f"F{number:05d}.US"


def _row(identifier: str, kind: Kind, asset_class: str) -> Instrument:
    symbol = identifier.partition(".")[0]
    return Instrument(
        id=identifier,
        symbol=symbol,
        exchange=None,
        isin=None,
        name=f"Company {symbol}",
        kind=kind,
        currency="USD",
        country=None,
        issuer=None,
        underlying=None,
        daily_leverage_factor=1.0,
        expense_ratio=0.002,
        asset_class=asset_class,
        source=SOURCE,
    )


@dataclass(frozen=True)
class MadeUpLibrary:
    """A reference library of made-up funds; fulfils what the analysis asks of one.

    Attributes:
        lists: the funds.
        risk: how roots move together; the bundled figures when handed in.
    """

    lists: FundLists
    risk: RiskTables = field(default_factory=RiskTables)
    diagnostics: tuple[Diagnostic, ...] = ()
    snapshot: str = "2026-06-30"
    overlays: tuple[str, ...] = ()

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Every row."""
        rows = [
            _row(security_id(n), Kind.COMMON, "single_stock") for n in range(self.lists.securities)
        ]
        rows += [_row(fund_id(n), Kind.ETF, "index_equity") for n in range(self.lists.funds)]
        return {row.id: row for row in rows}

    @cached_property
    def holdings(self) -> Mapping[str, FundHoldings]:
        """Every list."""
        ids = [security_id(n) for n in range(self.lists.securities)]
        funds = [fund_id(n) for n in range(self.lists.funds)]
        is_fund = self.lists.funds_held.tolist()
        start = self.lists.start.tolist()
        held, weight = self.lists.security.tolist(), self.lists.weight.tolist()
        return {
            fund_id(n): FundHoldings(
                fund_id(n),
                tuple(
                    Constituent((funds if is_fund[line] else ids)[held[line]], weight[line])
                    for line in range(start[n], start[n + 1])
                ),
                SOURCE.as_of or "",
                "full",
                SOURCE,
            )
            for n in range(self.lists.funds)
        }

    @cached_property
    def all_themes(self) -> tuple[Theme, ...]:
        """Twelve themes that share the securities out among them."""
        families = tuple(Family)
        return tuple(
            Theme(
                f"theme-{t}",
                f"Theme {t}",
                families[t % len(families)],
                tuple(
                    ThemeMember(f"theme-{t}", security_id(n), 1.0, "made up", "made up")
                    for n in range(t, self.lists.securities, _THEMES)
                ),
            )
            for t in range(_THEMES)
        )

    def instrument(self, identifier: str) -> Instrument | None:
        """Return one row."""
        return self.instruments.get(identifier)

    def closure(
        self, identifiers: Iterable[str]
    ) -> tuple[Mapping[str, Instrument], Mapping[str, FundHoldings]]:
        """Return all there is: nothing is opened, so nothing is saved by choosing."""
        del identifiers
        return self.instruments, self.holdings

    def themes(self) -> tuple[Theme, ...]:
        """Return the themes."""
        return self.all_themes

    def memberships(self, instrument: Instrument) -> tuple[ThemeMember, ...]:
        """Return the one theme of a share."""
        if instrument.kind is not Kind.COMMON:
            return ()
        theme = f"theme-{int(instrument.symbol[1:]) % _THEMES}"
        return (ThemeMember(theme, instrument.id, 1.0, "made up", "made up"),)

    def family_of(self, instrument: Instrument) -> Family:
        """Return the family of a share's theme."""
        families = tuple(Family)
        if instrument.kind is not Kind.COMMON:
            return Family.BROAD_EQUITY
        return families[int(instrument.symbol[1:]) % _THEMES % len(families)]

    def risk_tables(self) -> RiskTables:
        """Return how roots move together."""
        return self.risk

    def fund_assets(self, identifier: str) -> FundAssets | None:
        """Return nothing: sizes are not made up."""
        del identifier
        return None

    def daily_reset_funds(self, underlying: str) -> tuple[Instrument, ...]:
        """Return every fund of the library on something."""
        rows = self.instruments.values()
        return tuple(row for row in rows if row.is_daily_reset and row.underlying == underlying)

    def capital_stack(self, issuer: str) -> tuple[Claim, ...]:
        """Return no stack: nothing made up has one."""
        del issuer
        return ()

    def note_terms(self, instrument: str) -> None:
        """Return no terms: nothing made up has any."""
        del instrument

    def overnight_rates(self) -> Mapping[int, float]:
        """Return one rate."""
        return {2026: 0.0364}

    def fx_rates(self) -> tuple[FxRate, ...]:
        """Return none: everything is in dollars."""
        return ()

    def recognise(self, position: Position) -> Recognition:
        """Take a line for what its symbol says."""
        found = self.instruments.get(f"{position.symbol}.US")
        if found is None:
            return Recognition(None, "reference.unknown_instrument")
        return Recognition(found, "symbol", 1.0)


def book_of_funds(lists: FundLists, positions: int, seed: int) -> tuple[IntArray, FloatArray]:
    """Return the fund and the value of each position of a book, shape (P,) each."""
    random = np.random.default_rng(seed)
    fund = random.permutation(np.arange(positions) % lists.funds).astype(np.int64)
    return fund, random.lognormal(9.0, 1.0, positions)


def portfolio_of_symbols(symbols: Iterable[str], seed: int, name: str = "made up") -> Portfolio:
    """Return a portfolio in dollars that holds one line of each symbol, values log-normal around 8,000."""
    chosen = list(symbols)
    values = np.random.default_rng(seed).lognormal(9.0, 1.0, len(chosen)).round(2).tolist()
    return Portfolio(
        name,
        tuple(
            Position(
                place=Place("made_up.csv", None, row),
                symbol=symbol,
                quantity=1.0,
                market_value=value,
                value_basis="stated",
                currency="USD",
            )
            for row, (symbol, value) in enumerate(zip(chosen, values, strict=True), start=2)
        ),
    )


def table_rows(count: int, seed: int) -> list[tuple[str | int | float, ...]]:
    """Return the lines of a positions file, ten columns each; quantity × price is the value stated."""
    random = np.random.default_rng(seed)
    company = random.integers(0, 5_000, count).tolist()
    quantity = random.integers(1, 9_000, count).tolist()
    price = random.uniform(1.0, 900.0, count).round(4).tolist()
    return [
        (
            f"ACC-{row % 40:03d}",
            f"SYM{company[row]}",
            _isin(company[row]),
            f"Company {company[row]} Holdings Inc",
            quantity[row],
            price[row],
            "USD",
            round(quantity[row] * price[row], 2),
            round(quantity[row] * price[row] * 0.9, 2),
            "2026-06-30",
        )
        for row in range(count)
    ]


def _isin(number: int) -> str:
    """Return a code with a true check digit (ISO 6166), so that nothing is reported about it."""
    body = f"US{number:09d}"
    digits = "".join(str(int(sign, 36)) for sign in body)
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return f"{body}{-total % 10}"


def write_csv(path: Path, rows: Iterable[tuple[str | int | float, ...]]) -> None:
    """Write a positions file as text with commas."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(rows)


def write_workbook(path: Path, rows: Iterable[tuple[str | int | float, ...]]) -> None:
    """Write a positions file as a workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Positions")
    sheet.write_row(0, 0, HEADINGS)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)
    book.close()
