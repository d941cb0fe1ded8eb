#!/bin/sh
# Rewrites the hashed requirement files from pyproject.toml. Needs uv on the path.
set -eu
cd "$(dirname -- "$0")/.."
lock() { uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras -q "$@"; }
lock -o packaging/requirements/app.txt
lock --group test -c packaging/requirements/app.txt -o packaging/requirements/test.txt
