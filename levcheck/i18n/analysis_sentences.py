"""What the analysis has to tell about a portfolio, in plain words."""

SENTENCES: dict[str, tuple[str, str]] = {
    "check.no_account": (
        "There is no account called {account} in this list.",
        "Its accounts are: {known}.",
    ),
    "check.no_owner": (
        "Nobody called {owner} owns an account in this list.",
        "Owners typed so far: {known}.",
    ),
    "portfolio.no_value": (
        "{line} has no value in the file. It is left out of every number.",
        "Add its value, or its quantity and price, and read the file again.",
    ),
    "portfolio.missing_rate": (
        "There is no exchange rate from {currency} to {base} for {line}. It is left out of every number.",
        "Type the rate on the portfolio screen, or ask for totals in {currency}.",
    ),
    "portfolio.rate_from_library": (
        "1 {currency} is counted as {rate} {base}, the library's rate of {as_of}.",
        "Type a newer rate if you have one.",
    ),
    "portfolio.currency_assumed": (
        "{lines} lines name no currency. They are counted in {base}.",
        "Ask for another base currency if that is wrong.",
    ),
    "portfolio.base_currency_chosen": (
        "The lines are in several currencies. Totals are given in {currency}.",
        "Ask for another base currency if you prefer one.",
    ),
    "portfolio.same_file_twice": (
        "{file} holds the very same rows as {first}. Its lines are counted twice.",
        "Leave one of them out if they are the same account.",
    ),
    "exposure.cycle": (
        "Some funds hold each other: {chain}. The circle was cut, and its money stays with the last fund.",
        "Check the holdings of these funds.",
    ),
    "exposure.unknown_multiple": (
        "{line} promises a multiple of each day's move, but the multiple is not known. It is left out of every number.",
        "Add its daily multiple to your own instruments table.",
    ),
    "exposure.unknown_multiple_inside": (
        "{fund} holds {constituent}, whose daily multiple is not known. That part is not looked through.",
        "Add its daily multiple to your own instruments table.",
    ),
    "exposure.basket_from_listing": (
        "What {fund} multiplies was taken from its own list of holdings.",
        "Name its underlying in your own instruments table to be exact.",
    ),
    "exposure.option_needs_inputs": (
        "{line} is an option. Its price inputs are not known, so it is left out of every number.",
        "Its loss as a holder cannot be more than its value. A sold option can lose more.",
    ),
    "exposure.option_by_delta": (
        "{line} is counted as the shares it stands for today: delta {delta} at a price of {price}.",
        "Its delta changes with every move. Large shocks change it most.",
    ),
    "exposure.largest_compared": (
        "Of {lines} lines the {compared} largest were compared pair by pair. They carry {percent}% of what is held.",
        "All other numbers count all the lines.",
    ),
    "exposure.not_looked_through": (
        "{percent}% of {line} could not be looked through. It is shown under the fund's own name.",
        "Add the fund's list of holdings to see inside.",
    ),
    "exposure.too_many_chains": (
        "Funds hold each other in more than {limit} ways, most of them in {fund}. Nothing was worked out or changed.",
        "Look at the list of holdings of {fund}, or take it out of the library.",
    ),
    "check.unknown_shock": (
        "There is nothing called {target} in the library to move.",
        "{near}",
    ),
    "check.bad_shock": (
        "The shock {text} cannot be read.",
        "Write it as NVDA=-0.13, NVDA=-13%, ai-chips=-0.30 or class:equity=-0.20. A fall cannot exceed 100%.",
    ),
    "check.bad_rate": (
        "A change of {text} is too much for rates or spreads.",
        "Write points a year, for example rates=+1% or spreads=+0.5%; at most 10%.",
    ),
    "check.unknown_scenario": (
        "There is no scenario called {scenario}.",
        "{near}",
    ),
    "check.nothing_read": (
        "No positions could be read from {file}.",
        "Look at it with: levcheck import {file}",
    ),
    "check.needs_mapping": (
        "The columns of {file} could not be told apart. Nothing was checked, and the file was not changed.",
        "Name them with: levcheck import {file} --map FIELD=COLUMN --save OUT.levcheck",
    ),
    "check.nobody_asked": (
        "{file} is closed with a password, and nobody sits here to type it.",
        "Write the password into a file and name it with --password-file. The session was not changed.",
    ),
    "check.bad_passwords": (
        "{file} is not a list of passwords.",
        "Name a small text file with one password on each line. Nothing was changed.",
    ),
    "check.no_file": (
        "There is no file {file}.",
        "Check the name and the folder.",
    ),
}
