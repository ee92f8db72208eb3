// What stands behind the central service's address may be anybody: problem documents, addresses to go on at.
#include "fuzz/target.h"
#include "http_client/client.h"
#include "http_client/origin.h"

using namespace bangwu;

namespace {

void read_problem(std::string_view body) {
  const http_client::Answer answer{409, {{"content-type", "application/problem+json"}}, std::string(body), true};
  (void)answer.problem();
  (void)answer.detail();
}

void follow(std::string_view location) {
  static const auto origin =
      http_client::Origin::parse("https://central.example:8443/hall", http_client::PlainHttp::refused).value();
  const auto path = origin.path_of_location(location, "/v1/uploads");
  fuzz::expect(!path || path->starts_with('/'), "a way goes on at the same place");
}

void parse(std::string_view url) {
  const auto origin = http_client::Origin::parse(url, http_client::PlainHttp::on_loopback);
  if (!origin) return;
  const std::string whole = origin->url_of("/v1/health");
  fuzz::expect(whole.ends_with("/v1/health"), "an address leads where it was sent");
  fuzz::expect(http_client::Origin::parse(whole, http_client::PlainHttp::on_loopback).has_value(), "and is one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  switch (fuzz::take_choice(input, 3)) {
    case 0: read_problem(fuzz::text_of(input)); break;
    case 1: follow(fuzz::text_of(input)); break;
    default: parse(fuzz::text_of(input)); break;
  }
  return 0;
}
