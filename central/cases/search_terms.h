#pragma once
#include <string>
#include <vector>

#include "domain/application.h"
#include "envelope/keys.h"

namespace bangwu::cases {

/// What a case may be found by; only the keyed hash is kept.
struct SearchTerm {
  std::string kind;        ///< "id_number", "last_six", "telephone", "provisional_number"
  std::string keyed_hash;  ///< SearchKey::hash of the kind and the text
  bool operator==(const SearchTerm&) const = default;
};

/// Of an application: the ID numbers of the applicant and the agent, their last six characters, and every mobile number
/// that was answered. Each once.
[[nodiscard]] std::vector<SearchTerm> search_terms(const domain::Application& application,
                                                   const envelope::SearchKey& key);
[[nodiscard]] SearchTerm search_term_of_number(const std::string& provisional_number, const envelope::SearchKey& key);

}  // namespace bangwu::cases
