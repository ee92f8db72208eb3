#include "paper/slip.h"

#include <gmock/gmock.h>

#include "shared/paper/rendering.h"
#include "shared/paper/samples.h"

namespace bangwu::paper {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr double kLaser = 300, kThermal = 203;

ReadPdf printed(const SlipContent& content, double dots_per_inch = 72) {
  const auto pdf = slip_pdf(content);
  if (!pdf) {
    ADD_FAILURE() << pdf.error().detail;
    return {};
  }
  return read_pdf(*pdf, dots_per_inch);
}

/// Line breaks are the setter's business: texts are compared without white space.
std::string squeezed(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == ' ' || c == '\r' || c == '\f'; });
  return text;
}

std::string all_text(const ReadPdf& read) {
  std::string text;
  for (const auto& page : read.texts) text += page;
  return squeezed(text);
}

void remove_all(std::string& text, const std::string& part) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
}

/// All text but what stands on every page, so that a paragraph that goes on over a page is in one piece.
std::string running_text(const ReadPdf& read, const SlipContent& slip) {
  std::string text;
  for (std::size_t i = 0; i < read.texts.size(); ++i) {
    std::string page = squeezed(read.texts[i]);
    remove_all(page, squeezed(slip.footer));
    remove_all(page, std::to_string(i + 1) + "/" + std::to_string(read.texts.size()));
    if (i > 0) remove_all(page, squeezed(slip.title + slip.number));
    text += page;
  }
  return text;
}

void expect_everything_stands_on(const ReadPdf& read, const SlipContent& slip) {
  EXPECT_THAT(all_text(read), HasSubstr(squeezed(slip.footer)));
  const std::string text = running_text(read, slip);
  for (const auto* value :
       {&slip.hall, &slip.title, &slip.number_label, &slip.number, &slip.code_caption, &slip.state, &slip.state_note})
    EXPECT_THAT(text, HasSubstr(squeezed(*value)));
  for (const auto* field : {&slip.item, &slip.received, &slip.time_limit, &slip.pickup}) {
    EXPECT_THAT(text, HasSubstr(squeezed(field->label)));
    EXPECT_THAT(text, HasSubstr(squeezed(field->value)));
  }
  for (const auto* list : {&slip.lacks, &slip.next, &slip.ask}) {
    EXPECT_THAT(text, HasSubstr(squeezed(list->heading)));
    for (const auto& line : list->lines) EXPECT_THAT(text, HasSubstr(squeezed(line)));
  }
}

TEST(Slip, IsOnePageOfA5WithEverythingOnIt) {
  for (const SlipContent& slip : {stored_sample(), correction_sample(), english_sample()}) {
    const ReadPdf read = printed(slip);
    ASSERT_EQ(read.pages.size(), 1U) << slip.state;
    EXPECT_NEAR(read.width, 148 / 25.4 * 72, 0.1);
    EXPECT_NEAR(read.height, 210 / 25.4 * 72, 0.1);
    expect_everything_stands_on(read, slip);
  }
}

TEST(Slip, ItsCodeIsReadFromALaserAndFromAThermalPrint) {
  for (const double dots_per_inch : {kLaser, kThermal})
    EXPECT_THAT(codes_in(printed(stored_sample(), dots_per_inch).pages.at(0)),
                ElementsAre("BANGWU1|K07-20261123-0042"));
}

TEST(Slip, ACodeOfALongNumberIsStillRead) {
  SlipContent slip = stored_sample();
  slip.number = "019a0b1c-2d3e-7f40-8a5b-6c7d8e9f0a1b";
  EXPECT_THAT(codes_in(printed(slip, kThermal).pages.at(0)), ElementsAre("BANGWU1|" + slip.number));
}

TEST(Slip, LeavesOutWhatIsEmpty) {
  SlipContent slip = stored_sample();
  slip.pickup.value.clear();
  slip.ask.lines.clear();
  const std::string text = all_text(printed(slip));
  EXPECT_THAT(text, Not(HasSubstr("取件方式")));
  EXPECT_THAT(text, Not(HasSubstr("问谁")));
  EXPECT_THAT(text, Not(HasSubstr("1/1"))) << "a single page needs no number";
}

