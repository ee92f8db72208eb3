// What durable acceptance costs, against the least that could do it, and whether a long queue slows the courier:
//   outbox_bench [SUBMISSIONS [ROUNDS]]
// Five sealed pages of 500 KB each are one submission. Rounds alternate between ours and the rival on the same disk;
// the best of each counts: other programs on the machine only ever make things slower. Ends with 1 where a limit is
// missed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "base/clock.h"
#include "base/ids.h"
#include "bench/outbox/bare_disk.h"
#include "bench/outbox/full_queue.h"
#include "domain/application.h"
#include "envelope/bodies.h"
#include "envelope/keys.h"
#include "outbox/outbox.h"
#include "support/scratch_directory.h"

namespace bangwu::bench {
namespace {

using support::ScratchDirectory;

constexpr std::size_t kPages = 5, kPageSize = 500'000;
constexpr double kLeastOfBare = 0.8;  // of the rival's submissions a second
constexpr double kMostOfShort = 1.5;  // times a short queue's picking time: what noise makes of equal

template <class T>
T take(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

double seconds_of(const auto& work) {
  ::sync();  // what was written before is not measured
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// A kiosk's storage, with keys as from an enrolment.
class Storage {
 public:
  Storage()
      : device_(envelope::SigningKey::make()),
        central_(envelope::UnsealingKey::make()),
        blobs_(take(blobs::BlobStore::open(folder_ / "blobs"))),
        outbox_(take(outbox::Outbox::open(folder_ / "outbox", blobs_,
                                          outbox::Identity{"k-1", &device_, device_.public_key()}))) {}

  /// What a visit does before its end: each page is sealed and stored as it is captured. `pages` are plain.
  outbox::Draft capture(std::span<const base::Bytes> pages) {
    const auto key = envelope::ContentKey::make();
    outbox::Draft draft = empty_draft(key);
    for (const auto& page : pages) {
      const auto blob = take(blobs_.put(key.encrypt(page)));
      draft.attachments.push_back({blob.sha256, blob.size, "image/jpeg", "material"});
    }
    return draft;
  }
  void accept(const outbox::Draft& draft) { take(outbox_.accept(draft, clock_.now())); }
  void submit_nothing() { accept(empty_draft(envelope::ContentKey::make())); }

  void multiply(std::int64_t count) { multiply_items(folder_ / "outbox", count); }

  /// Seconds to pick the next item and give it back, both on the disk; the median of many.
  double picking_time() {
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
      const auto began = std::chrono::steady_clock::now();
      const auto parcel = take(outbox_.lease_next(clock_.now(), std::chrono::minutes{10}));
      times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
      if (!parcel) throw std::runtime_error("nothing to pick");
      if (!outbox_.release(parcel->lease)) throw std::runtime_error("not released");
    }
    std::nth_element(times.begin(), times.begin() + 100, times.end());
    return times[100];
  }

 private:
  outbox::Draft empty_draft(const envelope::ContentKey& key) {
    domain::Application application;
    application.procedure = "WJ-GG-0004";
    application.language = "zh_CN";
    const std::string json = envelope::to_json(application);
    outbox::Draft draft;
    draft.id = base::make_uuid_v7(clock_.now(), random_);
    draft.created_at = clock_.now();
    draft.sealed_key = key.seal_to(central_.public_key(), {"k-1", draft.id}).value();
    draft.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
    return draft;
  }

  ScratchDirectory folder_;
  base::RealClock clock_;
  base::KernelRandom random_;
  envelope::SigningKey device_;
  envelope::UnsealingKey central_;
  blobs::BlobStore blobs_;
  outbox::Outbox outbox_;
};

std::vector<base::Bytes> random_pages() {
  base::KernelRandom random;
  std::vector<base::Bytes> pages(kPages, base::Bytes(kPageSize));
  for (auto& page : pages) random.fill(page);
  return pages;
}

double bare_seconds(std::span<const base::Bytes> pages, int submissions) {
  const ScratchDirectory folder;
  BareDisk disk(folder / "bare");
  const std::vector<std::span<const std::uint8_t>> files(pages.begin(), pages.end());
  disk.store(files);
  return seconds_of([&] {
    for (int i = 0; i < submissions; ++i) disk.store(files);
  });
}

struct Seconds {
  double accepting = 1e9, everything = 1e9;
};

Seconds our_seconds(std::span<const base::Bytes> pages, int submissions) {
  Storage storage;
  storage.accept(storage.capture(pages));
  std::vector<outbox::Draft> drafts;
  Seconds seconds;
  const double capturing = seconds_of([&] {
    for (int i = 0; i < submissions; ++i) drafts.push_back(storage.capture(pages));
  });
  seconds.accepting = seconds_of([&] {
    for (const auto& draft : drafts) storage.accept(draft);
  });
  seconds.everything = capturing + seconds.accepting;
  return seconds;
}

bool print_ratio(const char* what, double a_second, double bare) {
  const bool holds = a_second / bare >= kLeastOfBare;
  std::printf("%-66s %5.0f a second, of bare files %5.2f, limit %.2f  %s\n", what, a_second, a_second / bare,
              kLeastOfBare, holds ? "ok" : "NOT REACHED");
  return holds;
}

bool compare_acceptance(int submissions, int rounds) {
  const auto pages = random_pages();
  double bare = 1e9;
  Seconds ours;
  for (int round = 0; round < rounds; ++round) {
    bare = std::min(bare, bare_seconds(pages, submissions));
    const Seconds measured = our_seconds(pages, submissions);
    ours = {std::min(ours.accepting, measured.accepting), std::min(ours.everything, measured.everything)};
  }
  std::printf("submissions of 5 x 500 KB, bare files and one commit: %.0f a second\n", submissions / bare);
  const bool accepting = print_ratio("accept() of pages captured before, key sealed, manifest signed",
                                     submissions / ours.accepting, submissions / bare);
  const bool all = print_ratio("the same with encrypting, hashing and storing each page", submissions / ours.everything,
                               submissions / bare);
  return accepting && all;
}

double picking_time_among(std::int64_t count) {
  Storage storage;
  storage.submit_nothing();
  storage.multiply(count);
  return storage.picking_time();
}

bool compare_picking() {
  const double few = picking_time_among(100);
  const double many = picking_time_among(1'000'000);
  std::printf("picking the next item, median: %.2f ms among 10^2, %.2f ms among 10^6, ratio %.2f, limit %.2f  %s\n",
              few * 1e3, many * 1e3, many / few, kMostOfShort, many / few <= kMostOfShort ? "ok" : "NOT REACHED");
  return many / few <= kMostOfShort;
}

int positive(int count, char** words, int index, int usual) {
  return count > index ? std::max(1, std::atoi(words[index])) : usual;
}

}  // namespace
}  // namespace bangwu::bench

int main(int count, char** words) {
  using namespace bangwu::bench;
  try {
    if (!bangwu::envelope::initialise_cryptography()) return 1;
    const bool accepts = compare_acceptance(positive(count, words, 1, 40), positive(count, words, 2, 5));
    return compare_picking() && accepts ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "outbox_bench: " << error.what() << "\n";
    return 1;
  }
}
