#include "enrolment/enrolment.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "store/store.h"
#include "support/scratch_directory.h"

namespace bangwu::enrolment {
namespace {

constexpr base::SystemTime kNow{std::chrono::milliseconds{1'795'400'000'123}};

/// The same bytes each time, so that a second kiosk would be named as the first.
class Stuck final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override { std::fill(bytes.begin(), bytes.end(), std::uint8_t{7}); }
};

TEST(EnrolmentCode, IsUsedUpOnlyTogetherWithTheKioskItMakesKnown) {
  ASSERT_TRUE(envelope::initialise_cryptography());
  const support::ScratchDirectory folder;
  const auto store = store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
  base::KernelRandom random;
  Stuck stuck;
  const auto code = [&] { return make_code(*store, random, kNow, std::chrono::hours{1}, "一号机").value(); };
  const auto key = envelope::SigningKey::make().public_key();
  ASSERT_TRUE(enrol(*store, stuck, kNow, code(), key, ""));
  const auto second = code();
  const auto refused = enrol(*store, stuck, kNow, second, key, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::already_exists);
  EXPECT_TRUE(enrol(*store, random, kNow, second, key, "")) << "whoever typed it in got nothing for it";
}

}  // namespace
}  // namespace bangwu::enrolment