TEST(Slip, LongTextsWrapAndGoOnOverPages) {
  SlipContent slip = correction_sample();
  for (int i = 0; i < 40; ++i)
    slip.lacks.lines.push_back("第" + std::to_string(i) +
                               "项：房屋租赁合同或者产权证明的复印件，加盖公章，并写明与原件一致、日期、经办人");
  slip.item.value = "国有建设用地使用权及房屋所有权转移登记（存量房买卖），含抵押权注销登记，与水电气有线电视一并过户";
  const ReadPdf read = printed(slip, 100);
  ASSERT_GE(read.pages.size(), 3U);
  expect_everything_stands_on(read, slip);
  for (std::size_t i = 0; i < read.texts.size(); ++i) {
    const std::string text = squeezed(read.texts[i]);
    EXPECT_THAT(text, HasSubstr(squeezed(slip.number))) << "page " << i;
    EXPECT_THAT(text, HasSubstr(squeezed(slip.footer))) << "page " << i;
    EXPECT_THAT(text, HasSubstr(std::to_string(i + 1) + "/" + std::to_string(read.pages.size())));
  }
}

TEST(Slip, NothingReachesIntoTheMargins) {
  SlipContent slip = correction_sample();
  slip.item.value = std::string(300, 'W');
  slip.number = "WJ-" + std::string(60, '8');
  slip.ask.lines.push_back("https://" + std::string(200, 'x') + ".example");
  for (int i = 0; i < 12; ++i) slip.lacks.lines.push_back("又一项：" + std::string(120, 'm'));
  const ReadPdf read = printed(slip, 72);
  ASSERT_GE(read.pages.size(), 2U);
  for (const Picture& page : read.pages)
    for (std::size_t y = 0; y < page.height; ++y)
      for (std::size_t x = 0; x < page.width; ++x) {
        // 10 mm at the sides, 8 mm above and below: more than any printer needs
        const bool is_margin = x < 28 || x + 28 > page.width || y < 22 || y + 22 > page.height;
        ASSERT_TRUE(!is_margin || page.at(x, y) == 255) << x << ',' << y;
      }
}

TEST(Slip, ChineseLinesDoNotStartWithClosingMarks) {
  SlipContent slip = stored_sample();
  slip.next.lines.clear();
  for (int i = 20; i < 60; ++i) {
    std::string line;
    for (int k = 0; k < i; ++k) line += "字";
    slip.next.lines.push_back(line + "，（请看“说明”）。" + line);
  }
  for (const std::string& page : printed(slip).texts)
    for (const char* bad : {"\n，", "\n。", "\n）", "\n”"}) EXPECT_THAT(page, Not(HasSubstr(bad)));
}

TEST(Slip, CarriesOnlyWhatTheCallerGave) {
  const auto pdf = slip_pdf(stored_sample());
  ASSERT_TRUE(pdf.has_value());
  const std::string raw(pdf->begin(), pdf->end());
  EXPECT_THAT(raw, Not(HasSubstr("/Author")));
  EXPECT_THAT(raw, Not(HasSubstr("/Subject")));
  EXPECT_THAT(raw, HasSubstr("/FontFile")) << "fonts are embedded, printers have none";
}

TEST(Slip, RefusesWhatCannotBeAReceipt) {
  SlipContent slip = stored_sample();
  slip.number.clear();
  EXPECT_EQ(slip_pdf(slip).error().code, base::ErrorCode::invalid_input);
  slip = stored_sample();
  slip.title.clear();
  EXPECT_EQ(slip_pdf(slip).error().code, base::ErrorCode::invalid_input);
  slip = stored_sample();
  slip.next.lines.push_back("\xff\xfe");
  EXPECT_EQ(slip_pdf(slip).error().code, base::ErrorCode::invalid_input);
  slip = stored_sample();
  slip.number = std::string(3000, '1');
  EXPECT_EQ(slip_pdf(slip).error().code, base::ErrorCode::invalid_input);
}

}  // namespace
}  // namespace bangwu::paper
