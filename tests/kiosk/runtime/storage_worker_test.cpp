#include "runtime/storage_worker.h"

#include <gmock/gmock.h>

#include <atomic>

#include "kiosk/runtime/inbox.h"
#include "support/child_process.h"
#include "support/scratch_directory.h"
#include "support/small_disk.h"

namespace bangwu::runtime {
namespace {

using session::StoreProblem;

constexpr VisitNumber kVisit = 1;
constexpr std::uint64_t kReserve = 16U << 20;

/// The storage thread with a data folder on a disk that fills up.
class Storage : public testing::Test {
 protected:
  void start(bool is_enrolled = true) {
    std::optional<outbox::Identity> signer;
    std::optional<Sender> sender;
    if (is_enrolled) {
      signer = outbox::Identity{"k-1", &device_, receipt_.public_key()};
      sender = Sender{"k-1", central_.public_key()};
    }
    auto outbox = outbox::Outbox::open(scratch_ / "data" / "outbox", blobs_, signer);
    ASSERT_TRUE(outbox) << outbox.error().detail;
    worker_ = std::make_unique<StorageWorker>(StorageWorker::Parts{std::move(*outbox), sender, vault_, blobs_, kReserve,
                                                                   clock_, random_, inbox_.mailbox(),
                                                                   [this] { ++courier_calls_; }});
    worker_->order(BeginJob{kVisit});
    machine_ = inbox_.await<session::MachineChanged>();
    ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  }
  /// An application with one page.
  [[nodiscard]] domain::Application application() {
    const auto page = vault_.seal(kVisit, base::Bytes(50'000, 7), "image/jpeg");
    EXPECT_TRUE(page);
    domain::Application application;
    application.procedure = "A";
    application.materials = {{"id_card", {{page->sha256, "image/jpeg", 0}}}};
    return application;
  }
  template <class M>
  [[nodiscard]] M submit(const domain::Application& application) {
    worker_->order(SubmissionJob{kVisit, application});
    return inbox_.await<M>();
  }

  support::ScratchDirectory scratch_;
  support::SmallDisk disk_{scratch_ / "data", 64U << 20};
  bool has_cryptography_ = envelope::initialise_cryptography();
  envelope::SigningKey device_ = envelope::SigningKey::make(), receipt_ = envelope::SigningKey::make();
  envelope::UnsealingKey central_ = envelope::UnsealingKey::make();
  base::RealClock clock_;
  base::KernelRandom random_;
  blobs::BlobStore blobs_ = *blobs::BlobStore::open(scratch_ / "data" / "blobs");
  PageVault vault_{blobs_};
  Inbox inbox_;
  std::atomic<int> courier_calls_ = 0;
  session::MachineChanged machine_;
  std::unique_ptr<StorageWorker> worker_;
};

TEST_F(Storage, StoresASubmissionTellsTheCourierAndCanNoLongerReadIt) {
  start();
  EXPECT_EQ(machine_, (session::MachineChanged{true, true}));
  const auto handed_in = application();
  const auto stored = submit<session::SubmissionStored>(handed_in);
  EXPECT_TRUE(base::parse_uuid(stored.envelope));
  EXPECT_THAT(stored.provisional_number, testing::StartsWith("临"));
  EXPECT_EQ(courier_calls_, 1);
  EXPECT_FALSE(vault_.blob_of(kVisit, handed_in.materials[0].pages[0].sha256))
      << "the outbox has it, the visit does not";
}

TEST_F(Storage, OnAFullDiskNothingIsSubmittedNothingLostAndItCanBeTriedAgain) {
  start();
  const auto handed_in = application();
  disk_.leave_only(0);
  EXPECT_EQ(submit<session::StoreRefused>(handed_in).problem, StoreProblem::disk_full);
  EXPECT_EQ(courier_calls_, 0);
  disk_.leave_only(24U << 20);
  const auto stored = submit<session::SubmissionStored>(handed_in);
  auto queue = outbox::Outbox::open(scratch_ / "data" / "outbox", blobs_, std::nullopt);
  ASSERT_TRUE(queue);
  EXPECT_EQ(queue->counts()->ready, 1U);
  EXPECT_EQ(queue->show(*base::parse_uuid(stored.envelope))->uploads.size(), 1U);
}

TEST_F(Storage, ARatingTheDiskHasNoRoomForIsNotThankedFor) {
  start();
  disk_.leave_only(0);
  worker_->order(RatingJob{kVisit, {}, {}});
  EXPECT_EQ(inbox_.await<session::StoreRefused>().problem, StoreProblem::disk_full);
  disk_.leave_only(24U << 20);
  worker_->order(RatingJob{kVisit, {}, {}});
  EXPECT_EQ(inbox_.await<session::RatingStored>(), session::RatingStored{});
  EXPECT_EQ(courier_calls_, 1);
}

TEST_F(Storage, SaysAfterAVisitThatThereIsNoRoomForTheNext) {
  start();
  disk_.leave_only(kReserve - 8192);
  worker_->order(ForgetJob{kVisit});
  EXPECT_EQ(inbox_.await<session::MachineChanged>(), (session::MachineChanged{false, true}));
  disk_.leave_only(2 * kReserve);
  worker_->order(ForgetJob{kVisit});
  EXPECT_EQ(inbox_.await<session::MachineChanged>(), (session::MachineChanged{true, true}));
}

TEST_F(Storage, WithoutEnrolmentNothingIsTakenInAndTheMachineSaysSo) {
  start(false);
  EXPECT_FALSE(machine_.enrolled);
  EXPECT_EQ(submit<session::StoreRefused>(application()).problem, StoreProblem::not_enrolled);
  worker_->order(RatingJob{kVisit, {}, {}});
  EXPECT_EQ(inbox_.await<session::StoreRefused>().problem, StoreProblem::not_enrolled);
}

TEST_F(Storage, TheLedgersLinesGoWhenTheirTimeIsOver) {
  const auto long_ago = clock_.now() - 2 * outbox::kLedgerAge;
  auto queue = outbox::Outbox::open(scratch_ / "data" / "outbox", blobs_,
                                    outbox::Identity{"k-1", &device_, receipt_.public_key()});
  ASSERT_TRUE(queue);
  vault_.begin(kVisit);
  outbox::Draft draft;
  draft.id = base::make_uuid_v7(long_ago, random_);
  auto body = vault_.seal_body(kVisit, "{}", central_.public_key(), {"k-1", draft.id});
  draft.sealed_key = std::move(body->sealed_key);
  draft.body = std::move(body->body);
  ASSERT_TRUE(queue->accept(draft, long_ago));
  envelope::Receipt receipt;
  receipt.envelope = draft.id;
  receipt.manifest_hash = queue->lease_next(long_ago, std::chrono::minutes{1}).value()->manifest_hash;
  envelope::sign(receipt, receipt_);
  ASSERT_TRUE(queue->deliver(draft.id, receipt, long_ago));
  for (int day = 1; day <= 180; ++day) ASSERT_EQ(queue->forget_old(long_ago + std::chrono::days{day}).value(), 0U);
  ASSERT_EQ(queue->counts()->delivered, 1U);
  start();
  EXPECT_EQ(queue->counts()->delivered, 0U);
}

TEST_F(Storage, AForgottenVisitsPagesAreRemovedAndOfADroppedPageNothingIsKept) {
  start();
  const auto handed_in = application();
  const auto dropped = vault_.seal(kVisit, base::Bytes(1000, 1), "image/jpeg");
  ASSERT_TRUE(dropped);
  worker_->order(DropJob{kVisit, dropped->key});
  worker_->order(ForgetJob{kVisit});
  ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  EXPECT_FALSE(blobs_.read(dropped->sha256));
  EXPECT_FALSE(blobs_.read(handed_in.materials[0].pages[0].sha256));
}

}  // namespace
}  // namespace bangwu::runtime
