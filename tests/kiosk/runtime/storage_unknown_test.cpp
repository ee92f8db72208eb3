#include <atomic>

#include "kiosk/runtime/inbox.h"
#include "runtime/storage_worker.h"
#include "support/child_process.h"
#include "support/failing_sync.h"
#include "support/scratch_directory.h"

namespace bangwu::runtime {
namespace {

constexpr VisitNumber kVisit = 1;

/// A disk that fails at an acceptance and since: whether it is stored cannot be known.
class StorageUnknown : public testing::Test {
 protected:
  void SetUp() override {
    auto outbox = open_queue();
    worker_ = std::make_unique<StorageWorker>(StorageWorker::Parts{std::move(outbox),
                                                                   Sender{"k-1", central_.public_key()}, vault_, blobs_,
                                                                   1U << 20, clock_, random_, inbox_.mailbox(), [] {}});
    worker_->order(BeginJob{kVisit});
    ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
  }
  void TearDown() override { support::heal_syncs(); }
  [[nodiscard]] outbox::Outbox open_queue() const {
    return std::move(
        *outbox::Outbox::open(scratch_ / "outbox", blobs_, outbox::Identity{"k-1", &device_, receipt_.public_key()}));
  }
  void hand_in_and_learn_nothing() {
    const auto page = vault_.seal(kVisit, base::Bytes(50'000, 7), "image/jpeg");
    ASSERT_TRUE(page);
    page_ = *page;
    domain::Application application;
    application.procedure = "A";
    application.materials = {{"id_card", {{page->sha256, "image/jpeg", 0}}}};
    support::fail_syncs(-1);
    worker_->order(StoreJob{kVisit, {1, std::move(application), {{"material", page->key}}, {}}});
    ASSERT_EQ(inbox_.await<session::StoreRefused>().problem, session::StoreProblem::unknown);
  }
  /// The disk works again; nothing of the process is left.
  void restart() {
    ASSERT_TRUE(support::eventually([&] { return worker_->idle(); }));
    support::heal_syncs();
    worker_.reset();
  }
  [[nodiscard]] bool has_page() const { return blobs_.read(page_.sha256).has_value(); }
  /// Either the item is there with its page, or nothing of it.
  void expect_all_or_nothing() {
    auto queue = open_queue();
    ASSERT_TRUE(queue.sweep_blobs());
    EXPECT_EQ(has_page(), queue.counts()->ready == 1);
  }

  support::ScratchDirectory scratch_;
  bool has_cryptography_ = envelope::initialise_cryptography();
  envelope::SigningKey device_ = envelope::SigningKey::make(), receipt_ = envelope::SigningKey::make();
  envelope::UnsealingKey central_ = envelope::UnsealingKey::make();
  base::RealClock clock_;
  base::KernelRandom random_;
  blobs::BlobStore blobs_ = *blobs::BlobStore::open(scratch_ / "blobs");
  PageVault vault_{blobs_};
  Inbox inbox_;
  PageVault::SealedPage page_;
  std::unique_ptr<StorageWorker> worker_;
};

TEST_F(StorageUnknown, TheVisitsEndLeavesItsPagesToTheNextStart) {
  hand_in_and_learn_nothing();
  worker_->order(ForgetJob{kVisit});
  restart();
  EXPECT_TRUE(has_page());
  expect_all_or_nothing();
}

TEST_F(StorageUnknown, APageTakenOutSinceStaysToo) {
  hand_in_and_learn_nothing();
  worker_->order(DropJob{kVisit, page_.key});
  worker_->order(ForgetJob{kVisit});
  restart();
  EXPECT_TRUE(has_page());
  expect_all_or_nothing();
}

TEST_F(StorageUnknown, ASecondTryOnADiskThatWorksAgainIsTheSameEnvelope) {
  hand_in_and_learn_nothing();
  support::heal_syncs();
  domain::Application application;
  application.procedure = "A";
  application.materials = {{"id_card", {{page_.sha256, "image/jpeg", 0}}}};
  worker_->order(StoreJob{kVisit, {1, std::move(application), {{"material", page_.key}}, {}}});
  EXPECT_EQ(inbox_.await<session::Stored>().ticket, 1U);
  worker_->order(ForgetJob{kVisit});
  restart();
  EXPECT_EQ(open_queue().counts()->ready, 1U);
  EXPECT_TRUE(has_page());
}

}  // namespace
}  // namespace bangwu::runtime
