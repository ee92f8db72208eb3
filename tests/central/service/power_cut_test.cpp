#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::CentralProcess;
using support::Client;
using support::Kiosk;

/// What the service said before the power went.
struct Promises {
  std::map<std::string, std::string> receipts;  ///< by envelope
  std::uint64_t offset = 0;                     ///< of the upload that comes in pieces
  std::string address, token;                   ///< of that upload; of the machine enrolled meanwhile
  bool came_to_the_end = false;
};

/// The real service on a disk that keeps only what was synced, cut off at each of the steps it takes on it.
class PowerCut : public testing::Test {
 protected:
  void SetUp() override {
    central_.start();
    kiosk_.emplace(central_);
    code_ = central_.enrolment_code();
    for (int i = 0; i < 2; ++i) applications_.push_back(kiosk_->application());
    applications_.push_back(kiosk_->rating(applications_[0].envelope.id));
    ASSERT_EQ(central_.terminate(), 0);
    fs::copy(central_.data(), before_, fs::copy_options::recursive);
  }

  // Each of these is false when the connection ends.
  [[nodiscard]] bool enrol(Client& client, Promises& promises) const {
    const nlohmann::json wish{
        {"code", code_}, {"device_key", envelope::key_to_hex(device_.public_key())}, {"name", "二号机"}};
    const auto answer = client.send("POST", "/v1/enrolments", {{"Content-Type", "application/json"}}, wish.dump());
    if (answer.status != 201) return false;
    promises.token = nlohmann::json::parse(answer.body).at("token");
    return true;
  }
  [[nodiscard]] bool upload_in_pieces(Client& client, Promises& promises) const {
    const auto made =
        client.send("POST", "/v1/uploads",
                    kiosk_->tus({{"Upload-Length", std::to_string(file_.size())},
                                 {"Upload-Metadata", support::sha256_metadata(envelope::sha256_hex(file_))}}));
    if (made.status != 201) return false;
    promises.address = made.header("location");
    for (std::uint64_t end : {file_.size() / 2, file_.size()}) {
      const auto piece = std::span(file_).subspan(promises.offset, end - promises.offset);
      const auto answer = client.send("PATCH", promises.address,
                                      kiosk_->tus({{"Upload-Offset", std::to_string(promises.offset)},
                                                   {"Content-Type", "application/offset+octet-stream"}}),
                                      support::as_text(piece));
      if (answer.status != 204) return false;
      promises.offset = end;
    }
    return true;
  }
  [[nodiscard]] Promises live_a_day() {
    Promises promises;
    Client client(central_.port());
    if (!enrol(client, promises) || !upload_in_pieces(client, promises)) return promises;
    for (const auto& sendable : applications_) {
      const auto answer = kiosk_->deliver(client, sendable);
      if (!kiosk_->receipt(answer, sendable.envelope)) return promises;
      promises.receipts[base::to_string(sendable.envelope.id)] = answer.body;
    }
    promises.came_to_the_end = true;
    return promises;
  }
  [[nodiscard]] Promises live_a_day_until(int step) {
    for (const auto& path : {central_.data(), image_}) fs::remove_all(path);
    fs::copy(before_, central_.data(), fs::copy_options::recursive);
    try {
      central_.start({{"LD_PRELOAD", BANGWU_POWER_CUT},
                      {"POWER_CUT_ROOT", central_.data()},
                      {"POWER_CUT_IMAGE", image_},
                      {"POWER_CUT_MODE", "cut"},
                      {"POWER_CUT_AT", std::to_string(step)}});
    } catch (const std::runtime_error&) {
      return {};  // cut off before it served
    }
    auto promises = live_a_day();
    if (promises.came_to_the_end) central_.kill();
    return promises;
  }

  void expect_kept(const Promises& promises) {
    fs::remove_all(central_.data());
    fs::rename(image_, central_.data());
    const auto left = central_.verify();
    EXPECT_EQ(left.damaged, 0) << left.output;
    EXPECT_GE(left.envelopes, static_cast<int>(promises.receipts.size())) << left.output;
    central_.start();
    Client client(central_.port());
    for (const auto& [id, receipt] : promises.receipts) {
      EXPECT_EQ(client.send("GET", "/v1/envelopes/" + id, kiosk_->authorisation()).body, receipt) << "lost: " << id;
    }
    if (!promises.token.empty()) {
      EXPECT_NE(client.send("GET", "/v1/envelopes/none", {{"Authorization", "Bearer " + promises.token}}).status, 401)
          << "enrolled, and unknown";
    }
    if (promises.offset > 0) {
      const auto offset = client.send("HEAD", promises.address, kiosk_->tus()).header("upload-offset");
      EXPECT_GE(offset.empty() ? 0 : std::stoull(offset), promises.offset) << "forgotten: bytes of an upload";
    }
    for (const auto& sendable : applications_)
      EXPECT_TRUE(kiosk_->receipt(kiosk_->deliver(client, sendable), sendable.envelope)) << "it goes on";
    central_.kill();
    const auto stock = central_.verify();
    EXPECT_EQ(stock.damaged, 0) << stock.output;
    EXPECT_EQ(stock.envelopes, 3) << stock.output;
    EXPECT_EQ(stock.cases, 2) << stock.output;
  }

  CentralProcess central_{{.where = support::In::memory}};
  const fs::path before_ = central_.folder() / "before", image_ = central_.folder() / "image";
  std::optional<Kiosk> kiosk_;
  std::string code_;
  bool has_cryptography_ = envelope::initialise_cryptography();
  envelope::SigningKey device_ = envelope::SigningKey::make();
  base::Bytes file_ = support::random_bytes(50'000);
  std::vector<support::Sendable> applications_;
};

TEST_F(PowerCut, WhatWasAnsweredIsKeptAndWhatWasNotGoesOn) {
  int cuts = 0;
  for (bool came_to_the_end = false; !came_to_the_end && !HasFailure();) {
    SCOPED_TRACE("step " + std::to_string(++cuts));
    const auto promises = live_a_day_until(cuts);
    came_to_the_end = promises.came_to_the_end;
    if (!came_to_the_end) expect_kept(promises);
  }
  EXPECT_GT(cuts, 30) << "the cuts were not made";
}

}  // namespace
}  // namespace bangwu
