#include "http/message.h"

#include <array>
#include <ctime>

#include "json/text.h"

namespace bangwu::http {
namespace {

const char* title_of(int status) {
  switch (status) {
    case 400: return "The request is malformed";
    case 401: return "The kiosk is not known";
    case 403: return "Refused";
    case 404: return "Not found";
    case 405: return "This address does not know the method";
    case 409: return "It does not fit what is there";
    case 411: return "Content-Length is needed";
    case 412: return "This version of the protocol is not spoken";
    case 413: return "Too large";
    case 415: return "This media type is not taken";
    case 422: return "The content cannot be used";
    case 423: return "In use";
    case 429: return "Too many requests";
    case 460: return "The checksum does not fit";
    case 501: return "Not known to this version";
    case 503: return "Not available now";
    case 507: return "No room left";
    default: return "Something went wrong";
  }
}

std::optional<std::chrono::seconds> usual_wait(int status) {
  switch (status) {
    case 429: return std::chrono::seconds(60);
    case 501: return std::chrono::hours(1);
    case 503: return std::chrono::seconds(10);
    case 507: return std::chrono::minutes(5);
    default: return std::nullopt;
  }
}

}  // namespace

Reply to_reply(const Problem& problem) {
  json::Value body{{"type", "urn:bangwu:problem:" + std::string(problem.name)},
                   {"title", title_of(problem.status)},
                   {"status", problem.status},
                   {"detail", problem.detail}};
  if (!problem.missing.empty()) body["missing"] = problem.missing;
  Reply reply{problem.status, "application/problem+json", json::write(body), {}, Connection::keep};
  const auto wait = problem.retry_after ? problem.retry_after : usual_wait(problem.status);
  if (wait) reply.headers.emplace_back("Retry-After", std::to_string(wait->count()));
  return reply;
}

Reply json_reply(int status, std::string body) {
  return {status, "application/json", std::move(body), {}, Connection::keep};
}

std::string http_date(base::SystemTime time) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return std::string(kDays[static_cast<std::size_t>(parts.tm_wday)]) + ", " + two(parts.tm_mday) + " " +
         kMonths[static_cast<std::size_t>(parts.tm_mon)] + " " + std::to_string(parts.tm_year + 1900) + " " +
         two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT";
}

const char* name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: return "other";
  }
  return "other";
}

}  // namespace bangwu::http
