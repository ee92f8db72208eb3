#include "cases/event_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/date.h"
#include "base/sha256.h"
#include "envelope/receipt.h"

namespace bangwu::cases {
namespace {

using domain::AnswerProblem;
using domain::Lack;
using domain::cases::Actor;
using domain::cases::Recorded;
using nlohmann::json;

/// What version 0 left out: the rule that made its notes.
constexpr const char* kFirstAnswer = "first_answer";

template <class... Handlers>
struct Visitor : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Visitor(Handlers...) -> Visitor<Handlers...>;  // clang 14 deduces none by itself (P1816)

/// Thrown and caught in this file only, as the JSON library's own errors are.
struct Unknown : std::exception {};

template <class Enum, class Name>
Enum from_name(const json& value, int count, Name name) {
  const auto& text = value.get_ref<const std::string&>();
  for (int i = 0; i < count; ++i) {
    if (text == name(static_cast<Enum>(i))) return static_cast<Enum>(i);
  }
  throw Unknown{};
}

Lack read_lack(const json& value) {
  return {from_name<Lack::What>(value.at("what"), 3, [](Lack::What what) { return envelope::name_of(what); }),
          value.at("id").get<std::string>(),
          from_name<AnswerProblem>(value.at("problem"), static_cast<int>(AnswerProblem::has_control_characters) + 1,
                                   [](AnswerProblem problem) { return envelope::name_of(problem); })};
}

std::chrono::year_month_day read_date(const json& value) {
  const auto date = base::parse_date(value.get_ref<const std::string&>());
  if (!date) throw Unknown{};
  return *date;
}

json to_value(const domain::cases::Received& event) {
  json lacks = json::array();
  for (const auto& lack : event.lacks) {
    lacks.push_back(
        {{"what", envelope::name_of(lack.what)}, {"id", lack.id}, {"problem", envelope::name_of(lack.problem)}});
  }
  json value{{"type", "received"},
             {"procedure", event.procedure},
             {"procedure_name", event.procedure_name},
             {"outcome", domain::name_of(event.outcome)},
             {"lacks", std::move(lacks)},
             {"received_on", base::date_text(event.received_on)},
             {"due_is_provisional", event.due_is_provisional}};
  if (event.due) value["due"] = base::date_text(*event.due);
  return value;
}

json to_value(const domain::cases::Noted& event) {
  return {{"type", "noted"}, {"topic", domain::cases::name_of(event.topic)}, {"about", event.about}};
}

domain::cases::Received read_received(const json& value) {
  domain::cases::Received event;
  event.procedure = value.at("procedure").get<std::string>();
  event.procedure_name = value.at("procedure_name").get<std::string>();
  event.outcome =
      from_name<domain::Outcome>(value.at("outcome"), 4, [](domain::Outcome o) { return domain::name_of(o); });
  for (const auto& lack : value.at("lacks")) event.lacks.push_back(read_lack(lack));
  event.received_on = read_date(value.at("received_on"));
  event.due_is_provisional = value.at("due_is_provisional").get<bool>();
  if (value.contains("due")) event.due = read_date(value.at("due"));
  return event;
}

domain::cases::Event read_event(const json& value) {
  const auto& type = value.at("type").get_ref<const std::string&>();
  if (type == "received") return read_received(value);
  if (type != "noted") throw Unknown{};
  return domain::cases::Noted{
      from_name<domain::cases::NoteTopic>(value.at("topic"), 3,
                                          [](domain::cases::NoteTopic t) { return domain::cases::name_of(t); }),
      value.at("about").get<std::string>()};
}

json to_value(const Actor& actor) {
  return std::visit(Visitor{
                        [](const domain::cases::Applicant&) {
                          return json{{"who", "applicant"}};
                        },
                        [](const domain::cases::Staff& staff) {
                          return json{{"who", "staff"}, {"id", staff.id}, {"role", domain::cases::name_of(staff.role)}};
                        },
                        [](const domain::cases::KioskActor& kiosk) {
                          return json{{"who", "kiosk"}, {"id", kiosk.id}};
                        },
                        [](const domain::cases::System& system) {
                          return json{{"who", "system"}, {"timer", system.timer}};
                        },
                    },
                    actor);
}

Actor read_actor(const json& value) {
  const auto& who = value.at("who").get_ref<const std::string&>();
  if (who == "applicant") return domain::cases::Applicant{};
  if (who == "kiosk") return domain::cases::KioskActor{value.at("id").get<std::string>()};
  if (who == "system") return domain::cases::System{value.at("timer").get<std::string>()};
  const auto role = domain::cases::role_from_name(value.at("role").get_ref<const std::string&>());
  if (who != "staff" || !role) throw Unknown{};
  return domain::cases::Staff{value.at("id").get<std::string>(), *role};
}

Actor actor_of_version_0(const domain::cases::Event& event) {
  if (std::holds_alternative<domain::cases::Received>(event)) return domain::cases::Applicant{};
  return domain::cases::System{kFirstAnswer};
}

base::SystemTime read_time(const json& value) {
  return base::SystemTime(std::chrono::milliseconds(value.at("at").get<std::int64_t>()));
}

Recorded read_recorded(const json& value) {
  if (value.contains("version")) {
    return {value.at("version").get<int>(), read_event(value.at("event")), read_time(value),
            read_actor(value.at("by"))};
  }
  auto event = read_event(value);
  auto by = actor_of_version_0(event);
  return {0, std::move(event), read_time(value), std::move(by)};
}

base::Result<Recorded> corrupt() { return base::fail(base::ErrorCode::corrupt, "a stored event does not read"); }

}  // namespace

std::string to_json(const Recorded& recorded) {
  json event = std::visit([](const auto& each) { return to_value(each); }, recorded.event);
  const auto at = recorded.at.time_since_epoch().count();
  json value;
  if (recorded.version == 0) {
    value = std::move(event);
    value["at"] = at;
  } else {
    value = {{"version", recorded.version}, {"event", std::move(event)}, {"at", at}, {"by", to_value(recorded.by)}};
  }
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<Recorded> recorded_from_json(std::string_view text) {
  try {
    const json value = json::parse(text);
    const bool is_newer = value.contains("version") && value.at("version").get<int>() > domain::cases::kEventVersion;
    if (is_newer) return base::fail(base::ErrorCode::unsupported, "a newer program wrote this event: run that one");
    Recorded recorded = read_recorded(value);
    // What has a member too many, or another order, is not what was written, whatever it says.
    if (to_json(recorded) != text) return corrupt();
    return recorded;
  } catch (const std::exception&) {
    return corrupt();
  }
}

std::string chain_start() { return std::string(64, '0'); }

std::string chain_hash(std::string_view previous, std::string_view body) {
  return base::sha256_hex(std::string(previous) + std::string(body));
}

}  // namespace bangwu::cases
