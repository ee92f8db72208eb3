#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "capture/channel.h"
#include "capture/messages.h"
#include "capture/worker_process.h"

// A worker that has gone wrong, or over to the enemy, in the way that LIE says.
namespace bangwu::capture {
namespace {

CapturedPage page() {
  CapturedPage page;
  page.media_type = "image/jpeg";
  page.width = page.height = 10;
  page.preview = page.thumbnail = {1, 1, {1, 2, 3}};
  page.encoded = {0xFF, 0xD8, 0xFF, 0xE0};
  return page;
}

void send(const Channel& channel, MessageKind kind, const base::Bytes& body) {
  if (channel.send(kind, {body}) != Transfer::done) {
    std::_Exit(EXIT_FAILURE);
  }
}

void wait_forever() { ::poll(nullptr, 0, -1); }

// A document of three pages, of which the second never comes to an end.
void draw_for_ever(const Channel& channel, const Message& order) {
  std::span<const std::uint8_t> file;
  const auto request = decode_import(order.body, file);
  for (int number = request->pages_before + 1; number <= 3; ++number) {
    send(channel, MessageKind::progress, encode(Progress{.page = number, .pages = 3, .percent = 0}));
    if (number == 2) wait_forever();
    send(channel, MessageKind::page, encode(page()));
  }
  send(channel, MessageKind::done, encode(Done{}));
}

void tell(const Channel& channel, const std::string& lie, const Message& order) {
  CapturedPage changed = page();
  if (lie == "crash") {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
  } else if (lie == "hang") {
    wait_forever();
  } else if (lie == "trickle") {
    // Half a message, then nothing: a length has to be waited for as patiently as anything else, not longer.
    const base::Bytes part{200, 0, 0, 0, static_cast<std::uint8_t>(MessageKind::page), 1, 2, 3};
    [[maybe_unused]] const ssize_t written = ::write(kWorkerSocket, part.data(), part.size());
    wait_forever();
  } else if (lie == "endless length") {
    const base::Bytes part{0xFF, 0xFF, 0xFF, 0xFF, static_cast<std::uint8_t>(MessageKind::page)};
    [[maybe_unused]] const ssize_t written = ::write(kWorkerSocket, part.data(), part.size());
    wait_forever();
  } else if (lie == "draws for ever") {
    draw_for_ever(channel, order);
  } else if (lie == "unknown kind") {
    send(channel, static_cast<MessageKind>(99), {});
  } else if (lie == "garbage page") {
    send(channel, MessageKind::page, base::Bytes(500, 0xAB));
  } else if (lie == "garbage progress") {
    send(channel, MessageKind::progress, base::Bytes(3, 0xAB));
  } else if (lie == "garbage done") {
    send(channel, MessageKind::done, base::Bytes(8, 0xFF));
  } else if (lie == "preview too small for its size") {
    changed.preview.width = 1'000;
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "preview larger than asked") {
    changed.preview = {5'000, 1, base::Bytes(15'000)};
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "impossible size") {
    changed.width = changed.height = 60'000;
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "other media type") {
    changed.media_type = "text/html";
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "not a jpeg") {
    changed.encoded = {'<', 'h', 't', 'm', 'l'};
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "a file's page twice") {
    changed.encoded.clear();
    send(channel, MessageKind::page, encode(changed));
    send(channel, MessageKind::page, encode(changed));
  } else if (lie == "endless pages") {
    while (true) {
      send(channel, MessageKind::page, encode(changed));
    }
  } else if (lie == "words for the log") {
    send(channel, MessageKind::done, encode(Done{domain::PageFault::file_damaged, "440524188001010014"}));
  }
}

}  // namespace
}  // namespace bangwu::capture

int main() {
  using namespace bangwu;
  using namespace capture;
  const char* variable = std::getenv("LIE");
  const std::string lie = variable != nullptr ? variable : "";
  // It lies from inside its cell, unless its lie is that it is in one.
  const auto walls = lie == "is shut in" ? cell::Walls::all() : cell::enter({.hidden = {}});
  const Channel channel{base::FileHandle(kWorkerSocket)};
  if (lie == "says nothing of a cell") return EXIT_SUCCESS;
  send(channel, MessageKind::shut_in, encode(lie == "has no cell" ? cell::Walls() : walls));
  Message message;
  if (channel.receive(message, 0xFFFFFFFF) == Transfer::done) tell(channel, lie, message);
  return EXIT_SUCCESS;
}
