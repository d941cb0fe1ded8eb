"""Words for the reference library: what a line is, what is not known about it, and tables that cannot be used."""

SENTENCES: dict[str, tuple[str, str]] = {
    "reference.bad_table": (
        "We cannot use {file}: {why}.",
        "Correct the cell and open the table again. Nothing was changed.",
    ),
    "reference.damaged": (
        "The bundled table {file} is not the one that was shipped.",
        "Install levcheck again. Your own files are safe.",
    ),
    "reference.no_tables": (
        "The folder {folder} holds no reference table.",
        "Put instruments.csv, holdings.csv or another table of the manual there.",
    ),
    "reference.no_source": (
        "{rows} rows of {file} name no date or no source, the first in row {row}.",
        "Fill the columns as_of and source, so that you can tell how old a figure is.",
    ),
    "reference.unknown_column": (
        "Column {column} of {file} is not known and was not read.",
        "Check its spelling if you meant one of our columns.",
    ),
    "reference.partial_list": (
        "The list of {fund} adds up to {share}% of the fund.",
        "The rest is shown as not looked through. Complete the list if you can.",
    ),
    "reference.unknown_instrument": (
        "We do not know this line.",
        "Pick what it is, or add it to your library. It is in no figure until then.",
    ),
    "reference.unknown_underlying": (
        "We do not know what this option is written on.",
        "Pick the underlying, or add it to your library. The option is in no figure until then.",
    ),
    "reference.leveraged_unknown_multiple": (
        "The name says that this line multiplies something, but we do not know how many times.",
        "Enter its daily multiple and what it rides on. It is in no figure until then.",
    ),
    "reference.ambiguous_symbol": (
        "This code stands for more than one thing, and the row does not say which.",
        "Pick the right one. It is in no figure until then.",
    ),
    "reference.name_disagrees": (
        "The code belongs to something with another name.",
        "Pick what the line is. It is in no figure until then.",
    ),
    "reference.reused_symbol": (
        "On the day of this file the code belonged to another security.",
        "Pick what the line was. It is in no figure until then.",
    ),
    "reference.bad_holdings_file": (
        "We cannot read {file} as a fund's holdings: {why}.",
        "Take the CSV or Excel file of the holdings from the issuer's page. Nothing was changed.",
    ),
    "reference.needs_fund": (
        "{file} does not say which fund it describes.",
        "Add --fund ID, for example --fund {guess}. Nothing was changed.",
    ),
    "reference.needs_date": (
        "{file} does not say which day it is from.",
        "Add --as-of DATE, for example --as-of 2026-06-30. Nothing was changed.",
    ),
    "reference.bad_date": (
        "{text} is no date.",
        "Write the date like 2026-06-30. Nothing was changed.",
    ),
    "reference.sum_above": (
        "The weights in {file} add up to {share}%.",
        "Swaps or borrowing may explain it. Compare with the issuer's page.",
    ),
    "reference.sum_below": (
        "The weights in {file} add up to {share}%.",
        "The rest is shown as not looked through.",
    ),
    "reference.total_contradicts": (
        "{file} prints a total of {stated}% in row {row}, but its lines add up to {share}%.",
        "The lines are used. Compare the file with the issuer's page.",
    ),
    "reference.values_contradict": (
        "In {rows} lines of {file} the market value does not fit the weight, the first in row {row}.",
        "The weights are used. Compare the file with the issuer's page.",
    ),
    "reference.hedged_list": (
        "The weights in {file} add up to {share}% because the fund hedges its currencies.",
        "The hedges are left out; what they protect is counted once.",
    ),
    "reference.contract_without_notional": (
        "{rows} futures or swaps in {file} state no notional amount, the first in row {row}.",
        "What they move is not counted. A Form N-PORT filing of the fund states it.",
    ),
    "reference.swap_basket": (
        "{file} lists the collateral of a swap, not what the fund moves with.",
        "The list is kept but not looked through with. Use the list of the index instead.",
    ),
    "reference.multiple_differs": (
        "The contracts of {fund} come to {rebuilt} times its assets; the library says {stated}.",
        "Check the daily multiple on the fund's page, and override it if need be.",
    ),
    "reference.dataset_damaged": (
        "A list you added from {file} can no longer be read.",
        "Add the file again. The bundled list is used until then.",
    ),
    "reference.library_not_writable": (
        "We could not change your library: {reason}.",
        "Nothing was changed. Check that the data folder can be written.",
    ),
    "reference.not_in_library": (
        "Your library holds nothing called {what}.",
        "See what it holds with levcheck library list.",
    ),
    "reference.override_without_reason": (
        "Your change of {what} has no reason.",
        "Write why, so that you can follow it later. Nothing was changed.",
    ),
    "reference.override_empty": (
        "Nothing about {what} was changed.",
        "Fill in at least one of the facts.",
    ),
    "reference.override_range": (
        "{what} cannot be right for this fact.",
        "A multiple lies between -10 and 10 and is not 0; a fee between 0% and 100%.",
    ),
    "reference.unknown_id": (
        "The library knows nothing called {what}.",
        "Search by ticker, ISIN or name, for example levcheck library show NVDA.",
    ),
}
