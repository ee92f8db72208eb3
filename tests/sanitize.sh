#!/usr/bin/env bash
# sanitize.sh asan|tsan [CTEST OPTIONS] — builds everything with AddressSanitizer (leaks included) and
# UndefinedBehaviorSanitizer, or with ThreadSanitizer (presets asan, tsan), and runs all tests but the benchmarks under
# it, whole halls included; any word of a sanitizer fails its test. Needs what tests/run.sh installs. Further options go
# to ctest: tests/sanitize.sh tsan -R courier.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-}
case $preset in
  asan | tsan) shift ;;
  *)
    sed -n '2,5s/^# //p' "$0" >&2
    exit 2
    ;;
esac
export CCACHE_DIR=${CCACHE_DIR:-$PWD/.deps/ccache}
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}

cmake --preset "$preset"
ninja -C "build/$preset" -j "${JOBS:-$(nproc)}"

export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
exec ctest --test-dir "build/$preset" --output-on-failure -j2 -LE bench "$@"
