#pragma once
#include <string>
#include <variant>
#include <vector>

namespace bangwu::domain {

/// The four levels of Annex 4 (帮办代办服务评价表): 很满意 · 较满意 · 一般 · 不满意.
enum class ReviewLevel { very_satisfied, satisfied, fair, dissatisfied };

/// The five levels of the national 好差评: 非常满意 · 满意 · 基本满意 · 不满意 · 非常不满意; the last two are 差评.
enum class NationalLevel { very_satisfied, satisfied, basically_satisfied, dissatisfied, very_dissatisfied };

/// Which of the two instruments a kiosk offers. They are never converted into each other.
enum class Instrument { review, national };

using RatingLevel = std::variant<ReviewLevel, NationalLevel>;

/// A visitor's rating; everything but the level is optional. Annex 4, Article 14.
struct Rating {
  RatingLevel level;
  std::vector<std::string> reasons;  ///< codes from rating_reasons()
  std::string words;
  std::string name;
  std::string telephone;
  std::string procedure;  ///< code of what was applied for in this visit; empty when rated on its own
  bool operator==(const Rating&) const = default;
};

[[nodiscard]] Instrument instrument_of(const RatingLevel& level);
/// 差评: the last two national levels, and 不满意 of Annex 4. It opens a work order at the central service.
[[nodiscard]] bool is_bad(const RatingLevel& level);

/// Reasons offered beside a level, worded without leading; `label` is Chinese and a key of the translation catalogue.
struct RatingReason {
  std::string code, label;
};
[[nodiscard]] const std::vector<RatingReason>& rating_reasons(const RatingLevel& level);

[[nodiscard]] const char* name_of(Instrument instrument);             ///< "review", "national"
[[nodiscard]] const char* name_of(const RatingLevel& level);          ///< "very_satisfied" …
[[nodiscard]] const char* chinese_name_of(const RatingLevel& level);  ///< 很满意 …

}  // namespace bangwu::domain
