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
}
