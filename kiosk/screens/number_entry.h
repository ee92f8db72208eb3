#pragma once
#include <string>

#include "screens/text_entry.h"

namespace bangwu::screens {

/// How a number is shown while it is typed. Those with a fixed length show a place for each character.
enum class NumberFormat {
  id_number,  ///< 18 places, 6-8-4
  date,       ///< 8 places, 年 月 日
  telephone,  ///< 3-4-4 when it is a mobile number
  money,      ///< thousands apart, 元
  plain,
};

/// Large digits, and a number pad in `keys`. Item ids "input", "key:<x>" as in widgets/fields.h.
struct NumberEntry {
  std::string label{};  ///< what the number is, for speech and tests
  std::string value{};
  NumberFormat format = NumberFormat::plain;
  std::string hint{};
  std::string warning{};
  std::string error{};
  std::string extra_key{};
  std::size_t most_characters = 18;
};
[[nodiscard]] Entered number_entry(Scene& scene, Rect keys, const NumberEntry& entry);

/// Below a number that may be printed so although its check does not fit: the button "printed_so", which says
/// PrintedSoConfirmed, and what it means as far as there is room.
void offer_printed_so(Scene& scene);

}  // namespace bangwu::screens
