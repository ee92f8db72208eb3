#include "desk.h"
#include "support/small_disk.h"

namespace bangwu::outbox {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

/// The same desk with a queue on a disk that fills up, and a stick to export to.
class FullDisk : public Desk {
 protected:
  void SetUp() override { open_queue(); }
  void open_queue() {
    queue_.reset();
    auto opened = Outbox::open(folder_ / "disk/outbox", pages_, Identity{"k-1", &device_, central_.public_key()});
    ASSERT_TRUE(opened) << opened.error().detail;
    queue_ = std::move(*opened);
  }
  [[nodiscard]] base::Result<Acceptance> submit(int number, std::size_t page_size) {
    auto draft = draft_of(number, 30'000);
    const auto page = pages_.put(some_bytes(page_size, number));
    if (!page) return tl::unexpected(page.error());
    draft.attachments = {attachment_of(*page)};
    return queue_->accept(draft, kNow);
  }
  void deliver_all() {
    for (;;) {
      const auto parcel = queue_->lease_next(kNow, kLeaseTime);
      ASSERT_TRUE(parcel) << parcel.error().detail;
      if (!*parcel) return;
      const auto delivered = queue_->deliver((*parcel)->lease.id, receipt_for(**parcel), kNow);
      ASSERT_TRUE(delivered) << delivered.error().detail;
    }
  }
  static constexpr std::uint64_t kRoom = 64U << 20;
  support::SmallDisk disk_{folder_ / "disk", kRoom};
  blobs::BlobStore pages_ = blobs::BlobStore::open(folder_ / "disk/blobs").value();
  std::optional<Outbox> queue_;
};

TEST_F(FullDisk, RefusesTheNextAndKeepsWhatWasAccepted) {
  std::vector<int> accepted;
  std::optional<ErrorCode> refusal;
  for (int number = 1; number < 200 && !refusal; ++number) {
    const auto acceptance = submit(number, 400'000);
    if (acceptance) accepted.push_back(number);
    else refusal = acceptance.error().code;
  }
  ASSERT_EQ(refusal, ErrorCode::disk_full);
  ASSERT_GT(accepted.size(), 10U);
  EXPECT_EQ(queue_->counts()->ready, accepted.size());
  disk_.resize(2 * kRoom);
  open_queue();
  EXPECT_EQ(queue_->counts()->ready, accepted.size());
  const auto next = submit(200, 400'000);
  ASSERT_TRUE(next) << next.error().detail;
  EXPECT_EQ(next->sequence, accepted.size() + 1) << "a refusal uses up no number";
}

// Page, database, its log: any write may be the one for which there is no room.
TEST_F(FullDisk, AnyWriteOfAnAcceptanceMayBeTheOneThatFails) {
  std::size_t accepted = 0;
  int refused = 0;
  int number = 0;
  for (std::uint64_t room = 0; room <= 300'000; room += 4'096) {
    disk_.leave_only(room);
    const auto acceptance = submit(++number, 20'000);
    if (acceptance) ++accepted;
    else EXPECT_EQ(acceptance.error().code, ErrorCode::disk_full) << room;
    refused += acceptance ? 0 : 1;
    disk_.leave_only(24U << 20);  // enough to lay the ballast in again
    if (number % 10 == 0) open_queue();
    ASSERT_EQ(queue_->counts()->ready, accepted) << room;
    EXPECT_EQ(queue_->show(id_of(number)).has_value(), acceptance.has_value()) << room;
  }
  EXPECT_GT(accepted, 0U);
  EXPECT_GT(refused, 0);
  deliver_all();
  EXPECT_EQ(queue_->counts()->delivered, accepted);
}

TEST_F(FullDisk, DoesNotKeepTheCourierFromMakingRoom) {
  for (int number = 1; number <= 5; ++number) ASSERT_TRUE(submit(number, 400'000));
  disk_.leave_only(0);
  EXPECT_FALSE(submit(6, 400'000));
  deliver_all();
  EXPECT_EQ(queue_->counts()->delivered, 5U);
  EXPECT_GT(disk_.free_bytes(), 5U * 400'000U);
}

// The ballast was given up for a delivery, and what it was is free now: another submission must not take that.
TEST_F(FullDisk, TheRoomADeliveryNeedsIsNotTakenByTheNextSubmission) {
  ASSERT_TRUE(submit(1, 400'000));
  ASSERT_TRUE(fs::remove(folder_ / "disk/outbox/ballast"));
  disk_.leave_only(8U << 20);
  EXPECT_EQ(code_of(submit(2, 400'000)), ErrorCode::disk_full);
  disk_.leave_only(24U << 20);
  EXPECT_TRUE(submit(2, 400'000));
  EXPECT_TRUE(fs::exists(folder_ / "disk/outbox/ballast"));
}

TEST_F(FullDisk, AStickTooSmallForAnExportKeepsNoHalfOfIt) {
  for (int number = 1; number <= 3; ++number) ASSERT_TRUE(submit(number, 400'000));
  support::SmallDisk stick(folder_ / "stick", 500'000);
  const auto refused = queue_->export_to(folder_ / "stick/queue.export", kNow);
  EXPECT_EQ(code_of(refused), ErrorCode::disk_full);
  EXPECT_TRUE(fs::is_empty(folder_ / "stick"));
  EXPECT_EQ(queue_->counts()->ready, 3U);
  stick.resize(4U << 20);
  EXPECT_EQ(queue_->export_to(folder_ / "stick/queue.export", kNow).value(), (Exported{3, 3, 0}));
}

}  // namespace
}  // namespace bangwu::outbox
