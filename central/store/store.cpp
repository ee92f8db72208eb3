#include "store/store.h"

namespace bangwu::store {

base::Result<void> copy_store(Store& from, Store& to) {
  return to.write([&](Transaction& target) -> base::Result<void> {
    const auto are_empty = target.tables().are_empty();
    if (!are_empty) return tl::unexpected(are_empty.error());
    if (!*are_empty)
      return base::fail(base::ErrorCode::already_exists, "there is something in the database: name an empty one");
    return from.read([&](Transaction& source) { return target.tables().take_all(source.tables()); });
  });
}

}  // namespace bangwu::store
