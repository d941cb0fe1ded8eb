"""Words for what the stress core, the scenario files and the fund replay have to tell."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "stress.unknown_target": (
        "'{target}' is not something that can be shocked.",
        "Write an instrument (NVDA.US) or theme:, class:, country:, currency: with a name.",
    ),
    "stress.impossible_move": (
        "A move of {move} for '{target}' is not possible: nothing loses more than all.",
        "Write moves as fractions, for example -0.13 for a fall of 13%.",
    ),
    "stress.contradiction": (
        "'{target}' is given two different moves: {first} and {second}.",
        "Keep one of them. Nothing was calculated.",
    ),
    "stress.target_not_held": (
        "Nothing in the portfolio belongs to '{target}' itself.",
        "What follows it by measured links still moves.",
    ),
    "stress.roots_without_link": (
        "{count} roots have no measured link and stay where they are.",
        "Add rows to betas.csv in a library folder to let them follow.",
    ),
    "stress.assumed_expense": (
        "The fee of {fund} is not known; 0.95% a year is used.",
        "Add the fund to instruments.csv in a library folder to use its own fee.",
    ),
    "stress.assumed_volatility": (
        "The volatility behind {fund} is not known; 55% a year sets its hidden cost.",
        "Add its underlying to betas.csv in a library folder to use a measured figure.",
    ),
    "stress.option_without_terms": (
        "The contract of this option is not known, so it cannot be valued.",
        "Give underlying, expiry, strike and right in the file.",
    ),
    "stress.note_without_terms": (
        "The terms of this note are not known, so it cannot be valued.",
        "It stays in the exposure, but in no loss.",
    ),
    "stress.contract_without_terms": (
        "The terms of this contract are not known, so it cannot be valued.",
        "The most that can be lost on a bought contract is its price.",
    ),
    "stress.value_unknown": (
        "This line has no value, so no loss can be stated.",
        "Give a market value, or quantity and price.",
    ),
    "scenario.unreadable": (
        "The scenario file {file} cannot be read: {detail}.",
        "Mend the file or take it out of the folder.",
    ),
    "scenario.bad_value": (
        "The scenario file {file} has no usable '{key}'.",
        "Compare it with a bundled scenario file.",
    ),
    "scenario.duplicate": (
        "Two scenario files name the same id '{id}'; the second is {file}.",
        "Give each scenario its own id.",
    ),
}
