"""Further sheets of the workbook: what is in it, losses drawn, daily-reset funds, debt, and where facts come from."""

from typing import TYPE_CHECKING

from levcheck.app.result_hash import result_hash
from levcheck.presenting.accounts import filter_sentence
from levcheck.presenting.margin_tables import BASIS_OF_DEMAND
from levcheck.presenting.names import full_name, line_label
from levcheck.presenting.verdict import age_sentence, coverage_sentence, footer_sentence
from levcheck.reporting.workbook_cells import FINE_SHARE, MULTIPLE, SHARE, TEXT

if TYPE_CHECKING:
    from levcheck.reporting.workbook import BookWriter

LOSSES_DRAWN = 12
LOSS = "#A8410B"


def about(writer: "BookWriter") -> None:
    """Write what this workbook is: the stamps that tell it from another, and what each sheet shows."""
    say, analysis = writer.words.text, writer.analysis
    sheet = writer.sheet(say("About"), say("What is in this workbook"))
    amounts = (
        say("Every amount is a share of the money.")
        if writer.words.hide_amounts
        else say("Amounts are in {currency}.", currency=analysis.portfolio.base_currency)
    )
    stamps = [
        (say("Program"), f"levcheck {analysis.version}"),
        (say("Method"), str(analysis.method)),
        (say("Library"), " + ".join((analysis.library.snapshot, *analysis.library.overlays))),
        (say("Holdings of"), analysis.portfolio.as_of or "–"),
        (say("Input"), analysis.portfolio.input_sha256 or "–"),
        (say("Result"), result_hash(analysis)),
        (say("Amounts"), amounts),
    ]
    told = (
        filter_sentence(analysis, writer.words),
        coverage_sentence(writer.words, analysis),
        age_sentence(writer.words, analysis),
        footer_sentence(writer.words),
    )
    stamps += [("", text) for text in told if text]
    columns = ((say("What"), TEXT), (say("Value"), TEXT))
    end = writer.table(sheet, 2, columns, stamps)
    losses = [(say("Losses"), say("The costliest scenarios, worst first"))]
    sheets = [
        (say("Overview"), say("Families and bets: by their label, and in effect.")),
        (say("Holdings"), say("Every line, what it was taken for, and its cell in your file.")),
        (say("Roots and doors"), say("What the money rides on, and each way it takes there.")),
        (say("Stress"), say("What each scenario would do, by line, with low and high.")),
        *(losses if writer.results else ()),
        (say("Overlap"), say("Pairs of lines that hold the same things.")),
        (say("Daily reset"), say("What funds with a daily multiple cost, and must trade.")),
        (say("Margin"), say("What the broker demands, where there is debt.")),
        (say("Sources"), say("Which list each line was seen through, and how old it is.")),
        (say("How we got this"), say("Each figure with what it was made of.")),
    ]
    writer.table(sheet, end + 2, ((say("Sheet"), TEXT), (say("Shows"), TEXT)), sheets)
    for number, (name, _shows) in enumerate(sheets):
        writer.link(sheet, end + 3 + number, name)


def losses_chart(writer: "BookWriter") -> None:
    """Draw the costliest scenarios beside their figures."""
    say, words = writer.words.text, writer.words
    ordered = sorted(writer.results, key=lambda result: result.pnl)[:LOSSES_DRAWN]
    if not ordered:
        return
    sheet = writer.sheet(say("Losses"), say("The costliest scenarios, worst first"))
    columns = (
        (say("Scenario"), TEXT),
        (writer.amount_head(say("Change")), writer.amount_form),
        (say("Share"), SHARE),
    )
    rows = [
        (words.text(result.facts.name), writer.amount(result.pnl), result.share_of_equity)
        for result in ordered
    ]
    writer.table(sheet, 2, columns, rows)
    title = say("What each scenario would do")
    writer.bars(sheet, title, ((1, columns[1][0], LOSS),), len(rows), 4)


