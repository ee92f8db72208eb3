#include "screens/staff_words.h"

#include "screens/dates.h"
#include "widgets/words.h"

namespace bangwu::screens {
namespace {

using session::MachineFault;
using widgets::tr;
using widgets::trf;

struct Told {
  std::string what, to_do;
};

// What keeps visitors out.
Told told_of_closed(MachineFault fault) {
  switch (fault) {
    case MachineFault::queue_lost:
      return {tr("待送队列丢失、损坏或变旧"), tr("放回最新的副本，或运行 bangwu-kiosk queue recover")};
    case MachineFault::not_started: return {tr("程序没有启动完成"), tr("原因在日志 kiosk.not_started 里")};
    case MachineFault::not_enrolled: return {tr("本机还没有登记启用"), tr("运行 bangwu-kiosk enrol")};
    case MachineFault::revoked:
      return {tr("中心停用了本机"), tr("问明原因；恢复使用要用中心为本机新生成的登记码，运行 bangwu-kiosk enrol")};
    case MachineFault::unknown_machine: return {tr("中心不认识本机"), tr("重新登记，运行 bangwu-kiosk enrol")};
    case MachineFault::shared_identity:
      return {tr("另一台机器在用本机的身份"),
              tr("运行 bangwu-kiosk queue retry all；在复制出来的那一台上运行 bangwu-kiosk enrol --as-another")};
    case MachineFault::courier_not_started:
      return {tr("送件程序没有启动"), tr("原因在日志 courier.not_started 里，改好后重新启动")};
    case MachineFault::no_room: return {tr("磁盘空间不够或不能写入"), tr("腾出空间，检查磁盘")};
    default: return {tr("没有可以办理的事项"), tr("检查事项目录，运行 bangwu-kiosk check")};
  }
}

Told told_of(MachineFault fault) {
  switch (fault) {
    case MachineFault::dead_items:
      return {tr("有申请或评价不会自动送出"), tr("运行 bangwu-kiosk queue list 查看并处理")};
    case MachineFault::gives_again:
      return {tr("中心恢复了旧备份，本机正在补送它缺少的申请"), tr("不要关机，保持网络畅通")};
    case MachineFault::disk_is_older: return {tr("本机磁盘换回了旧的副本"), tr("与中心核对这段时间的申请是否都已送达")};
    case MachineFault::clock_wrong: return {tr("本机时钟不对"), tr("校准时钟，更换主板电池")};
    case MachineFault::scanner_stuck: return {tr("扫描仪没有响应"), tr("关掉扫描仪电源再打开；还不行，重新启动本机")};
    case MachineFault::sticks_stuck: return {tr("U盘没有响应"), tr("拔下U盘；还不行，重新启动本机")};
    case MachineFault::pictures_stuck: return {tr("图像程序没有响应"), tr("重新启动本机")};
    case MachineFault::paper_stuck: return {tr("回执程序没有响应"), tr("拔下U盘；还不行，重新启动本机")};
    default: return told_of_closed(fault);
  }
}

}  // namespace

std::string words_for(const session::StaffNotice& notice) {
  const auto told = told_of(notice.fault);
  if (!notice.since) return trf("{what}。请{to_do}。", {{"what", told.what}, {"to_do", told.to_do}});
  return trf("{what}（{since} 起）。请{to_do}。",
             {{"what", told.what}, {"since", short_clock_words(*notice.since)}, {"to_do", told.to_do}});
}

std::string staff_words(const std::vector<session::StaffNotice>& notices) {
  if (notices.empty()) return {};
  std::string words = tr("工作人员请看");
  for (const auto& notice : notices) words += '\n' + words_for(notice);
  return words;
}

}  // namespace bangwu::screens
