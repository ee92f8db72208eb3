#pragma once
#include <string>
#include <variant>

/// What a visitor can do on many screens: whichever part of a journey is on the screen takes it.
namespace bangwu::session {

struct WentBack {
  bool operator==(const WentBack&) const = default;
};  ///< 上一步
struct WentOn {
  bool operator==(const WentOn&) const = default;
};  ///< 下一步 or what stands in its place
struct TextChanged {
  std::string text;
  bool operator==(const TextChanged&) const = default;
};  ///< of the current question
struct ChoiceMade {
  std::string value;
  bool operator==(const ChoiceMade&) const = default;
};
struct ListTurned {
  int screenfuls;
  bool operator==(const ListTurned&) const = default;
};  ///< −1 or +1
/// The number stands so on the document, though its check does not fit: a window compares.
struct PrintedSoConfirmed {
  bool operator==(const PrintedSoConfirmed&) const = default;
};

using Gesture = std::variant<WentBack, WentOn, TextChanged, ChoiceMade, ListTurned, PrintedSoConfirmed>;

}  // namespace bangwu::session
