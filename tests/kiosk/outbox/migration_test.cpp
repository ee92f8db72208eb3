#include <fstream>
#include <iterator>

#include "desk.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

/// A queue that version 1 of the schema left behind (version_1.sql, made by the program of that time with these keys):
/// items ready, leased, waiting, dead, a rating blocked behind the dead one, and one delivered.
class FromVersion1 : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream sql(BANGWU_OUTBOX_TESTS "/version_1.sql");
    const std::string script{std::istreambuf_iterator<char>(sql), {}};
    ASSERT_FALSE(script.empty());
    std::filesystem::create_directory(folder_ / "outbox");
    auto database = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
    const auto made = database.execute(script.c_str());
    ASSERT_TRUE(made) << made.error().detail;
    ASSERT_TRUE(blobs_.put(some_bytes(60, 1)));
  }
  envelope::SigningKey key_of(const char* name, char byte) {
    const base::Bytes seed(32, static_cast<std::uint8_t>(byte));
    EXPECT_TRUE(base::write_file_durably(folder_ / name, seed));
    return std::move(*envelope::SigningKey::load(folder_ / name));
  }
  Outbox open() {
    auto opened = Outbox::open(folder_ / "outbox", blobs_, Identity{"k-1", &device_, central_.public_key()});
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }

  bool is_ready_ = envelope::initialise_cryptography();
  support::ScratchDirectory folder_{support::In::memory};
  blobs::BlobStore blobs_ = *blobs::BlobStore::open(folder_ / "blobs");
  envelope::SigningKey device_ = key_of("device.key", 0x11), central_ = key_of("central.key", 0x22);
};

TEST_F(FromVersion1, AllIsThereAndNothingIsSignedAnew) {
  auto outbox = open();
  EXPECT_EQ(outbox.counts().value(), (Counts{.ready = 2,
                                             .leased = 1,
                                             .waiting = 1,
                                             .dead = 1,
                                             .delivered = 1,
                                             .undelivered_bytes = 575,
                                             .kept_bytes = 0,
                                             .oldest_undelivered = kNow}));
  const auto all = outbox.list(Which::all);
  ASSERT_EQ(all->size(), 6U);
  for (const auto& entry : *all) EXPECT_EQ(entry.sequence, static_cast<std::uint64_t>(entry.number));
  EXPECT_TRUE(outbox.show(id_of(6))->receipt);
}

TEST_F(FromVersion1, TheRatingBehindTheDeadItemGoes) {
  auto outbox = open();
  const auto parcel = outbox.lease_next(kNow, kLeaseTime);
  ASSERT_TRUE(parcel && *parcel);
  EXPECT_EQ((*parcel)->lease.id, id_of(5));
  EXPECT_TRUE(envelope::is_signed_by((*parcel)->envelope, device_.public_key()));
}

TEST_F(FromVersion1, NumbersCountOn) {
  auto outbox = open();
  EXPECT_EQ(outbox.accept(draft_of(7), kNow)->sequence, 7U);
}

TEST_F(FromVersion1, AnEnrolmentSinceSignsAllThatIsNotDelivered) {
  const auto other = envelope::SigningKey::make();
  auto opened = Outbox::open(folder_ / "outbox", blobs_, Identity{"k-2", &other, central_.public_key()});
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->counts()->ready, 5U);
  for (int i = 1; i <= 5; ++i) {
    const auto parcel = opened->lease_next(kNow, kLeaseTime);
    ASSERT_TRUE(parcel && *parcel);
    EXPECT_TRUE(envelope::is_signed_by((*parcel)->envelope, other.public_key()));
  }
}

}  // namespace
}  // namespace bangwu::outbox
