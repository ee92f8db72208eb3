#include "screens/section.h"
#include "session/apply/view.h"

namespace bangwu::screens {
namespace {

std::string collected_words(const session::PrivacyView& view) {
  std::string words = tr("证件类型和号码、姓名或单位名称");
  for (const auto& label : view.collected) words += tr("、") + tr_catalogue(label);
  return words + tr("、您的签名") + tr("。");
}

}  // namespace

void draw_privacy_screen(Scene& scene, const session::PrivacyView& view) {
  auto& ui = scene.ui;
  ask(scene, tr("先请您了解：我们需要哪些信息"),
      trf("办理“{procedure}”", {{"procedure", tr_catalogue(view.procedure)}}));
  widgets::scroll_area(ui, "privacy", scene.body, scene.state.scroll, [&](Rect area) {
    Cards cards{ui, area};
    {
      Section section{ui, cards.next(), tr("收集什么"), Icon::form};
      section.words(collected_words(view));
      section.words(tr("以及办事指南里列出的材料。只收集这个事项需要的内容。"));
    }
    {
      Section section{ui, cards.next(), tr("用来做什么"), Icon::document};
      section.words(tr("只用于受理和办理这次申请，并在需要时与您联系。标注（选填）的内容可以不填，不影响办理。"));
    }
    {
      Section section{ui, cards.next(), tr("保存多久"), Icon::clock};
      section.words(tr("提交后加密送到政务服务中心，由承办部门按档案管理规定保存。"));
      section.words(
          tr("提交后或中途结束时，屏幕上的内容会立即清除；还没有送达的申请只以加密的形式存在本机，别人看不到内容。"));
    }
    {
      Section section{ui, cards.next(), tr("您的权利"), Icon::shield};
      section.words(tr("您可以向承办部门查询、更正自己的信息。不同意也可以到窗口办理。"));
    }
    return cards.height();
  });
}

}  // namespace bangwu::screens
