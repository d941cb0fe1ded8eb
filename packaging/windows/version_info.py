"""Writes the version resource that Windows shows of a program: python packaging/windows/version_info.py BUILD."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FORM = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "levcheck maintainers"),
      StringStruct("FileDescription", "levcheck"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "levcheck"),
      StringStruct("LegalCopyright", "MIT licence"),
      StringStruct("OriginalFilename", "levcheck.exe"),
      StringStruct("ProductName", "levcheck"),
      StringStruct("ProductVersion", "{version}")])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])
  ]
)
"""


def resource(version: str) -> str:
    """Return the resource for a version like ``1.2.3``."""
    numbers = tuple([*(int(part) for part in version.split(".")[:3]), 0, 0, 0, 0][:4])
    return FORM.format(version=version, numbers=numbers)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from levcheck import __version__

    Path(sys.argv[1], "version_info.txt").write_text(resource(__version__), encoding="utf-8")
