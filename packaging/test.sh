#!/bin/sh
# Runs the whole test suite: sh packaging/test.sh [pytest arguments]
. "$(dirname -- "$0")/environment.sh" test
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
exec "$PYTHON" -m pytest -n "${LEVCHECK_TEST_WORKERS:-2}" --dist loadgroup "$@"
