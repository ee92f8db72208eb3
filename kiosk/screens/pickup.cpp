#include "screens/page_parts.h"
#include "session/apply/view.h"

namespace bangwu::screens {

void draw_pickup_screen(Scene& scene, const session::PickupView& view) {
  question_beside(scene);
  ask(scene, tr("办好后，您想怎样领取？"), tr("领取时请带上身份证件和回执上的编号"));
  tip(scene, Icon::info, tr("领取方式以后要改，请联系承办窗口。"));
  std::vector<Option> options;
  for (std::size_t i = 0; i < view.ways.size(); ++i) {
    options.push_back({"pickup:" + std::to_string(i),
                       tr_catalogue(view.ways[i]),
                       {},
                       Icon::handover,
                       selected_if(view.ways[i] == view.chosen)});
  }
  if (const auto touched = choose(scene, options)) scene.say(session::ChoiceMade{view.ways[*touched]});
}

}  // namespace bangwu::screens
