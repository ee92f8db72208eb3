#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "e2e/arrival.h"
#include "e2e/sample_pages.h"
#include "e2e/scanned_sheet.h"
#include "support/files.h"
#include "support/hall/card_application.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using support::HallUnderTest;
using support::Visitor;

constexpr std::size_t kRun = 48;   // bytes that stand nowhere else by chance
constexpr int kDotsPerInch = 100;  // a page this small is its own preview, so that its pixels are the scanner's

std::vector<std::uint8_t> needle(const std::string& text) { return {text.begin(), text.end()}; }

std::vector<std::uint8_t> second_half(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), bytes.end()};
}

/// RGB as the screen's pictures keep it: blue, green, red, opaque.
std::vector<std::uint8_t> as_shown(const std::vector<std::uint8_t>& rgb) {
  std::vector<std::uint8_t> shown;
  for (std::size_t i = 0; i + 3 <= rgb.size(); i += 3)
    shown.insert(shown.end(), {rgb[i + 2], rgb[i + 1], rgb[i], 0xFF});
  return shown;
}

struct Trace {
  std::string what;
  std::vector<std::uint8_t> bytes;
};

void add_page(std::vector<Trace>& traces, const std::string& what, const SamplePage& page,
              const std::vector<std::uint8_t>& file) {
  const auto pixels = most_telling_run(second_half(page.rgb), kRun);
  traces.push_back({what + "'s bytes", most_telling_run(second_half(file), kRun)});
  traces.push_back({what + "'s pixels", pixels});
  traces.push_back({what + "'s pixels as shown", as_shown(pixels)});
}

// Promise 3 of the house: after a visit nothing readable of it is on the kiosk: disk, logs, memory image.
class Forgetting : public testing::Test {
 protected:
  Forgetting()
      : hall_({.capture_settings = "resolution = " + std::to_string(kDotsPerInch),
               .disk = support::Answering::unless_held}) {
    const auto page = noise_page(77, 700, 950);
    write_png(page, hall_.folder("stick") / "card.png");
    const auto sheet = scanned_sheet(hall_.folder("sane"), kDotsPerInch);
    traces_ = {{"the ID number", needle(support::kCardId)},
               {"the ID number, grouped", needle("110105 19491231 002X")},
               {"the name", needle(support::kCardName)},
               {"the pinyin of the name", needle(support::kCardNamePinyin)},
               // Of a short text that was moved on, all but its first character stays behind.
               {"the telephone", needle("3800001234")}};
    add_page(traces_, "the file's page", page, bytes_of(hall_.folder("stick") / "card.png"));
    add_page(traces_, "the scanned page", sheet, jpeg_of(sheet, 85));
  }

  static void hand_in_pages(Visitor& visitor) {
    support::fill_in(visitor, {.telephone = "13800001234"});
    visitor.import_file("id_card", "card");
    visitor.scan("id_card", "flatbed");
    visitor.touch("page:1");
    visitor.touch("page:zoom_in");
    visitor.touch("back");
    visitor.expect("pages");
    visitor.touch("next");
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

  /// Workers hold what they decode or scan: they must be gone, too.
  [[nodiscard]] std::vector<pid_t> workers() const {
    std::vector<pid_t> found;
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(hall_.kiosk().pid()) + "/task")) {
      std::ifstream children(task.path() / "children");
      for (pid_t worker = 0; children >> worker;) found.push_back(worker);
    }
    return found;
  }

  static void expect_no_core_of(pid_t pid) {
    const std::string limits = support::read_file("/proc/" + std::to_string(pid) + "/limits");
    EXPECT_THAT(limits, testing::ContainsRegex("Max core file size +0 +0 "))
        << "the kernel may write what it holds to the disk";
  }

  [[nodiscard]] const std::vector<std::uint8_t>& trace(const std::string& what) const {
    return std::find_if(traces_.begin(), traces_.end(), [&](const Trace& one) { return one.what == what; })->bytes;
  }

  void expect_no_trace(const std::vector<std::uint8_t>& bytes, const std::string& where) {
    for (const auto& trace : traces_) EXPECT_FALSE(contains(bytes, trace.bytes)) << trace.what << " is in " << where;
  }

  void expect_nothing_in_memory() {
    hall_.inspector().settle();
    EXPECT_TRUE(workers().empty());
    expect_no_trace(core(), "a core dump");
  }

  void expect_nothing_on_disk() {
    for (const auto& entry : fs::recursive_directory_iterator(hall_.kiosk_data())) {
      if (entry.is_regular_file()) expect_no_trace(bytes_of(entry.path()), entry.path().filename().string());
    }
    expect_no_trace(needle(hall_.kiosk_log()), "the log");
  }

  HallUnderTest hall_;
  std::vector<Trace> traces_;
};

