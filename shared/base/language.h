#pragma once
#include <array>
#include <cstddef>

namespace bangwu::base {

/// The languages a visitor can choose, in the order they are offered. One more is a word here and a line in kLanguages,
/// and a folder of translations; a test compares the list with the folders.
enum class Language { zh_CN, en };

struct LanguageFacts {
  Language language;
  const char* name;      ///< gettext's: the folder under assets/translations, and what an application notes
  const char* tag;       ///< BCP 47, for documents
  const char* own_name;  ///< as those who read it call it
  bool is_chinese;       ///< marks as wide as a character; typing begins with pinyin
};
inline constexpr std::array kLanguages{
    LanguageFacts{Language::zh_CN, "zh_CN", "zh-CN", "中文", true},
    LanguageFacts{Language::en, "en", "en", "English", false},
};

[[nodiscard]] constexpr const LanguageFacts& facts_of(Language language) {
  return kLanguages[static_cast<std::size_t>(language)];
}

}  // namespace bangwu::base
