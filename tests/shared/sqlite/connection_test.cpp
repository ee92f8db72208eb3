#include "sqlite/connection.h"

#include <gtest/gtest.h>

#include "sqlite/transaction.h"
#include "support/scratch_directory.h"

namespace bangwu::sqlite {
namespace {

using base::ErrorCode;

class SqliteConnection : public testing::Test {
 protected:
  [[nodiscard]] base::Result<Connection> open() { return Connection::open(file_, {.name = "test database"}); }
  static std::int64_t integer(Connection& connection, const char* sql) {
    auto query = connection.prepare(sql);
    EXPECT_TRUE(query.step().value());
    return query.integer(0);
  }
  support::ScratchDirectory folder_{support::In::memory};
  std::filesystem::path file_ = folder_ / "a.sqlite";
};

TEST_F(SqliteConnection, WhatIsNoDatabaseIsCorrupt) {
  const std::string text(5000, 'x');
  ASSERT_TRUE(base::write_file_durably(file_, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}));
  const auto opened = open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

TEST_F(SqliteConnection, MakesNoFileWhenToldToRefuse) {
  EXPECT_FALSE(Connection::open(file_, {.name = "test database", .missing = Missing::refuse}));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SqliteConnection, EveryWriteWaitsForTheDiskAndIsWipedWhenDeleted) {
  auto connection = std::move(*open());
  EXPECT_EQ(integer(connection, "PRAGMA synchronous"), 2);
  EXPECT_EQ(integer(connection, "PRAGMA secure_delete"), 1);
  EXPECT_EQ(integer(connection, "PRAGMA foreign_keys"), 1);
  auto query = connection.prepare("PRAGMA journal_mode");
  ASSERT_TRUE(query.step().value());
  EXPECT_EQ(query.text(0), "wal");
}

TEST_F(SqliteConnection, ATakenUniqueKeyIsNamedAsSuchAndNeverItsValue) {
  auto connection = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x TEXT PRIMARY KEY) STRICT; INSERT INTO a VALUES ('zhang san')"));
  const auto again = connection.prepare("INSERT INTO a VALUES (?)").bind("zhang san").run();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::already_exists);
  EXPECT_EQ(again.error().detail.find("zhang"), std::string::npos);
}

TEST_F(SqliteConnection, AStatementThatCannotBePreparedSaysSoWhenItIsUsed) {
  auto connection = std::move(*open());
  const auto row = connection.prepare("SELECT x FROM nowhere WHERE y = ?").bind(1, "a", base::Bytes{1}).step();
  ASSERT_FALSE(row);
  EXPECT_NE(row.error().detail.find("nowhere"), std::string::npos);
}

TEST_F(SqliteConnection, ATransactionThatIsNotCommittedLeavesNothing) {
  auto connection = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x INTEGER)"));
  {
    auto transaction = Transaction::begin(connection);
    ASSERT_TRUE(transaction);
    ASSERT_TRUE(connection.prepare("INSERT INTO a VALUES (1)").run());
  }
  EXPECT_FALSE(connection.is_in_transaction());
  EXPECT_EQ(integer(connection, "SELECT count(*) FROM a"), 0);
}

TEST_F(SqliteConnection, AnEmptiedLogHoldsNothing) {
  auto connection = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)"));
  ASSERT_TRUE(connection.empty_log());
  EXPECT_EQ(std::filesystem::file_size(folder_ / "a.sqlite-wal"), 0U);
}

TEST_F(SqliteConnection, ALogThatIsReadCannotBeEmptiedYet) {
  auto connection = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)"));
  auto reader = std::move(*open());
  auto reading = reader.prepare("SELECT x FROM a");
  ASSERT_TRUE(reading.step().value());
  ASSERT_TRUE(connection.execute("INSERT INTO a VALUES (2)"));
  const auto emptied = connection.empty_log();
  ASSERT_FALSE(emptied);
  EXPECT_EQ(emptied.error().code, ErrorCode::busy);
}

// The trigger of the fault published at sqlite.org/wal.html#walresetbug: a checkpoint while another connection commits.
TEST_F(SqliteConnection, NothingIsMovedWhileAnotherConnectionWrites) {
  auto connection = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x INTEGER)"));
  ASSERT_TRUE(connection.empty_log());
  const auto size = std::filesystem::file_size(file_);
  ASSERT_TRUE(connection.execute("CREATE TABLE b (x INTEGER)"));
  auto other = std::move(*open());
  auto writing = Transaction::begin(other);
  ASSERT_TRUE(writing);
  for (const auto& moved : {connection.write_back(), connection.empty_log()}) {
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().code, ErrorCode::busy);
    EXPECT_EQ(std::filesystem::file_size(file_), size);
  }
  ASSERT_TRUE(writing->commit());
  ASSERT_TRUE(connection.write_back());
  EXPECT_GT(std::filesystem::file_size(file_), size);
}

TEST_F(SqliteConnection, AConnectionThatWritesMovesNothingItself) {
  auto connection = std::move(*open());
  auto transaction = Transaction::begin(connection);
  ASSERT_TRUE(transaction);
  EXPECT_FALSE(connection.write_back());
  EXPECT_TRUE(connection.is_in_transaction());
}

TEST_F(SqliteConnection, SqliteItselfMovesNothingAndTheLogStaysShortAllTheSame) {
  auto connection = std::move(*open());
  auto other = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x BLOB)"));
  for (int i = 0; i < 500; ++i) {
    ASSERT_TRUE((i % 2 == 0 ? connection : other).prepare("INSERT INTO a VALUES (zeroblob(20000))").run());
  }
  EXPECT_EQ(integer(connection, "PRAGMA wal_autocheckpoint"), 0);
  EXPECT_LT(std::filesystem::file_size(folder_ / "a.sqlite-wal"), 8U << 20);
}

TEST_F(SqliteConnection, ARowThatIsReturnedByAWriteKeepsOthersOutUntilItIsDone) {
  auto connection = std::move(*open());
  auto other = std::move(*open());
  ASSERT_TRUE(connection.execute("CREATE TABLE a (x INTEGER)"));
  {
    auto writing = connection.prepare("INSERT INTO a VALUES (1) RETURNING x");
    ASSERT_TRUE(writing.step().value());
    EXPECT_FALSE(other.write_back());
    ASSERT_FALSE(writing.step().value());
    EXPECT_TRUE(other.write_back());
  }
}

}  // namespace
}  // namespace bangwu::sqlite
