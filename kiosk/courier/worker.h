#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <variant>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "blobs/blob_store.h"
#include "courier/courier.h"
#include "identity/identity.h"
#include "outbox/outbox.h"

namespace bangwu::courier {

/// An envelope arrived: the proof is stored.
struct Delivered {
  base::Uuid id;
  envelope::Receipt receipt;
};
/// An attempt ended otherwise; `state` says why and, if it waits, until when.
struct Attempted {
  base::Uuid id;
  outbox::State state;
};
/// Another answer to what is wrong with this machine than before; nothing is, at first.
struct MachineJudged {
  Findings findings;
};
using Event = std::variant<Delivered, Attempted, MachineJudged>;

struct WorkerOptions {
  std::filesystem::path outbox_directory;
  CourierSettings settings;      ///< settings_for(identity), or with a test's limits
  outbox::Keeping keeping = {};  ///< as for every other connection to that outbox
};

/// The courier's thread: it owns an outbox connection and a Courier, sleeps until something is due or notified, and
/// delivers one envelope after another. An envelope that takes longer than half a second steps aside for a new one, so
/// that a visitor's small envelope never waits behind a large upload or a server that hangs.
class Worker {
 public:
  /// Called on the worker's thread, never under a lock; it must return soon.
  using Publish = std::function<void(Event)>;

  /// Opens the outbox, makes what an earlier courier had leased ready again, starts the thread. `identity`, `clock` and
  /// `random` are borrowed and outlive the worker. One worker a machine.
  [[nodiscard]] static base::Result<std::unique_ptr<Worker>> start(WorkerOptions options,
                                                                   const identity::KioskIdentity& identity,
                                                                   blobs::BlobStore blobs, const base::Clock& clock,
                                                                   base::Random& random, Publish publish);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  /// Cancels what is under way (its item is ready again, the attempt uncounted) and joins: within a second.
  ~Worker();

  /// Something new is in the outbox. Any thread. What staff make ready by another process is heard without it
  /// (outbox/bell.h).
  void notify();
  /// Grows while the thread lives: with each attempt, during a long one, and every half a minute when nothing is due.
  /// Any thread.
  [[nodiscard]] std::uint64_t sign_of_life() const;

 private:
  struct Loop;
  explicit Worker(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace bangwu::courier
