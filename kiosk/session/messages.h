#pragma once
#include <variant>

#include "base/language.h"
#include "session/capture/messages.h"
#include "session/checking/messages.h"
#include "session/choosing/messages.h"
#include "session/form/messages.h"
#include "session/gestures.h"
#include "session/identity/messages.h"
#include "session/machine.h"
#include "session/rate/messages.h"
#include "session/result/messages.h"
#include "session/signing/messages.h"
#include "session/storing/messages.h"

/// Messages are facts in the past: what a visitor did, what a worker found, that time went by. The session changes by
/// nothing else. A part's messages travel inside of one of its own.
namespace bangwu::session {

using base::Language;
enum class Entry { apply, bundles, search, rate };

struct Touched {
  bool operator==(const Touched&) const = default;
};  ///< any finger on the screen
struct EntryChosen {
  Entry entry;
  bool operator==(const EntryChosen&) const = default;
};
struct Finished {
  bool operator==(const Finished&) const = default;
};  ///< 结束并清除

// --- over whatever is on the screen
struct LanguagesOpened {
  bool operator==(const LanguagesOpened&) const = default;
};
struct LanguageChosen {
  Language language;
  bool operator==(const LanguageChosen&) const = default;
};
struct HelpOpened {
  bool operator==(const HelpOpened&) const = default;
};
struct OverlayClosed {
  bool operator==(const OverlayClosed&) const = default;
};  ///< help, languages, notice, home question
struct HomeAsked {
  bool operator==(const HomeAsked&) const = default;
};
struct HomeConfirmed {
  bool operator==(const HomeConfirmed&) const = default;
};
using OverlayTouch = std::variant<LanguagesOpened, LanguageChosen, HelpOpened, OverlayClosed, HomeAsked, HomeConfirmed>;

struct Ticked {
  bool operator==(const Ticked&) const = default;
};  ///< time went by

/// What a visitor does stands before Ticked, what the machine finds behind it: only the former holds off the countdown.
using Message =
    std::variant<Touched, EntryChosen, Finished, OverlayTouch, Gesture, choosing::Message, identity::Message,
                 form::Message, capture::Message, checking::Message, signing::Message, result::Message, rate::Message,
                 Ticked, capture::Found, result::Found, storing::Answer, storing::Delivery, MachineNews>;

/// The fact a message carries, if it is of that kind.
template <class Fact, class Carrier>
[[nodiscard]] const Fact* fact_in(const Carrier& message) {
  return std::visit(
      [](const auto& inside) -> const Fact* {
        using Inside = std::decay_t<decltype(inside)>;
        if constexpr (std::is_same_v<Inside, Fact>) return &inside;
        else if constexpr (requires { std::variant_size<Inside>::value; }) return fact_in<Fact>(inside);
        else return nullptr;
      },
      message);
}

}  // namespace bangwu::session
