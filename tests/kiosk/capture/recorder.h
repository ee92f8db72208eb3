#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "capture/import.h"
#include "sample_files.h"

namespace bangwu::domain {
/// So that a failed test names the fault.
void PrintTo(PageFault fault, std::ostream* out);
}  // namespace bangwu::domain

namespace bangwu::capture::test {

/// A sink that remembers what came and can step in.
struct Recorder {
  std::vector<CapturedPage> pages;
  std::vector<Progress> progress;
  std::function<void(const Progress&)> when_progress = [](const Progress&) {};
  domain::PageFault answer = domain::PageFault::none;
  [[nodiscard]] PageSink sink();
};

/// Lists the folder and imports its only file.
[[nodiscard]] Outcome import_only_file(Importer& importer, const Folder& folder, Recorder& recorder,
                                       const CancelToken& cancel = {},
                                       UnreadablePages unreadable = UnreadablePages::refuse);
[[nodiscard]] Place place_of(const Folder& folder);
/// Puts the bytes under the name into a folder of their own and imports them with a new importer.
[[nodiscard]] Outcome import_bytes(const std::string& name, const base::Bytes& bytes, Recorder& recorder,
                                   const ImportLimits& limits = {});

/// The colour at a point given in shares of the width and height.
[[nodiscard]] std::array<int, 3> colour_at(const Raster& raster, double x, double y);

}  // namespace bangwu::capture::test
