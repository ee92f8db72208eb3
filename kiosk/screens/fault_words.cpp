#include "screens/problem_words.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using domain::PageFault;
using widgets::tr;
using widgets::trf;

/// Sound files of kinds that are not read: what they are, and how to make a file of them that is.
ProblemWords kind_words(PageFault fault) {
  switch (fault) {
    case PageFault::file_heic:
      return {tr("这是 HEIC 格式的照片"),
              tr("本机读不了这种格式，没有导入任何页。请在手机或电脑上另存为 JPEG，或把原件放到扫描仪上扫描。")};
    case PageFault::file_document:
      return {tr("这是 OFD 或办公软件的文档"),
              tr("本机读不了这种格式，没有导入任何页。请在电脑上另存为 PDF 后重新复制，或打印出来扫描。")};
    case PageFault::picture_kind:
      return {tr("本机读不了这种图片格式"),
              tr("图片没有坏，但没有导入任何页。请在电脑上另存为普通的 JPEG 或 PNG 图片，或改用扫描。")};
    case PageFault::pdf_form:
      return {tr("这是需要专用软件打开的表单"),
              tr("里面的内容本机显示不出来，没有导入任何页。请用填写它的软件打印成普通的 PDF，或打印出来扫描。")};
    case PageFault::pdf_portfolio:
      return {tr("这个 PDF 里面装着别的文件"),
              tr("它本身没有页，没有导入任何页。请在电脑上把里面的文件分别存出来，再逐个导入。")};
    case PageFault::folder_too_deep:
      return {tr("这个文件夹放得太深"), tr("里面的文件没有列出来。请在电脑上把需要的文件移到U盘的最外层。")};
    default: return {};
  }
}

/// One page of a document; the others may be sound.
ProblemWords page_words(PageFault fault, int page) {
  const auto number = std::to_string(page);
  if (fault == PageFault::page_damaged) {
    const auto words = tr("没有导入任何页。可以只导入其余的页；需要这一页时，请在电脑上重新生成这个文件，或改用扫描。");
    return {page > 0 ? trf("这个文件的第 {page} 页读不出来", {{"page", number}}) : tr("这个文件里有读不出来的页"),
            words};
  }
  if (fault == PageFault::page_shape) {
    const auto words = tr("缩放后会看不清，没有导入任何页。可以只导入其余的页；需要这一页时，请打印出来扫描。");
    return {page > 0 ? trf("这个文件的第 {page} 页尺寸不合适", {{"page", number}}) : tr("这个文件里有尺寸不合适的页"),
            words};
  }
  if (fault == PageFault::page_too_complex) {
    const auto words = tr("没有导入任何页。可以只导入其余的页；需要这一页时，请打印出来扫描。");
    return {
        page > 0 ? trf("这个文件的第 {page} 页太复杂，处理不完", {{"page", number}}) : tr("这个文件里有处理不完的页"),
        words};
  }
  return {};
}

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
    case PageFault::file_too_complex:
      return {tr("这个文件太复杂"),
              tr("本机在规定的时间里处理不完，没有导入任何页。请在电脑上打印成一份普通的 PDF，或改用扫描。")};
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

std::string reason_for(PageFault fault) {
  switch (fault) {
    case PageFault::file_heic: return tr("HEIC 照片读不了，请另存为 JPEG");
    case PageFault::file_document: return tr("请在电脑上另存为 PDF");
    case PageFault::picture_kind: return tr("读不了这种图片，请另存为 JPEG");
    case PageFault::file_too_large: return tr("文件太大，请分成几个小一些的");
    case PageFault::folder_too_deep: return tr("文件夹太深，请把文件移到最外层");
    default: return words_for(fault, Captured::no_file).title;
  }
}

ProblemWords words_for(PageFault fault, Captured captured, int page) {
  if (fault == PageFault::none) return {};
  if (fault < PageFault::scanner_missing) {
    if (captured == Captured::no_file) {
      for (auto words : {kind_words(fault), page_words(fault, page)}) {
        if (!words.title.empty()) return words;
      }
      return file_words(fault);
    }
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
    case session::StoreProblem::no_answer:
      return {tr("保存还没有结果"),
              tr("本机一直没有答复，可能出了故障，请告诉工作人员。您填写的内容都在：可以再点一次“提交申请”，不会重复；"
                 "也可以点“回首页”，清除全部内容。")};
    case session::StoreProblem::unknown:
      return {tr("不能确定是否已经保存"),
              tr("保存时磁盘出了问题。请再点一次“提交申请”，不会重复提交；还不行，请告诉工作人员，由他们查看。")};
    case session::StoreProblem::failed: break;
  }
  return {tr("申请还没有保存"),
          tr("保存时出了问题，所以没有提交。您填写的内容都在，请再点一次“提交申请”；还不行，请帮办人员协助。")};
}

}  // namespace bangwu::screens
