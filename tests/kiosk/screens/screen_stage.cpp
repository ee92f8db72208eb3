#include "screen_stage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "widgets/words.h"

namespace bangwu::tests {
namespace {

constexpr base::SteadyTime kNow{std::chrono::milliseconds{1'000'000}};
constexpr base::SteadyTime kAimed = kNow + std::chrono::seconds{1};  // a finger takes its time to aim

void load_words_once() {
  static const bool kLoaded = widgets::load_words(BANGWU_TEST_TRANSLATIONS).has_value();
  EXPECT_TRUE(kLoaded) << "no translations under " << BANGWU_TEST_TRANSLATIONS;
}

widgets::Stage* stage_for(const widgets::Panel& panel) {
  static std::map<std::pair<int, int>, std::unique_ptr<widgets::Stage>> stages;
  auto& known = stages[{panel.width, panel.height}];
  if (known) {
    known->repaint_all();
    return known.get();
  }
  widgets::StageOptions options;
  options.panel = panel;
  options.icons = BANGWU_ICONS;
  auto stage = widgets::Stage::create(options);
  if (!stage) {
    ADD_FAILURE() << stage.error().detail;
    std::abort();
  }
  known = std::move(*stage);
  return known.get();
}

}  // namespace

const std::vector<Variant>& variants() {
  static const std::vector<Variant> kVariants = [] {
    std::vector<Variant> all;
    for (const auto& facts : base::kLanguages) {
      all.push_back({std::string(facts.name) + ".portrait", facts.language, {1080, 1920, 32}});
      all.push_back({std::string(facts.name) + ".landscape", facts.language, {1920, 1080, 24}});
    }
    return all;
  }();
  return kVariants;
}

std::string test_name(const Variant& variant) {
  std::string name = variant.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

ScreenStage::ScreenStage(const Variant& variant, session::View shown)
    : view(std::move(shown)),
      panel_(variant.panel),
      stage_(stage_for(variant.panel)),
      pixels_(static_cast<std::size_t>(panel_.width) * static_cast<std::size_t>(panel_.height)) {
  load_words_once();
  view.language = variant.language;
  tools.pinyin = &pinyin;
  tools.pages = &pages_;
  tools.qr = sample_qr;
  tools.place = {"武进区政务服务中心", "一楼帮办代办专区", "0519-86310000"};
}

void ScreenStage::frame() {
  stage_->frame(kNow,
                [&](widgets::Ui& ui) {
                  screens::draw(ui, view, tools, state, emitted_);
                  return widgets::Drawn::current;
                },
                {pixels_.data(), panel_.width, panel_.height, panel_.width});
}

void ScreenStage::draw() {
  constexpr int kSettled = 3;  // heights of scrolled content are known after the first, columns after the second
  for (int i = 0; i < kSettled; ++i) frame();
}

std::vector<session::Message> ScreenStage::tap(const std::string& id) {
  const auto* item = widgets::find_item(stage_->items(), id);
  if (item == nullptr) {
    ADD_FAILURE() << "no item " << id;
    return {};
  }
  emitted_.clear();
  const auto at = item->visible.centre();
  stage_->feed({widgets::PointerDown{at}, kAimed});
  stage_->feed({widgets::PointerUp{at}, kAimed});
  while (stage_->input_pending()) frame();
  return std::exchange(emitted_, {});
}

std::vector<session::Message> ScreenStage::type(const std::string& text) {
  emitted_.clear();
  stage_->feed({widgets::TextTyped{text}, kNow});
  while (stage_->input_pending()) frame();
  return std::exchange(emitted_, {});
}

Bitmap ScreenStage::bitmap() const {
  Bitmap picture{panel_.width, panel_.height, pixels_};
  for (auto& pixel : picture.pixels) pixel &= 0xFFFFFFU;
  return picture;
}

session::View preview_view(const std::string& name) {
  for (auto& preview : screens::previews()) {
    if (preview.name == name) return preview.view;
  }
  ADD_FAILURE() << "no preview " << name;
  return {};
}

}  // namespace bangwu::tests
