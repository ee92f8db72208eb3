#pragma once
#include <toml++/toml.h>

#include <filesystem>
#include <string_view>

namespace bangwu::settings_file {

/// Parses TOML that a slip of a hand may have spoilt: throws toml::parse_error for whatever is wrong with it, and for
/// more full stops than a file written by people has. toml++ (3.3) follows dotted keys by recursion, as deep as the
/// text asks for; each level costs a full stop at least.
[[nodiscard]] toml::table parse(std::string_view text, const std::filesystem::path& file);

}  // namespace bangwu::settings_file
