#include "capture_worker/colour_profile.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace bangwu::capture_worker {
namespace {

constexpr int kVisible = 4;  ///< of 255
constexpr int kGarish = 40;  ///< a grey that is off by this is none any more
constexpr int kLevels = 6;   ///< of each colour, to probe a profile

struct ProfileCloser {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
};
struct TransformCloser {
  void operator()(void* transform) const { cmsDeleteTransform(transform); }
};
using Profile = std::unique_ptr<void, ProfileCloser>;

void ignore_error(cmsContext, cmsUInt32Number, const char*) {}

int largest_difference(const std::array<std::uint8_t, 3>& a, const std::array<std::uint8_t, 3>& b) {
  int largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

std::uint8_t level(int step) { return static_cast<std::uint8_t>(255 * step / (kLevels - 1)); }

}  // namespace

struct ColourProfile::State {
  std::unique_ptr<void, TransformCloser> transform;
  bool changes = false;
  bool keeps_greys = true;

  [[nodiscard]] std::array<std::uint8_t, 3> in_srgb(std::array<std::uint8_t, 3> colour) const {
    cmsDoTransform(transform.get(), colour.data(), colour.data(), 1);
    return colour;
  }

  void probe() {
    for (int r = 0; r < kLevels; ++r) {
      for (int g = 0; g < kLevels; ++g) {
        for (int b = 0; b < kLevels; ++b) {
          const std::array colour{level(r), level(g), level(b)};
          changes = changes || largest_difference(in_srgb(colour), colour) >= kVisible;
        }
      }
      const std::array seen = in_srgb({level(r), level(r), level(r)});
      const auto [least, most] = std::ranges::minmax(seen);
      keeps_greys = keeps_greys && most - least < kGarish;
    }
  }
};

ColourProfile::ColourProfile(std::span<const std::uint8_t> icc) : state_(std::make_unique<State>()) {
  if (icc.empty()) {
    return;
  }
  cmsSetLogErrorHandler(ignore_error);
  const Profile profile(cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size())));
  if (!profile || cmsGetColorSpace(profile.get()) != cmsSigRgbData) {
    return;
  }
  const Profile srgb(cmsCreate_sRGBProfile());
  state_->transform.reset(
      cmsCreateTransform(profile.get(), TYPE_RGB_8, srgb.get(), TYPE_RGB_8, INTENT_PERCEPTUAL, cmsFLAGS_NOCACHE));
  if (state_->transform) {
    state_->probe();
  }
}

ColourProfile::ColourProfile(ColourProfile&&) noexcept = default;
ColourProfile& ColourProfile::operator=(ColourProfile&&) noexcept = default;
ColourProfile::~ColourProfile() = default;

bool ColourProfile::changes_colours() const { return state_->changes; }

bool ColourProfile::may_be_ignored() const { return state_->keeps_greys; }

void ColourProfile::to_srgb(std::uint8_t* rgb, std::size_t pixels) const {
  if (state_->changes) {
    cmsDoTransform(state_->transform.get(), rgb, rgb, static_cast<cmsUInt32Number>(pixels));
  }
}

}  // namespace bangwu::capture_worker
