"""The bundled tables satisfy every rule, and a broken table is refused with its place."""

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from levcheck import assets
from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference import database
from levcheck.reference.catalogue import Catalogue
from levcheck.reference.tables import SPECS

INSTRUMENTS = (
    "id,symbol,exchange,isin,cusip,name,kind,currency,country,issuer,underlying,"
    "daily_leverage_factor,expense_ratio,asset_class,as_of,source\n"
)
HOLDINGS = "fund,constituent,weight,as_of,source\n"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.bundled()


def overlay(folder: Path, **content: str) -> Path:
    for name, text in content.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def refused(catalogue: Catalogue, folder: Path) -> LevcheckError:
    with pytest.raises(LevcheckError) as refusal:
        catalogue.with_overlay(folder)
    return refusal.value


def test_that_every_bundled_table_passes_every_check() -> None:
    import sqlite3

    files = database.table_files(assets.asset("reference"))
    assert {
        "instruments",
        "holdings",
        "themes",
        "capital_stacks",
        "fund_assets",
        "overnight_rates",
    } <= files.keys()
    connection = sqlite3.connect(":memory:")
    database.fill(connection, files)
    connection.close()


def test_that_the_shipped_hashes_are_those_of_the_shipped_tables() -> None:
    folder = assets.asset("reference")
    listed = {
        line.split("  ")[1]
        for line in (folder / database.SEAL).read_text(encoding="ascii").splitlines()
    }
    assert listed == {path.name for path in folder.glob("*.csv")}
    Catalogue.bundled()


def test_that_no_cusip_is_shipped() -> None:
    header, *rows = (
        assets.asset("reference", "instruments.csv").read_text(encoding="utf-8").splitlines()
    )
    place = header.split(",").index("cusip")
    assert place == 4
    assert not any(row.split(",")[4] for row in rows if '"' not in row)


@pytest.mark.parametrize(
    "name", ["instruments", "holdings", "themes", "capital_stacks", "fund_assets", "fx_rates"]
)
def test_that_twenty_corruptions_of_a_bundled_table_are_all_refused(name: str) -> None:
    source = assets.asset("reference")
    rng = random.Random(7)
    original = (source / f"{name}.csv").read_bytes()
    for _ in range(20):
        spoilt = bytearray(original)
        place = rng.randrange(len(spoilt))
        spoilt[place] = (spoilt[place] + rng.randrange(1, 255)) % 256
        digests = {name: hashlib.sha256(bytes(spoilt)).hexdigest()}
        others = {
            other: line.split("  ")[0]
            for line in (source / database.SEAL).read_text(encoding="ascii").splitlines()
            if (other := line.split("  ")[1].removesuffix(".csv")) != name
        }
        with pytest.raises(LevcheckError) as refusal:
            database.verify_seal(source, {**others, **digests})
        assert refusal.value.args_map["file"] == f"{name}.csv"


@pytest.mark.parametrize(
    ("table", "text", "row", "column"),
    [
        ("holdings", "fund,constituent,wieght,as_of,source\nA.US,B.US,1,2026-06-30,x\n", 1, "C"),
        ("holdings", HOLDINGS + "A.US,B.US,much,2026-06-30,x\n", 2, "C"),
        ("holdings", HOLDINGS + "A.US,B.US,nan,2026-06-30,x\n", 2, "C"),
        ("holdings", HOLDINGS + "A.US,B.US,0.7,2026-06-30,x\nA.US,C.US,0.6,2026-06-30,x\n", 2, "C"),
        ("holdings", HOLDINGS + "A.US,B.US,70,2026-06-30,x\n", 2, "C"),
        ("holdings", HOLDINGS + "A.US,B.US,0.5,2026-06-30,x\nA.US,B.US,0.5,2026-06-30,x\n", 3, None),
        ("holdings", HOLDINGS + "A.US,,0.5,2026-06-30,x\n", 2, "B"),
        ("holdings", HOLDINGS + "A.US,B.US,1,30.06.2026,x\n", 2, "D"),
        ("holdings", HOLDINGS + "A.US,B.US,1,2026-06-30,x,y\n", 2, "F"),
        ("instruments", INSTRUMENTS + "A.US,A,,,,A,leveraged_fund,USD,US,,B.US,7,,,2026-06-30,x\n", 2, "L"),
        ("instruments", INSTRUMENTS + "A.US,A,,,,A,leveraged_fund,USD,US,,B.US,2.1,,,2026-06-30,x\n", 2, "L"),
        ("instruments", INSTRUMENTS + "A.US,A,,,,A,rocket,USD,US,,,1,,,2026-06-30,x\n", 2, "G"),
        ("instruments", INSTRUMENTS + "A.US,A,,,,A,etf,USD,US,,,1,9.5,,2026-06-30,x\n", 2, "M"),
        ("themes", "theme,member,strength,reason,source\nmine,A.US,1.5,x,y\n", 2, "C"),
        ("theme_names", "theme,name,family,as_of,source\nmine,Mine,nobility,2026-06-30,y\n", 2, "C"),
        ("fx_rates", "currency,per_usd,as_of,source\nEUR,0,2026-06-30,y\n", 2, "B"),
        ("capital_stacks", ",".join(SPECS["capital_stacks"].columns) + "\nA.US,1,B.US,gift,1,,,,2026-06-30,x\n", 2, "D"),
    ],
)  # fmt: skip
def test_that_a_bad_row_is_refused_with_its_cell(
    catalogue: Catalogue, tmp_path: Path, table: str, text: str, row: int, column: str | None
) -> None:
    error = refused(catalogue, overlay(tmp_path, **{table: text}))
    assert error.code == "reference.bad_table"
    assert error.where is not None
    assert (error.where.file, error.where.row, error.where.column) == (f"{table}.csv", row, column)


