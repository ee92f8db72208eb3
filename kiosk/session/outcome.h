#pragma once
#include <variant>

/// What a part of a journey says after a message. The journey decides what follows.
namespace bangwu::session {

struct Stay {};  ///< the part goes on by itself, or the message was not for it
struct Back {};  ///< 上一步 from the part's first step; its state is kept, so that nothing typed is lost
template <class Value>
struct Done {
  Value value;
};
template <class Value>
using Outcome = std::variant<Stay, Back, Done<Value>>;

struct Nothing {};  ///< of a part whose value lies in its state

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

}  // namespace bangwu::session
