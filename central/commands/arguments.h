#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bangwu::commands {

/// How the program ends.
enum class Exit : int {
  ok = 0,
  failed = 1,         ///< the command ran and did not succeed, or verify found damage
  usage = 2,          ///< the command line is wrong
  configuration = 3,  ///< settings, catalogue, calendar or certificates are wrong
  store = 4,          ///< the data folder cannot be used
};

/// Whether an export holds the kiosk's own bytes of a page beside what may be opened safely.
enum class Originals { no, too };

/// What stood behind the subcommand.
struct Arguments {
  std::optional<std::filesystem::path> config, data;
  std::optional<std::uint16_t> port;
  std::string name, seed, kiosk, because;
  std::optional<std::chrono::year_month_day> from, to;
  std::optional<std::size_t> count;
  bool print_port = false, json = false;
  Originals originals = Originals::no;
  std::vector<std::string> operands;
};

/// Which options a subcommand takes, by their names without dashes.
[[nodiscard]] base::Result<Arguments> parse_arguments(std::span<const std::string_view> words,
                                                      std::span<const std::string_view> allowed, std::size_t operands);

/// Writes "bangwu-central: <what>" to standard error and returns the code.
[[nodiscard]] Exit complain(Exit code, std::string_view what);
/// The same of a data folder that does not open: `configuration` for `invalid_input`, else `store`.
[[nodiscard]] Exit complain(const base::Error& error);

}  // namespace bangwu::commands
