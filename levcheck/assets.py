"""Where files lie: those of resources/ in a checkout, a wheel or a frozen app, and the user's own."""

import os
import sys
from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """Return the folder that holds the bundled tables, scenarios, icons and words.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    candidates = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "levcheck" / "resources")
    for folder in candidates:
        if (folder / "reference").is_dir():
            return folder
    message = "levcheck's bundled files are missing: install it again"
    raise FileNotFoundError(message)


def asset(*parts: str) -> Path:
    """Return the path of one bundled file, for example ``asset("themes", "light.toml")``."""
    return resources_folder().joinpath(*parts)


def data_folder() -> Path:
    """Return the folder of the user's own data (library, settings, backups, logs), made when it is missing.

    The environment variable ``LEVCHECK_DATA`` names it; otherwise it is the platform's own place. Nobody else may read it.

    Raises:
        OSError: it cannot be made.
    """
    named = os.environ.get("LEVCHECK_DATA")
    if named:
        folder = Path(named).expanduser()
    else:
        from platformdirs import user_data_path  # only a started program needs it

        folder = user_data_path("levcheck", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
