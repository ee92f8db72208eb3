#!/bin/sh
# build.sh SOURCES OUTPUT — compiles the kiosk's pinyin data with rime_deployer, so that no kiosk ever deploys anything.
# SOURCES is this folder; the general vocabulary is Debian's rime-data-luna-pinyin and rime-essay, converted here to
# simplified characters. OUTPUT holds afterwards only what librime reads: build/*.bin and two compiled settings files.
set -eu
sources=$1
output=$2
public=${RIME_DATA:-/usr/share/rime-data}
export LC_ALL=C
for file in "$public/luna_pinyin.dict.yaml" "$public/essay.txt"; do
  [ -r "$file" ] || { echo "rime: $file is missing; install rime-data-luna-pinyin and rime-essay" >&2; exit 1; }
done
work=$output.work
rm -rf "$work" "$output.new"
mkdir -p "$work/user" "$output.new/build"
trap 'rm -rf "$work"' EXIT

simplify() { opencc -c t2s.json -i "$1" -o "$2"; }
grep '	' "$public/essay.txt" > "$work/essay"
sed '1,/^\.\.\./d' "$public/luna_pinyin.dict.yaml" | grep '	' > "$work/luna"
simplify "$work/essay" "$work/essay.hans"
simplify "$work/luna" "$work/luna.hans"
{
  printf -- '---\nname: bangwu\nversion: "1"\nsort: by_weight\nuse_preset_vocabulary: true\nvocabulary: essay_hans\n...\n\n'
  awk -f "$sources/merge.awk" part=essay "$work/essay" part=luna "$work/luna" part=simplified "$work/luna.hans" \
    part=own "$sources/places.dict.yaml" "$sources/items.dict.yaml" "$sources/surnames.dict.yaml" \
    "$sources/names.dict.yaml" | sort
} > "$work/bangwu.dict.yaml"
awk -F'\t' -v OFS='\t' '{ sum[$1] += $2 } END { for (text in sum) print text, sum[text] }' "$work/essay.hans" |
  sort > "$work/essay_hans.txt"
cp "$sources/bangwu.schema.yaml" "$sources/default.yaml" "$work/"

rime_deployer --build "$work/user" "$work" "$output.new/build" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
for file in bangwu.table.bin bangwu.prism.bin bangwu.schema.yaml default.yaml; do
  [ -s "$output.new/build/$file" ] || { cat "$work/log" >&2; echo "rime: $file was not built" >&2; exit 1; }
done
rm -rf "$output"
mv "$output.new" "$output"
