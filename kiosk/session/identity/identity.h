#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "session/context.h"
#include "session/trail.h"

/// A part: who applies, and for an organisation who stands at the machine. What is chosen or typed takes effect by
/// 下一步 only. A person's and an organisation's answers are kept apart: changing the kind and back loses neither, and
/// neither becomes the other's.
namespace bangwu::session::identity {

struct AtKind {
  std::optional<domain::ApplicantKind> chosen;
};
struct AtNumber {
  Who who = Who::applicant;
  domain::IdKind kind = domain::IdKind::resident_id;
  std::string typed;
  InputProblem problem;
};
struct AtName {
  Who who = Who::applicant;
  bool of_organisation = false;
  std::string typed;
  InputProblem problem;
};
using Step = std::variant<AtKind, AtNumber, AtName>;
[[nodiscard]] bool is_same_question(const Step& a, const Step& b);
void take_typed(Step& next, Step& left);

enum class Asking {
  all,   ///< every question in turn
  open,  ///< after the first only what it leaves open: a line of the check page is being changed
};

struct State {
  std::vector<domain::ApplicantKind> offered;
  std::optional<domain::ApplicantKind> kind;   ///< confirmed
  domain::Person person, organisation, agent;  ///< confirmed
  domain::PrintedSo printed_so;                ///< numbers somebody insisted on
  Trail<Step> trail;
  Asking asking = Asking::all;
};

[[nodiscard]] State begin(std::vector<domain::ApplicantKind> offered);
/// The applicant these answers make; nothing while a question is open.
[[nodiscard]] std::optional<domain::Applicant> applicant_of(const State& state);
/// The way through all questions as they are answered, standing at the last: after a line was changed.
void retrace(State& state);
/// For changing one line of the check page: "kind", "id", "name", "agent_id", "agent_name". Nothing for another.
[[nodiscard]] std::optional<State> change_line(const State& state, std::string_view line);

[[nodiscard]] Outcome<domain::Applicant> update(Context& context, State& state, const Gesture& gesture);
[[nodiscard]] Outcome<domain::Applicant> update(Context& context, State& state, const Message& message);
[[nodiscard]] Seen see(const State& state);

}  // namespace bangwu::session::identity
