#include <iostream>

#include "backup/copy.h"
#include "backup/manifest.h"
#include "base/text.h"
#include "cases/case_file.h"
#include "commands/commands.h"
#include "commands/memory.h"
#include "recovery/recovery.h"

namespace bangwu::commands {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
namespace fs = std::filesystem;

constexpr const char* kKeepElsewhere =
    "Keep this folder elsewhere than the rest of the backup, and secret: who has both reads every application.\n"
    "Put it back beside central.db before restoring. Without these keys nothing in the backup can be opened.\n";

/// A new folder that gets its name only once all of it is there: "NAME.part" until then.
Result<fs::path> begin_folder(const fs::path& name) {
  std::error_code ignored;
  const fs::path part = name.string() + ".part";
  for (const auto& path : {name, part}) {
    if (fs::exists(path, ignored))
      return fail(ErrorCode::already_exists, path.string() + " is there: name a new folder");
  }
  if (auto made = base::make_directory_durably(part); !made) return tl::unexpected(made.error());
  return part;
}

Result<void> finish_folder(const fs::path& part, const fs::path& name) {
  std::error_code failed;
  fs::rename(part, name, failed);
  if (failed) return fail(ErrorCode::io_failed, "rename to " + name.string() + ": " + failed.message());
  return base::sync_directory(name.parent_path());
}

/// Kiosks need no longer keep what the backup holds.
Result<void> tell_settled(const Arguments& arguments, const fs::path& folder) {
  const auto copy = backup::open_store({.folder = folder}, store::OpenMode::existing);
  if (!copy) return tl::unexpected(copy.error());
  recovery::Held held;
  const auto read = (*copy)->read([&](store::Transaction& transaction) -> Result<void> {
    auto found = recovery::held_in(transaction);
    if (!found) return tl::unexpected(found.error());
    held = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  const auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return tl::unexpected(data.error());
  return recovery::note_backup(*data->store, held);
}

/// What the database knows, signed, in the folder.
Result<void> write_watermark(const backup::Service& service, const envelope::SigningKey& receipt_key) {
  const auto store = backup::open_store(service, store::OpenMode::existing);
  if (!store) return tl::unexpected(store.error());
  watermark::Watermark known;
  const auto read = (*store)->read([&](store::Transaction& transaction) -> Result<void> {
    auto found = watermark::watermark_of(transaction);
    if (!found) return tl::unexpected(found.error());
    known = std::move(*found);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return watermark::write(service.folder / watermark::kFileName, known, receipt_key);
}

Result<backup::Copied> make(const DataFolder& data, const std::string& database, const fs::path& folder) {
  const auto part = begin_folder(folder);
  if (!part) return tl::unexpected(part.error());
  auto copied = backup::copy_service({data.path, database}, {.folder = *part});
  if (!copied) return copied;
  const std::string note = kKeepElsewhere;
  const auto noted = base::write_file_durably(*part / "keys" / "KEEP-ELSEWHERE.txt", base::bytes_of(note));
  if (!noted) return tl::unexpected(noted.error());
  if (auto marked = write_watermark({.folder = *part}, data.receipt_key); !marked)
    return tl::unexpected(marked.error());
  const auto listed = backup::write_manifest(*part, base::RealClock{}.now(), data.receipt_key);
  if (!listed) return tl::unexpected(listed.error());
  if (auto finished = finish_folder(*part, folder); !finished) return tl::unexpected(finished.error());
  return copied;
}

/// A backup, or what is left of a data folder that nobody serves.
Result<void> check_source(const fs::path& folder) {
  const auto key = envelope::SigningKey::load(folder / "keys" / "receipt.key");
  if (!key)
    return fail(key.error().code, key.error().detail + ": put the backup's keys/ back beside its central.db first");
  if (!backup::is_backup(folder)) {
    const auto lock = lock_for_serving(folder);
    return lock ? Result<void>{} : tl::unexpected(lock.error());
  }
  const auto damages = backup::damage_of_backup(folder, key->public_key());
  if (!damages) return tl::unexpected(damages.error());
  if (damages->empty()) return {};
  return fail(ErrorCode::corrupt, "the backup is damaged: " + damages->front() + ": take another one");
}

/// It is another service than the one that was: told by its generation, and without its numbers.
Result<std::string> begin_generation(const backup::Service& service) {
  const auto store = backup::open_store(service, store::OpenMode::existing);
  if (!store) return tl::unexpected(store.error());
  const auto now = base::RealClock{}.now();
  base::KernelRandom random;
  std::string generation = base::to_string(base::make_uuid_v7(now, random));
  const auto written = (*store)->write([&](store::Transaction& transaction) -> Result<void> {
    auto& facts = transaction.service_facts();
    if (auto put = facts.put(watermark::kGenerationFact, generation); !put) return put;
    if (auto put = facts.put(watermark::kRecoveringFact, base::to_rfc3339(now)); !put) return put;
    return cases::leave_out_numbers(transaction, now);
  });
  if (!written) return tl::unexpected(written.error());
  return generation;
}

/// `database`: PostgreSQL's, that the new service stands on; empty: a central.db of its own.
Result<std::string> restore(const fs::path& from, const fs::path& to, const std::string& database) {
  if (auto checked = check_source(from); !checked) return tl::unexpected(checked.error());
  const auto part = begin_folder(to);
  if (!part) return tl::unexpected(part.error());
  const backup::Service service{.folder = *part, .database = database};
  const auto copied = backup::copy_service({.folder = from}, service);
  if (!copied) {
    std::error_code ignored;
    fs::remove_all(*part, ignored);
    return tl::unexpected(copied.error());
  }
  auto generation = begin_generation(service);
  if (!generation) return generation;
  const auto key = envelope::SigningKey::load(*part / "keys" / "receipt.key");
  if (!key) return tl::unexpected(key.error());
  if (auto marked = write_watermark(service, *key); !marked) return tl::unexpected(marked.error());
  if (auto finished = finish_folder(*part, to); !finished) return tl::unexpected(finished.error());
  std::cout << "envelopes   " << copied->envelopes << "\nblobs       " << copied->blobs << "\n";
  return generation;
}

}  // namespace

Exit make_backup(const Arguments& arguments) {
  const auto database = database_of(arguments);
  if (!database) return complain(database.error());
  const fs::path folder = fs::absolute(arguments.operands[0]);
  {
    const auto data = open_data_folder(arguments, store::OpenMode::existing);
    if (!data) return complain(data.error());
    const auto forgotten = forgotten_by(*data);
    if (!forgotten) return complain(forgotten.error());
    if (!forgotten->empty())
      return complain(Exit::store, "no backup is made of a database that has forgotten: " + forgotten->front());
    const auto made = make(*data, *database, folder);
    if (!made) return complain(Exit::failed, made.error().detail);
  }
  std::cout << "backup      " << folder.string() << "\nkeys        " << (folder / "keys").string()
            << ": keep them elsewhere\n";
  Arguments of_backup;
  of_backup.data = folder;
  if (const Exit verified = verify_store(of_backup); verified != Exit::ok) return verified;
  const auto told = tell_settled(arguments, folder);
  return told ? Exit::ok : complain(Exit::failed, told.error().detail);
}

Exit restore_backup(const Arguments& arguments) {
  const fs::path to = fs::absolute(*arguments.data);
  const auto database = database_of(arguments);
  if (!database) return complain(database.error());
  const auto generation = restore(fs::absolute(arguments.operands[0]), to, *database);
  if (!generation) {
    const bool is_damage = generation.error().code == ErrorCode::corrupt;
    return complain(is_damage ? Exit::failed : Exit::store, generation.error().detail);
  }
  std::cout << "generation  " << *generation << "\nrestored    " << to.string()
            << ": what came after the backup was made is not in it\n";
  return Exit::ok;
}

}  // namespace bangwu::commands
