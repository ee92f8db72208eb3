#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.h"

namespace bangwu::domain {

/// What a search found: an item or a bundle of the catalogue, or what is done elsewhere (Article 8(4)).
struct Found {
  enum class Kind { item, bundle, elsewhere };
  std::string code;
  Kind kind = Kind::item;
  bool operator==(const Found&) const = default;
};

/// Everything of a catalogue that a visitor may look for, made ready once: a search of 2,000 items then takes a part of
/// a frame. Owns what it needs of the catalogue. Pure; const use from any thread.
class SearchIndex {
 public:
  /// The English of a catalogue's text, or the text itself where there is none.
  using Translate = std::function<std::string(std::string_view)>;

  SearchIndex() = default;
  SearchIndex(const Catalogue& catalogue, const Translate& english);

  /// Found for what a person typed, best first: Hanzi, full pinyin ("shipin", the last syllable may be unfinished),
  /// initials ("spjyxk"; "sh" counts as one) and mixtures of them, of names and of keywords; words of the English name
  /// ("food licence"); Hanzi of summaries. Case, spaces, punctuation and width do not matter.
  ///
  /// Better are: what was typed right over what only sounds alike (zh/z, ch/c, sh/s, n/l, an/ang, en/eng, in/ing) or
  /// has one letter or character wrong (in five letters or three Hanzi and more); whole syllables over initials; names
  /// that begin with it, then whole keywords, names that contain it, other keywords, summaries; then short names.
  /// One letter wrong is thought of only where nothing is right; and if still nothing is found, words like 我要, 办理
  /// and 怎么 are left out and the rest is looked for. Nothing typed finds nothing.
  [[nodiscard]] std::vector<Found> find(std::string_view typed) const;

  /// A character with the syllable it is spoken as; letters and digits have none.
  struct Sound {
    char32_t character = 0;
    std::string syllable;
  };
  using Phrase = std::vector<Sound>;
  struct Entry {
    Found found;
    Phrase name;
    std::vector<Phrase> keywords;
    std::u32string summary;                     ///< folded
    std::vector<std::u32string> english_words;  ///< folded
  };

 private:
  std::vector<Entry> entries_;
};

}  // namespace bangwu::domain
