#include "watermark/keeper.h"

#include <algorithm>

#include "base/log.h"

namespace bangwu::watermark {
namespace {

constexpr std::chrono::seconds kBetweenWrites{1};

}  // namespace

Keeper::Keeper(std::filesystem::path file, Watermark known, const envelope::SigningKey& receipt_key)
    : file_(std::move(file)), receipt_key_(receipt_key), current_(std::move(known)) {
  write_down(current_);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Keeper::~Keeper() {
  thread_.request_stop();
  thread_.join();
}

void Keeper::stored(std::string_view kiosk, std::uint64_t sequence, base::SystemTime at) {
  {
    const std::lock_guard lock(mutex_);
    ++current_.envelopes;
    current_.latest = std::max(current_.latest, at);
    auto& highest = current_.highest[std::string(kiosk)];
    highest = std::max(highest, sequence);
    is_unwritten_ = true;
  }
  changed_.notify_one();
}

void Keeper::write_down(const Watermark& watermark) const {
  if (const auto written = write(file_, watermark, receipt_key_); !written)
    base::log(base::LogLevel::error, "watermark.not_written", {{"why", written.error().detail}});
}

void Keeper::begin_generation(std::string generation) {
  {
    const std::lock_guard lock(mutex_);
    current_.generation = std::move(generation);
    is_unwritten_ = true;
  }
  changed_.notify_one();
}

void Keeper::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, stop, [this] { return is_unwritten_; });
    if (!is_unwritten_) return;  // told to stop
    is_unwritten_ = false;
    const Watermark copy = current_;
    lock.unlock();
    write_down(copy);
    lock.lock();
    changed_.wait_for(lock, stop, kBetweenWrites, [] { return false; });
  }
}

}  // namespace bangwu::watermark
