#include "http_client/transfer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"

namespace bangwu::http_client {
namespace {

constexpr std::size_t kMostHeaders = 100;
constexpr long kSmallUploadBuffer = 64L << 10;
constexpr long kLargeUploadBuffer = 128L << 10;  // hashed and handed over while the socket still has some to send

const char* verb(Method method) {
  switch (method) {
    case Method::options: return "OPTIONS";
    case Method::head: return "HEAD";
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::remove: return "DELETE";
  }
  return "GET";
}

base::ErrorCode code_of(CURLcode result) {
  switch (result) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return base::ErrorCode::unauthorised;
    case CURLE_OPERATION_TIMEDOUT: return base::ErrorCode::timed_out;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT: return base::ErrorCode::internal;
    default: return base::ErrorCode::unavailable;
  }
}

}  // namespace

Transfer::Transfer() : handle_(curl_easy_init(), &curl_easy_cleanup), headers_(nullptr, &curl_slist_free_all) {}

base::Result<void> Transfer::prepare(const Request& request, const Origin& origin, const Settings& settings) {
  forget_request();
  answer_ = {};
  has_whole_head_ = false;
  answer_limit_ = settings.answer_limit;
  began_ = std::chrono::steady_clock::now();
  allowance_ = settings.connect_timeout + 2 * settings.stall;
  const bool is_file = std::holds_alternative<FileBody>(request.body);
  slowest_sent_ = is_file ? settings.slowest_file_per_second : settings.slowest_text_per_second;
  slowest_received_ = settings.slowest_answer_per_second;
  is_out_of_time_ = false;
  curl_easy_reset(handle_.get());
  curl_easy_setopt(handle_.get(), CURLOPT_URL, origin.url_of(request.path).c_str());
  curl_easy_setopt(handle_.get(), CURLOPT_PROTOCOLS_STR, origin.is_plain() ? "http" : "https");
  curl_easy_setopt(handle_.get(), CURLOPT_PRIVATE, this);
  prepare_connection(settings);
  if (auto ready = prepare_body(request); !ready) return ready;
  if (request.method == Method::head) curl_easy_setopt(handle_.get(), CURLOPT_NOBODY, 1L);
  curl_easy_setopt(handle_.get(), CURLOPT_CUSTOMREQUEST, verb(request.method));
  prepare_headers(request, settings);
  return {};
}

void Transfer::prepare_connection(const Settings& settings) {
  CURL* curl = handle_.get();
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);  // a stop does not wait for a hanging name server
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 64L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings.stall.count()));
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!settings.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
}

base::Result<void> Transfer::prepare_body(const Request& request) {
  CURL* curl = handle_.get();
  std::uint64_t length = 0;
  if (const auto* file = std::get_if<FileBody>(&request.body)) {
    auto opened = VerifiedFile::open(file->path, file->blob, file->offset);
    if (!opened) return tl::unexpected(opened.error());
    file_ = std::move(*opened);
    length = file_->length();
  } else if (const auto* text = std::get_if<std::string>(&request.body)) {
    text_ = *text;
    length = text_.size();
  } else if (request.method == Method::post || request.method == Method::patch) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{0});
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");
    return {};
  } else {
    return {};
  }
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(length));
  curl_easy_setopt(curl, CURLOPT_UPLOAD_BUFFERSIZE,
                   std::clamp(static_cast<long>(std::min<std::uint64_t>(length, kLargeUploadBuffer)),
                              kSmallUploadBuffer, kLargeUploadBuffer));
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &Transfer::on_read);
  curl_easy_setopt(curl, CURLOPT_READDATA, this);
  curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &Transfer::on_seek);
  curl_easy_setopt(curl, CURLOPT_SEEKDATA, this);
  return {};
}

void Transfer::prepare_headers(const Request& request, const Settings& settings) {
  curl_slist* list = nullptr;
  const auto add = [&list](const std::string& line) {
    if (curl_slist* longer = curl_slist_append(list, line.c_str())) list = longer;
  };
  add("Expect:");
  add("User-Agent: " + settings.user_agent);
  if (!settings.bearer.empty()) add("Authorization: Bearer " + settings.bearer);
  bool has_type = false;
  for (const Header& header : request.headers) {
    add(header.name + ": " + header.value);
    has_type = has_type || header.name == "Content-Type";
  }
  if (!has_type) add("Content-Type:");
  headers_.reset(list);
  curl_easy_setopt(handle_.get(), CURLOPT_HTTPHEADER, list);
}

