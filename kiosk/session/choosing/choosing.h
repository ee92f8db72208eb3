#pragma once
#include <string>
#include <variant>
#include <vector>

#include "domain/search.h"
#include "session/context.h"

/// A part: what is it about — by domain, by “一件事”, by search; then its guide.
namespace bangwu::session::choosing {

struct AtDomains {};
struct AtItems {
  domain::Domain domain;
  int screenful = 0;
};
struct AtBundles {
  int screenful = 0;
};
struct AtSearch {
  std::string typed;
  std::vector<domain::Found> found{};  ///< kept: searching takes longer than a frame may
  int screenful = 0;
};
struct AtGuide {
  std::string code;
};
using Step = std::variant<AtDomains, AtItems, AtBundles, AtSearch, AtGuide>;

struct State {
  Step step;
  std::vector<Step> behind{};
};

[[nodiscard]] State begin(Entry entry);
/// Done: what the guide's 开始办理 was touched for.
[[nodiscard]] Outcome<domain::Procedure> update(Context& context, State& state, const Gesture& gesture);
[[nodiscard]] Outcome<domain::Procedure> update(Context& context, State& state, const Message& message);
[[nodiscard]] Seen see(const Looking& look, const State& state);

}  // namespace bangwu::session::choosing
