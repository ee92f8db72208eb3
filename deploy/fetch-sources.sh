#!/usr/bin/env bash
# fetch-sources.sh NAME... — unpack the sources of libraries that Debian 12 has too old or not at all, from Debian's
# newer suites, into $BANGWU_DEPS (default .deps) beside the project. NAME: imgui, trantor, drogon.
#
# apt checks every file against Debian's signed release files, in a state folder of its own: no suite is added to the
# system. Every version is also checked against a sha256 kept here: one that has none is refused. When a suite has moved
# on, look at the new version, then pin it here; BANGWU_UNPINNED=1 takes it once without.
set -euo pipefail
cd "$(dirname "$0")/.."
deps=$(realpath -m "${BANGWU_DEPS:-.deps}")
suites=${BANGWU_SUITES:-"forky sid"}
state=$deps/apt

series_of()  { case $1 in imgui) echo 1.92 1.93~;; trantor) echo 1.5 1.6~;; drogon) echo 1.9 1.10~;; esac; }
pin_of()     { case $1 in imgui) echo 1.92.2b+ds-1;; trantor) echo 1.5.28+ds-2;; drogon) echo 1.9.13+ds-2;; esac; }
sha256_of()  { case $1 in
  imgui) echo e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48;;
  trantor) echo e71bd9026f8b3e8c600a624c7c0a2d1d95430fea690515b0449b0dccc99b1300;;
  drogon) echo b10f86962c0da39a38c41cf6280d42686f4c2b250513b42973e94f655440170a;;
esac; }

missing=()
for name in "$@"; do
  [ -n "$(pin_of "$name")" ] || { echo "fetch-sources: unknown library '$name'; known: imgui trantor drogon" >&2; exit 2; }
  if [ -f "$deps/$name/.version" ]; then echo "$name $(cat "$deps/$name/.version") is there"; else missing+=("$name"); fi
done
[ ${#missing[@]} -gt 0 ] || exit 0

# The same mirror the system itself uses for Debian 12.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | sort -u | head -n1)
if [ -z "$mirror" ]; then
  echo "fetch-sources: no Debian 12 archive is configured; run 'apt-get update' as root first" >&2; exit 1
fi
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/download"
for suite in $suites; do
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
done > "$state/sources.list"
apt=(-o "Dir::Etc::sourcelist=$state/sources.list" -o Dir::Etc::sourceparts=/dev/null
     -o "Dir::State::lists=$state/lists" -o "Dir::Cache=$state/cache" -o "APT::Sandbox::User=$(id -un)"
     -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Get::AllowUnauthenticated=false -q
     # A mirror that lags behind will do: signatures are checked all the same, and the pinned version by its sha256.
     -o Acquire::Check-Valid-Until=false)
apt-get "${apt[@]}" update >&2 || echo "fetch-sources: some suite did not update; trying with what is there" >&2

pick_version() {  # pick_version NAME -> the pinned version, or the newest of its series
  local name=$1 pin low high best="" version
  pin=$(pin_of "$name"); read -r low high <<<"$(series_of "$name")"
  while read -r version; do
    [ "$version" = "$pin" ] && { echo "$pin"; return; }
    if dpkg --compare-versions "$version" ge "$low" && dpkg --compare-versions "$version" lt "$high"; then
      if [ -z "$best" ] || dpkg --compare-versions "$version" gt "$best"; then best=$version; fi
    fi
  done < <(apt-cache "${apt[@]}" showsrc --only-source "$name" | sed -n 's/^Version: //p' | sort -u)
  [ -n "$best" ] || return 0
  if [ "${best%-*}" != "${pin%-*}" ] && [ "${BANGWU_UNPINNED:-0}" != 1 ]; then
    echo "fetch-sources: $name $pin is gone and $best has no sha256 here. Look at it, then pin version and sha256 in" >&2
    echo "  deploy/fetch-sources.sh; to take it once as it is: BANGWU_UNPINNED=1" >&2
    return 0
  fi
  echo "fetch-sources: $name $pin is gone, taking $best" >&2
  echo "$best"
}

for name in "${missing[@]}"; do
  version=$(pick_version "$name")
  [ -n "$version" ] || { echo "fetch-sources: no usable $name in: $suites" >&2; exit 1; }
  ( cd "$state/download" && apt-get "${apt[@]}" source --download-only "$name=$version" >&2 )
  tarball=$(ls "$state/download/${name}_${version%-*}".orig.tar.* | grep -v '\.asc$' | head -n1)
  # the sha256 is of upstream's tarball: a newer Debian revision of the same version carries the same one
  pinned=$(pin_of "$name")
  if [ "${version%-*}" = "${pinned%-*}" ]; then echo "$(sha256_of "$name")  $tarball" | sha256sum --check --quiet -; fi
  rm -rf "$deps/$name.new"; mkdir -p "$deps/$name.new"
  tar -xf "$tarball" -C "$deps/$name.new" --strip-components=1
  echo "$version" > "$deps/$name.new/.version"
  rm -rf "${deps:?}/$name"; mv "$deps/$name.new" "$deps/$name"
  echo "$name $version fetched"
done
rm -rf "$state"
