#pragma once
#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http_client/client.h"
#include "http_client/verified_file.h"

/// Inside the room only: one libcurl easy handle and the request it is busy with.
namespace bangwu::http_client {

class Transfer {
 public:
  Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Prepares the handle for a request; fails before anything is sent if its file cannot be opened.
  [[nodiscard]] base::Result<void> prepare(const Request& request, const Origin& origin, const Settings& settings);
  /// What came of it; also lets go of the request's body.
  [[nodiscard]] Outcome conclude(CURLcode result);
  [[nodiscard]] Outcome cancel();
  [[nodiscard]] CURL* handle() const { return handle_.get(); }

 private:
  using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
  using List = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

  static std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* self);
  static int on_seek(void* self, curl_off_t offset, int from);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent);

  [[nodiscard]] base::Result<void> prepare_body(const Request& request);
  void prepare_connection(const Settings& settings);
  void prepare_headers(const Request& request, const Settings& settings);
  [[nodiscard]] Outcome failure(base::ErrorCode code, const char* what);
  void forget_request();

  Handle handle_;
  List headers_;
  std::optional<VerifiedFile> file_;
  std::string text_;
  std::size_t text_sent_ = 0;
  std::optional<base::Error> file_error_;
  Answer answer_;
  bool has_whole_head_ = false;
  std::size_t answer_limit_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::milliseconds allowance_{};  ///< for an exchange without bytes
  std::uint64_t slowest_sent_ = 1, slowest_received_ = 1;
  bool is_out_of_time_ = false;
};

}  // namespace bangwu::http_client
