"""Bundled tables that were changed, cut or swapped are refused at the start, by name."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from levcheck import assets
from levcheck.domain.diagnostics import LevcheckError
from levcheck.reference.database import SEAL, bundled_database

Tell = Callable[[str], None]


def spoilt(content: bytes, way: int) -> bytes:
    """Return a table with one of twenty faults in it: figures, rows, letters, ends."""
    chance = random.Random(way)
    where = chance.randrange(len(content))
    lines = content.splitlines(keepends=True)
    row = chance.randrange(1, len(lines))
    simple = (
        content[:where] + bytes([content[where] ^ 1]) + content[where + 1 :],
        content[:where],
        content[where:],
        content + b"\n",
        content + b"x,y,z\n",
        content[:-1],
        b"",
        b"\xef\xbb\xbf" + content,
        content.replace(b"\n", b"\r\n"),
        content.replace(b"2", b"3", 1),
        content.replace(b",", b";"),
        content.upper(),
        content * 2,
        content.replace(b"0.", b"1.", 1),
        b"".join(lines[:row] + lines[row + 1 :]),
        b"".join([*lines[:row], lines[row], *lines[row:]]),
        b"".join([lines[0], *reversed(lines[1:])]),
        b"".join([*lines[:row], lines[row].replace(b"0", b"9") + b"#", *lines[row + 1 :]]),
        b"\0" * len(content),
        content[: where // 2] + content[where // 2 + 7 :],
    )
    return simple[way % len(simple)]


@pytest.mark.parametrize("ways", [4, pytest.param(20, marks=pytest.mark.nightly)])
def test_that_a_spoilt_table_is_refused_by_its_name(
    ways: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Tell
) -> None:
    monkeypatch.setenv("LEVCHECK_DATA", str(tmp_path / "data"))
    bundled_database().close()
    whole = assets.asset("reference")
    place = tmp_path / "reference"
    shutil.copytree(whole, place)
    monkeypatch.setattr(assets, "asset", lambda *_parts: place)
    bundled_database().close()
    accepted, tried, misnamed = [], 0, []
    for path in sorted([*place.glob("*.csv"), place / SEAL]):
        content = path.read_bytes()
        for way in range(ways):
            changed = spoilt(content, way)
            # Line ends of another system spoil nothing in the list of hashes.
            if changed == content or changed.replace(b"\r\n", b"\n") == content:
                continue
            tried += 1
            path.write_bytes(changed)
            try:
                bundled_database().close()
                accepted.append((path.name, way))
            except LevcheckError as error:
                if path.suffix == ".csv" and error.args_map.get("file") != path.name:
                    misnamed.append((path.name, way))
        path.unlink()
        with pytest.raises(LevcheckError):
            bundled_database()
        path.write_bytes(content)
    tell(f"S16 spoilt tables: {tried}, {len(accepted)} accepted, {len(misnamed)} not named")
    assert (accepted, misnamed) == ([], [])
