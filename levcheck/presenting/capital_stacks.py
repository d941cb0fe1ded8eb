"""Who is paid first at the issuers whose preferreds are held."""

from levcheck.app.analysis import Analysis
from levcheck.domain.risk import Claim
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Cell, Column, Row, TableView
from levcheck.presenting.names import short_name

DOLLARS = "USD"
CLAIM_NAMES = {
    "asset": "what it owns",
    "debt": "debt",
    "convertible": "convertible debt",
    "preferred": "preferred",
    "common": "common stock",
}


def stack_tables(analysis: Analysis, words: Words) -> tuple[TableView, ...]:
    """Return one table for each issuer, what is paid first on top."""
    issuers = list(dict.fromkeys(claim.issuer for claim in analysis.capital_stacks))
    names = {root.root: root.name for root in analysis.exposures}
    held = {
        line.instrument.id: line.label
        for line in analysis.positions
        if line.instrument is not None and line.position is not None
    }
    return tuple(
        _table(
            words,
            short_name(names.get(issuer, issuer)),
            sorted(
                (claim for claim in analysis.capital_stacks if claim.issuer == issuer),
                key=lambda claim: claim.rank,
            ),
            held,
        )
        for issuer in issuers
    )


def _table(words: Words, issuer: str, claims: list[Claim], held: dict[str, str]) -> TableView:
    rows = tuple(
        Row(
            claim.claim,
            (
                Cell(words.number(claim.rank) if claim.rank else ""),
                Cell(claim.claim),
                Cell(words.text(CLAIM_NAMES.get(claim.kind, claim.kind))),
                Cell(words.money(claim.notional, DOLLARS), claim.notional),
                Cell(words.percent(claim.coupon, digits=2), claim.coupon),
                Cell(words.text("held") if claim.claim in held else ""),
                Cell(claim.as_of),
            ),
        )
        for claim in claims
    )
    return TableView(
        words.text("{issuer}: who is paid first, in US dollars", issuer=issuer),
        (
            Column("rank", words.text("Rank"), numeric=True),
            Column("claim", words.text("Claim"), stretch=True),
            Column("kind", words.text("Kind")),
            Column("notional", words.text("Amount"), numeric=True),
            Column("coupon", words.text("Coupon"), numeric=True),
            Column("held", words.text("In your list")),
            Column("as_of", words.text("As of"), numeric=True),
        ),
        rows,
    )
