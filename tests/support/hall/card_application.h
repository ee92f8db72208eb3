#pragma once
#include <string>

#include "support/hall/visitor.h"

namespace bangwu::support {

/// What visitors of tests apply for: a new social security card (WJ-GG-0004), an instant item of two questions and one
/// material, `id_card`.
struct CardApplication {
  std::string reason = "lost";  ///< or "damaged", "expired"
  std::string telephone{};      ///< empty: left out
};

inline constexpr const char* kCardId = "11010519491231002X";
inline constexpr const char* kCardName = "张小明";
inline constexpr const char* kCardNamePinyin = "zhangxiaoming";

/// From the start screen to the name that is typed and not yet confirmed.
void type_name(Visitor& visitor);
/// From the start screen to the materials page.
void fill_in(Visitor& visitor, const CardApplication& application = {});
/// From the materials page to the signature, and submits.
void submit(Visitor& visitor);
/// The case number the result page shows; empty if it shows none.
[[nodiscard]] std::string number_on(const SeenScreen& result);
/// The number it shows before the central service has answered, "临7K3Q9-X2M4T-RD8WH"; empty if it shows none.
[[nodiscard]] std::string provisional_number_on(const SeenScreen& result);

}  // namespace bangwu::support
