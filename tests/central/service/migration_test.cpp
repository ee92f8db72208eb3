#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "central/support/version_1.h"

namespace bangwu {
namespace {

/// The data folder of a program of schema version 1, taken over by this one.
class DataOfVersion1 : public ::testing::Test {
 protected:
  void SetUp() override {
    support::lay_out_version_1(central.data());
    central.start();
  }
  support::CentralProcess central;
};

TEST_F(DataOfVersion1, KioskGetsTheSameReceiptUnderItsOldToken) {
  support::Client client(central.port());
  const auto answer = client.send("GET", "/v1/envelopes/01a22209-ee18-7dd8-89fc-cf18465cab04",
                                  {{"Authorization", std::string("Bearer ") + support::kVersion1Token}});
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(nlohmann::json::parse(answer.body).at("case_number"), "WJ20261128000001");
}

TEST_F(DataOfVersion1, CasesAreShownOpenedAndLookedUp) {
  const auto shown = central.run({"show", "WJ20261128000001"});
  EXPECT_EQ(shown.code, 0) << shown.errors;
  for (const char* said : {"张三", "开店", "不满意"}) EXPECT_NE(shown.output.find(said), std::string::npos) << said;
  EXPECT_NE(central.run({"ratings"}).output.find("等了很久"), std::string::npos);
  support::Client client(central.port());
  const auto found = client.send("GET", "/v1/cases/WJ20261128000002", {{"Bangwu-Proof", support::kProof}});
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(nlohmann::json::parse(found.body).at("state"), "correction_needed");
}

TEST_F(DataOfVersion1, WholeStockVerifiesAndGrows) {
  EXPECT_EQ(central.verify().damaged, 0) << central.verify().output;
  support::Kiosk kiosk(central);
  support::Client client(central.port());
  const auto sent = kiosk.application();
  const auto receipt = kiosk.receipt(kiosk.deliver(client, sent), sent.envelope);
  ASSERT_TRUE(receipt);
  EXPECT_NE(receipt->case_number, "");
  const auto stock = central.verify();
  EXPECT_EQ(stock.envelopes, 5);
  EXPECT_EQ(stock.damaged, 0) << stock.output;
}

}  // namespace
}  // namespace bangwu
