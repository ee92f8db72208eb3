#include "session/choosing/choosing.h"

namespace bangwu::session::choosing {
namespace {

ListEntry entry_of(const domain::Item& item) {
  const bool is_instant = item.handling == domain::Handling::instant;
  return {item.code, item.name, item.summary, is_instant ? ListEntry::Mark::instant : ListEntry::Mark::none};
}
ListEntry entry_of(const domain::Bundle& bundle) {
  return {bundle.code, bundle.name, bundle.summary, ListEntry::Mark::bundle};
}
ListEntry entry_of(const domain::Elsewhere& thing) {
  return {thing.code, thing.name, thing.department, ListEntry::Mark::elsewhere, thing.telephone};
}
ListEntry entry_of(const domain::Catalogue& catalogue, const domain::Found& found) {
  switch (found.kind) {
    case domain::Found::Kind::item: return entry_of(*catalogue.find_item(found.code));
    case domain::Found::Kind::bundle: return entry_of(*catalogue.find_bundle(found.code));
    case domain::Found::Kind::elsewhere: break;
  }
  return entry_of(*catalogue.find_elsewhere(found.code));
}

template <class Entries, class ToEntry>
void fill(std::vector<ListEntry>& out, const Entries& all, const Screenful& seen, const ToEntry& to_entry) {
  for (std::size_t i = 0; i < seen.count; ++i) out.push_back(to_entry(all[seen.first + i]));
}

ScreenView show(const Looking&, const AtDomains&) { return DomainsView{}; }

ScreenView show(const Looking& look, const AtItems& at) {
  std::vector<const domain::Item*> items;
  for (const auto& item : look.hall.catalogue->items) {
    if (item.domain == at.domain) items.push_back(&item);
  }
  const auto seen = screenful_of(items.size(), at.screenful);
  ListView view{.of = ListView::Of::items, .domain = at.domain, .screenful = seen.number, .screenfuls = seen.of};
  fill(view.entries, items, seen, [](const domain::Item* item) { return entry_of(*item); });
  return view;
}

ScreenView show(const Looking& look, const AtBundles& at) {
  const auto& bundles = look.hall.catalogue->bundles;
  const auto seen = screenful_of(bundles.size(), at.screenful);
  ListView view{.of = ListView::Of::bundles, .screenful = seen.number, .screenfuls = seen.of};
  fill(view.entries, bundles, seen, [](const domain::Bundle& bundle) { return entry_of(bundle); });
  return view;
}

ScreenView show(const Looking& look, const AtSearch& at) {
  const auto& catalogue = *look.hall.catalogue;
  const auto seen = screenful_of(at.found.size(), at.screenful);
  SearchView view{.typed = at.typed, .screenful = seen.number, .screenfuls = seen.of};
  fill(view.found, at.found, seen, [&](const domain::Found& hit) { return entry_of(catalogue, hit); });
  return view;
}

ScreenView show(const Looking& look, const AtGuide& at) {
  const auto& catalogue = *look.hall.catalogue;
  GuideView view;
  if (auto procedure = domain::procedure_for(catalogue, at.code)) view.procedure = std::move(*procedure);
  if (!view.procedure.is_bundle) {
    view.item = catalogue.find_item(at.code);
  } else {
    for (const auto& code : view.procedure.item_codes) view.bundle_items.push_back(catalogue.find_item(code));
  }
  return view;
}

}  // namespace

Seen see(const Looking& look, const State& state) {
  const bool is_guide = std::holds_alternative<AtGuide>(state.step);
  return {page_frame(is_guide ? std::optional(NextLabel::start_application) : std::nullopt),
          std::visit([&](const auto& at) { return show(look, at); }, state.step)};
}

}  // namespace bangwu::session::choosing
