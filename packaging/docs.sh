#!/bin/sh
# Builds the site of the documentation with fresh pictures of the window: sh packaging/docs.sh   (result: build/docs/site)
# Every warning is an error: a link that leads nowhere, a picture that is missing.
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
BUILD=${LEVCHECK_BUILD:-$ROOT/build}
LEVCHECK_VENV=${LEVCHECK_BUILD_VENV:-$ROOT/build/venv}
export LEVCHECK_VENV
WANTED=build
. "$ROOT/packaging/environment.sh"
export QT_QPA_PLATFORM=offscreen
SOURCE=$BUILD/docs/source
rm -rf "$SOURCE" "$BUILD/docs/site"
mkdir -p "$SOURCE"
cp -R resources/docs/. "$SOURCE/"
cp resources/changelog.md packaging/docs/index.md "$SOURCE/"
# In the program the changes lie beside the guide; on the site one folder above it.
"$PYTHON" packaging/maintain/command_pages.py --page "$SOURCE/user/commands.md"
"$PYTHON" packaging/maintain/api_page.py "$SOURCE/developer/api.md"
"$PYTHON" packaging/maintain/keys_page.py "$SOURCE/user/keys.md"
"$PYTHON" packaging/maintain/pictures.py "$SOURCE/user/pictures"
"$PYTHON" -m sphinx -q -W --keep-going -b html -c packaging/docs "$SOURCE" "$BUILD/docs/site"
say "done: $BUILD/docs/site/index.html"
