"""What this machine has, what is amiss and the remedy: for ``levcheck doctor`` and for a report to a helper.

It looks at the program and its surroundings, never at a portfolio.
"""

import ctypes.util
import locale
import os
import platform
import shutil
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path

from levcheck import __version__
from levcheck.assets import asset, data_folder
from levcheck.domain.diagnostics import LevcheckError
from levcheck.storage.log_file import last_lines, log_path

PACKAGES = (
    "numpy",
    "pandas",
    "pyqtgraph",
    "openpyxl",
    "python-calamine",
    "defusedxml",
    "XlsxWriter",
    "Babel",
    "rapidfuzz",
    "msgspec",
)
OPTIONAL = {
    "cryptography": "sessions with a password",
    "pyarrow": "books written as Parquet",
    "distributed": "books on a cluster",
}
OLD_DAYS = 365
LITTLE_ROOM = 200 * 2**20
# What makes Qt take plugins or libraries of another program.
_LURING = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME_PLUGIN_PATH")


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


def look_around(font_families: Callable[[], Sequence[str]]) -> list[Finding]:
    """Return everything looked at, in the order it is read.

    Args:
        font_families: gives the names of the fonts a window could use.
    """
    looks: tuple[Callable[[], Finding], ...] = (
        _program,
        _system,
        _python,
        _qt_version,
        _qt_parts,
        *(_package(name) for name in PACKAGES),
        *(_optional(name, use) for name, use in OPTIONAL.items()),
        _resources,
        _data_folder,
        _private_files,
        _room,
        _log,
        _library,
        _own_library,
        _reading,
        _display,
        _display_libraries,
        lambda: _fonts(font_families),
        _borrowed_qt,
        _encoding,
    )
    return [look() for look in looks]


def report_text(findings: Sequence[Finding]) -> str:
    """Return what a helper needs to know; it holds no holding, no amount and no name of a file of the user."""
    lines = [
        f"levcheck {__version__}: report on this machine, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "It holds nothing of a portfolio. Read it before you send it to anybody.",
        "",
    ]
    for finding in findings:
        lines.append(f"{finding.state:8} {finding.what:22} {at_home(finding.found)}")
        if finding.remedy:
            lines.append(f"{'':8} {'':22} -> {finding.remedy}")
    lines += ["", "Last lines of the log:"]
    try:
        told = last_lines(data_folder())
    except OSError:
        told = ()
    lines += [f"  {at_home(line)}" for line in told] or ["  (nothing)"]
    return "\n".join(lines) + "\n"


def at_home(text: str) -> str:
    """Return a text without the name of the user's own folder."""
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text


# --- the program -------------------------------------------------------------------------------------------


def _program() -> Finding:
    kind = "installed program" if getattr(sys, "frozen", False) else "Python package"
    return Finding("levcheck", "good", f"{__version__}, {kind}")


def _system() -> Finding:
    return Finding(
        "system", "good", f"{platform.system()} {platform.release()} {platform.machine()}"
    )


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


def _qt_parts() -> Finding:
    """Parts of Qt of different versions crash when the first window is made."""
    names = ("PySide6-Essentials", "PySide6-Addons", "PySide6", "shiboken6")
    versions = {name: found for name in names if (found := _installed(name)) is not None}
    told = ", ".join(f"{name} {found}" for name, found in versions.items())
    if len(set(versions.values())) > 1:
        wanted = versions.get("PySide6-Essentials", "")
        return Finding("parts of Qt", "error", told, f"Give all of them version {wanted}.")
    return Finding("parts of Qt", "good", "all of one version")


def _package(name: str) -> Callable[[], Finding]:
    def look() -> Finding:
        version = _installed(name)
        if version is None:
            return Finding(name, "error", "not installed", "Install levcheck again.")
        return Finding(name, "good", version)

    return look


def _optional(name: str, use: str) -> Callable[[], Finding]:
    def look() -> Finding:
        version = _installed(name)
        if version is None:
            return Finding(name, "good", f"not installed; only needed for {use}")
        return Finding(name, "good", version)

    return look


def _resources() -> Finding:
    try:
        folder = asset()
    except FileNotFoundError as error:
        return Finding("bundled files", "error", str(error), "Install levcheck again.")
    return Finding("bundled files", "good", str(folder))


# --- the user's own files ----------------------------------------------------------------------------------


def _data_folder() -> Finding:
    try:
        folder = data_folder()
    except OSError as error:
        return Finding(
            "data folder", "error", str(error), "Set LEVCHECK_DATA to a folder you may write to."
        )
    if not os.access(folder, os.W_OK):
        return Finding(
            "data folder",
            "error",
            f"{folder} cannot be written",
            "Set LEVCHECK_DATA to another folder.",
        )
    if os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return Finding(
            "data folder",
            "warning",
            f"others may look into {folder}",
            "Take their rights away: chmod 700.",
        )
    return Finding("data folder", "good", f"{folder}, private and writable")


