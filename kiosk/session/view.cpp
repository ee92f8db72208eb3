#include <algorithm>

#include "session/flow.h"
#include "session/view_parts.h"

namespace bangwu::session {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

ListEntry entry_of(const domain::Item& item) {
  return {item.code, item.name, item.summary, false, item.handling == domain::Handling::instant};
}
ListEntry entry_of(const domain::Bundle& bundle) { return {bundle.code, bundle.name, bundle.summary, true, false}; }

template <class Entries, class ToEntry>
void fill(std::vector<ListEntry>& out, const Entries& all, const Paged& paged, const ToEntry& to_entry) {
  for (std::size_t i = 0; i < paged.count; ++i) out.push_back(to_entry(all[paged.first + i]));
}

ScreenView see(const Looking& look, const AtStart&) {
  const auto& machine = look.session.machine;
  return StartView{{!machine.has_room, !machine.enrolled}, look.hall.catalogue->items.empty()};
}

ScreenView see(const Looking&, const AtDomains&) { return DomainsView{}; }

ScreenView see(const Looking& look, const AtItems& at) {
  std::vector<const domain::Item*> items;
  for (const auto& item : look.hall.catalogue->items) {
    if (item.domain == at.domain) items.push_back(&item);
  }
  const auto paged = page_of(items.size(), at.page);
  ListView view{ListView::Of::items, at.domain, {}, paged.page, paged.pages};
  fill(view.entries, items, paged, [](const domain::Item* item) { return entry_of(*item); });
  return view;
}

ScreenView see(const Looking& look, const AtBundles& at) {
  const auto& bundles = look.hall.catalogue->bundles;
  const auto paged = page_of(bundles.size(), at.page);
  ListView view{ListView::Of::bundles, std::nullopt, {}, paged.page, paged.pages};
  fill(view.entries, bundles, paged, [](const domain::Bundle& bundle) { return entry_of(bundle); });
  return view;
}

ScreenView see(const Looking& look, const AtSearch& at) {
  const auto& catalogue = *look.hall.catalogue;
  const auto found = domain::search(catalogue, at.typed);
  const auto paged = page_of(found.size(), at.page);
  SearchView view{at.typed, {}, paged.page, paged.pages};
  fill(view.found, found, paged, [&](const domain::Found& hit) {
    return hit.is_bundle ? entry_of(*catalogue.find_bundle(hit.code)) : entry_of(*catalogue.find_item(hit.code));
  });
  return view;
}

ScreenView see(const Looking& look, const AtGuide& at) {
  const auto& catalogue = *look.hall.catalogue;
  GuideView view;
  if (auto procedure = domain::procedure_for(catalogue, at.code)) view.procedure = std::move(*procedure);
  if (!view.procedure.is_bundle) view.item = catalogue.find_item(at.code);
  else
    for (const auto& code : view.procedure.item_codes) view.bundle_items.push_back(catalogue.find_item(code));
  return view;
}

ScreenView see(const Looking& look, const AtPrivacy&) {
  PrivacyView view{look.draft().procedure.name, {}};
  for (const auto& field : look.draft().procedure.form) view.collected.push_back(field.label);
  return view;
}

ScreenView see(const Looking& look, const AtApplicantKind&) {
  return ApplicantKindView{look.draft().procedure.applicants, look.draft().kind};
}

ScreenView see(const Looking&, const AtIdNumber& at) {
  IdNumberView view{at.who, at.kind, {}, at.typed, at.problem, false};
  if (at.kind == domain::IdKind::uscc) {
    view.offered = {at.kind};
    view.doubtful = domain::uscc_organisation_code_is_doubtful(at.typed);
  } else {
    view.offered = {domain::IdKind::resident_id, domain::IdKind::foreign_permanent_resident,
                    domain::IdKind::hmt_residence_permit};
  }
  return view;
}

ScreenView see(const Looking& look, const AtName& at) {
  const bool organisation = at.who == Who::applicant && look.draft().kind != domain::ApplicantKind::natural_person;
  return NameView{at.who, organisation, at.typed, at.problem};
}

ScreenView see(const Looking& look, const AtPickup&) {
  return PickupView{look.draft().procedure.pickup, look.draft().pickup};
}

ScreenView see(const Looking& look, const AtDeclaration&) {
  return DeclarationView{declaration_text(), look.draft().declared};
}

ScreenView see(const Looking& look, const AtSign& at) {
  const auto& draft = look.draft();
  const bool natural = draft.kind == domain::ApplicantKind::natural_person;
  return SignView{draft.signature, natural ? draft.identity.name : draft.agent.name, at.problem, at.storing};
}

ScreenView see(const Looking& look, const AtRate&) {
  return RateView{look.hall.instrument, look.session.visit->rating.level};
}

ScreenView see(const Looking& look, const AtRateDetails&) {
  const auto& rating = look.session.visit->rating;
  return RateDetailsView{*rating.level, rating.reasons, rating.words, rating.name, rating.telephone};
}

ScreenView see(const Looking&, const AtRateText& at) { return RateTextView{at.text, at.typed, at.problem}; }

int seconds_left(seconds whole, base::SteadyTime since, Now now) {
  const auto gone = duration_cast<seconds>(now.steady - since);
  return static_cast<int>(std::max(seconds{0}, whole - gone).count());
}

ScreenView see(const Looking& look, const AtThanks& at) {
  return ThanksView{at.rating, look.session.visit->submitted.has_value(),
                    seconds_left(look.hall.thanks_time, at.since, look.now)};
}

OverlayView overlay_view(const Looking& look, const Overlay& overlay) {
  if (const auto* countdown = std::get_if<Countdown>(&overlay)) {
    return CountdownOverlay{seconds_left(look.hall.countdown, countdown->since, look.now)};
  }
  if (std::holds_alternative<HomeQuestion>(overlay)) return HomeQuestionOverlay{};
  if (std::holds_alternative<Help>(overlay)) return HelpOverlay{};
  return LanguagesOverlay{};
}

// --- the frame: which step of six, which way back, what 下一步 says
constexpr int kSteps = 6;

struct FrameOf {
  const Looking& look;

