#include "courier/retry_policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/text.h"

namespace bangwu::courier {
namespace {

using outbox::Reason;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
  const auto value = base::number_from<int>(base::trimmed(text));
  return value && *value >= 0 ? value : std::nullopt;
}

std::optional<unsigned> month_of(std::string_view name) {
  const auto found = std::find(kMonths.begin(), kMonths.end(), name);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

struct DateParts {
  std::string_view day, month, year, time;
};

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994".
std::optional<DateParts> split_http_date(std::string_view text) {
  const auto comma = text.find(", ");
  if (comma == std::string_view::npos) {
    if (text.size() != 24) return std::nullopt;
    return DateParts{text.substr(8, 2), text.substr(4, 3), text.substr(20, 4), text.substr(11, 8)};
  }
  const std::string_view rest = text.substr(comma + 2);
  if (!rest.ends_with(" GMT")) return std::nullopt;
  if (rest.size() == 24) return DateParts{rest.substr(0, 2), rest.substr(3, 3), rest.substr(7, 4), rest.substr(12, 8)};
  if (rest.size() == 22) return DateParts{rest.substr(0, 2), rest.substr(3, 3), rest.substr(7, 2), rest.substr(10, 8)};
  return std::nullopt;
}

/// RFC 9110: a two-digit year more than 50 years ahead is the most recent past year with those digits.
int full_year(int year, base::SystemTime now) {
  if (year >= 100) return year;
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  const int current = static_cast<int>(today.year());
  const int candidate = current - current % 100 + year;
  return candidate > current + 50 ? candidate - 100 : candidate;
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text, base::SystemTime now) {
  const auto parts = split_http_date(base::trimmed(text));
  if (!parts || parts->time.size() != 8 || parts->time[2] != ':' || parts->time[5] != ':') return std::nullopt;
  const auto day = number(parts->day);
  const auto month = month_of(parts->month);
  const auto year = number(parts->year);
  const auto hour = number(parts->time.substr(0, 2));
  const auto minute = number(parts->time.substr(3, 2));
  const auto second = number(parts->time.substr(6, 2));
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{full_year(*year, now)}, std::chrono::month{*month},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} + seconds{*second};
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

milliseconds backoff(int attempts, std::uint64_t random) {
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const auto ceiling = std::min<std::int64_t>(kFirstCeiling.count() << doublings, kHighestCeiling.count());
  // The upper 32 random bits scaled into the span; 900,000 × 2^32 fits 64 bits.
  return milliseconds{static_cast<std::int64_t>(((random >> 32U) * static_cast<std::uint64_t>(ceiling + 1)) >> 32U)};
}

std::optional<seconds> parse_retry_after(std::string_view field, std::string_view date_field, base::SystemTime now) {
  field = base::trimmed(field);
  if (all_digits(field)) {
    const auto value = number(field);  // nothing: more digits than an int holds, so more than an hour
    return value ? std::min(seconds{*value}, kLongestRetryAfter) : kLongestRetryAfter;
  }
  const auto until = parse_http_date(field, now);
  if (!until) return std::nullopt;
  const auto from = parse_http_date(date_field, now).value_or(std::chrono::floor<seconds>(now));
  return std::clamp<seconds>(*until - from, seconds{0}, kLongestRetryAfter);
}

milliseconds next_wait(int attempts, std::uint64_t random, std::optional<seconds> retry_after) {
  const milliseconds own = backoff(attempts, random);
  if (!retry_after) return own;
  return std::max<milliseconds>(own, std::min(*retry_after, kLongestRetryAfter));
}

namespace {

Verdict judge_conflict(Exchange exchange, std::string_view problem) {
  if (exchange == Exchange::upload) return {Step::resume, Reason::network};  // tus: Upload-Offset does not match
  if (problem == "different-content") return {Step::dead, Reason::different_content};
  if (problem == "duplicate-identity") return {Step::dead, Reason::duplicate_identity};
  if (problem == "dependency-missing") return {Step::wait, Reason::dependency_missing};
  if (problem == "attachments-missing") return {Step::upload_missing, Reason::attachments_missing};
  return {Step::wait, Reason::not_our_central};
}

Verdict judge_server_error(int status) {
  if (status == 503) return {Step::wait, Reason::server_busy};
  if (status == 507) return {Step::wait, Reason::server_full};
  return {Step::wait, Reason::server_failed};
}

Verdict judge_refusal(int status, std::string_view problem) {
  if (problem.empty()) return {Step::wait, Reason::not_our_central};
  switch (status) {
    case 400: return {Step::dead, Reason::malformed};
    case 401: return {Step::wait, Reason::unknown_kiosk};
    case 403:
      if (problem == "kiosk-revoked") return {Step::wait, Reason::kiosk_revoked};
      return {Step::dead, Reason::refused};
    case 413: return {Step::dead, Reason::too_large};
    case 422: return {Step::dead, Reason::cannot_open};
    default: return {Step::wait, Reason::not_our_central};
  }
}

}  // namespace

Verdict judge(Exchange exchange, int status, std::string_view problem) {
  if (status >= 200 && status < 300) return {Step::accepted, Reason::not_our_central};
  if (status >= 500) return judge_server_error(status);
  switch (status) {
    case 404:
    case 410:
      if (exchange == Exchange::upload) return {Step::create_anew, Reason::attachments_missing};
      // A front that knows no such address says 404 too, while central has the item.
      if (exchange == Exchange::question && problem == "not-found") return {Step::absent, Reason::not_our_central};
      return {Step::wait, Reason::not_our_central};
    case 409: return judge_conflict(exchange, problem);
    case 423:
    case 429: return {Step::wait, Reason::server_busy};
    case 460:
      if (exchange == Exchange::upload) return {Step::create_anew, Reason::network};
      return {Step::wait, Reason::not_our_central};
    default: return judge_refusal(status, problem);
  }
}

bool may_have_arrived(Reason last_failure) {
  return last_failure == Reason::outcome_unknown || last_failure == Reason::server_failed ||
         last_failure == Reason::not_our_central || last_failure == Reason::blob_damaged;
}

bool needs_a_person(Reason reason) {
  switch (reason) {
    case Reason::network:
    case Reason::outcome_unknown:
    case Reason::server_busy:
    case Reason::server_failed:
    case Reason::dependency_missing:
    case Reason::attachments_missing: return false;
    case Reason::not_our_central:
    case Reason::server_full:
    case Reason::unknown_kiosk:
    case Reason::kiosk_revoked:
    case Reason::refused:
    case Reason::different_content:
    case Reason::duplicate_identity:
    case Reason::malformed:
    case Reason::too_large:
    case Reason::cannot_open:
    case Reason::unreadable:
    case Reason::dependency_never_came:
    case Reason::sealed_for_another:
    case Reason::blob_damaged: return true;
  }
  return true;
}

}  // namespace bangwu::courier
