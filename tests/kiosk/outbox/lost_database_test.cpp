#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "desk.h"
#include "outbox/queue_command.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

class LostDatabase : public Desk {
 protected:
  void SetUp() override {
    for (int i = 1; i <= 5; ++i) {
      auto draft = draft_of(i);
      draft.attachments = {put(3000, i)};
      pages_.push_back(draft.attachments[0]);
      accept(draft);
    }
  }
  fs::path file() const { return folder_ / "outbox/outbox.sqlite"; }
  void remove_database() {
    outbox_.reset();
    for (const char* part : {"", "-wal", "-shm"}) fs::remove(file().string() + part);
  }
  void refuses_to_start() {
    const auto opened = open_as("k-1");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
    EXPECT_NE(opened.error().detail.find("recover"), std::string::npos) << opened.error().detail;
    for (const auto& page : pages_) EXPECT_TRUE(has_blob(page));
  }
  std::string recover() {
    std::ostringstream out;
    EXPECT_EQ(recover_command(folder_ / "outbox", blobs_, kNow, out), 0) << out.str();
    return out.str();
  }
  void overwrite(const fs::path& path, std::streamoff at, const std::string& bytes) const {
    std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(at);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  fs::path mark() const { return folder_ / "outbox.mark"; }
  std::vector<envelope::Attachment> pages_;
};

TEST_F(LostDatabase, IsNoticedWhenItIsGone) {
  remove_database();
  refuses_to_start();
  EXPECT_FALSE(fs::exists(file())) << "none is made in its place";
  refuses_to_start();
}

TEST_F(LostDatabase, IsNoticedWhenItsWholeFolderIsGone) {
  outbox_.reset();
  fs::remove_all(folder_ / "outbox");
  refuses_to_start();
}

TEST_F(LostDatabase, IsNoticedWhenANewOneLiesInItsPlace) {
  remove_database();
  { ASSERT_TRUE(Outbox::open(folder_ / "elsewhere", blobs_, std::nullopt)); }
  fs::copy_file(folder_ / "elsewhere/outbox.sqlite", file());
  refuses_to_start();
}

TEST_F(LostDatabase, IsNoticedWhenItIsAnOlderCopy) {
  outbox_.reset();
  fs::copy_file(file(), folder_ / "older");
  reopen();
  accept(draft_of(6));
  outbox_.reset();
  fs::copy_file(folder_ / "older", file(), fs::copy_options::overwrite_existing);
  refuses_to_start();
}

TEST_F(LostDatabase, IsNoticedWhenItIsCutOff) {
  outbox_.reset();
  fs::resize_file(file(), 4096);
  refuses_to_start();
}

TEST_F(LostDatabase, IsNoticedWhenOnlyANumberWasGiven) {
  outbox_.reset();
  fs::copy_file(file(), folder_ / "older");
  reopen();
  ASSERT_TRUE(outbox().bury(lease().lease, Reason::duplicate_identity));
  ASSERT_TRUE(outbox().retry(id_of(1)));  // numbered anew, and nothing accepted
  outbox_.reset();
  fs::copy_file(folder_ / "older", file(), fs::copy_options::overwrite_existing);
  refuses_to_start();
}

// Each acceptance is in the database file when it returns: a log that is lost or damaged costs none.
TEST_F(LostDatabase, TheLogIsNeverTheOnlyCopy) {
  fs::create_directory(folder_ / "copy");
  fs::copy_file(file(), folder_ / "copy/outbox.sqlite");  // as it lies on the disk now, without its log
  auto copy = Outbox::open(folder_ / "copy", blobs_, std::nullopt);
  ASSERT_TRUE(copy) << copy.error().detail;
  EXPECT_EQ(copy->counts()->ready, 5U);
}

TEST_F(LostDatabase, ALogThatSomeoneReadIsMovedLater) {
  auto other = std::move(*sqlite::Connection::open(file(), {.name = "outbox database"}));
  {
    auto reading = other.prepare("SELECT number FROM items");
    ASSERT_TRUE(reading.step().value());
    accept(draft_of(6));
  }
  ASSERT_TRUE(outbox().has_room(1).value());
  fs::create_directory(folder_ / "copy");
  fs::copy_file(file(), folder_ / "copy/outbox.sqlite");
  auto copy = Outbox::open(folder_ / "copy", blobs_, std::nullopt);
  ASSERT_TRUE(copy) << copy.error().detail;
  EXPECT_EQ(copy->counts()->ready, 6U);
}

TEST_F(LostDatabase, ALogThatCannotBeReadCostsNothing) {
  const auto log = file().string() + "-wal";
  fs::copy_file(log, folder_ / "log");
  fs::copy_file(file(), folder_ / "database");
  outbox_.reset();
  fs::copy_file(folder_ / "database", file(), fs::copy_options::overwrite_existing);
  fs::copy_file(folder_ / "log", log);
  overwrite(log, 40, "\xFF");
  reopen();
  EXPECT_EQ(outbox().counts()->ready, 5U);
}

TEST_F(LostDatabase, AnySingleDamageToTheMarkIsRepaired) {
  outbox_.reset();
  for (const std::streamoff at : {0, 20, 4096, 4120}) {
    overwrite(mark(), at, "?");
    const auto opened = open_as("k-1");
    ASSERT_TRUE(opened) << opened.error().detail;
  }
  remove_database();
  refuses_to_start();
}

TEST_F(LostDatabase, AMarkThatIsLostIsMadeFromASoundDatabase) {
  outbox_.reset();
  fs::remove(mark());
  reopen();
  remove_database();
  refuses_to_start();
}

TEST_F(LostDatabase, ADamagedMarkAndNoDatabaseAreNotTakenForANewMachine) {
  remove_database();
  overwrite(mark(), 0, "?");
  overwrite(mark(), 4096, "?");
  refuses_to_start();
}

TEST_F(LostDatabase, RecoveryCountsOnAndKeepsThePagesAside) {
  remove_database();
  const auto told = recover();
  EXPECT_NE(told.find("5 items that had been promised are not in it"), std::string::npos) << told;
  reopen();
  EXPECT_EQ(outbox().accept(draft_of(6), kNow)->sequence, 6U);
  EXPECT_EQ(lease().lease.number, 6);
  EXPECT_EQ(outbox().sweep_blobs().value(), 0U);
  std::size_t aside = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "outbox")) {
    aside += entry.path().parent_path().filename() == "pages" ? 1U : 0U;
  }
  EXPECT_EQ(aside, 5U);
}

