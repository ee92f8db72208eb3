#include <algorithm>
#include <string_view>

#include "session/flow.h"

namespace bangwu::session {
namespace {

std::string_view after_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view{};
}

std::optional<Step> step_for_line(const Draft& draft, std::string_view line) {
  if (line == "kind") return AtApplicantKind{};
  if (line == "id") return at_id_number(draft, Who::applicant);
  if (line == "name") return at_name(draft, Who::applicant);
  if (line == "agent_id") return at_id_number(draft, Who::agent);
  if (line == "agent_name") return at_name(draft, Who::agent);
  if (line == "pickup") return AtPickup{};
  if (const auto id = after_prefix(line, "field:"); !id.empty()) {
    const auto& form = draft.procedure.form;
    const auto found = std::find_if(form.begin(), form.end(), [&](const auto& field) { return field.id == id; });
    if (found != form.end()) return at_form_field(draft, static_cast<std::size_t>(found - form.begin()));
  }
  return std::nullopt;
}

}  // namespace

// 更改: straight to the question, and straight back once it is answered.
void on(Change& change, const ChangeAsked& message) {
  auto* draft = change.draft();
  if (!draft || !change.at<AtCheck>()) return;
  if (auto step = step_for_line(*draft, message.line)) {
    change.go(std::move(*step));
    change.session.visit->from_check = true;
    return;
  }
  const std::string material{after_prefix(message.line, "material:")};
  const auto& materials = draft->procedure.materials;
  if (std::none_of(materials.begin(), materials.end(), [&](const auto& known) { return known.id == material; })) return;
  change.session.visit->from_check = true;
  if (!draft->pages[material].empty()) return change.go(AtPages{material, 0, domain::PageFault::none});
  change.go(AtSource{material, std::nullopt, std::nullopt, domain::PageFault::none});
  change.order(ListScanners{});
}

}  // namespace bangwu::session
