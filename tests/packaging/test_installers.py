"""What is handed to people: the files that tell a desktop about levcheck, the manual page, and what the wheel holds."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import parse

from levcheck import __version__
from levcheck.app.session_files import ENDING
from levcheck.cli.main import COMMANDS
from tests.helpers.catalogue_tools import tool

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
ID = "org.levcheck.levcheck"
MIME = "application/x-levcheck"
EPOCH = "1780000000"


def checked_by(program: str, *arguments: str) -> None:
    """Let a system's own checker judge, where there is one."""
    if shutil.which(program) is None:
        return
    result = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def root_of(file: Path) -> "ET.Element":
    root = parse(file).getroot()
    assert root is not None
    return root


def test_that_the_desktop_entry_opens_sessions_with_levcheck() -> None:
    file = LINUX / f"{ID}.desktop"
    reader = configparser.ConfigParser(interpolation=None, strict=True)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    reader.read(file, encoding="utf-8")
    entry = reader["Desktop Entry"]
    assert entry["Exec"] == "levcheck %f"
    assert entry["Icon"] == ID
    assert MIME in entry["MimeType"].split(";")
    assert {f"Comment[{language}]" for language in ("de", "ko", "zh_TW")} <= set(entry)
    checked_by("desktop-file-validate", str(file))


def test_that_the_window_names_its_desktop_entry() -> None:
    text = (ROOT / "levcheck" / "ui" / "application.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{ID}")' in text


def test_that_the_file_type_is_that_of_a_session() -> None:
    kind = root_of(LINUX / f"{ID}.xml").find("{*}mime-type")
    assert kind is not None
    assert kind.get("type") == MIME
    pattern = kind.find("{*}glob")
    assert pattern is not None
    assert pattern.get("pattern") == f"*{ENDING}"


def test_that_every_system_knows_the_same_file_type() -> None:
    windows = (PACKAGING / "windows" / "levcheck.iss").read_text(encoding="utf-8")
    mac = (PACKAGING / "bundle" / "levcheck.spec").read_text(encoding="utf-8")
    assert f'"Software\\Classes\\{ENDING}"' in windows
    assert MIME in windows
    assert f'"public.filename-extension": ["{ENDING[1:]}"]' in mac
    assert MIME in mac


def test_that_the_software_centre_is_told_this_version() -> None:
    file = LINUX / f"{ID}.metainfo.xml"
    root = root_of(file)
    assert root.findtext("id") == ID
    assert root.findtext("launchable") == f"{ID}.desktop"
    assert root.findtext("provides/mediatype") == MIME
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in project
    checked_by("appstreamcli", "validate", "--no-net", str(file))


def test_that_the_manual_page_names_every_command_and_reads(tmp_path: Path) -> None:
    page = tmp_path / "levcheck.1"
    subprocess.run(
        [sys.executable, str(PACKAGING / "maintain" / "command_pages.py"), "--man", str(page)],
        check=True,
    )
    text = page.read_text(encoding="utf-8")
    for command in COMMANDS:
        assert ".SS " + command.replace("-", r"\-") in text
    assert r"\fB\-\-hide\-amounts\fR" in text
    checked_by("mandoc", "-T", "lint", "-W", "warning", str(page))
    checked_by("groff", "-man", "-T", "utf8", "-ww", str(page))


def test_that_the_debian_package_asks_for_what_qt_opens() -> None:
    text = (LINUX / "control.in").read_text(encoding="utf-8")
    depends = next(line for line in text.splitlines() if line.startswith("Depends:"))
    for library in ("libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"):  # fmt: skip
        assert library in depends
    assert "fonts-noto-cjk" in text


def test_that_the_bundle_is_one_folder_and_never_stripped() -> None:
    code = "\n".join(
        line.partition("  #")[0]
        for line in (PACKAGING / "bundle" / "levcheck.spec").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    assert "strip=True" not in code
    assert '"strip": False' in code
    assert "COLLECT(" in code
    assert '"exclude_binaries": True' in code


@pytest.mark.parametrize("script", [*sorted(p.relative_to(ROOT).as_posix() for p in PACKAGING.rglob("*.sh")), "packaging/linux/postinst", "packaging/linux/postrm"])  # fmt: skip
def test_that_every_script_is_plain_shell(script: str) -> None:
    subprocess.run(["sh", "-n", str(ROOT / script)], check=True)


def test_that_the_build_tools_are_pinned_like_the_program() -> None:
    pinned = dict(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", (PACKAGING / "requirements" / "build.txt").read_text("utf-8"), re.MULTILINE))  # fmt: skip
    program = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (PACKAGING / "requirements" / "program.txt").read_text("utf-8"), re.MULTILINE))  # fmt: skip
    assert {"pyinstaller", "hatchling", "cyclonedx-python-lib", "sphinx"} <= set(pinned)
    assert {name: pinned[name] for name in program} == program


