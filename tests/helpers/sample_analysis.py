"""A rich, self-consistent Analysis made by hand: the story's portfolio with invented amounts.

Nothing here comes from the calculation core, so the screens can be tested without it.
"""

from collections import defaultdict
from dataclasses import replace

from levcheck.app.analysis import (
    AnalysedPosition,
    Analysis,
    Candidate,
    CauseLoss,
    Coverage,
    DailyResetFacts,
    Door,
    FamilyExposure,
    ForcedTrade,
    LeftOut,
    LibraryStamp,
    Overlap,
    OverlapGroup,
    OverlapPair,
    PositionLoss,
    RootExposure,
    StressResult,
    ThemeDoor,
    ThemeExposure,
    Verdict,
)
from levcheck.domain.diagnostics import Diagnostic, Place, Severity
from levcheck.domain.instrument import (
    WRAPPER_OF_KIND,
    Constituent,
    FundHoldings,
    Instrument,
    Kind,
    Wrapper,
)
from levcheck.domain.portfolio import Portfolio
from levcheck.domain.position import CashLine, Position
from levcheck.domain.provenance import Source
from levcheck.domain.scenario import PathShape, Scenario, Shock
from levcheck.domain.theme import Family, Theme, ThemeMember

FILE = "story.xlsx"
SHEET = "Holdings"
SOURCE = Source("fund list", "2026-09-30", "instruments")

# symbol, name, kind, multiple, value, {root: weight}, root family of its label
_LINES = (
    ("VTI", "Whole US market fund", Kind.ETF, 1.0, 52_000.0, "VTI", Family.BROAD_EQUITY),
    ("SMH", "Chip makers fund", Kind.ETF, 1.0, 24_000.0, "SMH", Family.AI_CHIPS),
    ("NVDA", "NVIDIA", Kind.COMMON, 1.0, 18_000.0, "NVDA", Family.AI_CHIPS),
    ("NVDL", "2x NVIDIA daily", Kind.LEVERAGED_FUND, 2.0, 31_000.0, "NVDA", Family.AI_CHIPS),
    ("SOXL", "3x chip makers daily", Kind.LEVERAGED_FUND, 3.0, 9_000.0, "SMH", Family.AI_CHIPS),
    ("EWY", "South Korea fund", Kind.ETF, 1.0, 12_000.0, "EWY", Family.BROAD_EQUITY),
    ("MSTR", "Strategy", Kind.COMMON, 1.0, 10_000.0, "MSTR", Family.CRYPTO),
    ("STRC", "Strategy preferred", Kind.PREFERRED, 1.0, 8_000.0, "MSTR", Family.BONDS),
    ("MSTX", "2x Strategy daily", Kind.LEVERAGED_FUND, 2.0, 6_000.0, "MSTR", Family.CRYPTO),
    ("IBIT", "Spot bitcoin fund", Kind.CRYPTO_TRUST, 1.0, 15_000.0, "BTC", Family.CRYPTO),
    ("SPXL2", "2x SpaceX daily", Kind.LEVERAGED_FUND, 2.0, 5_000.0, "SPACEX", Family.SPACE),
    ("BND", "US bond fund", Kind.ETF, 1.0, 40_000.0, "BND", Family.BONDS),
    ("XYZQ", "Mystery Holdings", None, None, 1_812.0, None, Family.NEUTRAL),
)
_INSIDE: dict[str, dict[str, float]] = {
    "VTI": {"NVDA": 0.08, "AAPL": 0.07, "MSFT": 0.06, "AVGO": 0.03, "JPM": 0.02, "VTI": 0.74},
    "SMH": {"NVDA": 0.2, "TSM": 0.2, "AVGO": 0.2, "AMD": 0.2, "INTC": 0.2},
    "EWY": {"005930": 0.24, "000660": 0.2, "EWY": 0.56},
    "BND": {"UST": 0.7, "BND": 0.3},
}
_ROOTS: dict[str, tuple[str, Family]] = {
    "NVDA": ("NVIDIA", Family.AI_CHIPS),
    "TSM": ("TSMC", Family.AI_CHIPS),
    "AVGO": ("Broadcom", Family.AI_CHIPS),
    "AMD": ("AMD", Family.AI_CHIPS),
    "INTC": ("Intel", Family.AI_CHIPS),
    "005930": ("Samsung Electronics", Family.AI_CHIPS),
    "000660": ("SK Hynix", Family.AI_CHIPS),
    "AAPL": ("Apple", Family.OTHER_SECTORS),
    "MSFT": ("Microsoft", Family.OTHER_SECTORS),
    "JPM": ("JPMorgan Chase", Family.OTHER_SECTORS),
    "VTI": ("Rest of the whole US market fund", Family.BROAD_EQUITY),
    "EWY": ("Rest of the South Korea fund", Family.BROAD_EQUITY),
    "MSTR": ("Strategy", Family.CRYPTO),
    "BTC": ("Bitcoin", Family.CRYPTO),
    "SPACEX": ("SpaceX", Family.SPACE),
    "UST": ("US government bonds", Family.BONDS),
    "BND": ("Rest of the US bond fund", Family.BONDS),
    "CASH": ("Cash", Family.NEUTRAL),
}
_THEMES = (
    (
        "ai-chips",
        "AI chips",
        Family.AI_CHIPS,
        ("NVDA", "TSM", "AVGO", "AMD", "INTC", "005930", "000660"),
    ),
    ("bitcoin", "Bitcoin", Family.CRYPTO, ("BTC", "MSTR")),
    ("space", "Space", Family.SPACE, ("SPACEX",)),
)
_CASH = 36_000.0


