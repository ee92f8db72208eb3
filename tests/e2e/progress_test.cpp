#include <gmock/gmock.h>

#include "support/hall/card_application.h"

namespace bangwu {
namespace {

using support::HallUnderTest;
using support::Visitor;

struct Receipt {
  std::string number, secret;
};

/// Applies without the card's pages and leaves with what the result page tells.
Receipt apply(Visitor& visitor) {
  support::fill_in(visitor, {.telephone = "13800001234"});
  support::submit(visitor);
  const auto result = visitor.expect("result");
  Receipt receipt{support::number_on(result), support::secret_on(result)};
  EXPECT_EQ(receipt.secret.size(), 7U) << result.listing();
  visitor.touch("next");
  visitor.expect("start");
  return receipt;
}

// Journey 4 of the house: whoever has the number and the code of the slip sees at the same machine where the case
// stands, and what lacks.
TEST(Journey4, AVisitorComesBackWithTheReceiptAndSeesWhereTheCaseStands) {
  HallUnderTest hall;
  Visitor visitor(hall);
  const auto receipt = apply(visitor);
  ASSERT_TRUE(hall.queue_is_empty());
  const auto shown = support::ask_for(visitor, receipt.number, receipt.secret);
  ASSERT_EQ(shown.name, "progress") << shown.listing();
  EXPECT_TRUE(shown.says(receipt.number)) << shown.listing();
  EXPECT_TRUE(shown.says("待补正")) << shown.listing();
  EXPECT_TRUE(shown.says("申请人身份证")) << "what lacks: " << shown.listing();
  EXPECT_TRUE(shown.says("截至")) << shown.listing();
  EXPECT_FALSE(shown.says(support::kCardName)) << shown.listing();
  visitor.touch("next");
  visitor.expect("start");
}

TEST(Journey4, AWrongProofDoesNotSayWhichWasWrongAndAPersonsNumberProvesToo) {
  HallUnderTest hall;
  Visitor visitor(hall);
  const auto receipt = apply(visitor);
  ASSERT_TRUE(hall.queue_is_empty());
  auto shown = support::ask_for(visitor, receipt.number, "ZZZZZZ");
  ASSERT_EQ(shown.name, "progress_proof") << shown.listing();
  EXPECT_TRUE(shown.says("编号或查询码不对")) << shown.listing();
  visitor.touch("home");
  visitor.touch("home:yes");
  visitor.expect("start");
  shown = support::ask_for(visitor, receipt.number, std::string(support::kCardId).substr(12));
  EXPECT_EQ(shown.name, "progress") << shown.listing();
}

TEST(Journey4, WithoutTheServiceItSaysWhatThatMeans) {
  HallUnderTest hall;
  Visitor visitor(hall);
  const auto receipt = apply(visitor);
  ASSERT_TRUE(hall.queue_is_empty());
  hall.central().kill();
  const auto shown = support::ask_for(visitor, receipt.number, receipt.secret);
  ASSERT_EQ(shown.name, "progress_failed") << shown.listing();
  EXPECT_TRUE(shown.says("不影响您的办件")) << shown.listing();
}

}  // namespace
}  // namespace bangwu
