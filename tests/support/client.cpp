#include "support/client.h"

#include <sys/socket.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "support/socket.h"

namespace bangwu::support {

std::string HttpAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::string HttpAnswer::problem() const {
  static constexpr std::string_view kPrefix = "urn:bangwu:problem:";
  if (header("content-type") != "application/problem+json") return {};
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object() || json.value("status", 0) != status) return {};
  const std::string type = json.value("type", "");
  return type.starts_with(kPrefix) ? type.substr(kPrefix.size()) : std::string();
}

bool Client::connect() {
  if (socket_.is_open()) return true;
  received_.clear();
  socket_ = connect_to_loopback(port_);
  return socket_.is_open();
}

void Client::send_head(std::string_view method, std::string_view path, const Headers& headers,
                       std::optional<std::size_t> content_length) {
  if (!connect()) return;
  std::string head = std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (const auto& [name, value] : headers) head += name + ": " + value + "\r\n";
  if (content_length) head += "Content-Length: " + std::to_string(*content_length) + "\r\n";
  head += "\r\n";
  send_bytes(head);
}

bool Client::send_bytes(std::string_view bytes) {
  while (!bytes.empty() && socket_.is_open()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return bytes.empty();
}

HttpAnswer Client::read_answer(bool is_head) {
  HttpAnswer answer;
  std::size_t end = std::string::npos;
  char buffer[65536];
  const auto receive = [&] {
    const ssize_t got = socket_.is_open() ? ::recv(socket_.get(), buffer, sizeof buffer, 0) : 0;
    if (got > 0) received_.append(buffer, static_cast<std::size_t>(got));
    else socket_ = base::FileHandle{};
    return got > 0;
  };
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive()) return answer;
  }
  std::string head = received_.substr(0, end);
  received_.erase(0, end + 4);
  answer.status = std::stoi(head.substr(9, 3));
  if (answer.status == 100) return read_answer(is_head);
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos) {
    const std::size_t next = head.find("\r\n", at + 2);
    const std::string line = head.substr(at + 2, next == std::string::npos ? next : next - at - 2);
    const std::size_t colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    answer.headers[name] = line.substr(colon + 2);
    at = next;
  }
  const bool has_body = !is_head && answer.status != 204;
  const std::size_t length =
      has_body && !answer.header("content-length").empty() ? std::stoul(answer.header("content-length")) : 0;
  while (received_.size() < length) {
    if (!receive()) return {};
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  if (answer.header("connection") == "close" || answer.header("Connection") == "close") socket_ = base::FileHandle{};
  return answer;
}

HttpAnswer Client::send(std::string_view method, std::string_view path, const Headers& headers, std::string_view body) {
  const bool has_body = !body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
  send_head(method, path, headers, has_body ? std::optional(body.size()) : std::nullopt);
  send_bytes(body);
  return read_answer(method == "HEAD");
}

void Client::break_off() {
  const linger at_once{1, 0};
  if (socket_.is_open()) ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket_ = base::FileHandle{};
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 128) encoded += c;
    else encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return encoded;
}

}  // namespace bangwu::support
