#include "cell/watch.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>

#include "base/file.h"

namespace bangwu::cell {
namespace {

using base::ErrorCode;

/// A field of /proc/PID/status and what it has to be (proc(5)).
struct Expected {
  std::string_view field, value;
};
constexpr std::array<Expected, 3> kShutIn = {
    {{"\nSeccomp:\t", "2\n"}, {"\nNoNewPrivs:\t", "1\n"}, {"\nCapEff:\t", "0000000000000000\n"}}};

/// Files of /proc have no size; this one is short.
base::Result<std::string> read_status(const std::string& path) {
  const base::FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::string text(8'192, '\0');
  const ssize_t got = file.is_open() ? ::read(file.get(), text.data(), text.size()) : -1;
  if (got < 0) return tl::unexpected(base::error_from_errno(errno, "look at a cell by", path));
  text.resize(static_cast<std::size_t>(got));
  return text;
}

}  // namespace

base::Result<void> look_at(pid_t process) {
  const std::string path = "/proc/" + std::to_string(process) + "/status";
  const auto status = read_status(path);
  if (!status) return base::fail(ErrorCode::unsupported, status.error().detail);
  for (const Expected& expected : kShutIn) {
    const auto at = status->find(expected.field);
    const bool is_met = at != std::string::npos &&
                        std::string_view(*status).substr(at + expected.field.size()).starts_with(expected.value);
    if (!is_met) {
      const auto name = expected.field.substr(1, expected.field.size() - 3);
      return base::fail(ErrorCode::unsupported, path + ": " + std::string(name) + " is not " +
                                                    std::string(expected.value.substr(0, expected.value.size() - 1)) +
                                                    ": the worker is not shut in");
    }
  }
  return {};
}

}  // namespace bangwu::cell
