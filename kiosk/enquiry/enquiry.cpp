#include "enquiry/enquiry.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/log.h"
#include "enquiry/answer.h"

namespace bangwu::enquiry {

using std::chrono::steady_clock;

struct Enquiry::Desk {
  Desk(EnquirySettings how, http_client::Origin where, Publish publisher)
      : settings(std::move(how)), origin(std::move(where)), publish(std::move(publisher)) {}

  const EnquirySettings settings;
  const http_client::Origin origin;
  const Publish publish;

  mutable std::mutex mutex;
  std::condition_variable_any changed;
  std::optional<CaseQuestion> waiting;  // guarded by mutex
  std::optional<Ticket> wanted;         // guarded by mutex: whose answer somebody waits for
  bool is_working = false;              // guarded by mutex
  std::jthread thread;                  // last: it uses all above

  void run(const std::stop_token& stop) {
    while (auto question = take(stop)) {
      auto answer = Answer{question->ticket, find(*question, stop)};
      wipe(question->number);
      wipe(question->proof);
      if (put_down(answer.ticket)) publish(std::move(answer));
      const std::scoped_lock lock{mutex};
      is_working = false;
    }
  }

  [[nodiscard]] std::optional<CaseQuestion> take(const std::stop_token& stop) {
    std::unique_lock lock{mutex};
    changed.wait(lock, stop, [this] { return waiting.has_value(); });
    if (stop.stop_requested()) return std::nullopt;
    is_working = true;
    return std::exchange(waiting, std::nullopt);
  }

  [[nodiscard]] bool is_wanted(Ticket ticket) const {
    const std::scoped_lock lock{mutex};
    return wanted == ticket;
  }
  /// True if it was wanted still.
  [[nodiscard]] bool put_down(Ticket ticket) {
    const std::scoped_lock lock{mutex};
    if (wanted != ticket) return false;
    wanted.reset();
    return true;
  }

  /// On a connection of its own: what libcurl keeps of an exchange goes with it.
  [[nodiscard]] std::variant<domain::cases::Standing, Failure> find(const CaseQuestion& question,
                                                                    const std::stop_token& stop) {
    const auto end = steady_clock::now() + settings.deadline;
    auto client = http_client::Client::open(origin, settings.http);
    if (!client) return failed(Failure::unreachable, client.error());
    auto request = request_for(question);
    auto outcome = client->send(request, stop, [&] { return steady_clock::now() < end && is_wanted(question.ticket); });
    wipe(request.path);
    for (auto& header : request.headers) wipe(header.value);
    auto* answer = std::get_if<http_client::Answer>(&outcome);
    if (answer == nullptr) return why(outcome, steady_clock::now() >= end);
    auto found = read_answer(*answer);
    wipe(answer->body);
    return found;
  }

  [[nodiscard]] static Failure why(const http_client::Outcome& outcome, bool is_late) {
    const auto* unsent = std::get_if<http_client::NotSent>(&outcome);
    const auto& error = unsent != nullptr ? unsent->error : std::get<http_client::OutcomeUnknown>(outcome).error;
    const bool is_slow = is_late || error.code == base::ErrorCode::timed_out;
    return failed(is_slow ? Failure::slow : Failure::unreachable, error);
  }
  [[nodiscard]] static Failure failed(Failure failure, const base::Error& error) {
    if (failure == Failure::slow || error.code != base::ErrorCode::cancelled) {
      base::log(base::LogLevel::warning, "enquiry.failed",
                {{"why", name_of(failure)}, {"code", base::name_of(error.code)}, {"detail", error.detail}});
    }
    return failure;
  }
};

EnquirySettings settings_for(const identity::KioskIdentity& identity) {
  EnquirySettings settings;
  settings.http.ca_file = identity.ca_file;
  settings.http.bearer = identity.token;
  return settings;
}

Enquiry::Enquiry(std::unique_ptr<Desk> desk) : desk_(std::move(desk)) {}

Enquiry::~Enquiry() {
  cancel_all();
  desk_->thread.request_stop();
  desk_->thread.join();
}

base::Result<std::unique_ptr<Enquiry>> Enquiry::start(EnquirySettings settings, const std::string& central_url,
                                                      Publish publish) {
  auto origin = http_client::Origin::parse(central_url, settings.plain);
  if (!origin) return tl::unexpected(origin.error());
  auto desk = std::make_unique<Desk>(std::move(settings), std::move(*origin), std::move(publish));
  desk->thread = std::jthread([running = desk.get()](const std::stop_token& stop) { running->run(stop); });
  return std::unique_ptr<Enquiry>(new Enquiry(std::move(desk)));
}

void Enquiry::ask(CaseQuestion question) {
  {
    const std::scoped_lock lock{desk_->mutex};
    desk_->wanted = question.ticket;
    desk_->waiting = std::move(question);
  }
  desk_->changed.notify_one();
}

void Enquiry::cancel(Ticket ticket) {
  const std::scoped_lock lock{desk_->mutex};
  if (desk_->wanted == ticket) desk_->wanted.reset();
  if (desk_->waiting && desk_->waiting->ticket == ticket) desk_->waiting.reset();
}

void Enquiry::cancel_all() {
  const std::scoped_lock lock{desk_->mutex};
  desk_->wanted.reset();
  desk_->waiting.reset();
}

bool Enquiry::idle() const {
  const std::scoped_lock lock{desk_->mutex};
  return !desk_->waiting && !desk_->is_working;
}

}  // namespace bangwu::enquiry
