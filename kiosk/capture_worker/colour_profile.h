#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace bangwu::capture_worker {

/// What an ICC profile in a picture file says its RGB numbers mean (ICC.1:2010), by Little CMS.
class ColourProfile {
 public:
  /// A profile that changes nothing, if there is none, it is no RGB profile or it cannot be read.
  explicit ColourProfile(std::span<const std::uint8_t> icc = {});
  ColourProfile(ColourProfile&&) noexcept;
  ColourProfile& operator=(ColourProfile&&) noexcept;
  ~ColourProfile();

  /// Whether it makes a difference one could see.
  [[nodiscard]] bool changes_colours() const;
  /// Whether the numbers look right to a program that ignores the profile, if not in every shade: equal parts of red,
  /// green and blue are grey. It is so in all cameras' and screens' colours, not in JPEG's XYB.
  [[nodiscard]] bool may_be_ignored() const;
  /// Turns pixels into sRGB in their place.
  void to_srgb(std::uint8_t* rgb, std::size_t pixels) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bangwu::capture_worker
