#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "envelope/keys.h"

namespace bangwu::outbox {

/// A waiting time or lease that ends further ahead than this was written under another clock and counts as over.
inline constexpr std::chrono::milliseconds kLongestWait = std::chrono::hours{6};
inline constexpr std::chrono::milliseconds kLongestLease = std::chrono::hours{1};
/// How long the line of a delivered item is kept, in days this machine has lived through.
inline constexpr std::chrono::days kLedgerAge{180};
/// After so many attempts at an item whose dependency central does not have, the item goes its own way: half a day.
inline constexpr int kDependencyAttempts = 100;

/// Who signs, and whose receipts count; from enrolment. `device` is borrowed and outlives the outbox.
struct Identity {
  std::string kiosk;
  const envelope::SigningKey* device = nullptr;
  envelope::VerifyKey receipt_key{};
};

/// What is kept of delivered items until they are settled: their sealed payload, oldest given up first.
struct Keeping {
  std::uint64_t budget = 2ULL << 30;       ///< bytes
  std::uint64_t keep_free = 512ULL << 20;  ///< with less room on the disk nothing is kept
};

/// For who only looks: nothing of what is kept is given up.
inline constexpr Keeping kKeepAll{.budget = UINT64_MAX, .keep_free = 0};

/// What was exported; `damaged` envelopes were left out: a row that cannot be read, or an attachment that does not
/// verify.
struct Exported {
  std::size_t envelopes = 0, blobs = 0, damaged = 0;
  bool operator==(const Exported&) const = default;
};

enum class Which { undelivered, all };

}  // namespace bangwu::outbox