def _id(symbol: str) -> str:
    return f"{symbol}.X"


def _instrument(symbol: str, name: str, kind: Kind | None, factor: float | None) -> Instrument:
    return Instrument(
        id=_id(symbol),
        symbol=symbol,
        exchange=None,
        isin=None,
        name=name,
        kind=kind,
        currency="USD",
        country="US",
        issuer=None,
        underlying=None,
        daily_leverage_factor=factor,
        expense_ratio=0.0095 if factor and factor != 1 else None,
        asset_class=None,
        source=SOURCE,
    )


def _holdings(symbol: str) -> FundHoldings | None:
    inside = _INSIDE.get(symbol)
    if inside is None:
        return None
    return FundHoldings(
        fund=_id(symbol),
        constituents=tuple(Constituent(_id(k), w) for k, w in inside.items()),
        as_of="2026-09-30",
        coverage="partial",
        source=Source("issuer's list", "2026-09-30", "holdings"),
    )


def _positions() -> list[AnalysedPosition]:
    lines = []
    for n, (symbol, name, kind, factor, value, inside, _) in enumerate(_LINES, start=1):
        position = Position(
            place=Place(FILE, SHEET, n + 3),
            account="Z123",
            symbol=symbol,
            name=name,
            quantity=round(value / 50, 2),
            price=50.0,
            market_value=value,
            value_basis="stated",
            currency="USD",
            cells={"market_value": "E", "quantity": "C", "price": "D"},
        )
        lines.append(
            AnalysedPosition(
                id=f"p{n}",
                position=position,
                cash=None,
                instrument=_instrument(symbol, name, kind, factor) if kind else None,
                kind=kind,
                wrapper=WRAPPER_OF_KIND[kind] if kind else Wrapper.DIRECT,
                daily_leverage_factor=factor,
                market_value=value,
                fx_rate=1.0,
                notional_exposure=value * factor if factor is not None else None,
                status="left_out"
                if kind is None
                else "partly"
                if symbol in {"VTI", "EWY", "BND"}
                else "known",
                reason="reference.unknown_instrument"
                if kind is None
                else "reference.residue"
                if symbol in {"VTI", "EWY", "BND"}
                else None,
                match_reason="symbol" if kind else None,
                confidence=1.0 if kind else 0.0,
                candidates=() if kind else (Candidate("XYZ.US", "Xyz Incorporated", 0.62),),
                holdings=_holdings(inside) if inside else None,
                looked_through_share=None
                if kind is None
                else 1 - _INSIDE.get(symbol, {}).get(symbol, 0.0),
            )
        )
    cash = CashLine(Place(FILE, SHEET, 18), "Cash", _CASH, "USD", "Z123", {"amount": "E"})
    lines.append(
        AnalysedPosition(
            id="c1",
            position=None,
            cash=cash,
            instrument=None,
            kind=Kind.CASH,
            wrapper=Wrapper.DIRECT,
            daily_leverage_factor=1.0,
            market_value=_CASH,
            fx_rate=1.0,
            notional_exposure=_CASH,
            status="known",
            reason=None,
            looked_through_share=1.0,
        )
    )
    return lines


