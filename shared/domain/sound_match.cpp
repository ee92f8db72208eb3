#include "domain/sound_match.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "domain/characters.h"

namespace bangwu::domain {
namespace {

using Phrase = SearchIndex::Phrase;

// Below these lengths a slip makes another word of it.
constexpr std::size_t kLettersForASlip = 5, kHanziForASlip = 3;

constexpr int kImpossible = 1 << 20;
constexpr int kAlike = 1000;  // one syllable that only sounds alike is worse than any number of initials

bool is_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

bool has_at(std::u32string_view typed, std::size_t at, std::string_view letters) {
  if (at + letters.size() > typed.size()) return false;
  return std::equal(letters.begin(), letters.end(), typed.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char32_t b) { return static_cast<char32_t>(static_cast<unsigned char>(a)) == b; });
}

// The initial as it is typed: "zh" is one initial, but many type its "z" alone.
std::string_view two_letter_initial(std::string_view syllable) {
  const bool has_one =
      syllable.size() > 1 && syllable[1] == 'h' && std::string_view("zcs").find(syllable[0]) != std::string_view::npos;
  return has_one ? syllable.substr(0, 2) : std::string_view{};
}

std::string with_initial(std::string_view syllable, std::string_view from, std::string_view to) {
  return std::string(to) + std::string(syllable.substr(from.size()));
}

// What is heard alike where Wu is spoken: retroflex and dental initials, n and l, final n and ng.
std::vector<std::string> sounding_like(std::string_view syllable) {
  using Pair = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Pair, 4> kInitials{Pair{"zh", "z"}, Pair{"ch", "c"}, Pair{"sh", "s"}, Pair{"l", "n"}};
  std::vector<std::string> all{std::string(syllable)};
  for (const auto& [a, b] : kInitials) {
    if (syllable.starts_with(a)) all.push_back(with_initial(syllable, a, b));
    else if (syllable.starts_with(b)) all.push_back(with_initial(syllable, b, a));
    if (all.size() > 1) break;
  }
  for (std::size_t i = 0, count = all.size(); i < count; ++i) {
    const std::string one = all[i];
    if (one.ends_with("ng") && !one.ends_with("ong")) all.push_back(one.substr(0, one.size() - 1));
    else if (one.ends_with("an") || one.ends_with("en") || one.ends_with("in")) all.push_back(one + "g");
  }
  all.erase(all.begin());
  return all;
}

// cost[i]: the best way in which the characters so far took exactly i of what was typed.
using Costs = std::vector<int>;

void offer(Costs& costs, std::size_t spent, int cost) { costs[spent] = std::min(costs[spent], cost); }

void spend_on(const SearchIndex::Sound& sound, std::u32string_view typed, std::size_t spent, int cost, Costs& next) {
  if (typed[spent] == sound.character) offer(next, spent + 1, cost);
  const std::string_view syllable = sound.syllable;
  if (syllable.empty()) return;
  if (has_at(typed, spent, syllable)) offer(next, spent + syllable.size(), cost);
  const auto rest = typed.substr(spent);
  if (rest.size() > 1 && rest.size() < syllable.size() && has_at(rest, 0, syllable.substr(0, rest.size())))
    offer(next, typed.size(), cost);  // the last syllable, still being typed
  if (has_at(typed, spent, syllable.substr(0, 1))) offer(next, spent + 1, cost + 1);
  const auto initial = two_letter_initial(syllable);
  if (!initial.empty() && has_at(typed, spent, initial)) offer(next, spent + 2, cost + 1);
  if (!is_letter(typed[spent])) return;
  for (const auto& alike : sounding_like(syllable)) {
    if (has_at(typed, spent, alike)) offer(next, spent + alike.size(), cost + kAlike);
  }
}

bool can_begin(const SearchIndex::Sound& sound, char32_t first) {
  if (first == sound.character) return true;
  if (sound.syllable.empty()) return false;
  const auto initial = static_cast<char32_t>(static_cast<unsigned char>(sound.syllable[0]));
  const bool both_nasal_or_lateral = (first == U'n' || first == U'l') && (initial == U'n' || initial == U'l');
  return first == initial || both_nasal_or_lateral;
}

std::optional<Fit> fit_from(const Phrase& phrase, std::size_t start, std::u32string_view typed) {
  Costs costs(typed.size() + 1, kImpossible);
  costs[0] = 0;
  std::size_t at = start;
  for (; at < phrase.size() && costs.back() == kImpossible; ++at) {
    Costs next(typed.size() + 1, kImpossible);
    bool goes_on = false;
    for (std::size_t spent = 0; spent < typed.size(); ++spent) {
      if (costs[spent] == kImpossible) continue;
      goes_on = true;
      spend_on(phrase[at], typed, spent, costs[spent], next);
    }
    if (!goes_on) return std::nullopt;
    costs = std::move(next);
  }
  if (costs.back() == kImpossible) return std::nullopt;
  return Fit{.alike = costs.back() / kAlike,
             .initials = costs.back() % kAlike,
             .start = start,
             .is_whole = at == phrase.size()};
}

std::u32string letters_from(const Phrase& phrase, std::size_t start) {
  std::u32string letters;
  for (std::size_t at = start; at < phrase.size(); ++at) {
    if (phrase[at].syllable.empty()) letters += phrase[at].character;
    else letters.append(phrase[at].syllable.begin(), phrase[at].syllable.end());
  }
  return letters;
}

std::u32string characters_from(const Phrase& phrase, std::size_t start) {
  std::u32string characters;
  for (std::size_t at = start; at < phrase.size(); ++at) characters += phrase[at].character;
  return characters;
}

bool is_better(const Fit& a, const Fit& b) { return std::pair(a.alike, a.initials) < std::pair(b.alike, b.initials); }

}  // namespace