def test_that_the_notices_tell_of_every_package_and_of_qts_licence(tmp_path: Path) -> None:
    inventory = tool("../bundle/inventory")
    text = inventory.notices(tmp_path)
    for package in inventory.shipped():
        assert f"{inventory.name_of(package)} " in text
        assert inventory.licence_of(package) != "unknown"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "You may replace them" in text


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of the wheel and the source archive, one after the other."""
    pytest.importorskip("hatchling", reason="the builder of the wheel is not installed")
    folders = (tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second"))
    for folder in folders:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t", "sdist", "-t", "wheel"],
            cwd=ROOT, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        )  # fmt: skip
    return folders


def test_that_two_builds_of_the_wheel_are_alike(built: tuple[Path, Path]) -> None:
    names = sorted(file.name for file in built[0].iterdir())
    assert names == [f"levcheck-{__version__}-py3-none-any.whl", f"levcheck-{__version__}.tar.gz"]
    for name in names:
        assert (built[0] / name).read_bytes() == (built[1] / name).read_bytes(), name


def test_that_the_wheel_holds_the_program_its_tables_and_nothing_else(
    built: tuple[Path, Path],
) -> None:
    with zipfile.ZipFile(next(built[0].glob("*.whl"))) as wheel:
        names = wheel.namelist()
        entries = wheel.read(f"levcheck-{__version__}.dist-info/entry_points.txt").decode()
    folders = {name.split("/")[0] for name in names}
    assert folders == {"levcheck", f"levcheck-{__version__}.dist-info"}
    for wanted in ("levcheck/__main__.py", "levcheck/resources/reference/instruments.csv", "levcheck/resources/locale/ko/LC_MESSAGES/levcheck.mo", "levcheck/resources/docs/user/privacy.md", "levcheck/resources/changelog.md", f"levcheck-{__version__}.dist-info/licenses/LICENSE"):  # fmt: skip
        assert wanted in names
    assert not [name for name in names if name.endswith(".pyc")]
    compiled = [name for name in names if name.endswith(".sqlite")]
    assert len(compiled) == 1
    assert compiled[0].startswith("levcheck/resources/compiled/reference-")
    assert compiled[0].replace(".sqlite", ".sha256") in names
    assert "levcheck = levcheck.__main__:main" in entries
    assert "[gui_scripts]\nlevcheck-window = levcheck.__main__:main" in entries


def test_that_the_source_archive_can_build_and_test_itself(built: tuple[Path, Path]) -> None:
    with tarfile.open(next(built[0].glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "packaging/build.sh", "packaging/test.sh", "tests/conftest.py"} <= names  # fmt: skip
    assert not [name for name in names if name.startswith(("build/", "dist/", ".venv/"))]


@pytest.mark.slow
def test_that_the_build_makes_a_program_that_works_and_unpacks_clean(tmp_path: Path) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("no tool for Debian packages here")
    environment = {**os.environ, "LEVCHECK_DIST": str(tmp_path / "dist"), "LEVCHECK_BUILD": str(tmp_path / "build")}  # fmt: skip
    subprocess.run(["sh", str(PACKAGING / "build.sh")], check=True, env=environment)
    package = next((tmp_path / "dist").glob("*.deb"))
    subprocess.run(["dpkg-deb", "-x", str(package), str(tmp_path / "root")], check=True)
    program = tmp_path / "root" / "usr" / "bin" / "levcheck"
    told = subprocess.run(
        [str(program), "self-test"], check=True, capture_output=True, text=True,
        env={"LEVCHECK_DATA": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "levcheck works here." in told.stdout
    sums = (tmp_path / "dist" / "SHA256SUMS").read_text(encoding="utf-8")
    assert {line.split()[1] for line in sums.splitlines()} == {
        file.name for file in (tmp_path / "dist").iterdir() if file.name != "SHA256SUMS"
    }
