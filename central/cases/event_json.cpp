#include "cases/event_json.h"

#include <array>
#include <optional>

#include "base/date.h"
#include "base/names.h"
#include "base/sha256.h"
#include "base/visitor.h"
#include "envelope/receipt.h"
#include "json/members.h"

namespace bangwu::cases {
namespace {

using domain::AnswerProblem;
using domain::Lack;
using domain::cases::Actor;
using domain::cases::Recorded;
using json::Members;
using json::Value;

/// What version 0 left out: the rule that made its notes.
constexpr const char* kFirstAnswer = "first_answer";

constexpr std::size_t kLongest = std::size_t{1} << 20;  // what does not read as it was written is refused anyway
constexpr std::size_t kMostLacks = 10000;

/// As receipts name the domain's values.
constexpr auto kName = [](auto value) { return envelope::name_of(value); };

Lack read_lack(Members lack) {
  return {.what = lack.one_of("what", base::by_name<Lack::What::part>(kName)),
          .id = lack.text("id", {0, kLongest}),
          .problem = lack.one_of("problem", base::by_name<AnswerProblem::has_control_characters>(kName))};
}

Value to_value(const domain::cases::Received& event) {
  Value lacks = Value::array();
  for (const auto& lack : event.lacks) {
    lacks.push_back(
        {{"what", envelope::name_of(lack.what)}, {"id", lack.id}, {"problem", envelope::name_of(lack.problem)}});
  }
  Value value{{"type", "received"},
              {"procedure", event.procedure},
              {"procedure_name", event.procedure_name},
              {"outcome", domain::name_of(event.outcome)},
              {"lacks", std::move(lacks)},
              {"received_on", base::date_text(event.received_on)},
              {"due_is_provisional", event.due_is_provisional}};
  if (event.due) value["due"] = base::date_text(*event.due);
  return value;
}

Value to_value(const domain::cases::Noted& event) {
  return {{"type", "noted"}, {"topic", domain::cases::name_of(event.topic)}, {"about", event.about}};
}

domain::cases::Received read_received(Members& event) {
  domain::cases::Received received;
  received.procedure = event.text("procedure", {0, kLongest});
  received.procedure_name = event.text("procedure_name", {0, kLongest});
  received.outcome = event.one_of("outcome", base::by_name<domain::Outcome::not_accepted>());
  const auto& lacks = event.array("lacks", kMostLacks).elements();
  for (const auto& lack : lacks) received.lacks.push_back(read_lack({lack, event.at("lacks[]"), event.fault()}));
  received.received_on = event.date("received_on");
  received.due_is_provisional = event.truth("due_is_provisional");
  if (event.has("due")) received.due = event.date("due");
  return received;
}

domain::cases::Event read_event(Members& event) {
  const std::string type = event.text("type", {0, 64});
  if (type == "received") return read_received(event);
  if (type != "noted") event.fault().note(event.at("type"), "is not known");
  return domain::cases::Noted{event.one_of("topic", base::by_name<domain::cases::NoteTopic::doubtful_hand_in>()),
                              event.text("about", {0, kLongest})};
}

Value to_value(const Actor& actor) {
  return std::visit(
      base::Visitor{
          [](const domain::cases::Applicant&) {
            return Value{{"who", "applicant"}};
          },
          [](const domain::cases::Staff& staff) {
            return Value{{"who", "staff"}, {"id", staff.id}, {"role", domain::cases::name_of(staff.role)}};
          },
          [](const domain::cases::KioskActor& kiosk) {
            return Value{{"who", "kiosk"}, {"id", kiosk.id}};
          },
          [](const domain::cases::System& system) {
            return Value{{"who", "system"}, {"timer", system.timer}};
          },
      },
      actor);
}

Actor read_actor(Members actor) {
  const std::string who = actor.text("who", {0, 64});
  if (who == "applicant") return domain::cases::Applicant{};
  if (who == "kiosk") return domain::cases::KioskActor{actor.text("id", {0, kLongest})};
  if (who == "system") return domain::cases::System{actor.text("timer", {0, kLongest})};
  if (who != "staff") actor.fault().note(actor.at("who"), "is not known");
  const auto role = actor.one_of("role", domain::cases::role_from_name);
  return domain::cases::Staff{actor.text("id", {0, kLongest}), role};
}

Actor actor_of_version_0(const domain::cases::Event& event) {
  if (std::holds_alternative<domain::cases::Received>(event)) return domain::cases::Applicant{};
  return domain::cases::System{kFirstAnswer};
}

Recorded read_recorded(Members& members) {
  const base::SystemTime at{std::chrono::milliseconds(members.integer("at", INT64_MIN, INT64_MAX))};
  if (members.has("version")) {
    const auto version = static_cast<int>(members.integer("version", 0, domain::cases::kEventVersion));
    Members event = members.object("event");
    return {version, read_event(event), at, read_actor(members.object("by"))};
  }
  auto event = read_event(members);
  auto by = actor_of_version_0(event);
  return {0, std::move(event), at, std::move(by)};
}

base::Result<Recorded> corrupt() { return base::fail(base::ErrorCode::corrupt, "a stored event does not read"); }

}  // namespace

std::string to_json(const Recorded& recorded) {
  Value event = std::visit([](const auto& each) { return to_value(each); }, recorded.event);
  const auto at = recorded.at.time_since_epoch().count();
  Value value;
  if (recorded.version == 0) {
    value = std::move(event);
    value["at"] = at;
  } else {
    value = {{"version", recorded.version}, {"event", std::move(event)}, {"at", at}, {"by", to_value(recorded.by)}};
  }
  return json::write(value);
}

base::Result<Recorded> recorded_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "an event");
  if (!document) return corrupt();
  const Value* version = document->find("version");
  const bool is_newer = version != nullptr && version->integer().value_or(0) > domain::cases::kEventVersion;
  if (is_newer) return base::fail(base::ErrorCode::unsupported, "a newer program wrote this event: run that one");
  json::Fault fault;
  Members members(*document, "event", fault);
  Recorded recorded = read_recorded(members);
  // What has a member too many, or another order, is not what was written, whatever it says.
  if (fault.is_noted() || to_json(recorded) != text) return corrupt();
  return recorded;
}

std::string chain_start() { return std::string(64, '0'); }

std::string chain_hash(std::string_view previous, std::string_view body) {
  return base::sha256_hex(std::string(previous) + std::string(body));
}

}  // namespace bangwu::cases
