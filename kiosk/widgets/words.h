#pragma once
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"

/// Words on the screen. The Chinese text is the key; translations come from GNU gettext .mo files
/// (<directory>/<language>/LC_MESSAGES/{bangwu,catalogue}.mo), read by a small reader of our own: libc's gettext
/// chooses by the environment, which may not be changed once threads run, and refuses to translate in the C locales,
/// the only ones an image without locales has. A text without an entry is shown in Chinese.
///
/// The current language is one per process, as in gettext; it is read and changed on the UI thread only.
namespace bangwu::widgets {

using base::Language;

/// Loads every language (base::kLanguages) from `directory`; a missing or damaged file is an error naming it and leaves
/// that language Chinese. Switching later costs nothing.
[[nodiscard]] base::Result<void> load_words(const std::filesystem::path& directory);

void set_language(Language language);
[[nodiscard]] Language language();

/// The UI text in the current language. Call it with a literal: deploy/update-translations.sh collects those.
[[nodiscard]] std::string tr(std::string_view chinese);

/// A text of the service catalogue (names of items, materials, departments …) in the current language.
[[nodiscard]] std::string tr_catalogue(std::string_view chinese);

/// A text of the service catalogue in `language`, whatever the current one is: for what is searched, not shown.
[[nodiscard]] std::string tr_catalogue(std::string_view chinese, Language language);

/// Marks a literal for translation where it is stored and translated later, with tr(variable).
[[nodiscard]] constexpr const char* tr_noop(const char* chinese) { return chinese; }

/// tr(pattern), then {name} replaced by its value: trf("第 {step} 步，共 {total} 步", {{"step", "3"}, {"total", "6"}}).
/// Values are put in as they are; an unknown {name} stays as written.
using Arguments = std::initializer_list<std::pair<std::string_view, std::string_view>>;
[[nodiscard]] std::string trf(std::string_view chinese, Arguments arguments);

}  // namespace bangwu::widgets
