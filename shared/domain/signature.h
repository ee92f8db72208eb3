#pragma once
#include <cstddef>

#include "domain/application.h"

namespace bangwu::domain {

/// The most a signature keeps. A name takes a few hundred points; this is a pad scribbled full, and far below what the
/// reader of a body refuses.
inline constexpr std::size_t kMostStrokes = 1000;
inline constexpr std::size_t kMostPoints = 10'000;

/// The least ink that is a signature, all strokes together, in heights of the pad. A name as short as 丁一 has three
/// strokes; each must be a sixth of the pad's height to be read on the form, where the pad is printed 20 mm high. A
/// tap, a dot or a palm that came down is less.
inline constexpr float kLeastInk = 0.5F;

/// The one rule of kiosk and central service: enough ink was drawn.
[[nodiscard]] bool is_signed(const Signature& signature);

/// The same drawing within kMostStrokes and kMostPoints and within its pad: points between others are left out evenly,
/// ends of strokes stay; what was drawn last is left out beyond kMostStrokes.
[[nodiscard]] Signature fitted(Signature signature);

}  // namespace bangwu::domain
