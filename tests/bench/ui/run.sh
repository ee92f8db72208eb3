#!/usr/bin/env bash
# run.sh [BUILD] — prints how the kiosk's screen compares with Chromium in kiosk mode; ends with 1 where a limit is not
# reached. BUILD: a build folder with tests, best of type Release (default: build/bench, made here). Installs Chromium.
set -euo pipefail
cd "$(dirname "$0")/../../.."
command -v chromium >/dev/null || deploy/install-packages.sh bench
build=${1:-build/bench}
if [ $# -eq 0 ]; then
  cmake --preset bench >/dev/null
fi
ninja -C "$build" ui_bench bangwu-kiosk bangwu-central
exec "$build/tests/bench/ui/ui_bench"
