#pragma once
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace bangwu::paper {

struct SlipField {
  std::string label;
  std::string value;  ///< empty: the field is left out
};

struct SlipList {
  std::string heading;
  std::vector<std::string> lines;  ///< empty: the list is left out
};

/// What a receipt (办件回执) says. All words come from the caller, translated and checked: the room knows only where
/// they stand. Nothing about a person is on the slip unless it is put into a field here.
///
/// Regulation Art. 9: after a self-service submission the applicant is told whether it passed, the time limit, and how
/// to collect the result. `state` is never a later word than what is known.
struct SlipContent {
  std::string language = "zh-CN";  ///< BCP 47, of the strings below
  std::string hall;                ///< "常州市武进区政务服务中心 · “帮吾办”专区"
  std::string title;               ///< "办件回执"
  std::string number_label;        ///< "办件编号", or "临时编号" before the central service has given one
  std::string number;              ///< also in the QR code, as receipt_code()
  std::string code_caption;        ///< under the QR code: "扫码查询进度"
  std::string state;               ///< "已存本机"
  std::string state_note;  ///< what that means: "材料已安全保存在本机，网络恢复后自动送达。"
  SlipField item;
  SlipField received;
  SlipField time_limit;  ///< in words and with its date: "5 个工作日，最迟 2026年11月30日"
  SlipField pickup;
  std::vector<SlipField> more;  ///< further facts, after these
  SlipList lacks;               ///< what is missing, all of it at once
  SlipList next;                ///< what happens next
  SlipList ask;                 ///< whom to ask
  std::string footer;           ///< on every page
};

/// The slip as PDF, A5 portrait; texts of any length wrap and continue on further pages that repeat title and number.
/// Black and grey only. Takes some 60 ms: any worker thread, several at once. Nothing is written to a disk.
/// invalid_input: number or title is empty, or a text is not UTF-8. unavailable: the fonts are not installed.
[[nodiscard]] base::Result<base::Bytes> slip_pdf(const SlipContent& content);

}  // namespace bangwu::paper
