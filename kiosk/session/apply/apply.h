#pragma once
#include <optional>
#include <string>
#include <variant>

#include "session/capture/capture.h"
#include "session/checking/checking.h"
#include "session/choosing/choosing.h"
#include "session/context.h"
#include "session/form/form.h"
#include "session/identity/identity.h"
#include "session/rate/rate.h"
#include "session/result/result.h"
#include "session/signing/signing.h"
#include "session/storing/storing.h"

/// The journey of applying with help (帮自助办): what, privacy, who, the form, materials, pickup, check, signature,
/// result, rating. Its parts keep their states while the visit lasts, so that going back and forth loses nothing.
namespace bangwu::session::apply {

/// Changing one line of the check page. Who applies and the form are changed in a copy that takes the original's place
/// when it is confirmed: 上一步 leaves the application as it was. Pages are changed in place; a way of pickup is
/// confirmed like an answer.
struct OfIdentity {
  identity::State copy;
};
struct OfForm {
  form::State copy;
};
struct OfMaterial {};
struct OfPickup {
  std::string chosen;
};
struct Change {
  std::string line;
  std::variant<OfIdentity, OfForm, OfMaterial, OfPickup> of;
};

/// What is being applied for, as far as it has got.
struct Draft {
  domain::Procedure procedure;
  identity::State identity;
  std::optional<form::State> form;  ///< absent: nothing is asked
  capture::State capture;
  std::string pickup;   ///< confirmed
  std::string picking;  ///< chosen, perhaps not confirmed
  signing::State signing;
  storing::State storing;
  std::optional<Change> left;  ///< a change left by 上一步: it goes on where it was when its line is opened again
};

// --- the steps; what they show lies in the parts
struct AtChoosing {};
struct AtPrivacy {};
struct AtIdentity {};
struct AtForm {};
struct AtMaterials {};
struct AtPickup {};
struct AtCheck {};
struct AtChange {
  Change change;
};
struct AtSigning {};
/// From here on the draft is gone: the envelope holds it.
struct AtResult {
  result::State result;
};
struct AtRating {
  result::State result;
  rate::Visit rating;
};
using Step = std::variant<AtChoosing, AtPrivacy, AtIdentity, AtForm, AtMaterials, AtPickup, AtCheck, AtChange,
                          AtSigning, AtResult, AtRating>;

struct Visit {
  choosing::State choosing;
  Step step = AtChoosing{};
  std::optional<Draft> draft{};
};

enum class Next { stay, leave };  ///< leave: the person's time at the machine is over

[[nodiscard]] Visit begin(Entry entry);
[[nodiscard]] Next update(Context& context, Visit& visit, const Message& message);
/// The visit ends in any way: what its devices still do is called off.
void call_off(Context& context, const Visit& visit);
/// As rate::send_untouched().
[[nodiscard]] bool send_untouched(Context& context, Visit& visit);

enum class Home { leaves, asks, waits };  ///< what 回首页 does here
[[nodiscard]] Home home_of(const Visit& visit);
[[nodiscard]] bool holds_clock(const Visit& visit);
[[nodiscard]] std::optional<base::SteadyTime> due(const Hall& hall, const Visit& visit, Now now);
[[nodiscard]] Seen see(const Looking& look, const Visit& visit);

/// What would be stored now.
[[nodiscard]] domain::Application application_of(const Draft& draft, Language language);

}  // namespace bangwu::session::apply
