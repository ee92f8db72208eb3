// What the central service takes in a second, durably, beside pgbench with one statement that writes the same rows on
// the same server: the store's ingest (an envelope, its case, three events, a number) on PostgreSQL and on SQLite, the
// whole service's (HTTPS, opening, verifying, answering, signing) on PostgreSQL; and what proving a page's bytes and
// moving a log into its database cost.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "bench/store/costs.h"
#include "bench/store/rival.h"
#include "bench/store/whole_ingest.h"
#include "store/store.h"
#include "support/scratch_directory.h"
#include "support/throwaway_postgres.h"

namespace bangwu::bench {
namespace {

using store::Store;
using store::Transaction;

constexpr int kEvents = 3;
constexpr double kLimit = 1.0;
constexpr int kHeldTo = 16;  ///< the service's workers: so many wait for the store at once

const std::string kWire(2000, 'w'), kReceipt(600, 'r'), kEvent(300, 'e'), kHash(64, '0');

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

void add_kiosk(Store& store) {
  const auto added = store.write([](Transaction& transaction) {
    return transaction.kiosks().add(
        {.id = "k", .name = "n", .enrolled_at = {}, .revoked_at = std::nullopt, .revoked_why = ""});
  });
  if (!added) throw std::runtime_error(added.error().detail);
}

bool compare_stores(const support::ThrowawayPostgres& server, const Rival& rival) {
  const auto postgres = store::open_postgres_store(server.database("ours"), store::OpenMode::create).value();
  const support::ScratchDirectory folder;
  const auto sqlite = store::open_sqlite_store(folder / "central.db", store::OpenMode::create).value();
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
  return is_held;
}

int run() {
  const support::ThrowawayPostgres server(support::Durability::full);
  const Rival rival(server);
  const bool is_store_held = compare_stores(server, rival);
  const bool is_whole_held = compare_whole_ingest(server, rival);
  print_costs();
  return is_store_held && is_whole_held ? 0 : 1;
}

}  // namespace
}  // namespace bangwu::bench

int main() try { return bangwu::bench::run(); } catch (const std::exception& error) {
  std::cerr << "store_bench: " << error.what() << "\n";
  return 2;
}
