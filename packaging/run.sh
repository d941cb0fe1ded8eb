#!/bin/sh
# Sets everything up and opens levcheck on the sample portfolio: sh packaging/run.sh [FILE]
# With no display it writes the sample's report, figures and window pictures instead, and says where.
WANTED=app
. "$(dirname -- "$0")/environment.sh"
FILE=${1:-$ROOT/resources/examples/story.xlsx}
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec "$PYTHON" -m levcheck "$FILE"
fi
OUT=${LEVCHECK_OUT:-$ROOT/out}
mkdir -p "$OUT"
say "no display: writing the report and pictures of the window instead"
"$PYTHON" -m levcheck check "$FILE" --json --pdf "$OUT/report.pdf" > "$OUT/report.json"
"$PYTHON" -m levcheck shots "$FILE" --out "$OUT"
say "report:   $OUT/report.pdf"
say "figures:  $OUT/report.json"
say "pictures: $OUT/*.png"
