"""A reference library made of values, for tests that need to say what is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from levcheck.app.reference_port import Recognition
from levcheck.domain.diagnostics import Diagnostic, Place
from levcheck.domain.instrument import Constituent, FundHoldings, Instrument, Kind
from levcheck.domain.note_terms import NoteTerms
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.provenance import Source
from levcheck.domain.risk import Claim, FundAssets, FxRate, RiskTables
from levcheck.domain.theme import Family, Theme, ThemeMember

SOURCE = Source("made up for a test", "2026-06-30", "instruments")


def instrument(
    identifier: str,
    kind: Kind | None = Kind.COMMON,
    *,
    factor: float | None = None,
    underlying: str | None = None,
    issuer: str | None = None,
    asset_class: str | None = None,
    expense_ratio: float | None = None,
    currency: str = "USD",
) -> Instrument:
    return Instrument(
        id=identifier,
        symbol=identifier.partition(".")[0],
        exchange=None,
        isin=None,
        name=identifier.partition(".")[0].title(),
        kind=kind,
        currency=currency,
        country=None,
        issuer=issuer,
        underlying=underlying,
        daily_leverage_factor=factor,
        expense_ratio=expense_ratio,
        asset_class=asset_class,
        source=SOURCE,
    )


def fund_list(
    fund: str, parts: Mapping[str, float], *, coverage: str = "partial", as_of: str = "2026-06-30"
) -> FundHoldings:
    constituents = tuple(Constituent(name, weight) for name, weight in parts.items())
    return FundHoldings(fund, constituents, as_of, coverage, SOURCE)


def theme(identifier: str, family: Family, members: Mapping[str, float]) -> Theme:
    return Theme(
        identifier,
        identifier.replace("-", " ").capitalize(),
        family,
        tuple(ThemeMember(identifier, m, s, "made up", "test") for m, s in members.items()),
    )


@dataclass(frozen=True)
class MadeUpLibrary:
    """Fulfils what the analysis asks of a library; lines are recognised by their symbol being an id."""

    instruments: Mapping[str, Instrument]
    holdings: Mapping[str, FundHoldings] = field(default_factory=dict)
    all_themes: tuple[Theme, ...] = ()
    families: Mapping[str, Family] = field(default_factory=dict)
    risk: RiskTables = field(default_factory=RiskTables)
    assets: Mapping[str, FundAssets] = field(default_factory=dict)
    rates: tuple[FxRate, ...] = ()
    claims: tuple[Claim, ...] = ()
    terms: tuple[NoteTerms, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    snapshot: str = "2026-06-30"
    overlays: tuple[str, ...] = ()

    def instrument(self, identifier: str) -> Instrument | None:
        return self.instruments.get(identifier)

    def closure(
        self, identifiers: Iterable[str]
    ) -> tuple[Mapping[str, Instrument], Mapping[str, FundHoldings]]:
        assert all(isinstance(identifier, str) for identifier in identifiers)
        return self.instruments, self.holdings

    def themes(self) -> tuple[Theme, ...]:
        return self.all_themes

    def memberships(self, instrument: Instrument) -> tuple[ThemeMember, ...]:
        return self._by_member.get(instrument.id, ())

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[ThemeMember, ...]]:
        found: dict[str, tuple[ThemeMember, ...]] = {}
        for member in (member for theme in self.all_themes for member in theme.members):
            found[member.member] = (*found.get(member.member, ()), member)
        return found

    def family_of(self, instrument: Instrument) -> Family:
        return self.families.get(instrument.id, Family.OTHER_SECTORS)

    def risk_tables(self) -> RiskTables:
        return self.risk

    def fund_assets(self, identifier: str) -> FundAssets | None:
        return self.assets.get(identifier)

    def daily_reset_funds(self, underlying: str) -> tuple[Instrument, ...]:
        rows = sorted(self.instruments.values(), key=lambda row: row.id)
        return tuple(row for row in rows if row.is_daily_reset and row.underlying == underlying)

    def capital_stack(self, issuer: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.issuer == issuer)

    def note_terms(self, instrument: str) -> NoteTerms | None:
        return next((one for one in self.terms if one.instrument == instrument), None)

    def overnight_rates(self) -> Mapping[int, float]:
        return {2025: 0.0421, 2026: 0.0364}

    def fx_rates(self) -> tuple[FxRate, ...]:
        return self.rates

    def recognise(self, position: Position) -> Recognition:
        found = self.instruments.get(position.symbol or "")
        if found is None:
            return Recognition(None, "reference.unknown_instrument")
        return Recognition(found, "symbol", 1.0)


def library(
    rows: Sequence[Instrument],
    lists: Sequence[FundHoldings] = (),
    themes: Sequence[Theme] = (),
    **more: object,
) -> MadeUpLibrary:
    return MadeUpLibrary(
        {row.id: row for row in rows},
        {listing.fund: listing for listing in lists},
        tuple(themes),
        **more,  # type: ignore[arg-type]
    )


def line(
    symbol: str, value: float | None, *, currency: str | None = "USD", row: int = 2
) -> Position:
    return Position(
        place=Place("made_up.csv", None, row),
        symbol=symbol,
        name=symbol.title(),
        market_value=value,
        value_basis="stated" if value is not None else None,
        currency=currency,
        quantity=1.0,
    )


def portfolio(
    values: Sequence[tuple[str, float | None]], cash: Sequence[tuple[str, float]] = ()
) -> Portfolio:
    lines = tuple(line(symbol, value, row=n) for n, (symbol, value) in enumerate(values, start=2))
    money = tuple(
        CashLine(Place("made_up.csv", None, 100 + n), "Cash", amount, currency)
        for n, (currency, amount) in enumerate(cash)
    )
    return Portfolio("made up", lines, money)


def trap() -> tuple[Portfolio, MadeUpLibrary]:
    """The trap portfolio: one share through five doors, one of them against it."""
    rows = [
        instrument("NVDA.US", asset_class="single_stock"),
        instrument("SEMI.US", Kind.ETF, asset_class="sector_equity"),
        instrument("NVDX2.US", Kind.LEVERAGED_FUND, factor=2.0, underlying="NVDA.US"),
        instrument("SEMI3.US", Kind.LEVERAGED_FUND, factor=3.0, underlying="SEMIX.IDX"),
        instrument("NVDS.US", Kind.INVERSE_FUND, factor=-1.0, underlying="NVDA.US"),
        instrument("SEMIX.IDX", Kind.INDEX, asset_class="sector_equity"),
    ]
    lists = [
        fund_list("SEMI.US", {"NVDA.US": 0.2}),
        fund_list("SEMIX.IDX", {"NVDA.US": 0.1}),
    ]
    themes = [theme("ai-chips", Family.AI_CHIPS, {"NVDA.US": 1.0})]
    held = [
        ("NVDA.US", 10_000.0),
        ("SEMI.US", 20_000.0),
        ("NVDX2.US", 10_000.0),
        ("SEMI3.US", 10_000.0),
        ("NVDS.US", 5_000.0),
    ]
    families = {"NVDA.US": Family.AI_CHIPS, "SEMI.US": Family.AI_CHIPS}
    return portfolio(held), library(rows, lists, themes, families=families)
