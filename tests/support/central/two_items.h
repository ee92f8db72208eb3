#pragma once
#include <filesystem>

namespace bangwu::support {

/// Writes a catalogue of T-REVIEW and T-INSTANT to `folder`/catalogue and a calendar without holidays to
/// `folder`/calendar.
void write_two_items(const std::filesystem::path& folder);

}  // namespace bangwu::support
