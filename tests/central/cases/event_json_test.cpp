#include "cases/event_json.h"

#include <gtest/gtest.h>

namespace bangwu::cases {
namespace {

using domain::cases::Noted;
using domain::cases::NoteTopic;
using domain::cases::Received;
using domain::cases::Recorded;

const base::SystemTime kNow{std::chrono::milliseconds(1'795'400'000'123)};
constexpr int kNewest = domain::cases::kEventVersion;

Received received() {
  Received event;
  event.procedure = "A";
  event.procedure_name = "甲“乙”\n";
  event.outcome = domain::Outcome::correction_needed;
  event.lacks = {{domain::Lack::What::field, "f", domain::AnswerProblem::too_long},
                 {domain::Lack::What::part, "signature", domain::AnswerProblem::missing}};
  event.received_on = std::chrono::year{2026} / 11 / 3;
  return event;
}

TEST(EventJson, EveryEventOfEveryActorComesBackAsItWasAndHasOneForm) {
  auto with_due = received();
  with_due.outcome = domain::Outcome::accepted;
  with_due.lacks.clear();
  with_due.due = std::chrono::year{2027} / 1 / 31;
  with_due.due_is_provisional = true;
  const domain::cases::Event events[] = {received(), with_due, Noted{NoteTopic::unknown_procedure, "A"},
                                         Noted{NoteTopic::changed_form, "A"},
                                         Noted{NoteTopic::doubtful_hand_in, "2000-01-01"}};
  const domain::cases::Actor actors[] = {domain::cases::Applicant{},
                                         domain::cases::Staff{"S-7", domain::cases::Role::town_agent},
                                         domain::cases::KioskActor{"k-1"}, domain::cases::System{"first_answer"}};
  for (const auto& event : events) {
    for (const auto& actor : actors) {
      const Recorded recorded{kNewest, event, kNow, actor};
      const std::string json = to_json(recorded);
      const auto read = recorded_from_json(json);
      ASSERT_TRUE(read) << json;
      EXPECT_EQ(*read, recorded);
      EXPECT_EQ(to_json(*read), json);
      EXPECT_EQ(json.find('\n'), std::string::npos);
    }
  }
}

// Bytes are for ever: these are not to change.
TEST(EventJson, HasTheBytesOfVersion1) {
  EXPECT_EQ(to_json({1, Noted{NoteTopic::unknown_procedure, "A"}, kNow, domain::cases::System{"first_answer"}}),
            R"({"at":1795400000123,"by":{"timer":"first_answer","who":"system"},)"
            R"("event":{"about":"A","topic":"unknown_procedure","type":"noted"},"version":1})");
  auto event = received();
  event.procedure_name = "甲";
  EXPECT_EQ(to_json({1, event, kNow, domain::cases::Applicant{}}),
            R"({"at":1795400000123,"by":{"who":"applicant"},"event":{"due_is_provisional":false,"lacks":[)"
            R"({"id":"f","problem":"too_long","what":"field"},{"id":"signature","problem":"missing","what":"part"}],)"
            R"("outcome":"correction_needed","procedure":"A","procedure_name":"甲","received_on":"2026-11-03",)"
            R"("type":"received"},"version":1})");
}

TEST(EventJson, BytesOfVersion0AreReadForEver) {
  const std::string old_received =
      R"({"at":1795866420084,"due":"2026-12-04","due_is_provisional":true,"lacks":[],"outcome":"in_review",)"
      R"("procedure":"T-REVIEW","procedure_name":"某某备案","received_on":"2026-11-28","type":"received"})";
  const auto read = recorded_from_json(old_received);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->version, 0);
  EXPECT_EQ(read->by, domain::cases::Actor{domain::cases::Applicant{}});
  EXPECT_EQ(std::get<Received>(read->event).due, std::chrono::year{2026} / 12 / 4);
  EXPECT_EQ(to_json(*read), old_received);
  const std::string old_note =
      R"({"about":"NEWER-0001","at":1795866420088,"topic":"unknown_procedure","type":"noted"})";
  const auto note = recorded_from_json(old_note);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->by, domain::cases::Actor{domain::cases::System{"first_answer"}});
  EXPECT_EQ(to_json(*note), old_note);
}

TEST(EventJson, ANewerVersionIsLeftToTheNewerProgram) {
  std::string json = to_json({1, Noted{NoteTopic::unknown_procedure, "A"}, kNow, domain::cases::Applicant{}});
  json.replace(json.find("\"version\":1"), 11, "\"version\":2");
  EXPECT_EQ(recorded_from_json(json).error().code, base::ErrorCode::unsupported);
}

TEST(EventJson, AnythingElseIsCorrupt) {
  for (const char* text :
       {"", "{}", "[]", R"({"type":"burnt","at":1})",
        R"({"about":"A","at":"x","topic":"unknown_procedure","type":"noted"})",
        R"({"about":"A","at":1,"topic":"weather","type":"noted"})",
        R"({"about":"A","at":1,"more":1,"topic":"unknown_procedure","type":"noted"})",
        R"({ "about":"A","at":1,"topic":"unknown_procedure","type":"noted"})",
        R"({"at":1,"by":{"who":"king"},"event":{"about":"A","topic":"unknown_procedure","type":"noted"},"version":1})",
        R"({"at":1,"by":{"name":"张三","who":"applicant"},"event":{"about":"A","topic":"unknown_procedure",)"
        R"("type":"noted"},"version":1})"}) {
    const auto read = recorded_from_json(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, base::ErrorCode::corrupt) << text;
  }
}

}  // namespace
}  // namespace bangwu::cases
