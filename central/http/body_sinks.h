#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"
#include "http/workers.h"

namespace bangwu::http {

/// Bytes of bodies that are held in memory now, of all requests.
using BodyBytes = std::atomic<std::size_t>;

/// Collects a body of at most `limit` bytes, then has a worker turn it into the answer.
struct WholeBody {
  Workers& workers;
  BodyBytes& held;
  std::size_t limit = 0;
  std::function<Reply(std::string body)> work;
};
/// 413 at once if more is announced, 411 for a chunked body, 503 if the workers or the memory are full.
[[nodiscard]] Outcome collect(const Request& request, Responder respond, WholeBody parts);

}  // namespace bangwu::http
