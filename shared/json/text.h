#pragma once
#include "base/result.h"
#include "json/value.h"

namespace bangwu::json {

/// What a text may cost before its reader gives up.
struct Limits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t depth = 16;  ///< containers in containers
};

/// The one value a text holds, read strictly by RFC 8259: no repeated member, nothing after it, no invalid UTF-8 and no
/// lone surrogate; a whole number that neither 64-bit kind holds is refused rather than rounded. Errors are
/// `invalid_input`; their detail never quotes the text, which may be an applicant's.
[[nodiscard]] base::Result<Value> parse(std::string_view text, Limits limits = {});

enum class Layout {
  compact,   ///< without spaces: what is signed and sent
  indented,  ///< for people
};

/// Members in the order of their names, numbers as short as they read back the same, everything but control characters,
/// quotes and backslashes as itself; bytes that are no UTF-8 become U+FFFD. **Signatures are over these bytes**: what a
/// value is written as never changes.
[[nodiscard]] std::string write(const Value& value, Layout layout = Layout::compact);

}  // namespace bangwu::json
