#include "store/attachments.h"

#include <algorithm>
#include <array>

#include "store/sql.h"

namespace bangwu::store {
namespace {

/// Asked about in one statement: a quota has thousands.
constexpr std::size_t kAsked = 16;

constexpr const char* kReferred =
    "SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)";
constexpr const char* kReferredByKiosk =
    "SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) "
    "AND kiosk = $17";

BlobRow read_blob(const Row& row) { return {.sha256 = row.text(0), .size = static_cast<std::uint64_t>(row.number(1))}; }

}  // namespace

base::Result<std::vector<BlobRow>> Attachments::of_envelope(std::string_view envelope) {
  return all_rows(sql_, "SELECT sha256, size FROM attachment WHERE envelope = $1 ORDER BY sha256", {envelope},
                  read_blob);
}

base::Result<std::vector<std::string>> Attachments::referred(std::span<const std::string> names,
                                                             std::optional<std::string_view> kiosk) {
  std::vector<std::string> found;
  for (; !names.empty(); names = names.subspan(std::min(kAsked, names.size()))) {
    // What is left over asks for the last once more.
    std::vector<Value> values;
    for (std::size_t i = 0; i < kAsked; ++i) values.emplace_back(names[std::min(i, names.size() - 1)]);
    if (kiosk) values.emplace_back(*kiosk);
    auto some = all_rows(sql_, kiosk ? kReferredByKiosk : kReferred, Values(values),
                         [](const Row& row) { return row.text(0); });
    if (!some) return some;
    found.insert(found.end(), some->begin(), some->end());
  }
  return found;
}

base::Result<bool> Attachments::are_all_known() {
  const auto unread = first_row(sql_, "SELECT 1 FROM attachment WHERE sha256 = '' LIMIT 1", {},
                                [](const Row& row) { return row.number(0); });
  if (!unread) return tl::unexpected(unread.error());
  return !unread->has_value();
}

base::Result<void> Attachments::each(const Visit& visit) {
  std::string last;
  while (true) {
    const auto rows = all_rows(sql_,
                               "SELECT sha256, MAX(size) FROM attachment WHERE sha256 > $1 GROUP BY sha256 "
                               "ORDER BY sha256 LIMIT 500",
                               {last}, read_blob);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const auto& row : *rows) {
      if (auto visited = visit(row); !visited) return visited;
    }
    last = rows->back().sha256;
  }
}

}  // namespace bangwu::store
