#include "domain/case_number.h"

#include <algorithm>

#include "domain/crockford.h"
#include "domain/lookup_secret.h"
#include "domain/numbers.h"

namespace bangwu::domain {
namespace {

constexpr std::size_t kCharacters1 = 8, kGroup1 = 4;
constexpr std::size_t kCharacters2 = 15, kGroup2 = 5;
constexpr std::string_view kFinalMark = "WJ";
constexpr std::string_view kCodeMark = "BANGWU1|";

bool are_all_in(std::string_view text, std::string_view alphabet) {
  return text.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace

std::string group_provisional_number(std::string_view characters) {
  const std::size_t group = characters.size() == kCharacters1 ? kGroup1 : kGroup2;
  std::string text(kProvisionalMark);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (i != 0 && i % group == 0) text += '-';
    text += characters[i];
  }
  return text;
}

std::string case_number_from(std::string_view typed) {
  std::string tidied = tidy_number(typed);
  std::string characters = tidied.starts_with(kProvisionalMark) ? tidied.substr(kProvisionalMark.size()) : tidied;
  if (characters.size() != kCharacters1 && characters.size() != kCharacters2) return tidied;
  std::transform(characters.begin(), characters.end(), characters.begin(), as_crockford);
  return are_all_in(characters, kCrockford) ? group_provisional_number(characters) : tidied;
}

bool may_be_case_number(std::string_view number) {
  if (number.starts_with(kProvisionalMark))
    return case_number_from(number) == number && number.find('-') < number.size();
  constexpr std::size_t kLeast = kFinalMark.size() + 14, kMost = kFinalMark.size() + 20;
  return number.starts_with(kFinalMark) && number.size() >= kLeast && number.size() <= kMost &&
         are_all_in(number.substr(kFinalMark.size()), "0123456789");
}

std::string receipt_code(std::string_view number, std::string_view lookup_secret) {
  if (number.starts_with(kProvisionalMark)) number.remove_prefix(kProvisionalMark.size());
  return std::string(kCodeMark) + std::string(number) + "|" + std::string(lookup_secret);
}

std::optional<ReceiptCode> read_receipt_code(std::string_view text) {
  std::string capitals(text);
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (!capitals.starts_with(kCodeMark)) return std::nullopt;
  const std::string_view rest = std::string_view(capitals).substr(kCodeMark.size());
  const std::size_t bar = rest.find('|');
  ReceiptCode code{case_number_from(rest.substr(0, bar)), {}};
  if (bar != std::string_view::npos) code.lookup_secret = tidy_lookup_secret(rest.substr(bar + 1));
  const bool is_whole =
      code.lookup_secret.empty() ? bar == std::string_view::npos : code.lookup_secret.size() == kLookupSecretLength;
  if (!is_whole || !may_be_case_number(code.number)) return std::nullopt;
  return code;
}

}  // namespace bangwu::domain