// A test that cannot find anything proves nothing.
TEST_F(Forgetting, TheTestSeesTracesWhileTheVisitLasts) {
  Visitor visitor(hall_);
  hand_in_pages(visitor);
  const auto image = core();
  for (const auto& trace : traces_) {
    const bool is_kept =
        trace.what == "the ID number" || trace.what == "the name" || trace.what.ends_with("pixels as shown");
    EXPECT_TRUE(!is_kept || contains(image, trace.bytes)) << trace.what;
  }
  EXPECT_FALSE(workers().empty());
  expect_nothing_on_disk();
}

TEST_F(Forgetting, NothingIsLeftAfterASubmittedVisit) {
  Visitor visitor(hall_);
  hand_in_pages(visitor);
  support::submit(visitor);
  const auto number = support::number_on(visitor.expect("result"));
  visitor.touch("next");
  visitor.expect("start");
  ASSERT_TRUE(hall_.queue_is_empty());
  // What is looked for is what the pages were.
  const auto arrival = arrival_of(hall_, number);
  ASSERT_EQ(arrival.pages.size(), 2U);
  EXPECT_TRUE(contains(arrival.pages[0].opened, trace("the file's page's bytes")));
  EXPECT_TRUE(contains(arrival.pages[1].opened, trace("the scanned page's bytes")));
  expect_nothing_in_memory();
  expect_nothing_on_disk();
}

TEST_F(Forgetting, NothingIsLeftAfterAnAbandonedVisit) {
  Visitor visitor(hall_);
  hand_in_pages(visitor);
  visitor.touch("home");
  visitor.touch("home:yes");
  visitor.expect("start");
  expect_nothing_in_memory();
  expect_nothing_on_disk();
}

// It was on its way to the screen when its visitor left.
TEST_F(Forgetting, NothingIsLeftOfAPageThatCameTooLate) {
  Visitor visitor(hall_);
  support::fill_in(visitor);
  hall_.hold_disk();
  visitor.begin_scan("id_card", "flatbed");
  ASSERT_TRUE(hall_.somebody_waits_for_the_disk());
  visitor.touch_at_once("home");
  visitor.touch_at_once("home:yes");
  visitor.expect("start");
  hall_.let_disk_go();
  expect_nothing_in_memory();
  expect_nothing_on_disk();
}

// What was never confirmed is kept elsewhere than what was: in the keyboard, the engine behind it, the page that is
// shown.
TEST_F(Forgetting, NothingIsLeftOfAnEntryThatWasNotFinished) {
  Visitor visitor(hall_);
  const auto leave = [&] {
    visitor.touch("home");
    visitor.touch("home:yes");
    visitor.expect("start");
    expect_nothing_in_memory();
    expect_nothing_on_disk();
  };
  visitor.begin("shbzk", "WJ-GG-0004", support::kCardId);
  for (const char letter : std::string(support::kCardNamePinyin)) visitor.touch(std::string("key:") + letter);
  leave();
  support::type_name(visitor);
  visitor.touch("next");
  visitor.touch("choice:" + support::CardApplication{}.reason);
  visitor.touch("next");
  visitor.type_digits("13800001234");
  leave();
}

TEST_F(Forgetting, ACrashLeavesNothingReadableAndTheNextStartSweeps) {
  Visitor visitor(hall_);
  hand_in_pages(visitor);
  for (const auto pid : workers()) expect_no_core_of(pid);
  expect_no_core_of(hall_.kiosk().pid());
  hall_.kill_kiosk();
  expect_nothing_on_disk();
  hall_.start_kiosk();
  hall_.inspector().settle();
  std::size_t blobs = 0;
  for (const auto& entry : fs::recursive_directory_iterator(hall_.kiosk_data() / "blobs"))
    blobs += entry.is_regular_file() && entry.file_size() > 0;
  EXPECT_EQ(blobs, 0U);
}

}  // namespace
}  // namespace bangwu
