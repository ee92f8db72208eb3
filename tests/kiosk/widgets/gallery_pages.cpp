#include "gallery_pages.h"

#include <cmath>
#include <memory>

#include "support/fake_text_engine.h"
#include "widgets/fields.h"
#include "widgets/keyboard.h"
#include "widgets/notices.h"
#include "widgets/page_frame.h"
#include "widgets/pictures.h"
#include "widgets/scroll.h"
#include "widgets/words.h"

namespace bangwu::tests {
namespace {

using namespace bangwu::widgets;

PageSpec page(const std::string& screen, std::optional<StepOf> step = {}) {
  return {.screen = screen,
          .place = tr("区政务服务中心"),
          .clock = "2026-11-23 10:28",
          .step = std::move(step),
          .back = NavigationButton{},
          .home = NavigationButton{},
          .next = NavigationButton{}};
}

void draw_start(Ui& ui) {
  PageSpec spec = page("start");
  spec.back = spec.home = spec.next = std::nullopt;
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("您好，请问办什么？"));
  body.skip_top(ui.px(2_mm));
  const std::vector<TileSpec> tiles{
      {.icon = Icon::assisted_self_service, .title = tr("帮自助办"), .subtitle = tr("在这里办，我们陪您一步一步办完")},
      {.icon = Icon::assisted_online, .title = tr("帮网上办"), .subtitle = tr("用手机在省政务服务网上办")},
      {.icon = Icon::delegation, .title = tr("代办委托"), .subtitle = tr("委托代办员替您办，全程免费")},
      {.icon = Icon::progress, .title = tr("进度查询"), .subtitle = tr("凭回执二维码或办件编号")},
      {.icon = Icon::terminate, .title = tr("终止委托"), .subtitle = tr("申请人或代办员提出")},
      {.icon = Icon::rate, .title = tr("满意度评价"), .subtitle = tr("两步完成，可以不留姓名")},
  };
  const int columns = ui.theme().landscape() ? 3 : 2;
  float height = ui.px(46_mm);
  for (const TileSpec& t : tiles) {
    height = std::max(height, height_of(ui, t, body.columns(columns, ui.theme().gap)[0].w));
  }
  const auto places = body.grid(6, columns, height, ui.theme().gap);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    (void)tile(ui, "tile:" + std::to_string(i), places[i], tiles[i]);
  }
  body.take_top(height * static_cast<float>(6 / columns) + ui.theme().gap * static_cast<float>(6 / columns));
  banner(ui, body, Tone::accent,
         language() == Language::en ? std::string("It’s free · always. Use “Search services”, or ask a helper.")
                                    : tr("帮办代办一律“免费”、自愿。请带好身份证。"),
         tr("温馨提示"));
  (void)list_row(ui, "staff", body.take_bottom(ui.px(20_mm)),
                 {.icon = Icon::badge, .icon_tone = Tone::neutral, .title = tr("工作人员"), .opens = Opens::yes});
}

// The foot of the screen, where the keyboard stands; the body ends above it.
Rect keyboard_bed(Ui& ui, Rect& body, float height) {
  const Theme& t = ui.theme();
  const float pad = ui.px(3_mm);
  const Rect bed = ui.screen().take_bottom(height + 2 * pad);
  ui.fill(bed, t.palette().sunken);
  body.h = std::max(0.F, std::min(body.bottom(), bed.y - t.gap) - body.y);
  return bed.inset(pad);
}

void draw_form(Ui& ui) {
  static const auto engine = std::make_shared<support::FakeTextEngine>(
      std::vector<std::string>{"张", "章", "长", "掌", "涨", "丈", "仗", "帐", "账"});
  if (engine->composition().empty()) {
    for (const char c : std::string("zhang")) {
      engine->press(c);
    }
  }
  KeyboardState keyboard;
  PageSpec spec = page("form", StepOf{3, 6, tr("填写申请信息")});
  spec.back = spec.home = spec.next = std::nullopt;
  Rect body = page_frame(ui, spec).body;
  const Rect bed = keyboard_bed(ui, body, text_keyboard_height(ui));
  heading(ui, body, tr("请填写您的姓名"));
  (void)field(ui, "name", body,
              {.label = tr("姓名"),
               .value = "",
               .placeholder = tr("与身份证一致"),
               .composition = "zhang",
               .focused = Selected::yes});
  if (!ui.theme().landscape()) {
    (void)field(ui, "id", body,
                {.label = tr("公民身份号码"),
                 .value = "11010519491231002X",
                 .grouping = Grouping::id_number,
                 .clear_label = tr("清空")});
    (void)field(ui, "phone", body,
                {.label = tr("手机号码（选填）"),
                 .value = "1391234",
                 .error = tr("手机号码少了 4 位，请检查一下"),
                 .grouping = Grouping::mobile});
    (void)field(ui, "off", body,
                {.label = tr("办件编号"),
                 .placeholder = tr("系统自动生成"),
                 .hint = tr("提交后显示在回执上"),
                 .enabled = Enabled::no});
  }
  (void)text_keyboard(ui, bed, keyboard, *engine);
}

