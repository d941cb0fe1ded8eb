"""Puts the compiled tables of the reference library into the wheel; the builder of the wheel calls it."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SCRIPT = Path(__file__).with_name("maintain") / "compile_tables.py"


class CompiledTables(BuildHookInterface[Any]):
    """The step of the wheel's build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Add the database and its seal to the wheel."""
        self._folder = tempfile.TemporaryDirectory()
        told = subprocess.run(
            [sys.executable, str(_SCRIPT), self._folder.name],
            check=True,
            capture_output=True,
            text=True,
        )
        for line in told.stdout.splitlines():
            build_data["force_include"][line] = f"levcheck/resources/compiled/{Path(line).name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made on the way."""
        self._folder.cleanup()
