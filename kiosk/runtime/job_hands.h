#pragma once
#include <chrono>

#include "capture/cancel_token.h"
#include "runtime/mailbox.h"

namespace bangwu::runtime {

/// What is done with a device. Made, used and ended on the device's thread.
template <class Job>
class DeviceHands {
 public:
  virtual ~DeviceHands() = default;
  /// Answers by the mailbox. A job that was cancelled while it waited comes all the same, its token cancelled: whoever
  /// ordered it waits for its end.
  virtual void carry_out(VisitNumber visit, const Job& job, const capture::CancelToken& cancel) = 0;
  /// After this long without a job look_around() is called.
  [[nodiscard]] virtual std::chrono::milliseconds patience() const { return std::chrono::hours{24}; }
  virtual void look_around(const capture::CancelToken&) {}
};

}  // namespace bangwu::runtime
