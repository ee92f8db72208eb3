#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "domain/form.h"
#include "session/capture/messages.h"

namespace bangwu::session {

struct MaterialLine {
  domain::Material material{};
  bool needed = true;  ///< required now
  std::size_t pages = 0;
  bool complete = false;
};
struct MaterialsView {
  std::vector<MaterialLine> lines{};
  bool all_there = false;
};
struct SourceView {
  domain::Material material{};
  std::optional<ScannersListed> scanners{};  ///< absent: they are still looked for
  domain::PageFault fault = domain::PageFault::none;
};
struct FilesView {
  domain::Material material{};
  enum class Medium { looked_for, absent, present } medium = Medium::looked_for;
  std::vector<FileOffer> files{};
  int screenful = 0, screenfuls = 1;
  domain::PageFault fault = domain::PageFault::none;
  int fault_page = 0;                      ///< the page of the file that cannot be read; 0: the file as a whole
  std::optional<std::uint64_t> rest_of{};  ///< the file whose other pages may be taken
};
struct CapturingView {
  domain::Material material{};
  CaptureSource source = CaptureSource::flatbed;
  int percent = -1, pages = 0;
  bool stopping = false;
};
struct PageThumb {
  PageKey key = 0;
  int quarter_turns = 0;
  bool looks_blank = false;
  bool is_reduced = false;
};
/// Pages of one material, at most six at once.
struct PagesView {
  domain::Material material{};
  std::vector<PageThumb> shown{};
  std::size_t first = 0, total = 0;
  int screenful = 0, screenfuls = 1;
  domain::PageFault fault = domain::PageFault::none;
  bool may_add = true;
};
struct PageView {
  domain::Material material{};
  PageThumb page{};
  std::size_t number = 1, of = 1;
};

}  // namespace bangwu::session
