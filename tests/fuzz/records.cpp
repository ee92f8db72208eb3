// What is kept on a disk and read again after a crash, a bad sector or a hand that changed it.
#include <filesystem>

#include "backup/manifest.h"
#include "cases/event_json.h"
#include "fuzz/keys.h"
#include "fuzz/target.h"
#include "outbox/mark.h"
#include "uploads/upload_record.h"
#include "watermark/watermark.h"

using namespace bangwu;

namespace {

void read_upload(std::string_view text) {
  const auto record = uploads::record_from_json(text);
  if (!record) return;
  const auto again = uploads::record_from_json(uploads::to_json(*record));
  fuzz::expect(again && *again == *record, "an upload's record is written as it was read");
}

void read_event(std::string_view text) {
  const auto event = cases::recorded_from_json(text);
  fuzz::expect(!event || cases::to_json(*event) == text, "an event has one form");
}

void read_watermark(fuzz::Input input) {
  (void)watermark::read(fuzz::file_with("watermark.json", input), fuzz::signing_key().public_key());
}

void read_backup(fuzz::Input input) {
  (void)fuzz::file_with(backup::kManifest, input);
  (void)backup::damage_of_backup(fuzz::scratch(), fuzz::signing_key().public_key());
}

void read_mark(fuzz::Input input) {
  const auto mark = outbox::Mark::open(fuzz::file_with("mark", input));
  if (mark) (void)mark->read();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  switch (fuzz::take_choice(input, 5)) {
    case 0: read_upload(fuzz::text_of(input)); break;
    case 1: read_event(fuzz::text_of(input)); break;
    case 2: read_watermark(input); break;
    case 3: read_backup(input); break;
    default: read_mark(input); break;
  }
  return 0;
}
