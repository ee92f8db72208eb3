#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <stdexcept>

#include "base/ids.h"
#include "courier/courier.h"
#include "courier/tus_upload.h"
#include "domain/rating.h"
#include "envelope/bodies.h"
#include "identity/identity.h"
#include "outbox/outbox.h"
#include "support/central/central_process.h"
#include "support/scratch_directory.h"

/// How fast sealed pages reach the real central service, on the disk and verified there, against tus-js-client sending
/// to @tus/server (which syncs and verifies nothing) on the same machine in the same minute.
///   courier_bench [ROUNDS]
/// "uploads" is what the rival does too; "delivery" is all of deliver_one(): lease, uploads, envelope, receipt verified
/// and stored, every blob removed here. Rounds alternate, the best of each counts: other programs on the machine only
/// ever make things slower.
namespace bangwu {
namespace {

using support::CentralProcess;

constexpr std::size_t kFiles = 200, kSmall = 500'000, kLarge = 200'000'000;

struct Speeds {
  double files_per_second = 0, megabytes_per_second = 0;
  void improve(const Speeds& other) {
    files_per_second = std::max(files_per_second, other.files_per_second);
    megabytes_per_second = std::max(megabytes_per_second, other.megabytes_per_second);
  }
};

/// The best uploads and the best deliveries.
struct Measured {
  Speeds uploads, delivery;
  void improve(const Measured& other) {
    uploads.improve(other.uploads);
    delivery.improve(other.delivery);
  }
};

class NoJournal final : public courier::UploadJournal {
 public:
  base::Result<void> created(std::string_view, std::string_view) override { return {}; }
  base::Result<void> completed(std::string_view) override { return {}; }
  base::Result<void> forgotten(std::string_view) override { return {}; }
};

[[noreturn]] void give_up(const std::string& why) { throw std::runtime_error(why); }

template <class T>
T take(base::Result<T> result) {
  if (!result) give_up(result.error().detail);
  return std::move(*result);
}

enum class Transport { tls, plain };

/// A kiosk enrolled at a central service of its own.
class Kiosk {
 public:
  explicit Kiosk(Transport transport)
      : central_({.items = support::Items::of_the_hall, .settings = settings_for(transport)}),
        plain_(transport == Transport::plain),
        identity_(enrol()),
        store_(take(blobs::BlobStore::open(directory_ / "blobs"))),
        box_(take(outbox::Outbox::open(directory_ / "outbox", store_,
                                       outbox::Identity{identity_.kiosk, &identity_.device, identity_.receipt_key}))) {}

  Measured measure() {
    const std::vector<std::size_t> many(kFiles, kSmall);
    deliver({kSmall});  // connections and caches are warm, as after the first visit of the day
    Measured measured;
    measured.uploads = speeds(upload(many), upload({kLarge}));
    measured.delivery = speeds(deliver(many), deliver({kLarge}));
    return measured;
  }

 private:
  static Speeds speeds(double small, double large) {
    return {kFiles / small, static_cast<double>(kLarge) / 1e6 / large};
  }

  static std::string settings_for(Transport transport) {
    return (transport == Transport::plain ? support::kPlainHttp : "") + std::string(support::kSmallReserve);
  }

  identity::KioskIdentity enrol() {
    identity::EnrolOptions options;
    options.url = (plain_ ? "http" : "https") + std::string("://127.0.0.1:") + std::to_string(central_.start());
    if (!plain_) options.ca = central_.ca_file();
    options.code = central_.enrolment_code();
    options.name = "bench";
    options.data = directory_ / "kiosk";
    options.plain = plain_ ? http_client::PlainHttp::on_loopback : http_client::PlainHttp::refused;
    return take(identity::enrol(options, {}));
  }

  [[nodiscard]] courier::CourierSettings settings() const {
    auto made = courier::settings_for(identity_);
    made.plain = plain_ ? http_client::PlainHttp::on_loopback : http_client::PlainHttp::refused;
    return made;
  }

  /// Seconds for the uploads alone, as Courier makes them.
  double upload(const std::vector<std::size_t>& sizes) {
    const auto how = settings();
    auto http =
        take(http_client::Client::open(take(http_client::Origin::parse(identity_.central_url, how.plain)), how.http));
    NoJournal journal;
    courier::UploadBatch batch{http.origin(), how.uploads_path, journal, clock_, std::nullopt};
    std::vector<courier::TusUpload> uploads;
    for (const auto& attachment : pages(sizes)) {
      const bool is_small = attachment.size <= how.one_request_limit;
      uploads.emplace_back(courier::UploadPlan{store_.path_of(attachment.sha256),
                                               {attachment.sha256, attachment.size},
                                               {},
                                               is_small ? courier::Creation::with_bytes : courier::Creation::alone},
                           batch);
    }
    std::vector<http_client::Conversation*> conversations;
    for (auto& one : uploads) conversations.push_back(&one);
    const double seconds = timed([&] { http.converse(conversations, how.uploads_at_once, {}); });
    if (batch.trouble) give_up("not uploaded");
    return seconds;
  }

  template <class Work>
  static double timed(const Work& work) {
    ::sync();  // what was written before is not measured
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  }

