// memory_bench [VISITS]: how much memory all processes of a kiosk take while whole visits, touched and typed by real input
// events, come and go, and in a visit of 20 pages. Ends with 1 where memory is not flat.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "bench/ui/measure.h"
#include "kiosk/capture/sample_files.h"
#include "support/files.h"
#include "support/hall/card_application.h"

namespace bangwu::bench {
namespace {

using support::HallUnderTest;
using support::Visitor;

constexpr int kVisits = 200;
constexpr int kFirst = 10;          // by then every screen and every glyph has been shown
constexpr int kFullEvery = 10;
constexpr int kPages = 20;
constexpr double kFlatMebibytes = 2;

class MemoryBench {
 public:
  MemoryBench() {
    write_pages("card", 1);
    write_pages("twenty", kPages);
  }

  /// False if memory grew.
  bool run(int visits) {
    double first = 0, last = 0;
    for (int visit = 1; visit <= visits; ++visit) {
      if (visit % kFullEvery == 0) apply_and_rate();
      else look_at_an_item();
      if (visit != kFirst && visit % 50 != 0 && visit != visits) continue;
      last = take("after visit " + std::to_string(visit));
      if (visit == kFirst) first = last;
    }
    const double growth = last - first;
    std::printf("%-34s of its own %+.2f MiB  limit %+.2f  %s\n", ("growth since visit " + std::to_string(kFirst)).c_str(), growth, kFlatMebibytes,
                growth <= kFlatMebibytes ? "ok" : "NOT FLAT");
    hold_twenty_pages();
    return growth <= kFlatMebibytes;
  }

 private:
  void write_pages(const std::string& name, int pages) {
    const auto pdf = capture::test::pdf_file(pages);
    support::write_file(hall_.folder("stick") / (name + ".pdf"), {pdf.begin(), pdf.end()});
  }

  /// Prints both; what the kiosk has of its own.
  double take(const std::string& when) {
    hall_.inspector().settle();
    const pid_t kiosk = hall_.kiosk().pid();
    const double own = own_mib(kiosk);
    std::printf("%-34s PSS %7.2f MiB, of its own %7.2f MiB\n", when.c_str(), pss_mib(kiosk), own);
    std::fflush(stdout);
    return own;
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

  void hold_twenty_pages() {
    support::fill_in(visitor_);
    visitor_.import_file("id_card", "twenty");
    if (!visitor_.look().says(std::to_string(kPages))) throw std::runtime_error("not twenty pages: " + visitor_.look().listing());
    take("in a visit, " + std::to_string(kPages) + " pages handed in");
    look_at_page(0);
    take("in it, after one was looked at");
    leave();
    take("after the visit of " + std::to_string(kPages) + " pages");
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
