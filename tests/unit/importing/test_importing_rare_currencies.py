"""A rare currency is what the file says, never the one that would be assumed."""

from pathlib import Path

import pytest

from levcheck.importing import read_positions


@pytest.mark.parametrize("code", ["XPF", "XOF", "XAU", "XCD"])
def test_that_a_rare_currency_is_kept(tmp_path: Path, code: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        f"Symbol,Description,Quantity,Price,Market Value,Currency\nNVDA,NVIDIA CORP,10,100,1000,{code}\n",
        encoding="utf-8",
    )
    reading = read_positions(file)
    assert [position.currency for position in reading.positions] == [code]
    assert "import.currency_assumed" not in {fault.code for fault in reading.diagnostics}