void draw_number(Ui& ui) {
  PageSpec spec = page("number", StepOf{2, 6, tr("您是谁")});
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("请输入公民身份号码"));
  paragraph(ui, body, tr("号码只用于这次申请，办完后本机不保留。"), {.colour = ui.palette().ink_soft});
  (void)field(
      ui, "id", body,
      {.value = "110105194912", .grouping = Grouping::id_number, .focused = Selected::yes, .clear_label = tr("清空")});
  (void)number_pad(ui, body.take_top(number_pad_height(ui)), {.extra_key = "X"});
}

void draw_materials(Ui& ui) {
  static ScrollState scroll;
  PageSpec spec = page("materials", StepOf{4, 6, tr("上传材料")});
  spec.next = NavigationButton{.enabled = Enabled::no};
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("请备齐这些材料"));
  banner(ui, body, Tone::warning, tr("还差 1 份必要材料，补齐后才能提交。"));
  const std::vector<RowSpec> rows{
      {.icon = Icon::id_card,
       .title = tr("居民身份证"),
       .subtitle = tr("正反两面，必要"),
       .state = tr("2 页"),
       .state_tone = Tone::success,
       .action = tr("查看")},
      {.icon = Icon::form,
       .title = tr("设立登记申请书"),
       .subtitle = tr("原件，必要"),
       .state = tr("未提供"),
       .state_tone = Tone::warning,
       .action = tr("扫描")},
      {.icon = Icon::organisation,
       .title = tr("住所使用证明"),
       .subtitle = tr("租赁合同或产权证复印件，必要"),
       .state = tr("扫描不清"),
       .state_tone = Tone::error,
       .action = tr("重扫")},
      {.icon = Icon::pages,
       .title = tr("公司章程"),
       .subtitle = tr("可选"),
       .state = tr("未提供"),
       .action = tr("扫描")},
      {.icon = Icon::people,
       .title = tr("股东名册"),
       .subtitle = tr("可选"),
       .state = tr("未提供"),
       .action = tr("扫描")},
      {.icon = Icon::money,
       .title = tr("验资报告"),
       .subtitle = tr("法律另有规定的提供"),
       .state = tr("未提供"),
       .action = tr("扫描")},
      {.icon = Icon::shield,
       .title = tr("许可证件"),
       .subtitle = tr("涉及前置审批的提供"),
       .state = tr("未提供"),
       .action = tr("扫描")},
  };
  scroll_area(ui, "list", body, scroll, [&](Rect area) {
    const float top = area.y;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      (void)list_row(ui, "material:" + std::to_string(i), area.take_top(height_of(ui, rows[i], area.w), ui.theme().gap),
                     rows[i]);
    }
    return area.y - top;
  });
}

