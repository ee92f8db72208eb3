// What a file says of itself before it is decoded: its kind, and how its picture lies.
#include "capture/file_kind.h"
#include "capture_worker/orientation.h"
#include "fuzz/target.h"

using namespace bangwu;

namespace {

void turn(capture_worker::Orientation orientation) {
  const capture::Raster raster{3, 2, base::Bytes(18, 7)};
  const auto seen = capture_worker::upright(raster, orientation);
  fuzz::expect(seen.rgb.size() == 18 && seen.width * seen.height == 6, "turning keeps the picture whole");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Input input(data, size);
  const std::string_view text = fuzz::text_of(input);
  (void)capture::fault_of_kind(capture::kind_of_content(input));
  (void)capture::kind_of_file(input, text.substr(0, 40));
  (void)capture::promises_pages(text);
  turn(capture_worker::orientation_of_tiff(input));
  turn(capture_worker::orientation_of_exif(input));
  turn(capture_worker::orientation_of_xmp(text));
  return 0;
}