def _doors() -> dict[str, list[Door]]:
    doors: dict[str, list[Door]] = defaultdict(list)
    for n, (symbol, _, kind, factor, value, inside, _) in enumerate(_LINES, start=1):
        if kind is None or inside is None or factor is None:
            continue
        for root, weight in _INSIDE.get(inside, {inside: 1.0}).items():
            doors[root].append(
                Door(
                    f"p{n}",
                    (_id(symbol), _id(root)),
                    (factor, weight),
                    value * factor * weight,
                    WRAPPER_OF_KIND[kind],
                )
            )
    doors["CASH"].append(Door("c1", ("CASH",), (1.0,), _CASH, Wrapper.DIRECT))
    return doors


def _exposures(equity: float) -> list[RootExposure]:
    found = []
    for root, doors in _doors().items():
        doors.sort(key=lambda door: -abs(door.amount))
        long = sum(d.amount for d in doors if d.amount > 0)
        short = sum(d.amount for d in doors if d.amount < 0)
        name, family = _ROOTS[root]
        found.append(
            RootExposure(
                root=_id(root) if root != "CASH" else "CASH",
                name=name,
                long=long,
                short=short,
                net=long + short,
                gross=long - short,
                direct=sum(d.amount for d in doors if d.wrapper is Wrapper.DIRECT),
                share_of_equity=(long + short) / equity,
                doors=tuple(doors),
                family=family,
                looked_through=root not in {"VTI", "EWY", "BND"},
            )
        )
    return sorted(found, key=lambda e: -e.gross)


def _theme(
    key: tuple[str, str, Family, tuple[str, ...]], exposures: list[RootExposure], equity: float
) -> ThemeExposure:
    theme, name, family, members = key
    inside = [e for e in exposures if e.root.removesuffix(".X") in members]
    by_position: dict[str, float] = defaultdict(float)
    wrapper: dict[str, Wrapper] = {}
    for exposure in inside:
        for door in exposure.doors:
            by_position[door.position] += door.amount
            wrapper[door.position] = door.wrapper
    net = sum(e.net for e in inside)
    direct = sum(e.direct for e in inside)
    return ThemeExposure(
        theme=theme,
        name=name,
        labelled=direct,
        long=net,
        short=0.0,
        net=net,
        gross=net,
        hidden_share=1 - direct / net,
        share_of_equity=net / equity,
        doors=tuple(
            ThemeDoor(p, wrapper[p], a)
            for p, a in sorted(by_position.items(), key=lambda item: -item[1])
        ),
        family=family,
        roots=tuple((e.root, e.net) for e in inside),
    )


