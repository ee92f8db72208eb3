#!/usr/bin/env bash
# new_language_test.sh PROGRAM — a folder without words is refused by the check, then filled with every word, none of them
# translated; the languages that are there keep theirs. PROGRAM: bangwu-catalogue.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/assets" "$scratch/build/any/shared/catalogue"
cp -r kiosk config deploy "$scratch"
cp -r assets/translations "$scratch/assets"
cp "$1" "$scratch/build/any/shared/catalogue/bangwu-catalogue"
cd "$scratch"

fail() { echo "new_language_test.sh: $*" >&2; exit 1; }
count() { msgattrib "$1" --no-wrap "$2" | grep -c '^msgid "..*"' || true; }

mkdir assets/translations/xx
said=$(deploy/update-translations.sh --check 2>&1) && fail "a language without words passed the check"
grep -q '^assets/translations/xx/bangwu.po: [0-9]* words without a translation' <<<"$said" || fail "the check said: $said"
[ ! -e assets/translations/xx/bangwu.po ] || fail "the check changed something"
deploy/update-translations.sh >/dev/null
for domain in bangwu catalogue; do
  new=assets/translations/xx/$domain.po english=assets/translations/en/$domain.po
  [ "$(count --translated "$new")" -eq 0 ] || fail "$new begins with translations"
  [ "$(count --untranslated "$new")" -eq "$(count --translated "$english")" ] || fail "$new has not every word"
  [ "$(count --untranslated "$english")" -eq 0 ] || fail "$english has lost translations"
done
