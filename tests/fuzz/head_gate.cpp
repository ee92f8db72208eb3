// The gate before the HTTP library: it must not matter how the bytes of a connection are cut into pieces.
#include "http/head_gate.h"

#include <string>
#include <utility>
#include <vector>

#include "fuzz/target.h"

using namespace bangwu;

namespace {

struct Seen {
  std::optional<http::HeadFault> fault;
  http::HeadGate::Place place = http::HeadGate::Place::between;
  std::uint64_t heads = 0, bodies = 0;
  std::vector<std::string> forwarded;
  bool operator==(const Seen&) const = default;
};

Seen see(std::string_view bytes, std::size_t piece) {
  http::HeadGate gate;
  Seen seen;
  while (!bytes.empty() && !seen.fault) {
    const auto part = bytes.substr(0, piece);
    seen.fault = gate.take(part);
    fuzz::expect(gate.unread() <= part.size(), "no more is left than was given");
    bytes.remove_prefix(part.size());
  }
  if (!seen.fault) seen.place = gate.place();
  seen.heads = gate.heads_ended();
  seen.bodies = gate.bodies_ended();
  while (auto forwarded = gate.next_forwarded()) seen.forwarded.push_back(std::move(*forwarded));
  fuzz::expect(seen.bodies <= seen.heads, "no body without its head");
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t piece = 1 + fuzz::take_choice(input, 64);
  const std::string_view bytes = fuzz::text_of(input);
  fuzz::expect(see(bytes, bytes.size() + 1) == see(bytes, piece), "pieces are read as the whole is");
  return 0;
}
