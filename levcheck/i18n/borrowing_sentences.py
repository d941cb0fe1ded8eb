"""Words for debt to a broker, questions asked backwards, and scenarios already under way."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "stress.margin_call_due": (
        "By the rules of the United States the broker can ask for more cover today.",
        "Compare with the demand on your broker's own page; it may differ.",
    ),
    "stress.margin_debt": (
        "You owe the broker. A loss of {percent}% on every line would bring a margin call.",
        "The Stress screen says what each scenario would make the broker sell.",
    ),
    "stress.margin_demand_assumed": (
        "For {count} lines that are not known the usual demand of a broker is assumed.",
        "Say what these lines are on the Portfolio screen.",
    ),
    "stress.reverse_bad_share": (
        "A loss of {share} cannot be asked for.",
        "Ask for a share between 0 and 1, for example 0.2 for 20%.",
    ),
    "stress.reverse_not_held": (
        "Nothing you hold rides on '{root}'.",
        "Name one of the roots of the Overlap screen.",
    ),
    "scenario.already_fallen": (
        "In {scenario}, {target} has moved {already}% already; a move of {left}% is left.",
        "Leave out --already to run the whole scenario.",
    ),
    "scenario.already_beyond": (
        "'{target}' has already lost everything, so nothing is left of its move.",
        "Give what it has moved as a return above -100%, for example NVDA=-8%.",
    ),
    "scenario.already_unused": (
        "No scenario that was run names '{target}', so nothing was taken off.",
        "Name a target of the scenario, as levcheck scenarios lists them.",
    ),
}
