#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/application.h"
#include "session/context.h"

/// A part: a checklist of materials, each filled with pages from a scanner or a stick. What is done to pages takes
/// effect at once: pages are things, not answers.
namespace bangwu::session::capture {

/// What is asked for; borrowed for the call.
struct Checklist {
  const std::vector<domain::Material>& materials;
  const domain::Answers& answers;  ///< they decide which conditional ones are needed
};

/// A page of the draft: what will be submitted, and what only the screens need.
struct DraftPage {
  PageKey key = 0;
  domain::Page page;
  bool looks_blank = false;
  bool is_reduced = false;
};
using Pages = std::map<std::string, std::vector<DraftPage>>;  ///< by material

struct AtMaterials {};
/// `replaces` (here and below): a page being retaken; it is dropped once the new one is there.
struct AtSource {
  std::string material;
  std::optional<std::size_t> replaces;
  std::optional<ScannersListed> scanners{};
  domain::PageFault fault = domain::PageFault::none;
};
struct AtFiles {
  std::string material;
  std::optional<std::size_t> replaces;
  std::optional<FilesListed> listed{};
  int screenful = 0;
  domain::PageFault fault = domain::PageFault::none;
  int fault_page = 0;                      ///< see CaptureEnded
  std::optional<std::uint64_t> rest_of{};  ///< the file whose other pages may be taken
};
/// `replaced`: the page in whose place a new one stands already; it returns if nothing comes of it.
struct AtCapturing {
  std::string material;
  std::optional<std::size_t> replaces;
  CaptureSource source = CaptureSource::flatbed;
  int percent = -1, pages = 0;
  bool stopping = false;
  std::optional<DraftPage> replaced{};
  std::uint64_t file = 0;  ///< being read, when the source is files
};
struct AtPages {
  std::string material;
  int screenful = 0;
  domain::PageFault fault = domain::PageFault::none;
};
struct AtPage {
  std::string material;
  std::size_t page = 0;
};
using Step = std::variant<AtMaterials, AtSource, AtFiles, AtCapturing, AtPages, AtPage>;

struct State {
  Pages pages;
  Step step = AtMaterials{};
  std::vector<Step> behind{};
  bool one_material = false;  ///< a line of the check page is being changed: its end is the part's end
};

/// For changing one line of the check page; false, and nothing changed, for a material that is not asked for.
[[nodiscard]] bool open_material(Context& context, const Checklist& checklist, State& state, const std::string& id);
/// Orders every page dropped: what they were for is not applied for any more.
void drop_all(Context& context, State& state);
/// A capture is under way: the machine works, the visitor waits.
[[nodiscard]] bool is_capturing(const State& state);
/// The visit ends: what runs or waits is called off.
void call_off(Context& context, const State& state);

[[nodiscard]] Outcome<Nothing> update(Context& context, const Checklist& checklist, State& state,
                                      const Gesture& gesture);
[[nodiscard]] Outcome<Nothing> update(Context& context, const Checklist& checklist, State& state,
                                      const Message& message);
[[nodiscard]] Outcome<Nothing> update(Context& context, const Checklist& checklist, State& state, const Found& found);
[[nodiscard]] Seen see(const Looking& look, const Checklist& checklist, const State& state);

}  // namespace bangwu::session::capture
