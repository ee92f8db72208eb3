#include <gmock/gmock.h>

#include <fstream>

#include "e2e/sample_pages.h"
#include "support/hall/visitor.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::HallUnderTest;
using support::Visitor;

std::vector<std::uint8_t> needle(const std::string& text) { return {text.begin(), text.end()}; }

std::vector<std::uint8_t> part(const std::vector<std::uint8_t>& bytes, std::size_t from, std::size_t size) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(from + size)};
}

struct Trace {
  std::string what;
  std::vector<std::uint8_t> bytes;
};

// Promise 3 of the house: after a visit nothing readable of it is on the kiosk: disk, logs, memory image.
class Forgetting : public testing::Test {
 protected:
  Forgetting() {
    const auto page = noise_page(77, 700, 950);
    write_png(page, hall_.folder("stick") / "card.png");
    const auto file = bytes_of(hall_.folder("stick") / "card.png");
    traces_ = {{"the ID number", needle("11010519491231002X")},
               {"the ID number, grouped", needle("110105 19491231 002X")},
               {"the name", needle("张小明")},
               {"the pinyin of the name", needle("zhangxiaoming")},
               {"the telephone", needle("13800001234")},
               {"the page's bytes", part(file, file.size() / 2, 48)},
               {"the page's pixels", part(page.rgb, page.rgb.size() / 2, 48)}};
  }

  void fill_in(Visitor& visitor) {
    visitor.begin("shbzk", "WJ-GG-0004", "11010519491231002X");
    visitor.type_pinyin("zhangxiaoming", "张小明");
    visitor.touch("next");
    visitor.touch("choice:lost");
    visitor.touch("next");
    visitor.type_digits("13800001234");
    visitor.touch("next");
    visitor.expect("materials");
    visitor.hand_in_file("id_card", "card");
  }

  std::vector<std::uint8_t> core() {
    const auto prefix = hall_.folder("core");
    const std::string pid = std::to_string(hall_.kiosk().pid());
    const auto dumped = support::run({"gcore", "-o", prefix.string(), pid});
    EXPECT_EQ(dumped.code, 0) << dumped.output;
    auto bytes = bytes_of(prefix.string() + "." + pid);
    fs::remove(prefix.string() + "." + pid);
    return bytes;
  }

  void expect_no_trace(const std::vector<std::uint8_t>& bytes, const std::string& where) {
    for (const auto& trace : traces_) EXPECT_FALSE(contains(bytes, trace.bytes)) << trace.what << " is in " << where;
  }

  void expect_nothing_on_disk() {
    for (const auto& entry : fs::recursive_directory_iterator(hall_.folder("kiosk"))) {
      if (entry.is_regular_file()) expect_no_trace(bytes_of(entry.path()), entry.path().filename().string());
    }
    expect_no_trace(bytes_of(hall_.folder("kiosk.log")), "the log");
  }

  HallUnderTest hall_;
  std::vector<Trace> traces_;
};

TEST_F(Forgetting, TheTestSeesATraceWhileTheVisitLasts) {
  Visitor visitor(hall_);
  fill_in(visitor);
  EXPECT_TRUE(contains(core(), needle("11010519491231002X"))) << "a test that cannot find anything proves nothing";
  expect_nothing_on_disk();
}

TEST_F(Forgetting, NothingIsLeftAfterASubmittedVisit) {
  Visitor visitor(hall_);
  fill_in(visitor);
  visitor.finish("现场领卡");
  visitor.expect("result");
  visitor.touch("next");
  visitor.expect("start");
  ASSERT_TRUE(hall_.queue_is_empty());
  hall_.inspector().settle();
  expect_no_trace(core(), "a core dump");
  expect_nothing_on_disk();
}

TEST_F(Forgetting, NothingIsLeftAfterAnAbandonedVisit) {
  Visitor visitor(hall_);
  fill_in(visitor);
  visitor.touch("home");
  visitor.touch("home:yes");
  visitor.expect("start");
  hall_.inspector().settle();
  expect_no_trace(core(), "a core dump");
  expect_nothing_on_disk();
}

TEST_F(Forgetting, ACrashLeavesNothingReadableAndTheNextStartSweeps) {
  Visitor visitor(hall_);
  fill_in(visitor);
  hall_.kill_kiosk();
  expect_nothing_on_disk();
  hall_.start_kiosk();
  hall_.inspector().settle();
  std::size_t blobs = 0;
  for (const auto& entry : fs::recursive_directory_iterator(hall_.folder("kiosk") / "blobs")) blobs += entry.is_regular_file() && entry.file_size() > 0;
  EXPECT_EQ(blobs, 0U);
}

}  // namespace
}  // namespace bangwu
