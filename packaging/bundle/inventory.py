"""What a build ships: the list of packages, their licence texts in one file, and the bill of materials (CycloneDX).

    python packaging/bundle/inventory.py notices BUILD
    python packaging/bundle/inventory.py materials BUILD OUT.cdx.json

Everything is read from what is installed; nothing is written down twice.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LICENCES = ROOT / "packaging" / "licences"
QT = ("pyside6-essentials", "shiboken6")
# Licences of packages whose metadata carry a word that is no SPDX name.
SPDX = {
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "PSFL": "PSF-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
}
_CLASSIFIED = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
QT_NOTICE = """\
Qt and Qt for Python (PySide6, Shiboken)
----------------------------------------
This program uses Qt {version} and Qt for Python {version}, copyright The Qt Company Ltd. and others, under the GNU
Lesser General Public License, version 3 (LGPL-3.0-only). The text of that licence and of the GNU General Public License,
version 3, which it builds on, stands at the end of this file.

Qt is used unchanged, as separate shared libraries in the folder PySide6 beside the program. You may replace them with
your own build of the same version: exchange the files libQt6*.so.6 (Qt6*.dll, Qt* frameworks) and the program uses yours.
You may take the program apart to find faults in such a change.

The source text of this very Qt and Qt for Python is published by The Qt Company:
    https://download.qt.io/archive/qt/{series}/{version}/single/
    https://download.qt.io/official_releases/QtForPython/pyside6/PySide6-{version}-src/
"""


def shipped() -> list[metadata.Distribution]:
    """Return every package that program.txt pins for this system, in order of name."""
    found: dict[str, metadata.Distribution] = {}
    text = (ROOT / "packaging" / "requirements" / "program.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not re.match(r"[a-z0-9]", line):
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        package = metadata.distribution(wanted.name)
        if package.version not in wanted.specifier:
            message = f"{wanted.name} {package.version} is installed, {wanted.specifier} is pinned"
            raise SystemExit(message)
        found[canonicalize_name(wanted.name)] = package
    return [found[name] for name in sorted(found)]


def name_of(package: metadata.Distribution) -> str:
    """Return the name as registries write it."""
    return canonicalize_name(package.metadata["Name"])


def licence_of(package: metadata.Distribution) -> str:
    """Return the licence as an SPDX expression, as far as the metadata tell."""
    facts = package.metadata
    expression = facts.get("License-Expression")
    if expression:
        return expression
    for classifier in facts.get_all("Classifier", []):
        if classifier in _CLASSIFIED:
            return _CLASSIFIED[classifier]
    said = (facts.get("License") or "").strip().splitlines()
    return SPDX.get(said[0], said[0]) if said and said[0] else "unknown"


def licence_texts(package: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every licence file a package brings."""
    for file in sorted(package.files or (), key=str):
        if re.match(r"(?i)(licen[cs]e|copying|notice|authors)", file.name) and file.suffix not in {
            ".py",
            ".pyc",
        }:
            path = Path(str(package.locate_file(file)))
            if path.is_file():
                yield str(file), path.read_text(encoding="utf-8", errors="replace")


def python_licence() -> str:
    """Return the licence of Python itself."""
    for folder in (Path(sys.base_prefix), Path(os.__file__).parent):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                return (folder / name).read_text(encoding="utf-8", errors="replace")
    return "Python is distributed under the PSF License Agreement: https://docs.python.org/3/license.html\n"


def notices(build: Path) -> str:
    """Return the notices that go with every copy of the program; those of system libraries once a bundle was made."""
    packages = shipped()
    qt = metadata.version("PySide6-Essentials")
    parts = [
        "Notices for the software of others that is shipped with levcheck\n",
        "levcheck itself is under the MIT licence, see the file LICENSE.\n",
        "\n".join(f"  {name_of(p):24} {p.version:12} {licence_of(p)}" for p in packages),
        f"  {'python':24} {platform.python_version():12} PSF-2.0\n",
        QT_NOTICE.format(version=qt, series=qt.rpartition(".")[0]),
    ]
    for package in packages:
        texts = list(licence_texts(package))
        if name_of(package) in QT:
            continue
        if not texts:
            message = f"{name_of(package)} brings no licence text"
            raise SystemExit(message)
        title = f"{name_of(package)} {package.version} ({licence_of(package)})"
        parts.append(f"{title}\n{'-' * len(title)}")
        parts += [f"[{name}]\n{text.strip()}\n" for name, text in texts]
    parts.append(f"Python {platform.python_version()}\n{'-' * 16}\n{python_licence().strip()}\n")
    for name, (release, file) in _bundled_system_packages(build).items():
        title = f"{name} {release} (from Debian: {file})"
        parts.append(f"{title}\n{'-' * len(title)}")
        parts.append(
            Path(f"/usr/share/doc/{name}/copyright").read_text(encoding="utf-8", errors="replace")
        )
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        parts.append(
            f"{name}\n{'-' * len(name)}\n{(LICENCES / name).read_text(encoding='utf-8').strip()}\n"
        )
    return "\n".join(parts)


