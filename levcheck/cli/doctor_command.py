"""``levcheck doctor``: what this machine has, what is amiss, and the remedy for it."""

import argparse
import json
import os
import platform
import stat
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata

from levcheck import __version__
from levcheck.assets import data_folder
from levcheck.cli.services import Services
from levcheck.domain.diagnostics import LevcheckError

SCHEMA = "levcheck/doctor/1"
PACKAGES = ("PySide6-Essentials", "numpy", "pandas", "pyqtgraph", "openpyxl", "python-calamine")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: its name.
        state: ``good``, ``warning`` or ``error``.
        found: what was seen.
        remedy: what to do; "" when nothing.
    """

    what: str
    state: str
    found: str
    remedy: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--json", action="store_true", help="write JSON to standard output")


def run(args: argparse.Namespace) -> int:
    """Print every finding; the status is 1 when one of them keeps levcheck from working."""
    services: Services = args.services
    looks: tuple[Callable[[], Finding], ...] = (
        _program,
        _python,
        _qt_version,
        *(_package(name) for name in PACKAGES[1:]),
        _data_folder,
        _library,
        _display,
        lambda: _fonts(services),
    )
    findings = [look() for look in looks]
    if args.json:
        print(json.dumps({"schema": SCHEMA, "findings": [asdict(f) for f in findings]}, indent=1))
    else:
        for finding in findings:
            print(f"{finding.state:8} {finding.what:20} {finding.found}")
            if finding.remedy:
                print(f"{'':8} {'':20} → {finding.remedy}")
    return 1 if any(finding.state == "error" for finding in findings) else 0


def _program() -> Finding:
    return Finding("levcheck", "good", __version__)


def _python() -> Finding:
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("Python", "good", version)
    return Finding("Python", "warning", version, "levcheck is tested with Python 3.11 to 3.13.")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _qt_version() -> Finding:
    version = _installed("PySide6-Essentials") or _installed("PySide6")
    if version is None:
        return Finding("PySide6", "error", "not installed", "Install levcheck again.")
    if version.startswith("6.12.0") and sys.version_info < (3, 12):
        return Finding(
            "PySide6",
            "error",
            version,
            "This release ends the program on Python 3.11. Install PySide6-Essentials below 6.12.",
        )
    return Finding("PySide6", "good", version)


def _package(name: str) -> Callable[[], Finding]:
    def look() -> Finding:
        version = _installed(name)
        if version is None:
            return Finding(name, "error", "not installed", "Install levcheck again.")
        return Finding(name, "good", version)

    return look


def _data_folder() -> Finding:
    try:
        folder = data_folder()
    except OSError as error:
        return Finding(
            "data folder", "error", str(error), "Set LEVCHECK_DATA to a folder you may write to."
        )
    if not os.access(folder, os.W_OK):
        return Finding(
            "data folder", "error", "cannot be written", "Set LEVCHECK_DATA to another folder."
        )
    if os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return Finding(
            "data folder",
            "warning",
            "others may look into it",
            "Take their rights away: chmod 700.",
        )
    return Finding("data folder", "good", "private and writable")


def _library() -> Finding:
    from levcheck.reference.catalogue import Catalogue

    try:
        snapshot = Catalogue.bundled().snapshot
    except (LevcheckError, OSError) as error:
        return Finding("reference library", "error", str(error), "Install levcheck again.")
    return Finding("reference library", "good", f"snapshot of {snapshot}")


def _display() -> Finding:
    if sys.platform in {"win32", "darwin"}:
        return Finding("display", "good", sys.platform)
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if name:
        return Finding("display", "good", name)
    return Finding(
        "display", "warning", "none", "The window needs one; the command line works without."
    )


def _fonts(services: Services) -> Finding:
    families = services.font_families()
    if not families:
        return Finding("fonts", "error", "none", "Install a font, for example DejaVu Sans.")
    if any("CJK" in family or "Gothic" in family for family in families):
        return Finding("fonts", "good", f"{len(families)} families, with Korean and Chinese")
    return Finding(
        "fonts",
        "warning",
        f"{len(families)} families, none for Korean or Chinese",
        "Install Noto Sans CJK to see Korean and Chinese names.",
    )
