"""A second answer for preferreds, beside the sensitivity to the common share that was measured.

Where the issuer's order of claims is known, the slice of its assets says what a move of the assets leaves for a
preferred; for any other preferred the move of credit and rates does. The smaller gain of the two answers is shown, and
the range spans both: a measured sensitivity comes from few and mild months, and the model alone showed half of what
June 2026 took.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Instrument, Kind
from levcheck.domain.risk import Claim
from levcheck.domain.scenario import Scenario, Shock
from levcheck.exposure.graph import InstrumentGraph
from levcheck.stress.daily_reset import FloatArray
from levcheck.stress.issuer_stack import Slice, slices_of
from levcheck.stress.propagation import DriverModel
from levcheck.stress.root_moves import RootBook, resolve_moves
from levcheck.stress.sensitivities import is_measured, is_participating
from levcheck.stress.targets import Memberships, Reach, narrowed, parse_target

CREDIT: Final = "class:credit"
"""What a preferred of no known stack follows besides its issuer."""

# In June 2026 the preferreds lost about twice what the slices say: missed coupons and a broken reset were feared.
SUSPENSION: Final = 2.0


@dataclass(frozen=True, slots=True)
class SecondModels:
    """The second answers of a portfolio.

    Attributes:
        slices: node → its slice of a known stack.
        credit: nodes of other preferreds.
        book: what the answers need to know the moves of, as roots of their own.
        issuers: issuer → any slice of its stack.
    """

    slices: Mapping[int, Slice]
    credit: tuple[int, ...]
    book: RootBook
    issuers: Mapping[str, Slice]

    def asset_moves(self, scenario: Scenario) -> dict[str, FloatArray]:
        """Return asset → its return in each variant of the links, shape (V,)."""
        if not self.book.roots:
            return {}
        moves = resolve_moves(scenario, self.book).moves
        return {root: moves[:, number] for number, root in enumerate(self.book.roots)}

    def gains(self, moves: Mapping[str, FloatArray]) -> dict[int, FloatArray]:
        """Return node → gain by its second model in each variant, shape (V,)."""
        found = {node: one.gain(one.asset_move(moves)) for node, one in self.slices.items()}
        if self.credit:
            found |= dict.fromkeys(self.credit, moves[CREDIT])
        return found

    def with_premiums(self, scenario: Scenario) -> Scenario:
        """Return a scenario whose shocks of a premium are turned into moves of the common share.

        The common moves as what is left for it by amounts, and its premium over that comes on top.

        Raises:
            LevcheckError: ``stress.premium_unknown`` when the issuer's stack is not known.
        """
        parted = [(parse_target(shock.target), shock) for shock in scenario.shocks]
        if not any(target.reach is Reach.PREMIUM for target, _ in parted):
            return scenario
        rest = tuple(shock for target, shock in parted if target.reach is not Reach.PREMIUM)
        moves = self.asset_moves(replace(scenario, shocks=rest))
        shocks = list(rest)
        for target, shock in parted:
            if target.reach is Reach.PREMIUM:
                shocks.append(self._common(target.name, shock, moves))
        return replace(scenario, shocks=tuple(shocks))

    def _common(self, issuer: str, shock: Shock, moves: Mapping[str, FloatArray]) -> Shock:
        one = self.issuers.get(issuer)
        left = None if one is None else one.equity_move(one.asset_move(moves))
        if left is None:
            raise LevcheckError("stress.premium_unknown", issuer=issuer)
        move = (1.0 + float(left[0])) * (1.0 + shock.move) - 1.0
        return Shock(issuer, max(move, -1.0), 0.0, shock.source, is_own=True)


def second_models(
    graph: InstrumentGraph,
    instruments: Mapping[str, Instrument],
    memberships: Memberships,
    stacks: Mapping[str, Sequence[Claim]],
    model: DriverModel,
    *,
    has_premiums: bool,
    lenders: Sequence[str] = (),
) -> SecondModels:
    """Return the second answers of everything in a graph.

    Args:
        graph: what rides on what.
        instruments: id → row of the instruments table.
        memberships: of everything in the graph, of the assets in the stacks, the lenders and credit.
        stacks: issuer → rows of its stack.
        model: drivers and sensitivities.
        has_premiums: whether a premium over assets will be shocked.
        lenders: issuers of notes, whose moves say how far they are trusted.
    """
    per_issuer = {issuer: slices_of(claims) for issuer, claims in stacks.items()}
    every = {claim: one for found in per_issuer.values() for claim, one in found.items()}
    slices = {
        node: every[identifier]
        for node, identifier in enumerate(graph.ids)
        if identifier in every and graph.root[node] >= 0 and graph.kinds[node] is Kind.PREFERRED
    }
    credit = tuple(
        node
        for node, identifier in enumerate(graph.ids)
        if graph.kinds[node] is Kind.PREFERRED
        and graph.root[node] >= 0
        and node not in slices
        and not is_measured(identifier)
        and not is_participating(_country(instruments.get(identifier)))
        and CREDIT in model.sensitivities
    )
    if not (slices or credit or has_premiums):
        # Most portfolios need none of this.
        per_issuer = {}
    assets = dict.fromkeys(
        asset for found in per_issuer.values() for one in found.values() for asset, _ in one.parts
    )
    named = dict.fromkeys((*assets, *lenders))
    roots = (*named, CREDIT) if credit else tuple(named)
    own = narrowed(memberships, roots)
    book = RootBook(
        roots=roots,
        memberships=own,
        model=model,
        loadings=model.loadings(roots, own),
        root_of={},
        instruments_held=frozenset(),
    )
    issuers = {issuer: next(iter(found.values())) for issuer, found in per_issuer.items() if found}
    return SecondModels(slices, credit, book, issuers)


def _country(row: Instrument | None) -> str | None:
    return row.country if row is not None else None