  /// Seconds for one envelope with these attachments, from the lease to the removal of what was delivered.
  double deliver(const std::vector<std::size_t>& sizes) {
    accept(sizes);
    if (!courier_)
      courier_.emplace(take(courier::Courier::open(settings(), identity_.central_url, box_, store_, clock_, random_)));
    std::optional<courier::Attempt> attempt;
    const double seconds = timed([&] { attempt = take(courier_->deliver_one({})); });
    if (!attempt || !attempt->receipt) give_up("not delivered");
    return seconds;
  }

  void accept(const std::vector<std::size_t>& sizes) {
    const auto key = envelope::ContentKey::make();
    outbox::Draft draft;
    draft.id = base::make_uuid_v7(clock_.now(), random_);
    draft.created_at = clock_.now();
    domain::Application application;
    application.procedure = "WJ-GG-0004";
    application.language = "zh_CN";
    const std::string json = envelope::to_json(application);
    draft.sealed_key = key.seal_to(identity_.sealing_key, {identity_.kiosk, draft.id}).value();
    draft.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
    draft.attachments = pages(sizes);
    take(box_.accept(draft, clock_.now()));
  }

  /// Blobs in the store, each with bytes of its own.
  std::vector<envelope::Attachment> pages(const std::vector<std::size_t>& sizes) {
    std::vector<envelope::Attachment> attachments;
    base::Bytes page(*std::max_element(sizes.begin(), sizes.end()));
    random_.fill(std::span(page).first(std::min<std::size_t>(page.size(), 1U << 20)));
    for (const std::size_t size : sizes) {
      random_.fill(std::span(page).first(16));
      const auto blob = take(store_.put(std::span(page).first(size)));
      attachments.push_back({blob.sha256, blob.size, "image/jpeg", "material"});
    }
    return attachments;
  }

  bool has_cryptography_ = envelope::initialise_cryptography();
  support::ScratchDirectory directory_;
  base::RealClock clock_;
  base::KernelRandom random_;
  CentralProcess central_;
  bool plain_;
  identity::KioskIdentity identity_;
  blobs::BlobStore store_;
  outbox::Outbox box_;
  std::optional<courier::Courier> courier_;
};

Speeds measure_rival() {
  const support::ScratchDirectory directory;
  const auto made = support::run({BANGWU_NODE, BANGWU_PEERS "/bench.mjs", directory.path().string(),
                                  std::to_string(kFiles), std::to_string(kSmall), std::to_string(kLarge)});
  Speeds speeds;
  const int read = std::sscanf(made.output.c_str(), R"({"files_per_second":%lf,"megabytes_per_second":%lf})",
                               &speeds.files_per_second, &speeds.megabytes_per_second);
  if (read != 2) give_up("the rival did not run: is it installed (tests/run.sh)? " + made.output);
  return speeds;
}

void print(const char* who, const Speeds& speeds) {
  std::printf("%-36s %6.0f files/s of 500 KB %6.0f MB/s of 200 MB\n", who, speeds.files_per_second,
              speeds.megabytes_per_second);
  std::fflush(stdout);
}

void print_ratio(const char* what, const Speeds& ours, const Speeds& rival) {
  std::printf("%-36s %6.2f times %19.2f times\n", what, ours.files_per_second / rival.files_per_second,
              ours.megabytes_per_second / rival.megabytes_per_second);
}

bool holds(const char* what, double ratio, double least) {
  std::printf("%s: %.2f times the rival, limit %.2f  %s\n", what, ratio, least, ratio >= least ? "ok" : "NOT REACHED");
  return ratio >= least;
}

bool compare(int rounds) {
  Measured plain, tls;
  Speeds rival;
  for (int round = 0; round < rounds; ++round) {
    rival.improve(measure_rival());
    plain.improve(Kiosk(Transport::plain).measure());
    tls.improve(Kiosk(Transport::tls).measure());
  }
  print("tus-js-client to @tus/server, http", rival);
  print("courier to central, http, uploads", plain.uploads);
  print("courier to central, http, delivery", plain.delivery);
  print("courier to central, TLS, uploads", tls.uploads);
  print("courier to central, TLS, delivery", tls.delivery);
  print_ratio("uploads over http : rival", plain.uploads, rival);
  print_ratio("delivery over http : rival", plain.delivery, rival);
  print_ratio("uploads over TLS : rival over http", tls.uploads, rival);
  print_ratio("delivery over TLS : rival over http", tls.delivery, rival);
  // Like for like: both do uploads only, over plain http; ours with fsync and the whole file's hash.
  const bool small = holds("200 files of 500 KB", plain.uploads.files_per_second / rival.files_per_second, 3);
  const bool large = holds("one file of 200 MB", plain.uploads.megabytes_per_second / rival.megabytes_per_second, 1.5);
  return small && large;
}

}  // namespace
}  // namespace bangwu

int main(int count, char** words) {
  try {
    return bangwu::compare(count > 1 ? std::max(1, std::atoi(words[1])) : 3) ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "courier_bench: " << error.what() << "\n";
    return 1;
  }
}
