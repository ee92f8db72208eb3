#include "domain/rating.h"

#include <array>

namespace bangwu::domain {
namespace {

struct Names {
  const char* code;
  const char* chinese;
};
constexpr std::array<Names, 4> kReviewNames{
    {{"very_satisfied", "很满意"}, {"satisfied", "较满意"}, {"fair", "一般"}, {"dissatisfied", "不满意"}}};
constexpr std::array<Names, 5> kNationalNames{{{"very_satisfied", "非常满意"},
                                               {"satisfied", "满意"},
                                               {"basically_satisfied", "基本满意"},
                                               {"dissatisfied", "不满意"},
                                               {"very_dissatisfied", "非常不满意"}}};

const Names& names_of(const RatingLevel& level) {
  if (const auto* review = std::get_if<ReviewLevel>(&level)) return kReviewNames[static_cast<std::size_t>(*review)];
  return kNationalNames[static_cast<std::size_t>(std::get<NationalLevel>(level))];
}

// The same subjects on both sides, so that the wording does not lead.
const std::vector<RatingReason> kGood{{"attitude_good", "服务态度好"}, {"guidance_clear", "讲解清楚"},
                                      {"process_simple", "流程简便"},  {"machine_easy", "机器好用"},
                                      {"time_short", "等候时间短"},    {"place_comfortable", "环境舒适"}};
const std::vector<RatingReason> kBad{{"attitude_poor", "服务态度不好"}, {"guidance_unclear", "讲解不清楚"},
                                     {"process_complex", "流程复杂"},   {"machine_hard", "机器不好用"},
                                     {"time_long", "等候时间长"},       {"place_uncomfortable", "环境不舒适"}};

bool is_middling(const RatingLevel& level) {
  return level == RatingLevel{ReviewLevel::fair} || level == RatingLevel{NationalLevel::basically_satisfied};
}

}  // namespace

Instrument instrument_of(const RatingLevel& level) {
  return std::holds_alternative<ReviewLevel>(level) ? Instrument::review : Instrument::national;
}

bool is_bad(const RatingLevel& level) {
  if (const auto* review = std::get_if<ReviewLevel>(&level)) return *review == ReviewLevel::dissatisfied;
  return std::get<NationalLevel>(level) >= NationalLevel::dissatisfied;
}

const std::vector<RatingReason>& rating_reasons(const RatingLevel& level) {
  return is_bad(level) || is_middling(level) ? kBad : kGood;
}

const char* name_of(Instrument instrument) { return instrument == Instrument::review ? "review" : "national"; }
const char* name_of(const RatingLevel& level) { return names_of(level).code; }
const char* chinese_name_of(const RatingLevel& level) { return names_of(level).chinese; }

}  // namespace bangwu::domain
