#pragma once
#include <optional>
#include <string>

#include "domain/application.h"
#include "session/storing/messages.h"

namespace bangwu::session {

struct DeclarationView {
  std::string text;
  bool accepted = false;
};
struct SignView {
  domain::Signature signature{};
  std::string name{};
  std::optional<StoreProblem> problem{};
  bool storing = false;
};

}  // namespace bangwu::session
