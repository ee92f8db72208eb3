#include "store/envelopes.h"

#include <algorithm>

#include "store/sql.h"

namespace bangwu::store {
namespace {

/// From column `first` on.
EnvelopeRow read_envelope(const Row& row, int first) {
  return {.id = row.text(first),
          .kiosk = row.text(first + 1),
          .sequence = static_cast<std::uint64_t>(row.number(first + 2)),
          .kind = row.text(first + 3),
          .format = static_cast<int>(row.number(first + 4)),
          .manifest_hash = row.text(first + 5),
          .content_hash = row.optional_text(first + 6),
          .received_at = row.time(first + 7),
          .depends_on = row.optional_text(first + 8),
          .wire = row.text(first + 9),
          .receipt = row.text(first + 10)};
}

constexpr std::size_t kBlobsAtOnce = 8;

base::Result<void> add_blobs(Sql& sql, const EnvelopeRow& row, std::span<const BlobRow> blobs) {
  if (blobs.size() == 1) {
    return sql.run("INSERT INTO attachment(sha256, envelope, kiosk, size) VALUES ($1,$2,$3,$4)",
                   {blobs[0].sha256, row.id, row.kiosk, blobs[0].size});
  }
  for (; !blobs.empty(); blobs = blobs.subspan(std::min(kBlobsAtOnce, blobs.size()))) {
    // Places left over name the last one again.
    std::vector<Value> values;
    for (std::size_t i = 0; i < kBlobsAtOnce; ++i) {
      const auto& blob = blobs[std::min(i, blobs.size() - 1)];
      values.insert(values.end(), {blob.sha256, row.id, row.kiosk, blob.size});
    }
    auto added = sql.run(
        "INSERT INTO attachment(sha256, envelope, kiosk, size) VALUES ($1,$2,$3,$4),($5,$6,$7,$8),($9,$10,$11,$12),"
        "($13,$14,$15,$16),($17,$18,$19,$20),($21,$22,$23,$24),($25,$26,$27,$28),($29,$30,$31,$32) "
        "ON CONFLICT DO NOTHING",
        Values(values));
    if (!added) return added;
  }
  return {};
}

}  // namespace

base::Result<void> Envelopes::add(const EnvelopeRow& row, std::span<const BlobRow> blobs) {
  auto added = sql_.run(
      "INSERT INTO envelope(id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, depends_on, "
      "wire, receipt) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)",
      {row.id, row.kiosk, row.sequence, row.kind, row.format, row.manifest_hash, row.content_hash, row.received_at,
       row.depends_on, row.wire, row.receipt});
  return added ? add_blobs(sql_, row, blobs) : added;
}

base::Result<Standing> Envelopes::standing(std::string_view id, std::string_view kiosk, std::uint64_t sequence,
                                           const std::optional<std::string>& depends_on) {
  auto found = first_row(
      sql_,
      "SELECT k.id, k.revoked_at, k.revoked_why, t.id, d.id, e.id, e.kiosk, e.sequence, e.kind, e.format, "
      "e.manifest_hash, e.content_hash, e.received_at, e.depends_on, e.wire, e.receipt FROM (SELECT 1 AS one) AS o "
      "LEFT JOIN kiosk AS k ON k.id = $1 LEFT JOIN envelope AS t ON t.kiosk = $1 AND t.sequence = $2 "
      "LEFT JOIN envelope AS d ON d.id = $3 LEFT JOIN envelope AS e ON e.id = $4",
      {kiosk, sequence, depends_on, id}, [](const Row& row) {
        Standing standing;
        if (!row.is_null(0)) standing.sender = {.revoked_at = row.optional_time(1), .revoked_why = row.text(2)};
        standing.twin = row.optional_text(3);
        standing.has_dependency = !row.is_null(4);
        if (!row.is_null(5)) standing.known = read_envelope(row, 5);
        return standing;
      });
  if (!found) return tl::unexpected(found.error());
  return std::move(found->value());
}

base::Result<std::optional<EnvelopeRow>> Envelopes::find(std::string_view id) {
  return first_row(sql_,
                   "SELECT id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, depends_on, "
                   "wire, receipt FROM envelope WHERE id = $1",
                   {id}, [](const Row& row) { return read_envelope(row, 0); });
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
  // A kiosk at a time: no statement runs as long as all of them take.
  const auto kiosks =
      all_rows(sql_, "SELECT id FROM kiosk ORDER BY id", {}, [](const Row& row) { return row.text(0); });
  if (!kiosks) return tl::unexpected(kiosks.error());
  std::vector<KioskCount> counts;
  for (const auto& kiosk : *kiosks) {
    const auto counted = first_row(sql_, "SELECT COUNT(*), COALESCE(MAX(sequence), 0) FROM envelope WHERE kiosk = $1",
                                   {kiosk}, [&](const Row& row) {
                                     return KioskCount{kiosk, static_cast<std::uint64_t>(row.number(0)),
                                                       static_cast<std::uint64_t>(row.number(1))};
                                   });
    if (!counted) return tl::unexpected(counted.error());
    if (*counted && (*counted)->count > 0) counts.push_back(std::move(**counted));
  }
  return counts;
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

base::Result<std::optional<std::uint64_t>> Envelopes::first_since(std::string_view kiosk, base::SystemTime since) {
  const auto first = first_row(
      sql_, "SELECT MIN(sequence) FROM envelope WHERE kiosk = $1 AND received_at >= $2", {kiosk, since},
      [](const Row& row) { return row.is_null(0) ? std::nullopt : std::optional<std::uint64_t>(row.number(0)); });
  if (!first) return tl::unexpected(first.error());
  return first->value_or(std::nullopt);
}

base::Result<std::optional<base::SystemTime>> Envelopes::latest_arrival() {
  const auto latest = first_row(sql_, "SELECT received_at FROM envelope ORDER BY received_at DESC LIMIT 1", {},
                                [](const Row& row) { return row.time(0); });
  if (!latest) return tl::unexpected(latest.error());
  return *latest;
}

base::Result<std::optional<base::SystemTime>> Envelopes::latest_believed_arrival() {
  const auto latest = first_row(sql_,
                                "SELECT received_at FROM envelope WHERE NOT EXISTS (SELECT 1 FROM misdated WHERE "
                                "misdated.envelope = envelope.id) ORDER BY received_at DESC LIMIT 1",
                                {}, [](const Row& row) { return row.time(0); });
  if (!latest) return tl::unexpected(latest.error());
  return *latest;
}

base::Result<std::uint64_t> Envelopes::mark_misdated(base::SystemTime now) {
  auto marked = sql_.run(
      "INSERT INTO misdated(envelope) SELECT id FROM envelope WHERE received_at > $1 ON CONFLICT DO NOTHING", {now});
  if (!marked) return tl::unexpected(marked.error());
  const auto counted = first_row(sql_, "SELECT COUNT(*) FROM envelope JOIN misdated ON envelope = id", {},
                                 [](const Row& row) { return static_cast<std::uint64_t>(row.number(0)); });
  if (!counted) return tl::unexpected(counted.error());
  return counted->value_or(0);
}

base::Result<bool> Envelopes::is_misdated(std::string_view id) {
  const auto found =
      first_row(sql_, "SELECT 1 FROM misdated WHERE envelope = $1", {id}, [](const Row& row) { return row.number(0); });
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

base::Result<void> Envelopes::replace_wire(std::string_view id, std::string_view wire) {
  return sql_.run("UPDATE envelope SET wire = $1 WHERE id = $2", {wire, id});
}

base::Result<std::vector<EnvelopeRow>> Envelopes::after(std::string_view last, std::size_t most) {
  return all_rows(sql_,
                  "SELECT id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, depends_on, "
                  "wire, receipt FROM envelope WHERE id > $1 ORDER BY id LIMIT $2",
                  {last, most}, [](const Row& row) { return read_envelope(row, 0); });
}

}  // namespace bangwu::store