  static FrameView page(int step, std::optional<NextLabel> next, bool enabled = true) {
    return {step, step > 0 ? kSteps : 0, true, true, next, enabled};
  }
  FrameView operator()(const AtStart&) const { return {}; }
  FrameView operator()(const AtDomains&) const { return page(1, {}); }
  FrameView operator()(const AtItems&) const { return page(1, {}); }
  FrameView operator()(const AtBundles&) const { return page(1, {}); }
  FrameView operator()(const AtSearch&) const { return page(1, {}); }
  FrameView operator()(const AtGuide&) const { return page(1, NextLabel::start_application); }
  FrameView operator()(const AtPrivacy&) const { return page(2, NextLabel::agree); }
  FrameView operator()(const AtApplicantKind&) const { return page(2, NextLabel::next, look.draft().kind.has_value()); }
  FrameView operator()(const AtIdNumber& at) const { return page(2, NextLabel::next, !at.typed.empty()); }
  FrameView operator()(const AtName& at) const { return page(2, NextLabel::next, !at.typed.empty()); }
  FrameView operator()(const AtField& at) const {
    const auto& field = look.draft().procedure.form[at.field];
    return page(3, NextLabel::next, !field.required || !at.typed.empty());
  }
  FrameView operator()(const AtRows&) const { return page(3, NextLabel::next); }
  FrameView operator()(const AtCell& at) const {
    const auto& column = look.draft().procedure.form[at.field].columns[at.column];
    return page(3, NextLabel::confirm, !column.required || !at.typed.empty());
  }
  FrameView operator()(const AtMaterials&) const { return page(4, NextLabel::next); }
  FrameView operator()(const AtSource&) const { return page(4, {}); }
  FrameView operator()(const AtFiles&) const { return page(4, {}); }
  FrameView operator()(const AtCapturing&) const { return {4, kSteps, false, true, {}, true}; }
  FrameView operator()(const AtPages&) const { return page(4, NextLabel::done); }
  FrameView operator()(const AtPage&) const { return page(4, {}); }
  FrameView operator()(const AtPickup&) const { return page(5, NextLabel::next, !look.draft().pickup.empty()); }
  FrameView operator()(const AtCheck&) const { return page(5, NextLabel::confirm); }
  FrameView operator()(const AtDeclaration&) const { return page(5, NextLabel::next, look.draft().declared); }
  FrameView operator()(const AtSign& at) const {
    const auto& strokes = look.draft().signature.strokes;
    const bool drawn =
        std::any_of(strokes.begin(), strokes.end(), [](const auto& stroke) { return stroke.size() > 1; });
    auto frame = page(5, NextLabel::submit, drawn && !at.storing);
    frame.back = frame.home = !at.storing;
    return frame;
  }
  FrameView operator()(const AtSending&) const { return {6, kSteps, false, false, {}, true}; }
  FrameView operator()(const AtResult&) const { return {6, kSteps, false, false, NextLabel::finish, true}; }
  FrameView operator()(const AtRate&) const { return page(0, {}); }
  FrameView operator()(const AtRateDetails&) const { return page(0, NextLabel::send); }
  FrameView operator()(const AtRateText&) const { return page(0, NextLabel::confirm); }
  FrameView operator()(const AtThanks& at) const {
    if (at.rating == ThanksView::Rating::not_stored) return {0, 0, false, true, NextLabel::send, true};
    return {0, 0, false, false, NextLabel::finish, true};
  }
};

}  // namespace

Paged page_of(std::size_t total, int page) {
  Paged paged;
  paged.pages = static_cast<int>(std::max<std::size_t>(1, (total + kMostChoices - 1) / kMostChoices));
  paged.page = std::clamp(page, 0, paged.pages - 1);
  paged.first = static_cast<std::size_t>(paged.page) * kMostChoices;
  paged.count = std::min(kMostChoices, total - std::min(total, paged.first));
  return paged;
}

View view_of(const Hall& hall, const Session& session, Now now) {
  const Looking look{hall, session, now};
  View view;
  view.language = session.language;
  view.frame = std::visit(FrameOf{look}, session.step);
  view.now = std::chrono::floor<seconds>(now.wall);
  view.screen = std::visit([&](const auto& step) { return see(look, step); }, session.step);
  if (session.overlay) view.overlay = overlay_view(look, *session.overlay);
  return view;
}

const char* name_of(const ScreenView& screen) {
  static constexpr const char* kNames[] = {
      "start", "domains",     "list",      "search",  "guide",  "privacy",   "applicant_kind", "id_number", "name",
      "field", "rows",        "materials", "source",  "files",  "capturing", "pages",          "page",      "pickup",
      "check", "declaration", "sign",      "sending", "result", "rate",      "rate_details",   "rate_text", "thanks"};
  static_assert(std::size(kNames) == std::variant_size_v<ScreenView>);
  return kNames[screen.index()];
}

}  // namespace bangwu::session
