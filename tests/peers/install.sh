#!/usr/bin/env bash
# install.sh — the foreign programs of this folder, as package-lock.json names them; nothing to do when they are there.
set -euo pipefail
cd "$(dirname "$0")"
stamp=node_modules/.installed
wanted=$(sha256sum package.json package-lock.json)  # not their times: a kept folder may be newer than what it was made from
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  npm ci --no-audit --no-fund --loglevel=error
  echo "$wanted" >"$stamp"
fi
