#include "session/apply/apply.h"

#include <algorithm>

#include "session/apply/flow.h"

namespace bangwu::session::apply {
namespace {

// --- what each part's end means
void went(const Work& work, Outcome<domain::Procedure> outcome, Next& next) {
  if (std::holds_alternative<Back>(outcome)) next = Next::leave;
  else if (auto* chosen = std::get_if<Done<domain::Procedure>>(&outcome)) work.begin_draft(std::move(chosen->value));
}

template <class Value>
void went_in_change(const Work& work, const Outcome<Value>& outcome) {
  if (std::holds_alternative<Back>(outcome)) work.leave_change();
  else if (!std::holds_alternative<Stay>(outcome)) work.end_change();
}

/// One message for whatever part is on the screen. Fact is the part's own message or a gesture.
template <class Fact>
struct Taken {
  const Work& work;
  const Fact& fact;
  Next& next;

  void operator()(AtChoosing&) const {
    if constexpr (requires { choosing::update(work.context, work.visit.choosing, fact); })
      went(work, choosing::update(work.context, work.visit.choosing, fact), next);
  }
  void operator()(AtPrivacy&) const {
    if constexpr (std::is_same_v<Fact, Gesture>) {
      if (std::holds_alternative<WentBack>(fact)) work.go(AtChoosing{});
      if (std::holds_alternative<WentOn>(fact)) work.go(AtIdentity{});
    }
  }
  void operator()(AtIdentity&) const {
    if constexpr (requires { identity::update(work.context, work.draft().identity, fact); }) {
      const auto outcome = identity::update(work.context, work.draft().identity, fact);
      if (std::holds_alternative<Back>(outcome)) work.go(AtPrivacy{});
      else if (!std::holds_alternative<Stay>(outcome)) work.go_to_form();
    }
  }
  void operator()(AtForm&) const {
    auto& draft = work.draft();
    if constexpr (requires { form::update(work.context, draft.procedure.form, *draft.form, fact); }) {
      const auto outcome = form::update(work.context, draft.procedure.form, *draft.form, fact);
      if (std::holds_alternative<Back>(outcome)) work.go(AtIdentity{});
      else if (!std::holds_alternative<Stay>(outcome)) work.go_to_materials();
    }
  }
  void operator()(AtMaterials&) const {
    if constexpr (requires { capture::update(work.context, work.checklist(), work.draft().capture, fact); }) {
      const auto outcome = capture::update(work.context, work.checklist(), work.draft().capture, fact);
      if (std::holds_alternative<Back>(outcome)) work.back_to_form();
      else if (!std::holds_alternative<Stay>(outcome)) work.go_to_pickup();
    }
  }
  void operator()(AtPickup&) const {
    if constexpr (std::is_same_v<Fact, Gesture>) {
      auto& draft = work.draft();
      pick(draft.picking);
      if (std::holds_alternative<WentBack>(fact)) work.back_to_materials();
      if (!std::holds_alternative<WentOn>(fact) || draft.picking.empty()) return;
      draft.pickup = draft.picking;
      work.go(AtCheck{});
    }
  }
  void operator()(AtCheck&) const {
    if constexpr (requires { checking::update(fact); }) {
      auto outcome = checking::update(fact);
      if (std::holds_alternative<Back>(outcome)) {
        work.draft().left.reset();  // begun on answers that may change now
        return work.back_to_pickup();
      }
      const auto* done = std::get_if<Done<checking::Choice>>(&outcome);
      if (!done) return;
      if (const auto* change = std::get_if<checking::Change>(&done->value)) work.change(change->line);
      else work.confirm_check();
    }
  }
  void operator()(AtChange& at) const { std::visit(*this, at.change.of); }
  void operator()(OfIdentity& of) const {
    if constexpr (requires { identity::update(work.context, of.copy, fact); })
      went_in_change(work, identity::update(work.context, of.copy, fact));
  }
  void operator()(OfForm& of) const {
    if constexpr (requires { form::update(work.context, work.draft().procedure.form, of.copy, fact); })
      went_in_change(work, form::update(work.context, work.draft().procedure.form, of.copy, fact));
  }
  void operator()(OfMaterial&) const {
    if constexpr (requires { capture::update(work.context, work.checklist(), work.draft().capture, fact); })
      went_in_change(work, capture::update(work.context, work.checklist(), work.draft().capture, fact));
  }
  void operator()(OfPickup& of) const {
    if constexpr (std::is_same_v<Fact, Gesture>) {
      pick(of.chosen);
      if (std::holds_alternative<WentBack>(fact)) work.leave_change();
      else if (std::holds_alternative<WentOn>(fact) && !of.chosen.empty()) work.end_change();
    }
  }
  void operator()(AtSigning&) const {
    auto& draft = work.draft();
    if constexpr (requires { signing::update(draft.signing, draft.storing, fact); }) {
      auto outcome = signing::update(draft.signing, draft.storing, fact);
      // What went wrong is said where it was tried, until that page is left.
      if (draft.signing.step == signing::Step::declaration) draft.storing.at = storing::Idle{};
      if (std::holds_alternative<Back>(outcome)) work.go(AtCheck{});
      else if (auto* done = std::get_if<Done<signing::Signed>>(&outcome)) work.submit(std::move(done->value));
    }
  }
  void operator()(AtResult& at) const {
    if constexpr (requires { result::update(work.context, at.result, fact); }) {
      const auto outcome = result::update(work.context, at.result, fact);
      if (!std::holds_alternative<Done<result::Wish>>(outcome)) return;
      const bool is_stuck = at.result.is_stuck && !at.result.answer;
      rate::Visit rating{rate::Subject{.procedure = at.result.procedure.code,
                                       .envelope = at.result.envelope,
                                       .leaving = is_stuck ? rate::Leaving::by_staff : rate::Leaving::by_itself}};
      work.go(AtRating{std::move(at.result), std::move(rating)});
    }
  }
  void operator()(AtRating& at) const {
    if constexpr (requires { rate::update(work.context, at.rating, fact); }) {
      const auto outcome = rate::update(work.context, at.rating, fact);
      if (std::holds_alternative<Back>(outcome)) work.go(AtResult{std::move(at.result)});
      else if (!std::holds_alternative<Stay>(outcome)) next = Next::leave;
    }
  }

