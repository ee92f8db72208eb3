#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "blobs/blob_store.h"
#include "courier/courier.h"
#include "envelope/keys.h"
#include "outbox/outbox.h"
#include "support/fake_central.h"
#include "support/fault_server.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::courier {

/// Random numbers that repeat from run to run.
class CountingRandom final : public base::Random {
 public:
  explicit CountingRandom(std::uint64_t seed = 1) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(next() >> 32U);
  }
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_;
  }

 private:
  std::uint64_t state_;
};

/// What is delivered goes at once, so that a test sees that nothing stays which nobody needs.
inline constexpr outbox::Keeping kKeepNothing{.budget = 0, .keep_free = 0};

/// A kiosk's data, a central service in memory and a bad line between them.
class Hall : public ::testing::Test {
 protected:
  Hall();

  /// A courier as after a start of the program: nothing in memory from before.
  void restart(CourierSettings settings);
  [[nodiscard]] static CourierSettings quick_settings();

  /// Accepts an envelope with blobs of these sizes.
  base::Uuid accept(const std::vector<std::size_t>& sizes = {}, std::optional<base::Uuid> depends_on = std::nullopt);
  base::Uuid accept_bytes(const std::vector<base::Bytes>& pages, std::optional<base::Uuid> depends_on = std::nullopt);
  /// One attempt at what is due now.
  std::optional<Attempt> attempt();
  /// Attempts with the waits in between until nothing is left to attempt, or `most` attempts were made.
  int deliver_all(int most = 200);
  void wait_until_due();

  [[nodiscard]] outbox::State state_of(const base::Uuid& id);
  [[nodiscard]] std::optional<outbox::Reason> reason_of(const std::optional<Attempt>& attempt) const;
  [[nodiscard]] bool is_delivered(const base::Uuid& id);
  /// Everything accepted is at central, once, with every byte; nothing was done that a kiosk must not do.
  void expect_everything_arrived_once();
  [[nodiscard]] int count(const std::string& prefix) const;  ///< requests that begin so, e.g. "PUT /v1/envelopes"
  void damage(const std::string& sha256, std::uint64_t at) const;
  [[nodiscard]] std::string sha_of(const base::Uuid& id, std::size_t index);

  bool has_cryptography = envelope::initialise_cryptography();  // before any key is made
  support::ScratchDirectory directory;
  support::ManualClock clock;
  CountingRandom random;
  envelope::SigningKey device = envelope::SigningKey::make();
  support::FakeCentral central{"token", device.public_key()};
  support::FaultServer server{central.handler()};
  std::unique_ptr<blobs::BlobStore> store;
  std::optional<outbox::Outbox> box;
  std::optional<Courier> courier;
  struct Accepted {
    base::Uuid id;
    std::vector<std::string> hashes;
  };
  std::vector<Accepted> accepted;
};

}  // namespace bangwu::courier
