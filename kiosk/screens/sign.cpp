#include <algorithm>

#include "screens/page_parts.h"
#include "screens/problem_words.h"
#include "session/signing/view.h"

namespace bangwu::screens {
namespace {

std::vector<widgets::Stroke> strokes_of(const domain::Signature& signature) {
  std::vector<widgets::Stroke> strokes;
  for (const auto& stroke : signature.strokes) {
    auto& copy = strokes.emplace_back();
    for (const auto& point : stroke) copy.push_back({point.x, point.y, std::chrono::milliseconds{point.t}});
  }
  return strokes;
}

domain::Signature signature_of(const std::vector<widgets::Stroke>& strokes, Rect pad) {
  domain::Signature signature;
  signature.aspect = pad.h > 0 ? pad.w / pad.h : signature.aspect;
  for (const auto& stroke : strokes) {
    auto& copy = signature.strokes.emplace_back();
    for (const auto& point : stroke) copy.push_back({point.x, point.y, static_cast<std::int32_t>(point.t.count())});
  }
  return signature;
}

void draw_pad(Scene& scene, Rect area, const session::SignView& view) {
  auto& state = scene.state;
  if (!state.strokes_taken) {
    state.strokes = strokes_of(view.signature);
    state.strokes_taken = true;
  }
  if (widgets::signature_pad(scene.ui, "pad", area, state.strokes, {.hint = tr("请用手指在这里签名")})) {
    scene.say(session::SignatureDrawn{signature_of(state.strokes, area)});
  }
}

// What may lie in the queue already is not signed anew: only sending again is left.
bool is_handed_over(const session::SignView& view) {
  return view.problem == session::StoreProblem::unknown || view.problem == session::StoreProblem::no_answer;
}

void draw_clear(Scene& scene, Rect bar) {
  const widgets::ButtonSpec clear{
      .label = tr("清除重签"), .icon = Icon::refresh, .enabled = enabled_if(!scene.state.strokes.empty())};
  const Rect button = bar.take_right(widgets::size_of(scene.ui, clear).w);
  if (!widgets::button(scene.ui, "pad:clear", button, clear)) return;
  scene.state.strokes.clear();
  scene.say(session::SignatureDrawn{});
}

}  // namespace

void draw_sign_screen(Scene& scene, const session::SignView& view) {
  if (view.storing) {
    announcement(scene.ui, scene.body, Icon::save, Tone::accent, tr("正在保存申请…"), tr("请稍候，不要离开。"));
    return;
  }
  const auto& theme = scene.theme();
  const auto problem = view.problem ? words_for(*view.problem) : ProblemWords{};
  if (is_handed_over(view)) {
    announcement(scene.ui, scene.body, Icon::warning, Tone::warning, problem.title, problem.words);
    return;
  }
  question_beside(scene);
  ask(scene, tr("请签名"), trf("请 {name} 本人签名，签好后点“提交申请”", {{"name", view.name}}));
  if (view.problem) {
    remark(scene, Tone::error, problem.words, problem.title);
    scene.words().skip_top(theme.gap);
  }
  tip(scene, Icon::shield, tr("签名只用于这次申请，与申请一起加密保存。"));
  // A signature wants width; more than half as high as wide is of no use.
  const float height = std::min(scene.body.h - theme.button_height - theme.gap, scene.body.w * 0.7F);
  draw_pad(scene, scene.body.take_top(height, theme.gap), view);
  draw_clear(scene, scene.body.take_top(theme.button_height));
}

}  // namespace bangwu::screens