def leverage(writer: "BookWriter") -> None:
    """Write what each daily-reset fund costs and must trade."""
    say, analysis = writer.words.text, writer.analysis
    title = say("Made for one day: what the daily reset does over time")
    sheet = writer.sheet(say("Daily reset"), title)
    rows = [
        (
            line_label(analysis, facts.position),
            full_name(analysis.position(facts.position)),
            facts.daily_leverage_factor,
            facts.pair_move,
            facts.expense_ratio,
            facts.financing,
            facts.hidden_drag,
            None if facts.volatility_decay is None else -facts.volatility_decay,
            facts.break_even_move,
            facts.forced_trade.share_of_assets,
        )
        for facts in analysis.daily_reset
    ]
    columns = (
        (say("Fund"), TEXT),
        (say("Name"), TEXT),
        (say("Daily multiple"), MULTIPLE),
        (say("−10%, +10%"), FINE_SHARE),
        (say("Fee"), FINE_SHARE),
        (say("Borrowing"), FINE_SHARE),
        (say("Other costs"), FINE_SHARE),
        (say("Choppy year"), FINE_SHARE),
        (say("Breaks even at"), FINE_SHARE),
        (say("Must trade at −13%"), FINE_SHARE),
    )
    writer.list(sheet, columns, rows)


def margin(writer: "BookWriter") -> None:
    """Write what the broker demands, and where the account stands after each scenario."""
    say, analysis, facts = writer.words.text, writer.analysis, writer.analysis.margin
    if facts is None:
        writer.sheet(say("Margin"), say("You owe nothing to a broker."))
        return
    sheet = writer.sheet(say("Margin"), say("What the broker demands of the accounts that owe"))
    money, amount = writer.amount_form, writer.amount
    columns = (
        (say("Holding"), TEXT),
        (writer.amount_head(say("Value")), money),
        (say("Demand"), SHARE),
        (writer.amount_head(say("Equity demanded")), money),
        (say("Counted as"), TEXT),
    )
    lines = [
        (
            line_label(analysis, line.position),
            amount(line.market_value),
            line.maintenance,
            amount(line.required),
            say(BASIS_OF_DEMAND[line.basis]),
        )
        for line in facts.lines
    ]
    whole = (say("Together"), None, None, amount(facts.required), "")
    end = writer.table(sheet, 2, columns, [*lines, whole], strong=(len(lines),))
    names = {result.scenario: result.facts for result in analysis.stress}
    under = []
    for one in facts.scenarios:
        scenario = names[one.scenario]
        under.append(
            (
                say(scenario.name),
                amount(one.equity),
                None,
                amount(one.required),
                say("yes") if one.is_called else say("no"),
            )
        )
    heads = (
        (say("Scenario"), TEXT),
        (writer.amount_head(say("Equity")), money),
        ("", TEXT),
        (writer.amount_head(say("Equity demanded")), money),
        (say("Margin call"), TEXT),
    )
    writer.table(sheet, end + 2, heads, under)


def sources(writer: "BookWriter") -> None:
    """Write the list each line was seen through, with its date."""
    say, analysis = writer.words.text, writer.analysis
    sheet = writer.sheet(say("Sources"), say("Where what we know about each line comes from"))
    rows = []
    for line in analysis.positions:
        known = line.holdings
        instrument = line.instrument
        rows.append(
            (
                line.label,
                full_name(line),
                line.looked_through_share,
                (known.as_of if known is not None else instrument.source.as_of if instrument else "") or "",
                known.source.title if known is not None else instrument.source.title if instrument else "",
                line.status,
            )
        )  # fmt: skip
    columns = (
        (say("Holding"), TEXT),
        (say("Taken for"), TEXT),
        (say("Seen through"), SHARE),
        (say("As of"), TEXT),
        (say("Source"), TEXT),
        (say("Status"), TEXT),
    )
    writer.list(sheet, columns, rows)
