#pragma once
#include <variant>

namespace bangwu::session {

struct SlipSaveAsked {
  bool operator==(const SlipSaveAsked&) const = default;
};
struct RateAsked {
  bool operator==(const RateAsked&) const = default;
};
/// no_medium: no stick is there; not_written: it is full, locked or was pulled out; not_made: this machine's fault.
enum class SlipOutcome { saved, no_medium, not_written, not_made };
struct SlipSaveEnded {
  SlipOutcome outcome;
  bool operator==(const SlipSaveEnded&) const = default;
};

namespace result {
using Message = std::variant<SlipSaveAsked, RateAsked>;
using Found = std::variant<SlipSaveEnded>;
}  // namespace result

}  // namespace bangwu::session
