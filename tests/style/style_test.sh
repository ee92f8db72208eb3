#!/bin/bash
# style_test.sh SOURCE — the house's form, as far as it can be counted; prints what breaks it. What needs a parser is in
# .clang-tidy, how lines are broken in .clang-format.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$1"
shopt -s globstar
code=(shared/**/*.cpp shared/**/*.h kiosk/**/*.cpp kiosk/**/*.h central/**/*.cpp central/**/*.h)
broken=0

# complain RULE: what stands on standard input breaks it.
complain() {
  local places
  places=$(cat)
  [ -n "$places" ] || return 0
  printf '%s\n%s\n' "$1:" "$places"
  broken=1
}

complain 'no line over 120 columns' < <(grep -nP '^.{121,}' "${code[@]}" || true)
complain 'no file of code over 300 lines' < <(wc -l -- "${code[@]}" | awk '$2 ~ /\.cpp$/ && $1 > 300')
# Docstrings do not count, they are what a header is for; nor do lines that only name what is used.
complain 'no header with more than 120 lines of code' < <(for file in "${code[@]}"; do
  case $file in *.h) lines=$(grep -vcE '^\s*(//.*|#include .*)?$' "$file") && [ "$lines" -le 120 ] || echo "$file $lines" ;; esac
done)
complain 'no name that says nothing' < <(
  printf '%s\n' "${code[@]}" | grep -E '(/|_)(utils?|helpers?|managers?|commons?|misc)(/|_|\.)' || true
  grep -nE '\b(class|struct|enum class|namespace) \w*(Utils?|Helpers?|Manager|Misc)\b' "${code[@]}" || true)
complain 'a log event is called room.event' < <(
  grep -PzoH 'LogLevel::\w+,\s*"(?![a-z_]+\.[a-z_]+")[^"]*"' "${code[@]}" | tr '\0' '\n' || true)
# Samples of a table's rows stand under each other, their columns say what they are; kiosk/session is not there yet.
complain 'what an aggregate is given has names' < <(
  printf '%s\n' "${code[@]}" | grep -vE '/previews/|^kiosk/session/' | xargs -d '\n' grep -nP '\{(?=[^{}]*\b(true|false)\b)([^{}=]*, )?(true|false|nullptr|-?\d+)(, (true|false|nullptr|-?\d+)){1,}(, [^{}=]*)?\}' ||
    true)
exit "$broken"
