#include "widgets/keyboard.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/utf8.h"
#include "widgets/button_parts.h"
#include "widgets/candidate_bar.h"
#include "widgets/line_break.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

constexpr std::chrono::milliseconds kPause{40};
constexpr std::size_t kBurst = 6;  // bytes: codes are ASCII, and so are the keys
constexpr Millimetres kKeyGap = 2.75_mm;
constexpr Millimetres kWidest = 340_mm;

// Lying, the keys stand beside the page and have its height; a key never gets smaller than a target.
float key_height(Ui& ui) { return ui.px(ui.theme().landscape() ? 19_mm : 16_mm); }

/// The rows of keys above the bottom row, each key one character.
struct Rows {
  std::u32string_view top, middle, bottom;
};

Rows rows_of(KeyboardLayout layout) {
  switch (layout) {
    case KeyboardLayout::pinyin:
    case KeyboardLayout::english: return {U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
    case KeyboardLayout::english_upper: return {U"QWERTYUIOP", U"ASDFGHJKL", U"ZXCVBNM"};
    case KeyboardLayout::symbols: return {U"，。、；：？！“”…", U"（）《》【】—·～", U"@/-_.#%"};
  }
  return {};
}

/// One frame of the keyboard.
class Keyboard {
 public:
  Keyboard(Ui& ui, KeyboardState& state, TextEngine& engine, const KeyboardSpec& spec)
      : ui_(ui), state_(state), engine_(engine), spec_(spec), gap_(ui.px(kKeyGap)) {
    if (spec.chinese == Enabled::no && state.layout == KeyboardLayout::pinyin) {
      state_.layout = state_.letters = KeyboardLayout::english;
    }
  }

  std::vector<Edit> run(Rect area) {
    typed();
    area = area.centred({std::min(area.w, ui_.px(kWidest)), std::min(area.h, text_keyboard_height(ui_))});
    const Rect bar = area.take_top(candidate_bar_height(ui_), gap_);
    if (const auto chosen = candidate_bar(ui_, bar, state_.first_candidate, engine_)) {
      choose(*chosen);
    }
    const std::vector<Rect> rows = area.rows(5, gap_);
    unit_ = (area.w + gap_) / 10;
    const Rows keys = rows_of(state_.layout);
    character_row(rows[0], U"1234567890");
    character_row(rows[1], keys.top);
    character_row(rows[2].centred({unit_ * 9 - gap_, rows[2].h}), keys.middle);
    third_row(rows[3], keys.bottom);
    bottom_row(rows[4]);
    return std::move(edits_);
  }

 private:
  [[nodiscard]] bool pinyin() const { return state_.layout == KeyboardLayout::pinyin; }
  [[nodiscard]] bool composing() const { return !engine_.composition().empty(); }
  Rect units(Rect& row, float count) { return row.take_left(std::round(unit_ * count - gap_), gap_); }

  void insert(std::string text) {
    if (!text.empty()) {
      edits_.push_back({EditKind::insert, std::move(text)});
    }
  }

  void choose(std::size_t index) {
    insert(engine_.choose(index));
    state_.first_candidate = 0;
  }

  /// What is being composed becomes text: the candidates a hurried person sees first.
  void finish_composition() {
    for (int turn = 0; turn < 16 && composing(); ++turn) {
      const bool has = !engine_.candidates(0, 1).empty();
      insert(has ? engine_.choose(0) : engine_.commit_letters());
    }
    state_.first_candidate = 0;
  }

  void letter(char c) {
    state_.first_candidate = 0;
    engine_.press(c);
  }

  void character(char32_t c) {
    if (pinyin() && ((c >= U'a' && c <= U'z') || (c == U'\'' && composing()))) {
      letter(static_cast<char>(c));
      return;
    }
    if (pinyin() && composing() && c >= U'1' && c <= U'9') {
      const std::size_t index = state_.first_candidate + (c - U'1');
      if (!engine_.candidates(index, 1).empty()) {
        choose(index);
      }
      return;
    }
    finish_composition();
    insert(base::to_utf8(c));
  }

  void backspace() {
    state_.first_candidate = 0;
    if (!engine_.backspace()) {
      edits_.push_back({EditKind::backspace, {}});
    }
  }

  void space() {
    if (composing()) {
      finish_one();
    } else {
      insert(" ");
    }
  }

  void finish_one() {
    if (engine_.candidates(0, 1).empty()) {
      insert(engine_.commit_letters());
    } else {
      choose(state_.first_candidate);
    }
  }

  void done() {
    finish_composition();
    edits_.push_back({EditKind::done, {}});
  }

  /// No person types so fast: what comes in one go is looked at as a whole.
  void typed() {
    for (Input& input : ui_.take_typed()) {
      state_.arriving.push_back(std::move(input));
      state_.arrived_at = ui_.now();
    }
    if (state_.arriving.empty()) return;
    if (ui_.now() < state_.arrived_at + kPause) return ui_.draw_again_at(state_.arrived_at + kPause);
    const auto arrived = std::exchange(state_.arriving, {});
    std::size_t characters = 0;
    for (const Input& input : arrived) {
      if (const auto* text = std::get_if<TextTyped>(&input)) characters += text->text.size();
    }
    if (characters >= kBurst) scanned(arrived);
    else typed_by_hand(arrived);
  }

  void scanned(const std::vector<Input>& inputs) {
    finish_composition();
    for (const Input& input : inputs) {
      if (const auto* text = std::get_if<TextTyped>(&input)) insert(text->text);
    }
  }

  void typed_by_hand(const std::vector<Input>& inputs) {
    for (const Input& input : inputs) {
      if (const auto* text = std::get_if<TextTyped>(&input)) {
        for (std::size_t at = 0; at < text->text.size();) {
          const std::size_t start = at;
          const char32_t c = next_character(text->text, at);
          if (c == U' ') {
            space();
          } else if (c < 0x80) {
            character(c);
          } else {
            finish_composition();
            insert(text->text.substr(start, at - start));
          }
        }
      } else if (const auto* key = std::get_if<KeyPressed>(&input)) {
        typed_key(key->key);
      }
    }
  }

  void typed_key(Key key) {
    if (key == Key::backspace) {
      backspace();
    } else if (key == Key::enter) {
      done();
    } else if (key == Key::escape) {
      engine_.clear();
      state_.first_candidate = 0;
    }
  }

  bool key(const std::string& name, const Rect& place, const std::string& label, Icon icon, KeyLook look,
           Selected selected = Selected::no) {
    return key_cap(ui_, "key:" + name, place, label, icon, look, Enabled::yes, selected);
  }

  void character_row(Rect row, std::u32string_view characters) {
    const std::vector<Rect> places = row.columns(static_cast<int>(characters.size()), gap_);
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const std::string label = base::to_utf8(characters[i]);
      if (key(label, places[i], label, Icon::none, KeyLook::plain)) {
        character(characters[i]);
      }
    }
  }

  void third_row(Rect row, std::u32string_view characters) {
    const Rect left = units(row, 1.5F);
    const Rect right = row.take_right(std::round(unit_ * 1.5F - gap_), gap_);
    character_row(row, characters);
    for (int erased = repeating_key_cap(ui_, "key:backspace", right, tr("删除"), Icon::backspace, KeyLook::action);
         erased > 0; --erased) {
      backspace();
    }
    if (pinyin()) {
      if (key("'", left, "'", Icon::none, KeyLook::plain)) {
        character(U'\'');
      }
      return;
    }
    if (state_.layout == KeyboardLayout::symbols) {
      if (key("...", left, "……", Icon::none, KeyLook::plain)) {
        insert("……");
      }
      return;
    }
    const bool upper = state_.layout == KeyboardLayout::english_upper;
    if (key("shift", left, tr("大写"), Icon::shift, KeyLook::action, upper ? Selected::yes : Selected::no)) {
      state_.layout = state_.letters = upper ? KeyboardLayout::english : KeyboardLayout::english_upper;
    }
  }

  void bottom_row(Rect row) {
    const bool symbols = state_.layout == KeyboardLayout::symbols;
    if (spec_.chinese == Enabled::yes) {
      const bool chinese = state_.letters == KeyboardLayout::pinyin;
      if (key("layout", units(row, 1.5F), chinese ? tr("中 / 英") : tr("英 / 中"), Icon::none, KeyLook::action)) {
        finish_composition();
        state_.layout = state_.letters = chinese ? KeyboardLayout::english : KeyboardLayout::pinyin;
      }
    }
    if (key("symbols", units(row, 1.5F), symbols ? tr("字母") : tr("符号"), Icon::none, KeyLook::action)) {
      finish_composition();
      state_.layout = symbols ? state_.letters : KeyboardLayout::symbols;
    }
    const Rect end = row.take_right(std::round(unit_ * 2 - gap_), gap_);
    const bool chinese_marks = state_.letters == KeyboardLayout::pinyin;
    const char32_t comma = chinese_marks ? U'，' : U',';
    const char32_t stop = chinese_marks ? U'。' : U'.';
    const bool extra = !symbols;
    const Rect comma_place = extra ? units(row, 1) : Rect{};
    const Rect stop_place = extra ? row.take_right(std::round(unit_ - gap_), gap_) : Rect{};
    if (extra && key(base::to_utf8(comma), comma_place, base::to_utf8(comma), Icon::none, KeyLook::plain)) {
      character(comma);
    }
    if (key("space", row, tr("空格"), Icon::space, KeyLook::plain)) {
      space();
    }
    if (extra && key(base::to_utf8(stop), stop_place, base::to_utf8(stop), Icon::none, KeyLook::plain)) {
      character(stop);
    }
    if (key("done", end, spec_.done_label.empty() ? tr("完成") : spec_.done_label, Icon::none, KeyLook::done)) {
      done();
    }
  }

  Ui& ui_;
  KeyboardState& state_;
  TextEngine& engine_;
  const KeyboardSpec& spec_;
  float gap_;
  float unit_ = 0;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> text_keyboard(Ui& ui, Rect area, KeyboardState& state, TextEngine& engine, const KeyboardSpec& spec) {
  return Keyboard(ui, state, engine, spec).run(area);
}

float text_keyboard_height(Ui& ui) { return candidate_bar_height(ui) + 5 * key_height(ui) + 5 * ui.px(kKeyGap); }

}  // namespace bangwu::widgets
