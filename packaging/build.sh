#!/bin/sh
# Builds everything that is handed to people, into dist/: sh packaging/build.sh [python] [program] [deb]
#   python   wheel and source archive            program  the one-folder program, as an archive
#   deb      the Debian package                  (nothing named: all of them)
# Beside them: the bill of materials (CycloneDX), the notices, and SHA256SUMS. The same commit gives the same files.
# What is built is tried before it counts: the frozen program goes through `levcheck self-test`.
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
BUILD=${LEVCHECK_BUILD:-$ROOT/build}
DIST=${LEVCHECK_DIST:-$ROOT/dist}
LEVCHECK_VENV=${LEVCHECK_BUILD_VENV:-$ROOT/build/venv}
export LEVCHECK_BUILD="$BUILD" LEVCHECK_VENV
WANTED=build
. "$ROOT/packaging/environment.sh"
[ "$#" -gt 0 ] || set -- python program deb
asked() { case " $WISHES " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
WISHES="$*"
asked deb && WISHES="$WISHES program"

# Times inside archives are that of the last change of the source, so that two builds are alike.
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date -r resources/changelog.md +%s)}"
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1 LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen
umask 022
mkdir -p "$BUILD" "$DIST"
VERSION=$("$PYTHON" -c 'import sys; sys.path.insert(0, "."); import levcheck; print(levcheck.__version__)')
NAME=levcheck-$VERSION-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)

say "notices"
rm -f "$BUILD/bundle-files.json"
"$PYTHON" packaging/bundle/inventory.py notices "$BUILD"
cp "$BUILD/THIRD-PARTY-NOTICES.txt" "$DIST/"

if asked python; then
    say "wheel and source archive"
    "$PYTHON" -m hatchling build -d "$DIST" -t sdist -t wheel >/dev/null
fi

if asked program; then
    say "one-folder program (a minute or two)"
    "$PYTHON" packaging/bundle/icons.py "$BUILD"
    rm -rf "$BUILD/compiled"
    "$PYTHON" packaging/maintain/compile_tables.py "$BUILD/compiled"
    "$PYTHON" -m PyInstaller --noconfirm --log-level WARN --distpath "$BUILD/program" --workpath "$BUILD/pyinstaller" packaging/bundle/levcheck.spec
    # libpython alone is stripped: doing it to every library damages numpy's OpenBLAS.
    if command -v strip >/dev/null 2>&1; then
        for library in "$BUILD"/program/levcheck/_internal/libpython3*.so*; do
            [ -f "$library" ] && strip --strip-unneeded "$library"
        done
    fi
    # The libraries taken from this system are known now: their notices join the others.
    "$PYTHON" packaging/bundle/inventory.py notices "$BUILD"
    cp "$BUILD/THIRD-PARTY-NOTICES.txt" "$BUILD/program/levcheck/_internal/"
    cp "$BUILD/THIRD-PARTY-NOTICES.txt" "$DIST/"
    say "trying it"
    LEVCHECK_DATA="$BUILD/self-test-data" "$BUILD/program/levcheck/levcheck" self-test --out "$BUILD/self-test"
    say "bill of materials"
    "$PYTHON" packaging/bundle/inventory.py materials "$BUILD" "$DIST/$NAME.cdx.json"
    say "archive"
    tar -C "$BUILD/program" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -cf - levcheck | xz -6 -T2 > "$DIST/$NAME.tar.xz"
fi

if asked deb; then
    say "Debian package"
    "$PYTHON" packaging/maintain/command_pages.py --man "$BUILD/levcheck.1" --date "$SOURCE_DATE_EPOCH"
    "$PYTHON" packaging/linux/deb.py "$BUILD/program/levcheck" "$BUILD" "$DIST/levcheck_${VERSION}_$(dpkg --print-architecture).deb"
fi

(cd "$DIST" && rm -f SHA256SUMS && sha256sum -- * > SHA256SUMS)
say "done: $DIST"
