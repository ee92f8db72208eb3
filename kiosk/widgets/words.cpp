#include "widgets/words.h"

#include <array>

#include "widgets/mo_file.h"

namespace bangwu::widgets {
namespace {

struct Catalogues {
  MoFile interface_texts;
  MoFile catalogue_texts;
};

// One current language a process, as gettext has it: words are looked up from everywhere a screen is drawn.
struct Words {
  std::array<Catalogues, base::kLanguages.size()> languages;
  Language current = Language::zh_CN;
};

Words& words() {
  static Words instance;
  return instance;
}

Catalogues& of(Language language) { return words().languages[static_cast<std::size_t>(language)]; }

std::string found_or_original(const MoFile& file, std::string_view chinese) {
  const std::string_view translation = file.find(chinese);
  return std::string(translation.empty() ? chinese : translation);
}

}  // namespace

base::Result<void> load_words(const std::filesystem::path& directory) {
  base::Result<void> outcome;
  for (const auto& facts : base::kLanguages) {
    const std::filesystem::path folder = directory / facts.name / "LC_MESSAGES";
    auto interface_texts = MoFile::load(folder / "bangwu.mo");
    auto catalogue_texts = MoFile::load(folder / "catalogue.mo");
    for (const auto* file : {&interface_texts, &catalogue_texts}) {
      if (!*file && outcome) {
        outcome = tl::unexpected(file->error());
      }
    }
    of(facts.language) = {interface_texts ? *std::move(interface_texts) : MoFile{},
                          catalogue_texts ? *std::move(catalogue_texts) : MoFile{}};
  }
  return outcome;
}

void set_language(Language language) { words().current = language; }

Language language() { return words().current; }

std::string tr(std::string_view chinese) {
  return chinese.empty() ? std::string() : found_or_original(of(language()).interface_texts, chinese);
}

std::string tr_catalogue(std::string_view chinese) {
  return chinese.empty() ? std::string() : found_or_original(of(language()).catalogue_texts, chinese);
}

std::string tr_catalogue(std::string_view chinese, Language in) {
  return chinese.empty() ? std::string() : found_or_original(of(in).catalogue_texts, chinese);
}

std::string trf(std::string_view chinese, Arguments arguments) {
  const std::string pattern = tr(chinese);
  std::string result;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t close = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
    const std::string_view name =
        close != std::string::npos ? std::string_view(pattern).substr(at + 1, close - at - 1) : std::string_view();
    const auto* it = arguments.begin();
    while (it != arguments.end() && (name.empty() || it->first != name)) {
      ++it;
    }
    if (it != arguments.end()) {
      result += it->second;
      at = close + 1;
    } else {
      result += pattern[at++];
    }
  }
  return result;
}

}  // namespace bangwu::widgets
