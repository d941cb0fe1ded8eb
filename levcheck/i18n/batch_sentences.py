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
    "batch.needs_password": (
        "{file} is closed with a password.",
        "Open it on its own, or name a file of passwords with --password-file. It was not changed.",
    ),
    "batch.wrong_password": (
        "No password that was given opens {file}, or the file is damaged.",
        "Open it on its own, or add its password to the file of passwords. It was not changed.",
    ),
    "batch.foreign_journal": (
        "{file} is in the way: it is a link, or belongs to another user.",
        "Remove it, or write the result into a folder of your own. Nothing was written.",
    ),
    "batch.link_outside": (
        "{file} is a link that leads out of the folder. It was not followed.",
        "Copy the file itself into the folder, or open it on its own.",
    ),
    "batch.bad_question": (
        "We cannot read the question {text}.",
        "Ask like over:NVDA=25%, margin-call:ai-chips-minus-30 or held-longer:30. Nothing was written.",
    ),
    "batch.process_died": (
        "The process that worked on this file ended before it was done.",
        "Open the file in levcheck on its own. The other files were not touched by this.",
    ),
    "batch.no_cluster": (
        "A scheduler needs the package distributed, and it is not installed.",
        "Install levcheck[cluster], or leave --scheduler out. Nothing was written.",
    ),
    "batch.no_scheduler": (
        "Nobody answers at {address}.",
        "Start the scheduler first, and check its address. Nothing was written.",
    ),
    "batch.no_workers": (
        "The scheduler answers, but no worker has joined it.",
        "Start a worker, then try again. Nothing was written.",
    ),
    "batch.version_differs": (
        "A worker has levcheck {there}, and this is {here}.",
        "Install the same version everywhere, so that all rows are alike. Nothing was written.",
    ),
}
