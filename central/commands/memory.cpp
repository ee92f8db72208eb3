#include "commands/memory.h"

#include "base/log.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr const char* kAdvice =
    ". Nothing is served until a person decides: put the newest database back (central.db with central.db-wal), or "
    "restore the newest backup with bangwu-central restore BACKUP --data NEW, or, if there is none, what is left with "
    "bangwu-central restore THIS_FOLDER --data NEW";

Result<std::optional<watermark::Watermark>> promised_by(const DataFolder& data) {
  return watermark::read(data.path / watermark::kFileName, data.receipt_key.public_key());
}

}  // namespace

Result<std::unique_ptr<watermark::Keeper>> keep_watermark(const DataFolder& data, const Arguments& arguments) {
  const auto damages = database_damage(arguments);
  if (!damages) return tl::unexpected(damages.error());
  if (!damages->empty()) return fail(ErrorCode::corrupt, "the database is damaged: " + damages->front() + kAdvice);
  auto promised = promised_by(data);
  if (!promised) return fail(promised.error().code, promised.error().detail + kAdvice);
  base::KernelRandom random;
  auto known = watermark::begin(*data.store, *promised, base::make_uuid_v7(base::RealClock{}.now(), random));
  if (!known && known.error().code == ErrorCode::conflict)
    return fail(ErrorCode::conflict, data.path.string() + ": " + known.error().detail + kAdvice);
  if (!known) return tl::unexpected(known.error());
  if (!*promised && known->envelopes > 0)
    base::log(base::LogLevel::warning, "watermark.missing", {{"envelopes", std::to_string(known->envelopes)}});
  return std::make_unique<watermark::Keeper>(data.path / watermark::kFileName, std::move(*known), data.receipt_key);
}

Result<std::vector<std::string>> forgotten_by(const DataFolder& data) {
  const auto promised = promised_by(data);
  if (!promised && promised.error().code == ErrorCode::corrupt) return std::vector{promised.error().detail};
  if (!promised) return tl::unexpected(promised.error());
  std::vector<std::string> lines;
  if (!*promised) return lines;
  const auto read = data.store->read([&](store::Transaction& transaction) -> Result<void> {
    const auto known = watermark::watermark_of(transaction);
    if (!known) return tl::unexpected(known.error());
    lines = watermark::forgotten(**promised, *known);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return lines;
}

}  // namespace bangwu::commands
