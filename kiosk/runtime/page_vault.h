#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blobs/blob_store.h"
#include "envelope/content_key.h"
#include "runtime/mailbox.h"

namespace bangwu::runtime {

/// A visit's content key and the pages sealed under it. The key is in guarded memory and nowhere else: forget() is the
/// wipe. Pages are on the disk before seal() returns, as ciphertext. Thread-safe: the storage thread begins and
/// forgets, the devices thread seals and opens.
class PageVault {
 public:
  explicit PageVault(blobs::BlobStore blobs) : blobs_(std::move(blobs)) {}

  void begin(VisitNumber visit);
  /// Destroys the key and forgets which pages there were; returns the blobs that nothing took along, to be removed.
  [[nodiscard]] std::vector<std::string> forget(VisitNumber visit);

  struct SealedPage {
    session::PageKey key = 0;
    std::string sha256;
  };
  /// `cancelled` when that visit is not the present one.
  [[nodiscard]] base::Result<SealedPage> seal(VisitNumber visit, std::span<const std::uint8_t> page,
                                              std::string_view media_type);
  struct OpenedPage {
    base::Bytes bytes;
    std::string media_type;
  };
  [[nodiscard]] base::Result<OpenedPage> open(VisitNumber visit, session::PageKey key) const;
  /// Forgets one page; its blob's name, to be removed.
  [[nodiscard]] std::optional<std::string> drop(VisitNumber visit, session::PageKey key);

  /// A body sealed under the visit's key, and that key sealed to the central service for one envelope.
  struct SealedBody {
    base::Bytes sealed_key, body;
  };
  [[nodiscard]] base::Result<SealedBody> seal_body(VisitNumber visit, std::string_view json,
                                                   const envelope::SealingKey& central,
                                                   const envelope::SealedFor& whose) const;
  struct KnownPage {
    blobs::BlobRef blob;
    std::string media_type;
  };
  /// What is kept of a page; nothing when the visit does not know it.
  [[nodiscard]] std::optional<KnownPage> page_of(VisitNumber visit, session::PageKey key) const;
  /// The outbox holds all pages now: from here on this machine cannot read them. What else the visit leaves (a
  /// rating) is sealed under a new key.
  void hand_over(VisitNumber visit);

 private:
  struct Visit {
    VisitNumber number;
    envelope::ContentKey key;
    std::map<session::PageKey, KnownPage> pages;
  };
  [[nodiscard]] const Visit* at(VisitNumber visit) const;

  blobs::BlobStore blobs_;
  mutable std::mutex mutex_;
  std::optional<Visit> visit_;     // guarded by mutex_
  session::PageKey last_key_ = 0;  // guarded by mutex_
};

}  // namespace bangwu::runtime
