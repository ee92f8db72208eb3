#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <atomic>
#include <functional>

#include "http/api.h"
#include "http/doorway.h"
#include "http/log_valve.h"

namespace bangwu::http {

/// The attribute of a request whose answer closes the connection.
inline constexpr const char* kCloseAttribute = "bangwu.close";
/// What a request's head said in X-Forwarded-For: the library keeps the first of several lines.
inline constexpr const char* kForwardedAttribute = "bangwu.forwarded";

/// The requests under way: hands each to the Api and its answer back to the library. Outlives all of them.
struct Exchanges {
  explicit Exchanges(Doorway& at) : doorway(at) {}
  void handle(Api& api, const drogon::HttpRequestPtr& request,
              std::function<void(const drogon::HttpResponsePtr&)> callback);

  Doorway& doorway;
  LogValve strangers{50, std::chrono::seconds(1)};  ///< lines about requests of nobody we know
  std::atomic<bool> is_ending = false;
  std::atomic<int> under_way = 0;
};

}  // namespace bangwu::http
