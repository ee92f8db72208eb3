#include "http_client/origin.h"

#include <curl/curl.h>

#include <memory>
#include <optional>

namespace bangwu::http_client {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return std::nullopt;
  std::string copy{text};
  curl_free(text);
  return copy;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") return true;
  if (!host.starts_with("127.")) return false;
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

base::Error refused(std::string_view url, const char* why) {
  return {base::ErrorCode::invalid_input, "the central service's address \"" + std::string(url) + "\" " + why};
}

}  // namespace

base::Result<Origin> Origin::parse(std::string_view url, PlainHttp plain) {
  const Url parsed{curl_url(), &curl_url_cleanup};
  const std::string text{url};
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return tl::unexpected(refused(url, "is not a URL; it looks like https://central.example"));
  }
  Origin origin;
  origin.scheme_ = part(parsed.get(), CURLUPART_SCHEME).value_or("");
  origin.host_ = part(parsed.get(), CURLUPART_HOST).value_or("");
  origin.port_ = part(parsed.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
  origin.base_ = part(parsed.get(), CURLUPART_PATH).value_or("");
  while (origin.base_.ends_with('/')) origin.base_.pop_back();
  for (const CURLUPart extra : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
    if (part(parsed.get(), extra)) return tl::unexpected(refused(url, "must have no user, query or fragment"));
  }
  if (origin.host_.empty()) return tl::unexpected(refused(url, "names no host"));
  if (origin.scheme_ == "https") return origin;
  if (origin.scheme_ == "http" && plain == PlainHttp::on_loopback && is_loopback(origin.host_)) return origin;
  return tl::unexpected(refused(url, "must begin with https:// (http is for tests on this machine only)"));
}

std::string Origin::url_of(std::string_view path) const {
  return scheme_ + "://" + host_ + ":" + port_ + base_ + std::string(path);
}

base::Result<std::string> Origin::path_of_location(std::string_view location, std::string_view path) const {
  const Url resolved{curl_url(), &curl_url_cleanup};
  const std::string from = url_of(path);
  const std::string to{location};
  if (!resolved || to.empty() || curl_url_set(resolved.get(), CURLUPART_URL, from.c_str(), 0) != CURLUE_OK ||
      curl_url_set(resolved.get(), CURLUPART_URL, to.c_str(), 0) != CURLUE_OK) {
    return base::fail(base::ErrorCode::invalid_input, "the server's Location is not a URL");
  }
  const auto scheme = part(resolved.get(), CURLUPART_SCHEME).value_or("");
  const auto host = part(resolved.get(), CURLUPART_HOST).value_or("");
  const auto port = part(resolved.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
  if (host != host_ || (port != port_ && scheme == scheme_)) {
    return base::fail(base::ErrorCode::unauthorised, "the server's Location leads to another host: not followed");
  }
  std::string target = part(resolved.get(), CURLUPART_PATH).value_or("/");
  if (const auto query = part(resolved.get(), CURLUPART_QUERY)) target += "?" + *query;
  if (target.starts_with(base_ + "/")) target.erase(0, base_.size());
  return target;
}

}  // namespace bangwu::http_client
