#include "envelope/lack_json.h"

#include <array>

#include "envelope/receipt.h"

namespace bangwu::envelope {
namespace {

using domain::AnswerProblem;
using domain::Lack;
using json::Members;
using json::Value;

constexpr std::size_t kMostLacks = 1000;
constexpr std::array kWhats{Lack::What::field, Lack::What::material, Lack::What::part};
constexpr std::array kProblems{AnswerProblem::none,
                               AnswerProblem::missing,
                               AnswerProblem::too_short,
                               AnswerProblem::too_long,
                               AnswerProblem::not_a_number,
                               AnswerProblem::too_small,
                               AnswerProblem::too_large,
                               AnswerProblem::not_a_date,
                               AnswerProblem::in_future,
                               AnswerProblem::not_a_choice,
                               AnswerProblem::bad_telephone,
                               AnswerProblem::bad_id,
                               AnswerProblem::has_control_characters};

template <class Enum, std::size_t N>
auto by_name(const std::array<Enum, N>& all) {
  return [&all](std::string_view name) -> std::optional<Enum> {
    for (const Enum value : all) {
      if (name == name_of(value)) return value;
    }
    return std::nullopt;
  };
}

}  // namespace

Value json_of(const std::vector<Lack>& lacks) {
  Value list = Value::array();
  for (const auto& lack : lacks)
    list.push_back({{"what", name_of(lack.what)}, {"id", lack.id}, {"problem", name_of(lack.problem)}});
  return list;
}

std::vector<Lack> read_lacks(Members& members, const char* key) {
  const auto& list = members.array(key, kMostLacks).elements();
  std::vector<Lack> lacks;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Members lack(list[i], members.at(key) + "[" + std::to_string(i) + "]", members.fault());
    lacks.push_back(
        {lack.one_of("what", by_name(kWhats)), lack.text("id", {1, 200}), lack.one_of("problem", by_name(kProblems))});
    lack.finish();
  }
  return lacks;
}

const char* name_of(Lack::What what) {
  switch (what) {
    case Lack::What::field: return "field";
    case Lack::What::material: return "material";
    case Lack::What::part: return "part";
  }
  return "field";
}

const char* name_of(AnswerProblem problem) {
  switch (problem) {
    case AnswerProblem::none: return "none";
    case AnswerProblem::missing: return "missing";
    case AnswerProblem::too_short: return "too_short";
    case AnswerProblem::too_long: return "too_long";
    case AnswerProblem::not_a_number: return "not_a_number";
    case AnswerProblem::too_small: return "too_small";
    case AnswerProblem::too_large: return "too_large";
    case AnswerProblem::not_a_date: return "not_a_date";
    case AnswerProblem::in_future: return "in_future";
    case AnswerProblem::not_a_choice: return "not_a_choice";
    case AnswerProblem::bad_telephone: return "bad_telephone";
    case AnswerProblem::bad_id: return "bad_id";
    case AnswerProblem::has_control_characters: return "has_control_characters";
  }
  return "none";
}

}  // namespace bangwu::envelope
