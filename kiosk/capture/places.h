#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bangwu::capture {

/// Where files may be taken from, as configured.
struct ImportPlaces {
  /// Patterns of mount points, * standing for one name: a match counts while something is mounted there.
  std::vector<std::string> media = {"/media/*", "/media/*/*", "/run/media/*/*"};
  std::vector<std::filesystem::path> folders;  ///< `import.folders`: plain directories
};

/// A place that is there now.
struct Place {
  std::filesystem::path path;
  std::string label;          ///< its last name, cleaned for the screen
  bool is_removable = false;  ///< from ImportPlaces::media
  bool operator==(const Place&) const = default;
};

/// Looks which places are there now, media first, each group in the order of its paths. Cheap (a few stat calls): meant
/// to be called every second or so while a visitor chooses. It keeps nothing open, so a stick can be taken out.
[[nodiscard]] std::vector<Place> present_places(const ImportPlaces& places);

/// A file's name for the screen: well-formed UTF-8 (from GB 18030, if it is not UTF-8 but that) without control
/// characters and without characters that reorder or hide text, at most 120 characters, "?" if nothing is left.
[[nodiscard]] std::string clean_name(std::string_view bytes);

}  // namespace bangwu::capture
