"""What all known daily-reset funds on a root must trade at the close, as a table and a sentence."""

from levcheck.app.analysis import Analysis, RootFlow
from levcheck.i18n.words import UNKNOWN, Words
from levcheck.presenting.figures import Cell, Column, Row, TableView, What, number_key
from levcheck.presenting.names import short_name

DOLLARS = "USD"


def flows_table(analysis: Analysis, words: Words, *, second_round: bool = False) -> TableView:
    """Return one row per root of a daily-reset fund held.

    Args:
        analysis: the result.
        words: how the user is spoken to.
        second_round: also show what the trading adds to the move; an estimate, so it is asked for.
    """
    columns = [
        Column("root", words.text("What they multiply"), stretch=True),
        Column("funds", words.text("Funds with a known size"), numeric=True, spare=1),
        Column("assets", words.text("Their assets"), numeric=True),
        Column(
            "trade",
            words.text("Trade at the close"),
            numeric=True,
            hint=words.text(
                "At most: new and returned shares of the funds net a part of it (Ivanov and Lenkey 2014)."
            ),
        ),
        Column("turnover", words.text("Share of turnover"), numeric=True),
        Column("as_of", words.text("Sizes as of"), spare=2),
    ]
    if second_round:
        columns.append(
            Column(
                "second",
                words.text("Added to the move"),
                numeric=True,
                hint=words.text("By the square root of turnover, prefactor one half to one."),
            )
        )
    rows = tuple(_row(words, flow, second_round=second_round) for flow in analysis.forced_flows)
    return TableView(
        words.text("All known funds on the same thing, after a day of −13%"),
        tuple(columns),
        rows,
        empty=words.text("No fund in this list resets every day."),
    )


def _row(words: Words, flow: RootFlow, *, second_round: bool) -> Row:
    key = number_key(What.FORCED_FLOW, flow.root)
    cells = [
        Cell(short_name(flow.name), hint=flow.root),
        Cell(
            words.text(
                "{counted} of {all}",
                counted=words.number(flow.counted),
                all=words.number(flow.funds),
            ),
            flow.counted,
            key,
        ),
        Cell(words.money(flow.assets, DOLLARS) if flow.counted else UNKNOWN, flow.assets, key),
        Cell(words.money(flow.amount, DOLLARS), flow.amount, key),
        Cell(words.percent(flow.share_of_turnover), flow.share_of_turnover, key),
        Cell(flow.oldest_as_of or UNKNOWN),
    ]
    if second_round:
        cells.append(Cell(_added(words, flow), key=key))
    return Row(key, tuple(cells))


def _added(words: Words, flow: RootFlow) -> str:
    if flow.mechanical is None:
        return UNKNOWN
    low, high = flow.mechanical
    return words.text("{low} to {high}", low=words.percent(high), high=words.percent(low))


def flow_sentence(analysis: Analysis, words: Words) -> str:
    """Return the largest known forced trade in words; "" where no size is known."""
    known = [flow for flow in analysis.forced_flows if flow.amount]
    if not known:
        return ""
    flow = max(known, key=lambda one: abs(one.amount or 0.0))
    amount = words.money(abs(flow.amount or 0.0), DOLLARS)
    sentence = (
        "All known funds on {root} must sell up to {amount} by the close."
        if (flow.amount or 0.0) < 0
        else "All known funds on {root} must buy up to {amount} by the close."
    )
    return words.text(sentence, root=short_name(flow.name), amount=amount)
