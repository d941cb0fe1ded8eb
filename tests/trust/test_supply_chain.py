"""What is handed out: the same commit gives the same bytes, and a wheel that is not the one that was locked is not installed."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.conftest import ROOT

Tell = Callable[[str], None]
SHIPPED = ("levcheck", "resources", "packaging", "tests", "README.md", "LICENSE", "pyproject.toml")
_PINNED = re.compile(
    r"^[a-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+",
    re.MULTILINE | re.IGNORECASE,
)


def test_that_every_package_is_pinned_with_its_hashes_and_installed_by_them(tell: Tell) -> None:
    pinned = 0
    for path in sorted((ROOT / "packaging" / "requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = _PINNED.findall(text + "\n")
        packages = [line for line in text.splitlines() if line[:1].strip(" #")]
        assert len(found) == len(packages), f"{path.name}: a line without a pin or a hash"
        assert "://" not in text, f"{path.name}: an address"
        pinned += len(found)
    script = (ROOT / "packaging" / "environment.sh").read_text(encoding="utf-8")
    installs = [line for line in script.splitlines() if "pip install" in line and "-r " in line]
    assert installs
    assert all("--require-hashes --only-binary :all:" in line for line in installs)
    tell(f"S12 lock: {pinned} pins, each with its hashes; wheels only")


IMPORTED_AS = {
    "PySide6-Essentials": "PySide6",
    "python-calamine": "python_calamine",
    "XlsxWriter": "xlsxwriter",
}
_IMPORT = re.compile(r"^\s*(?:from|import) ([A-Za-z0-9_]+)", re.MULTILINE)


def test_that_there_are_few_direct_packages_and_each_is_used(tell: Tell) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [re.split(r"[<>=]", one)[0] for one in project["dependencies"]]
    used = {
        name
        for path in (ROOT / "levcheck").rglob("*.py")
        for name in _IMPORT.findall(path.read_text(encoding="utf-8"))
    }
    idle = [one for one in direct if IMPORTED_AS.get(one, one.lower()) not in used]
    tell(f"S12 direct packages: {len(direct)}, {len(idle)} that nothing imports")
    assert len(direct) <= 12
    assert idle == []


def built(place: Path, umask: int, *, day: int = 0, wishes: str = "") -> dict[str, str]:
    """Build wheel and source archive of a copy of the checkout; return their hashes by name.

    Args:
        place: a new folder.
        umask: of the builder.
        day: that all files of the copy are dated with.
        wishes: added to what the builder is told.
    """
    place.mkdir(mode=0o755)
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    with (place / "pyproject.toml").open("a", encoding="utf-8") as stream:
        stream.write(wishes)
    for path in place.rglob("*"):
        os.utime(path, (1_700_000_000 + day * 86_400,) * 2)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", "out"],
        cwd=place, env=os.environ | {"SOURCE_DATE_EPOCH": "1790000000"}, capture_output=True, check=True, umask=umask,
    )  # fmt: skip
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((place / "out").iterdir())
    }


@pytest.mark.nightly
def test_that_two_builds_are_alike_and_a_changed_wheel_is_not_installed(
    tmp_path: Path, tell: Tell
) -> None:
    pytest.importorskip("hatchling", reason="the builder is not installed")
    one = built(tmp_path / "one", 0o022)
    other = built(tmp_path / "another place", 0o077, day=7)
    assert [Path(name).suffix for name in one] == [".whl", ".gz"]
    assert one == other
    tell(f"S13 two builds in other folders, under another umask: {len(one)} of {len(one)} alike")
    (name, digest), *_ = one.items()
    wheels = tmp_path / "one" / "out"
    project, version, *_ = name.split("-")

    def installed(told: str) -> int:
        lock = tmp_path / "lock.txt"
        lock.write_text(f"{project}=={version} --hash=sha256:{told}\n", encoding="utf-8")
        command = [
            "-m",
            "pip",
            "install",
            "--no-index",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--quiet",
            "--disable-pip-version-check",
            "--target",
        ]
        return subprocess.run(
            [sys.executable, *command, str(tmp_path / "there"), "--find-links", str(wheels), "-r", str(lock)],
            capture_output=True, check=False,
        ).returncode  # fmt: skip

    assert installed(digest) == 0
    wheel = wheels / name
    content = bytearray(wheel.read_bytes())
    content[len(content) // 2] ^= 1
    wheel.write_bytes(content)
    assert installed(digest) != 0
    assert installed(digest[::-1]) != 0
    tell("S12 a wheel with one changed bit, and a lock with another hash: 2 of 2 refused")


@pytest.mark.nightly
def test_that_a_builder_that_dates_its_files_is_found(tmp_path: Path, tell: Tell) -> None:
    pytest.importorskip("hatchling", reason="the builder is not installed")
    dated = "\n[tool.hatch.build]\nreproducible = false\n"
    one, other = (built(tmp_path / str(day), 0o022, day=day, wishes=dated) for day in (0, 7))
    differ = [name for name in one if one[name] != other[name]]
    tell(f"S13 harness check, a builder that dates its files: {len(differ)} of {len(one)} differ")
    assert len(differ) == 2
