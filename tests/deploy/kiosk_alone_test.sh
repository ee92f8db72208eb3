#!/usr/bin/env bash
# kiosk_alone_test.sh DEPS — the kiosk is configured where drogon never was, and nothing that builds it asks for drogon;
# the central service says there what it lacks.
set -euo pipefail
deps=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/bangwu-alone-XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; cat "$work/out" >&2; exit 1; }
mkdir "$work/deps"
ln -s "$deps/imgui" "$work/deps/imgui"
configure() { cmake -S "$root" -B "$work/build" -G Ninja -DBANGWU_DEPS="$work/deps" -DBANGWU_TESTS=OFF "$@" >"$work/out" 2>&1; }

configure -DBANGWU_CENTRAL=OFF || fail "the kiosk alone does not configure"
ninja -C "$work/build" -n bangwu-kiosk >"$work/out" 2>&1 || fail "there is no kiosk to build"
! grep -Eqi 'drogon|trantor' "$work/build/build.ninja" || fail "something of the kiosk asks for drogon"
! configure -DBANGWU_CENTRAL=ON || fail "the central service configures without drogon"
grep -q -e '-DBANGWU_CENTRAL=OFF' "$work/out" || fail "nobody says how to go on without drogon"
echo "ok"
