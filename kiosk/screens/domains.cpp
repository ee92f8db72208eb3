#include "screens/names.h"
#include "screens/page_parts.h"
#include "session/choosing/view.h"

namespace bangwu::screens {

void draw_domains_screen(Scene& scene, const session::DomainsView&) {
  question_beside(scene);
  ask(scene, tr("您要办哪方面的事？"), tr("请选择服务范围"));
  tip(scene, Icon::info, tr("拿不准属于哪一类？可以回首页用“搜索事项”，或请帮办人员协助。"));
  std::vector<Door> tiles;
  for (const auto domain : domain::kDomains) {
    tiles.push_back({std::string{"domain:"} + domain::name_of(domain),
                     {.icon = icon_of(domain), .title = words_for(domain), .subtitle = explanation_of(domain)}});
  }
  if (const auto touched = doors(scene, tiles, 2)) {
    scene.say(session::DomainChosen{domain::kDomains[*touched]});
  }
}

}  // namespace bangwu::screens
