#include <fstream>
#include <sstream>

#include "desk.h"
#include "outbox/queue_command.h"
#include "sqlite/connection.h"

namespace bangwu::outbox {
namespace {

using base::ErrorCode;

/// What stands in the middle item's row is damaged; the two beside it must not notice.
struct Damage {
  const char* name;
  const char* sql;
};

using StateOfThePages = Desk;

class Unreadable : public Desk, public testing::WithParamInterface<Damage> {
 protected:
  void SetUp() override {
    accept(draft_of(1, 300));
    accept(draft_of(2, 100));  // the smallest: its turn comes first
    accept(draft_of(3, 200));
    auto dependant = draft_of(4, 400);
    dependant.depends_on = id_of(2);
    accept(dependant);
    auto database = std::move(*sqlite::Connection::open(folder_ / "outbox/outbox.sqlite", {.name = "outbox database"}));
    ASSERT_TRUE(database.execute("PRAGMA ignore_check_constraints=ON"));
    ASSERT_TRUE(database.execute(GetParam().sql));
    reopen();
  }
};

TEST_P(Unreadable, NothingWaitsBehindIt) {
  EXPECT_EQ(lease().lease.id, id_of(3));
  EXPECT_EQ(lease().lease.id, id_of(1));
  EXPECT_EQ(lease().lease.id, id_of(4)) << "what depends on it finds out for itself";
  EXPECT_TRUE(nothing_is_due(kNow + kLeaseTime - 1ms));
  EXPECT_EQ(outbox().counts()->dead, 1U);
}

TEST_P(Unreadable, StaffSeeItAmongTheOthers) {
  while (!nothing_is_due()) continue;
  const auto entries = outbox().list(Which::undelivered);
  ASSERT_TRUE(entries) << entries.error().detail;
  ASSERT_EQ(entries->size(), 4U);
  EXPECT_EQ((*entries)[1].state, (State{Dead{Reason::unreadable}}));
  std::ostringstream out;
  const std::vector<std::string> list{"list"};
  EXPECT_EQ(queue_command(list, outbox(), kNow, out), 0);
  EXPECT_NE(out.str().find("dead: unreadable"), std::string::npos) << out.str();
}

TEST_P(Unreadable, TheOthersAreExportedAndItIsCounted) {
  const auto exported = outbox().export_to(folder_ / "out.tar", kNow);
  ASSERT_TRUE(exported) << exported.error().detail;
  EXPECT_EQ(exported->envelopes, 3U);
  EXPECT_EQ(exported->damaged, 1U);
}

TEST_P(Unreadable, RetryOfAllBringsBackTheOthersOnly) {
  while (!nothing_is_due()) continue;
  ASSERT_TRUE(outbox().reclaim_leases());
  ASSERT_TRUE(outbox().postpone(lease().lease, kNow, kNow + 1h, Reason::network));
  // An unknown reason is gone with the new one: then the row can be read again.
  const bool is_mended = std::string_view(GetParam().name) == "Reason";
  EXPECT_EQ(outbox().retry_all().value(), is_mended ? 2U : 1U);
  EXPECT_EQ(outbox().counts()->dead, is_mended ? 0U : 1U);
}

TEST_P(Unreadable, AnEnrolmentSignsTheOthersAnew) {
  reopen_as("k-2");
  EXPECT_EQ(lease().envelope.kiosk, "k-2");
  EXPECT_EQ(outbox().counts()->dead, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Unreadable,
    testing::Values(Damage{"Kind", "UPDATE items SET kind = 'wish' WHERE number = 2"},
                    Damage{"ShortId", "UPDATE items SET id = x'0102' WHERE number = 2"},
                    Damage{"OtherId", "UPDATE items SET id = x'019A0000000070008000000000000099' WHERE number = 2"},
                    Damage{"Priority", "UPDATE items SET priority = -7 WHERE number = 2"},
                    Damage{"Reason", "UPDATE items SET reason = 99 WHERE number = 2"},
                    Damage{"Sequence", "UPDATE items SET sequence = 77 WHERE number = 2"},
                    Damage{"Body", "UPDATE payloads SET body = x'00' WHERE item = 2"},
                    Damage{"NoPayload", "DELETE FROM payloads WHERE item = 2"},
                    Damage{"Attachments",
                           "INSERT INTO attachments (item, position, sha256, size, media_type, role) "
                           "VALUES (2, 0, 'nonsense', -1, '', '')"}),
    [](const auto& damage) { return damage.param.name; });

// Not a wrong value but a page of the file that is no page: what lies on it cannot even be set aside.
TEST_F(StateOfThePages, ADamagedPageCostsWhatLiesOnIt) {
  for (int i = 1; i <= 60; ++i) accept(draft_of(i, 100));
  outbox_.reset();
  const auto file = folder_ / "outbox/outbox.sqlite";
  std::int64_t page = 0;
  {
    auto database = std::move(*sqlite::Connection::open(file, {.name = "outbox database"}));
    auto query = database.prepare("SELECT pageno FROM dbstat WHERE name = 'payloads' AND pagetype = 'leaf' LIMIT 1");
    if (query.step().value_or(false)) page = query.integer(0);
  }
  ASSERT_GT(page, 1) << "no leaf found";
  {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp((page - 1) * 4096);
    bytes.write(std::string(4096, '\xEE').data(), 4096);
  }
  reopen();
  std::size_t leased = 0;
  while (!nothing_is_due()) ++leased;
  EXPECT_GT(leased, 20U);
  EXPECT_LT(leased, 60U);
  EXPECT_EQ(outbox().list(Which::undelivered)->size(), 60U);
  EXPECT_TRUE(outbox().export_to(folder_ / "out.tar", kNow));
}

}  // namespace
}  // namespace bangwu::outbox
