#!/usr/bin/env bash
# build-release.sh [LOG] — builds build/release: fetches the sources Debian 12 lacks, compiles drogon once, then kiosk and
# central service. Minutes the first time, a second when nothing changed. What the tools say goes to LOG.
set -euo pipefail
cd "$(dirname "$0")/.."
log=${1:-build/release.log}
mkdir -p "$(dirname "$log")" build .deps
: >"$log"
export CCACHE_DIR=${CCACHE_DIR:-$PWD/.deps/ccache}

step() {  # step WORDS COMMAND...
  local words=$1
  shift
  echo "== $words" >>"$log"
  "$@" >>"$log" 2>&1 && return
  tail -n 30 "$log" >&2
  echo "build-release: failed: $words; all of it is in $log" >&2
  exit 1
}

# Two at a time need 1 GB; a small machine with many cores runs out of memory before it runs out of cores.
gigabytes=$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
jobs=$(nproc)
[ "$jobs" -le $((gigabytes + 1)) ] || jobs=$((gigabytes + 1))

if [ ! -x build/release/kiosk/bangwu-kiosk ] || [ ! -x build/release/central/bangwu-central ]; then
  echo "Building; the first time takes some minutes (log: $log)" >&2
fi
step "sources" deploy/fetch-sources.sh imgui trantor drogon
step "drogon" env JOBS="$jobs" deploy/build-drogon.sh
# Preset release: at -O3 g++ 12 warns about code of its own library (variant, string: GCC bugs 80635, 105651); those
# two warnings stop no build. Preset dev, whose optimiser sees less, keeps every warning an error.
[ -f build/release/build.ninja ] || step "configure" cmake --preset release
step "compile" ninja -C build/release -j "$jobs"
step "hardening" deploy/check-hardening.sh build/release build/release/kiosk/bangwu-kiosk \
  build/release/kiosk/bangwu-capture-worker build/release/central/bangwu-central
