#include <future>

#include "base/file.h"
#include "base/log.h"
#include "runtime/courier_news.h"
#include "runtime/kiosk.h"
#include "runtime/pinyin_loader.h"
#include "runtime/watchdog.h"
#include "widgets/words.h"

/// How the machine comes up: the first picture, then the workers, or why not.
namespace bangwu::runtime {

using base::LogLevel;

namespace {

constexpr std::chrono::seconds kShownFor{60};
// Looks of the watchdog, ten minutes: after a first backup thousands of items may have to be cleared at once.
constexpr int kCourierPatience = 40;

outbox::Keeping keeping_of(const KioskConfig& config) {
  return {.budget = config.storage.keep_delivered_bytes, .keep_free = config.storage.keep_free_bytes};
}

}  // namespace

base::Result<std::unique_ptr<Kiosk>> Kiosk::start(KioskOptions options, const base::Clock& clock) {
  if (options.inspect && options.config.production) {
    return base::fail(base::ErrorCode::unsupported,
                      "--inspect shows what visitors type: [kiosk] production = true forbids it");
  }
  auto lock = identity::DataLock::acquire(options.data);
  if (!lock) return tl::unexpected(lock.error());
  std::unique_ptr<Kiosk> kiosk(new Kiosk(std::move(options), clock, std::move(*lock)));
  if (auto opened = kiosk->open_window(); !opened) return tl::unexpected(opened.error());
  if (auto started = kiosk->start_workers(); !started) kiosk->why_not_ = started.error();
  return kiosk;
}

// In public nobody sees a log: the screen says it too, long enough to be read. Staff may put the data right meanwhile.
base::Result<void> Kiosk::show_why_not() {
  base::log(LogLevel::error, "kiosk.not_started", {{"code", name_of(why_not_->code)}, {"detail", why_not_->detail}});
  storage_.reset();
  courier_.reset();
  lock_.reset();
  const bool is_queue = why_not_->code == base::ErrorCode::corrupt;
  apply(session::FaultFound{is_queue ? session::MachineFault::queue_lost : session::MachineFault::not_started});
  const auto until = clock_.steady() + kShownFor;
  do {
    draw_what_changed();
    serve_inspection();
  } while (window_->wait(std::min(until, next_turn(until))) != widgets::Window::Woken::closed &&
           !asked_to_end_.load() && clock_.steady() < until);
  return tl::unexpected(*why_not_);
}

base::Result<void> Kiosk::open_window() {
  // Beside the opening of the display, which is mostly waiting for it.
  auto loading = std::async(std::launch::async, [this] {
    for (const auto& font : widgets::font_files()) base::read_ahead(font);
    return catalogue::load_catalogue(options_.config.hall.catalogue);
  });
  if (auto words = widgets::load_words(options_.share / "locale"); !words) {
    base::log(LogLevel::error, "words.missing", {{"detail", words.error().detail}});
  }
  options_.window.icons = options_.share / "icons";
  auto window = widgets::Window::open(options_.window, clock_);
  if (!window) return tl::unexpected(window.error());
  window_ = std::move(*window);
  catalogue_ = loading.get();
  search_index_ = domain::SearchIndex(
      catalogue_.catalogue, [](std::string_view text) { return widgets::tr_catalogue(text, base::Language::en); });
  for (const auto& problem : catalogue_.problems) {
    base::log(LogLevel::error, "catalogue.left_out", {{"problem", catalogue::to_string(problem)}});
  }
  session_->last_touch = clock_.steady();
  draw_what_changed();
  base::log(LogLevel::info, "kiosk.first_picture", {{"items", std::to_string(catalogue_.catalogue.items.size())}});
  return {};
}

base::Result<void> Kiosk::start_workers() {
  if (options_.inspect) {
    auto inspection = Inspection::open(*options_.inspect, [this] { window_->wake(); });
    if (!inspection) return tl::unexpected(inspection.error());
    inspection_ = std::move(*inspection);
  }
  auto identity = identity::load_identity(options_.data);
  if (identity) identity_.emplace(std::move(*identity));
  else base::log(LogLevel::error, "kiosk.not_enrolled", {{"detail", identity.error().detail}});

  auto blobs = blobs::BlobStore::open(options_.data / "blobs");
  if (!blobs) return tl::unexpected(blobs.error());
  std::optional<outbox::Identity> signer;
  if (identity_) signer = outbox::Identity{identity_->kiosk, &identity_->device, identity_->receipt_key};
  auto outbox = outbox::Outbox::open(options_.data / "outbox", *blobs, signer, keeping_of(options_.config));
  if (!outbox) return tl::unexpected(outbox.error());
  // Pages of a visit that a crash ended: their key is gone, so they are noise; now they go too.
  if (auto swept = outbox->sweep_blobs(); swept && *swept > 0) {
    base::log(LogLevel::info, "kiosk.swept", {{"blobs", std::to_string(*swept)}});
  }

  vault_ = std::make_unique<PageVault>(*blobs);
  start_courier(*blobs);
  std::optional<Sender> sender;
  // Without a courier nothing would ever be delivered: such a machine takes no visit, as one that is not enrolled.
  if (identity_ && courier_) sender = Sender{identity_->kiosk, identity_->sealing_key};
  storage_ = std::make_unique<StorageWorker>(StorageWorker::Parts{std::move(*outbox), sender, *vault_, *blobs,
                                                                  options_.config.storage.keep_free_bytes, clock_,
                                                                  random_, mailbox_, [this] {
                                                                    if (courier_) courier_->notify();
                                                                  }});
  auto devices = device_settings(options_.config.capture, options_.parts);
  devices.worker.hidden = {options_.data, "/tmp/.X11-unix"};
  if (auto built = look_for_cell(devices.worker); !built) return built;
  devices_ = std::make_unique<Devices>(devices, *vault_, mailbox_);
  pinyin_ = std::make_unique<PinyinLoader>(input::PinyinDirs{options_.share / "rime", options_.data / "rime-none"},
                                           [this] { window_->wake(); });
  auto watched = devices_->watched();
  const auto turns = [this] { return SignOfLife{.unfinished = 1, .count = turns_.load(std::memory_order_relaxed)}; };
  watched.push_back({.name = "ui", .look = turns});
  watched.push_back({.name = "storage", .look = [this] { return storage_->sign_of_life(); }});
  watched.push_back({.name = "courier", .look = [this] { return courier_life(); }, .patience = kCourierPatience});
  watchdog_ = start_watchdog(std::move(watched), [this] { window_->wake(); });
  return {};
}

/// It always has something to do: it looks by itself whether something is due.
SignOfLife Kiosk::courier_life() const { return courier_ ? SignOfLife{1, courier_->sign_of_life()} : SignOfLife{}; }

base::Result<void> Kiosk::look_for_cell(const capture::WorkerSettings& worker) const {
  const auto walls = capture::try_cell(worker);
  if (walls) {
    base::log(LogLevel::info, "cell.built", {{"walls", cell::to_string(*walls)}});
    return {};
  }
  base::log(LogLevel::error, "cell.not_built", {{"detail", walls.error().detail}});
  if (!options_.config.production) return {};
  return base::fail(
      base::ErrorCode::unsupported,
      "strangers' files would be read outside of a cell, and a machine in production does not start so: " +
          walls.error().detail);
}

void Kiosk::start_courier(blobs::BlobStore blobs) {
  if (!identity_) return;
  auto settings = courier::settings_for(*identity_);
  if (options_.config.central.plain_http_on_loopback) settings.plain = http_client::PlainHttp::on_loopback;
  const auto publish = [this](const courier::Event& event) { post_news(mailbox_, event); };
  auto worker = courier::Worker::start({options_.data / "outbox", std::move(settings), keeping_of(options_.config)},
                                       *identity_, std::move(blobs), clock_, random_, publish);
  if (worker) {
    courier_ = std::move(*worker);
    return;
  }
  // What would be taken in now could not be brought anywhere: no visit begins.
  base::log(LogLevel::error, "courier.not_started",
            {{"detail", worker.error().detail}, {"what_to_do", "mend what it says and start anew; no visit begins"}});
  mailbox_.post(kNoVisit, session::FaultFound{session::MachineFault::courier_not_started});
}

}  // namespace bangwu::runtime
