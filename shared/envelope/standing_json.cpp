#include "envelope/standing_json.h"

#include <array>

#include "base/date.h"
#include "envelope/lack_json.h"
#include "json/members.h"

namespace bangwu::envelope {
namespace {

using domain::DayKind;
using domain::LimitDay;
using domain::Pace;
using domain::cases::DatedStep;
using domain::cases::Standing;
using domain::cases::State;
using domain::cases::Step;
using json::Fault;
using json::Members;
using json::Value;

constexpr std::size_t kMostSteps = 1000, kMostDays = 4000, kMostBytes = 1U << 20;
constexpr int kMostDaysOver = 100'000;
constexpr std::array kStates{State::accepted, State::in_review, State::correction_needed, State::not_accepted};
constexpr std::array kSteps{Step::received, Step::accepted, Step::in_review, Step::correction_needed,
                            Step::not_accepted};
constexpr std::array kKinds{DayKind::worked, DayKind::worked_instead, DayKind::weekend, DayKind::holiday};
constexpr std::array kPaces{Pace::on_time, Pace::due_soon, Pace::overdue};

template <class Enum, std::size_t N>
auto by_name(const std::array<Enum, N>& all) {
  return [&all](std::string_view name) -> std::optional<Enum> {
    for (const Enum value : all) {
      if (name == name_of(value)) return value;
    }
    return std::nullopt;
  };
}

Value outcome_of(State state) {
  switch (state) {
    case State::accepted: return domain::name_of(domain::Outcome::accepted);
    case State::in_review: return domain::name_of(domain::Outcome::in_review);
    case State::correction_needed: return domain::name_of(domain::Outcome::correction_needed);
    case State::not_accepted: return domain::name_of(domain::Outcome::not_accepted);
  }
  return nullptr;
}

/// Reads each element of a list as an object.
template <class Element, class Read>
std::vector<Element> read_list(Members& members, const char* key, std::size_t most, const Read& read) {
  const auto& list = members.array(key, most).elements();
  std::vector<Element> values;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Members each(list[i], members.at(key) + "[" + std::to_string(i) + "]", members.fault());
    values.push_back(read(each));
  }
  return values;
}

void read_limit(Members& members, Standing& standing) {
  standing.due = members.date("due");
  standing.limit_days = read_list<LimitDay>(members, "limit_days", kMostDays, [](Members& day) {
    return LimitDay{day.date("date"), day.one_of("kind", by_name(kKinds))};
  });
  standing.progress = {members.one_of("pace", by_name(kPaces)),
                       static_cast<int>(members.integer("days_left", -kMostDaysOver, kMostDaysOver))};
}

}  // namespace

std::string to_json(const Standing& standing) {
  auto steps = Value::array();
  for (const auto& step : standing.steps)
    steps.push_back({{"step", name_of(step.step)}, {"at", base::to_rfc3339(step.at)}});
  Value value{{"case_number", standing.number},
              {"state", name_of(standing.state)},
              {"outcome", outcome_of(standing.state)},
              {"procedure", standing.procedure},
              {"procedure_name", standing.procedure_name},
              {"received_on", base::date_text(standing.received_on)},
              {"due", nullptr},
              {"due_is_provisional", standing.due_is_provisional},
              {"lacks", json_of(standing.lacks)},
              {"steps", std::move(steps)},
              {"as_of", base::to_rfc3339(standing.as_of)}};
  if (!standing.due) return json::write(value);
  auto days = Value::array();
  for (const auto& day : standing.limit_days)
    days.push_back({{"date", base::date_text(day.date)}, {"kind", name_of(day.kind)}});
  value["due"] = base::date_text(*standing.due);
  value["limit_days"] = std::move(days);
  value["pace"] = name_of(standing.progress.pace);
  value["days_left"] = standing.progress.days_left;
  return json::write(value);
}

base::Result<Standing> standing_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "standing", {.bytes = kMostBytes});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "standing", fault);
  Standing standing;
  standing.number = members.text("case_number", {1, 64});
  standing.procedure = members.text("procedure", {0, 200});
  standing.procedure_name = members.text("procedure_name", {0, 2000});
  standing.state = members.one_of("state", by_name(kStates));
  standing.received_on = members.date("received_on");
  standing.due_is_provisional = members.truth("due_is_provisional");
  standing.lacks = read_lacks(members, "lacks");
  standing.steps = read_list<DatedStep>(members, "steps", kMostSteps, [](Members& step) {
    return DatedStep{step.one_of("step", by_name(kSteps)), step.time("at")};
  });
  standing.as_of = members.time("as_of");
  if (const Value* due = document->find("due"); due != nullptr && !due->is_null()) read_limit(members, standing);
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return standing;
}

}  // namespace bangwu::envelope