  void pick(std::string& chosen) const {
    const auto* made = std::get_if<ChoiceMade>(&fact);
    const auto& ways = work.draft().procedure.pickup;
    if (made && std::find(ways.begin(), ways.end(), made->value) != ways.end()) chosen = made->value;
  }
};

/// Facts that are not for the part on the screen only.
struct Noted {
  const Work& work;
  Next& next;

  void operator()(const capture::Found& found) const {
    if (work.visit.draft) {
      static_cast<void>(capture::update(work.context, work.checklist(), work.draft().capture, found));
    } else if (const auto* page = std::get_if<PageCaptured>(&found)) {
      work.context.order(DropPage{page->key});
    }
  }
  void operator()(const result::Found& found) const {
    if (auto* at = work.at<AtResult>()) result::update(at->result, found);
    if (auto* at = work.at<AtRating>()) result::update(at->result, found);
  }
  void operator()(const storing::Answer& answer) const {
    if (auto* at = work.at<AtRating>()) {
      static_cast<void>(rate::update(work.context, at->rating, answer));
    } else if (work.at<AtSigning>()) {
      if (auto stored = storing::update(work.draft().storing, answer)) work.show_result(std::move(*stored));
    }
  }
  void operator()(const storing::Delivery& delivery) const {
    if (work.visit.draft) storing::update(work.draft().storing, delivery);
    if (auto* at = work.at<AtResult>()) result::update(at->result, delivery);
    if (auto* at = work.at<AtRating>()) {
      result::update(at->result, delivery);
      static_cast<void>(rate::update(work.context, at->rating, delivery));
    }
  }
  void operator()(const Ticked& ticked) const {
    if (work.visit.draft) static_cast<void>(storing::tick(work.context, work.draft().storing));
    if (auto* at = work.at<AtResult>()) static_cast<void>(result::tick(work.context, at->result));
    if (auto* at = work.at<AtRating>()) leave_if_done(rate::update(work.context, at->rating, ticked));
  }
  void operator()(const Finished& finished) const {
    if (const auto* at = work.at<AtResult>(); at && !result::is_sending(at->result)) next = Next::leave;
    if (auto* at = work.at<AtRating>()) leave_if_done(rate::update(work.context, at->rating, finished));
  }
  template <class Fact>
  void operator()(const Fact& fact) const {
    std::visit(Taken<Fact>{work, fact, next}, work.visit.step);
  }

  void leave_if_done(const rate::Rated& outcome) const {
    if (std::holds_alternative<Done<Nothing>>(outcome)) next = Next::leave;
  }
};

}  // namespace

Visit begin(Entry entry) { return {choosing::begin(entry)}; }

Next update(Context& context, Visit& visit, const Message& message) {
  Next next = Next::stay;
  const Work work{context, visit};
  std::visit(Noted{work, next}, message);
  return next;
}

void call_off(Context& context, const Visit& visit) {
  if (visit.draft) capture::call_off(context, visit.draft->capture);
}

bool send_untouched(Context& context, Visit& visit) {
  auto* at = std::get_if<AtRating>(&visit.step);
  return at && rate::send_untouched(context, at->rating);
}

}  // namespace bangwu::session::apply
