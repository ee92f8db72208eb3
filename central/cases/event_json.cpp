#include "cases/event_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/date.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"

namespace bangwu::cases {
namespace {

using domain::AnswerProblem;
using domain::Lack;
using nlohmann::json;

template <class... Handlers>
struct Visitor : Handlers... {
  using Handlers::operator()...;
};

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

json to_value(const domain::CaseReceived& event) {
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

domain::CaseReceived read_received(const json& value) {
  domain::CaseReceived event;
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

domain::CaseEvent read_event(const json& value) {
  const auto& type = value.at("type").get_ref<const std::string&>();
  if (type == "received") return read_received(value);
  if (type != "noted") throw Unknown{};
  return domain::CaseNoted{
      from_name<domain::NoteTopic>(value.at("topic"), 1, [](domain::NoteTopic t) { return domain::name_of(t); }),
      value.at("about").get<std::string>()};
}

}  // namespace

std::string to_json(const DatedEvent& event) {
  json value =
      std::visit(Visitor{
                     [](const domain::CaseReceived& received) { return to_value(received); },
                     [](const domain::CaseNoted& noted) {
                       return json{{"type", "noted"}, {"topic", domain::name_of(noted.topic)}, {"about", noted.about}};
                     },
                 },
                 event.event);
  value["at"] = event.at.time_since_epoch().count();  // Unix milliseconds
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<DatedEvent> event_from_json(std::string_view text) {
  try {
    const json value = json::parse(text);
    return DatedEvent{read_event(value),
                      base::SystemTime(std::chrono::milliseconds(value.at("at").get<std::int64_t>()))};
  } catch (const std::exception&) {
    return base::fail(base::ErrorCode::corrupt, "a stored event does not read");
  }
}

std::string chain_start() { return std::string(64, '0'); }

std::string chain_hash(std::string_view previous, std::string_view body) {
  std::string linked(previous);
  linked += body;
  return envelope::sha256_hex({reinterpret_cast<const std::uint8_t*>(linked.data()), linked.size()});
}

}  // namespace bangwu::cases
