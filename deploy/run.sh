#!/usr/bin/env bash
# run.sh — 帮吾办 on this machine: a central service and one kiosk that belongs to it. See --help.
set -euo pipefail
called_from=$PWD
cd "$(dirname "$0")/.."
here=$PWD

help() {
  cat <<'TEXT'
deploy/run.sh [options]

On a fresh Debian 12 (root or sudo) installs what is needed and builds a release; then starts the central service on
loopback with an embedded database and keys of its own, makes one kiosk known to it and opens the kiosk in a window.
Without a display it starts a virtual one and shows it to a browser on this machine. Ctrl-C or closing the window
stops everything.

  --fullscreen     the kiosk fills the display
  --landscape      1920 × 1080 on a desk instead of 1080 × 1920 standing
  --size WxH       another size of the window
  --data DIR       where both keep their data (default: var)
  --virtual        a virtual display with browser access, even if there is a display
  --build DIR      run what is built there instead of building build/release
  --check          start everything, wait for the kiosk's first picture, print the addresses, stop; 0 when all went well
TEXT
}

fail() { echo "run.sh: $*" >&2; exit 1; }
say() { echo "run.sh: $*"; }

data=$here/var build="" size="" orientation=portrait
is_check=false is_virtual=false
kiosk_options=()
while [ $# -gt 0 ]; do
  case $1 in
    --fullscreen) kiosk_options+=(--fullscreen) ;;
    --landscape) orientation=landscape; kiosk_options+=(--landscape) ;;
    --size) size=${2:?--size needs WIDTHxHEIGHT}; shift ;;
    --data) data=$(cd "$called_from" && realpath -m "${2:?--data needs a folder}"); shift ;;
    --build) build=$(cd "$called_from" && realpath -m "${2:?--build needs a folder}"); shift ;;
    --virtual) is_virtual=true ;;
    --check) is_check=true ;;
    --help | -h) help; exit 0 ;;
    *) help >&2; exit 2 ;;
  esac
  shift
done
[[ -z $size || $size =~ ^[0-9]+x[0-9]+$ ]] || fail "--size is WIDTHxHEIGHT in pixels, e.g. 1080x1920"
[ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ] || is_virtual=true

# --- One at a time on one data folder. The lock goes with this process, however it ends.
mkdir -p "$data/log"
chmod 700 "$data"
exec 8>"$data/lock"
flock -n 8 || fail "$data is in use by another run.sh; stop that one or give another --data"

