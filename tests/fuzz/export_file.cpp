// An export carried by hand: damage costs the entry it lies in, and never the reader.
#include "envelope/export_file.h"

#include <filesystem>

#include "fuzz/target.h"

using namespace bangwu;

namespace {

void read_all(envelope::ExportReader& reader, std::size_t size) {
  // Each entry takes a block at least; damage is told between them, and once for the end.
  std::size_t most = size / 256 + 4;
  const auto blob = fuzz::scratch() / "blob";
  for (;;) {
    const auto entry = reader.next();
    if (!entry || !*entry) return;
    fuzz::expect(most-- > 0, "a file of so many bytes has an end");
    if (!std::holds_alternative<envelope::ExportedBlob>(**entry)) continue;
    if (reader.save_blob(blob)) {
      fuzz::expect(std::filesystem::file_size(blob) == std::get<envelope::ExportedBlob>(**entry).size,
                   "a blob that was saved is whole");
    }
    std::filesystem::remove(blob);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reader = envelope::ExportReader::open(fuzz::file_with("export.tar", fuzz::Input{data, size}));
  if (reader) read_all(*reader, size);
  return 0;
}
