"""One door for everything a person can drop: the reader is chosen by what the file is, not by its name."""

from pathlib import Path

from levcheck.reference.holdings_files.grids import grids_of, read_bytes, refuse, text_of
from levcheck.reference.holdings_files.json_lists import read_json
from levcheck.reference.holdings_files.lines import FundFile
from levcheck.reference.holdings_files.nport import is_nport, read_nport
from levcheck.reference.holdings_files.tabular import read_tables


def read_holdings_file(path: Path) -> list[FundFile]:
    """Read an issuer's holdings file or a Form N-PORT.

    Args:
        path: CSV, workbook, XML workbook, HTML page, JSON document or N-PORT filing.

    Returns:
        One list per fund in the file.

    Raises:
        LevcheckError: ``reference.bad_holdings_file`` when it is none of these or holds no list.
    """
    data = read_bytes(path)
    if not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        text = text_of(data)
        start = text.lstrip("\ufeff \t\r\n")[:1]
        if is_nport(text):
            return read_nport(path, text)
        if start in {"{", "["}:
            return read_json(path, text)
        if data.startswith(b"%PDF"):
            raise refuse(path, "it is a PDF; take the CSV or Excel file from the same page")
    suffix = "xlsx" if data.startswith(b"PK") else "xls" if data.startswith(b"\xd0\xcf") else "csv"
    return read_tables(path, grids_of(path, data), suffix)
