#!/usr/bin/env bash
# run.sh [CTEST OPTIONS] — installs what tests need, builds everything (preset dev) and runs all tests but the benchmarks.
# Further options go to ctest: tests/run.sh -R outbox. Sources, compiler cache and objects stay in .deps and build, both
# ignored by git: a second run compiles what changed only.
set -euo pipefail
cd "$(dirname "$0")/.."
export CCACHE_DIR=${CCACHE_DIR:-$PWD/.deps/ccache}
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}

deploy/install-packages.sh build run test display
git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror  # .clang-format is the house's dialect
mkdir -p .deps build
deploy/fetch-sources.sh imgui trantor drogon
JOBS=$(nproc) deploy/build-drogon.sh

tests/peers/install.sh

cmake --preset dev
ninja -C build/dev -j "$(nproc)"
exec ctest --test-dir build/dev --output-on-failure -j2 -LE bench "$@"
