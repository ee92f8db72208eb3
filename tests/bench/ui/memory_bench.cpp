// memory_bench [VISITS]: how much memory all processes of a kiosk take while whole visits, touched and typed by real
// input events, come and go, and after a visit in which 20 pages were handed in, beside Chromium after 20 changes of
// page. Ends with 1 where memory is not flat or not as small as it must be.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "bench/ui/contender.h"
#include "kiosk/capture/sample_files.h"
#include "support/files.h"
#include "support/hall/card_application.h"

namespace bangwu::bench {
namespace {

using support::HallUnderTest;
using support::Visitor;

constexpr int kVisits = 200;
constexpr int kFirst = 10;  // by then every screen and every glyph has been shown
constexpr int kFullEvery = 10;
constexpr int kPages = 20;
constexpr double kFlatMebibytes = 2;
constexpr double kMostOfChromium = 0.2;

double memory_of_chromium() {
  const auto chromium = make_chromium();
  Observer observer(chromium->display());
  chromium->start();
  if (observer.until_picture({100, 25, 280, 70}, 30'000) < 0) throw std::runtime_error("Chromium shows nothing");
  pause_ms(2500);
  change_pages(observer, chromium->places());
  pause_ms(3000);
  const double memory = pss_mib(chromium->pid());
  chromium->stop();
  return memory;
}

class MemoryBench {
 public:
  MemoryBench() {
    write_pages("card", 1);
    write_pages("twenty", kPages);
  }

  /// False if memory grew or is too much.
  bool run(int visits) {
    double first = 0, last = 0;
    for (int visit = 1; visit <= visits; ++visit) {
      if (visit % kFullEvery == 0) apply_and_rate();
      else look_at_an_item();
      if (visit != kFirst && visit % 50 != 0 && visit != visits) continue;
      last = take("after visit " + std::to_string(visit)).own;
      if (visit == kFirst) first = last;
    }
    const double growth = last - first;
    std::printf("%-34s of its own %+.2f MiB  limit %+.2f  %s\n",
                ("growth since visit " + std::to_string(kFirst)).c_str(), growth, kFlatMebibytes,
                growth <= kFlatMebibytes ? "ok" : "NOT FLAT");
    return compare_with_chromium(hold_twenty_pages()) && growth <= kFlatMebibytes;
  }

 private:
  void write_pages(const std::string& name, int pages) {
    const auto pdf = capture::test::pdf_file(pages);
    support::write_file(hall_.folder("stick") / (name + ".pdf"), {pdf.begin(), pdf.end()});
  }

  struct Memory {
    double all = 0, own = 0;
  };
  Memory take(const std::string& when) {
    hall_.inspector().settle();
    const pid_t kiosk = hall_.kiosk().pid();
    const Memory memory{pss_mib(kiosk), own_mib(kiosk)};
    std::printf("%-34s PSS %7.2f MiB, of its own %7.2f MiB\n", when.c_str(), memory.all, memory.own);
    std::fflush(stdout);
    return memory;
  }

  void leave() {
    visitor_.touch("home");
    visitor_.touch("home:yes");
    visitor_.expect("start");
  }

  void look_at_an_item() {
    visitor_.expect("start");
    visitor_.touch("entry:search");
    visitor_.expect("search");
    for (const char letter : std::string("shbzk")) visitor_.touch(std::string("key:") + letter);
    visitor_.touch("code:WJ-GG-0004");
    visitor_.expect("guide");
    leave();
  }

  void look_at_page(int page) {
    visitor_.touch("page:" + std::to_string(page));
    visitor_.expect("page");
    visitor_.touch("page:zoom_in");
    visitor_.touch("page:turn");
    visitor_.touch("back");
    visitor_.expect("pages");
  }

  void apply_and_rate() {
    support::fill_in(visitor_, {.telephone = "13800001234"});
    visitor_.import_file("id_card", "card");
    look_at_page(0);
    visitor_.touch("next");
    support::submit(visitor_);
    visitor_.expect("result");
    visitor_.touch("rate");
    visitor_.expect("rate");
    visitor_.touch("level:satisfied");
    visitor_.expect("rate_details");
    visitor_.touch("next");
    visitor_.expect("thanks");
    visitor_.expect("start");
  }

  Memory hold_twenty_pages() {
    support::fill_in(visitor_);
    visitor_.import_file("id_card", "twenty");
    if (!visitor_.look().says(std::to_string(kPages)))
      throw std::runtime_error("not twenty pages: " + visitor_.look().listing());
    take("in a visit, " + std::to_string(kPages) + " pages handed in");
    look_at_page(0);
    take("in it, after one was looked at");
    leave();
    return take("after the visit of " + std::to_string(kPages) + " pages");
  }

  static bool compare_with_chromium(const Memory& kiosk) {
    const double chromium = memory_of_chromium(), ratio = kiosk.all / chromium;
    std::printf("%-34s kiosk %8.2f MiB  chromium %8.2f MiB  ratio %5.2f  limit %4.2f  %s\n",
                "memory (PSS) after 20 pages", kiosk.all, chromium, ratio, kMostOfChromium,
                ratio <= kMostOfChromium ? "ok" : "NOT REACHED");
    return ratio <= kMostOfChromium;
  }

  HallUnderTest hall_{{.visit_settings = "thanks_seconds = 3"}};
  Visitor visitor_{hall_};
};

}  // namespace
}  // namespace bangwu::bench

int main(int count, char** words) try {
  const int visits = count > 1 ? std::atoi(words[1]) : bangwu::bench::kVisits;
  return bangwu::bench::MemoryBench().run(visits) ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
  std::fprintf(stderr, "memory_bench: %s\n", error.what());
  return EXIT_FAILURE;
}
