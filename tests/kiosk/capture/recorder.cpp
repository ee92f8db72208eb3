#include "recorder.h"

#include <gtest/gtest.h>

namespace bangwu::domain {

void PrintTo(PageFault fault, std::ostream* out) { *out << name_of(fault); }

}  // namespace bangwu::domain

namespace bangwu::capture::test {

PageSink Recorder::sink() {
  return {.on_progress =
              [this](const Progress& now) {
                progress.push_back(now);
                when_progress(now);
              },
          .on_page =
              [this](CapturedPage page) {
                pages.push_back(std::move(page));
                return answer;
              }};
}

Place place_of(const Folder& folder) { return {.path = folder.path(), .label = "stick", .is_removable = false}; }

Outcome import_only_file(Importer& importer, const Folder& folder, Recorder& recorder, const CancelToken& cancel,
                         UnreadablePages unreadable) {
  const auto files = importer.list_files(place_of(folder), CancelToken{});
  if (!files || files->size() != 1) {
    ADD_FAILURE() << "not one file is listed";
    return {};
  }
  return importer.import_file(files->front().token, recorder.sink(), cancel, unreadable);
}

Outcome import_bytes(const std::string& name, const base::Bytes& bytes, Recorder& recorder,
                     const ImportLimits& limits) {
  const Folder folder;
  folder.put(name, bytes);
  Importer importer({}, limits);
  return import_only_file(importer, folder, recorder);
}

std::array<int, 3> colour_at(const Raster& raster, double x, double y) {
  const auto column = static_cast<std::size_t>(x * raster.width);
  const auto row = static_cast<std::size_t>(y * raster.height);
  const std::uint8_t* pixel = raster.rgb.data() + (row * static_cast<std::size_t>(raster.width) + column) * 3;
  return {pixel[0], pixel[1], pixel[2]};
}

}  // namespace bangwu::capture::test
