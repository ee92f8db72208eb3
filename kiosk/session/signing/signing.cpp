#include "session/signing/signing.h"

#include "domain/signature.h"

namespace bangwu::session::signing {
namespace {

// What waits to be stored, or may lie in the queue already, can no longer be taken back or changed.
bool is_handed_over(const storing::State& storing) {
  return storing::is_waiting(storing) || storing::may_be_stored(storing);
}

}  // namespace

const char* declaration_text() {
  return "本人（本单位）自愿提出申请，对所提交申请材料的合法性、合理性及真实性负责，并承担相应的法律责任；"
         "将根据业务办理窗口提出的补正意见，及时对申报材料进行修改或补充。";
}

Outcome<Signed> update(State& state, const storing::State& storing, const Gesture& gesture) {
  if (std::holds_alternative<WentBack>(gesture)) {
    if (state.step == Step::declaration) return Back{};
    if (!is_handed_over(storing)) state.step = Step::declaration;
    return Stay{};
  }
  if (!std::holds_alternative<WentOn>(gesture) || !state.declared) return Stay{};
  if (state.step == Step::declaration) {
    state.step = Step::sign;
    return Stay{};
  }
  if (storing::is_waiting(storing) || !domain::is_signed(state.signature)) return Stay{};
  return Done<Signed>{{declaration_text(), state.signature}};
}

Outcome<Signed> update(State& state, const storing::State& storing, const Message& message) {
  if (const auto* read = std::get_if<DeclarationRead>(&message)) {
    if (state.step == Step::declaration) state.declared = read->accepted;
  } else if (state.step == Step::sign && !is_handed_over(storing)) {
    state.signature = domain::fitted(std::get<SignatureDrawn>(message).signature);
  }
  return Stay{};
}

Seen see(const State& state, const storing::State& storing, const std::string& name) {
  if (state.step == Step::declaration) {
    return {page_frame(NextLabel::next, state.declared), DeclarationView{declaration_text(), state.declared}};
  }
  const bool waits = storing::is_waiting(storing);
  auto frame = page_frame(NextLabel::submit, domain::is_signed(state.signature) && !waits);
  frame.back = !is_handed_over(storing);
  frame.home = !waits;
  return {
      frame,
      SignView{.signature = state.signature, .name = name, .problem = storing::problem_of(storing), .storing = waits}};
}

}  // namespace bangwu::session::signing
