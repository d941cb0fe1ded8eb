#!/bin/sh
# Runs the fast tests with the oldest versions of everything pyproject.toml allows: sh packaging/lowest.sh [pytest arguments]
# Needs uv on the path. It makes an environment of its own in build/lowest; what CI and users have is not touched.
set -eu
cd "$(dirname -- "$0")/.."
ENVIRONMENT=build/lowest
uv venv -q --allow-existing --python "${LEVCHECK_PYTHON:-3.11}" "$ENVIRONMENT"
# The lowest of what the program itself asks for; tools of the tests as they are.
uv pip compile pyproject.toml --extra password --resolution lowest-direct --python-version 3.11 -q -o build/lowest.txt
uv pip install -q --python "$ENVIRONMENT/bin/python" -r build/lowest.txt
uv pip install -q --python "$ENVIRONMENT/bin/python" -c build/lowest.txt --group test
export QT_QPA_PLATFORM=offscreen
exec "$ENVIRONMENT/bin/python" -m pytest -q -n "${LEVCHECK_TEST_WORKERS:-2}" --dist loadgroup "${@:-tests/unit}"