void draw_choices(Ui& ui) {
  PageSpec spec = page("choices", StepOf{2, 6, tr("您是谁")});
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("您代表谁来办？"));
  const std::vector<ChoiceSpec> choices{
      {.title = tr("我自己"), .subtitle = tr("自然人"), .icon = Icon::person, .selected = Selected::yes},
      {.title = tr("企业或事业单位"), .subtitle = tr("法人"), .icon = Icon::organisation},
      {.title = tr("社会团体及其他组织"), .icon = Icon::people, .enabled = Enabled::no},
  };
  for (std::size_t i = 0; i < choices.size(); ++i) {
    (void)choice(ui, "choice:" + std::to_string(i), body.take_top(height_of(ui, choices[i], body.w), ui.theme().gap),
                 choices[i]);
  }
  const CheckSpec checks[2] = {
      {.label = tr("我是老年人、残疾人等特殊群体，需要全程代办"), .checked = Selected::yes},
      {.label = tr("我已阅读并同意隐私告知"), .subtitle = tr("收集姓名、证件号码和电话，只用于本次办件")}};
  for (int i = 0; i < 2; ++i) {
    (void)check_row(ui, "check:" + std::to_string(i), body.take_top(height_of(ui, checks[i], body.w), ui.theme().gap),
                    checks[i]);
  }
  (void)tabs(ui, "tabs", body.take_top(ui.px(16_mm), ui.theme().gap), {tr("办事指南"), tr("所需材料"), tr("办理流程")},
             0);
  if (!ui.theme().landscape()) {
    Rect row = body.take_top(ui.theme().button_height, ui.theme().gap);
    const auto parts = row.columns(4, ui.theme().gap);
    (void)button(ui, "b1", parts[0], {.label = tr("主要"), .kind = ButtonKind::primary, .icon = Icon::print});
    (void)button(ui, "b2", parts[1], {.label = tr("次要")});
    (void)button(ui, "b3", parts[2], {.label = tr("删除"), .kind = ButtonKind::danger, .icon = Icon::trash});
    (void)button(ui, "b4", parts[3], {.label = tr("停用"), .enabled = Enabled::no});
  }
}

void draw_result(Ui& ui) {
  PageSpec spec = page("result");
  spec.back = std::nullopt;
  spec.next = NavigationButton{.label = tr("去评价"), .icon = Icon::rate};
  Rect body = page_frame(ui, spec).body;
  banner(ui, body, Tone::success, tr("材料齐全，符合法定形式。"), tr("已受理"));
  Rect card = body.take_top(ui.px(86_mm), ui.theme().gap);
  ui.card(card);
  Rect inner = card.inset(ui.px(7_mm));
  const Rect code = inner.take_right(ui.px(72_mm), ui.px(6_mm));
  std::vector<bool> modules(25 * 25);
  for (std::size_t i = 0; i < modules.size(); ++i) {
    modules[i] = (i * i / 7 + i) % 3 == 0;
  }
  qr(ui, "receipt", code, 25, modules, tr("回执二维码"));
  term(ui, inner, tr("办件编号"), "BW20261123-00042", TextStyle::heading);
  term(ui, inner, tr("办理时限"), tr("5 个工作日，11 月 30 日前"));
  term(ui, inner, tr("领取方式"), tr("一楼 3 号窗口领取，或邮寄到家"));
  if (ui.theme().landscape()) {
    return;
  }
  steps(ui, body,
        {{tr("咨询指导"), "11-23 10:05", StepState::done},
         {tr("一门受理"), "11-23 10:28", StepState::done},
         {tr("代办实施"), tr("市场监管局正在审核，还剩 4 个工作日"), StepState::current},
         {tr("移交资料"), "", StepState::ahead},
         {tr("事后评价"), "", StepState::ahead}});
  progress_bar(ui, "sending", body.take_top(ui.px(8_mm)), 0.42F);
}

void draw_rating(Ui& ui) {
  PageSpec spec = page("rating");
  spec.back = std::nullopt;
  spec.next = NavigationButton{.label = tr("提交评价")};
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("您对这次服务满意吗？"));
  const std::vector<std::string> words{tr("非常满意"), tr("满意"), tr("基本满意"), tr("不满意"), tr("非常不满意")};
  const auto places = body.take_top(ui.px(62_mm), ui.theme().space).columns(5, ui.theme().gap);
  for (std::size_t i = 0; i < 5; ++i) {
    (void)face_choice(ui, "face:" + std::to_string(i + 1), places[i],
                      static_cast<Icon>(static_cast<int>(Icon::face_1) + static_cast<int>(i)), words[i],
                      i == 1 ? Selected::yes : Selected::no);
  }
  const std::vector<std::string> four{tr("很满意"), tr("较满意"), tr("一般"), tr("不满意")};
  const auto places4 = body.take_top(ui.px(62_mm), ui.theme().space).columns(4, ui.theme().gap);
  for (std::size_t i = 0; i < 4; ++i) {
    (void)face_choice(ui, "level:" + std::to_string(i + 1), places4[i],
                      static_cast<Icon>(static_cast<int>(Icon::face_1) + static_cast<int>(i)), four[i], Selected::no);
  }
  busy(ui, "busy", body.take_top(ui.px(30_mm)), tr("正在保存，请稍候"));
}

