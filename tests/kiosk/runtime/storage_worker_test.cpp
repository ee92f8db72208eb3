#include "runtime/storage_worker.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>

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
                                                                   clock_, random_, inbox_.mailbox(), [this] {
                                                                     ++courier_calls_;
                                                                     on_accepted_();
                                                                   }});
    worker_->order(BeginJob{kVisit});
    ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  }
  /// An application with one page.
  [[nodiscard]] session::Store application() {
    const auto page = vault_.seal(kVisit, base::Bytes(50'000, 7), "image/jpeg");
    EXPECT_TRUE(page);
    domain::Application application;
    application.procedure = "A";
    application.materials = {{"id_card", {{page->sha256, "image/jpeg", 0}}}};
    return {++ticket_, std::move(application), {{"material", page->key}}, {}};
  }
  [[nodiscard]] session::Store rating() { return {++ticket_, domain::Rating{}, {}, {}}; }
  template <class M>
  [[nodiscard]] M store(const session::Store& order) {
    worker_->order(StoreJob{kVisit, order});
    return inbox_.await<M>();
  }
  [[nodiscard]] std::size_t queued() {
    auto queue = outbox::Outbox::open(scratch_ / "data" / "outbox", blobs_, std::nullopt);
    return queue ? queue->counts()->ready : 0;
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
  std::function<void()> on_accepted_ = [] {};
  session::Ticket ticket_ = 0;
  std::unique_ptr<StorageWorker> worker_;
};

TEST_F(Storage, StoresASubmissionTellsTheCourierAndCanNoLongerReadIt) {
  start();
  EXPECT_EQ(inbox_.await<session::FaultGone>(), session::FaultGone{session::MachineFault::no_room});
  const auto handed_in = application();
  const auto stored = store<session::Stored>(handed_in);
  EXPECT_EQ(stored.ticket, handed_in.ticket);
  EXPECT_TRUE(base::parse_uuid(stored.envelope));
  EXPECT_THAT(stored.provisional_number, testing::StartsWith("临"));
  ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  EXPECT_EQ(courier_calls_, 1);
  EXPECT_FALSE(vault_.page_of(kVisit, handed_in.pages[0].page)) << "the outbox has it, the visit does not";
}

TEST_F(Storage, OnAFullDiskNothingIsSubmittedNothingLostAndItCanBeTriedAgain) {
  start();
  const auto handed_in = application();
  disk_.leave_only(0);
  EXPECT_EQ(store<session::StoreRefused>(handed_in).problem, StoreProblem::disk_full);
  EXPECT_EQ(courier_calls_, 0);
  disk_.leave_only(24U << 20);
  const auto stored = store<session::Stored>(handed_in);
  auto queue = outbox::Outbox::open(scratch_ / "data" / "outbox", blobs_, std::nullopt);
  ASSERT_TRUE(queue);
  EXPECT_EQ(queue->counts()->ready, 1U);
  EXPECT_EQ(queue->show(*base::parse_uuid(stored.envelope))->uploads.size(), 1U);
}

TEST_F(Storage, ARatingTheDiskHasNoRoomForIsNotThankedFor) {
  start();
  disk_.leave_only(0);
  const auto rated = rating();
  EXPECT_EQ(store<session::StoreRefused>(rated).problem, StoreProblem::disk_full);
  disk_.leave_only(24U << 20);
  EXPECT_EQ(store<session::Stored>(rated).ticket, rated.ticket);
  ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  EXPECT_EQ(courier_calls_, 1);
}

// The courier may be answered at once: what comes of an envelope must not be known before the envelope is.
TEST_F(Storage, IsAnsweredBeforeTheCourierHearsOfIt) {
  std::promise<void> answered;
  std::atomic<bool> was_answered_first = false;
  on_accepted_ = [&, heard = answered.get_future().share()] {
    was_answered_first = heard.wait_for(std::chrono::seconds{5}) == std::future_status::ready;
  };
  start();
  static_cast<void>(store<session::Stored>(rating()));
  answered.set_value();
  ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  EXPECT_TRUE(was_answered_first);
}

TEST_F(Storage, ASecondTryOfATicketIsTheSameEnvelope) {
  start();
  const auto handed_in = application();
  const auto first = store<session::Stored>(handed_in);
  EXPECT_EQ(store<session::Stored>(handed_in), first);
  EXPECT_EQ(queued(), 1U);
}

TEST_F(Storage, WhatTheCentralServiceCannotOpenIsNotAccepted) {
  start();
  auto handed_in = application();
  auto& body = std::get<domain::Application>(handed_in.body);
  body.signature.strokes = {domain::Stroke(60'000, domain::InkPoint{0.5F, 0.5F, 1})};
  EXPECT_EQ(store<session::StoreRefused>(handed_in).problem, StoreProblem::failed);
  EXPECT_EQ(queued(), 0U);
  EXPECT_EQ(courier_calls_, 0);
}

TEST_F(Storage, APageTheVisitDoesNotKnowIsARefusalAndNoSilence) {
  start();
  auto handed_in = application();
  handed_in.pages.push_back({"material", 4711});
  EXPECT_EQ(store<session::StoreRefused>(handed_in).problem, StoreProblem::failed);
  EXPECT_EQ(queued(), 0U);
}

TEST_F(Storage, ADiskThatTurnedReadOnlyTakesNoMoreVisits) {
  support::SmallDisk pages{scratch_ / "pages", 64U << 20};  // of its own: the queue's open files hold the other
  blobs_ = *blobs::BlobStore::open(scratch_ / "pages");
  start();
  EXPECT_EQ(inbox_.await<session::FaultGone>(), session::FaultGone{session::MachineFault::no_room});
  pages.make_read_only();
  worker_->order(ForgetJob{kVisit});
  EXPECT_EQ(inbox_.await<session::FaultFound>(), session::FaultFound{session::MachineFault::no_room});
}

TEST_F(Storage, SaysAfterAVisitThatThereIsNoRoomForTheNext) {
  start();
  disk_.leave_only(kReserve - 8192);
  worker_->order(ForgetJob{kVisit});
  EXPECT_EQ(inbox_.await<session::FaultFound>(), session::FaultFound{session::MachineFault::no_room});
  disk_.leave_only(2 * kReserve);
  worker_->order(ForgetJob{kVisit});
  EXPECT_EQ(inbox_.await<session::FaultGone>(), session::FaultGone{session::MachineFault::no_room});
}

TEST_F(Storage, WithoutEnrolmentNothingIsTakenInAndTheMachineSaysSo) {
  start(false);
  EXPECT_EQ(inbox_.await<session::FaultFound>(), session::FaultFound{session::MachineFault::not_enrolled});
  EXPECT_EQ(store<session::StoreRefused>(application()).problem, StoreProblem::not_enrolled);
  EXPECT_EQ(store<session::StoreRefused>(rating()).problem, StoreProblem::not_enrolled);
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
  EXPECT_FALSE(blobs_.read(std::get<domain::Application>(handed_in.body).materials[0].pages[0].sha256));
}

}  // namespace
}  // namespace bangwu::runtime
