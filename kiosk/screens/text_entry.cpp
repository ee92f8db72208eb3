#include "screens/text_entry.h"

#include <algorithm>

#include "screens/page_parts.h"
#include "screens/text_box.h"
#include "widgets/keyboard.h"

namespace bangwu::screens {
namespace {

// Stands in where no pinyin engine could be started: letters go straight into the field.
class LettersOnly final : public widgets::TextEngine {
 public:
  bool press(char) override { return false; }
  bool backspace() override { return false; }
  [[nodiscard]] std::string composition() const override { return {}; }
  [[nodiscard]] std::vector<std::string> candidates(std::size_t, std::size_t) const override { return {}; }
  [[nodiscard]] std::string choose(std::size_t) override { return {}; }
  [[nodiscard]] std::string commit_letters() override { return {}; }
  void clear() override {}
};

widgets::KeyboardLayout layout_of(FirstLayout first, bool starts_chinese) {
  switch (first) {
    case FirstLayout::capitals: return widgets::KeyboardLayout::english_upper;
    case FirstLayout::letters: return widgets::KeyboardLayout::english;
    case FirstLayout::chinese: break;
  }
  return starts_chinese ? widgets::KeyboardLayout::pinyin : widgets::KeyboardLayout::english;
}

void set_first_layout(Scene& scene, FirstLayout first, bool has_chinese) {
  auto& state = scene.state;
  if (state.keyboard_chosen) return;
  const bool starts_chinese = has_chinese && scene.view.language == session::Language::zh_cn;
  state.keyboard.layout = state.keyboard.letters = layout_of(first, starts_chinese);
  state.keyboard_chosen = true;
}

float height_of(Ui& ui, Keys keys) { return keys == Keys::number ? widgets::number_pad_height(ui) : widgets::text_keyboard_height(ui); }

Rect bed_below(Scene& scene, float height) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  // The body ends a space above the bottom bar; the bed goes down to it.
  const float pad = theme.gap;
  const Rect keys = scene.body.take_bottom(height + pad - theme.space, pad + theme.gap);
  const Rect screen = ui.screen();
  const Rect bed{screen.x, keys.y - pad, screen.w, height + 2 * pad};
  ui.fill(bed, ui.palette().sunken);
  ui.fill({bed.x, bed.y, bed.w, theme.line_width}, ui.palette().line);
  return {keys.x, keys.y, keys.w, height};
}

Rect bed_beside(Scene& scene, float height, float part) {
  auto& ui = scene.ui;
  const auto& theme = scene.theme();
  // From the column's left edge to the screen's right one: the question keeps its place, the keys get the free side.
  const Rect screen = ui.screen();
  scene.body.w = screen.right() - theme.margin - scene.body.x;
  const Rect beside = scene.body.take_right(std::floor(screen.w * part), theme.space);
  const Rect bed = beside.centred({beside.w, height + 2 * theme.space});
  ui.round(bed, ui.palette().sunken, theme.radius);
  return bed.inset(theme.space);
}

}  // namespace

Rect key_bed(Scene& scene, Keys keys) {
  const float height = height_of(scene.ui, keys);
  constexpr float kNumberPart = 0.42F;
  constexpr float kTextPart = 0.5F;
  if (scene.theme().landscape()) return bed_beside(scene, height, keys == Keys::number ? kNumberPart : kTextPart);
  return bed_below(scene, height);
}

void draw_remark(Scene& scene, std::string_view error, std::string_view warning, std::string_view hint) {
  auto& ui = scene.ui;
  if (!error.empty()) widgets::banner(ui, scene.body, Tone::error, error);
  else if (!warning.empty()) widgets::banner(ui, scene.body, Tone::warning, warning);
  else if (!hint.empty()) widgets::paragraph(ui, scene.body, hint, {.style = TextStyle::small, .colour = ui.palette().ink_soft});
}

Entered text_entry(Scene& scene, Rect keys, const TextEntry& entry) {
  LettersOnly letters;
  const bool has_chinese = scene.tools.pinyin != nullptr && entry.first != FirstLayout::capitals;
  widgets::TextEngine& engine = has_chinese ? *scene.tools.pinyin : letters;
  set_first_layout(scene, entry.first, has_chinese);
  const auto edits = widgets::text_keyboard(scene.ui, keys, scene.state.keyboard, engine,
                                            {.done_label = entry.done_label, .chinese = enabled_if(has_chinese)});
  Entered entered;
  std::string value = entry.value;
  entered.done = widgets::apply(edits, value, entry.most_characters);
  text_box(scene.ui, scene.body, {.label = entry.label, .value = widgets::grouped(value, entry.grouping), .composition = engine.composition(),
                                  .placeholder = entry.placeholder, .rows = entry.rows, .wrong = !entry.error.empty()});
  draw_remark(scene, entry.error, entry.warning, entry.hint);
  if (value != entry.value) entered.text = std::move(value);
  return entered;
}

void say_text(Scene& scene, const Entered& entered) {
  if (entered.text) scene.say(session::TextChanged{*entered.text});
  if (entered.done) scene.say(session::WentOn{});
}

}  // namespace bangwu::screens