def test_that_a_folder_without_tables_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    assert refused(catalogue, tmp_path).code == "reference.no_tables"
    assert refused(catalogue, tmp_path / "gone").code == "reference.no_tables"


def test_that_a_row_without_source_and_a_column_nobody_knows_are_told(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    text = "fund,constituent,weight,as_of,source,colour\nA.US,NVDA.US,1,,,red\n"
    laid = catalogue.with_overlay(overlay(tmp_path, holdings=text))
    assert [one.code for one in laid.diagnostics] == [
        "reference.unknown_column",
        "reference.no_source",
    ]


def test_that_a_short_list_counts_as_partial_and_a_multiplied_fund_may_hold_more_than_itself(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    rows = "A.US,NVDA.US,0.32,2026-06-30,x\nNVDL.US,NVDA.US,0.32,2026-06-30,x\nNVDL.US,MU.US,1.68,2026-06-30,x\n"
    laid = catalogue.with_overlay(overlay(tmp_path, holdings=HOLDINGS + rows))
    short, doubled = laid.holdings("A.US"), laid.holdings("NVDL.US")
    assert short is not None
    assert doubled is not None
    assert short.coverage == "partial"
    assert doubled.weight_sum == pytest.approx(2.0)
    assert [one.code for one in laid.diagnostics] == ["reference.partial_list"]


def test_that_a_damaged_cache_is_compiled_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path))
    Catalogue.bundled()
    (compiled,) = (tmp_path / "cache").glob("reference-*.sqlite")
    assert compiled.stat().st_mode & 0o077 == 0
    compiled.write_bytes(b"not a database")
    assert Catalogue.bundled().instrument("NVDA.US") is not None


def shipped_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return bundled tables as an installed program has them, with their compiled form beside them."""
    resources = tmp_path / "resources"
    shutil.copytree(assets.asset("reference"), resources / "reference")
    (resources / database.COMPILED).mkdir()
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(assets, "asset", resources.joinpath)
    return resources


def test_that_a_shipped_program_compiles_nothing_at_its_first_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = shipped_folder(tmp_path, monkeypatch)
    made = database.compile_tables(resources / "reference", resources / database.COMPILED)
    monkeypatch.setattr(database, "fill", lambda *_: pytest.fail("the tables were compiled"))
    assert Catalogue.bundled().instrument("NVDA.US") is not None
    assert made.with_suffix(".sha256").is_file()


@pytest.mark.parametrize("harm", ["file", "seal", "gone"])
def test_that_a_spoilt_compiled_form_is_made_anew_from_the_sealed_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    resources = shipped_folder(tmp_path, monkeypatch)
    made = database.compile_tables(resources / "reference", resources / database.COMPILED)
    if harm == "file":
        content = bytearray(made.read_bytes())
        content[len(content) // 2] ^= 1
        made.write_bytes(content)
    elif harm == "seal":
        made.with_suffix(".sha256").write_text("0" * 64, encoding="ascii")
    else:
        made.unlink()
    assert Catalogue.bundled().instrument("NVDA.US") is not None
    assert list((tmp_path / "data" / "cache").glob("reference-*.sqlite"))


def test_that_a_changed_table_is_refused_although_its_compiled_form_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = shipped_folder(tmp_path, monkeypatch)
    database.compile_tables(resources / "reference", resources / database.COMPILED)
    table = resources / "reference" / "aliases.csv"
    table.write_text(
        table.read_text(encoding="utf-8") + "x,name,NVDA.US,2026-01-01,me\n", encoding="utf-8"
    )
    with pytest.raises(LevcheckError) as told:
        Catalogue.bundled()
    assert (told.value.code, told.value.args_map["file"]) == ("reference.damaged", "aliases.csv")


def test_that_the_library_opens_without_a_writable_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("LEVCHECK_DATA", str(blocked))
    assert Catalogue.bundled().instrument("NVDA.US") is not None
