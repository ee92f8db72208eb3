#include "domain/search.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <utility>

#include "domain/characters.h"
#include "domain/sound_match.h"

namespace bangwu::domain {
namespace {

using Phrase = SearchIndex::Phrase;
using Entry = SearchIndex::Entry;

// Longer than any name; what is typed beyond it cannot make a better match and must not make a slow one.
constexpr std::size_t kLongestQuery = 64;

// What an English word must have to be looked for by its beginning; shorter ones begin half of the catalogue.
constexpr std::size_t kShortestWord = 2, kLettersForASlip = 5;

enum class Slips { none, one };
enum class Place { name_begins, whole_keyword, name_contains, keyword_begins, keyword_contains, summary };

// The lower, the better; compared member by member.
struct Rank {
  int slips = 0, alike = 0;
  bool has_initials = false;
  Place place = Place::summary;
  int initials = 0;
  std::size_t name_length = 0;
  auto operator<=>(const Rank&) const = default;
};

struct Query {
  std::u32string folded;
  std::vector<std::u32string> words;  ///< as typed with spaces between
};

Phrase phrase_of(std::string_view text, std::string_view pinyin) {
  Phrase phrase;
  for (const char32_t c : fold(text)) {
    SearchIndex::Sound sound{c, {}};
    if (is_hanzi(c)) {
      const auto end = std::min(pinyin.find(' '), pinyin.size());
      sound.syllable = pinyin.substr(0, end);
      pinyin.remove_prefix(std::min(end + 1, pinyin.size()));
    }
    phrase.push_back(std::move(sound));
  }
  return phrase;
}

std::vector<std::u32string> words_of(std::string_view text) {
  static constexpr std::array<std::u32string_view, 7> kLittle{U"a", U"an", U"the", U"of", U"for", U"to", U"and"};
  std::vector<std::u32string> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" -/,()", at), text.size());
    auto word = fold(text.substr(at, end - at));
    const bool is_little = std::find(kLittle.begin(), kLittle.end(), word) != kLittle.end();
    if (!word.empty() && !is_little) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

template <class Listed>
Entry entry_of(const Listed& listed, Found found, const SearchIndex::Translate& english) {
  Entry entry{.found = std::move(found),
              .name = phrase_of(listed.name, listed.pinyin),
              .keywords = {},
              .summary = {},
              .english_words = {}};
  for (const auto& keyword : listed.keywords) entry.keywords.push_back(phrase_of(keyword.text, keyword.pinyin));
  const auto translated = english(listed.name);
  if (translated != listed.name) entry.english_words = words_of(translated);
  return entry;
}

Rank rank_of(const Fit& fit, Place place, Slips slips, const Entry& entry) {
  return {.slips = slips == Slips::one ? 1 : 0,
          .alike = fit.alike,
          .has_initials = fit.initials > 0,
          .place = place,
          .initials = fit.initials,
          .name_length = entry.name.size()};
}

void keep_better(std::optional<Rank>& best, const Rank& rank) {
  if (!best || rank < *best) best = rank;
}

Place place_in_keyword(const Fit& fit) {
  if (fit.start > 0) return Place::keyword_contains;
  return fit.is_whole ? Place::whole_keyword : Place::keyword_begins;
}

bool begins(std::u32string_view word, std::u32string_view typed, Slips slips) {
  if (typed.size() < kShortestWord) return false;
  if (word.starts_with(typed)) return true;
  return slips == Slips::one && typed.size() >= kLettersForASlip && begins_but_one(word, typed);
}

// Each word that was typed begins a word of the name, in any order.
bool has_english(const Entry& entry, const Query& query, Slips slips) {
  return !query.words.empty() && std::all_of(query.words.begin(), query.words.end(), [&](const auto& typed) {
    return std::any_of(entry.english_words.begin(), entry.english_words.end(),
                       [&](const auto& word) { return begins(word, typed, slips); });
  });
}

std::optional<Rank> rank_of(const Entry& entry, const Query& query, Slips slips) {
  const auto fit_of = [&](const Phrase& phrase) {
    return slips == Slips::none ? fit(phrase, query.folded) : fit_but_one(phrase, query.folded);
  };
  std::optional<Rank> best;
  if (const auto fit = fit_of(entry.name))
    keep_better(best, rank_of(*fit, fit->start == 0 ? Place::name_begins : Place::name_contains, slips, entry));
  for (const auto& keyword : entry.keywords) {
    if (const auto fit = fit_of(keyword)) keep_better(best, rank_of(*fit, place_in_keyword(*fit), slips, entry));
  }
  if (has_english(entry, query, slips)) keep_better(best, rank_of({}, Place::name_contains, slips, entry));
  if (slips == Slips::none && entry.summary.find(query.folded) != std::u32string::npos)
    keep_better(best, rank_of({}, Place::summary, slips, entry));
  return best;
}

std::vector<Found> find(const std::vector<Entry>& entries, const Query& query, Slips slips) {
  std::vector<std::pair<Rank, const Found*>> hits;
  for (const auto& entry : entries) {
    if (const auto rank = rank_of(entry, query, slips)) hits.emplace_back(*rank, &entry.found);
  }
  std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Found> found;
  found.reserve(hits.size());
  for (const auto& [rank, hit] : hits) found.push_back(*hit);
  return found;
}

// What people say around the thing they want.
std::u32string without_small_talk(std::u32string_view typed) {
  static constexpr std::array<std::u32string_view, 16> kBefore{U"我想要", U"我要",   U"我想", U"想要", U"怎么", U"怎样",
                                                               U"如何",   U"在哪里", U"哪里", U"申请", U"办理", U"补办",
                                                               U"领取",   U"办个",   U"办",   U"开"};
  static constexpr std::array<std::u32string_view, 8> kAfter{U"怎么办理", U"怎么办", U"在哪里办", U"在哪办",
                                                             U"办理",     U"的",     U"吗",       U"呢"};
  for (bool is_shorter = true; is_shorter;) {
    is_shorter = false;
    for (const auto word : kBefore) {
      if (typed.size() > word.size() && typed.starts_with(word)) typed.remove_prefix(word.size()), is_shorter = true;
    }
    for (const auto word : kAfter) {
      if (typed.size() > word.size() && typed.ends_with(word)) typed.remove_suffix(word.size()), is_shorter = true;
    }
  }
  return std::u32string(typed);
}

}  // namespace

