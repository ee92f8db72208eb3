#include "base/log.h"

#include <unistd.h>

#include <string>

#include "base/clock.h"
#include "base/printable.h"

namespace bangwu::base {
namespace {

/// A line stays a line and moves nothing on the terminal it is read on, whoever wrote the value.
void append_value(std::string& line, std::string_view value) {
  std::string quoted;
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
  }
  quoted = printable(quoted);
  const bool is_plain = !quoted.empty() && quoted.find_first_of(" \"=\\") == std::string::npos;
  line += is_plain ? quoted : '"' + quoted + '"';
}

}  // namespace

void log(LogLevel level, std::string_view event,
         std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  static constexpr std::string_view kNames[] = {"info", "warning", "error"};
  std::string line = to_rfc3339(RealClock{}.now());
  line += ' ';
  line += kNames[static_cast<std::size_t>(level)];
  line += ' ';
  line += event;
  for (const auto& [key, value] : fields) {
    line += ' ';
    line += key;
    line += '=';
    append_value(line, value);
  }
  line += '\n';
  // A log that cannot be written must not stop the machine.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace bangwu::base
