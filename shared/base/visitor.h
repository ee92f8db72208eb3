#pragma once

namespace bangwu::base {

/// Functions as one visitor of a variant: an alternative without a handler does not compile.
template <class... Handlers>
struct Visitor : Handlers... {
  using Handlers::operator()...;
};
template <class... Handlers>
Visitor(Handlers...) -> Visitor<Handlers...>;  // clang 14 deduces none by itself (P1816)

}  // namespace bangwu::base
