// session_bench: how long the screens of a hall with 2,000 items take to be made, and a letter typed into the search.
// Ends with 1 where a limit is not reached.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "session/session.h"

namespace {

using namespace bangwu;
using namespace bangwu::session;
using Clock = std::chrono::steady_clock;

constexpr int kItems = 2000;
constexpr double kLimit = 0.5;  // milliseconds
constexpr int kRounds = 200;

domain::Catalogue large_catalogue() {
  domain::Catalogue catalogue;
  for (int i = 0; i < kItems; ++i) {
    auto& item = catalogue.items.emplace_back();
    item.code = "WJ-" + std::to_string(i);
    item.name = "食品经营许可（第" + std::to_string(i) + "类）";
    item.pinyin = "shi pin jing ying xu ke di lei";
    item.summary = "开饭店、食堂、奶茶店或销售散装食品前，办理食品经营许可证";
    item.domain = domain::kDomains[i % 6];
    item.keywords = {{"饭店", "fan dian"}, {"食堂", "shi tang"}, {"奶茶", "nai cha"}};
    item.applicants = {domain::ApplicantKind::natural_person};
    for (int field = 0; field < 20; ++field) {
      auto& asked = item.form.emplace_back();
      asked.id = "f" + std::to_string(field);
      asked.label = "第" + std::to_string(field) + "个问题";
    }
  }
  return catalogue;
}

template <class Work>
double milliseconds_of(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < kRounds; ++i) {
    const auto began = Clock::now();
    work();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
  std::nth_element(times.begin(), times.begin() + kRounds / 2, times.end());
  return times[kRounds / 2];
}

}  // namespace

int main() {
  const auto catalogue = large_catalogue();
  Hall hall;
  hall.catalogue = &catalogue;
  const domain::SearchIndex index(catalogue, [](std::string_view text) { return std::string(text); });
  hall.search = &index;
  const Now now{base::SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}}, {}};
  Session session;
  const auto send = [&](const Message& message) { session = update(hall, std::move(session), message, now).session; };
  bool is_good = true;
  const auto look = [&](const char* screen) {
    const double took = milliseconds_of([&] { static_cast<void>(view_of(hall, session, now)); });
    std::printf("view_of at %d items, %-8s %7.3f ms, limit %.1f\n", kItems, screen, took, kLimit);
    is_good = is_good && took <= kLimit;
  };
  look("start");
  send(EntryChosen{Entry::search});
  const double typed = milliseconds_of([&] { send(TextChanged{"spjy"}); });
  look("search");
  send(CodeChosen{"WJ-7"});
  look("guide");
  send(WentOn{});
  look("privacy");
  send(WentOn{});
  look("number");
  std::printf("a letter typed into the search     %7.3f ms\n", typed);
  return is_good ? 0 : 1;
}