std::size_t Transfer::on_read(char* buffer, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t room = size * count;
  if (!transfer.file_) {
    const std::size_t part = std::min(room, transfer.text_.size() - transfer.text_sent_);
    std::memcpy(buffer, transfer.text_.data() + transfer.text_sent_, part);
    transfer.text_sent_ += part;
    return part;
  }
  auto got = transfer.file_->read({buffer, room});
  if (got) return *got;
  transfer.file_error_ = got.error();
  return CURL_READFUNC_ABORT;
}

int Transfer::on_seek(void* self, curl_off_t offset, int from) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (from != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  if (transfer.file_) {
    return transfer.file_->seek(static_cast<std::uint64_t>(offset)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
  }
  if (static_cast<std::size_t>(offset) > transfer.text_.size()) return CURL_SEEKFUNC_FAIL;
  transfer.text_sent_ = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
  auto& answer = static_cast<Transfer*>(self)->answer_;
  const std::size_t length = size * count;
  if (answer.body.size() + length > static_cast<Transfer*>(self)->answer_limit_) {
    answer.is_whole = false;
    return length == 0 ? 1 : 0;  // anything but `length` ends the transfer
  }
  answer.body.append(data, length);
  return length;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& answer = static_cast<Transfer*>(self)->answer_;
  const std::string_view line{data, size * count};
  auto& has_whole_head = static_cast<Transfer*>(self)->has_whole_head_;
  has_whole_head = line == "\r\n" || line == "\n";
  if (line.starts_with("HTTP/")) {
    answer.headers.clear();  // the final answer after a 1xx
  } else if (const auto colon = line.find(':');
             colon != std::string_view::npos && answer.headers.size() < kMostHeaders) {
    answer.headers.push_back(
        {std::string(base::trimmed(line.substr(0, colon))), std::string(base::trimmed(line.substr(colon + 1)))});
  }
  return line.size();
}

/// Called about once a second and as bytes flow. libcurl's own limits know silence and a fixed end, not one that grows
/// with what was done.
int Transfer::on_progress(void* self, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto time_for = [](curl_off_t bytes, std::uint64_t per_second) {
    return std::chrono::milliseconds{static_cast<std::int64_t>(bytes) * 1000 / static_cast<std::int64_t>(per_second)};
  };
  const auto allowed =
      transfer.allowance_ + time_for(sent, transfer.slowest_sent_) + time_for(received, transfer.slowest_received_);
  transfer.is_out_of_time_ = std::chrono::steady_clock::now() - transfer.began_ > allowed;
  return transfer.is_out_of_time_ ? 1 : 0;
}

Outcome Transfer::failure(base::ErrorCode code, const char* what) {
  base::Error error{code, what};
  if (file_error_) {
    error = *file_error_;
    forget_request();
    return NotSent{std::move(error)};
  }
  curl_off_t ready = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &ready);
  forget_request();
  if (ready > 0) return OutcomeUnknown{std::move(error)};
  return NotSent{std::move(error)};
}

Outcome Transfer::conclude(CURLcode result) {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  if (result == CURLE_WRITE_ERROR && !answer_.is_whole) {
    answer_.body.clear();
    result = CURLE_OK;
  }
  if (is_out_of_time_) return failure(base::ErrorCode::timed_out, "too slow: given up");
  if (result != CURLE_OK) return failure(code_of(result), curl_easy_strerror(result));
  // To libcurl a connection that ends among the headers is an answer without a body.
  if (!has_whole_head_) return failure(base::ErrorCode::unavailable, "the answer broke off");
  forget_request();
  answer_.status = static_cast<int>(status);
  return std::move(answer_);
}

Outcome Transfer::cancel() { return failure(base::ErrorCode::cancelled, "cancelled"); }

void Transfer::forget_request() {
  file_.reset();
  file_error_.reset();
  text_.clear();
  text_sent_ = 0;
}

}  // namespace bangwu::http_client
