#include "cases/search_terms.h"

#include <algorithm>
#include <string_view>

namespace bangwu::cases {
namespace {

constexpr std::size_t kLastSix = 6;

/// 11 digits, 1[3-9]…: other telephones are kept for reading, not for searching.
bool is_mobile(std::string_view text) {
  return text.size() == 11 && text[0] == '1' && text[1] >= '3' &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

class Terms {
 public:
  explicit Terms(const envelope::SearchKey& key) : key_(key) {}
  void add(const char* kind, const std::string& text) {
    SearchTerm term{kind, key_.hash(kind, text)};
    if (std::ranges::find(terms_, term) == terms_.end()) terms_.push_back(std::move(term));
  }
  void add_person(const domain::Person& person) {
    if (person.id_number.size() < kLastSix) return;
    add("id_number", person.id_number);
    add("last_six", person.id_number.substr(person.id_number.size() - kLastSix));
  }
  void add_values(const std::map<std::string, std::string>& values) {
    for (const auto& [field, value] : values) {
      if (is_mobile(value)) add("telephone", value);
    }
  }
  [[nodiscard]] std::vector<SearchTerm> take() { return std::move(terms_); }

 private:
  const envelope::SearchKey& key_;
  std::vector<SearchTerm> terms_;
};

}  // namespace

std::vector<SearchTerm> search_terms(const domain::Application& application, const envelope::SearchKey& key) {
  Terms terms(key);
  terms.add_person(application.applicant.identity);
  if (application.applicant.agent) terms.add_person(*application.applicant.agent);
  terms.add_values(application.answers.values);
  for (const auto& [field, rows] : application.answers.rows) {
    for (const auto& row : rows) terms.add_values(row);
  }
  return terms.take();
}

SearchTerm search_term_of_number(const std::string& provisional_number, const envelope::SearchKey& key) {
  return {"provisional_number", key.hash("provisional_number", provisional_number)};
}

}  // namespace bangwu::cases
