#include "store/integrity.h"

#include <gtest/gtest.h>

#include "central/support/version_1.h"
#include "sqlite/connection.h"
#include "store/store.h"
#include "support/files.h"
#include "support/scratch_directory.h"
#include "support/throwaway_postgres.h"

namespace bangwu::store {
namespace {

class IntegrityOfSqlite : public ::testing::Test {
 protected:
  void SetUp() override {
    support::lay_out_version_1(folder / "data");
    ASSERT_TRUE(open_sqlite_store(file, OpenMode::existing));
  }
  void tamper(const char* sql) const {
    auto beside = sqlite::Connection::open(file, {.name = "beside", .missing = sqlite::Missing::refuse}).value();
    ASSERT_TRUE(beside.execute(sql));
  }
  support::ScratchDirectory folder;
  const std::filesystem::path file = folder / "data/central.db";
};

TEST_F(IntegrityOfSqlite, SoundDatabaseHasNoDamage) {
  EXPECT_EQ(damage_of_sqlite(file).value(), std::vector<std::string>{});
}

TEST_F(IntegrityOfSqlite, OverwrittenPageIsFound) {
  std::string bytes = support::read_file(file);
  bytes.replace(5 * 4096, 4096, std::string(4096, 'x'));
  support::write_file(file, bytes);
  EXPECT_FALSE(damage_of_sqlite(file).value().empty());
}

TEST_F(IntegrityOfSqlite, RowWithoutWhatItRefersToIsFound) {
  tamper("PRAGMA foreign_keys=OFF; DELETE FROM envelope WHERE kind = 'rating'");
  const auto damage = damage_of_sqlite(file).value();
  ASSERT_EQ(damage.size(), 1U);
  EXPECT_NE(damage[0].find("rating refers to one that is not in envelope"), std::string::npos) << damage[0];
}

TEST_F(IntegrityOfSqlite, GuardThatIsGoneIsFound) {
  tamper("DROP TRIGGER event_is_never_deleted");
  EXPECT_EQ(damage_of_sqlite(file).value(), std::vector<std::string>{"the guard event_is_never_deleted is missing"});
}

TEST(IntegrityOfPostgres, GuardThatIsOffAndIndexThatIsInvalidAreFound) {
  const support::ThrowawayPostgres server;
  const auto database = server.database();
  ASSERT_TRUE(open_postgres_store(database, OpenMode::create));
  EXPECT_EQ(damage_of_postgres(database).value(), std::vector<std::string>{});
  ASSERT_EQ(server.sql("ALTER TABLE event DISABLE TRIGGER event_is_never_changed").code, 0);
  ASSERT_EQ(
      server.sql("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'wrong_proof_by_time'::regclass").code, 0);
  EXPECT_EQ(damage_of_postgres(database).value(),
            (std::vector<std::string>{"index wrong_proof_by_time is invalid",
                                      "the guard event_is_never_changed is missing or off"}));
}

}  // namespace
}  // namespace bangwu::store
