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
  // Pinyin may come while the page is open: the machine has only just been switched on.
  if (state.keyboard_chosen_with_chinese == has_chinese) return;
  const bool starts_chinese = has_chinese && base::facts_of(scene.language).is_chinese;
  state.keyboard.layout = state.keyboard.letters = layout_of(first, starts_chinese);
  state.keyboard_chosen_with_chinese = has_chinese;
}

float height_of(Ui& ui, Keys keys) {
  return keys == Keys::number ? widgets::number_pad_height(ui) : widgets::text_keyboard_height(ui);
}

// From its left edge to the screen's right one: the keys end where the bars' buttons end, their ground does not.
void draw_ground(Ui& ui, Rect ground) {
  ui.fill(ground, ui.palette().sunken);
  const float line = ui.theme().line_width;
  if (ui.theme().landscape()) ui.fill({ground.x, ground.y, line, ground.h}, ui.palette().line);
  else ui.fill({ground.x, ground.y, ground.w, line}, ui.palette().line);
}

Rect bed_below(Scene& scene, float height) {
  const float pad = scene.theme().gap;
  const float below = scene.room.bottom() - scene.body.bottom();
  Rect keys = scene.body.take_bottom(height + pad - below, pad + scene.theme().gap);
  keys.h = height;
  draw_ground(scene.ui, {scene.room.x, keys.y - pad, scene.room.w, scene.room.bottom() - keys.y + pad});
  return keys;
}

// A pad is as wide as 下一步 below it; letters want half of the page.
Rect bed_beside(Scene& scene, Keys keys, float height) {
  auto& ui = scene.ui;
  const float gap = scene.theme().space;
  Rect beside = scene.body;
  if (keys == Keys::number) {
    scene.body = widgets::take_columns(ui, beside, 2);
    scene.body.w -= gap;
  } else {
    scene.body = beside.take_left((beside.w - 2 * gap) / 2, 2 * gap);
  }
  // The ground begins half way to the words.
  const float left = beside.x - std::round((beside.x - scene.body.right()) / 2);
  draw_ground(ui, {left, scene.room.y, scene.room.right() - left, scene.room.h});
  return beside.centred({beside.w, height});
}

}  // namespace

Rect key_bed(Scene& scene, Keys keys) {
  const float height = height_of(scene.ui, keys);
  return scene.theme().landscape() ? bed_beside(scene, keys, height) : bed_below(scene, height);
}

void draw_remark(Scene& scene, std::string_view error, std::string_view warning, std::string_view hint) {
  auto& ui = scene.ui;
  if (!error.empty()) widgets::banner(ui, scene.body, Tone::error, error);
  else if (!warning.empty()) widgets::banner(ui, scene.body, Tone::warning, warning);
  else if (!hint.empty())
    widgets::paragraph(ui, scene.body, hint, {.style = TextStyle::small, .colour = ui.palette().ink_soft});
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
  text_box(scene.ui, scene.body,
           {.label = entry.label,
            .value = widgets::grouped(value, entry.grouping),
            .composition = engine.composition(),
            .placeholder = entry.placeholder,
            .rows = entry.rows,
            .wrong = !entry.error.empty()});
  draw_remark(scene, entry.error, entry.warning, entry.hint);
  if (value != entry.value) entered.text = std::move(value);
  return entered;
}

void say_text(Scene& scene, const Entered& entered) {
  if (entered.text) scene.say(session::TextChanged{*entered.text});
  if (entered.done) scene.say(session::WentOn{});
}

}  // namespace bangwu::screens
