#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace bangwu::http {

/// A body as JSON; discarded if it is none, or deeper than anything that is sent here: writing it out again would take
/// a stack as deep.
[[nodiscard]] inline nlohmann::json parse_shallow(std::string_view body) {
  constexpr int kDeepest = 17;  // an envelope or a receipt in an object
  bool is_too_deep = false;
  auto document = nlohmann::json::parse(
      body,
      [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) { return !(is_too_deep |= depth > kDeepest); },
      false);
  return is_too_deep ? nlohmann::json(nlohmann::json::value_t::discarded) : document;
}

}  // namespace bangwu::http
