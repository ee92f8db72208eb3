#include <algorithm>

#include "widgets/button_parts.h"
#include "widgets/fields.h"
#include "widgets/words.h"

namespace bangwu::widgets {
namespace {

constexpr Millimetres kKeyGap = 3_mm;
constexpr Millimetres kWidest = 200_mm;

void typed_edits(Ui& ui, const NumberPadSpec& spec, std::vector<Edit>& edits) {
  for (const Input& input : ui.take_typed()) {
    if (const auto* text = std::get_if<TextTyped>(&input)) {
      for (const char c : text->text) {
        const std::string character(1, c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        if ((c >= '0' && c <= '9') || character == spec.extra_key) {
          edits.push_back({EditKind::insert, character});
        }
      }
    } else if (const auto* key = std::get_if<KeyPressed>(&input)) {
      if (key->key == Key::backspace) {
        edits.push_back({EditKind::backspace, {}});
      } else if (key->key == Key::enter && spec.done_enabled == Enabled::yes) {
        edits.push_back({EditKind::done, {}});
      }
    }
  }
}

void digit_keys(Ui& ui, const Rect& area, const NumberPadSpec& spec, std::vector<Edit>& edits) {
  const float gap = ui.px(kKeyGap);
  const std::vector<Rect> rows = area.rows(4, gap);
  const auto insert_key = [&](const Rect& place, const std::string& text) {
    if (key_cap(ui, "key:" + text, place, text, Icon::none, KeyLook::plain)) {
      edits.push_back({EditKind::insert, text});
    }
  };
  for (int i = 0; i < 9; ++i) {
    const std::vector<Rect> columns = rows[static_cast<std::size_t>(i / 3)].columns(3, gap);
    insert_key(columns[static_cast<std::size_t>(i % 3)], std::to_string(i + 1));
  }
  Rect last = rows[3];
  const float key = last.columns(3, gap)[0].w;
  if (!spec.extra_key.empty()) {
    insert_key(last.take_left(key, gap), spec.extra_key);
  }
  if (key_cap(ui, "key:clear", last.take_right(key, gap), tr("清空"), Icon::none, KeyLook::action)) {
    edits.push_back({EditKind::clear, {}});
  }
  insert_key(last, "0");
}

}  // namespace

std::vector<Edit> number_pad(Ui& ui, Rect area, const NumberPadSpec& spec) {
  std::vector<Edit> edits;
  typed_edits(ui, spec, edits);
  const float gap = ui.px(kKeyGap);
  Rect pad = area.centred({std::min(area.w, ui.px(kWidest)), std::min(area.h, number_pad_height(ui))});
  Rect side = pad.take_right((pad.w - 3 * gap) / 4, gap);
  digit_keys(ui, pad, spec, edits);
  const std::vector<Rect> actions = side.rows(2, gap);
  const int erased = repeating_key_cap(ui, "key:delete", actions[0], tr("删除"), Icon::backspace, KeyLook::action);
  edits.insert(edits.end(), static_cast<std::size_t>(erased), {EditKind::backspace, {}});
  const std::string done = spec.done_label.empty() ? tr("确定") : spec.done_label;
  if (key_cap(ui, "key:done", actions[1], done, Icon::none, KeyLook::done, spec.done_enabled)) {
    edits.push_back({EditKind::done, {}});
  }
  return edits;
}

float number_pad_height(Ui& ui) { return 4 * ui.px(ui.theme().landscape() ? 24_mm : 19_mm) + 3 * ui.px(kKeyGap); }

}  // namespace bangwu::widgets