std::optional<Fit> fit(const Phrase& phrase, std::u32string_view typed) {
  std::optional<Fit> best;
  for (std::size_t start = 0; start < phrase.size(); ++start) {
    if (!can_begin(phrase[start], typed.front())) continue;
    const auto found = fit_from(phrase, start, typed);
    if (found && (!best || is_better(*found, *best))) best = found;
  }
  return best;
}

bool begins_but_one(std::u32string_view text, std::u32string_view typed) {
  const auto [in_typed, in_text] = std::mismatch(typed.begin(), typed.end(), text.begin(), text.end());
  const auto same = static_cast<std::size_t>(in_typed - typed.begin());
  if (same == typed.size()) return true;
  const auto left = typed.substr(same), right = text.substr(same);
  const auto from = [](std::u32string_view of, std::size_t count) { return of.substr(std::min(count, of.size())); };
  if (!right.empty() && from(right, 1).starts_with(from(left, 1))) return true;  // another one
  if (right.starts_with(from(left, 1))) return true;                             // one too much
  if (from(right, 1).starts_with(left)) return true;                             // one missing
  const bool is_swapped = left.size() > 1 && right.size() > 1 && left[0] == right[1] && left[1] == right[0];
  return is_swapped && from(right, 2).starts_with(from(left, 2));
}

std::optional<Fit> fit_but_one(const Phrase& phrase, std::u32string_view typed) {
  const bool is_letters = std::all_of(typed.begin(), typed.end(), is_letter);
  const bool is_hanzi_only = std::all_of(typed.begin(), typed.end(), is_hanzi);
  const bool is_long_enough =
      (is_letters && typed.size() >= kLettersForASlip) || (is_hanzi_only && typed.size() >= kHanziForASlip);
  if (!is_long_enough) return std::nullopt;
  for (std::size_t start = 0; start < phrase.size(); ++start) {
    const auto rest = is_letters ? letters_from(phrase, start) : characters_from(phrase, start);
    if (begins_but_one(rest, typed)) return Fit{.start = start};
  }
  return std::nullopt;
}

}  // namespace bangwu::domain
