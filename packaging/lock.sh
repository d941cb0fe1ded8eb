#!/bin/sh
# Rewrites the hashed requirement files from pyproject.toml. Needs uv on the path.
set -eu
cd "$(dirname -- "$0")/.."
lock() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras -q "$@"; }
lock -o packaging/requirements/app.txt
lock --group test -c packaging/requirements/app.txt -o packaging/requirements/test.txt
# What the installed program holds: there is no way to add an extra to it later, so a password works from the start.
lock --extra password -c packaging/requirements/app.txt -o packaging/requirements/program.txt
lock --extra password --group build -c packaging/requirements/program.txt -o packaging/requirements/build.txt
