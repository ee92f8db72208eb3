#pragma once
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "uploads/upload_record.h"
#include "uploads/uploads.h"

namespace bangwu::uploads {

/// One upload in memory. Guarded by Uploads::mutex_; while `is_written`, its files belong to the Writer.
struct Upload {
  std::string id;
  UploadRecord record;
  std::uint64_t offset = 0;
  Arrival arrival = Arrival::in_pieces;
  bool is_written = false;
  bool is_complete = false;
  bool is_given_up = false;  ///< complete, and nobody's any more: what it brought lies here and counts until it expires

  [[nodiscard]] Status status() const { return {id, offset, record.length, record.expires_at, record.metadata}; }
  [[nodiscard]] std::string content_key() const {
    return record.kiosk + "/" + record.sha256 + "/" + std::to_string(record.length);
  }
};

}  // namespace bangwu::uploads
