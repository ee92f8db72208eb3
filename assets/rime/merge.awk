# merge.awk — one simplified dictionary of several sources, for rime. Bytes (LC_ALL=C), fields by tab. Reads, in order,
#   essay=1 plain    characters and phrases with their frequency, in traditional characters as published
#   luna            text, code, share of the frequency ("99.9%", empty: all), traditional
#   simplified      the same lines of luna converted, so that line n stands beside line n
#   own words       text, code, weight
# and writes text, code, weight: what falls together in simplified characters is added up, our own weight is a floor.
BEGIN { FS = OFS = "\t" }
part == "essay" { frequency[$1] = $2; next }
part == "luna" { share[++rows] = weight_of($1, $3); next }
part == "simplified" {
  row++
  if ($1 ~ /^\343\204/ || $2 == "" || $2 == "xx") next           # Zhuyin letters, characters without a reading
  sum[$1 OFS $2] += share[row]
  next
}
part == "own" && NF == 3 && $3 ~ /^[0-9]+$/ { if (sum[$1 OFS $2] < $3) sum[$1 OFS $2] = $3 }
END { for (entry in sum) printf "%s\t%d\n", entry, sum[entry] + 0.5 }
function weight_of(text, percent) { return frequency[text] * (percent == "" ? 100 : percent + 0) / 100 }
