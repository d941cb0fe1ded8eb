"""Where the files of resources/ lie: in a checkout, in an installed wheel, or in a frozen app."""

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
