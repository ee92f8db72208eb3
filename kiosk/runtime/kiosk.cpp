#include "runtime/kiosk.h"

#include <future>

#include "base/file.h"
#include "base/log.h"
#include "paper/qr.h"
#include "runtime/pinyin_loader.h"
#include "runtime/watchdog.h"
#include "runtime/wiping.h"
#include "widgets/words.h"

namespace bangwu::runtime {

using base::LogLevel;

namespace {

// Looks of the watchdog, ten minutes: after a first backup thousands of items may have to be cleared at once.
constexpr int kCourierPatience = 40;

outbox::Keeping keeping_of(const KioskConfig& config) {
  return {.budget = config.storage.keep_delivered_bytes, .keep_free = config.storage.keep_free_bytes};
}

}  // namespace

Kiosk::Kiosk(KioskOptions options, const base::Clock& clock, identity::DataLock lock)
    : options_(std::move(options)),
      clock_(clock),
      lock_(std::move(lock)),
      session_(std::make_unique<session::Session>()),
      mailbox_([this] {
        if (window_) window_->wake();
      }) {
  const auto& visit = options_.config.visit;
  hall_.catalogue = &catalogue_.catalogue;
  hall_.search = &search_index_;
  hall_.idle_limit = visit.idle;
  hall_.countdown = visit.countdown;
  hall_.answer_wait = visit.answer_wait;
  hall_.thanks_time = visit.thanks;
  hall_.instrument = visit.instrument;
  hall_.built = options_.built;
  hall_.pages_per_material = options_.config.capture.pages_per_material;
  tools_.pages = &pictures_;
  tools_.qr = [](std::string_view number) {
    auto matrix = paper::qr_modules(paper::receipt_code(number));
    return matrix ? screens::QrModules{static_cast<int>(matrix->size), std::move(matrix->cells)} : screens::QrModules{};
  };
  tools_.place = {options_.config.hall.name, options_.config.hall.zone, options_.config.hall.telephone};
}

Kiosk::~Kiosk() = default;

base::Result<std::unique_ptr<Kiosk>> Kiosk::start(KioskOptions options, const base::Clock& clock) {
  if (options.inspect && options.config.production) {
    return base::fail(base::ErrorCode::unsupported,
                      "--inspect shows what visitors type: [kiosk] production = true forbids it");
  }
  auto lock = identity::DataLock::acquire(options.data);
  if (!lock) return tl::unexpected(lock.error());
  std::unique_ptr<Kiosk> kiosk(new Kiosk(std::move(options), clock, std::move(*lock)));
  if (auto opened = kiosk->open_window(); !opened) return tl::unexpected(opened.error());
  if (auto started = kiosk->start_workers(); !started) return tl::unexpected(started.error());
  return kiosk;
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
  if (options_.inspect) {
    auto inspection = Inspection::open(*options_.inspect, [this] { window_->wake(); });
    if (!inspection) return tl::unexpected(inspection.error());
    inspection_ = std::move(*inspection);
  }
  watchdog_ = start_watchdog({{"ui",
                               [this] {
                                 return SignOfLife{1, turns_.load(std::memory_order_relaxed)};
                               },
                               4},
                              {"storage", [this] { return storage_->sign_of_life(); }, 4},
                              {"courier", [this] { return courier_life(); }, kCourierPatience}},
                             [this] { window_->wake(); });
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

void Kiosk::tell(const courier::Delivered& delivered) {
  mailbox_.post(kNoVisit, session::FaultGone{session::MachineFault::cannot_deliver});
  const auto& receipt = delivered.receipt;
  if (!receipt.outcome) return;
  mailbox_.post(kNoVisit, session::AnswerArrived{to_string(delivered.id), receipt.case_number, *receipt.outcome,
                                                 receipt.lacks, receipt.due, receipt.due_is_provisional});
}

// Dead: it waits for staff, and nobody may be told that it goes by itself.
void Kiosk::tell(const courier::Attempted& attempted) {
  const auto* dead = std::get_if<outbox::Dead>(&attempted.state);
  if (!dead) return;
  base::log(LogLevel::error, "courier.item_dead",
            {{"envelope", to_string(attempted.id)},
             {"reason", name_of(dead->reason)},
             {"what_to_do", "bangwu-kiosk queue show " + to_string(attempted.id)}});
  mailbox_.post(kNoVisit, session::DeliveryStuck{to_string(attempted.id)});
  // No envelope of this machine will arrive until staff have seen to it, so no more are taken in.
  using outbox::Reason;
  const bool is_refused = dead->reason == Reason::duplicate_identity || dead->reason == Reason::unknown_kiosk;
  if (is_refused) mailbox_.post(kNoVisit, session::FaultFound{session::MachineFault::cannot_deliver});
}

void Kiosk::start_courier(blobs::BlobStore blobs) {
  if (!identity_) return;
  auto settings = courier::settings_for(*identity_);
  if (options_.config.central.plain_http_on_loopback) settings.plain = http_client::PlainHttp::on_loopback;
  const auto publish = [this](const courier::Event& event) {
    std::visit([this](const auto& fact) { tell(fact); }, event);
  };
  auto worker = courier::Worker::start({options_.data / "outbox", std::move(settings), keeping_of(options_.config)},
                                       *identity_, std::move(blobs), clock_, random_, publish);
  if (worker) {
    courier_ = std::move(*worker);
    return;
  }
  // What would be taken in now could not be brought anywhere: no visit begins.
  base::log(LogLevel::error, "courier.not_started",
            {{"detail", worker.error().detail}, {"what_to_do", "mend what it says and start anew; no visit begins"}});
  mailbox_.post(kNoVisit, session::FaultFound{session::MachineFault::cannot_deliver});
}

void Kiosk::take_over_pinyin() {
  if (pinyin_ && !tools_.pinyin && pinyin_->has_finished()) tools_.pinyin = pinyin_.get();
}

void Kiosk::run() {
  for (;;) {
    const auto tick = session::next_tick(hall_, *session_, now());
    if (window_->wait(next_turn(tick)) == widgets::Window::Woken::closed || asked_to_end_.load()) break;
    turns_.fetch_add(1, std::memory_order_relaxed);
    take_over_pinyin();
    take_mail();
    if (tick && *tick <= clock_.steady()) apply(session::Ticked{});
    look_at_clock();
    draw_what_changed();
    // From here, where no caller's frame still holds anything of the visit.
    if (std::exchange(has_forgotten_, false)) {
      wipe_unused_stack();
      return_free_memory();
    }
    serve_inspection();
  }
  if (visit_ != kNoVisit) carry_out(session::ForgetVisit{});
}

void Kiosk::ask_to_end() {
  asked_to_end_.store(true);
  window_->wake();
}

base::SteadyTime Kiosk::next_turn(std::optional<base::SteadyTime> tick) const {
  auto next = tick.value_or(clock_.steady() + std::chrono::hours{1});
  if (inspection_ && inspection_->has_request()) next = std::min(next, clock_.steady() + std::chrono::milliseconds{20});
  return next;
}

void Kiosk::take_mail() {
  for (auto& letter : mailbox_.take_all()) {
    if (letter.visit != kNoVisit && letter.visit != visit_) continue;  // of a visit that is over
    if (const auto* picture = std::get_if<PictureReady>(&letter.content)) pictures_.put(*picture);
    else apply(std::get<session::Message>(letter.content));
  }
}

void Kiosk::draw_what_changed() {
  do {
    window_->frame([this](widgets::Ui& ui) { return draw(ui); });
  } while (window_->input_pending());
}

widgets::Drawn Kiosk::draw(widgets::Ui& ui) {
  if (const auto input = window_ ? window_->last_input() : last_input_; input != last_input_) {
    last_input_ = input;
    apply(session::Touched{});
  }
  emitted_.clear();
  screens::draw(ui, view(), tools_, screen_state_, emitted_);
  if (emitted_.empty()) return widgets::Drawn::current;
  for (const auto& message : std::exchange(emitted_, {})) apply(message);
  return widgets::Drawn::stale;
}

const session::View& Kiosk::view() {
  if (!view_) view_ = std::make_unique<session::View>(session::view_of(hall_, *session_, now()));
  return *view_;
}

// Told once each way: the clock of a machine whose battery was empty is set by the network, sooner or later.
void Kiosk::look_at_clock() {
  const bool is_wrong = session::clock_is_wrong(hall_, now());
  if (is_wrong == session_->machine.contains(session::MachineFault::clock_wrong)) return;
  if (is_wrong) {
    base::log(LogLevel::error, "kiosk.clock_wrong",
              {{"what_to_do", "set the clock and replace the board's battery; dates are not judged here until then"}});
    apply(session::FaultFound{session::MachineFault::clock_wrong});
  } else {
    base::log(LogLevel::info, "kiosk.clock_right", {});
    apply(session::FaultGone{session::MachineFault::clock_wrong});
  }
}

bool Kiosk::is_settled() const {
  const bool session_waits = session::clock_is_held(*session_);
  return !session_waits && !pinyin_->is_loading() && mailbox_.empty() && !window_->input_pending() &&
         storage_->idle() && devices_->idle() &&
         window_->stage().next_frame_at() > clock_.steady() + std::chrono::hours{1};
}

void Kiosk::serve_inspection() {
  if (!inspection_ || !inspection_->has_request()) return;
  inspection_->serve({session::name_of(view().screen), &window_->items(), is_settled(),
                      [this](const std::filesystem::path& path) { return window_->save_png(path); }});
}

}  // namespace bangwu::runtime
