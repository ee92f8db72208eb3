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

/// From a search that found nothing: look by domain.
struct DomainsWanted {
  bool operator==(const DomainsWanted&) const = default;
};

namespace choosing {
using Message = std::variant<DomainChosen, CodeChosen, DomainsWanted>;
}

}  // namespace bangwu::session
