#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bangwu::store {

class Sql;

/// What the service knows of itself (its generation, watermarks), a text by name, inside a transaction. Errors: as in
/// transaction.h.
class ServiceFacts {
 public:
  explicit ServiceFacts(Sql& sql) : sql_(sql) {}

  [[nodiscard]] base::Result<std::optional<std::string>> find(std::string_view name);
  [[nodiscard]] base::Result<void> put(std::string_view name, std::string_view value);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
