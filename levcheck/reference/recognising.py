"""Is a dropped file a fund's list, a filing or a table of the library, or somebody's own portfolio?"""

from pathlib import Path

from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.fund_lists import fund_of, guess_from_file_name
from levcheck.reference.holdings_files.lines import FundFile
from levcheck.reference.holdings_files.reading import read_holdings_file
from levcheck.reference.user_library import table_of

_DATA = frozenset({".xml", ".json"})
_LEAST_LINES = 5


def belongs_to_library(path: Path, catalogue: Catalogue) -> bool:
    """Return whether a file is a fund's list, a filing or one of our tables.

    A portfolio must never be taken for a fund's list, so a table counts as one only when it has the columns of an
    issuer, or names a fund the library knows.

    Args:
        path: what was dropped.
        catalogue: knows the funds.
    """
    if table_of(path) is not None:
        return True
    try:
        found = read_holdings_file(path)
    except LevcheckError:
        return False
    if path.suffix.lower() in _DATA:
        return True
    return any(_is_list(one, catalogue) for one in found)


def _is_list(one: FundFile, catalogue: Catalogue) -> bool:
    if one.reader != "generic":
        return True
    if len(one.counted) < _LEAST_LINES:
        return False
    if fund_of(one, catalogue) is not None:
        return True
    says_so = "holding" in one.file.casefold() or "constituent" in one.file.casefold()
    return says_so and guess_from_file_name(one.file, catalogue) is not None