TEST_F(LostDatabase, RecoveryOfAnOlderCopyGoesOnWithIt) {
  outbox_.reset();
  fs::copy_file(file(), folder_ / "older");
  reopen();
  accept(draft_of(6));
  outbox_.reset();
  fs::copy_file(folder_ / "older", file(), fs::copy_options::overwrite_existing);
  const auto told = recover();
  EXPECT_NE(told.find("1 items"), std::string::npos) << told;
  reopen();
  EXPECT_EQ(outbox().counts()->ready, 5U);
  EXPECT_EQ(outbox().accept(draft_of(7), kNow)->sequence, 7U);
}

TEST_F(LostDatabase, RecoveryTakesOverWhatCanBeRead) {
  for (int i = 6; i <= 60; ++i) accept(draft_of(i));
  outbox_.reset();
  const auto size = fs::file_size(file());
  for (std::streamoff at = 8192; at < static_cast<std::streamoff>(size) / 2; at += 8192) {
    overwrite(file(), at, std::string(64, '\xEE'));
  }
  overwrite(file(), static_cast<std::streamoff>(size) - 4096, std::string(4096, '\xEE'));
  const auto told = recover();
  reopen();
  const auto kept = outbox().list(Which::all);
  ASSERT_TRUE(kept) << kept.error().detail;
  EXPECT_NE(told.find(" " + std::to_string(60 - kept->size()) + " items that had"), std::string::npos) << told;
  EXPECT_EQ(outbox().accept(draft_of(61), kNow)->sequence, 61U);
  while (!nothing_is_due()) continue;
}

