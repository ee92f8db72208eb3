#!/usr/bin/env bash
# run.sh [ui|memory|session|outbox|courier|store]... — measures (all of them, without a name) in a release build, prints
# each figure beside its rival's from the same run, with the limit it is held to, and ends with 1 where a limit is not
# reached. Installs what is missing: Chromium, the tus peers. Nothing else should run on the machine meanwhile.
#   ui       the screen beside Chromium in kiosk mode          memory   200 touched visits, and one of 20 pages
#   session  views of a hall with 2,000 items
#   outbox   acceptance beside bare files; a million in queue  courier  uploads beside tus-js-client and @tus/server
#   store    the central store's ingest on PostgreSQL and on SQLite, and the whole service's over HTTPS, beside pgbench
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || set -- ui memory session outbox courier store
for name in "$@"; do
  [ -f "tests/bench/$name/CMakeLists.txt" ] || [ "$name" = memory ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
done
deploy/install-packages.sh build run test display bench
deploy/fetch-sources.sh imgui trantor drogon
deploy/build-drogon.sh
tests/peers/install.sh
export CCACHE_DIR=${CCACHE_DIR:-$PWD/.deps/ccache}
cmake --preset bench >/dev/null
programs=()
for name in "$@"; do programs+=("${name}_bench"); done
ninja -C build/bench bangwu-kiosk bangwu-central "${programs[@]}"
failed=0
for program in "${programs[@]}"; do
  echo "== $program"
  log=build/bench/$program.log
  if ! "$(find build/bench/tests/bench -type f -name "$program")" 2>"$log"; then
    failed=1
    tail -n 3 "$log"
  fi
done
exit $failed
