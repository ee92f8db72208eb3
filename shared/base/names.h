#pragma once
#include <optional>
#include <string_view>

namespace bangwu::base {

/// What name_of() calls a value, found beside its type.
struct OwnName {
  [[nodiscard]] constexpr const char* operator()(auto value) const { return name_of(value); }
};

/// The way back from name_of(): a reader of names that gives the value from the first (0) to `Last` that has the name,
/// nothing for another. The names themselves stand in name_of() alone, where the compiler asks for each value's.
///
///   by_name<Kind::case_note>()("rating")
template <auto Last, class NameOf = OwnName>
[[nodiscard]] constexpr auto by_name(NameOf name = {}) {
  return [name](std::string_view wanted) -> std::optional<decltype(Last)> {
    for (int i = 0; i <= static_cast<int>(Last); ++i) {
      const auto value = static_cast<decltype(Last)>(i);
      if (wanted == name(value)) return value;
    }
    return std::nullopt;
  };
}

}  // namespace bangwu::base
