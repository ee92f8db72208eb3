#!/usr/bin/env bash
# update-translations.sh — collect the UI's words (tr, trf, tr_noop) from the kiosk's sources and merge them into
# assets/translations/<language>/bangwu.po: new ones come with an empty msgstr, those no longer used are dropped.
# update-translations.sh --check changes nothing and fails when a word has no entry or an entry has no translation.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

find kiosk -name '*.cpp' -o -name '*.h' | LC_ALL=C sort | xgettext --files-from=- --from-code=UTF-8 --language=C++ \
  --keyword --keyword=tr --keyword=trf --keyword=tr_noop --no-wrap --add-location=file -o "$work/bangwu.pot"

failed=0
for po in assets/translations/*/bangwu.po; do
  msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file "$po" "$work/bangwu.pot" -o "$work/merged.po"
  msgattrib --no-obsolete --no-wrap "$work/merged.po" -o "$work/kept.po"
  if [ "${1:-}" = --check ]; then
    missing=$(msgattrib --untranslated --no-wrap "$work/kept.po" | grep -c '^msgid "..*"' || true)
    if [ "$missing" -gt 0 ]; then
      echo "$po: $missing words without a translation:" >&2
      msgattrib --untranslated --no-wrap "$work/kept.po" | grep '^msgid "..*"' >&2
      failed=1
    fi
  else
    cp "$work/kept.po" "$po"
    echo "$po: $(msgfmt --statistics -o /dev/null "$po" 2>&1)"
  fi
done
exit $failed
