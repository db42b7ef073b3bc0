#!/bin/bash
# Builds what is installed, and measures it; arguments go to bench_taskd, for example --json FILE.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$source/build/bench}

(cd "$source" && cmake --preset release -B "$build" -DTASKCTL_TESTS=ON) >&2
cmake --build "$build" --target bench_taskd taskd taskctl >&2
exec "$build/tests/bench/bench_taskd" "$@"
