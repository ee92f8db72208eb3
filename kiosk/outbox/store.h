#pragma once
// Private to this room: what an Outbox is made of, shared by the files that implement its parts.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "outbox/ballast.h"
#include "outbox/outbox.h"
#include "outbox/rows.h"
#include "sqlite/connection.h"
#include "sqlite/transaction.h"

namespace bangwu::outbox {

struct Outbox::Store {
  sqlite::Connection database;
  blobs::BlobStore blobs;
  std::optional<Identity> identity;
  Ballast ballast;

  /// What must be written even when the disk is full: tried again once the ballast is given up.
  template <class Act>
  auto insist(Act act) {
    auto result = act();
    if (!result && result.error().code == base::ErrorCode::disk_full && ballast.give_up()) result = act();
    return result;
  }
  /// One statement on the item of a lease that is still good; `conflict` otherwise.
  template <class... Values>
  base::Result<void> change_leased(const char* sql, const Lease& lease, const Values&... values) {
    return insist([&]() -> base::Result<void> {
      const auto changed = database.prepare(sql).bind(values..., stored(lease.id), lease.token).run();
      if (!changed) return tl::unexpected(changed.error());
      if (*changed == 1) return {};
      return base::fail(base::ErrorCode::conflict, "the lease of item " + base::to_string(lease.id) + " has ended");
    });
  }
  [[nodiscard]] base::Result<void> need_identity() const;
  /// Nothing is taken in that might not get out again: `disk_full` without the ballast.
  [[nodiscard]] base::Result<void> need_ballast() const;
  /// The next number under this identity, never given twice. Inside a transaction.
  [[nodiscard]] base::Result<std::uint64_t> next_sequence();
  /// Finishes deliveries whose payload or blobs are still here.
  [[nodiscard]] base::Result<void> clear_delivered();
};

}  // namespace bangwu::outbox
