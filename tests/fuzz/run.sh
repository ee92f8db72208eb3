#!/usr/bin/env bash
# run.sh [MINUTES] [TARGET...] — builds the fuzz targets with clang (preset fuzz) and runs each so many minutes (10), one
# after the other, JOBS at a time (1). What they learn stays in build/fuzz/learned, what kills one in build/fuzz/found;
# `build/fuzz/tests/fuzz/fuzz_TARGET FILE` runs it again. Ends with 1 if anything was found.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-10}
[ $# -gt 0 ] && shift
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for folder in tests/fuzz/corpus/*/; do targets+=("$(basename "$folder")"); done
fi
export CCACHE_DIR=${CCACHE_DIR:-$PWD/.deps/ccache}

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz
ninja -C build/fuzz "${targets[@]/#/fuzz_}"

run_target() {
  local target=$1 learned=build/fuzz/learned/$1 found=build/fuzz/found/$1-
  mkdir -p "$learned" build/fuzz/found
  # Inputs up to 64 KiB: what is nested thousands deep must fit.
  if build/fuzz/tests/fuzz/fuzz_"$target" -max_total_time=$((minutes * 60)) -max_len=65536 -timeout=20 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$found" "$learned" "tests/fuzz/corpus/$target" \
    > "build/fuzz/$target.log" 2>&1; then
    echo "$target: $(grep -oP 'number_of_executed_units: \K[0-9]+' "build/fuzz/$target.log") inputs, nothing found"
  else
    echo "$target: FOUND, see build/fuzz/$target.log and $found*"
    return 1
  fi
}
export -f run_target
export minutes
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
printf '%s\n' "${targets[@]}" | xargs -P "${JOBS:-1}" -I{} bash -c 'run_target {}' || exit 1