def system_packages(files: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return the Debian packages that shared libraries of the bundle were taken from: name → version, one file.

    Files of the environment itself are none of them; on other systems there are none at all.
    """
    outside = {}
    for name, source in files:
        path = os.path.realpath(source)
        if path.startswith(("/usr/lib/", "/lib/")) and "site-packages" not in path:
            outside[path] = name
    found: dict[str, tuple[str, str]] = {}
    for path, name in sorted(outside.items()):
        owner = subprocess.run(
            ["dpkg", "-S", path], capture_output=True, text=True, check=False
        ).stdout
        if not owner:
            continue
        package = owner.split(":")[0]
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f=${Version}", package],
            capture_output=True,
            text=True,
            check=True,
        )
        found[package] = (asked.stdout, name)
    return found


def _bundled_system_packages(build: Path) -> dict[str, tuple[str, str]]:
    listed = build / "bundle-files.json"
    if not listed.is_file():
        return {}
    return system_packages(
        [(name, source) for name, source in json.loads(listed.read_text(encoding="utf-8"))]
    )


def materials(build: Path) -> str:
    """Return the bill of materials, checked against the schema of CycloneDX 1.6."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    def part(name: str, version: str, purl: PackageURL, licence: str | None) -> Component:
        licences = [LicenseFactory().make_from_string(licence)] if licence else []
        return Component(
            type=ComponentType.LIBRARY,
            name=name,
            version=version,
            purl=purl,
            bom_ref=str(purl),
            licenses=licences,
        )

    version = re.search(
        r'"([^"]+)"',
        (ROOT / "levcheck" / "__init__.py")
        .read_text(encoding="utf-8")
        .partition("__version__ =")[2],
    )[1]
    parts = [
        part(name_of(p), p.version, PackageURL("pypi", None, name_of(p), p.version), licence_of(p))
        for p in shipped()
    ]
    parts.append(
        part(
            "python",
            platform.python_version(),
            PackageURL("generic", None, "python", platform.python_version()),
            "PSF-2.0",
        )
    )
    for name, (release, _) in _bundled_system_packages(build).items():
        parts.append(part(name, release, PackageURL("deb", "debian", name, release), None))
    bom = Bom(components=parts)
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name="levcheck", version=version, bom_ref="levcheck",
        licenses=[LicenseFactory().make_from_string("MIT")],
    )  # fmt: skip
    bom.register_dependency(bom.metadata.component, parts)
    # The same build gives the same document: time and number come from what is built.
    bom.metadata.timestamp = datetime.fromtimestamp(
        int(os.environ.get("SOURCE_DATE_EPOCH", "0")), UTC
    )
    bom.serial_number = uuid.uuid5(
        uuid.NAMESPACE_URL, "\n".join(sorted(str(p.purl) for p in parts)) + version
    )
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise SystemExit(str(fault))
    return text + "\n"


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("notices", "materials"))
    parser.add_argument("build", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    asked = parser.parse_args()
    asked.build.mkdir(parents=True, exist_ok=True)
    if asked.what == "notices":
        (asked.build / "shipped.txt").write_text(
            "\n".join(name_of(p) for p in shipped()) + "\n", encoding="utf-8"
        )
        (asked.build / "THIRD-PARTY-NOTICES.txt").write_text(notices(asked.build), encoding="utf-8")
    else:
        asked.out.write_text(materials(asked.build), encoding="utf-8")


if __name__ == "__main__":
    main()
