#include "runtime/slip.h"

#include "screens/dates.h"
#include "screens/result_words.h"
#include "widgets/words.h"

namespace bangwu::runtime {

using widgets::tr;
using widgets::tr_catalogue;

// The paper says what the screen says, in the same words.
paper::SlipContent slip_of(const session::ResultView& result, const session::View& view,
                           const KioskConfig::Hall& hall) {
  paper::SlipContent content;
  content.language = base::facts_of(view.language).tag;
  content.hall = tr_catalogue(hall.name);
  content.title = tr("办件回执");
  content.number_label = screens::is_final_number(result) ? tr("办件编号") : tr("临时编号");
  content.number = result.number;
  content.code_caption = tr("编号的二维码，查询进度时使用");
  content.state = screens::title_of(result);
  content.state_note = screens::explanation_of(result);
  content.item = {tr("事项"), tr_catalogue(result.procedure)};
  content.received = {tr("提交时间"),
                      result.stored_at ? screens::clock_words(*result.stored_at) : screens::arrival_words()};
  content.time_limit = {tr("办结时限"), screens::limit_of(result)};
  content.pickup = {tr("领取方式"), screens::pickup_of(result)};
  content.lacks = {tr("需要补充或修改的内容"), screens::lacks_of(result)};
  content.next = {tr("怎样通知您"), {screens::notice_of(result)}};
  content.ask = {tr("咨询"), {}};
  for (auto words : {screens::window_of(result), screens::consult_of(result)}) {
    if (!words.empty()) content.ask.lines.push_back(std::move(words));
  }
  content.footer = tr("帮办代办一律免费。");
  return content;
}

std::string file_name_of(const paper::SlipContent& slip) { return "帮吾办回执-" + slip.number + ".pdf"; }

}  // namespace bangwu::runtime
