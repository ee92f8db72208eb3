#pragma once
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>

#include "base/file.h"
#include "capture/cancel_token.h"

namespace bangwu::capture {

enum class MessageKind : std::uint8_t {
  // to a worker
  import = 1,  ///< a file to take pages out of
  preview,     ///< a captured page to make a picture of
  list_scanners,
  scan,
  cancel,
  hand_out,  ///< a file to write: its name and bytes
  // from a worker
  shut_in,  ///< the first: which walls stand around it
  progress,
  page,
  picture,
  scanners,
  handed_out,
  done,
};

struct Message {
  MessageKind kind = MessageKind::done;
  base::Bytes body;
};

/// How long to wait: until the deadline if there is one, and until cancelled if there is a token.
struct Patience {
  std::optional<std::chrono::steady_clock::time_point> deadline;
  const CancelToken* cancel = nullptr;
  [[nodiscard]] static Patience of(std::chrono::milliseconds limit, const CancelToken* cancel);
};

enum class Transfer { done, ended, timed_out, cancelled, malformed };

/// One end of the stream socket between this process and a worker. A message is its body's length (4 bytes, this
/// machine's order: both ends are built together), its kind (1 byte) and its body. One thread sends and one receives.
class Channel {
 public:
  explicit Channel(base::FileHandle socket) : socket_(std::move(socket)) {}

  /// Sends one message, its body made of the parts in turn.
  [[nodiscard]] Transfer send(MessageKind kind, std::initializer_list<std::span<const std::uint8_t>> parts,
                              const Patience& patience = {}) const;
  /// Receives one message of at most `limit` bytes; a longer one is malformed.
  [[nodiscard]] Transfer receive(Message& message, std::size_t limit, const Patience& patience = {}) const;
  /// Lets a receive() that waits in another thread return `ended`, now and always.
  void stop_receiving() const;

 private:
  [[nodiscard]] Transfer move_bytes(short event, std::uint8_t* bytes, std::size_t count,
                                    const Patience& patience) const;
  base::FileHandle socket_;
};

}  // namespace bangwu::capture
