// Compiled translations.
#include "widgets/mo_file.h"

#include "fuzz/target.h"

using namespace bangwu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(fuzz::text_of({data, size}));
  const auto file = widgets::MoFile::parse(bytes);
  if (!file) return 0;
  for (const std::string_view text : {"", "下一步", "a"}) {
    const std::string_view found = file->find(text);
    fuzz::expect(found.size() <= size, "a translation is a part of the file");
  }
  return 0;
}
