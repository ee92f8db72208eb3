#include "cases/search_terms.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bangwu::cases {
namespace {

const bool kIsReady = envelope::initialise_cryptography();

domain::Application organisation() {
  domain::Application application;
  application.applicant.kind = domain::ApplicantKind::legal_person;
  application.applicant.identity = {domain::IdKind::uscc, "91350100M000100Y43", "某某公司"};
  application.applicant.agent = domain::Person{domain::IdKind::resident_id, "11010519491231002X", "张三"};
  application.answers.values = {{"phone", "13912345678"}, {"area", "0519-8631"}, {"purpose", "12345678901"}};
  application.answers.rows = {{"staff", {{{"phone", "13800000000"}}, {{"phone", "13912345678"}}}}};
  return application;
}

TEST(SearchTerms, AreTheNumbersOfBothAndEveryMobileOnce) {
  const auto key = envelope::SearchKey::make();
  const auto terms = search_terms(organisation(), key);
  const std::pair<const char*, const char*> wanted[] = {
      {"id_number", "91350100M000100Y43"}, {"last_six", "100Y43"},
      {"id_number", "11010519491231002X"}, {"last_six", "31002X"},
      {"telephone", "13912345678"},        {"telephone", "13800000000"}};
  EXPECT_EQ(terms.size(), std::size(wanted));
  for (const auto& [kind, text] : wanted)
    EXPECT_NE(std::ranges::find(terms, SearchTerm{kind, key.hash(kind, text)}), terms.end()) << kind << " " << text;
}

TEST(SearchTerms, TellNothingInPlain) {
  const auto key = envelope::SearchKey::make();
  for (const auto& term : search_terms(organisation(), key)) {
    EXPECT_EQ(term.keyed_hash.size(), 64U);
    EXPECT_EQ(term.keyed_hash.find("13912345678"), std::string::npos);
  }
}

TEST(SearchTerms, AnApplicantWithoutANumberHasNone) {
  EXPECT_TRUE(search_terms({}, envelope::SearchKey::make()).empty());
}

}  // namespace
}  // namespace bangwu::cases
