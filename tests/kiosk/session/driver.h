#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/session.h"

namespace bangwu::session {

inline domain::Field field_of(std::string id, std::string label, domain::FieldKind kind) {
  domain::Field field;
  field.id = std::move(id);
  field.label = std::move(label);
  field.kind = kind;
  return field;
}

/// A small hall: one item with every way of asking, one instant item, one bundle of both.
inline domain::Catalogue small_catalogue() {
  using domain::Field;
  using domain::FieldKind;
  domain::Item item;
  item.code = "A";
  item.name = "食品经营许可";
  item.pinyin = "shi pin jing ying xu ke";
  item.domain = domain::Domain::market_access;
  item.applicants = {domain::ApplicantKind::natural_person, domain::ApplicantKind::legal_person};
  item.promised_limit.working_days = 5;
  item.pickup = {"窗口领取", "邮寄"};
  Field shop = field_of("shop", "经营场所", FieldKind::address);
  Field kind = field_of("kind", "主体业态", FieldKind::choice);
  kind.choices = {{"shop", "销售"}, {"canteen", "食堂"}};
  Field meals = field_of("meals", "每日供餐人数", FieldKind::number);
  meals.shown_if = domain::Condition{"kind", {"canteen"}};
  Field phone = field_of("contact_phone", "联系电话", FieldKind::telephone);
  phone.required = false;
  Field staff = field_of("staff", "从业人员", FieldKind::rows);
  staff.columns = {field_of("name", "姓名", FieldKind::text), field_of("id", "身份证号", FieldKind::resident_id)};
  item.form = {shop, kind, meals, phone, staff};
  domain::Material card;
  card.id = "id_card";
  card.name = "身份证";
  card.sides = 2;
  domain::Material plan;
  plan.id = "plan";
  plan.name = "平面图";
  plan.need = domain::MaterialNeed::optional;
  item.materials = {card, plan};

  domain::Item quick;
  quick.code = "B";
  quick.name = "社保卡挂失";
  quick.pinyin = "she bao ka gua shi";
  quick.domain = domain::Domain::public_service;
  quick.applicants = {domain::ApplicantKind::natural_person};
  quick.handling = domain::Handling::instant;
  quick.pickup = {"窗口领取"};

  domain::Catalogue catalogue;
  catalogue.items = {item, quick};
  catalogue.bundles = {{"P", "开餐馆一件事", "kai can guan yi jian shi", "", {"A", "B"}}};
  return catalogue;
}

/// Drives a session by messages with a manual clock.
class Driver {
 public:
  Driver() {
    hall_.catalogue = &catalogue_;
    hall_.search = &search_;
  }

  void send(const Message& message) {
    auto result = update(hall_, std::move(session_), message, now_);
    session_ = std::move(result.session);
    effects_ = std::move(result.effects);
  }
  template <class... M>
  void send_all(const M&... messages) {
    (send(messages), ...);
  }
  void pass(std::chrono::milliseconds time) {
    now_.wall += time;
    now_.steady += time;
    send(Ticked{});
  }
  template <class M>
  void type_and_go(M text) {
    send_all(TextChanged{text}, WentOn{});
  }

  [[nodiscard]] View view() const { return view_of(hall_, session_, now_); }
  [[nodiscard]] std::string screen() const { return name_of(view().screen); }
  template <class V>
  [[nodiscard]] V seen() const {
    return std::get<V>(view().screen);
  }
  template <class E>
  [[nodiscard]] const E* ordered() const {
    for (const auto& effect : effects_) {
      if (const auto* found = std::get_if<E>(&effect)) return found;
    }
    return nullptr;
  }
  /// What was ordered to be stored, if it is such a body.
  template <class Body>
  [[nodiscard]] const Body* stored() const {
    const auto* order = ordered<Store>();
    return order ? std::get_if<Body>(&order->body) : nullptr;
  }
  void answer_stored(const std::string& envelope = "e-1") {
    const auto* order = ordered<Store>();
    ASSERT_NE(order, nullptr) << "nothing was ordered to be stored";
    send(Stored{order->ticket, envelope, "临7K3Q-9X2M"});
  }
  void refuse(StoreProblem problem) {
    const auto* order = ordered<Store>();
    ASSERT_NE(order, nullptr) << "nothing was ordered to be stored";
    send(StoreRefused{order->ticket, problem});
  }
  [[nodiscard]] bool has_visit() const { return session::has_visit(session_); }
  [[nodiscard]] const apply::Visit& visit() const { return std::get<apply::Visit>(session_.journey); }
  [[nodiscard]] std::vector<capture::DraftPage> pages(const std::string& material) const {
    const auto found = draft().capture.pages.find(material);
    return found == draft().capture.pages.end() ? std::vector<capture::DraftPage>{} : found->second;
  }
  [[nodiscard]] const apply::Draft& draft() const { return *visit().draft; }

  // --- longer ways
  void to_first_question() {
    send_all(EntryChosen{Entry::search}, TextChanged{"食品"}, CodeChosen{"A"}, WentOn{}, WentOn{});
    send_all(ApplicantKindChosen{domain::ApplicantKind::natural_person}, WentOn{});
    type_and_go("11010519491231002X");
    type_and_go("张小明");
  }
  void to_materials() {
    to_first_question();
    type_and_go("常州市武进区人民中路一号");
    send_all(ChoiceMade{"shop"}, WentOn{});
    type_and_go("13800001234");
    send(RowAdded{});
    type_and_go("李四");
    type_and_go("440524188001010014");
    send(WentOn{});
  }
  void capture(const std::string& material, int pages) {
    send_all(MaterialOpened{material}, ScannersListed{true, true}, SourceChosen{CaptureSource::feeder});
    for (int i = 0; i < pages; ++i) send(page());
    send(CaptureEnded{domain::PageFault::none});
  }
  void to_sign() {
    to_materials();
    capture("id_card", 2);
    send_all(WentOn{}, WentOn{}, ChoiceMade{"邮寄"}, WentOn{}, WentOn{}, DeclarationRead{true}, WentOn{});
  }
  void to_sending() {
    to_sign();
    send_all(SignatureDrawn{signature()}, WentOn{});
    answer_stored();
  }
  [[nodiscard]] PageCaptured page() {
    const PageKey key = ++next_page_;
    return {key, std::string(63, 'a') + std::to_string(key % 10), "image/jpeg", 2480, 3508, 0, false};
  }
  static AnswerArrived answer(const std::string& envelope) {
    return {envelope, "WJ20261123000001", domain::Outcome::in_review, {}, std::nullopt, false};
  }
  static domain::Signature signature() { return {{{{0.1F, 0.5F, 0}, {0.9F, 0.5F, 300}}}, 3}; }

  domain::Catalogue catalogue_ = small_catalogue();
  domain::SearchIndex search_{catalogue_, [](std::string_view text) { return std::string(text); }};
  Hall hall_;
  Session session_;
  Effects effects_;
  // 2026-11-23 10:00 in the hall
  Now now_{base::SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{2}},
           base::SteadyTime{std::chrono::hours{5}}};
  PageKey next_page_ = 0;
};

}  // namespace bangwu::session
