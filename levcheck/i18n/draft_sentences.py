"""Words for changes of a draft that cannot be made."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "portfolio.draft_line_gone": (
        "{line} is not in the list any more, so this change does nothing.",
        "Take the change out of the draft.",
    ),
    "portfolio.draft_no_value": (
        "What {line} is worth is not known, so it cannot be changed here.",
        "Type its value on the Portfolio screen.",
    ),
    "portfolio.draft_no_units": (
        "How many units of {line} there are is not known.",
        "Say how much in money or in percent.",
    ),
    "portfolio.draft_more_than_held": (
        "There is less of {line} than this change would sell.",
        "Type a smaller amount, or sell all of it.",
    ),
    "portfolio.draft_already_less": (
        "{line} is smaller than that already.",
        "Type a smaller share, or take the change out.",
    ),
    "portfolio.draft_short_swap": (
        "{line} is a bet on a fall, which cannot be swapped.",
        "Close it and add the other one as two changes.",
    ),
    "portfolio.draft_no_price": (
        "What one {line} costs is not known, so units cannot be turned into money.",
        "Say how much in money.",
    ),
    "portfolio.draft_nothing_to_do": (
        "Nothing is left to buy of {line}.",
        "Type a larger amount.",
    ),
    "portfolio.draft_less_than_one": (
        "That does not buy one whole unit of {line}.",
        "Type a larger amount, or trade parts of units.",
    ),
    "portfolio.draft_no_hedge": (
        "{line} does not set this bet off, or there is nothing to set off.",
        "Choose a fund that moves the other way.",
    ),
    "portfolio.draft_no_debt": (
        "There is no debt in the base currency to pay back.",
        "Take the change out of the draft.",
    ),
    "portfolio.draft_other_currency": (
        "The amounts of this change are in {currency}; the list is counted in {base} now.",
        "Count in {currency} again, or type the change anew.",
    ),
    "portfolio.draft_not_understood": (
        "The change '{text}' cannot be read.",
        "Write it like: trim NVDL 50%; sell XYZ; swap NVDL NVDA 2x; add VTI 5000; cash 20%.",
    ),
    "portfolio.draft_several_lines": (
        "Several lines are called '{line}'.",
        "Name one by its number, like p3, as levcheck check --json prints it.",
    ),
    "portfolio.draft_no_such_line": (
        "No line is called '{line}'.",
        "Use a ticker of the list, as levcheck import prints it.",
    ),
}