def _family(family: Family, exposures: list[RootExposure], equity: float) -> FamilyExposure | None:
    inside = [e for e in exposures if e.family is family]
    if not inside:
        return None
    by_position: dict[str, float] = defaultdict(float)
    for exposure in inside:
        for door in exposure.doors:
            by_position[door.position] += door.amount
    net = sum(e.net for e in inside)
    labelled = sum(line[4] for line in _LINES if line[6] is family and line[2])
    return FamilyExposure(
        family=family,
        labelled=labelled + (_CASH if family is Family.NEUTRAL else 0.0),
        long=net,
        short=0.0,
        net=net,
        gross=net,
        share_of_equity=net / equity,
        doors=len(by_position),
        positions=tuple(sorted(by_position.items(), key=lambda item: -item[1])),
    )


def _stress(
    scenario: Scenario, moves: dict[str, float], lines: list[AnalysedPosition], equity: float
) -> StressResult:
    doors = _doors()
    losses, causes = [], []
    for line in lines:
        if line.status == "left_out":
            continue
        pnl = sum(
            d.amount * moves.get(root, 0.0)
            for root, ds in doors.items()
            for d in ds
            if d.position == line.id
        )
        pnl = round(max(pnl, -(line.market_value or 0.0)), 2)
        losses.append(
            PositionLoss(
                position=line.id,
                pnl=pnl,
                share=pnl / line.market_value if line.market_value else None,
                low=round(pnl * 1.15, 2),
                high=round(pnl * 0.85, 2),
                model="cash"
                if line.kind is Kind.CASH
                else "daily_reset"
                if line.kind is Kind.LEVERAGED_FUND
                else "fund"
                if line.holdings
                else "linear",
                underlying_move=None if line.kind is Kind.CASH else -0.3,
            )
        )
    total = round(sum(loss.pnl for loss in losses), 2)
    for root, (name, _) in _ROOTS.items():
        part = sum(d.amount for d in doors[root]) * moves.get(root, 0.0)
        if part:
            causes.append(CauseLoss(_id(root), name, round(part, 2)))
    rest = round(total - sum(c.pnl for c in causes), 2)
    if rest:
        causes.append(CauseLoss("reset-and-cost", "Daily reset and cost", rest))
    return StressResult(
        scenario=scenario.id,
        facts=scenario,
        horizon_days=scenario.horizon_days,
        pnl=total,
        share_of_equity=total / equity,
        low=round(total * 1.15, 2),
        high=round(total * 0.85, 2),
        positions=tuple(sorted(losses, key=lambda loss: loss.pnl)),
        causes=tuple(sorted(causes, key=lambda cause: cause.pnl)),
        left_out=("p13",),
        root_moves=tuple((_id(root), move, "shocked") for root, move in moves.items()),
    )


CHIPS = Scenario(
    "ai-chips-minus-30",
    "AI chips fall 30%",
    "Makers of AI chips lose 30% over a month.",
    (Shock("theme:ai-chips", -0.30),),
    21,
    PathShape.STRAIGHT,
    None,
    "An assumption, not a forecast",
)
BITCOIN = Scenario(
    "bitcoin-halves",
    "Bitcoin halves",
    "Bitcoin loses half its price in one day.",
    (Shock("BTC.X", -0.5),),
    1,
    PathShape.ONE_DAY,
    "2026-06-22/2026-06-26",
    "measured closing prices",
)


def _daily_reset(lines: list[AnalysedPosition]) -> tuple[DailyResetFacts, ...]:
    facts = []
    for line in lines:
        factor = line.daily_leverage_factor
        if line.kind is not Kind.LEVERAGED_FUND or factor is None:
            continue
        facts.append(
            DailyResetFacts(
                position=line.id,
                daily_leverage_factor=factor,
                expense_ratio=0.0095,
                financing=0.04 * (factor - 1),
                hidden_drag=0.012 * factor,
                hidden_drag_basis="class default",
                volatility=0.55,
                volatility_decay=0.26 if line.id != "p11" else None,
                break_even_move=0.11 if line.id != "p11" else None,
                forced_trade=ForcedTrade(
                    -0.13, -0.13 * factor * (factor - 1), 26e6 if line.id == "p4" else None
                ),
                pair_move=(1 - 0.1 * factor) * (1 + 0.1 * factor) - 1,
            )
        )
    return tuple(facts)


