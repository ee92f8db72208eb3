#include "http/lookup_limits.h"

#include <gtest/gtest.h>

namespace bangwu::http {
namespace {

using store::WrongProofCount;
constexpr LookupLimits kLimits{.of_address_at_number = 5, .of_address = 20, .at_number = 60, .over_all = 3000};

struct Case {
  const char* what;
  WrongProofCount wrong;
  Proof proof;
  Judgement judgement;
};
class Lookups : public testing::TestWithParam<Case> {};

TEST_P(Lookups, AreJudgedByWhoAsks) {
  EXPECT_EQ(judge(GetParam().wrong, GetParam().proof, kLimits), GetParam().judgement) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    All, Lookups,
    testing::Values(Case{"first try", {}, Proof::id_number, Judgement::shown},
                    Case{"first wrong try", {}, Proof::wrong, Judgement::not_told},
                    Case{"a fifth wrong one may follow", {4, 4, 4, 4}, Proof::wrong, Judgement::not_told},
                    Case{"a guesser learns nothing more", {5, 5, 5, 5}, Proof::id_number, Judgement::come_back_later},
                    Case{"not even with the secret", {5, 5, 5, 5}, Proof::secret, Judgement::come_back_later},
                    Case{"nor at another number", {0, 20, 0, 20}, Proof::id_number, Judgement::come_back_later},
                    Case{"another's guesses shut nobody out", {50, 0, 0, 50}, Proof::id_number, Judgement::shown},
                    Case{"nor do a thousand addresses'", {5000, 0, 0, 5000}, Proof::id_number, Judgement::shown},
                    Case{"who mistyped meanwhile uses the secret", {60, 1, 1, 60}, Proof::secret, Judgement::shown},
                    Case{"or waits", {60, 1, 1, 60}, Proof::id_number, Judgement::come_back_later},
                    Case{"many guess everywhere", {0, 1, 0, 3000}, Proof::wrong, Judgement::come_back_later}));

}  // namespace
}  // namespace bangwu::http
