#!/usr/bin/env bash
# hardening_test.sh BUILD PROGRAM... — each program is loaded at a random place with read-only tables, no executable
# stack, guarded stacks, checked buffers, and (x86-64) landing pads for indirect jumps.
set -euo pipefail
build=$1
shift
failed=0
complain() { echo "$1: $2" >&2; failed=1; }
for program in "$@"; do
  headers=$(readelf --wide --file-header --program-headers --dynamic --notes "$program")
  symbols=$(nm --dynamic "$program")
  grep -q 'Type: *DYN' <<<"$headers" || complain "$program" "is not position independent"
  grep -q 'GNU_RELRO' <<<"$headers" && grep -qE 'BIND_NOW|\bNOW\b' <<<"$headers" || complain "$program" "its tables stay writable"
  ! grep -E 'GNU_STACK' <<<"$headers" | grep -q 'RWE' || complain "$program" "has an executable stack"
  grep -q '__stack_chk_fail' <<<"$symbols" || complain "$program" "has no stack protector"
  grep -qE '__[a-z]+_chk\b' <<<"$symbols" || complain "$program" "has no checked buffers"
done
grep -q -- '-fcf-protection=full' "$build/compile_commands.json" || [ "$(uname -m)" != x86_64 ] ||
  complain "$build" "is compiled without landing pads"
exit $failed
