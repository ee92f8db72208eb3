#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "envelope/bodies.h"
#include "ingest/ingest.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace {

/// The one file whose reading fails.
std::atomic<ino_t> unreadable{0};

}  // namespace

/// Takes the place of libc's for the whole program: pread() of that file says EIO, as a failing disk does.
extern "C" ssize_t pread(int descriptor, void* buffer, std::size_t count, off_t offset) {
  struct stat status {};
  if (unreadable != 0 && ::fstat(descriptor, &status) == 0 && status.st_ino == unreadable) {
    errno = EIO;
    return -1;
  }
  return ::syscall(SYS_pread64, descriptor, buffer, count, offset);
}

namespace bangwu::ingest {
namespace {

/// An envelope with one page, whose file the disk cannot read: "hand it in again" would write it to the same disk.
TEST(UnreadablePage, IsForStaffAndIsNotAskedForAgain) {
  ASSERT_TRUE(envelope::initialise_cryptography());
  const support::ScratchDirectory folder;
  base::RealClock clock;
  base::KernelRandom random;
  const auto store = store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
  const auto blobs = blobs::BlobStore::open(folder / "blobs").value();
  const auto device = envelope::SigningKey::make(), receipts = envelope::SigningKey::make();
  const auto unsealing = envelope::UnsealingKey::make();
  const auto search = envelope::SearchKey::make();
  const domain::Catalogue catalogue;
  const domain::Calendar calendar;
  ASSERT_TRUE(store->write([&](store::Transaction& transaction) {
    return transaction.kiosks().add(
        {.id = "k-1", .name = "n", .enrolled_at = clock.now(), .revoked_at = std::nullopt, .revoked_why = ""});
  }));
  const Ingest ingest({.store = *store,
                       .blobs = blobs,
                       .unsealing_key = unsealing,
                       .receipt_key = receipts,
                       .search_key = search,
                       .catalogue = catalogue,
                       .calendar = calendar,
                       .clock = clock,
                       .keep_free_bytes = 0,
                       .hand_in = {cases::RunsFrom::hand_in, std::chrono::days{60}},
                       .clock_guard = ClockGuard(base::SystemTime{}, std::chrono::days{36500})});
  const auto blob = blobs.put(base::Bytes(5000, 7)).value();
  const auto key = envelope::ContentKey::make();
  envelope::Envelope sent;
  sent.id = base::make_uuid_v7(clock.now(), random);
  sent.kiosk = "k-1";
  sent.sequence = 1;
  sent.created_at = clock.now();
  sent.sealed_key = key.seal_to(unsealing.public_key(), sealed_for(sent)).value();
  domain::Application application;
  application.procedure = "A";
  application.applicant.identity = {domain::IdKind::resident_id, "11010519491231002X", "张三"};
  const std::string body = envelope::to_json(application);
  sent.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
  sent.attachments = {{blob.sha256, blob.size, "image/jpeg", "material"}};
  envelope::sign(sent, device);
  const auto receive = [&] {
    return ingest.receive(envelope::to_json(sent), std::nullopt, {"k-1", device.public_key()});
  };
  struct stat status {};
  ASSERT_EQ(::stat(blobs.path_of(blob.sha256).c_str(), &status), 0);
  unreadable = status.st_ino;
  const auto answer = receive();
  EXPECT_EQ(answer.verdict, Verdict::store_failed) << answer.detail;
  EXPECT_TRUE(answer.missing.empty());
  unreadable = 0;
  EXPECT_TRUE(blobs.contains(blob)) << "it may be whole";
  EXPECT_EQ(receive().verdict, Verdict::stored) << "the disk reads again";
}

}  // namespace
}  // namespace bangwu::ingest
