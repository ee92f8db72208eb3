#pragma once
#include <string>
#include <variant>

#include "domain/catalogue.h"

namespace bangwu::session {

struct DomainChosen {
  domain::Domain domain;
  bool operator==(const DomainChosen&) const = default;
};
struct CodeChosen {
  std::string code;
  bool operator==(const CodeChosen&) const = default;
};  ///< item or bundle

namespace choosing {
using Message = std::variant<DomainChosen, CodeChosen>;
}

}  // namespace bangwu::session
