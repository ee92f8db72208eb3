#include <gtest/gtest.h>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::CentralProcess;
using support::Client;
using support::Kiosk;

/// The service is killed at one of the steps it takes for an upload, starts again on what memory still holds, gives a
/// receipt, and then the power goes.
class KillThenCut : public testing::Test {
 protected:
  void SetUp() override {
    central_.start();
    kiosk_.emplace(central_);
    sendable_ = kiosk_->application();
    ASSERT_EQ(central_.terminate(), 0);
    fs::copy(central_.data(), before_, fs::copy_options::recursive);
  }
  [[nodiscard]] std::map<std::string, std::string> cut_at(int step) const {
    return {{"LD_PRELOAD", BANGWU_POWER_CUT}, {"POWER_CUT_ROOT", central_.data()},
            {"POWER_CUT_IMAGE", image_},      {"POWER_CUT_MODE", "cut"},
            {"POWER_CUT_LEDGER", ledger_},    {"POWER_CUT_AT", std::to_string(step)}};
  }
  /// False when the upload was answered before that step.
  [[nodiscard]] bool is_killed_while_uploading(int step) {
    for (const auto& path : {central_.data(), image_, ledger_}) fs::remove_all(path);
    fs::copy(before_, central_.data(), fs::copy_options::recursive);
    try {
      central_.start(cut_at(step));
    } catch (const std::runtime_error&) {
      return true;
    }
    Client client(central_.port());
    if (kiosk_->upload(client, sendable_.blobs[0]).status != 201) return true;
    central_.kill();
    return false;
  }
  CentralProcess central_{{.where = support::In::memory}};
  const fs::path before_ = central_.folder() / "before", image_ = central_.folder() / "image",
                 ledger_ = central_.folder() / "ledger";
  std::optional<Kiosk> kiosk_;
  support::Sendable sendable_;
};

TEST_F(KillThenCut, ReceiptIsGivenOnlyForABlobWhoseNameIsOnTheDisk) {
  constexpr int kNever = 1'000'000'000;
  int step = 1;
  for (; !HasFailure() && is_killed_while_uploading(step); ++step) {
    SCOPED_TRACE("killed at step " + std::to_string(step));
    fs::remove_all(image_);
    central_.start(cut_at(kNever));
    Client client(central_.port());
    // As a kiosk that knows the blob is there: it asks before it sends, or only sends the envelope.
    auto answer = kiosk_->put(client, sendable_.envelope);
    if (answer.status == 409) answer = kiosk_->deliver(client, sendable_);
    ASSERT_TRUE(kiosk_->receipt(answer, sendable_.envelope)) << answer.body;
    ASSERT_EQ(central_.terminate(), 0);
    fs::remove_all(central_.data());
    fs::rename(image_, central_.data());
    const auto stock = central_.verify();
    EXPECT_EQ(stock.envelopes, 1) << stock.output;
    EXPECT_EQ(stock.damaged, 0) << stock.output;
  }
  EXPECT_GT(step, 8) << "the kills were not made";
}

}  // namespace
}  // namespace bangwu
