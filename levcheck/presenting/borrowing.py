"""Debt in words: how far the margin call is, and what a scenario would make the broker sell."""

from levcheck.app.analysis import Analysis, MarginFacts, StressResult
from levcheck.i18n.words import Words
from levcheck.presenting.figures import Figure, Tone, What, number_key
from levcheck.presenting.measure import Measure
from levcheck.presenting.names import short_name


def margin_line(analysis: Analysis, words: Words, result: StressResult | None) -> str:
    """Return what the Stress screen says of the debt under one scenario; "" without debt."""
    facts = analysis.margin
    if facts is None:
        return ""
    under = next((u for u in facts.scenarios if result and u.scenario == result.scenario), None)
    first = distance_sentence(analysis, words, facts)
    if under is None or facts.is_called:
        return first
    second = (
        words.text(
            "After this scenario the broker would call: about {amount} would have to be sold.",
            amount=Measure(analysis, words).both(under.forced_sale),
        )
        if under.is_called
        else words.text("After this scenario no margin call is due.")
    )
    return f"{first} {second}"


def margin_figure(analysis: Analysis, words: Words) -> Figure | None:
    """Return the cushion above the demand of the broker, which explains itself; None without debt."""
    facts = analysis.margin
    if facts is None:
        return None
    return Figure(
        words.text("Cushion {amount}", amount=Measure(analysis, words).both(facts.excess)),
        number_key(What.MARGIN),
        Tone.WARNING if facts.is_called else Tone.PLAIN,
        words.text("Equity above the demand of the broker"),
    )


def distance_sentence(analysis: Analysis, words: Words, facts: MarginFacts) -> str:
    """Return how far a portfolio with debt is from the call."""
    debt = Measure(analysis, words).both(facts.debt)
    if facts.is_called:
        return words.text(
            "You owe {debt}, and by the rules the broker can call for cover today.", debt=debt
        )
    first = words.text(
        "You owe {debt}. If every line loses {fall}, the broker calls.",
        debt=debt,
        fall=words.percent(facts.uniform_fall),
    )
    if facts.root_fall is None or facts.root_name is None:
        return first
    second = words.text(
        "{root} alone would have to fall {fall}.",
        root=short_name(facts.root_name),
        fall=words.percent(facts.root_fall),
    )
    return f"{first} {second}"


def margin_assumption(analysis: Analysis, words: Words) -> str:
    """Return what the report says about how the demand of the broker was taken; "" without debt."""
    facts = analysis.margin
    if facts is None:
        return ""
    return words.text(
        "Margin: 25% on shares, 30% on short lines, multiples in proportion (FINRA 4210, Notice 09-53). {distance}",
        distance=distance_sentence(analysis, words, facts),
    )
