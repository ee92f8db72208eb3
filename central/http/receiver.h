#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>

#include "http/message.h"

namespace bangwu::http {

/// Takes a streamed body on workers, one call at a time; may wait for the disk.
class Receiver {
 public:
  virtual ~Receiver() = default;
  /// An answer ends it: what else comes is dropped.
  [[nodiscard]] virtual std::optional<Reply> take(std::span<const std::uint8_t> bytes) = 0;
  [[nodiscard]] virtual Reply finish() = 0;
  virtual void broken() = 0;  ///< the rest will not come
};

/// What became of a request whose body is to be streamed.
using Opened = std::variant<Reply, std::unique_ptr<Receiver>>;

}  // namespace bangwu::http
