#pragma once
#include <sys/socket.h>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bangwu::http {

/// An IP address, however it was written: an IPv4 address and the same mapped into IPv6 are one.
struct Address {
  std::array<std::uint8_t, 16> bytes{};  ///< IPv6, network byte order; IPv4 mapped into it (RFC 4291, section 2.5.5.2)
  auto operator<=>(const Address&) const = default;
};

/// Of "192.0.2.1", "2001:db8::1" and other forms of them; nothing for anything else.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] Address address_of(const sockaddr_storage& peer);

/// What an address's limits count for, as text: an IPv4 address, or an IPv6 network of 64 bits, which one line has at
/// the least; this machine's own is itself.
[[nodiscard]] std::string limited(const Address& address);

/// Who asks, when `peer` connected and `forwarded` is its X-Forwarded-For, all lines joined with commas. Each proxy
/// adds whom it heard at the end, so it is read from there: as long as the last known is one of `proxies`, the one
/// before it is believed. What a client wrote itself is never reached. An entry that is no address ends it: the proxy
/// is who asks.
[[nodiscard]] Address client_behind(const Address& peer, std::string_view forwarded,
                                    const std::vector<Address>& proxies);

}  // namespace bangwu::http
