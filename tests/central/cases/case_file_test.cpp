#include "cases/case_file.h"

#include <gtest/gtest.h>

#include "sqlite/connection.h"
#include "store/store.h"
#include "support/scratch_directory.h"

namespace bangwu::cases {
namespace {

const base::SystemTime kNow{std::chrono::milliseconds(1'795'400'000'123)};

FirstAnswer answer() {
  FirstAnswer given;
  given.received.procedure = "A";
  given.received.procedure_name = "甲“乙”\n";
  given.received.outcome = domain::Outcome::correction_needed;
  given.received.lacks = {{domain::Lack::What::field, "f", domain::AnswerProblem::too_long},
                          {domain::Lack::What::part, "signature", domain::AnswerProblem::missing}};
  given.received.received_on = std::chrono::year{2026} / 11 / 3;
  given.notes = {{domain::NoteTopic::unknown_procedure, "A"}};
  return given;
}

TEST(EventJson, EveryEventComesBackAsItWasAndHasOneForm) {
  auto with_due = answer().received;
  with_due.outcome = domain::Outcome::accepted;
  with_due.lacks.clear();
  with_due.due = std::chrono::year{2027} / 1 / 31;
  with_due.due_is_provisional = true;
  for (const DatedEvent& event :
       {DatedEvent{answer().received, kNow}, DatedEvent{with_due, kNow}, DatedEvent{answer().notes[0], kNow}}) {
    const std::string json = to_json(event);
    const auto read = event_from_json(json);
    ASSERT_TRUE(read) << json;
    EXPECT_EQ(*read, event);
    EXPECT_EQ(to_json(*read), json);
    EXPECT_EQ(json.find('\n'), std::string::npos);
  }
  EXPECT_EQ(to_json({answer().notes[0], kNow}),
            R"({"about":"A","at":1795400000123,"topic":"unknown_procedure","type":"noted"})");
}

TEST(EventJson, AnythingElseIsCorrupt) {
  for (const char* text : {"", "{}", "[]", R"({"type":"burnt","at":1})",
                           R"({"about":"A","at":"x","topic":"unknown_procedure","type":"noted"})",
                           R"({"about":"A","at":1,"topic":"weather","type":"noted"})"}) {
    EXPECT_FALSE(event_from_json(text)) << text;
  }
}

class CaseFiles : public ::testing::Test {
 protected:
  /// Opens a case and gives the envelope's row it belongs to, so that the transaction may end.
  std::string open(std::uint64_t sequence) {
    std::string number;
    const std::string id = "e" + std::to_string(sequence);
    const auto written = store->write([&](store::Transaction& transaction) -> base::Result<void> {
      auto opened = open_case(transaction, {id, "k", "临" + id}, answer(), kNow);
      if (!opened) return tl::unexpected(opened.error());
      number = *opened;
      return transaction.envelopes().add({.id = id,
                                          .kiosk = "k",
                                          .sequence = sequence,
                                          .kind = "submission",
                                          .manifest_hash = "m",
                                          .content_hash = std::nullopt,
                                          .received_at = kNow,
                                          .depends_on = std::nullopt,
                                          .wire = "w",
                                          .receipt = "r"});
    });
    EXPECT_TRUE(written) << written.error().detail;
    return number;
  }
  void SetUp() override {
    store = store::open_sqlite_store(folder / "a.db", store::OpenMode::create).value();
    ASSERT_TRUE(store->write([](store::Transaction& transaction) {
      return transaction.kiosks().add(
          {.id = "k", .name = "n", .enrolled_at = kNow, .revoked_at = std::nullopt, .revoked_why = ""});
    }));
  }
  support::ScratchDirectory folder;
  std::unique_ptr<store::Store> store;
};

TEST_F(CaseFiles, NumbersAreTheDayAndACount) {
  EXPECT_EQ(open(1), "WJ20261103000001");
  EXPECT_EQ(open(2), "WJ20261103000002");
}

TEST_F(CaseFiles, CaseIsFoundWithAllThatHappened) {
  const std::string number = open(1);
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    const auto file = find_case(transaction.cases(), number).value();
    EXPECT_TRUE(file);
    EXPECT_EQ(file->events.size(), 2U);
    EXPECT_EQ(file->current.lacks, answer().received.lacks);
    EXPECT_EQ(file->current.notes.size(), 1U);
    EXPECT_EQ(find_case(transaction.cases(), "临e1").value(), file);
    EXPECT_EQ(find_case(transaction.cases(), "WJ0").value(), std::nullopt);
    EXPECT_TRUE(check_case(transaction.cases(), file->row));
    return {};
  }));
}

/// Events as the database gave them, but changed on the way: what verify must notice.
class ChangedRecords {
 public:
  static base::Result<void> check(store::Store& store, const std::string& number, store::EventRow extra) {
    base::Result<void> checked;
    const auto written = store.write([&](store::Transaction& transaction) -> base::Result<void> {
      if (auto added = transaction.cases().append(number, 2, {{extra}}); !added) return added;
      checked = check_case(transaction.cases(), transaction.cases().by_number(number).value().value());
      return base::fail(base::ErrorCode::cancelled, "only looked");
    });
    EXPECT_FALSE(written);
    return checked;
  }
};

TEST_F(CaseFiles, EventThatDoesNotFollowIsNoticed) {
  const std::string number = open(1);
  const std::string body = to_json({answer().notes[0], kNow});
  std::string head;
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    head = transaction.cases().events(number).value().back().hash;
    return {};
  }));
  EXPECT_TRUE(ChangedRecords::check(*store, number, {number, 3, body, chain_hash(head, body), kNow}));
  EXPECT_FALSE(ChangedRecords::check(*store, number, {number, 3, body, chain_hash(chain_start(), body), kNow}))
      << "wrong previous";
  EXPECT_FALSE(ChangedRecords::check(*store, number, {number, 3, "{}", chain_hash(head, "{}"), kNow}))
      << "not an event";
}

TEST_F(CaseFiles, EventThatIsGoneIsNoticed) {
  const std::string number = open(1);
  auto beside =
      sqlite::Connection::open(folder / "a.db", {.name = "beside", .missing = sqlite::Missing::refuse}).value();
  ASSERT_TRUE(beside.execute("DROP TRIGGER event_is_never_deleted; DELETE FROM event WHERE sequence = 1"));
  ASSERT_TRUE(store->read([&](store::Transaction& transaction) -> base::Result<void> {
    const auto checked = check_case(transaction.cases(), transaction.cases().by_number(number).value().value());
    EXPECT_NE(checked.error().detail.find("an event before it is missing"), std::string::npos);
    return {};
  }));
}

}  // namespace
}  // namespace bangwu::cases
