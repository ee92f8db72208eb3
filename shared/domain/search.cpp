#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalogue.h"
#include "domain/characters.h"

namespace bangwu::domain {
namespace {

// Longer than any name; what is typed beyond it cannot make a better match and must not make a slow one.
constexpr std::size_t kLongestQuery = 64;

enum class Rank { name_begins, name_contains, keyword, summary };

// A character of a name with the syllable it is spoken as; letters and digits have none.
struct Sound {
  char32_t character = 0;
  std::string syllable;
};

std::vector<Sound> sounds_of(std::string_view name, std::string_view pinyin) {
  std::vector<Sound> sounds;
  for (const char32_t c : fold(name)) {
    Sound sound{c, {}};
    if (is_hanzi(c)) {
      const auto end = std::min(pinyin.find(' '), pinyin.size());
      sound.syllable = pinyin.substr(0, end);
      pinyin.remove_prefix(std::min(end + 1, pinyin.size()));
    }
    sounds.push_back(std::move(sound));
  }
  return sounds;
}

// How many letters at query[at] begin the syllable: "shi" in "shipin" begins "shi" by 3.
std::size_t common_letters(const std::u32string& query, std::size_t at, const std::string& syllable) {
  std::size_t count = 0;
  while (count < syllable.size() && at + count < query.size() &&
         query[at + count] == static_cast<char32_t>(static_cast<unsigned char>(syllable[count]))) {
    ++count;
  }
  return count;
}

// Whether the query can be spent on the characters from `start` on: each takes itself, or one or more first letters of
// its syllable, so that Hanzi, full pinyin, initials and mixtures of them all match. reachable[i]: the characters so
// far can have taken exactly i of the query; that keeps the work at query × name.
bool matches_from(const std::vector<Sound>& sounds, std::size_t start, const std::u32string& query) {
  std::vector<bool> reachable(query.size() + 1, false);
  reachable[0] = true;
  for (std::size_t at = start; at < sounds.size() && !reachable[query.size()]; ++at) {
    std::vector<bool> next(query.size() + 1, false);
    for (std::size_t spent = 0; spent < query.size(); ++spent) {
      if (!reachable[spent]) continue;
      if (query[spent] == sounds[at].character) next[spent + 1] = true;
      for (std::size_t n = common_letters(query, spent, sounds[at].syllable); n > 0; --n) next[spent + n] = true;
    }
    reachable = std::move(next);
  }
  return reachable[query.size()];
}

std::optional<Rank> rank_in_name(std::string_view name, std::string_view pinyin, const std::u32string& query) {
  const auto sounds = sounds_of(name, pinyin);
  for (std::size_t start = 0; start < sounds.size(); ++start) {
    if (matches_from(sounds, start, query)) return start == 0 ? Rank::name_begins : Rank::name_contains;
  }
  return std::nullopt;
}

bool contains(std::string_view text, const std::u32string& query) {
  return fold(text).find(query) != std::u32string::npos;
}

std::optional<Rank> rank_of(const Item& item, const std::u32string& query) {
  if (const auto rank = rank_in_name(item.name, item.pinyin, query)) return rank;
  const bool in_keywords = std::any_of(item.keywords.begin(), item.keywords.end(),
                                       [&](const std::string& keyword) { return contains(keyword, query); });
  if (in_keywords) return Rank::keyword;
  if (contains(item.summary, query)) return Rank::summary;
  return std::nullopt;
}

std::optional<Rank> rank_of(const Bundle& bundle, const std::u32string& query) {
  if (const auto rank = rank_in_name(bundle.name, bundle.pinyin, query)) return rank;
  if (contains(bundle.summary, query)) return Rank::summary;
  return std::nullopt;
}

}  // namespace

std::vector<Found> search(const Catalogue& catalogue, std::string_view query) {
  const auto folded = fold(query).substr(0, kLongestQuery);
  if (folded.empty()) return {};
  struct Ranked {
    Rank rank;
    Found found;
  };
  std::vector<Ranked> hits;
  for (const auto& item : catalogue.items) {
    if (const auto rank = rank_of(item, folded)) hits.push_back({*rank, {item.code, false}});
  }
  for (const auto& bundle : catalogue.bundles) {
    if (const auto rank = rank_of(bundle, folded)) hits.push_back({*rank, {bundle.code, true}});
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  std::vector<Found> found;
  found.reserve(hits.size());
  for (auto& hit : hits) found.push_back(std::move(hit.found));
  return found;
}

}  // namespace bangwu::domain
