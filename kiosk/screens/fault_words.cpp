#include "screens/problem_words.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using domain::PageFault;
using widgets::tr;

ProblemWords file_words(PageFault fault) {
  switch (fault) {
    case PageFault::file_empty:
      return {tr("这个文件是空的"), tr("里面没有内容，没有导入任何页。请换一个文件，或改用扫描。")};
    case PageFault::file_damaged:
      return {tr("这个文件读不完整"),
              tr("文件可能没有复制完，没有导入任何页。请在电脑上确认能打开后重新复制，或改用扫描。")};
    case PageFault::file_wrong_type:
      return {tr("不支持这种文件"),
              tr("没有导入任何页。这里可以用 JPEG、PNG、TIFF 图片和 PDF 文件，请换一个文件，或改用扫描。")};
    case PageFault::file_too_large:
      return {tr("这个文件太大"), tr("没有导入任何页。请把文件分成几个小一些的，或改用扫描。")};
    case PageFault::too_many_pages:
      return {tr("这个文件的页数太多"),
              tr("一份材料放不下这么多页，没有导入任何页。请只保留需要的页，或请帮办人员协助。")};
    case PageFault::too_many_pixels:
      return {tr("这张图片的尺寸太大"), tr("本机处理不了，没有导入任何页。请换一张小一些的图片，或改用扫描。")};
    case PageFault::file_protected:
      return {tr("这个文件有密码保护"), tr("本机打不开，没有导入任何页。请另存一份不带密码的文件，或改用扫描。")};
    case PageFault::file_gone:
      return {tr("这个文件已不在U盘上"), tr("没有导入任何页。请确认U盘已插好，再从列表中选择。")};
    default: return {tr("U盘被拔出了"), tr("文件没有读完，没有导入任何页。请重新插入U盘，再选一次文件。")};
  }
}

ProblemWords scanner_words(PageFault fault) {
  switch (fault) {
    case PageFault::scanner_missing:
      return {tr("没有找到扫描仪"), tr("现在不能扫描。可以改用U盘里的文件，或请帮办人员协助。")};
    case PageFault::scanner_busy: return {tr("扫描仪正在忙"), tr("这次没有扫描。请稍等片刻再试一次。")};
    case PageFault::scanner_jammed:
      return {tr("纸张卡住了"), tr("扫描停在这里，之前扫好的页都在。请帮办人员取出卡住的纸，再从没扫到的一页继续。")};
    case PageFault::feeder_empty:
      return {tr("进纸器里没有纸"), tr("没有扫到新的页。请把材料正面朝上放进进纸器，推到底，再试一次。")};
    case PageFault::cover_open: return {tr("扫描仪的盖子没有合上"), tr("没有扫到新的页。请合上盖子，再试一次。")};
    case PageFault::scanner_unplugged:
      return {tr("扫描仪断开了"), tr("扫描停在这里，之前扫好的页都在。可以改用U盘里的文件，或请帮办人员协助。")};
    case PageFault::scanner_hanging:
      return {tr("扫描仪没有响应"), tr("已停止等待，之前扫好的页都在。请再试一次；还不行，请帮办人员协助。")};
    case PageFault::scan_incomplete:
      return {tr("这一页没有扫完整"), tr("不完整的页没有保留，之前扫好的页都在。请重新扫描这一页。")};
    default: return {tr("扫描没有成功"), tr("没有扫到新的页，之前扫好的页都在。请再试一次；还不行，请帮办人员协助。")};
  }
}

ProblemWords sheet_words(PageFault fault) {
  if (fault == PageFault::too_many_pages) {
    return {tr("放不下更多的页"),
            tr("扫好的页都在，多出来的没有保留。请看看需要的页是否都在；还要添加，请帮办人员协助。")};
  }
  if (fault == PageFault::too_many_pixels) {
    return {tr("这一页太大"),
            tr("本机处理不了这么大的一页，没有保留，之前扫好的页都在。请检查原件的尺寸，或请帮办人员协助。")};
  }
  return {};
}

// In the middle of a stack: this scan's first pages are kept, so it cannot say that nothing came.
ProblemWords stopped_words(PageFault fault) {
  switch (fault) {
    case PageFault::scanner_busy:
      return {tr("扫描仪正在忙"), tr("扫描停在这里，之前扫好的页都在。请稍等片刻，再从没扫到的一页继续。")};
    case PageFault::cover_open:
      return {tr("扫描仪的盖子没有合上"), tr("扫描停在这里，之前扫好的页都在。请合上盖子，再从没扫到的一页继续。")};
    case PageFault::scanner_failed:
      return {tr("扫描没有做完"),
              tr("扫描停在这里，之前扫好的页都在。请从没扫到的一页再试一次；还不行，请帮办人员协助。")};
    case PageFault::disk_full:
      return {tr("本机的存储空间不够"),
              tr("扫描停在这里，之前扫好的页都在，放不下的没有保留。请帮办人员协助，或到窗口提交这份材料。")};
    case PageFault::internal:
      return {tr("这次没有做完"),
              tr("本机出了问题，扫描停在这里，之前扫好的页都在。请从没扫到的一页再试一次；还不行，请帮办人员协助。")};
    default: return {};
  }
}

}  // namespace

ProblemWords words_for(PageFault fault, Captured captured) {
  if (fault == PageFault::none) return {};
  if (fault < PageFault::scanner_missing) {
    if (captured == Captured::no_file) return file_words(fault);
    if (auto words = sheet_words(fault); !words.title.empty()) return words;
    fault = PageFault::scanner_failed;  // the words for files would mislead
  }
  if (captured == Captured::first_pages) {
    if (auto words = stopped_words(fault); !words.title.empty()) return words;
  }
  if (fault < PageFault::cancelled) return scanner_words(fault);
  if (fault == PageFault::cancelled) {
    return {tr("已按您的要求停止"), tr("之前扫好的页都在。可以继续添加，也可以就此完成。")};
  }
  if (fault == PageFault::disk_full) {
    return {tr("本机的存储空间不够"), tr("新的页没有保留，之前的页都在。请帮办人员协助，或到窗口提交这份材料。")};
  }
  return {tr("这次没有成功"), tr("本机出了问题，新的页没有保留，之前的页都在。请再试一次；还不行，请帮办人员协助。")};
}

ProblemWords words_for(session::StoreProblem problem) {
  switch (problem) {
    case session::StoreProblem::disk_full:
      return {tr("申请还没有保存"),
              tr("本机的存储空间不够，所以没有提交。您填写的内容都在，请先不要离开，并请帮办人员协助。")};
    case session::StoreProblem::not_enrolled:
      return {tr("申请还没有保存"), tr("本机还没有登记启用，所以不能接收申请。请帮办人员协助，或到窗口办理。")};
    case session::StoreProblem::failed: break;
  }
  return {tr("申请还没有保存"),
          tr("保存时出了问题，所以没有提交。您填写的内容都在，请再点一次“提交申请”；还不行，请帮办人员协助。")};
}

}  // namespace bangwu::screens
