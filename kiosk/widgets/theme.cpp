#include "widgets/theme.h"

#include <algorithm>
#include <cmath>

namespace bangwu::widgets {
namespace {

// On panels whose short side is longer than this (in millimetres) the layout grows with the panel. Lying panels have
// less height to give away.
constexpr float kPortraitShortSide = 245;
constexpr float kLandscapeShortSide = 270;

float luminance(Colour colour) {
  const auto linear = [](std::uint8_t channel) {
    const float c = static_cast<float>(channel) / 255;
    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
  };
  return 0.2126F * linear(colour.r) + 0.7152F * linear(colour.g) + 0.0722F * linear(colour.b);
}

Palette light_palette() {
  Palette p;
  p.background = rgb(0xF1F4F9);
  p.surface = rgb(0xFFFFFF);
  p.sunken = rgb(0xE2E8F1);
  p.line = rgb(0xDCE3EC);
  p.outline = rgb(0x78879B);
  p.ink = rgb(0x16202E);
  p.ink_soft = rgb(0x4A586B);
  p.ink_disabled = rgb(0x5A6575);
  p.fill_disabled = rgb(0xE6EAF0);
  p.accent = rgb(0x1F5FBF);
  p.accent_pressed = rgb(0x174991);
  p.accent_soft = rgb(0xE7EFFB);
  p.on_accent = rgb(0xFFFFFF);
  p.success = rgb(0x18754A);
  p.success_soft = rgb(0xE4F4EC);
  p.warning = rgb(0x8A5200);
  p.warning_soft = rgb(0xFDF2DF);
  p.warning_mark = rgb(0xE39A1B);
  p.error = rgb(0xB92A21);
  p.error_pressed = rgb(0x932019);
  p.error_soft = rgb(0xFCEBE9);
  p.header = rgb(0x163E7C);
  p.header_soft = rgb(0xC9D8F0);
  p.shadow = {0x1B, 0x2B, 0x49, 34};
  p.backdrop = {0x0E, 0x1A, 0x2E, 150};
  return p;
}

float factor_of(TextSize size) {
  switch (size) {
    case TextSize::normal: return 1.F;
    case TextSize::large: return 1.25F;
    case TextSize::largest: return 1.55F;
  }
  return 1.F;
}

}  // namespace

float contrast(Colour one, Colour other) {
  const float a = luminance(one);
  const float b = luminance(other);
  return (std::max(a, b) + 0.05F) / (std::min(a, b) + 0.05F);
}

float pixels_per_mm(const Panel& panel) {
  const float diagonal = std::hypot(static_cast<float>(panel.width), static_cast<float>(panel.height));
  return diagonal / (panel.diagonal_inches * 25.4F);
}

Theme::Theme(const Panel& panel, TextSize size)
    : palette_(light_palette()),
      types_{},
      real_px_per_mm_(pixels_per_mm(panel)),
      landscape_(panel.width > panel.height) {
  const float short_side = static_cast<float>(std::min(panel.width, panel.height));
  layout_px_per_mm_ = std::max(real_px_per_mm_, short_side / (landscape_ ? kLandscapeShortSide : kPortraitShortSide));
  const float scale = factor_of(size);
  const auto set = [&](TextStyle style, float em_mm, float leading, bool bold) {
    const float em = std::round(em_mm * scale * layout_px_per_mm_);
    types_[static_cast<int>(style)] = {em, std::round(em * leading), bold};
  };
  set(TextStyle::display, 20.F, 1.2F, true);
  set(TextStyle::title, 10.5F, 1.35F, true);
  set(TextStyle::heading, 7.75F, 1.4F, true);
  set(TextStyle::body, 6.5F, 1.6F, false);
  set(TextStyle::body_strong, 6.5F, 1.6F, true);
  set(TextStyle::small, 5.5F, 1.5F, false);
  set(TextStyle::small_strong, 5.5F, 1.5F, true);
  set(TextStyle::key, 7.5F, 1.3F, false);
  set(TextStyle::clock, 5.F, 1.4F, false);
  set(TextStyle::statement, 8.5F, 1.6F, false);
  radius = px(4_mm);
  radius_small = px(2.5_mm);
  target = px(kMinimumTarget);
  button_height = std::max(px(19_mm), std::round(type(TextStyle::body).line * 1.6F));
  gap = px(4_mm);
  space = px(8_mm);
  margin = px(9_mm);
  line_width = std::max(1.F, std::round(layout_px_per_mm_ * 0.4F));
  icon = std::round(type(TextStyle::body).em * 1.35F);
}

float Theme::px(Millimetres length) const {
  // Rounded up: a minimum in millimetres stays one.
  return std::max(1.F, std::ceil(length.value * layout_px_per_mm_ - 0.01F));
}

const Type& Theme::type(TextStyle style) const { return types_[static_cast<int>(style)]; }

Colour Theme::colour(Tone tone) const {
  switch (tone) {
    case Tone::neutral: return palette_.ink_soft;
    case Tone::accent: return palette_.accent;
    case Tone::success: return palette_.success;
    case Tone::warning: return palette_.warning;
    case Tone::error: return palette_.error;
  }
  return palette_.ink;
}

Colour Theme::soft_colour(Tone tone) const {
  switch (tone) {
    case Tone::neutral: return palette_.background;
    case Tone::accent: return palette_.accent_soft;
    case Tone::success: return palette_.success_soft;
    case Tone::warning: return palette_.warning_soft;
    case Tone::error: return palette_.error_soft;
  }
  return palette_.surface;
}

}  // namespace bangwu::widgets
