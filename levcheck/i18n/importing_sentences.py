"""What the importer says: code → (what happened, what to do)."""

_RESAVE = "Open it in your spreadsheet program, save it as .xlsx or .csv, and import that file."
_EXPORT = (
    "Take your broker's export of what you hold now instead: positions, holdings or portfolio."
)

SENTENCES: dict[str, tuple[str, str]] = {
    # --- the file itself ---------------------------------------------------------------------------------
    "import.file_missing": (
        "The file {file} is not there.",
        "Check the name and the folder, then try again.",
    ),
    "import.is_folder": ("{file} is a folder, not a file.", "Choose a file inside it."),
    "import.file_locked": (
        "The file {file} cannot be opened.",
        "Close it in other programs or check its permissions. The file was not changed.",
    ),
    "import.file_too_large": (
        "{file} is larger than {limit} MB and was not opened.",
        "Export just what you hold now, not the history. Then import that file.",
    ),
    "import.empty_file": (
        "{file} is empty: it holds no data at all.",
        "Download or export it again.",
    ),
    "import.truncated": (
        "{file} is incomplete: its end is missing, as after a broken download.",
        "Download it again. Nothing was read from it.",
    ),
    "import.damaged": ("{file} is damaged and cannot be read safely.", _RESAVE),
    "import.encrypted": (
        "{file} is protected by a password.",
        "Open it with its password, save a copy without one, and import the copy.",
    ),
    "import.not_a_workbook": (
        "{file} is not a workbook: it holds no sheets.",
        "Choose an Excel, LibreOffice or CSV file with your positions.",
    ),
    "import.zip_with_files": (
        "{file} is a packed folder, not a workbook.",
        "Unpack it and import the file inside it.",
    ),
    "import.pdf": (
        "{file} is a PDF document, whatever its name says.",
        "Take the Excel or CSV export of your positions instead.",
    ),
    "import.word": (
        "{file} is a Word document, not a workbook.",
        "Copy the table into a spreadsheet and save it as .xlsx.",
    ),
    "import.picture": (
        "{file} is a picture ({what}).",
        "Take the Excel or CSV export of your positions instead.",
    ),
    "import.other_format": ("{file} is of a kind that is not read here ({what}).", _RESAVE),
    "import.xml_spreadsheet": ("{file} is a workbook in the old XML form of 2003.", _RESAVE),
    "import.old_excel": ("{file} is a very old workbook ({what}).", _RESAVE),
    "import.numbers_app": (
        "{file} is a document of Apple Numbers.",
        "Export it from Numbers as Excel or CSV and import that file.",
    ),
    "import.is_session": (
        "{file} is a saved levcheck file, not an export.",
        "Open it with File > Open instead of importing it.",
    ),
    "import.web_page": (
        "{file} is a web page without a table, perhaps a login page saved by mistake.",
        "Log in to your broker, download the export again, and import that file.",
    ),
    "import.document_type": (
        "{file} declares a document type, which a real workbook never does. It was not opened.",
        "Do not trust this file. Export your positions again from their source.",
    ),
    "import.unpacks_too_large": (
        "{file} would unpack to far more than {limit} MB and was not opened.",
        "Export only the positions again, or save them as .csv.",
    ),
    "import.too_many_parts": ("{file} holds more than {limit} parts and was not opened.", _RESAVE),
    "import.too_many_rows": (
        "{file} has more than {limit} filled rows.",
        "Export just what you hold now, not the history. Then import that file.",
    ),
    "import.too_many_cells": (
        "{file} has more than {limit} filled cells.",
        "Export just what you hold now, not the history. Then import that file.",
    ),
    "import.too_many_columns": ("{file} has more than {limit} columns in a row.", _RESAVE),
    "import.too_slow": (
        "{file} took longer than {seconds} seconds to open and was stopped.",
        _RESAVE,
    ),
    "import.parser_stopped": (
        "{file} stopped the reader, as damaged or hostile files do. Nothing else was affected.",
        _RESAVE,
    ),
    "import.cancelled": (
        "Reading {file} was cancelled.",
        "Nothing was changed. Import it again when you like.",
    ),
    # --- what the file holds -----------------------------------------------------------------------------
    "import.no_such_sheet": (
        "There is no sheet named {sheet} in {file}.",
        "Its sheets are: {sheets}.",
    ),
    "import.no_holdings": (
        "{file} was opened, but no list of holdings was found among its rows (looked at: {rows}).",
        "A list needs headings such as Symbol, Quantity and Value. " + _EXPORT,
    ),
    "import.no_rows": (
        "{file} has the right columns, but there are no rows below the headings.",
        "Check the date and account chosen for the export, then export it again.",
    ),
    "import.no_holdings_rows": (
        "{file} has the right columns, but no row could be read as a holding.",
        "See the rows listed as left out, and choose the columns by hand.",
    ),
    "import.transactions": (
        "{file} is a list of transactions, not of what is held now.",
        _EXPORT + " Past trades do not tell what is held.",
    ),
    "import.watchlist": (
        "{file} lists prices without quantities, as a watch list does.",
        _EXPORT + " It needs a column with quantities or values.",
    ),
    "import.price_series": ("{file} is a series of prices, not a list of holdings.", _EXPORT),
    "import.needs_mapping": (
        "{file} may hold positions, but its columns cannot be told apart.",
        "Say which column is which: {fields}.",
    ),
    "import.two_columns": (
        "Several columns claim to be {field}: {columns}. None was taken.",
        "Say which one is meant, for example --map {example}.",
    ),
    "import.ambiguous_numbers": (
        "The numbers can be read in two ways: 1.234 may be 1234 or 1.234.",
        "Say which sign parts the decimals: --map decimal=. or --map decimal=,",
    ),
    "import.weights_only": (
        "The file gives weights, but no quantities or values.",
        "Say what the whole portfolio is worth: --total-value AMOUNT.",
    ),
    "import.text_as_workbook": (
        "The file is plain text under a workbook's name. It was read as text.",
        "Nothing to do.",
    ),
    "import.html_as_workbook": (
        "The file is a web page saved under a workbook's name. Its table was read.",
        "To be sure, open it and save it as .xlsx.",
    ),
    "import.macros_ignored": (
        "The file has macros. Only cell values were read.",
        "Nothing was run.",
    ),
    "import.links_ignored": (
        "The file has links to other files or programs. They were not followed.",
        "Stored values were read. Nothing was fetched or run.",
    ),
    "import.objects_ignored": (
        "The file has objects of other programs inside. They were not opened.",
        "Cell values were read. Nothing was run.",
    ),
    # --- sheets and lists ----------------------------------------------------------------------------------
    "import.hidden_sheet": (
        "The sheet {sheet} is hidden and was not read.",
        "To read it, show it in your spreadsheet program or name it with --sheet.",
    ),
    "import.hidden_row": (
        "{label} stands in a hidden row. It was read and counts.",
        "Remove it if it is no longer held.",
    ),
    "import.repeated_sheet": (
        "{sheet} repeats holdings that were read from {read}. It was left out, so that nothing counts twice.",
        "To read it instead, name it with --sheet.",
    ),
    "import.only_in_repeat": (
        "{sheet} also lists {names}, which the sheet that was read does not.",
        "Add them by hand if they are still held.",
    ),
    "import.older_snapshot": (
        "The file holds several dates. Only {date} was read; {rows} older rows were left out.",
        "Nothing to do if {date} is the date you want.",
    ),
    "import.trades_left_out": (
        "A list of {rows} transactions was left out.",
        "Nothing to do: it does not say what is held.",
    ),
    "import.list_left_out": (
        "Another list of {rows} rows was left out.",
        "It holds no quantities or values of holdings.",
    ),
    "import.open_trade": (
        "A list of trades shows one that is still open: {text}. It was not read as a holding.",
        "Add it by hand if it is held.",
    ),
    # --- columns -------------------------------------------------------------------------------------------
    "import.column_chosen": (
        "For {field} the column {chosen} was taken, not {others}.",
        "If that is wrong, choose the column with --map {field}=COLUMN.",
    ),
    "import.zero_column": (
        "The column {heading} is 0 in every row, which means unknown. It was not used.",
        "Another column was used where there is one.",
    ),
    "import.assumed_decimals": (
        "The numbers in {heading} could be read in two ways. {mark} was taken as the decimal sign.",
        "If that is wrong, say --map decimal=. or --map decimal=,",
    ),
    "import.currency_assumed": (
        "The file does not say its currency. {currency} was assumed from what it holds.",
        "Check it, and correct it if it is wrong.",
    ),
    "import.currency_unknown": (
        "Nothing says in which currency {rows} amounts are. They are taken to be in your base currency.",
        "Check it. If it is wrong, add a column with the currency, or correct the lines.",
    ),
    "import.value_currency_unsure": (
        "The lines name several currencies ({currencies}), but no price shows which one their values are in. Each was read in its own.",
        "If all values are in one currency, name it in the heading: Value (EUR).",
    ),
    "import.values_at_home": (
        "The lines name several currencies ({currencies}), but their values add up to one total. They were read as {currency}.",
        "If that is wrong, name the currency in the heading: Value (EUR).",
    ),
    "import.currency_or_share": (
        "{label} is the code of a currency and the symbol of a share. It was read as cash.",
        "If it is a share, add its name or its ISIN to the row.",
    ),
    "import.dollar_sign": (
        "The sign $ was read as US dollars: nothing in the file says which dollars it means.",
        "If they are other dollars, add a column with the currency.",
    ),
    "import.weights_do_not_add_up": (
        "The weights add up to {sum} percent, not to 100.",
        "Look for rows left out. The total you gave was shared by the weights as they stand.",
    ),
    "import.no_cost_column": (
        "The file does not say what was paid. Costs are unknown.",
        "Nothing to do: exposure does not need them.",
    ),
    "import.quantities_only": (
        "The file gives no price and no value for its {rows} holdings. Their values are unknown.",
        "Take an export with market values, or type the values in.",
    ),
    "import.names_only": (
        "All {rows} holdings are given by name only, without any code.",
        "Confirm what each one is, or add a column with symbols or ISINs.",
    ),
    # --- rows ----------------------------------------------------------------------------------------------
    "import.unclosed_quote": (
        "Line {row} opens a quotation mark and never closes it. The line was left out.",
        "Correct the line in the file. All other lines were read.",
    ),
    "import.row_not_understood": (
        "The row of {label} could not be read.",
        "Correct the row in the file, or add the holding by hand.",
    ),
    "import.row_without_name": (
        "A row holds amounts but does not say of what. It was left out.",
        "Correct the row in the file, or add the holding by hand.",
    ),
    "import.row_without_quantity": (
        "{label} has neither quantity nor value and was left out.",
        "Add the quantity in the file, or add the holding by hand.",
    ),
    "import.formula_text": (
        "The text {label} would be run as a formula by a spreadsheet. It is no symbol and was left out.",
        "Correct the row in the file. Nothing was run.",
    ),
    "import.zero_quantity": (
        "{label} has a quantity of 0, so it is no longer held. It was left out.",
        "Nothing to do.",
    ),
    "import.pending_left_out": (
        "{label} is not settled yet and has no amount. It was left out.",
        "Import again once it is settled.",
    ),
    "import.row_repaired": (
        "The name {label} holds a separator that shifted the row. Its figures were moved back.",
        "Check the row's figures.",
    ),
    "import.surplus_cells": (
        "This row has {count} more cells than the list has columns. They were not read.",
        "Check that the row's figures stand in the right columns.",
    ),
    "import.same_symbol_twice": (
        "{label} stands in several rows ({rows}). All of them count.",
        "Nothing to do.",
    ),
    "import.expired_option": (
        "{label} ran out on {expiry}, before the date of the file ({date}). It was kept.",
        "Remove it if it is no longer held.",
    ),
    "import.more_of_these": (
        "{count} more notices of the kind {code} are not listed.",
        "See the rows of the file.",
    ),
    # --- cells ---------------------------------------------------------------------------------------------
    "import.unreadable_cell": (
        "The cell of {label} holds {text} where a number belongs. Its figure is unknown.",
        "Correct the cell in the file.",
    ),
    "import.formula_without_result": (
        "The cell of {label} is a formula without a stored result. Its figure is unknown.",
        "Open the file in your spreadsheet program, save it, and import it again.",
    ),
    "import.formula_computed": (
        "The value of {label} is a formula without a stored result. It was computed as quantity times price.",
        "To read the stored value, open the file in your spreadsheet program and save it.",
    ),
    "import.value_mismatch": (
        "{label}: the file states {stated} {currency}, but quantity times price is {computed}. The stated value was kept.",
        "Check price, quantity and currency of this row.",
    ),
    "import.currency_contradiction": (
        "{label}: quantity times price in {price_currency} was written as a value in {value_currency} without conversion.",
        "Check the value: it may be wrong by the exchange rate.",
    ),
    "import.cost_other_currency": (
        "{label}: what was paid is stated in {currency}, not in the currency of the value. It was left unknown.",
        "Nothing to do: exposure does not need it.",
    ),
    "import.zeros_restored": (
        "{label}: the code had lost its leading zeros. They were put back.",
        "Nothing to do if the code is right.",
    ),
    "import.worthless": (
        "{label} has a value of 0 in the file. It was kept as worthless.",
        "Correct it if it still has a value.",
    ),
    "import.margin_debt": (
        "{label} is negative: money borrowed. It counts as leverage.",
        "Nothing to do.",
    ),
    "import.bond_per_100": (
        "{label}: the price was read as percent of the nominal amount.",
        "Correct the value if it is a price per piece.",
    ),
    "import.unit_factor": (
        "{label}: the stated value is quantity times price times {factor}.",
        "Nothing to do if the value is right.",
    ),
    "import.amounts_scaled": (
        "The amounts in {heading} are written in units of {factor}. They were multiplied by it.",
        "Nothing to do if the values are right.",
    ),
    "import.lots_of_1000": (
        "{label}: the quantity is in lots of 1,000 shares.",
        "Nothing to do if the value is right.",
    ),
    "import.per_10000_units": (
        "{label}: the price is for 10,000 units of the fund.",
        "Nothing to do if the value is right.",
    ),
    "import.price_in_hundredths": (
        "{label}: the price is in hundredths of the currency, such as pence.",
        "Nothing to do if the value is right.",
    ),
    "import.option_in_shares": (
        "{label}: the option is counted in shares, not in contracts.",
        "Nothing to do if the value is right.",
    ),
    "import.option_price_per_contract": (
        "{label}: the price is for a whole contract, not for one share.",
        "Nothing to do if the value is right.",
    ),
    # --- totals --------------------------------------------------------------------------------------------
    "import.total_mismatch": (
        "{what}: the file states {stated}, the rows read add up to {read} (difference {difference}).",
        "Look for rows left out, or holdings that the file does not list.",
    ),
}