void draw_signature(Ui& ui) {
  static std::vector<Stroke> ink;
  if (ink.empty()) {
    for (int s = 0; s < 4; ++s) {
      Stroke stroke;
      for (int i = 0; i <= 40; ++i) {
        const float t = static_cast<float>(i) / 40;
        stroke.push_back({0.15F + 0.18F * static_cast<float>(s) + 0.12F * t,
                          0.5F + 0.25F * std::sin(t * 9 + static_cast<float>(s)), std::chrono::milliseconds(i * 12)});
      }
      ink.push_back(stroke);
    }
  }
  PageSpec spec = page("signature", StepOf{5, 6, tr("声明与签名")});
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("请签名"));
  paragraph(ui, body, tr("本人声明：所提交的材料真实、合法、有效，与原件一致；如有不实，愿意承担相应的法律责任。"));
  (void)signature_pad(ui, "signature", body.take_top(ui.px(100_mm), ui.theme().gap), ink, {.hint = tr("请在此处签名")});
  Rect row = body.take_top(ui.theme().button_height);
  (void)button(ui, "clear", row.take_left(ui.px(60_mm)), {.label = tr("重签"), .icon = Icon::refresh});
}

void draw_dialog(Ui& ui) {
  draw_start(ui);
  (void)dialog(
      ui, "dialog",
      {.icon = Icon::clock,
       .tone = Tone::warning,
       .title = tr("您还在吗？"),
       .body = tr("没有触摸屏幕，为保护您的信息，时间到后将结束本次办理。"),
       .big = "38",
       .buttons = {{"end", tr("结束办理"), ButtonKind::secondary}, {"continue", tr("继续办理"), ButtonKind::primary}}});
}

void draw_pictures(Ui& ui) {
  std::vector<std::uint8_t> bytes(620 * 877 * 3, 250);
  for (std::size_t y = 60; y < 820; y += 1) {
    for (std::size_t x = 60; x < 560; ++x) {
      const bool ink = (y / 14) % 2 == 0 && (x * 7 + y / 28 * 13) % 31 < 19 && (x < 300 || (y / 28) % 3 != 0);
      for (std::size_t k = 0; k < 3 && ink; ++k) {
        bytes[(y * 620 + x) * 3 + k] = 60;
      }
    }
  }
  static const Picture sample = *Picture::from_rgb(620, 877, 620 * 3, bytes);
  PageSpec spec = page("pages", StepOf{4, 6, tr("上传材料")});
  Rect body = page_frame(ui, spec).body;
  heading(ui, body, tr("居民身份证"));
  const int columns = ui.theme().landscape() ? 6 : 3;
  const auto places = body.grid(6, columns, ui.px(100_mm), ui.theme().gap);
  for (std::size_t i = 0; i < 6; ++i) {
    (void)picture_button(ui, "page:" + std::to_string(i), places[i], sample,
                         trf("第 {n} 页", {{"n", std::to_string(i + 1)}}), i == 1 ? Rotation::quarter : Rotation::none,
                         i == 0);
  }
}

void draw_icons(Ui& ui) {
  ui.begin_screen("icons");
  ui.fill(ui.screen(), ui.palette().surface);
  const int columns = ui.theme().landscape() ? 14 : 8;
  const auto places = ui.screen().inset(ui.px(4_mm)).grid(kIconCount - 1, columns, ui.px(37_mm), ui.px(2_mm));
  for (int i = 1; i < kIconCount; ++i) {
    Rect place = places[static_cast<std::size_t>(i - 1)];
    const auto icon = static_cast<Icon>(i);
    ui.icon(place.take_top(ui.px(26_mm)).centred({ui.px(24_mm), ui.px(24_mm)}), icon, ui.palette().accent);
    ui.text(place, name_of(icon), {.style = TextStyle::clock, .align = Align::centre, .max_lines = 1});
  }
}

}  // namespace

std::vector<GalleryPage> gallery_pages() {
  return {{"start", draw_start},     {"form", draw_form},      {"number", draw_number}, {"materials", draw_materials},
          {"choices", draw_choices}, {"result", draw_result},  {"rating", draw_rating}, {"signature", draw_signature},
          {"dialog", draw_dialog},   {"pages", draw_pictures}, {"icons", draw_icons}};
}

}  // namespace bangwu::tests
