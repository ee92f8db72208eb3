#include "support/hall/inspector.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/child_process.h"

namespace bangwu::support {

using nlohmann::json;

const SeenItem* SeenScreen::find(const std::string& id) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

const SeenItem* SeenScreen::labelled(const std::string& label) const {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const auto& item) { return item.label.find(label) != std::string::npos; });
  return found == items.end() ? nullptr : &*found;
}

bool SeenScreen::says(const std::string& words) const {
  return std::any_of(items.begin(), items.end(), [&](const auto& item) {
    return item.label.find(words) != std::string::npos || item.value.find(words) != std::string::npos;
  });
}

std::string SeenScreen::listing() const {
  std::string text = name + ":";
  for (const auto& item : items)
    text += "\n  " + item.id + " [" + item.role + "] " + item.label + (item.value.empty() ? "" : " = " + item.value);
  return text;
}

Inspector::Inspector(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
  const bool connected = eventually([&] {
    socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return true;
    ::close(socket_);
    return false;
  });
  if (!connected) throw std::runtime_error("the kiosk opened no inspection socket");
  const timeval patience{60, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

Inspector::~Inspector() { ::close(socket_); }

std::string Inspector::ask(const std::string& line) {
  const std::string out = line + "\n";
  if (::send(socket_, out.data(), out.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(out.size()))
    throw std::runtime_error("the kiosk is gone");
  char chunk[65536];
  for (;;) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      std::string answer = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return answer;
    }
    const ssize_t got = ::recv(socket_, chunk, sizeof chunk, 0);
    if (got <= 0) throw std::runtime_error("the kiosk does not answer " + line);
    pending_.append(chunk, static_cast<std::size_t>(got));
  }
}

SeenScreen Inspector::look() {
  const json answer = json::parse(ask(R"({"op":"items"})"));
  SeenScreen screen{answer.at("screen"), {}};
  for (const auto& item : answer.at("items")) {
    const auto& seen = item.at("visible");
    screen.items.push_back({item.at("id"), item.at("role"), item.at("label"), item.at("value"), seen.at(0), seen.at(1),
                            seen.at(2), seen.at(3), item.at("enabled"), item.at("selected"), item.at("touchable"),
                            item.at("covered")});
  }
  return screen;
}

std::string Inspector::settle() { return json::parse(ask(R"({"op":"settled"})")).at("screen"); }

void Inspector::screenshot(const std::filesystem::path& path) {
  const json answer = json::parse(ask(json{{"op", "screenshot"}, {"path", path.string()}}.dump()));
  if (!answer.contains("saved")) throw std::runtime_error(answer.dump());
}

}  // namespace bangwu::support
