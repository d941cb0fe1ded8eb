#!/bin/sh
# Runs the whole test suite: sh packaging/test.sh [pytest arguments]
WANTED=test
. "$(dirname -- "$0")/environment.sh"
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
exec "$PYTHON" -m pytest -n "${LEVCHECK_TEST_WORKERS:-2}" --dist loadgroup "$@"
