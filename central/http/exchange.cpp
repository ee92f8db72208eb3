#include "http/exchange.h"

#include <drogon/HttpResponse.h>
#include <drogon/RequestStream.h>

#include <exception>

#include "base/log.h"
#include "http/tus_headers.h"

namespace bangwu::http {
namespace {

using drogon::HttpRequestPtr;
using drogon::HttpResponsePtr;
using Callback = std::function<void(const HttpResponsePtr&)>;

constexpr double kSecondsToReadRefusal = 1.0;

Method method_of(const drogon::HttpRequest& request) {
  if (request.isHead()) return Method::head;
  switch (request.method()) {
    case drogon::Get: return Method::get;
    case drogon::Post: return Method::post;
    case drogon::Put: return Method::put;
    case drogon::Patch: return Method::patch;
    case drogon::Delete: return Method::del;
    case drogon::Options: return Method::options;
    default: return Method::other;
  }
}

HttpResponsePtr to_response(const Reply& reply) {
  auto response = drogon::HttpResponse::newHttpResponse();
  // RFC 9110 knows no 460; tus does.
  if (reply.status == 460) response->setCustomStatusCode(460, "Checksum Mismatch");
  else response->setStatusCode(static_cast<drogon::HttpStatusCode>(reply.status));
  if (reply.content_type.empty()) response->setContentTypeCode(drogon::CT_NONE);
  else response->setContentTypeString(reply.content_type);
  for (const auto& [name, value] : reply.headers) response->addHeader(name, value);
  response->addHeader("Cache-Control", "no-store");
  response->addHeader("X-Content-Type-Options", "nosniff");
  response->setBody(reply.body);
  return response;
}

/// One request from its head to its answer.
class Exchange {
 public:
  Exchange(HttpRequestPtr request, Callback callback, std::shared_ptr<Trace> trace, Exchanges& exchanges)
      : request_(std::move(request)),
        callback_(std::move(callback)),
        trace_(std::move(trace)),
        exchanges_(exchanges),
        visit_(exchanges.doorway.visit_of(request_->getPeerAddr())),
        method_(name_of(method_of(*request_))) {
    ++exchanges_.under_way;
    if (visit_) visit_->head_ended(exchanges_.doorway.clock().steady());
  }
  ~Exchange() { --exchanges_.under_way; }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  void send(const Reply& reply) {
    if (was_sent_.exchange(true)) return;
    log(reply.status);
    if (reply.connection == Connection::close || exchanges_.is_ending)
      request_->attributes()->insert(kCloseAttribute, true);
    if (visit_) visit_->answered(exchanges_.doorway.clock().steady());
    callback_(to_response(reply));
  }

 private:
  /// Every request of a kiosk; of strangers as many as a disk bears.
  void log(int status) const {
    std::uint64_t more = 0;
    if (trace_->kiosk.empty()) {
      const auto held_back = exchanges_.strangers.let_through(exchanges_.doorway.clock().steady());
      if (!held_back) return;
      more = *held_back;
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    base::log(base::LogLevel::info, "http.request",
              {{"method", method_},
               {"route", trace_->route},
               {"status", std::to_string(status)},
               {"ms", std::to_string(took.count())},
               {"kiosk", trace_->kiosk},
               {"more", std::to_string(more)}});
  }
  HttpRequestPtr request_;
  Callback callback_;
  std::shared_ptr<Trace> trace_;
  Exchanges& exchanges_;
  std::shared_ptr<Visit> visit_;
  const char* method_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::atomic<bool> was_sent_ = false;
};

/// Hands drogon's stream to a sink.
class StreamReader final : public drogon::RequestStreamReader {
 public:
  explicit StreamReader(std::shared_ptr<BodySink> sink) : sink_(std::move(sink)) {}
  void onStreamData(const char* data, std::size_t size) override {
    sink_->data({reinterpret_cast<const std::uint8_t*>(data), size});
  }
  void onStreamFinish(std::exception_ptr error) override {
    const auto sink = std::move(sink_);  // what it holds is let go with the request still alive
    if (error) sink->broken();
    else sink->finished();
  }

 private:
  std::shared_ptr<BodySink> sink_;
};

std::shared_ptr<const Request> to_request(const HttpRequestPtr& request, std::shared_ptr<Trace> trace) {
  Request result;
  result.method = method_of(*request);
  result.path = request->path();
  result.header = [request](std::string_view name) { return request->getHeader(std::string(name)); };
  result.content_length = parse_number(request->getHeader("content-length"));
  result.is_chunked = !request->getHeader("transfer-encoding").empty();
  result.peer = address_of(request->getPeerAddr());
  if (request->attributes()->find(kForwardedAttribute))
    result.forwarded = request->attributes()->get<std::string>(kForwardedAttribute);
  result.trace = std::move(trace);
  return std::make_shared<const Request>(std::move(result));
}

/// A chunk is only handed on when it is whole, so one chunk could fill the memory: such senders are shown out.
void close_soon(const HttpRequestPtr& request) {
  const auto connection = request->getConnectionPtr().lock();
  if (!connection) return;
  connection->getLoop()->runAfter(kSecondsToReadRefusal, [weak = std::weak_ptr(connection)] {
    if (const auto open = weak.lock()) open->forceClose();
  });
}

}  // namespace

void Exchanges::handle(Api& api, const HttpRequestPtr& request, Callback callback) {
  auto trace = std::make_shared<Trace>();
  auto exchange = std::make_shared<Exchange>(request, std::move(callback), trace, *this);
  const auto stream = drogon::internal::createRequestStream(request);
  const auto given = to_request(request, std::move(trace));
  if (given->is_chunked) close_soon(request);
  try {
    Outcome outcome = is_ending ? to_reply({503, "ending", "the central service ends: come back later", {}, {}})
                                : api.handle(given, [exchange](const Reply& reply) { exchange->send(reply); });
    if (auto* sink = std::get_if<std::shared_ptr<BodySink>>(&outcome)) {
      if (stream) return stream->setStreamReader(std::make_shared<StreamReader>(std::move(*sink)));
      return (*sink)->finished();
    }
    if (stream) stream->setStreamReader(drogon::RequestStreamReader::newNullReader());
    exchange->send(std::get<Reply>(outcome));
  } catch (const std::exception& error) {
    base::log(base::LogLevel::error, "http.request_failed", {{"why", error.what()}});
    exchange->send(to_reply({500, "internal", "the central service made a mistake: tell its operator", {}, {}}));
  }
}

}  // namespace bangwu::http
