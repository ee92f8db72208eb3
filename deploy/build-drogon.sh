#!/usr/bin/env bash
# build-drogon.sh — compile trantor and drogon from $BANGWU_DEPS (default .deps, filled by fetch-sources.sh) into
# $BANGWU_DEPS/drogon-prefix as static release libraries. Every build folder shares that prefix, so this runs once:
# a second call returns at once unless the sources' versions or this script changed. Takes about five minutes of one
# core. JOBS (default 2) limits the compilers at work.
#
# Left out: drogon's ORM and database clients (room store speaks to its database itself), Redis, the code generator,
# examples, YAML. Request streaming and TLS (OpenSSL) are in.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
deps=$(realpath -m "${BANGWU_DEPS:-$here/.deps}")
prefix=$deps/drogon-prefix
jobs=${JOBS:-2}

for name in trantor drogon; do
  [ -f "$deps/$name/.version" ] || { echo "build-drogon: $deps/$name is missing; run deploy/fetch-sources.sh trantor drogon" >&2; exit 1; }
done
wanted="trantor $(cat "$deps/trantor/.version"), drogon $(cat "$deps/drogon/.version"), recipe $(sha256sum "$0" | cut -c1-16)"
if [ -f "$prefix/.built" ] && [ "$(cat "$prefix/.built")" = "$wanted" ]; then
  echo "build-drogon: $prefix is up to date ($wanted)"; exit 0
fi

# One build at a time: a second caller waits and then finds the prefix finished.
exec 9>"$deps/.drogon-build.lock"; flock 9
if [ -f "$prefix/.built" ] && [ "$(cat "$prefix/.built")" = "$wanted" ]; then echo "build-drogon: built meanwhile"; exit 0; fi

work=$deps/drogon-build
rm -rf "$work" "$prefix.new"; mkdir -p "$work"
common=(-G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib
        -DBUILD_SHARED_LIBS=OFF -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_CXX_STANDARD=20
        -DCMAKE_POLICY_DEFAULT_CMP0069=NEW)
if command -v ccache >/dev/null; then common+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_C_COMPILER_LAUNCHER=ccache); fi
rm -rf "$prefix"
cmake -S "$deps/trantor" -B "$work/trantor" "${common[@]}" -DTRANTOR_USE_TLS=openssl -DBUILD_C-ARES=OFF
nice -n 5 cmake --build "$work/trantor" --target install -j "$jobs"
cmake -S "$deps/drogon" -B "$work/drogon" "${common[@]}" -DCMAKE_PREFIX_PATH="$prefix" -DUSE_SUBMODULE=OFF \
  -DBUILD_CTL=OFF -DBUILD_EXAMPLES=OFF -DBUILD_ORM=OFF -DBUILD_REDIS=OFF -DBUILD_YAML_CONFIG=OFF
nice -n 5 cmake --build "$work/drogon" --target install -j "$jobs"
rm -rf "$work"
echo "$wanted" > "$prefix/.built"
echo "build-drogon: $prefix is ready ($wanted)"
