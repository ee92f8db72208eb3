#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "base/text.h"

namespace bangwu::http {
namespace {

constexpr std::size_t kNetwork = 8;  // bytes of an IPv6 address that tell whose it is
constexpr std::size_t kMapped = 12;  // bytes before an IPv4 address in IPv6
constexpr std::array<std::uint8_t, kMapped> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

Address mapped(const in_addr& v4) {
  Address address;
  std::ranges::copy(kMappedPrefix, address.bytes.begin());
  std::memcpy(address.bytes.data() + kMapped, &v4, sizeof v4);
  return address;
}

Address of(const in6_addr& v6) {
  Address address;
  std::memcpy(address.bytes.data(), &v6, sizeof v6);
  return address;
}

/// Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::string_view without_port(std::string_view text) {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  const bool is_v4_with_port = std::ranges::count(text, ':') == 1;
  return is_v4_with_port ? text.substr(0, text.find(':')) : text;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string ended(text);
  in_addr v4{};
  if (::inet_pton(AF_INET, ended.c_str(), &v4) == 1) return mapped(v4);
  in6_addr v6{};
  if (::inet_pton(AF_INET6, ended.c_str(), &v6) == 1) return of(v6);
  return std::nullopt;
}

Address address_of(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) return mapped(reinterpret_cast<const sockaddr_in&>(peer).sin_addr);
  return of(reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr);
}

std::string limited(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (std::ranges::equal(kMappedPrefix, std::span(address.bytes).first<kMapped>())) {
    ::inet_ntop(AF_INET, address.bytes.data() + kMapped, text.data(), text.size());
    return text.data();
  }
  Address network = address;
  static const Address kLoopback = of(in6addr_loopback);
  if (address != kLoopback) std::fill(network.bytes.begin() + kNetwork, network.bytes.end(), std::uint8_t{0});
  ::inet_ntop(AF_INET6, network.bytes.data(), text.data(), text.size());
  return text.data();
}

Address client_behind(const Address& peer, std::string_view forwarded, const std::vector<Address>& proxies) {
  Address client = peer;
  while (!forwarded.empty() && std::ranges::find(proxies, client) != proxies.end()) {
    const std::size_t comma = forwarded.rfind(',');
    const auto named =
        parse_address(without_port(base::trimmed(forwarded.substr(comma + 1))));  // npos + 1 is 0: the first
    if (!named) break;
    client = *named;
    forwarded = comma == std::string_view::npos ? std::string_view{} : forwarded.substr(0, comma);
  }
  return client;
}

}  // namespace bangwu::http
