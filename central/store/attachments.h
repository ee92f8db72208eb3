#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::store {

class Sql;

/// A blob that envelopes refer to.
struct BlobRow {
  std::string sha256;
  std::uint64_t size = 0;
  bool operator==(const BlobRow&) const = default;
};

/// Which blobs envelopes refer to, inside a transaction; written by Envelopes::add. Errors: as in transaction.h.
class Attachments {
 public:
  using Visit = std::function<base::Result<void>(const BlobRow&)>;
  explicit Attachments(Sql& sql) : sql_(sql) {}

  /// Of one envelope, by hash, each once.
  [[nodiscard]] base::Result<std::vector<BlobRow>> of_envelope(std::string_view envelope);
  /// Those of `names` that an envelope refers to; with `kiosk` an envelope of that kiosk.
  [[nodiscard]] base::Result<std::vector<std::string>> referred(std::span<const std::string> names,
                                                                std::optional<std::string_view> kiosk = std::nullopt);
  /// False while an envelope came from an earlier version that could not be read: it may refer to anything.
  [[nodiscard]] base::Result<bool> are_all_known();
  /// Every blob once, by hash, some of them in memory at a time; stops at the first error `visit` returns. `visit` may
  /// read in the same transaction.
  [[nodiscard]] base::Result<void> each(const Visit& visit);

 private:
  Sql& sql_;
};

}  // namespace bangwu::store
