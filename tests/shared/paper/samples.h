#pragma once
#include "paper/slip.h"

namespace bangwu::paper {

/// A receipt as the kiosk prints it while the network is down.
inline SlipContent stored_sample() {
  SlipContent slip;
  slip.hall = "常州市武进区政务服务中心 · “帮吾办”专区";
  slip.title = "办件回执";
  slip.number_label = "临时编号";
  slip.number = "K07-20261123-0042";
  slip.code_caption = "扫码查询进度";
  slip.state = "已存本机";
  slip.state_note = "您的材料已安全保存在这台机器上，网络恢复后自动送达，不需要您再做什么。";
  slip.item = {"事项", "食品经营许可（新办）"};
  slip.received = {"接收时间", "2026年11月23日 10:32"};
  slip.time_limit = {"办理时限", "受理后 5 个工作日；今天受理的，最迟 2026年11月30日（周一）办结"};
  slip.pickup = {"取件方式", "窗口领取：一楼 12 号窗口，请带好身份证和本回执"};
  slip.next = {
      "接下来",
      {"材料送达后，窗口当天审核，缺什么会一次告诉您。", "受理后会有正式的办件编号，用本回执上的二维码也能查到。"}};
  slip.ask = {"问谁", {"帮办代办专区：0519-86310000（工作日 9:00–12:00，13:00–17:00）", "投诉建议：12345"}};
  slip.footer = "帮办代办服务不收费。本回执不含您的个人信息，请妥善保管。";
  return slip;
}

/// One that asks for corrections.
inline SlipContent correction_sample() {
  SlipContent slip = stored_sample();
  slip.number_label = "办件编号";
  slip.number = "WJ-2026-0001234";
  slip.state = "待补正";
  slip.state_note = "材料还不齐。补齐下面所列的各项后，从补齐之日起计算办理时限。";
  slip.lacks = {"还缺什么",
                {"经营场所平面布局图：未提供", "食品安全管理人员健康证明：第 2 页不清楚，请重新扫描",
                 "法定代表人身份证复印件：只有正面，请补反面"}};
  slip.next = {"接下来", {"请在任意一台自助服务机上选择“查询与补正”，扫描右上角二维码，直接进入清单。"}};
  return slip;
}

inline SlipContent english_sample() {
  SlipContent slip;
  slip.language = "en";
  slip.hall = "Wujin District Government Service Centre, Changzhou";
  slip.title = "Receipt";
  slip.number_label = "Case number";
  slip.number = "WJ-2026-0001234";
  slip.code_caption = "Scan to follow your case";
  slip.state = "Accepted";
  slip.state_note = "Your application is complete and the time limit has started.";
  slip.item = {"Service", "Food business licence (new)"};
  slip.received = {"Received", "23 November 2026, 10:32"};
  slip.time_limit = {"Time limit", "5 working days, at the latest Monday, 30 November 2026"};
  slip.pickup = {"Collection", "At window 12 on the first floor; please bring your identity card and this receipt"};
  slip.next = {"What happens next",
               {"The window examines your application and may call you with questions.",
                "You are told when the licence can be collected."}};
  slip.ask = {"Whom to ask",
              {"Assistance desk: 0519-86310000 (working days, 9:00–12:00 and 13:00–17:00)",
               "Complaints and suggestions: 12345"}};
  slip.footer = "Assistance is free of charge. This receipt carries no personal data.";
  return slip;
}

}  // namespace bangwu::paper
