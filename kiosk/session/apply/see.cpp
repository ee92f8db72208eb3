#include "session/apply/flow.h"

namespace bangwu::session::apply {
namespace {

constexpr int kStages = 6;  // what, privacy and who, form, materials, check and signature, result

struct Show {
  const Looking& look;
  const Visit& visit;

  [[nodiscard]] const Draft& draft() const { return *visit.draft; }
  [[nodiscard]] domain::Application application() const { return application_of(draft(), Language::zh_CN); }

  static Seen stage(int number, Seen seen) {
    seen.frame.step = number;
    seen.frame.steps = number > 0 ? kStages : 0;
    return seen;
  }
  [[nodiscard]] Seen materials() const {
    const domain::Answers none;
    const auto& answers = draft().form ? draft().form->answers : none;
    return stage(4, capture::see(look, {draft().procedure.materials, answers}, draft().capture));
  }
  [[nodiscard]] Seen pickup(const std::string& chosen) const {
    return stage(5, {page_frame(NextLabel::next, !chosen.empty()), PickupView{draft().procedure.pickup, chosen}});
  }

  Seen operator()(const AtChoosing&) const { return stage(1, choosing::see(look, visit.choosing)); }
  Seen operator()(const AtPrivacy&) const {
    PrivacyView view{draft().procedure.name, {}};
    for (const auto& field : draft().procedure.form) view.collected.push_back(field.label);
    return stage(2, {page_frame(NextLabel::agree), std::move(view)});
  }
  Seen operator()(const AtIdentity&) const { return stage(2, identity::see(draft().identity)); }
  Seen operator()(const AtForm&) const { return stage(3, form::see(draft().procedure.form, *draft().form)); }
  Seen operator()(const AtMaterials&) const { return materials(); }
  Seen operator()(const AtPickup&) const { return pickup(draft().picking); }
  Seen operator()(const AtCheck&) const {
    const auto present = application();
    return stage(5, checking::see(look, {draft().procedure, present}));
  }
  Seen operator()(const AtChange& at) const { return std::visit(*this, at.change.of); }
  Seen operator()(const OfIdentity& of) const { return stage(2, identity::see(of.copy)); }
  Seen operator()(const OfForm& of) const { return stage(3, form::see(draft().procedure.form, of.copy)); }
  Seen operator()(const OfMaterial&) const { return materials(); }
  Seen operator()(const OfPickup& of) const { return pickup(of.chosen); }
  Seen operator()(const AtSigning&) const {
    const auto applicant = application().applicant;
    const auto& name = applicant.agent ? applicant.agent->name : applicant.identity.name;
    return stage(5, signing::see(draft().signing, draft().storing, name));
  }
  Seen operator()(const AtResult& at) const { return stage(6, result::see(at.result)); }
  Seen operator()(const AtRating& at) const { return stage(0, rate::see(look, at.rating)); }
};

}  // namespace

Seen see(const Looking& look, const Visit& visit) {
  return std::visit([&](const auto& at) { return Show{look, visit}(at); }, visit.step);
}

Home home_of(const Visit& visit) {
  // Nothing was entered on a thank-you page; asking there would only hold people up.
  if (const auto* at = std::get_if<AtRating>(&visit.step)) return rate::is_over(at->rating) ? Home::leaves : Home::asks;
  // What is being stored cannot be taken back any more; what is sent is the envelope's.
  if (std::holds_alternative<AtResult>(visit.step)) return Home::waits;
  if (std::holds_alternative<AtSigning>(visit.step) && storing::is_waiting(visit.draft->storing)) return Home::waits;
  return Home::asks;
}

bool holds_clock(const Visit& visit) {
  if (const auto* at = std::get_if<AtResult>(&visit.step)) return result::is_sending(at->result);
  if (const auto* at = std::get_if<AtRating>(&visit.step)) return rate::holds_clock(at->rating);
  return visit.draft && (capture::is_capturing(visit.draft->capture) || storing::is_waiting(visit.draft->storing));
}

std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now now) {
  if (const auto* at = std::get_if<AtResult>(&visit.step)) return result::due(hall, at->result);
  if (const auto* at = std::get_if<AtRating>(&visit.step)) return rate::due(hall, at->rating, now);
  return visit.draft ? storing::due(hall, visit.draft->storing) : std::nullopt;
}

}  // namespace bangwu::session::apply
