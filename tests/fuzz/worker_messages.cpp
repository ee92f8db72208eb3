// What a decoder or a scanner driver says to the kiosk, and a kiosk to them: the other end is not trusted.
#include <sys/socket.h>
#include <unistd.h>

#include "capture/messages.h"
#include "capture/relay.h"
#include "fuzz/target.h"

using namespace bangwu;
using namespace bangwu::capture;

namespace {

constexpr PageBounds kBounds{1'000'000, 1400, 440};

/// What was understood is written as it came.
template <class Read>
void same(const Read& read, fuzz::Input body) {
  if (!read) return;
  const base::Bytes written = encode(*read);
  fuzz::expect(std::equal(written.begin(), written.end(), body.begin(), body.end()), "one message has one form");
}

void decode(MessageKind kind, fuzz::Input body) {
  fuzz::Input file;
  switch (kind) {
    case MessageKind::import:
      if (const auto request = decode_import(body, file)) same(request, body.first(body.size() - file.size()));
      break;
    case MessageKind::scan: same(decode_scan(body), body); break;
    case MessageKind::shut_in: same(decode_walls(body), body); break;
    case MessageKind::progress: same(decode_progress(body), body); break;
    case MessageKind::page: same(decode_page(body, kBounds), body); break;
    case MessageKind::scanners: same(decode_scanners(body), body); break;
    case MessageKind::handed_out: same(decode_handed_out(body), body); break;
    case MessageKind::done: (void)decode_done(body); break;  // its words become printable
    default: (void)Reader(body).raster(1400); break;
  }
}

/// The bytes as they come through the socket, to the end of it.
void converse(fuzz::Input bytes) {
  int ends[2];
  fuzz::expect(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0, "there are sockets");
  base::FileHandle theirs(ends[1]);
  const Channel channel{base::FileHandle(ends[0])};
  const auto sent = ::send(theirs.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  theirs = {};
  if (sent != static_cast<ssize_t>(bytes.size())) return;
  RelayRules rules;
  rules.bounds = kBounds;
  rules.max_pages = 3;
  rules.silence_limit = std::chrono::milliseconds{10'000};
  rules.when_broken = domain::PageFault::file_damaged;
  int pages = 0;
  const PageSink sink{[](const Progress&) {}, [&](const CapturedPage&) { return ++pages, domain::PageFault::none; }};
  const Outcome outcome = relay_pages(channel, rules, sink, CancelToken{});
  fuzz::expect(outcome.pages == pages && pages <= 3, "pages are those that were taken");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  constexpr std::size_t kKinds = static_cast<std::size_t>(MessageKind::done) + 1;
  const std::size_t choice = fuzz::take_choice(input, kKinds);
  if (choice == 0) converse(input);
  else decode(static_cast<MessageKind>(choice), input);
  return 0;
}
