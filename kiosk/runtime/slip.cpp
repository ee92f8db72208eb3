#include "runtime/slip.h"

#include "paper/slip.h"
#include "widgets/words.h"

namespace bangwu::runtime {

base::Result<Slip> make_slip(const session::ResultView& result, const session::View& view, const KioskConfig::Hall& hall) {
  paper::SlipContent content;
  content.language = view.language == session::Language::en ? "en" : "zh-CN";
  content.hall = hall.name;
  content.title = widgets::tr("办件回执");
  content.number = result.number;
  auto pdf = paper::slip_pdf(content);
  if (!pdf) return tl::unexpected(pdf.error());
  return Slip{std::move(*pdf), "帮吾办回执-" + result.number + ".pdf"};
}

}  // namespace bangwu::runtime
