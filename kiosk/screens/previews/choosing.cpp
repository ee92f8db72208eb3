#include "screens/previews/sample.h"

namespace bangwu::screens {
namespace {

using session::ListEntry;
using session::MachineFault;

constexpr std::chrono::sys_seconds kSince =
    std::chrono::sys_days{std::chrono::November / 23 / 2026} + std::chrono::minutes{74};

std::vector<ListEntry> six_items() {
  return {
      {"WJ-XM-0001", "企业投资项目备案", "企业投资建设不需要核准的项目，开工前告知备案机关", ListEntry::Mark::instant},
      {"WJ-XM-0002", "建设工程规划许可证核发", "建房、修路、铺管线等工程开工前，取得建设工程规划许可证"},
      {"WJ-XM-0003", "建筑工程施工许可证核发", "房屋建筑和市政工程开工前，由建设单位申请施工许可证"},
      {"WJ-XM-0004", "建设工程竣工验收备案", "房屋建筑和市政工程竣工验收合格后15日内备案", ListEntry::Mark::instant},
      {"WJ-XM-0005", "不动产转移登记（存量房买卖）", "二手房买卖后，把不动产权登记到买方名下"},
      {"WJ-XM-0006", "用水报装", "新装、增容自来水，由供水企业上门勘查后接通"}};
}

std::vector<ListEntry> found() {
  auto entries = six_items();
  entries[0] = {"WJ-YJS-0001", "开办餐饮店", "营业执照、食品经营许可和店招一次申请", ListEntry::Mark::bundle};
  entries[1] = {"WJ-SC-0003", "食品经营许可", "开饭店、食堂、奶茶店或销售散装食品前，办理食品经营许可证"};
  return entries;
}

std::vector<ListEntry> long_names() {
  return {{"WJ-SB-0001", "专精特新中小企业认定申报转报", ""},
          {"WJ-SB-0002", "中级职称评审申报转报", ""},
          {"WJ-SB-0003", "高新技术企业认定申报转报", "", ListEntry::Mark::instant},
          {"WJ-GG-0001", "灵活就业人员养老保险参保登记", "", ListEntry::Mark::instant},
          {"WJ-XM-0005", "不动产转移登记（存量房买卖）", ""},
          {"WJ-GG-0002", "民办非企业单位成立登记", ""}};
}

std::vector<ListEntry> two_bundles() {
  return {{"WJ-YJS-0001", "开办餐饮店", "营业执照、食品经营许可和店招一次申请", ListEntry::Mark::bundle},
          {"WJ-YJS-0007", "新生儿出生", "生育登记、居民医保和社会保障卡一次申请", ListEntry::Mark::bundle}};
}

void add_start(std::vector<Preview>& all) {
  all.push_back(preview("start", {}, session::StartView{}));
  const auto closed = [&](const std::string& what, MachineFault fault) {
    session::StartView view;
    view.closed = fault;
    view.staff = {{.fault = fault, .since = kSince}};
    all.push_back(preview("start." + what, {}, std::move(view)));
  };
  closed("no_room", MachineFault::no_room);
  closed("not_enrolled", MachineFault::not_enrolled);
  closed("revoked", MachineFault::revoked);
  closed("shared_identity", MachineFault::shared_identity);
  closed("cannot_deliver", MachineFault::courier_not_started);
  closed("queue_lost", MachineFault::queue_lost);
  closed("no_items", MachineFault::no_items);
  session::StartView open;
  open.staff = {{.fault = MachineFault::dead_items, .since = kSince},
                {.fault = MachineFault::clock_wrong, .since = std::nullopt},
                {.fault = MachineFault::scanner_stuck, .since = kSince}};
  all.push_back(preview("start.staff_wanted", {}, std::move(open)));
}

void add_guides(std::vector<Preview>& all) {
  const auto start = frame(1, session::NextLabel::start_application);
  all.push_back(preview("guide.item", start, session::GuideView{sample_procedure(), &sample_item(), {}}));
  auto with_fee = sample_procedure();
  with_fee.name = sample_item_with_fee().name;
  with_fee.materials.clear();
  with_fee.promised_limit = {1};
  all.push_back(preview("guide.fee", start, session::GuideView{with_fee, &sample_item_with_fee(), {}}));
  all.push_back(preview("guide.bundle", start, session::GuideView{sample_bundle(), nullptr, sample_bundle_items()}));
}

}  // namespace

void add_choosing(std::vector<Preview>& all) {
  const auto choose = frame(1, std::nullopt);
  add_start(all);
  all.push_back(preview("domains", choose, session::DomainsView{}));
  using Of = session::ListView::Of;
  all.push_back(preview("list.items", choose,
                        session::ListView{Of::items, domain::Domain::project_construction, six_items(), 0, 2}));
  all.push_back(preview("list.bundles", choose, session::ListView{Of::bundles, std::nullopt, two_bundles(), 0, 1}));
  all.push_back(preview("list.empty", choose, session::ListView{Of::items, domain::Domain::upward_filing, {}, 0, 1}));
  all.push_back(preview("search.untouched", choose, session::SearchView{}));
  all.push_back(preview("search.found", choose, session::SearchView{"建", found(), 0, 3}));
  all.push_back(preview("search.long_names", choose, session::SearchView{"sb", long_names(), 0, 2}));
  all.push_back(preview("search.elsewhere", choose,
                        session::SearchView{"护照",
                                            {{"CZ-0001", "护照、港澳台通行证", "公安机关出入境管理部门",
                                              ListEntry::Mark::elsewhere, "12367"}},
                                            0,
                                            1}));
  all.push_back(preview("search.nothing", choose, session::SearchView{"潜水艇驾驶", {}, 0, 1}));
  add_guides(all);
}

}  // namespace bangwu::screens
