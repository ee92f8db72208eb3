#include "store/schema.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "base/file.h"
#include "sqlite/connection.h"
#include "store/store.h"
#include "support/scratch_directory.h"

namespace bangwu::store {
namespace {

/// Runs SQL beside the store, as someone with the file and a tool would.
int tamper(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
  sqlite3_close(database);
  return code;
}

TEST(Schema, FileIsMadeForItsOwnerOnly) {
  const support::ScratchDirectory folder;
  ASSERT_TRUE(open_sqlite_store(folder / "a.db", OpenMode::create));
  struct stat status {};
  ASSERT_EQ(::stat((folder / "a.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(Schema, MissingFileIsNotMadeUnlessAskedFor) {
  const support::ScratchDirectory folder;
  const auto opened = open_sqlite_store(folder / "a.db", OpenMode::existing);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::ErrorCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder / "a.db"));
}

TEST(Schema, DatabaseOfANewerProgramIsLeftAlone) {
  const support::ScratchDirectory folder;
  ASSERT_TRUE(open_sqlite_store(folder / "a.db", OpenMode::create));
  ASSERT_EQ(tamper(folder / "a.db", "PRAGMA user_version = 999"), SQLITE_OK);
  const auto opened = open_sqlite_store(folder / "a.db", OpenMode::existing);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::ErrorCode::unsupported);
}

TEST(Schema, EmptyDatabaseIsBroughtUpToDateAndASecondTimeNothingHappens) {
  const support::ScratchDirectory folder;
  ASSERT_EQ(tamper(folder / "a.db", "PRAGMA user_version = 0"), SQLITE_OK);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(open_sqlite_store(folder / "a.db", OpenMode::create));
  auto connection = sqlite::Connection::open(folder / "a.db", {.name = "database"}).value();
  auto version = connection.prepare("PRAGMA user_version");
  ASSERT_TRUE(version.step().value());
  EXPECT_EQ(version.integer(0), kSchemaVersion);
}

TEST(Schema, EventsAreNeverChangedOrDeleted) {
  const support::ScratchDirectory folder;
  {
    const auto store = open_sqlite_store(folder / "a.db", OpenMode::create).value();
    ASSERT_TRUE(store->write([](Transaction& transaction) -> base::Result<void> {
      const EventRow event{.case_number = "WJ1", .sequence = 1, .body = "{}", .hash = "h", .at = {}};
      for (auto done : {transaction.kiosks().add(
                            {.id = "k", .name = "n", .enrolled_at = {}, .revoked_at = std::nullopt, .revoked_why = ""}),
                        transaction.cases().add({.number = "WJ1",
                        .provisional_number = "临",
                        .envelope = "e",
                        .kiosk = "k",
                        .procedure = "A",
                        .state = "accepted",
                        .received_at = {}}),
                        transaction.cases().append("WJ1", 0, {{event}}),
                        transaction.envelopes().add({.id = "e",
                        .kiosk = "k",
                        .sequence = 1,
                        .kind = "submission",
                        .manifest_hash = "m",
                        .content_hash = std::nullopt,
                        .received_at = {},
                        .depends_on = std::nullopt,
                        .wire = "w",
                        .receipt = "r"})}) {
        if (!done) return done;
      }
      return {};
    }));
  }
  EXPECT_EQ(tamper(folder / "a.db", "UPDATE event SET body = '[]'"), SQLITE_CONSTRAINT);
  EXPECT_EQ(tamper(folder / "a.db", "DELETE FROM event"), SQLITE_CONSTRAINT);
  EXPECT_EQ(tamper(folder / "a.db", "INSERT OR REPLACE INTO event VALUES ('WJ1', 1, '[]', 'h', 0)"), SQLITE_CONSTRAINT);
  EXPECT_EQ(tamper(folder / "a.db", "INSERT INTO event VALUES ('WJ1', 3, '[]', 'h', 0)"), SQLITE_CONSTRAINT) << "a gap";
}

TEST(Schema, FileThatIsNoDatabaseIsCorrupt) {
  const support::ScratchDirectory folder;
  const auto text = std::string(5000, 'x');
  ASSERT_TRUE(
      base::write_file_durably(folder / "a.db", {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  const auto opened = open_sqlite_store(folder / "a.db", OpenMode::existing);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::ErrorCode::corrupt);
}

}  // namespace
}  // namespace bangwu::store
