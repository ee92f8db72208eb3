#pragma once
#include <variant>

#include "domain/application.h"

namespace bangwu::session {

struct DeclarationRead {
  bool accepted;
  bool operator==(const DeclarationRead&) const = default;
};
struct SignatureDrawn {
  domain::Signature signature;
  bool operator==(const SignatureDrawn&) const = default;
};

namespace signing {
using Message = std::variant<DeclarationRead, SignatureDrawn>;
}

}  // namespace bangwu::session
