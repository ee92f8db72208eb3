#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using support::CentralProcess;
using support::Client;
using support::Kiosk;

/// A kiosk's courier as the wire asks for: repeats until a receipt proves delivery, whatever happens to the service.
std::string deliver_at_last(CentralProcess& central, const Kiosk& kiosk, const support::Sendable& sendable) {
  while (true) {
    Client client(central.port());
    const auto answer = kiosk.deliver(client, sendable);
    if (const auto receipt = kiosk.receipt(answer, sendable.envelope)) return answer.body;
    std::this_thread::yield();
  }
}

TEST(Crash, KilledAtAnyMomentNothingIsLostTwiceOrHalf) {
  CentralProcess central;
  central.start();
  Kiosk kiosk(central);
  constexpr int kApplications = 60;
  std::vector<support::Sendable> sendables;
  for (int i = 0; i < kApplications; ++i) {
    sendables.push_back(kiosk.application());
    sendables.push_back(kiosk.rating(sendables.back().envelope.id));
  }
  std::vector<std::string> receipts(sendables.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::mutex restarting;
  std::jthread courier([&] {
    while (next < sendables.size()) {
      const std::size_t i = next++;
      while (receipts[i].empty()) {
        Client client([&] {
          const std::lock_guard lock(restarting);
          return central.port();
        }());
        const auto answer = kiosk.deliver(client, sendables[i]);
        if (kiosk.receipt(answer, sendables[i].envelope)) receipts[i] = answer.body;
      }
      ++done;
    }
  });
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  int kills = 0;
  while (done < sendables.size()) {
    // The moment is the point of the test: anywhere between two envelopes' ends.
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 40'000));
    const std::lock_guard lock(restarting);
    central.kill();
    central.start();
    ++kills;
  }
  courier.join();
  EXPECT_GT(kills, 3);
  for (std::size_t i = 0; i < sendables.size(); ++i) {
    EXPECT_EQ(deliver_at_last(central, kiosk, sendables[i]), receipts[i]) << "a receipt once given is given again";
  }
  const auto verified = central.run({"verify"});
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_NE(verified.output.find("envelopes  120\ncases      60\nratings    60\n"), std::string::npos)
      << verified.output;
}

}  // namespace
}  // namespace bangwu
