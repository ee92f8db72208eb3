#include <set>

#include "base/log.h"
#include "envelope/export_file.h"
#include "outbox/store.h"

namespace bangwu::outbox {
using base::ErrorCode;
using base::Result;

namespace {

// One at a time rather than one long read: a courier may deliver meanwhile.
constexpr const char* kNextUndelivered =
    "SELECT " BANGWU_ITEM_COLUMNS
    "FROM items INDEXED BY items_undelivered WHERE state < 4 AND number > ? ORDER BY number LIMIT 1";

struct Package {
  std::int64_t number = 0;
  envelope::Envelope envelope;
};

Result<std::optional<Package>> next_after(sqlite::Connection& database, std::int64_t number) {
  auto query = database.prepare(kNextUndelivered);
  const auto row = query.bind(number).step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  const auto item = read_item(query);
  if (!item) return tl::unexpected(item.error());
  const auto uploads = load_uploads(database, item->number);
  if (!uploads) return tl::unexpected(uploads.error());
  auto envelope = load_envelope(database, *item, *uploads);
  if (!envelope) return tl::unexpected(std::move(envelope).error());
  return Package{item->number, std::move(*envelope)};
}

bool is_whole(const envelope::Envelope& envelope, const blobs::BlobStore& blobs) {
  for (const auto& attachment : envelope.attachments) {
    if (const auto verified = blobs.verify({attachment.sha256, attachment.size}); !verified) {
      base::log(base::LogLevel::error, "outbox_export_left_out",
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

}  // namespace

Result<Exported> Outbox::export_to(const std::filesystem::path& file, base::SystemTime now) {
  auto writer = envelope::ExportWriter::create(file, now);
  if (!writer) return tl::unexpected(std::move(writer).error());
  Exported exported;
  std::set<std::string> written;
  for (std::int64_t last = 0;;) {
    const auto package = next_after(store_->database, last);
    if (!package) return tl::unexpected(package.error());
    if (!*package) break;
    last = (*package)->number;
    const auto& envelope = (*package)->envelope;
    if (!is_whole(envelope, store_->blobs)) {
      // Delivered by the courier this very moment is not damaged.
      const auto item = get_item(store_->database, envelope.id);
      if (item && !std::holds_alternative<Delivered>(item->entry.state)) ++exported.damaged;
      continue;
    }
    if (auto added = add(*writer, envelope, store_->blobs, written); !added)
      return tl::unexpected(std::move(added).error());
    ++exported.envelopes;
  }
  exported.blobs = written.size();
  if (auto finished = writer->finish(); !finished) return tl::unexpected(std::move(finished).error());
  return exported;
}

}  // namespace bangwu::outbox
