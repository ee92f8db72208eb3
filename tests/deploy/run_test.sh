#!/usr/bin/env bash
# run_test.sh BUILD — deploy/run.sh with the programs of BUILD, in a data folder of its own: starts, shows the kiosk to a
# browser, refuses a second start, keeps the enrolment, stops everything.
set -euo pipefail
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$(mktemp -d "${TMPDIR:-/tmp}/bangwu-run-XXXXXX")
out=$data.out
running=""
# Whatever happens, nothing is left behind.
clean() { [ -z "$running" ] || kill -TERM "$running" 2>/dev/null || true; wait || true; rm -rf "$data" "$out"; }
trap clean EXIT
fail() { echo "FAILED: $*" >&2; cat "$out" "$data"/log/*.log >&2 2>/dev/null || true; exit 1; }
run=("$root/deploy/run.sh" --build "$build" --data "$data" --virtual)
processes() { pgrep -af -- "$data" | grep -v run_test.sh || true; }

"${run[@]}" --check >"$out" 2>&1 || fail "the first start"
grep -q 'is enrolled' "$out" || fail "the first start enrols the kiosk"
grep -q 'all is well' "$out" || fail "the first start says that all is well"
[ -z "$(processes)" ] || fail "left after --check: $(processes)"

"${run[@]}" >"$out" 2>&1 &
running=$!
for _ in {1..600}; do ! grep -q 'Ctrl-C' "$out" || break; kill -0 $running || fail "the second start"; sleep 0.1; done
! grep -q 'is enrolled' "$out" || fail "the enrolment was not kept"
address=$(grep -oE 'http://127[^ ?]*' "$out") || fail "no address for a browser"
# Not into a pipe: a reader that has seen enough would end curl with an error.
page=$(curl --silent --fail "$address") && grep -qi novnc <<<"$page" || fail "no browser can look at the kiosk at $address"
if "${run[@]}" --check >"$data/second.out" 2>&1; then fail "two at once on one data folder"; fi
grep -q 'in use' "$data/second.out" || fail "a second start says why it does not"
kill -0 $running || fail "a second start ended the first"

kill -TERM $running
code=0
wait $running || code=$?
running=""
[ $code = 143 ] || fail "TERM ends with $code"
[ -z "$(processes)" ] || fail "left after TERM: $(processes)"
echo "ok"
