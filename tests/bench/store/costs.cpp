#include "bench/store/costs.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <stdexcept>

#include "base/clock.h"
#include "base/ids.h"
#include "blobs/blob_store.h"
#include "sqlite/connection.h"
#include "support/scratch_directory.h"

namespace bangwu::bench {
namespace {

constexpr int kTimes = 200;

/// Milliseconds each, on the average.
double each(const std::function<bool(int)>& step) {
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < kTimes; ++i) {
    if (!step(i)) throw std::runtime_error("a step failed");
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
  return took.count() / kTimes;
}

}  // namespace

void print_costs() {
  const support::ScratchDirectory folder;
  const auto blobs = blobs::BlobStore::open(folder / "blobs").value();
  base::KernelRandom random;
  base::Bytes page(500'000);
  std::vector<blobs::BlobRef> pages;
  for (int i = 0; i < kTimes; ++i) {
    random.fill(page);
    pages.push_back(blobs.put(page).value());
  }
  const double verified = each([&](int i) { return blobs.verify(pages[static_cast<std::size_t>(i)]).has_value(); });
  const double proven = each([&](int i) { return blobs.prove(pages[static_cast<std::size_t>(i)]).has_value(); });
  auto database = sqlite::Connection::open(folder / "a.db", {.name = "database"}).value();
  if (!database.execute("CREATE TABLE t (v TEXT)")) throw std::runtime_error("no table");
  const std::string row(4000, 'w');
  const auto add = [&] { return database.prepare("INSERT INTO t VALUES ($1)").bind(row).run().has_value(); };
  const double committed = each([&](int) { return add(); });
  const double written_back = each([&](int) { return add() && database.write_back().has_value(); });
  std::printf("single steps, milliseconds each\n");
  std::printf("a page of 500 KB proven from the disk  %8.2f   read through the cache and hashed %8.2f\n", proven,
              verified);
  std::printf("a commit and the log moved after it    %8.2f   the commit alone                  %8.2f\n", written_back,
              committed);
}

}  // namespace bangwu::bench
