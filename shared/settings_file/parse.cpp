#include "settings_file/parse.h"

#include <algorithm>
#include <memory>
#include <string>

namespace bangwu::settings_file {
namespace {
constexpr std::ptrdiff_t kMostFullStops = 5000;  // the recursion stays below a tenth of a thread's stack
}  // namespace

toml::table parse(std::string_view text, const std::filesystem::path& file) {
  if (std::count(text.begin(), text.end(), '.') > kMostFullStops)
    throw toml::parse_error("more than 5000 full stops: keys may be nested too deeply",
                            toml::source_region{{1, 1}, {1, 1}, std::make_shared<const std::string>(file.string())});
  return toml::parse(text, file.string());
}

}  // namespace bangwu::settings_file
