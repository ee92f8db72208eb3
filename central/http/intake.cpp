#include "http/intake.h"

#include <exception>

#include "base/log.h"

namespace bangwu::http {
namespace {

/// Waiting for a worker: of one request, and of all together.
constexpr std::size_t kMostOfOne = 32U << 20;
constexpr std::size_t kMostOfAll = 256U << 20;
/// A streamed body is handed on in parts of this size, not in what TLS happens to bring.
constexpr std::size_t kHandedOn = 256U << 10;

Reply too_much() {
  Reply reply = to_reply({503, "busy", "the central service has too much to do: come back later", {}, {}});
  reply.connection = Connection::close;
  return reply;
}

}  // namespace

Intake::Intake(Endpoints& endpoints, const Route& route, Call call, Responder respond)
    : endpoints_(endpoints), route_(route), call_(std::move(call)), respond_(std::move(respond)) {}

Intake::~Intake() { endpoints_.held -= news_.bytes.size() + call_.body.size(); }

void Intake::begin() {
  std::unique_lock lock(mutex_);
  wake(lock);
}

void Intake::data(std::span<const std::uint8_t> bytes) {
  if (is_over_) return;
  std::unique_lock lock(mutex_);
  if (news_.is_too_much) return;
  news_.bytes.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::size_t of_all = endpoints_.held += bytes.size();
  news_.is_too_much = of_all > kMostOfAll || news_.bytes.size() > kMostOfOne;
  if (news_.is_too_much || (route_.body == BodyKind::stream && news_.bytes.size() >= kHandedOn)) wake(lock);
}

void Intake::finished() {
  std::unique_lock lock(mutex_);
  news_.is_finished = true;
  wake(lock);
}

void Intake::broken() {
  std::unique_lock lock(mutex_);
  news_.is_broken = true;
  wake(lock);
}

void Intake::wake(std::unique_lock<std::mutex>& lock) {
  if (std::exchange(is_woken_, true)) return;
  lock.unlock();
  endpoints_.workers.post([self = shared_from_this()] { self->run(); });
}

void Intake::run() {
  News news;
  {
    const std::lock_guard lock(mutex_);
    std::swap(news, news_);
  }
  try {
    if (!is_over_) step(news);
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "http.request_failed", {{"why", error.what()}});
    end(to_reply({500, "internal", "the central service made a mistake: tell its operator", {}, {}}));
  }
  endpoints_.held -= news.bytes.size();
  std::unique_lock lock(mutex_);
  is_woken_ = false;
  const bool has_more = news_.is_finished || news_.is_broken || news_.is_too_much ||
                        (route_.body == BodyKind::stream && news_.bytes.size() >= kHandedOn);
  if (has_more) wake(lock);
}

void Intake::step(News& news) {
  if (!std::exchange(is_open_, true)) {
    if (auto refused = open()) return end(std::move(*refused));
  }
  if (receiver_) {
    if (!news.bytes.empty()) {
      const std::span bytes(reinterpret_cast<const std::uint8_t*>(news.bytes.data()), news.bytes.size());
      if (auto answered = receiver_->take(bytes)) return end(std::move(*answered));
    }
  } else {
    endpoints_.held += news.bytes.size();
    call_.body += news.bytes;
  }
  if ((news.is_broken || news.is_too_much) && receiver_) receiver_->broken();
  if (news.is_broken) return leave();
  if (news.is_too_much) return end(too_much());
  if (news.is_finished) end(receiver_ ? receiver_->finish() : route_.answer(endpoints_, call_));
}

std::optional<Reply> Intake::open() {
  if (route_.who == Who::kiosk) {
    auto kiosk = admit(endpoints_.services, *call_.request);
    if (!kiosk) return std::move(kiosk.error());
    call_.kiosk = std::move(*kiosk);
    turn_ = endpoints_.turns.take(call_.kiosk.id);
    if (turn_ == nullptr) {
      return to_reply({429, "too-many-requests", "the kiosk has too many requests under way: come back later", {}, {}});
    }
  }
  if (route_.open == nullptr) return std::nullopt;
  Opened opened = route_.open(endpoints_, call_);
  if (auto* reply = std::get_if<Reply>(&opened)) return std::move(*reply);
  receiver_ = std::move(std::get<std::unique_ptr<Receiver>>(opened));
  return std::nullopt;
}

void Intake::end(Reply reply) {
  const Responder respond = respond_;
  if (is_over_) return;
  leave();
  respond(std::move(reply));
}

void Intake::leave() {
  is_over_ = true;
  receiver_.reset();
  turn_.reset();
  respond_ = nullptr;
}

}  // namespace bangwu::http
