#include <set>

#include "base/log.h"
#include "envelope/export_file.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

// One at a time rather than one long read: a courier may deliver meanwhile. The index knows rows that are damaged, too.
constexpr const char* kNextUndelivered =
    "SELECT number FROM items INDEXED BY items_undelivered WHERE state < 4 AND number > ? ORDER BY number LIMIT 1";

Result<std::optional<std::int64_t>> next_after(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kNextUndelivered);
  const auto row = query.bind(number).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return query.integer(0);
}

Result<envelope::Envelope> envelope_of(sqlite::Connection& database, std::int64_t number) {
  const auto item = find_item(database, number);
  if (!item) return tl::unexpected(item.error());
  if (!*item) return base::fail(ErrorCode::not_found, "item " + std::to_string(number) + " was delivered meanwhile");
  const auto uploads = load_uploads(database, number);
  if (!uploads) return tl::unexpected(uploads.error());
  return load_envelope(database, **item, *uploads);
}

bool is_whole(const envelope::Envelope& envelope, const blobs::BlobStore& blobs) {
  for (const auto& attachment : envelope.attachments) {
    if (const auto verified = blobs.verify({attachment.sha256, attachment.size}); !verified) {
      base::log(base::LogLevel::error, "outbox.export_left_out",
                {{"item", base::to_string(envelope.id)}, {"detail", verified.error().detail}});
      return false;
    }
  }
  return true;
}

Result<void> add(envelope::ExportWriter& writer, const envelope::Envelope& envelope, const blobs::BlobStore& blobs,
                 std::set<std::string>& written) {
  for (const auto& attachment : envelope.attachments) {
    if (!written.insert(attachment.sha256).second) continue;
    auto added = writer.add_blob(attachment.sha256, attachment.size, blobs.path_of(attachment.sha256));
    if (!added) return added;
  }
  return writer.add_envelope(envelope);
}

bool is_undelivered(sqlite::Connection& database, std::int64_t number) {
  const auto item = find_item(database, number);
  return !item || (*item && !std::holds_alternative<Delivered>((*item)->entry.state));
}

}  // namespace

Result<Exported> Outbox::export_to(const std::filesystem::path& file, base::SystemTime now) {
  auto writer = envelope::ExportWriter::create(file, now);
  if (!writer) return tl::unexpected(std::move(writer).error());
  Exported exported;
  std::set<std::string> written;
  for (std::int64_t last = 0;;) {
    const auto number = next_after(store_->database, last);
    if (!number) return tl::unexpected(number.error());
    if (!*number) break;
    last = **number;
    const auto envelope = envelope_of(store_->database, last);
    const bool is_readable = envelope || envelope.error().code != ErrorCode::corrupt;
    if (!envelope && is_readable && envelope.error().code != ErrorCode::not_found) {
      return tl::unexpected(envelope.error());
    }
    if (!envelope || !is_whole(*envelope, store_->blobs)) {
      if (!is_readable)
        base::log(base::LogLevel::error, "outbox.export_left_out", {{"detail", envelope.error().detail}});
      // Delivered by the courier this very moment is not damaged.
      if (!is_readable || is_undelivered(store_->database, last)) ++exported.damaged;
      continue;
    }
    if (auto added = add(*writer, *envelope, store_->blobs, written); !added) {
      return tl::unexpected(std::move(added).error());
    }
    ++exported.envelopes;
  }
  exported.blobs = written.size();
  if (auto finished = writer->finish(); !finished) return tl::unexpected(std::move(finished).error());
  return exported;
}

}  // namespace bangwu::outbox
