#include "sample_tools.h"

#include <algorithm>

namespace bangwu::tests {
namespace {

constexpr session::PageKey kBlank = 5;
constexpr session::PageKey kNotThere = 90;

struct Sheet {
  int width, height;
  std::vector<std::uint8_t> rgb;

  Sheet(int w, int h) : width(w), height(h), rgb(static_cast<std::size_t>(w) * static_cast<std::size_t>(h) * 3, 0xFD) {}
  void fill(float x, float y, float w, float h, std::uint8_t grey) {
    const auto at = [](float part, int whole) { return static_cast<int>(part * static_cast<float>(whole)); };
    for (int row = at(y, height); row < std::max(at(y, height) + 1, at(y + h, height)); ++row) {
      for (int column = at(x, width); column < std::max(at(x, width) + 1, at(x + w, width)); ++column) {
        const auto start =
            (static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)) * 3;
        std::fill_n(rgb.begin() + static_cast<std::ptrdiff_t>(start), 3, grey);
      }
    }
  }
};

void draw_form(Sheet& sheet, session::PageKey key) {
  sheet.fill(0.3F, 0.08F, 0.4F, 0.025F, 0x30);
  for (int row = 0; row < 14; ++row) {
    const float y = 0.16F + 0.055F * static_cast<float>(row);
    sheet.fill(0.1F, y, 0.8F, 0.0012F, 0x90);
    const auto length =
        static_cast<float>((static_cast<unsigned>(key) * 7 + static_cast<unsigned>(row) * 5) % 9) / 16.F;
    sheet.fill(0.13F, y + 0.018F, 0.12F, 0.014F, 0x70);
    sheet.fill(0.32F, y + 0.018F, 0.1F + length, 0.014F, 0x40);
  }
  sheet.fill(0.28F, 0.16F, 0.0015F, 0.77F, 0x90);
}

}  // namespace

const widgets::Picture* SamplePages::find(session::PageKey key, int width, int height) {
  if (key >= kNotThere) return nullptr;
  const auto known = pictures_.find({key, width});
  if (known != pictures_.end()) return &known->second;
  Sheet sheet(width, height);
  if (key != kBlank) draw_form(sheet, key);
  auto made = widgets::Picture::from_rgb(width, height, static_cast<std::size_t>(width) * 3, sheet.rgb);
  if (!made) return nullptr;
  return &pictures_.emplace(std::pair{key, width}, std::move(*made)).first->second;
}

bool SamplePinyin::backspace() {
  if (letters_.empty()) return false;
  letters_.pop_back();
  return true;
}

std::vector<std::string> SamplePinyin::candidates(std::size_t first, std::size_t count) const {
  static const std::vector<std::string> kAll{"小燕", "小艳", "小岩", "笑颜", "肖燕", "晓燕", "小",
                                             "笑",   "晓",   "肖",   "校",   "效",   "孝"};
  if (letters_.empty() || first >= kAll.size()) return {};
  const auto begin = kAll.begin() + static_cast<std::ptrdiff_t>(first);
  return {begin, begin + static_cast<std::ptrdiff_t>(std::min(count, kAll.size() - first))};
}

std::string SamplePinyin::choose(std::size_t index) {
  const auto chosen = candidates(index, 1);
  letters_.clear();
  return chosen.empty() ? std::string{} : chosen.front();
}

screens::QrModules sample_qr(std::string_view text) {
  constexpr int kSize = 29;
  screens::QrModules code{kSize, std::vector<bool>(kSize * kSize)};
  unsigned state = 7;
  for (const char c : text) state = state * 31 + static_cast<unsigned char>(c);
  for (std::size_t i = 0; i < code.dark.size(); ++i) {
    state = state * 1664525U + 1013904223U;
    code.dark[i] = (state >> 24) % 2 == 0;
  }
  for (const auto& [left, top] : {std::pair{0, 0}, std::pair{kSize - 7, 0}, std::pair{0, kSize - 7}}) {
    for (int y = -1; y <= 7; ++y) {
      for (int x = -1; x <= 7; ++x) {
        if (left + x < 0 || left + x >= kSize || top + y < 0 || top + y >= kSize) continue;
        const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
        code.dark[static_cast<std::size_t>((top + y) * kSize + left + x)] = ring != 2 && ring != 4;
      }
    }
  }
  return code;
}

}  // namespace bangwu::tests
