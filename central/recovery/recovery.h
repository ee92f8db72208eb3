#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "envelope/keys.h"
#include "envelope/receipt.h"
#include "store/store.h"

namespace bangwu::recovery {

/// Sequences one after the other, all of them there.
struct Span {
  std::uint64_t first = 0, last = 0;
};

/// What a kiosk knows that the service may have forgotten.
struct Told {
  std::optional<envelope::Receipt> last_receipt{};  ///< the newest it has of this service
  std::string run{};          ///< the random name its program gave itself at its start; empty from a program of before
  std::string gave_all_of{};  ///< it looked through what it has, and that generation of the service has it all
};
/// What the service knows of the kiosk.
struct Known {
  std::string generation;
  bool is_recovering = false;  ///< it was restored and may have forgotten envelopes
  /// All up to this sequence are in a verified backup, or as old as the settings ask: the kiosk need not keep them.
  std::uint64_t settled = 0;
  std::vector<Span> settled_also{};  ///< in a verified backup too, behind one that is not there, and may never be
  std::uint64_t highest = 0;         ///< sequence ever seen
  /// The service lacks something from this sequence on that it once acknowledged: to be handed in again with its
  /// receipt.
  std::optional<std::uint64_t> wanted_from;
};

/// Called when the service finds that it is an older copy of itself, with its new generation.
using NewGeneration = std::function<void(const std::string&)>;

/// What a comparison needs beside the store. References are borrowed.
struct Meeting {
  const envelope::VerifyKey& receipt_key;
  base::SystemTime now;
  base::Random& random;
  NewGeneration begun;
  /// For a hall without backups: what came so long ago counts as settled. Nothing: only a backup settles.
  std::optional<std::chrono::days> settled_after{};
};

/// Compares both memories. A receipt of our own key for an envelope that is not here proves that we have forgotten:
/// then a new generation begins, which gives no number that may have been given, and recovers until every kiosk that is
/// not revoked has given again what it has, or says that there is no more. What the newest receipt proves and no kiosk
/// has any more is lost, and told in the log. A run of the kiosk's program that comes back after a later one had begun
/// proves that two machines work under one identity: noted in the store, and told in the log. Durable. Errors: the
/// database's.
[[nodiscard]] base::Result<Known> meet(store::Store& store, const std::string& kiosk, const Told& told,
                                       const Meeting& meeting);

/// Since when it recovers, as RFC 3339; nothing while it does not.
[[nodiscard]] base::Result<std::optional<std::string>> recovering_since(store::Store& store);
[[nodiscard]] base::Result<bool> is_recovering(store::Store& store);

/// Which sequences of each kiosk a database holds, in order. Reads every envelope.
using Held = std::map<std::string, std::vector<Span>>;
[[nodiscard]] base::Result<Held> held_in(store::Transaction& transaction);
/// Notes in the service's own database which sequences of each kiosk a verified backup holds.
[[nodiscard]] base::Result<void> note_backup(store::Store& store, const Held& held);

}  // namespace bangwu::recovery
