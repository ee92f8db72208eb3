#pragma once
#include <cstddef>
#include <variant>

namespace bangwu::session {

struct RowAdded {
  bool operator==(const RowAdded&) const = default;
};
struct RowOpened {
  std::size_t row;
  bool operator==(const RowOpened&) const = default;
};
struct RowRemoved {
  std::size_t row;
  bool operator==(const RowRemoved&) const = default;
};

namespace form {
using Message = std::variant<RowAdded, RowOpened, RowRemoved>;
}

}  // namespace bangwu::session
