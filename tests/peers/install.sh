#!/usr/bin/env bash
# install.sh — the foreign programs of this folder, as package-lock.json names them; nothing to do when they are there.
set -euo pipefail
cd "$(dirname "$0")"
stamp=node_modules/.installed
if [ ! -f "$stamp" ] || [ package.json -nt "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch "$stamp"
fi
