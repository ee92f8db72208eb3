#include "bench/store/rival.h"

#include <algorithm>
#include <regex>
#include <stdexcept>

#include "store/store.h"
#include "support/files.h"

namespace bangwu::bench {
namespace {

constexpr const char* kStatement = R"sql(
WITH n AS (SELECT 'A' || lpad(nextval('number_of_day')::text, 15, '0') AS number, gen_random_uuid()::text AS id,
                  nextval('kiosk_sequence') AS sequence),
  c AS (INSERT INTO case_file SELECT number, number, id, 'k', 'application', 'in_review', 1700000000000 FROM n
        RETURNING number),
  v AS (INSERT INTO event SELECT number, s, repeat('e', 300), repeat('0', 64), 1700000000000
        FROM c, generate_series(1, 3) AS s)
INSERT INTO envelope(id, kiosk, sequence, kind, format, manifest_hash, content_hash, received_at, wire, receipt)
  SELECT id, 'k', sequence, 'submission', 2, repeat('0', 64), repeat('0', 64), 1700000000000, repeat('w', 2000),
         repeat('r', 600) FROM n;
)sql";

}  // namespace

Rival::Rival(const support::ThrowawayPostgres& server) : server_(server) {
  if (!store::open_postgres_store(server.database("rival"), store::OpenMode::create))
    throw std::runtime_error("no database for pgbench");
  must("ALTER TABLE event DISABLE TRIGGER USER");
  must("CREATE SEQUENCE number_of_day CACHE 100; CREATE SEQUENCE kiosk_sequence CACHE 100");
  must("INSERT INTO kiosk(id, name, enrolled_at) VALUES ('k', 'n', 0)");
  support::write_file(file_, kStatement);
}

double Rival::rate(int clients) const {
  const auto run = server_.pgbench({"-n", "-M", "prepared", "-f", file_, "-c", std::to_string(clients), "-j",
                                    std::to_string(std::min(clients, 2)), "-T", std::to_string(kRound.count())},
                                   "rival");
  std::smatch found;
  if (!std::regex_search(run.output, found, std::regex("tps = ([0-9.]+)")))
    throw std::runtime_error("pgbench: " + run.errors + run.output);
  return std::stod(found[1]);
}

void Rival::must(const char* sql) const {
  if (const auto done = server_.sql(sql, "rival"); done.code != 0) throw std::runtime_error(done.errors);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace bangwu::bench
