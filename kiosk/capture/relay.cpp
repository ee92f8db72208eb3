#include "capture/relay.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bangwu::capture {
namespace {

using domain::PageFault;

PageFault fault_of(Transfer transfer, const RelayRules& rules) {
  switch (transfer) {
    case Transfer::timed_out: return rules.when_silent;
    case Transfer::cancelled: return PageFault::cancelled;
    case Transfer::done: return PageFault::none;
    case Transfer::ended:
    case Transfer::malformed: break;
  }
  return rules.when_broken;
}

const char* words_of(Transfer transfer) {
  switch (transfer) {
    case Transfer::timed_out: return "worker was silent for too long";
    case Transfer::ended: return "worker ended";
    case Transfer::malformed: return "worker sent too long a message";
    case Transfer::cancelled:
    case Transfer::done: break;
  }
  return "";
}

bool begins_like_a_jpeg(const base::Bytes& bytes) {
  constexpr std::array<std::uint8_t, 3> kStart{0xFF, 0xD8, 0xFF};
  return bytes.size() >= kStart.size() && std::equal(kStart.begin(), kStart.end(), bytes.begin());
}

/// One conversation with a worker.
class Relay {
 public:
  Relay(const RelayRules& rules, const PageSink& sink) : rules_(rules), sink_(sink) {}

  /// True when the conversation is over.
  bool take(Message& message) {
    switch (message.kind) {
      case MessageKind::progress: return take_progress(message);
      case MessageKind::page: return take_page(message);
      case MessageKind::done: return take_done(message);
      default: return broken("worker sent a message that has no place");
    }
  }

  /// Until when the next word is waited for: it is the page's time, or the worker's silence, whichever ends first.
  [[nodiscard]] Patience patience(const CancelToken& cancel) const {
    auto patience = Patience::of(rules_.silence_limit, &cancel);
    if (page_ends_ && patience.deadline) patience.deadline = std::min(*patience.deadline, *page_ends_);
    return patience;
  }
  bool give_up(Transfer transfer) {
    const bool is_page =
        transfer == Transfer::timed_out && page_ends_ && std::chrono::steady_clock::now() >= *page_ends_;
    if (!is_page) return end(fault_of(transfer, rules_), words_of(transfer));
    outcome_.page = page_;
    return end(PageFault::page_too_complex, "a page took too long");
  }
  bool end(PageFault fault, std::string detail) {
    outcome_.fault = fault;
    outcome_.detail = std::move(detail);
    return true;
  }

  [[nodiscard]] Outcome outcome() { return std::move(outcome_); }

 private:
  bool broken(const char* how) { return end(rules_.when_broken, how); }

  bool take_progress(const Message& message) {
    const auto progress = decode_progress(message.body);
    if (!progress) {
      return broken("worker sent a malformed progress");
    }
    if (rules_.page_limit && (!page_ends_ || progress->page != page_)) {
      page_ = progress->page;
      page_ends_ = std::chrono::steady_clock::now() + *rules_.page_limit;
    }
    sink_.on_progress(*progress);
    return false;
  }

  bool take_page(Message& message) {
    auto page = decode_page(message.body, rules_.bounds);
    message.body = {};
    page_ends_.reset();
    if (!page || outcome_.pages >= rules_.max_pages) {
      return broken(page ? "worker sent a page too many" : "worker sent a malformed page");
    }
    const bool is_whole = page->encoded.empty() ? rules_.supply_bytes && rules_.supply_bytes(*page)
                                                : page->media_type == "image/jpeg" && begins_like_a_jpeg(page->encoded);
    if (!is_whole) {
      return broken("worker sent a page without a picture");
    }
    if (const PageFault fault = sink_.on_page(std::move(*page)); fault != PageFault::none) {
      return end(fault, "the page was refused");
    }
    ++outcome_.pages;
    return false;
  }

  bool take_done(const Message& message) {
    auto done = decode_done(message.body);
    if (!done) {
      return broken("worker ended with a malformed word");
    }
    outcome_.page = done->page;
    return end(done->fault, rules_.keeps_detail ? std::move(done->detail) : std::string());
  }

  const RelayRules& rules_;
  const PageSink& sink_;
  Outcome outcome_;
  int page_ = 0;  ///< being worked on
  std::optional<std::chrono::steady_clock::time_point> page_ends_{};
};

}  // namespace

Outcome relay_pages(const Channel& channel, const RelayRules& rules, const PageSink& sink, const CancelToken& cancel) {
  Relay relay(rules, sink);
  for (bool is_over = false; !is_over;) {
    Message message;
    const Transfer transfer = channel.receive(message, kAnswerLimit, relay.patience(cancel));
    is_over = transfer == Transfer::done ? relay.take(message) : relay.give_up(transfer);
  }
  return relay.outcome();
}

tl::expected<Message, PageFault> await_answer(const Channel& channel, MessageKind kind, const RelayRules& rules,
                                              const CancelToken& cancel) {
  Message message;
  const Transfer transfer = channel.receive(message, kAnswerLimit, Patience::of(rules.silence_limit, &cancel));
  if (transfer != Transfer::done) {
    return tl::unexpected(fault_of(transfer, rules));
  }
  if (message.kind == kind) {
    return message;
  }
  const auto done = message.kind == MessageKind::done ? decode_done(message.body) : std::nullopt;
  return tl::unexpected(done && done->fault != PageFault::none ? done->fault : rules.when_broken);
}

}  // namespace bangwu::capture
