"""Makes the Debian package of the one-folder program: python packaging/linux/deb.py BUNDLE BUILD OUT.deb.

The same bundle gives the same package, byte for byte: times come from SOURCE_DATE_EPOCH, owners are root.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "packaging" / "linux"
ID = "org.levcheck.levcheck"
SIZES = (16, 24, 32, 48, 64, 128, 256)
PLACES = {
    f"{ID}.desktop": "usr/share/applications",
    f"{ID}.xml": "usr/share/mime/packages",
    f"{ID}.metainfo.xml": "usr/share/metainfo",
}


def stage(bundle: Path, build: Path, tree: Path, version: str) -> None:
    """Lay every file of the package where it will be installed."""
    shutil.rmtree(tree, ignore_errors=True)
    home = tree / "usr/lib/levcheck"
    shutil.copytree(bundle, home, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/levcheck").symlink_to("../lib/levcheck/levcheck")
    for name, place in PLACES.items():
        _put(HERE / name, tree / place / name)
    icon = ROOT / "resources" / "icons" / "app.svg"
    icons = tree / "usr/share/icons/hicolor"
    _put(icon, icons / "scalable/apps" / f"{ID}.svg")
    _put(icon, icons / "scalable/mimetypes" / "application-x-levcheck.svg")
    for size in SIZES:
        _put(build / "icons" / f"{size}.png", icons / f"{size}x{size}/apps" / f"{ID}.png")
    documents = tree / "usr/share/doc/levcheck"
    _put_gzip(build / "levcheck.1", tree / "usr/share/man/man1/levcheck.1.gz")
    _put_gzip(ROOT / "resources" / "changelog.md", documents / "changelog.gz")
    documents.joinpath("copyright").write_text(
        "levcheck is under the MIT licence:\n\n"
        + (ROOT / "LICENSE").read_text(encoding="utf-8")
        + "\nThe licences of everything shipped with it: /usr/lib/levcheck/_internal/THIRD-PARTY-NOTICES.txt\n",
        encoding="utf-8",
    )
    control = tree / "DEBIAN"
    control.mkdir()
    size = sum(f.lstat().st_size for f in tree.rglob("*") if f.is_file()) // 1024
    text = (HERE / "control.in").read_text(encoding="utf-8")
    facts = {"VERSION": version, "SIZE": str(size), "ARCHITECTURE": _architecture()}
    for key, value in facts.items():
        text = text.replace(f"@{key}@", value)
    (control / "control").write_text(text, encoding="utf-8")
    for script in ("postinst", "postrm"):
        (control / script).write_bytes((HERE / script).read_bytes())
    files = sorted(
        f
        for f in tree.rglob("*")
        if f.is_file() and not f.is_symlink() and control not in f.parents
    )
    (control / "md5sums").write_text(
        "".join(
            f"{hashlib.md5(f.read_bytes(), usedforsecurity=False).hexdigest()}  {f.relative_to(tree)}\n"
            for f in files
        ),
        encoding="utf-8",
    )
    _plain_rights(tree, {control / "postinst", control / "postrm", home / "levcheck"})


def _plain_rights(tree: Path, programs: set[Path]) -> None:
    """Everyone may read, the owner may write, programs run; and every time is that of the source."""
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    for path in (tree, *tree.rglob("*")):
        if path.is_symlink():
            os.utime(path, (when, when), follow_symlinks=False)
            continue
        runs = path.is_dir() or path in programs
        path.chmod(0o755 if runs else 0o644)
    for path in sorted((tree, *tree.rglob("*")), key=lambda p: -len(p.parts)):
        if not path.is_symlink():
            os.utime(path, (when, when))


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _put_gzip(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))


def _architecture() -> str:
    asked = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return asked.stdout.strip()


def main() -> None:
    """Stage and pack."""
    bundle, build, out = map(Path, sys.argv[1:4])
    sys.path.insert(0, str(ROOT))
    from levcheck import __version__

    tree = build / "deb"
    stage(bundle, build, tree, __version__)
    subprocess.run(
        [
            "dpkg-deb",
            "--root-owner-group",
            "-Zxz",
            f"-z{os.environ.get('LEVCHECK_XZ', '6')}",
            "--build",
            tree,
            out,
        ],
        check=True,
    )


if __name__ == "__main__":
    main()
