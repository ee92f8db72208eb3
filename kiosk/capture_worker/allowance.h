#pragma once
#include <chrono>
#include <cstddef>
#include <ctime>
#include <qpdf/Pipeline.hh>

namespace bangwu::capture_worker {

/// Thrown when a document takes more than it is allowed. No std::exception: those mean that something cannot be read,
/// and are passed over.
struct TooMuch {};

/// What the preparation of one document may take of the processor: its own time, so that a busy machine refuses nothing
/// that is honest. Asked wherever a document says how often something is done.
class Allowance {
 public:
  explicit Allowance(std::chrono::milliseconds most) : end_(std::clock() + most.count() * CLOCKS_PER_SEC / 1'000) {}
  /// Throws TooMuch when it is used up.
  void check() const {
    if (std::clock() > end_) throw TooMuch();
  }

 private:
  std::clock_t end_;
};

/// Counts what is unpacked, gives it on if there is a next, and throws TooMuch at a bomb.
class Counter final : public Pipeline {
 public:
  explicit Counter(const Allowance& allowance, Pipeline* further = nullptr)
      : Pipeline("counter", further), allowance_(allowance) {}
  void write(const unsigned char* bytes, std::size_t count) override {
    total_ += count;
    if (total_ > kMost) throw TooMuch();
    if (total_ > looked_at_ + kBetweenLooks) {
      looked_at_ = total_;
      allowance_.check();
    }
    if (Pipeline* further = getNext(true); further != nullptr) further->write(bytes, count);
  }
  void finish() override {
    if (Pipeline* further = getNext(true); further != nullptr) further->finish();
  }

 private:
  static constexpr std::size_t kMost = 64U << 20;  ///< bytes of one page's drawing orders, or of one appearance
  static constexpr std::size_t kBetweenLooks = 64U << 10;
  const Allowance& allowance_;
  std::size_t total_ = 0;
  std::size_t looked_at_ = 0;
};

}  // namespace bangwu::capture_worker