# --- Everything that is started ends with us: each child is a process group of its own, and the kernel ends it even if
# this script is killed.
children=()  # newest last: "pid name"
start() {    # start NAME LOG COMMAND...
  local name=$1 log=$2
  shift 2
  setsid setpriv --pdeathsig TERM -- "$@" >>"$log" 2>&1 8>&- </dev/null &
  children+=("$! $name")
}
is_alive() { kill -0 "$1" 2>/dev/null; }
stop_all() {
  local i pid name
  for ((i = ${#children[@]} - 1; i >= 0; i--)); do
    read -r pid name <<<"${children[i]}"
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || continue
    for _ in {1..150}; do is_alive "$pid" || break; sleep 0.1; done
    is_alive "$pid" && { echo "run.sh: $name does not end, killing it" >&2; kill -KILL -- "-$pid" 2>/dev/null || true; }
    wait "$pid" 2>/dev/null || true
  done
  children=()
}
finish() {
  local code=$?
  trap - EXIT INT TERM HUP
  [ ${#children[@]} -eq 0 ] || say "stopping"
  stop_all
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

tell_why() {  # tell_why WHAT LOG: a child ended or did not come up
  echo "run.sh: $1. The end of $2:" >&2
  tail -n 12 "$2" >&2 || true
  exit 1
}
wait_until() {  # wait_until SECONDS PID CONDITION...: 0 once the condition holds, 1 when the time is up or PID has ended
  local until=$((SECONDS + $1)) pid=$2
  shift 2
  while ! "$@"; do
    is_alive "$pid" && [ "$SECONDS" -lt "$until" ] || return 1
    sleep 0.1
  done
}
port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() {  # free_port FROM: the first one nobody listens on
  local port
  for ((port = $1; port < $1 + 200; port++)); do port_answers "$port" || { echo "$port"; return; }; done
  fail "no free port from $1 on"
}

# --- Packages and programs
lists=(run)
[ -n "$build" ] || lists+=(build)
$is_virtual && lists+=(display)
deploy/install-packages.sh "${lists[@]}"
if [ -z "$build" ]; then
  build=$here/build/release
  deploy/build-release.sh "$data/log/build.log"
fi
central=$build/central/bangwu-central
kiosk=$build/kiosk/bangwu-kiosk
[ -x "$central" ] || fail "$central is missing"
[ -x "$kiosk" ] || fail "$kiosk is missing"

# --- The central service. Its port is kept: the kiosk's enrolment names it.
central_log=$data/log/central.log kiosk_log=$data/log/kiosk.log display_log=$data/log/display.log
mkdir -p "$data/central" "$data/kiosk"
central_is_up() {
  [ -s "$data/central/port" ] || return 1
  port=$(<"$data/central/port")
  curl --silent --fail --max-time 2 --cacert "$data/central/tls/ca.crt" "https://localhost:$port/v1/health" >/dev/null
}
start_central() {  # start_central PORT
  rm -f "$data/central/port"
  start "the central service" "$central_log" \
    "$central" serve --config config/central.toml --data "$data/central" --port "$1"
  central_pid=${children[-1]%% *}
  wait_until 60 "$central_pid" central_is_up
}
: >"$central_log"
if [ -s "$data/central-port" ]; then
  wanted=$(<"$data/central-port")
  ! port_answers "$wanted" || fail "port $wanted, which this data folder's kiosk knows, is taken by another program; stop it"
  start_central "$wanted" || tell_why "the central service did not start" "$central_log"
else
  start_central "$(free_port 8443)" || tell_why "the central service did not start" "$central_log"
  echo "$port" >"$data/central-port"
fi
url=https://localhost:$port
say "central service: $url (log: $central_log)"

# --- The kiosk belongs to it
if [ ! -s "$data/kiosk/identity/identity.json" ]; then
  name="kiosk-$(hostname -s 2>/dev/null || echo 1)"
  code=$("$central" enrol --config config/central.toml --data "$data/central" --name "$name" 2>>"$central_log" |
    awk '$1 == "code" || $1 == "code:" { print $2; exit }') || true
  [ -n "$code" ] || tell_why "the kiosk could not be enrolled" "$central_log"
  printf '%s\n' "$code" |
    "$kiosk" enrol --url "$url" --ca "$data/central/tls/ca.crt" --code - --data "$data/kiosk" >>"$kiosk_log" 2>&1 || tell_why "the kiosk could not be enrolled" "$kiosk_log"
  say "kiosk '$name' is enrolled"
fi

# --- A display, if there is none
if $is_virtual; then
  [ -n "$size" ] || { [ $orientation = portrait ] && size=1080x1920 || size=1920x1080; }
  : >"$display_log"
  number_file=$data/display-number
  rm -f "$number_file"
  start "the virtual display" "$display_log" \
    bash -c 'exec Xvfb -displayfd 7 -screen 0 "$1x24" -nolisten tcp -noreset 7>"$2"' - "$size" "$number_file"
  wait_until 15 "${children[-1]%% *}" test -s "$number_file" || tell_why "the virtual display did not start" "$display_log"
  DISPLAY=:$(<"$number_file")
  export DISPLAY
  unset WAYLAND_DISPLAY
  rfb_port=$(free_port 5900)
  start "x11vnc" "$display_log" x11vnc -display "$DISPLAY" -localhost -rfbport "$rfb_port" -no6 -nopw -forever -shared \
    -quiet -noxdamage -cursor none
  wait_until 15 "${children[-1]%% *}" port_answers "$rfb_port" || tell_why "x11vnc did not start" "$display_log"
  web_port=$(free_port 6080)
  start "websockify" "$display_log" websockify --web /usr/share/novnc "127.0.0.1:$web_port" "127.0.0.1:$rfb_port"
  wait_until 15 "${children[-1]%% *}" port_answers "$web_port" || tell_why "websockify did not start" "$display_log"
fi

# --- The kiosk's window
[ -z "$size" ] || kiosk_options+=(--size "$size")
: >"$kiosk_log"
start "the kiosk" "$kiosk_log" \
  "$kiosk" run --config config/kiosk.toml --data "$data/kiosk" --development ${kiosk_options[@]+"${kiosk_options[@]}"}
kiosk_pid=${children[-1]%% *}
wait_until 60 "$kiosk_pid" grep -q 'kiosk.first_picture' "$kiosk_log" || tell_why "the kiosk did not start" "$kiosk_log"
say "kiosk: open (log: $kiosk_log)"
! $is_virtual || say "look at it: http://127.0.0.1:$web_port/vnc.html?autoconnect=true&resize=scale"
! $is_check || { say "all is well"; exit 0; }

say "Ctrl-C stops everything"
ended=0
wait -n -p ended_pid "$kiosk_pid" "$central_pid" 2>/dev/null || ended=$?
[ "$ended_pid" = "$kiosk_pid" ] || tell_why "the central service ended with code $ended" "$central_log"
[ "$ended" = 0 ] || tell_why "the kiosk ended with code $ended" "$kiosk_log"
say "the window was closed"
