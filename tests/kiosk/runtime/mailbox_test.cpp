#include "runtime/mailbox.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace bangwu::runtime {
namespace {

TEST(Mailbox, KeepsTheOrderOfEachSenderAndWakesForEachLetter) {
  std::atomic<int> woken = 0;
  Mailbox mailbox([&] { ++woken; });
  std::vector<std::jthread> senders;
  for (VisitNumber sender = 1; sender <= 3; ++sender) {
    senders.emplace_back([&mailbox, sender] {
      for (int i = 0; i < 100; ++i) mailbox.post(sender, session::CaptureProgressed{i, 0});
    });
  }
  senders.clear();
  std::vector<int> next(4, 0);
  for (const auto& letter : mailbox.take_all()) {
    const auto& message = *session::fact_in<session::CaptureProgressed>(std::get<session::Message>(letter.content));
    EXPECT_EQ(message.percent, next[letter.visit]++);
  }
  EXPECT_EQ(woken, 300);
  EXPECT_TRUE(mailbox.empty());
}

}  // namespace
}  // namespace bangwu::runtime
