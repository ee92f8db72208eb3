#pragma once
#include <chrono>
#include <functional>
#include <optional>

#include "capture/messages.h"
#include "capture/worker_process.h"

namespace bangwu::capture {

/// How to understand a worker that gives pages, and what to call its failures.
struct RelayRules {
  PageBounds bounds;
  int max_pages = 0;
  std::chrono::milliseconds silence_limit{};
  domain::PageFault when_broken = domain::PageFault::internal;  ///< it crashed, or said what cannot be
  domain::PageFault when_silent = domain::PageFault::internal;
  std::optional<std::chrono::milliseconds> page_limit{};  ///< from a page's first word to its end; page_too_complex
  bool keeps_detail = false;  ///< whether its words may reach the log: not those of one that has read a visitor's file
  /// Gives a page without bytes its own; false if there are none to give, which breaks the rules.
  std::function<bool(CapturedPage&)> supply_bytes;
};

/// Passes a worker's progress and pages on until it is done, fails, is silent for too long, or the work is cancelled.
/// The worker may still be running then.
[[nodiscard]] Outcome relay_pages(const Channel& channel, const RelayRules& rules, const PageSink& sink,
                                  const CancelToken& cancel);

/// Waits for one answer of the kind, or a `done` that says why there is none; anything else breaks the rules.
[[nodiscard]] tl::expected<Message, domain::PageFault> await_answer(const Channel& channel, MessageKind kind,
                                                                    const RelayRules& rules, const CancelToken& cancel);

}  // namespace bangwu::capture
