#include "enquiry/answer.h"

#include <sodium.h>

#include "base/log.h"
#include "envelope/standing_json.h"

namespace bangwu::enquiry {
namespace {

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    if (is_plain) encoded += c;
    else encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return encoded;
}

/// A header's value must not end the header: what no proof has is left out.
std::string header_safe(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c > ' ' && c < 0x7F) safe += c;
  }
  return safe;
}

}  // namespace

http_client::Request request_for(const CaseQuestion& question) {
  return {.method = http_client::Method::get,
          .path = "/v1/cases/" + percent_encoded(question.number),
          .headers = {{"Bangwu-Proof", header_safe(question.proof)}},
          .body = {}};
}

std::variant<domain::cases::Standing, Failure> read_answer(const http_client::Answer& answer) {
  if (answer.status == 200) {
    auto standing = envelope::standing_from_json(answer.body);
    if (standing) return std::move(*standing);
    base::log(base::LogLevel::error, "enquiry.not_understood", {{"detail", standing.error().detail}});
    return Failure::unreachable;
  }
  const std::string problem = answer.problem();
  if (answer.status == 404 && problem == "no-such-case") return Failure::wrong;
  if (answer.status == 429 && problem == "too-many-requests") return Failure::too_many;
  if (answer.status == 503 && problem == "recovering") return Failure::recovering;
  base::log(base::LogLevel::warning, "enquiry.refused",
            {{"status", std::to_string(answer.status)}, {"problem", problem}});
  return Failure::unreachable;
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

const char* name_of(Failure failure) {
  switch (failure) {
    case Failure::wrong: return "wrong";
    case Failure::too_many: return "too_many";
    case Failure::recovering: return "recovering";
    case Failure::unreachable: return "unreachable";
    case Failure::slow: return "slow";
  }
  return "unreachable";
}

}  // namespace bangwu::enquiry
