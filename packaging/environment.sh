# Sourced by run.sh and test.sh: finds a Python, the system libraries Qt needs, and fills a virtual environment.
# Usage: WANTED=app|test; . packaging/environment.sh   (afterwards $PYTHON is the interpreter of the environment)
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$ROOT"
: "${WANTED:?app or test}"
say() { printf '%s\n' "levcheck: $*" >&2; }

# --- system libraries -------------------------------------------------------------------------------------
# The shared objects Qt opens, and the Debian package that holds each of them.
missing_packages() {
    listed=$( (/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null || true) )
    while read -r library package; do
        case "$listed" in *"$library"*) ;; *) printf '%s ' "$package" ;; esac
    done <<LIST
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
libX11-xcb.so.1 libx11-xcb1
LIST
    if ! ls /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf >/dev/null 2>&1; then printf 'fonts-dejavu-core '; fi
    if ! ls /usr/share/fonts/opentype/inter/Inter-Regular* >/dev/null 2>&1; then printf 'fonts-inter '; fi
    if ! ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1; then printf 'fonts-noto-cjk '; fi
    if [ "$WANTED" = test ]; then
        command -v xvfb-run >/dev/null 2>&1 || printf 'xvfb xauth '
        command -v dbus-run-session >/dev/null 2>&1 || printf 'dbus-daemon '
        command -v pdftotext >/dev/null 2>&1 || printf 'poppler-utils '
    fi
    if ! "$BASE_PYTHON" -c 'import venv, ensurepip' >/dev/null 2>&1; then printf 'python3-venv '; fi
}

find_python() {
    for candidate in "${LEVCHECK_PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
            printf '%s' "$candidate"; return 0
        fi
    done
    return 1
}

if [ "$(uname -s)" = Linux ] && ! find_python >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing Python"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
fi
BASE_PYTHON=$(find_python) || { say "Python 3.11, 3.12 or 3.13 is needed and was not found. Install it and start again."; exit 1; }

if [ "$(uname -s)" = Linux ]; then
    packages=$(missing_packages)
    if [ -n "$packages" ]; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "installing system libraries: $packages"
            # shellcheck disable=SC2086  # a list of words is meant
            { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null; } \
                || say "could not install all of: $packages (going on without)"
        else
            say "these system packages are missing: $packages (on Debian or Ubuntu: sudo apt-get install $packages)"
        fi
    fi
fi

# --- virtual environment ----------------------------------------------------------------------------------
# One environment serves both commands; a stamp says which lock it was filled from.
VENV=${LEVCHECK_VENV:-$ROOT/.venv}
LOCK=packaging/requirements/$WANTED.txt
fingerprint() { cat packaging/requirements/app.txt "$LOCK" | cksum | tr -d ' \t'; }
PYTHON=$VENV/bin/python
STAMP=$VENV/.filled-from-$WANTED
# Two of these scripts at once (the documentation beside the installers, say) wait for one another here: each finds a whole
# environment. Where the system has no flock, they are to be started one after the other.
mkdir -p "$(dirname -- "$VENV")"
if command -v flock >/dev/null 2>&1; then
    exec 9>"$VENV.lock"
    flock 9
fi
if [ ! -x "$PYTHON" ] || ! "$PYTHON" -c '' >/dev/null 2>&1; then
    say "making a virtual environment"
    rm -rf "$VENV"
    "$BASE_PYTHON" -m venv "$VENV"
fi
if [ "$(cat "$STAMP" 2>/dev/null || true)" != "$(fingerprint)" ]; then
    say "installing the locked dependencies (a few minutes the first time)"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$LOCK"
    fingerprint > "$STAMP"
fi
exec 9>&-  # what follows runs without holding anybody up
export PYTHON