def _private_files() -> Finding:
    if os.name == "nt":
        return Finding("rights of files", "good", "those of the user's own folder")
    open_to_others = 0
    try:
        for path in data_folder().rglob("*"):
            if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077:
                open_to_others += 1
    except OSError as error:
        return Finding(
            "rights of files", "warning", str(error), "Take the data folder for your own: chown."
        )
    if open_to_others:
        return Finding(
            "rights of files",
            "warning",
            f"{open_to_others} files in the data folder can be read by others",
            "Take their rights away: chmod -R go-rwx on the data folder.",
        )
    return Finding("rights of files", "good", "nobody else may read them")


def _room() -> Finding:
    try:
        free = shutil.disk_usage(data_folder()).free
    except OSError as error:
        return Finding("free space", "warning", str(error), "Look at the disk.")
    told = f"{free / 2**30:.1f} GB"
    if free < LITTLE_ROOM:
        return Finding("free space", "warning", told, "Free some space, or saving may be refused.")
    return Finding("free space", "good", told)


def _log() -> Finding:
    try:
        path = log_path(data_folder())
        size = path.stat().st_size if path.is_file() else 0
    except OSError as error:
        return Finding("log", "warning", str(error), "Look at the data folder.")
    return Finding("log", "good", f"{path}, {size} bytes" if size else "empty")


# --- what is known -----------------------------------------------------------------------------------------


def _library() -> Finding:
    from levcheck.reference.catalogue import Catalogue

    try:
        snapshot = Catalogue.bundled().snapshot
    except (LevcheckError, OSError) as error:
        return Finding("reference library", "error", _told(error), "Install levcheck again.")
    age = (datetime.now(UTC).date() - date.fromisoformat(snapshot)).days
    told = f"snapshot of {snapshot}, {max(age, 0)} days old"
    if age > OLD_DAYS:
        return Finding(
            "reference library",
            "warning",
            told,
            "Install a newer levcheck, or add newer lists: levcheck library add.",
        )
    return Finding("reference library", "good", told)


def _own_library() -> Finding:
    from levcheck.reference.catalogue import Catalogue

    try:
        overlays = Catalogue.for_user().overlays
    except (LevcheckError, OSError) as error:
        return Finding(
            "your own library",
            "error",
            _told(error),
            "Mend or remove what is named: levcheck library list.",
        )
    return Finding("your own library", "good", f"{len(overlays)} sets" if overlays else "empty")


def _reading() -> Finding:
    """The process that parses workbooks is the part that virus guards stop first."""
    from levcheck.importing import read_positions

    try:
        lines = len(read_positions(asset("examples", "story.xlsx")).positions)
    except (LevcheckError, OSError) as error:
        lines, why = 0, _told(error)
    else:
        why = "the sample gave no line"
    if not lines:
        return Finding(
            "reading workbooks",
            "error",
            why,
            "Let levcheck start its reading process: look at your virus guard.",
        )
    return Finding("reading workbooks", "good", f"the sample gives {lines} lines")


def _told(error: LevcheckError | OSError) -> str:
    return error.code if isinstance(error, LevcheckError) else str(error)


# --- the screen --------------------------------------------------------------------------------------------


def _display() -> Finding:
    if sys.platform in {"win32", "darwin"}:
        return Finding("display", "good", sys.platform)
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if name:
        kind = "Wayland" if os.environ.get("WAYLAND_DISPLAY") else "X11"
        return Finding("display", "good", f"{kind} {name}")
    return Finding(
        "display", "warning", "none", "The window needs one; the command line works without."
    )


def _display_libraries() -> Finding:
    """What Qt opens by name when the first window is made; the installed program brings most of it."""
    name = "libraries of Qt"
    if not sys.platform.startswith("linux"):
        return Finding(name, "good", "part of the package")
    needed = {
        "EGL": "libegl1",
        "GL": "libgl1",
        "dbus-1": "libdbus-1-3",
        "xkbcommon": "libxkbcommon0",
    }
    if not getattr(sys, "frozen", False):
        needed |= {"xcb-cursor": "libxcb-cursor0", "xkbcommon-x11": "libxkbcommon-x11-0"}
    missing = [
        package for library, package in needed.items() if not ctypes.util.find_library(library)
    ]
    if missing:
        return Finding(
            name,
            "warning",
            f"missing: {', '.join(missing)}",
            "On Debian or Ubuntu: apt install " + " ".join(missing),
        )
    return Finding(name, "good", "all there")


def _fonts(font_families: Callable[[], Sequence[str]]) -> Finding:
    families = font_families()
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


# --- known conflicts ---------------------------------------------------------------------------------------


def _borrowed_qt() -> Finding:
    lured = [name for name in _LURING if os.environ.get(name)]
    if lured:
        return Finding(
            "other programs' Qt",
            "warning",
            f"{', '.join(lured)} is set",
            "Start levcheck without it: plugins of another Qt end the program.",
        )
    return Finding("other programs' Qt", "good", "not in the way")


def _encoding() -> Finding:
    told = locale.getpreferredencoding(do_setlocale=False)
    if told.lower().replace("-", "") in {"utf8", "cp65001"} or sys.platform == "win32":
        return Finding("text encoding", "good", told)
    return Finding(
        "text encoding", "warning", told, "Set LANG to a UTF-8 language, or names may look wrong."
    )
