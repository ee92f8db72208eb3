#pragma once
// Private to the room: whether what was typed is a part of a phrase, and how well.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/search.h"

namespace bangwu::domain {

/// The lower, the better.
struct Fit {
  int alike = 0;     ///< syllables that only sound like what was typed
  int initials = 0;  ///< characters of which only the initial was typed
  std::size_t start = 0;
  bool is_whole = false;  ///< the phrase ends where what was typed ends
};

/// `typed` is folded. The best way to spend all of it on characters of the phrase in a row: each takes itself, its
/// whole syllable, one that sounds like it, or its initial; the last one any beginning of its syllable.
[[nodiscard]] std::optional<Fit> fit(const SearchIndex::Phrase& phrase, std::u32string_view typed);

/// The same with one letter (of five and more) or one Hanzi (of three and more) wrong, missing, too much, or two
/// changed about; letters stand for whole syllables here.
[[nodiscard]] std::optional<Fit> fit_but_one(const SearchIndex::Phrase& phrase, std::u32string_view typed);

/// Whether `text` begins with `typed` but for one character at most.
[[nodiscard]] bool begins_but_one(std::u32string_view text, std::u32string_view typed);

}  // namespace bangwu::domain
