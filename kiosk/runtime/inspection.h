#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "widgets/items.h"

namespace bangwu::runtime {

/// What the UI thread answers from.
struct Inspected {
  std::string screen;  ///< session::name_of
  const std::vector<widgets::Item>* items = nullptr;
  bool settled = false;  ///< nothing moves, nothing waits
  std::function<base::Result<void>(const std::filesystem::path&)> save_png;
};

/// The inspection socket of tests: a Unix socket, mode 0600, one client at a time, one JSON object a line each way.
///
///   {"op":"items"}      →
///   {"screen":"guide","items":[{"id","role","label","value","rect":[x,y,w,h],"visible":[x,y,w,h],
///                          "enabled","selected","focused","touchable","covered"}, …]}; rectangles in pixels
///   {"op":"settled"}    → {"settled":true,"screen":"guide"} once nothing moves or waits any more
///   {"op":"screenshot","path":"…"} → {"saved":true} after the present picture was written as PNG
///   anything else       → {"error":"what is wrong"}
///
/// It shows what a visitor typed and is therefore off unless asked for, and refused by a production configuration.
class Inspection {
 public:
  /// `wake` asks the UI thread to call serve(); any thread.
  [[nodiscard]] static base::Result<std::unique_ptr<Inspection>> open(const std::filesystem::path& socket,
                                                                      std::function<void()> wake);
  ~Inspection();
  Inspection(const Inspection&) = delete;
  Inspection& operator=(const Inspection&) = delete;

  /// UI thread, once a turn of its loop: answers the request that waits, if it can be answered now.
  void serve(const Inspected& now);
  [[nodiscard]] bool has_request() const;

 private:
  Inspection(std::filesystem::path path, base::FileHandle listener, std::function<void()> wake);
  void run(const std::stop_token& stop);
  void talk_to(int client, const std::stop_token& stop);
  [[nodiscard]] std::optional<std::string> ask(std::string request, const std::stop_token& stop);

  std::filesystem::path path_;
  base::FileHandle listener_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any answered_;
  std::optional<std::string> request_;  // guarded by mutex_
  std::optional<std::string> answer_;   // guarded by mutex_
  std::jthread thread_;
};

}  // namespace bangwu::runtime