SearchIndex::SearchIndex(const Catalogue& catalogue, const Translate& english) {
  entries_.reserve(catalogue.items.size() + catalogue.bundles.size() + catalogue.elsewhere.size());
  for (const auto& item : catalogue.items) {
    entries_.push_back(entry_of(item, {item.code, Found::Kind::item}, english));
    entries_.back().summary = fold(item.summary);
  }
  for (const auto& bundle : catalogue.bundles) {
    entries_.push_back(entry_of(bundle, {bundle.code, Found::Kind::bundle}, english));
    entries_.back().summary = fold(bundle.summary);
  }
  for (const auto& thing : catalogue.elsewhere)
    entries_.push_back(entry_of(thing, {thing.code, Found::Kind::elsewhere}, english));
}

std::vector<Found> SearchIndex::find(std::string_view typed) const {
  Query query{.folded = fold(typed).substr(0, kLongestQuery), .words = words_of(typed.substr(0, 4 * kLongestQuery))};
  if (query.folded.empty()) return {};
  for (const auto slips : {Slips::none, Slips::one}) {
    if (auto found = domain::find(entries_, query, slips); !found.empty()) return found;
  }
  query.folded = without_small_talk(query.folded);
  query.words.clear();
  for (const auto slips : {Slips::none, Slips::one}) {
    if (auto found = domain::find(entries_, query, slips); !found.empty()) return found;
  }
  return {};
}

}  // namespace bangwu::domain
