#include <algorithm>

#include "screens/dates.h"
#include "screens/names.h"
#include "screens/section.h"
#include "session/choosing/view.h"

namespace bangwu::screens {
namespace {

using domain::Item;

std::string fee_words(const std::optional<domain::Fee>& fee) {
  if (!fee) return tr("免费");
  return trf("{amount}（依据：{basis}）", {{"amount", tr_catalogue(fee->amount)}, {"basis", tr_catalogue(fee->basis)}});
}

std::string need_words(const domain::Material& material) {
  switch (material.need) {
    case domain::MaterialNeed::required: return tr("必要");
    case domain::MaterialNeed::conditional: return tr("符合条件时提交");
    case domain::MaterialNeed::optional: return tr("可选");
  }
  return {};
}

// What most people want to know first: how long, how much, for whom.
void draw_facts(Ui& ui, Cards& cards, const domain::Procedure& procedure, const Item* item) {
  Section section{ui, cards.next()};
  section.term(tr("承诺办结时限"), limit_words(procedure.promised_limit.working_days));
  section.term(tr("法定办结时限"), limit_words(procedure.statutory_limit.working_days));
  if (item) section.term(tr("收费"), fee_words(item->fee));
  std::string who;
  for (const auto kind : procedure.applicants) who += (who.empty() ? "" : tr("、")) + words_for(kind);
  section.term(tr("可申请的对象"), who);
  if (item) section.term(tr("承办部门"), tr_catalogue(item->department));
}

void draw_bundle_items(Ui& ui, Cards& cards, const std::vector<const Item*>& items) {
  Section section{ui, cards.next(), tr("套餐包含的事项"), Icon::bundle};
  int number = 0;
  for (const auto* item : items) {
    const auto note =
        trf("{department}，{limit}，收费：{fee}", {{"department", tr_catalogue(item->department)},
                                                   {"limit", limit_words(item->promised_limit.working_days)},
                                                   {"fee", fee_words(item->fee)}});
    section.entry(std::to_string(++number), tr_catalogue(item->name), note);
  }
}

void draw_conditions(Ui& ui, Cards& cards, const std::vector<std::string>& conditions) {
  if (conditions.empty()) return;
  Section section{ui, cards.next(), tr("申请条件"), Icon::check};
  int number = 0;
  for (const auto& condition : conditions) section.entry(std::to_string(++number), tr_catalogue(condition));
}

void draw_materials(Ui& ui, Cards& cards, const std::vector<domain::Material>& materials) {
  Section section{ui, cards.next(), tr("需要的材料"), Icon::pages};
  if (materials.empty()) section.words(tr("不需要提交材料。"));
  int number = 0;
  for (const auto& material : materials) {
    std::string note = need_words(material);
    if (!material.condition.empty()) note += tr("：") + tr_catalogue(material.condition);
    note += tr("；") + trf("纸质 {copies} 份", {{"copies", std::to_string(material.copies)}});
    if (!material.specification.empty()) note += tr("；") + tr_catalogue(material.specification);
    section.entry(std::to_string(++number), tr_catalogue(material.name), note);
  }
}

void draw_places(Ui& ui, Cards& cards, const domain::Procedure& procedure) {
  std::string ways;
  for (const auto& way : procedure.pickup) ways += (ways.empty() ? "" : tr("、")) + tr_catalogue(way);
  Section section{ui, cards.next(), tr("窗口与联系方式"), Icon::pin};
  if (!ways.empty()) section.term(tr("领取方式"), ways);
  const auto add = [&](const std::string& name, const domain::Contact& contact) {
    if (const auto lines = contact_lines(contact); !lines.empty()) section.term(name, lines);
  };
  add(tr("办理窗口"), procedure.window);
  add(tr("咨询"), procedure.consult);
  add(tr("投诉"), procedure.complaint);
}

std::vector<std::string> conditions_of(const session::GuideView& view) {
  if (view.item) return view.item->conditions;
  std::vector<std::string> all;
  for (const auto* item : view.bundle_items) {
    for (const auto& condition : item->conditions) {
      if (std::find(all.begin(), all.end(), condition) == all.end()) all.push_back(condition);
    }
  }
  return all;
}

}  // namespace

void draw_guide_screen(Scene& scene, const session::GuideView& view) {
  auto& ui = scene.ui;
  ask(scene, tr_catalogue(view.procedure.name), view.item ? tr_catalogue(view.item->summary) : std::string{});
  widgets::scroll_area(ui, "guide", scene.body, scene.state.scroll, [&](Rect area) {
    Cards cards{ui, area};
    draw_facts(ui, cards, view.procedure, view.item);
    if (!view.bundle_items.empty()) draw_bundle_items(ui, cards, view.bundle_items);
    draw_conditions(ui, cards, conditions_of(view));
    draw_materials(ui, cards, view.procedure.materials);
    draw_places(ui, cards, view.procedure);
    return cards.height();
  });
}

}  // namespace bangwu::screens
