"""The maintainer's catalogue tools, loaded from their folder (it is no package)."""

import importlib.util
import sys
from functools import cache
from types import ModuleType

from levcheck.assets import resources_folder

FOLDER = resources_folder().parent / "packaging" / "maintain"


@cache
def tool(name: str) -> ModuleType:
    """Return one module of packaging/maintain."""
    specification = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def catalogues() -> ModuleType:
    """Return packaging/maintain/catalogues.py."""
    tool("messages")
    return tool("catalogues")
