#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "http/endpoints.h"
#include "http/message.h"
#include "http/routes.h"
#include "http/workers.h"

namespace bangwu::http {

/// Whose turn a request of an address is, before it is known to be a kiosk's; see Workers.
[[nodiscard]] std::string turn_of_address(const std::string& address);

/// One request between the connection's thread, which only puts down what came, and the workers, which do all that may
/// wait: who asks, the disk, the answer. Steps of one request never run at once. A body is held in memory until a
/// worker takes it; so much may wait, of one request, of one sender and of all: beyond it the request ends with 503,
/// and an upload keeps what had come. Until a worker has looked at a kiosk's token its request is the address's.
class Intake final : public BodySink, public std::enable_shared_from_this<Intake> {
 public:
  Intake(Endpoints& endpoints, const Route& route, Call call, Responder respond);
  ~Intake() override;
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;
  /// Once, after it is made: whoever asks is looked at while the body comes.
  void begin();

  void data(std::span<const std::uint8_t> bytes) override;
  void finished() override;
  void broken() override;

 private:
  struct News {
    std::string bytes;
    bool is_finished = false, is_broken = false, is_too_much = false;
  };
  void wake(std::unique_lock<std::mutex>& lock);
  void post();
  void run();
  void safely(const std::function<void()>& work);
  void step(News& news);
  void look_who_asks();
  void forget_bytes(std::size_t count);
  [[nodiscard]] bool has_more() const;
  void end(Reply reply);
  void leave();

  Endpoints& endpoints_;
  const Route& route_;
  Call call_;
  Responder respond_;
  std::unique_ptr<Receiver> receiver_;
  std::shared_ptr<void> turn_;  ///< this request's place among the kiosk's
  bool is_looked_at_ = false, is_open_ = false;

  std::mutex mutex_;
  News news_;              ///< guarded by mutex_
  std::string whose_;      ///< guarded by mutex_: whose turn and memory this takes
  std::size_t held_ = 0;   ///< guarded by mutex_: bytes counted as theirs
  bool is_woken_ = false;  ///< guarded by mutex_: a worker will look
  std::atomic<bool> is_over_ = false;
};

}  // namespace bangwu::http
