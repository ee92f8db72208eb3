#pragma once
#include <string>

#include "session/context.h"
#include "session/storing/storing.h"

/// A part: the declaration is read and accepted, then signed (Article 4(4)). 提交 is its end; while what was signed is
/// being stored, and when that failed, its journey stays on this screen.
namespace bangwu::session::signing {

enum class Step { declaration, sign };
struct State {
  Step step = Step::declaration;
  bool declared = false;
  domain::Signature signature{};
};

/// Article 4(4), Article 7(1), Annex 2 no. 4: word for word in the envelope.
[[nodiscard]] const char* declaration_text();

struct Signed {
  std::string declaration;
  domain::Signature signature;
};
[[nodiscard]] Outcome<Signed> update(State& state, const storing::State& storing, const Gesture& gesture);
[[nodiscard]] Outcome<Signed> update(State& state, const storing::State& storing, const Message& message);
/// `name`: of the person who signs.
[[nodiscard]] Seen see(const State& state, const storing::State& storing, const std::string& name);

}  // namespace bangwu::session::signing
