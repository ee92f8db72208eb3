// The one reader of JSON: strict, bounded, and what it read is written so that it is read the same.
#include "fuzz/target.h"
#include "json/text.h"

using namespace bangwu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = json::parse(fuzz::text_of({data, size}));
  if (!value) return 0;
  const std::string written = json::write(*value);
  const auto again = json::parse(written);
  fuzz::expect(again && *again == *value, "what was read is written the same");
  fuzz::expect(json::write(*again) == written, "and one value has one text");
  const auto indented = json::parse(json::write(*value, json::Layout::indented));
  fuzz::expect(indented && *indented == *value, "laid out for people it is the same value");
  return 0;
}
