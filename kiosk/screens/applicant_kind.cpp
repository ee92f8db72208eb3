#include "screens/names.h"
#include "screens/page_parts.h"
#include "session/identity/view.h"

namespace bangwu::screens {

void draw_applicant_kind_screen(Scene& scene, const session::ApplicantKindView& view) {
  question_beside(scene);
  ask(scene, tr("这次以谁的名义申请？"), tr("证照和结果会以申请人的名义出具"));
  tip(scene, Icon::info, tr("为单位办理的，请选择单位，随后再填写经办人，也就是现在操作的人。"));
  std::vector<Option> options;
  for (const auto kind : view.offered) {
    options.push_back({std::string{"kind:"} + domain::name_of(kind), words_for(kind), explanation_of(kind),
                       icon_of(kind), selected_if(view.chosen == kind)});
  }
  if (const auto touched = choose(scene, options)) scene.say(session::ApplicantKindChosen{view.offered[*touched]});
}

}  // namespace bangwu::screens
