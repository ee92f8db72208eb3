#include "http/intake.h"

#include <exception>

#include "base/log.h"

namespace bangwu::http {
namespace {

/// Waiting for a worker, of one request.
constexpr std::size_t kMostOfOne = 32U << 20;
/// A streamed body is handed on in parts of this size, not in what TLS happens to bring.
constexpr std::size_t kHandedOn = 256U << 10;

Reply too_much() {
  Reply reply = to_reply({503, "busy", "the central service has too much to do: come back later", {}, {}});
  reply.connection = Connection::close;
  return reply;
}

}  // namespace

std::string turn_of_address(const std::string& address) { return "address " + address; }

Intake::Intake(Endpoints& endpoints, const Route& route, Call call, Responder respond)
    : endpoints_(endpoints),
      route_(route),
      call_(std::move(call)),
      respond_(std::move(respond)),
      whose_(turn_of_address(call_.address)) {}

Intake::~Intake() { endpoints_.memory.remove(whose_, held_); }

void Intake::begin() {
  std::unique_lock lock(mutex_);
  wake(lock);
}

void Intake::data(std::span<const std::uint8_t> bytes) {
  if (is_over_) return;
  std::unique_lock lock(mutex_);
  if (news_.is_too_much) return;
  news_.bytes.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  held_ += bytes.size();
  news_.is_too_much = !endpoints_.memory.add(whose_, bytes.size()) || news_.bytes.size() > kMostOfOne;
  if (has_more()) wake(lock);
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

/// With the lock held.
bool Intake::has_more() const {
  return news_.is_finished || news_.is_broken || news_.is_too_much ||
         (route_.body == BodyKind::stream && news_.bytes.size() >= kHandedOn);
}

void Intake::wake(std::unique_lock<std::mutex>& lock) {
  if (std::exchange(is_woken_, true)) return;
  lock.unlock();
  post();
}

/// Only while it is woken: nobody else changes whose it is.
void Intake::post() {
  endpoints_.workers.post(whose_, [self = shared_from_this()] { self->run(); });
}

void Intake::run() {
  const bool is_first = !std::exchange(is_looked_at_, true);
  if (is_first && route_.who == Who::kiosk) {
    safely([this] { look_who_asks(); });
    if (!is_over_) return post();  // it goes on in the kiosk's own turn
  }
  News news;
  {
    const std::lock_guard lock(mutex_);
    std::swap(news, news_);
  }
  if (!is_over_) safely([&] { step(news); });
  if (receiver_ != nullptr || is_over_) forget_bytes(news.bytes.size());
  std::unique_lock lock(mutex_);
  is_woken_ = false;
  if (has_more()) wake(lock);
}

void Intake::safely(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "http.request_failed", {{"why", error.what()}});
    end(to_reply({500, "internal", "the central service made a mistake: tell its operator", {}, {}}));
  }
}

void Intake::forget_bytes(std::size_t count) {
  const std::lock_guard lock(mutex_);
  held_ -= count;
  endpoints_.memory.remove(whose_, count);
}

void Intake::step(News& news) {
  if (!std::exchange(is_open_, true) && route_.open != nullptr) {
    Opened opened = route_.open(endpoints_, call_);
    if (auto* reply = std::get_if<Reply>(&opened)) return end(std::move(*reply));
    receiver_ = std::move(std::get<std::unique_ptr<Receiver>>(opened));
  }
  if (receiver_) {
    if (!news.bytes.empty()) {
      const std::span bytes(reinterpret_cast<const std::uint8_t*>(news.bytes.data()), news.bytes.size());
      if (auto answered = receiver_->take(bytes)) return end(std::move(*answered));
    }
  } else {
    call_.body += news.bytes;
  }
  if ((news.is_broken || news.is_too_much) && receiver_) receiver_->broken();
  if (news.is_broken) return leave();
  if (news.is_too_much) return end(too_much());
  if (news.is_finished) end(receiver_ ? receiver_->finish() : route_.answer(endpoints_, call_));
}

/// On a worker: a token may have to be looked up. From then on the request is the kiosk's, not the address's.
void Intake::look_who_asks() {
  auto kiosk = admit(endpoints_.services, *call_.request);
  if (!kiosk) return end(std::move(kiosk.error()));
  call_.kiosk = std::move(*kiosk);
  turn_ = endpoints_.turns.take(call_.kiosk.id);
  if (turn_ == nullptr) {
    return end(
        to_reply({429, "too-many-requests", "the kiosk has too many requests under way: come back later", {}, {}}));
  }
  const std::lock_guard lock(mutex_);
  endpoints_.memory.remove(whose_, held_);
  whose_ = "kiosk " + call_.kiosk.id;
  news_.is_too_much |= !endpoints_.memory.add(whose_, held_);
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
