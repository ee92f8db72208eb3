#pragma once
#include <filesystem>

#include "e2e/sample_pages.h"

namespace bangwu {

/// The A4 sheet that lies in SANE's test scanner, read by a program of its own: what a kiosk's pages are held against.
/// `sane_config` is the configuration folder the kiosk has, too. Throws when there is no such scanner.
[[nodiscard]] SamplePage scanned_sheet(const std::filesystem::path& sane_config, int dots_per_inch);

}  // namespace bangwu
