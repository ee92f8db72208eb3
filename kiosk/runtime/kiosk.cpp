#include "runtime/kiosk.h"

#include <cstdlib>

#include "base/log.h"
#include "paper/qr.h"
#include "runtime/pinyin_loader.h"
#include "runtime/wiping.h"
#include "widgets/words.h"

namespace bangwu::runtime {

using base::LogLevel;

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

Kiosk::~Kiosk() {
  watchdog_ = {};  // it looks at what ends below
  storage_.reset();
  courier_.reset();
  if (!devices_ || !devices_->any_hangs()) return;
  // Nobody can end a thread that lies in the kernel. All else has ended, and what was accepted is on the disk.
  base::log(LogLevel::warning, "kiosk.ends_without_a_device", {});
  std::_Exit(0);
}

void Kiosk::take_over_pinyin() {
  if (pinyin_ && !tools_.pinyin && pinyin_->has_finished()) tools_.pinyin = pinyin_.get();
}

base::Result<void> Kiosk::run() {
  if (why_not_) return show_why_not();
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
  return {};
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
  const bool workers_wait = why_not_ || (!pinyin_->is_loading() && storage_->idle() && devices_->idle());
  return !session_waits && workers_wait && mailbox_.empty() && !window_->input_pending() &&
         window_->stage().next_frame_at() > clock_.steady() + std::chrono::hours{1};
}

void Kiosk::serve_inspection() {
  if (!inspection_ || !inspection_->has_request()) return;
  inspection_->serve({session::name_of(view().screen), &window_->items(), is_settled(),
                      [this](const std::filesystem::path& path) { return window_->save_png(path); }});
}

}  // namespace bangwu::runtime
