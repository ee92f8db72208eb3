#include "store/envelopes.h"

#include "store/sql.h"

namespace bangwu::store {
namespace {

EnvelopeRow read_envelope(const Row& row) {
  return {.id = row.text(0),
          .kiosk = row.text(1),
          .sequence = static_cast<std::uint64_t>(row.number(2)),
          .kind = row.text(3),
          .format = static_cast<int>(row.number(4)),
          .manifest_hash = row.text(5),
          .content_hash = row.optional_text(6),
          .received_at = row.time(7),
          .depends_on = row.optional_text(8),
          .wire = row.text(9),
          .receipt = row.text(10)};
}

}  // namespace

base::Result<void> Envelopes::add(const EnvelopeRow& row) {
  return sql_.run(
      "INSERT INTO envelope(id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, depends_on, "
      "wire, receipt) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
      {row.id, row.kiosk, row.sequence, row.kind, row.format, row.manifest_hash, row.content_hash, row.received_at,
       row.depends_on, row.wire, row.receipt});
}

base::Result<std::optional<EnvelopeRow>> Envelopes::find(std::string_view id) {
  return first_row(sql_,
                   "SELECT id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, depends_on, "
                   "wire, receipt FROM envelope WHERE id = $1",
                   {id}, read_envelope);
}

base::Result<bool> Envelopes::has(std::string_view id) {
  const auto found =
      first_row(sql_, "SELECT 1 FROM envelope WHERE id = $1", {id}, [](const Row& row) { return row.number(0); });
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

base::Result<bool> Envelopes::has_any() {
  const auto found =
      first_row(sql_, "SELECT 1 FROM envelope LIMIT 1", {}, [](const Row& row) { return row.number(0); });
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

base::Result<std::optional<std::string>> Envelopes::in_sequence(std::string_view kiosk, std::uint64_t sequence) {
  return first_row(sql_, "SELECT id FROM envelope WHERE kiosk = $1 AND sequence = $2", {kiosk, sequence},
                   [](const Row& row) { return row.text(0); });
}

base::Result<std::uint64_t> Envelopes::count() {
  const auto counted = first_row(sql_, "SELECT count(*) FROM envelope", {},
                                 [](const Row& row) { return static_cast<std::uint64_t>(row.number(0)); });
  if (!counted) return tl::unexpected(counted.error());
  return counted->value_or(0);
}

base::Result<std::vector<KioskCount>> Envelopes::count_by_kiosk() {
  return all_rows(sql_, "SELECT kiosk, count(*), max(sequence) FROM envelope GROUP BY kiosk", {}, [](const Row& row) {
    return KioskCount{row.text(0), static_cast<std::uint64_t>(row.number(1)),
                      static_cast<std::uint64_t>(row.number(2))};
  });
}

base::Result<Extent> Envelopes::extent_of(std::string_view kiosk) {
  const auto extent = first_row(
      sql_,
      "SELECT COALESCE(max(sequence), 0), COALESCE(max(CASE WHEN sequence = place THEN sequence END), 0) FROM "
      "(SELECT sequence, row_number() OVER (ORDER BY sequence) AS place FROM envelope WHERE kiosk = $1) AS placed",
      {kiosk}, [](const Row& row) {
        return Extent{static_cast<std::uint64_t>(row.number(0)), static_cast<std::uint64_t>(row.number(1))};
      });
  if (!extent) return tl::unexpected(extent.error());
  return extent->value_or(Extent{});
}

base::Result<std::optional<base::SystemTime>> Envelopes::latest_arrival() {
  const auto latest =
      first_row(sql_, "SELECT max(received_at) FROM envelope", {}, [](const Row& row) { return row.optional_time(0); });
  if (!latest) return tl::unexpected(latest.error());
  return latest->value_or(std::nullopt);
}

base::Result<void> Envelopes::replace_wire(std::string_view id, std::string_view wire) {
  return sql_.run("UPDATE envelope SET wire = $1 WHERE id = $2", {wire, id});
}

base::Result<void> Envelopes::each(const Visit& visit) {
  std::string last;
  while (true) {
    const auto rows = all_rows(sql_,
                               "SELECT id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, "
                               "depends_on, wire, receipt FROM envelope WHERE id > $1 ORDER BY id LIMIT 100",
                               {last}, read_envelope);
    if (!rows) return tl::unexpected(rows.error());
    if (rows->empty()) return {};
    for (const auto& row : *rows) {
      if (auto visited = visit(row); !visited) return visited;
    }
    last = rows->back().id;
  }
}

base::Result<void> Envelopes::latest_wires(std::string_view kiosk, std::size_t most,
                                           const std::function<base::Result<void>(const std::string& wire)>& visit) {
  return sql_.query("SELECT wire FROM envelope WHERE kiosk = $1 ORDER BY sequence DESC LIMIT $2", {kiosk, most},
                    [&](const Row& row) { return visit(row.text(0)); });
}

}  // namespace bangwu::store