/// A queue that has lived: one item delivered and kept, the others signed anew after an enrolment, one waiting for
/// another that the damage cost. A page of an index is no page any more, and the mark is damaged too.
class Worn : public LostDatabase {
 protected:
  void SetUp() override {
    keeping_ = {.budget = 1U << 20, .keep_free = 0};
    LostDatabase::SetUp();
    reopen();
    ASSERT_TRUE(outbox().deliver(id_of(1), receipt_for(lease()), kNow));
    before_ = receipt_for(lease());
    auto dependant = draft_of(6);
    dependant.depends_on = id_of(5);
    accept(dependant);
    device_ = envelope::SigningKey::make();
    central_ = envelope::SigningKey::make();
    reopen();
    last_sequence_ = outbox().show(id_of(6))->entry.sequence;
    outbox_.reset();
    damage();
    overwrite(mark(), 0, "?");
    overwrite(mark(), 4096, "?");
    (void)recover();
    reopen();
  }
  void damage() {
    std::int64_t page = 0;
    {
      auto database = std::move(*sqlite::Connection::open(file(), {.name = "outbox database"}));
      ASSERT_TRUE(database.execute("DELETE FROM items WHERE number = 5"));
      auto query = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'attachments_by_blob'");
      ASSERT_TRUE(query.step().value());
      page = query.integer(0);
    }
    overwrite(file(), (page - 1) * 4096, std::string(4096, '\xEE'));
  }
  std::optional<envelope::Receipt> before_;  ///< of item 2 as it was first signed, by the key of then
  std::uint64_t last_sequence_ = 0;
};

TEST_F(Worn, EveryItemIsTakenOverThoughTheMarkIsDamagedToo) {
  EXPECT_EQ(outbox().list(Which::all)->size(), 5U);
  EXPECT_EQ(outbox().accept(draft_of(7), kNow)->sequence, last_sequence_ + 1) << "no number is given twice";
}

TEST_F(Worn, WhatIsKeptStaysKept) {
  EXPECT_TRUE(outbox().show(id_of(1))->entry.is_kept);
  ASSERT_TRUE(outbox().give_again(id_of(1)));
  EXPECT_EQ(state_of(1), State{Ready{}});
}

TEST_F(Worn, AnEarlierSignaturesReceiptStillCounts) {
  const auto delivered = outbox().deliver(id_of(2), *before_, kNow);
  EXPECT_TRUE(delivered) << delivered.error().detail;
}

TEST_F(Worn, NothingWaitsForWhatTheDamageCost) {
  std::set<base::Uuid> leased;
  for (auto parcel = outbox().lease_next(kNow, kLeaseTime); parcel && *parcel;
       parcel = outbox().lease_next(kNow, kLeaseTime)) {
    leased.insert((*parcel)->lease.id);
  }
  EXPECT_TRUE(leased.contains(id_of(6)));
  EXPECT_EQ(leased.size(), 4U);
}

TEST_F(LostDatabase, WhatCentralHasSeenMovesTheCount) {
  EXPECT_FALSE(outbox().learn_sequence(5).value());
  EXPECT_TRUE(outbox().learn_sequence(40).value()) << "this disk is older than what central has seen";
  reopen();
  EXPECT_FALSE(outbox().learn_sequence(40).value());
  EXPECT_EQ(outbox().accept(draft_of(6), kNow)->sequence, 41U);
}

TEST_F(LostDatabase, ADiskThatTakesNoWritesHasNoRoom) {
  ASSERT_TRUE(outbox().has_room(1).value());
  overwrite(mark(), 0, "?");
  overwrite(mark(), 4096, "?");
  EXPECT_FALSE(outbox().has_room(1)) << "what cannot be written back is no room";
}

}  // namespace
}  // namespace bangwu::outbox
