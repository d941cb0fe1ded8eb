"""The user's own library: nothing overwritten, the newest list of the best coverage used, bad files without effect."""

import json
import shutil
from pathlib import Path

import pytest

from levcheck import assets
from levcheck.domain.diagnostics import LevcheckError
from levcheck.domain.instrument import Kind
from levcheck.reference import user_library
from levcheck.reference.catalogue import Catalogue

FULL = "date,fund,company,ticker,cusip,shares,market value ($),weight (%)\n{day},SMH,NVIDIA CORP,NVDA,67066G104,1,$60.00,60.00%\n{day},SMH,MICRON,MU,595112103,1,$40.00,{rest}%\n"
DOUBLE = """Name,Ticker,Asset Class,Market Value,Weight (%),Notional Value
NVIDIA CORP,NVDA,Equity,"500.00",50.00,"500.00"
NVIDIA CORP SWAP BANK,NVDA TRS,Swap,"10.00",1.00,"1,500.00"
CASH,,Cash,"490.00",49.00,"490.00"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    Catalogue.bundled()
    # The tables are compiled once for all tests; each test has a library of its own.
    shutil.copytree(assets.data_folder() / "cache", tmp_path / "data" / "cache")
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    return Catalogue.bundled()


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_that_an_empty_library_changes_nothing(catalogue: Catalogue) -> None:
    assert user_library.datasets() == ()
    assert Catalogue.for_user().overlays == ()


def test_that_the_newest_full_list_is_used_and_none_is_overwritten(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    old = put(tmp_path, "old.csv", FULL.format(day="06/12/2026", rest="40.00"))
    new = put(tmp_path, "new.csv", FULL.format(day="09/12/2026", rest="39.90"))
    partial = put(tmp_path, "part.csv", FULL.format(day="10/12/2026", rest="10.00"))
    user_library.add([new, partial], catalogue)
    user_library.add([old], catalogue)
    user_library.add([old], catalogue)
    assert [(one.as_of, one.coverage) for one in user_library.datasets()] == [
        ("2026-06-12", "full"), ("2026-09-12", "full"), ("2026-10-12", "partial")
    ]  # fmt: skip
    held = Catalogue.for_user().holdings("SMH.US")
    assert held is not None
    assert (held.as_of, held.overridden) == ("2026-09-12", True)
    assert [(part.instrument, part.weight) for part in held.constituents] == [
        ("NVDA.US", 0.6),
        ("MU.US", 0.399),
    ]
    assert held.source.title == "ark-csv: new.csv"
    user_library.remove(user_library.datasets()[1].id)
    again = Catalogue.for_user().holdings("SMH.US")
    assert again is not None
    assert again.as_of == "2026-06-12"
    assert len(user_library.remove("SMH.US")) == 2
    plain = Catalogue.for_user().holdings("SMH.US")
    assert plain is not None
    assert not plain.overridden


def test_that_a_multiplied_fund_nobody_knows_is_written_down_with_its_rebuilt_multiple(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    path = put(tmp_path, "holdings.csv", DOUBLE)
    added = user_library.add([path], catalogue, fund="NVXX.US", as_of="2026-06-12")
    (one,) = added.datasets
    assert (one.daily_multiple, one.long, one.rows) == (2.0, 2.0, 2)
    fund = Catalogue.for_user().instrument("NVXX.US")
    assert fund is not None
    assert (fund.kind, fund.daily_leverage_factor, fund.underlying) == (
        Kind.LEVERAGED_FUND,
        2.0,
        "NVDA.US",
    )


def test_that_a_multiple_that_differs_from_the_library_is_told(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    path = put(tmp_path, "x.csv", DOUBLE)
    added = user_library.add([path], catalogue, fund="SOXL.US", as_of="2026-06-12")
    assert "reference.multiple_differs" in [one.code for one in added.diagnostics]


@pytest.mark.parametrize(
    ("options", "code"), [({}, "reference.needs_fund"), ({"fund": "SMH"}, "reference.needs_date")]
)
def test_that_a_file_that_does_not_say_asks(
    catalogue: Catalogue, tmp_path: Path, options: dict[str, str], code: str
) -> None:
    path = put(tmp_path, "list.csv", DOUBLE)
    with pytest.raises(LevcheckError) as refusal:
        user_library.add([path], catalogue, **options)
    assert refusal.value.code == code
    assert user_library.datasets() == ()


def test_that_a_bad_file_among_good_ones_leaves_the_library_as_it_was(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    good = put(tmp_path, "good.csv", FULL.format(day="06/12/2026", rest="40.00"))
    bad = put(tmp_path, "bad.csv", "nothing in here\n")
    with pytest.raises(LevcheckError):
        user_library.add([good, bad], catalogue)
    assert user_library.datasets() == ()


def test_that_a_table_of_ones_own_is_kept_and_used(catalogue: Catalogue, tmp_path: Path) -> None:
    path = put(
        tmp_path, "mine.csv", "fund,assets_usd,adv_usd,as_of,source\nNVDL.US,1000,,2026-06-30,me\n"
    )
    (one,) = user_library.add([path], catalogue).datasets
    assert (one.coverage, one.reader, one.rows) == ("table", "fund_assets", 1)
    size = Catalogue.for_user().fund_assets("NVDL.US")
    assert size is not None
    assert size.assets_usd == 1000
    broken = put(
        tmp_path,
        "fund_assets.csv",
        "fund,assets_usd,adv_usd,as_of,source\nNVDL.US,lots,,2026-06-30,me\n",
    )
    with pytest.raises(LevcheckError) as refusal:
        user_library.add([broken], catalogue)
    assert refusal.value.code == "reference.bad_table"


def test_that_a_damaged_dataset_is_told_and_left_out(catalogue: Catalogue, tmp_path: Path) -> None:
    path = put(tmp_path, "good.csv", FULL.format(day="06/12/2026", rest="40.00"))
    (one,) = user_library.add([path], catalogue).datasets
    (user_library.library_folder() / one.id / "holdings.csv").write_text(
        "gone,wrong\n", encoding="utf-8"
    )
    laid = Catalogue.for_user()
    held = laid.holdings("SMH.US")
    assert held is not None
    assert not held.overridden
    assert [note.code for note in laid.diagnostics] == ["reference.dataset_damaged"]


def test_that_strangers_in_the_folder_are_passed_over(catalogue: Catalogue) -> None:
    folder = user_library.library_folder()
    (folder / "notes").mkdir(parents=True)
    (folder / "half").mkdir()
    (folder / "half" / "dataset.json").write_text(json.dumps({"fund": "A.US"}), encoding="utf-8")
    assert user_library.datasets() == ()
    with pytest.raises(LevcheckError) as refusal:
        user_library.remove("A.US")
    assert refusal.value.code == "reference.not_in_library"
