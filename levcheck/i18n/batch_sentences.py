"""Words for runs over a book of portfolios."""

SENTENCES: dict[str, tuple[str, str]] = {
    "batch.unknown_format": (
        "We cannot tell from its name which format {file} is to have.",
        "Give a name that ends in .csv, .xlsx or .parquet. Nothing was written.",
    ),
    "batch.no_parquet": (
        "Parquet needs the package pyarrow, and it is not installed.",
        "Install levcheck[cluster], or write .csv or .xlsx instead. Nothing was written.",
    ),
    "batch.no_files": (
        "There is no workbook and no session in what was named.",
        "Name files or folders that hold .xlsx, .xls, .ods, .csv or .levcheck files.",
    ),
    "batch.unknown_scenario": (
        "There is no scenario called {scenario}.",
        "See 'levcheck scenarios' for their ids. Nothing was written.",
    ),
    "batch.needs_mapping": (
        "The columns of this file cannot be told apart.",
        "Open it in levcheck, match the columns and save a session. The file was not changed.",
    ),
}
