#!/usr/bin/env bash
# update-translations.sh — collect the words of the screens (tr, trf, tr_noop in the kiosk's sources: bangwu.po) and of the
# shipped items and hall (config/catalogue, [hall] of config/kiosk.toml: catalogue.po) and merge them into every folder of
# assets/translations: new ones come with an empty msgstr, those no longer used are dropped, and an empty folder gets both
# files. Chinese is its own translation.
# update-translations.sh --check changes nothing and fails when a word of the screens has no entry or an entry no translation.
# The items' words are read by bangwu-catalogue, so something must be built; of those a test finds what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find kiosk -name '*.cpp' -o -name '*.h' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C++ \
  --keyword --keyword=tr --keyword=trf --keyword=tr_noop --no-wrap --add-location=file -o - |
  sed '/^"POT-Creation-Date:/d' >"$work/bangwu.pot"

merged() {  # merged LANGUAGE DOMAIN: the .po as it should be
  local po=assets/translations/$1/$2.po old=$work/old.po
  if [ -f "$po" ]; then sed '/^"POT-Creation-Date:/d' "$po" >"$old"; else header "$1" >"$old"; fi
  msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file "$old" "$work/$2.pot" -o - |
    msgattrib --no-obsolete --no-wrap - |
    if [ "$1" = zh_CN ]; then msgen --no-wrap -; else cat; fi
}
header() {
  printf '%s\n' 'msgid ""' 'msgstr ""' "\"Language: $1\\n\"" '"MIME-Version: 1.0\n"' \
    '"Content-Type: text/plain; charset=UTF-8\n"' '"Content-Transfer-Encoding: 8bit\n"'
}

hall_words() {  # what the hall and its zone are called, also while a line is commented out
  header any
  sed -nE '/^\[hall\]/,/^$/s/^(# )?(name|zone) = "(.*)"$/\n#. config\/kiosk.toml \2\nmsgid "\3"\nmsgstr ""/p' config/kiosk.toml
}

check() {  # every language: what lacks a translation
  local language missing failed=0
  for language in "$@"; do
    merged "$language" bangwu >"$work/merged.po"
    missing=$(msgattrib --untranslated --no-wrap "$work/merged.po" | grep '^msgid "..*"' || true)
    [ -n "$missing" ] || continue
    echo "assets/translations/$language/bangwu.po: $(wc -l <<<"$missing") words without a translation:" >&2
    echo "$missing" >&2
    failed=1
  done
  return $failed
}

update() {
  local tool language domain
  tool=$(ls -t build/*/shared/catalogue/bangwu-catalogue 2>/dev/null | head -n 1)
  [ -n "$tool" ] || { echo "update-translations.sh: build first: bangwu-catalogue lists the items' words" >&2; exit 1; }
  "$tool" pot config/catalogue >"$work/items.pot"
  hall_words >"$work/hall.pot"
  msgcat --use-first --no-wrap "$work/items.pot" "$work/hall.pot" -o "$work/catalogue.pot"
  for language in "$@"; do
    for domain in bangwu catalogue; do
      merged "$language" "$domain" >"$work/merged.po"
      cp "$work/merged.po" "assets/translations/$language/$domain.po"
      echo "assets/translations/$language/$domain.po: $(msgfmt --statistics -o /dev/null "$work/merged.po" 2>&1)"
    done
  done
}

mapfile -t languages < <(find assets/translations -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | LC_ALL=C sort)
if [ "${1:-}" = --check ]; then check "${languages[@]}"; else update "${languages[@]}"; fi
