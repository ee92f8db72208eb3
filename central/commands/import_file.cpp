#include <unistd.h>

#include <iostream>
#include <map>

#include "base/printable.h"
#include "commands/commands.h"
#include "commands/data_folder.h"
#include "commands/ingest_parts.h"
#include "commands/knowledge.h"
#include "commands/memory.h"
#include "commands/progress.h"
#include "envelope/export_file.h"
#include "ingest/ingest.h"

namespace bangwu::commands {
namespace {

/// What became of the entries: verdict → how many.
using Counts = std::map<std::string, int>;

base::Result<void> take_blob(const DataFolder& data, envelope::ExportReader& reader,
                             const envelope::ExportedBlob& blob) {
  if (data.blobs.contains({blob.sha256, blob.size})) return {};
  const auto file = data.path / ("import-" + std::to_string(::getpid()) + ".part");
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  auto done = reader.save_blob(file);
  if (done) done = data.blobs.adopt(file, {blob.sha256, blob.size});
  if (!done) std::filesystem::remove(file, ignored);
  return done;
}

base::Result<Counts> take_all(const DataFolder& data, const ingest::Ingest& ingest, const std::filesystem::path& file) {
  auto reader = envelope::ExportReader::open(file);
  if (!reader) return tl::unexpected(reader.error());
  Counts counts;
  Progress progress("entries of the export taken in", 0);
  while (true) {
    const auto entry = reader->next();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return counts;
    progress.step();
    if (const auto* blob = std::get_if<envelope::ExportedBlob>(&**entry)) {
      const auto taken = take_blob(data, *reader, *blob);
      if (!taken && taken.error().code != base::ErrorCode::corrupt) return tl::unexpected(taken.error());
      // What needs it is refused below and waits at its kiosk; the rest of the file is as good as before.
      if (!taken) std::cout << "damaged  " << blob->sha256 << "  " << taken.error().detail << "\n";
      ++counts[taken ? "blobs" : "damaged"];
      continue;
    }
    if (const auto* damage = std::get_if<envelope::DamagedPart>(&**entry)) {
      std::cout << "damaged  " << damage->what << "\n";
      ++counts["damaged"];
      continue;
    }
    const auto& envelope = std::get<envelope::Envelope>(**entry);
    const auto answer = ingest.receive_by_hand(envelope);
    if (answer.verdict == ingest::Verdict::store_failed)
      return base::fail(base::ErrorCode::io_failed, base::to_string(envelope.id) + ": " + answer.detail);
    ++counts[ingest::name_of(answer.verdict)];
    const bool is_in = answer.verdict == ingest::Verdict::stored || answer.verdict == ingest::Verdict::repeated;
    if (!is_in) {
      std::cout << "refused  " << base::to_string(envelope.id) << "  " << ingest::name_of(answer.verdict) << "  "
                << base::printable(answer.detail) << "\n";
    }
  }
}

}  // namespace

Exit import_file(const Arguments& arguments) {
  if (!arguments.config)
    return complain(Exit::usage, "--config FILE is missing: the catalogue is needed for the first answer");
  const auto settings = settings::read_settings(*arguments.config);
  if (!settings) return complain(Exit::configuration, settings.error().detail);
  std::string problems;
  const Knowledge knowledge = load_knowledge(*settings, problems);
  if (!problems.empty()) std::cerr << problems;
  auto data = open_data_folder(arguments, store::OpenMode::existing);
  if (!data) return complain(data.error());
  const auto keeper = keep_watermark(*data, arguments);
  if (!keeper) return complain(keeper.error());
  const base::RealClock clock;
  const ingest::Ingest ingest(ingest_parts(*settings, knowledge, *data, clock, **keeper));
  const auto counts = take_all(*data, ingest, arguments.operands[0]);
  if (!counts)
    return complain(Exit::failed,
                    counts.error().detail + ": what came before it is stored; import again once it is put right");
  bool all_in = true;
  for (const auto& [verdict, count] : *counts) {
    std::cout << verdict << "  " << count << "\n";
    all_in = all_in && (verdict == "blobs" || verdict == "stored" || verdict == "repeated");
  }
  return all_in ? Exit::ok : Exit::failed;
}

}  // namespace bangwu::commands
