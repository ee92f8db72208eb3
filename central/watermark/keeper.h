#pragma once
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>

#include "watermark/watermark.h"

namespace bangwu::watermark {

/// Moves the watermark with what is stored: writes it when begun, then at most once a second, and when it ends. A disk
/// that does not take it is told in the log, and tried again with the next envelope. stored() is thread-safe and waits
/// for no disk. Of two processes that take envelopes in at a time the watermark may lag behind; a start puts it right.
class Keeper {
 public:
  /// `receipt_key` is borrowed.
  Keeper(std::filesystem::path file, Watermark known, const envelope::SigningKey& receipt_key);
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  /// To be called when it is on the disk, not before.
  void stored(std::string_view kiosk, std::uint64_t sequence, base::SystemTime at);
  /// It is an older copy of itself, noticed only now.
  void begin_generation(std::string generation);

 private:
  void write_down(const Watermark& watermark) const;
  void run(const std::stop_token& stop);

  const std::filesystem::path file_;
  const envelope::SigningKey& receipt_key_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  Watermark current_;          ///< guarded by mutex_
  bool is_unwritten_ = false;  ///< guarded by mutex_
  std::jthread thread_;        ///< last: it uses all above
};

}  // namespace bangwu::watermark
