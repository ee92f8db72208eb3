#!/usr/bin/env bash
# install-packages.sh LIST... — installs what is missing of deploy/packages/LIST.txt. LIST: build, run, test, display.
# Says nothing and needs neither root nor network when nothing is missing.
set -euo pipefail
folder=$(cd "$(dirname "$0")/packages" && pwd)
[ $# -gt 0 ] || { echo "usage: install-packages.sh LIST...; lists: $(cd "$folder" && echo *.txt | sed 's/\.txt//g')" >&2; exit 2; }

lists=()
for name in "$@"; do
  [ -f "$folder/$name.txt" ] || { echo "install-packages: there is no list '$name' in deploy/packages" >&2; exit 2; }
  lists+=("$folder/$name.txt")
done

# What another package provides counts as there (nodejs of other vendors brings npm).
missing() {
  { dpkg-query -W -f='${db:Status-Status}|${Package}, ${Provides}\n' | sed -n 's/^installed|//p'
    echo "--"
    sed 's/#.*//' "${lists[@]}"
  } | awk '
    $0 == "--" { wanted = 1; next }
    !wanted { n = split($0, names, /, */); for (i = 1; i <= n; i++) { sub(/ .*/, "", names[i]); there[names[i]] = 1 }; next }
    NF && !there[$1] && !said[$1]++ { print $1 }'
}

mapfile -t packages < <(missing)
[ ${#packages[@]} -gt 0 ] || exit 0
echo "Installing ${#packages[@]} packages: ${packages[*]}" >&2

if [ "$(id -u)" = 0 ]; then as_root=()
elif command -v sudo >/dev/null; then as_root=(sudo)
else
  echo "install-packages: these packages are missing and this is neither root nor is sudo here. As root, run:" >&2
  echo "  apt-get update && apt-get install ${packages[*]}" >&2
  exit 1
fi

apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Acquire::Retries=2)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
update() { echo "Reading the package lists (apt-get update)" >&2; "${as_root[@]}" "${apt[@]}" update >"$log" 2>&1; }
install() { "${as_root[@]}" "${apt[@]}" install --no-install-recommends "${packages[@]}" >"$log" 2>&1; }

is_known() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }
is_known "${packages[0]}" || update || true
if ! install; then
  # Lists that are out of date name files that are gone.
  if ! { update && install; }; then
    tail -n 15 "$log" >&2
    echo "install-packages: apt-get could not install these packages. Is the network there, and is a Debian 12 archive" >&2
    echo "in /etc/apt/sources.list? What it said stands above; to see all of it: apt-get install ${packages[*]}" >&2
    exit 1
  fi
fi
