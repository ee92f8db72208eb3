#include <iostream>

#include "base/date.h"
#include "commands/commands.h"
#include "commands/for_staff.h"
#include "commands/words.h"
#include "evidence/evidence.h"
#include "json/text.h"
#include "ratings/bursts.h"

namespace bangwu::commands {
namespace {

/// A rating, or what was found out about it.
struct Line {
  store::RatingRow row;
  base::Result<evidence::ProvenRating> proven;
  ratings::Pace pace = ratings::Pace::plausible;
};

base::Result<std::vector<Line>> all_lines(const DataFolder& data) {
  std::vector<Line> lines;
  const auto read = data.store->read([&](store::Transaction& transaction) -> base::Result<void> {
    lines.clear();
    const auto rows = transaction.ratings().all();
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
      auto proven = evidence::prove_rating(transaction, row, data.keys());
      if (!proven && proven.error().code != base::ErrorCode::corrupt) return tl::unexpected(proven.error());
      lines.push_back({row, std::move(proven)});
    }
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  std::vector<ratings::Made> made;
  for (const auto& line : lines)
    made.push_back({line.row.kiosk, line.proven ? line.proven->source.envelope.created_at : line.row.received_at});
  const auto paces = ratings::paces(made);
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].pace = paces[i];
  return lines;
}

const domain::Rating* words_in(const Line& line) {
  const auto& opened = line.proven->source.opened;
  return opened ? &std::get<domain::Rating>(opened->body) : nullptr;
}

void print_text(const Line& line) {
  if (!line.proven) {
    std::cout << "damage  " << line.proven.error().detail << "\n";
    return;
  }
  const domain::Rating* rating = words_in(line);
  std::cout << base::to_hall_time(line.proven->source.envelope.created_at) << "  "
            << (line.row.instrument == "review" ? words_of(domain::Instrument::review)
                                                : words_of(domain::Instrument::national))
            << "  " << (rating != nullptr ? domain::chinese_name_of(rating->level) : line.row.level.c_str())
            << (line.row.is_bad ? "  差评" : "") << (line.pace == ratings::Pace::burst ? "  连发" : "") << "  "
            << (line.row.case_number.empty() ? "-" : line.row.case_number) << "  " << line.row.kiosk;
  if (rating == nullptr) std::cout << "  （内容已删除）";
  else if (!rating->reasons.empty()) std::cout << "  原因：" << words_of_reasons(*rating);
  if (rating != nullptr && !rating->words.empty()) std::cout << "  “" << rating->words << "”";
  std::cout << "\n";
}

json::Value to_value(const Line& line) {
  if (!line.proven) return {{"envelope", line.row.envelope}, {"damage", line.proven.error().detail}};
  json::Value shown{{"envelope", line.row.envelope},
                    {"kiosk", line.row.kiosk},
                    {"made_at", base::to_hall_time(line.proven->source.envelope.created_at)},
                    {"received_at", base::to_hall_time(line.row.received_at)},
                    {"is_bad", line.row.is_bad},
                    {"is_burst", line.pace == ratings::Pace::burst},
                    {"case_number", line.row.case_number},
                    {"instrument", line.row.instrument},
                    {"level", line.row.level},
                    {"rating", nullptr}};
  if (const auto& opened = line.proven->source.opened)
    shown["rating"] = json::parse(opened->json).value_or(json::Value());
  return shown;
}

}  // namespace

Exit list_ratings(const Arguments& arguments) {
  auto data = open_for_staff(arguments);
  if (!data) return complain(data.error());
  const auto lines = all_lines(*data);
  if (!lines) return complain(Exit::store, lines.error().detail);
  auto list = json::Value::array();
  bool is_sound = true;
  for (const auto& line : *lines) {
    is_sound = is_sound && line.proven;
    if (arguments.json) list.push_back(to_value(line));
    else print_text(line);
  }
  if (arguments.json) std::cout << json::write(list, json::Layout::indented) << "\n";
  if (is_sound) return Exit::ok;
  return complain(Exit::failed, "some ratings are not what was signed: run bangwu-central verify");
}

}  // namespace bangwu::commands
