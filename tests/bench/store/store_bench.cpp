// The central store's ingest (an envelope, its case, three events, a number: one durable transaction) on PostgreSQL,
// beside pgbench with one statement that does the same on the same server, and on SQLite on the same disk.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <iostream>
#include <regex>
#include <stdexcept>
#include <thread>

#include "store/store.h"
#include "support/files.h"
#include "support/scratch_directory.h"
#include "support/throwaway_postgres.h"

namespace bangwu::bench {
namespace {

using store::Store;
using store::Transaction;

constexpr int kRounds = 3;
constexpr std::chrono::seconds kRound{4};
constexpr int kEvents = 3;
constexpr double kLimit = 1.0;
constexpr int kHeldTo = 16;  ///< the service's workers: so many wait for the store at once

const std::string kWire(2000, 'w'), kReceipt(600, 'r'), kEvent(300, 'e'), kHash(64, '0');

/// What pgbench sends, prepared: the same rows by one statement. Its tables have no guards against changed events.
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

base::Result<void> ingest(Transaction& transaction, const std::string& id, std::uint64_t sequence) {
  const auto count = transaction.numbers().next("day");
  if (!count) return tl::unexpected(count.error());
  const std::string number = "A" + std::to_string(*count);
  auto added = transaction.cases().add({.number = number,
                                        .provisional_number = number,
                                        .envelope = id,
                                        .kiosk = "k",
                                        .procedure = "application",
                                        .state = "in_review",
                                        .received_at = {}});
  if (!added) return added;
  std::vector<store::EventRow> events;
  for (std::uint64_t i = 1; i <= kEvents; ++i)
    events.push_back({.case_number = number, .sequence = i, .body = kEvent, .hash = kHash, .at = {}});
  if (added = transaction.cases().append(number, 0, events); !added) return added;
  return transaction.envelopes().add({.id = id,
                                      .kiosk = "k",
                                      .sequence = sequence,
                                      .kind = "submission",
                                      .format = 2,
                                      .manifest_hash = kHash,
                                      .content_hash = kHash,
                                      .received_at = {},
                                      .depends_on = std::nullopt,
                                      .wire = kWire,
                                      .receipt = kReceipt});
}

/// A second's ingests of so many threads.
double rate_of(Store& store, int clients) {
  static std::atomic<std::uint64_t> sequence = 0;
  std::atomic<std::uint64_t> done = 0;
  const auto begun = std::chrono::steady_clock::now();
  const auto end = begun + kRound;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i) {
      threads.emplace_back([&] {
        while (std::chrono::steady_clock::now() < end) {
          const std::uint64_t mine = ++sequence;
          const std::string id = "envelope-" + std::to_string(mine);
          const auto written = store.write([&](Transaction& transaction) { return ingest(transaction, id, mine); });
          if (!written) throw std::runtime_error("ingest: " + written.error().detail);
          ++done;
        }
      });
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return static_cast<double>(done) / took.count();
}

class Rival {
 public:
  explicit Rival(const support::ThrowawayPostgres& server) : server_(server) {
    if (!store::open_postgres_store(server.database("rival"), store::OpenMode::create))
      throw std::runtime_error("no database for pgbench");
    must("ALTER TABLE event DISABLE TRIGGER USER");
    must("CREATE SEQUENCE number_of_day CACHE 100; CREATE SEQUENCE kiosk_sequence CACHE 100");
    must("INSERT INTO kiosk(id, name, enrolled_at) VALUES ('k', 'n', 0)");
    support::write_file(file_, kStatement);
  }
  double rate(int clients) const {
    const auto run = server_.pgbench({"-n", "-M", "prepared", "-f", file_, "-c", std::to_string(clients), "-j",
                                      std::to_string(std::min(clients, 2)), "-T", std::to_string(kRound.count())},
                                     "rival");
    std::smatch found;
    if (!std::regex_search(run.output, found, std::regex("tps = ([0-9.]+)")))
      throw std::runtime_error("pgbench: " + run.errors + run.output);
    return std::stod(found[1]);
  }

 private:
  void must(const char* sql) const {
    if (const auto done = server_.sql(sql, "rival"); done.code != 0) throw std::runtime_error(done.errors);
  }
  const support::ThrowawayPostgres& server_;
  support::ScratchDirectory folder_;
  const std::string file_ = folder_ / "statement.sql";
};

void add_kiosk(Store& store) {
  const auto added = store.write([](Transaction& transaction) {
    return transaction.kiosks().add(
        {.id = "k", .name = "n", .enrolled_at = {}, .revoked_at = std::nullopt, .revoked_why = ""});
  });
  if (!added) throw std::runtime_error(added.error().detail);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int run() {
  const support::ThrowawayPostgres server(support::Durability::full);
  const auto postgres = store::open_postgres_store(server.database("ours"), store::OpenMode::create).value();
  const support::ScratchDirectory folder;
  const auto sqlite = store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
  const Rival rival(server);
  add_kiosk(*postgres);
  add_kiosk(*sqlite);
  std::printf("the store's ingest a second, durable   PostgreSQL    pgbench    ratio   limit   SQLite\n");
  bool is_held = true;
  for (const int clients : {1, 8, kHeldTo, 32}) {
    std::vector<double> ours, theirs, files;
    for (int round = 0; round < kRounds; ++round) {
      ours.push_back(rate_of(*postgres, clients));
      theirs.push_back(rival.rate(clients));
      files.push_back(rate_of(*sqlite, clients));
    }
    const double ratio = median(ours) / median(theirs);
    const bool counts = clients == kHeldTo;
    if (counts) is_held = ratio >= kLimit;
    std::printf("%2d at once                             %10.0f %10.0f %8.2f %7s %8.0f\n", clients, median(ours),
                median(theirs), ratio, counts ? "1.0" : "", median(files));
  }
  return is_held ? 0 : 1;
}

}  // namespace
}  // namespace bangwu::bench

int main() try { return bangwu::bench::run(); } catch (const std::exception& error) {
  std::cerr << "store_bench: " << error.what() << "\n";
  return 2;
}