def sample_analysis() -> Analysis:
    """Return the story's portfolio, analysed by hand."""
    lines = _positions()
    equity = sum(line[4] for line in _LINES) + _CASH
    exposures = _exposures(equity)
    themes = [_theme(key, exposures, equity) for key in _THEMES]
    families = [
        f for f in (_family(family, exposures, equity) for family in Family) if f is not None
    ]
    families.sort(key=lambda f: -abs(f.net))
    chips = dict.fromkeys(("NVDA", "TSM", "AVGO", "AMD", "INTC", "005930", "000660"), -0.3)
    portfolio = Portfolio(
        name="Story",
        positions=tuple(line.position for line in lines if line.position),
        cash=tuple(line.cash for line in lines if line.cash),
        base_currency="USD",
        as_of="2026-09-30",
        input_sha256="3f9a" * 16,
    )
    known = equity - 1_812.0
    return Analysis(
        portfolio=portfolio,
        equity=equity,
        gross=equity - _CASH,
        in_effect=sum(e.gross for e in exposures if e.root != "CASH"),
        verdict=Verdict(
            len(lines),
            themes[0].theme,
            themes[0].name,
            themes[0].share_of_equity,
            len(themes[0].doors),
            themes[0].net,
        ),
        coverage=Coverage(
            known / equity,
            (known - 52_000 * 0.74) / equity,
            "2026-06-30",
            (LeftOut("p13", 1_812.0, "reference.unknown_instrument"),),
        ),
        positions=tuple(lines),
        exposures=tuple(exposures),
        themes=tuple(themes),
        families=tuple(families),
        overlap=Overlap(
            pairs=(
                OverlapPair("p3", "p4", 1.0, 1.0, 18_000.0),
                OverlapPair("p2", "p5", 1.0, 1.0, 24_000.0),
                OverlapPair("p7", "p8", 1.0, 1.0, 8_000.0),
                OverlapPair("p7", "p9", 1.0, 1.0, 10_000.0),
                OverlapPair("p1", "p2", 0.11, 0.2, 5_720.0),
                OverlapPair("p1", "p4", 0.08, 0.1, 4_160.0),
            ),
            groups=(
                OverlapGroup(("p4", "p3"), "NVDA.X", 80_000.0),
                OverlapGroup(("p9", "p7", "p8"), "MSTR.X", 30_000.0),
            ),
            effective_names=6.4,
            effective_bets=3.1,
        ),
        stress=(
            _stress(CHIPS, chips, lines, equity),
            _stress(BITCOIN, {"BTC": -0.5, "MSTR": -0.5}, lines, equity),
        ),
        daily_reset=_daily_reset(lines),
        diagnostics=(
            Diagnostic(
                "reference.unknown_instrument",
                Severity.ERROR,
                Place(FILE, SHEET, 16),
                {"symbol": "XYZQ"},
            ),
        ),
        version="0.1.0",
        method=1,
        library=LibraryStamp("2026-09-30"),
        theme_list=tuple(
            Theme(
                t, n, f, tuple(ThemeMember(t, _id(m), 1.0, "makes them", "list") for m in members)
            )
            for t, n, f, members in _THEMES
        ),
    )


def empty_analysis() -> Analysis:
    """Return what is known about a portfolio without any line."""
    full = sample_analysis()
    return replace(
        full,
        portfolio=replace(full.portfolio, positions=(), cash=()),
        equity=0.0,
        gross=0.0,
        in_effect=0.0,
        verdict=Verdict(0, None, None, None, 0, 0.0),
        coverage=Coverage(0.0, 0.0, None, ()),
        positions=(),
        exposures=(),
        themes=(),
        families=(),
        overlap=Overlap((), (), None, None),
        stress=(),
        daily_reset=(),
        diagnostics=(),
    )
