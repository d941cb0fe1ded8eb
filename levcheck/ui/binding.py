"""What PySide asks of every module, answered without reading it.

A module may ask PySide to speak differently (``from __feature__ import snake_case``). To know whether it may have, PySide
reads the whole source of every module that is imported after it, numpy's and the standard library's too, and Python keeps
what was read: a twentieth of a start, and twenty megabytes. Nothing here asks for that, so the answer is always no; an
installed program without sources hears the same.
"""

import sys


def spare_sources() -> None:
    """Let PySide read no source from now on; where it asks in another way, it goes on reading."""
    asking = sys.modules.get("shibokensupport.feature")
    if hasattr(asking, "_mod_uses_pyside"):
        setattr(asking, "_mod_uses_pyside", _never)  # noqa: B010  # a module whose names no checker knows


def _never(_module: object) -> bool:
    return False
