#include "kiosk/session/walk.h"

namespace bangwu::session {
namespace {

constexpr const char* kPrintedSo = "110105194912310012";  // its check does not fit
constexpr const char* kPeople[] = {"11010519491231002X", "440524188001010014", kPrintedSo};
constexpr const char* kOrganisations[] = {"91350100M000100Y43", "91110000600037341L"};

}  // namespace

std::string Stranger::text(domain::FieldKind kind, int visit) {
  using domain::FieldKind;
  if (one_in(8)) return one_in(2) ? "" : "-";
  switch (kind) {
    case FieldKind::number: return std::to_string(visit % 100'000);
    case FieldKind::telephone: return "138" + std::to_string(10'000'000 + visit % 10'000'000);
    case FieldKind::resident_id: return one_of(kPeople);
    default: return "人民路" + std::to_string(visit) + "号之" + std::to_string(below(9));
  }
}

/// What a person does on this screen.
struct Stranger::Sensible {
  Stranger& who;
  Driver& driver;
  int visit;
  Ticket ticket;

  Message or_on(Message message) const { return who.one_in(2) ? Message{WentOn{}} : std::move(message); }
  std::string name() const { return "张" + std::to_string(visit); }

  Message operator()(const StartView&) const { return EntryChosen{static_cast<Entry>(who.below(4))}; }
  Message operator()(const DomainsView&) const {
    return DomainChosen{who.one_in(3) ? domain::Domain::public_service : domain::Domain::market_access};
  }
  Message operator()(const ListView& view) const {
    return view.entries.empty() ? Message{WentBack{}} : Message{CodeChosen{view.entries.front().code}};
  }
  Message operator()(const SearchView& view) const {
    if (view.found.empty()) return TextChanged{who.one_in(2) ? "食品" : "sbk"};
    return CodeChosen{view.found[who.below(view.found.size())].code};
  }
  Message operator()(const GuideView&) const { return WentOn{}; }
  Message operator()(const PrivacyView&) const { return WentOn{}; }
  Message operator()(const ApplicantKindView& view) const {
    return or_on(ApplicantKindChosen{view.offered[who.below(view.offered.size())]});
  }
  Message operator()(const IdNumberView& view) const {
    if (may_be_printed_so(view.problem) && who.one_in(2)) return PrintedSoConfirmed{};
    const bool is_organisation = view.kind == domain::IdKind::uscc;
    if (!is_organisation && view.kind != domain::IdKind::resident_id) return IdKindChosen{domain::IdKind::resident_id};
    return or_on(TextChanged{is_organisation ? who.one_of(kOrganisations) : who.one_of(kPeople)});
  }
  Message operator()(const NameView&) const { return or_on(TextChanged{name()}); }
  Message operator()(const FieldView& view) const {
    if (may_be_printed_so(view.problem) && who.one_in(2)) return PrintedSoConfirmed{};
    const auto& choices = view.field.choices;
    if (!choices.empty()) return or_on(ChoiceMade{choices[who.below(choices.size())].value});
    return or_on(TextChanged{who.text(view.field.kind, visit)});
  }
  Message operator()(const RowsView& view) const {
    if (view.rows.empty()) return RowAdded{};
    if (who.one_in(6)) return RowRemoved{who.below(view.rows.size())};
    return or_on(who.one_in(2) ? Message{RowAdded{}} : Message{RowOpened{who.below(view.rows.size())}});
  }
  Message operator()(const MaterialsView& view) const {
    return or_on(MaterialOpened{view.lines[who.below(view.lines.size())].material.id});
  }
  Message operator()(const SourceView& view) const {
    if (!view.scanners) return ScannersListed{true, true};
    return SourceChosen{static_cast<CaptureSource>(who.below(3))};
  }
  Message operator()(const FilesView& view) const {
    if (view.files.empty()) return FilesListed{{{1, "a.pdf", "PDF", 10}, {2, "b.jpg", "JPEG", 10}}, true};
    return FileChosen{view.files[who.below(view.files.size())].file};
  }
  Message operator()(const CapturingView&) const {
    if (who.one_in(8)) return CaptureStopped{};
    if (who.one_in(2)) return driver.page();
    return CaptureEnded{who.one_in(3) ? static_cast<domain::PageFault>(who.below(20)) : domain::PageFault::none};
  }
  Message operator()(const PagesView& view) const {
    return or_on(who.one_in(3) ? Message{MaterialOpened{view.material.id}}
                               : Message{PageOpened{who.below(view.total + 1)}});
  }
  Message operator()(const PageView&) const {
    const Message messages[] = {PageTurned{}, PageMoved{1}, PageMoved{-1}, PageRetaken{}, PageRemoved{}, WentBack{}};
    return messages[who.below(std::size(messages))];
  }
  Message operator()(const PickupView& view) const { return or_on(ChoiceMade{view.ways[who.below(view.ways.size())]}); }
  Message operator()(const CheckView& view) const {
    return or_on(ChangeAsked{view.lines[who.below(view.lines.size())].id});
  }
  Message operator()(const DeclarationView& view) const {
    return view.accepted ? Message{WentOn{}} : Message{DeclarationRead{true}};
  }
  Message operator()(const SignView& view) const {
    if (view.storing) return stored_or_not();
    return or_on(SignatureDrawn{Driver::signature()});
  }
  Message operator()(const SendingView&) const { return driver.answer(envelope()); }
  Message operator()(const ResultView&) const {
    const Message messages[] = {SlipSaveAsked{}, SlipSaveEnded{SlipOutcome::saved}, RateAsked{}, Finished{}};
    return messages[who.below(std::size(messages))];
  }
  Message operator()(const RateView&) const { return LevelChosen{static_cast<domain::NationalLevel>(who.below(5))}; }
  Message operator()(const RateDetailsView&) const {
    return or_on(who.one_in(2) ? Message{ReasonToggled{"time_long"}}
                               : Message{RatingTextOpened{static_cast<RatingText>(who.below(3))}});
  }
  Message operator()(const RateTextView& view) const {
    return or_on(
        TextChanged{view.text == RatingText::telephone ? who.text(domain::FieldKind::telephone, visit) : name()});
  }
  Message operator()(const ThanksView& view) const {
    if (view.rating == ThanksView::Rating::saving) return stored_or_not();
    return view.rating == ThanksView::Rating::not_stored ? Message{WentOn{}} : Message{Finished{}};
  }

  std::string envelope() const { return "e-" + std::to_string(ticket); }
  Message stored_or_not() const {
    if (who.one_in(3)) return StoreRefused{ticket, static_cast<StoreProblem>(who.below(4))};
    return Stored{ticket, envelope(), "临"};
  }
};

Message Stranger::anything(Driver& driver, int visit, Ticket ticket) {
  static const char* kTexts[] = {
      "", "11010519491231002X", kPrintedSo, "张三", "13800001234", "二月三十日", "食品", "\xE4\xB8"};
  static const char* kLines[] = {"kind",       "id",         "name",       "agent_id",    "agent_name",       "pickup",
                                 "field:shop", "field:kind", "field:none", "field:staff", "material:id_card", ""};
  static const char* kValues[] = {"shop", "canteen", "yes", "窗口领取", "邮寄", "nothing"};
  const std::string envelope = "e-" + std::to_string(one_in(2) ? ticket : below(9));
  const Message messages[] = {
      Touched{},
      LanguagesOpened{},
      HelpOpened{},
      OverlayClosed{},
      HomeAsked{},
      one_in(20) ? Message{HomeConfirmed{}} : Touched{},
      LanguageChosen{base::kLanguages[below(base::kLanguages.size())].language},
      WentOn{},
      EntryChosen{static_cast<Entry>(below(4))},
      DomainChosen{static_cast<domain::Domain>(below(6))},
      CodeChosen{one_in(2) ? "A" : "P"},
      ListTurned{one_in(2) ? 1 : -1},
      ApplicantKindChosen{static_cast<domain::ApplicantKind>(below(3))},
      IdKindChosen{static_cast<domain::IdKind>(below(4))},
      PrintedSoConfirmed{},
      TextChanged{one_of(kTexts)},
      ChoiceMade{one_of(kValues)},
      RowAdded{},
      RowOpened{below(3)},
      RowRemoved{below(3)},
      MaterialOpened{one_in(2) ? "id_card" : "plan"},
      SourceChosen{static_cast<CaptureSource>(below(3))},
      FileChosen{below(3)},
      CaptureStopped{},
      PageOpened{below(3)},
      PageTurned{},
      PageMoved{one_in(2) ? 1 : -1},
      PageRetaken{},
      PageRemoved{},
      ChangeAsked{one_of(kLines)},
      DeclarationRead{one_in(2)},
      SignatureDrawn{one_in(2) ? Driver::signature() : domain::Signature{{{{0.5F, 0.5F, 0}, {0.5F, 0.51F, 9}}}, 3}},
      SlipSaveAsked{},
      RateAsked{},
      LevelChosen{static_cast<domain::NationalLevel>(below(5))},
      ReasonToggled{"time_long"},
      RatingTextOpened{static_cast<RatingText>(below(3))},
      one_in(10) ? Message{Finished{}} : Touched{},
      Ticked{},
      ScannersListed{true, one_in(2)},
      FilesListed{{}, one_in(2)},
      CaptureProgressed{50, 1},
      driver.page(),
      CaptureEnded{static_cast<domain::PageFault>(below(20))},
      Stored{one_in(2) ? ticket : below(9), envelope, "临"},
      StoreRefused{one_in(2) ? ticket : below(9), static_cast<StoreProblem>(below(5))},
      driver.answer(envelope),
      DeliveryStuck{envelope},
      SlipSaveEnded{static_cast<SlipOutcome>(below(4))},
      FaultFound{MachineFault::dead_items},
      FaultGone{MachineFault::dead_items},
      TextChanged{"人" + std::to_string(visit)}};
  return messages[below(std::size(messages))];
}

Message Stranger::next(Driver& driver, const View& view, int visit, Ticket ticket) {
  if (view.overlay && one_in(2)) return one_in(2) ? Message{OverlayClosed{}} : Message{Touched{}};
  if (one_in(8)) return anything(driver, visit, ticket);
  if (one_in(9)) return WentBack{};
  return std::visit(Sensible{*this, driver, visit, ticket}, view.screen);
}

}  // namespace bangwu::session
