#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <sstream>

#include "e2e/arrival.h"
#include "e2e/sample_pages.h"
#include "support/certificates.h"
#include "support/hall/card_application.h"
#include "support/lying_front.h"
#include "support/tcp_proxy.h"

namespace bangwu {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using support::HallUnderTest;
using support::HttpReply;
using support::HttpRequest;
using support::Interference;
using support::Lie;
using support::Visitor;

constexpr int kMostVisits = 5;
constexpr std::uint64_t kLessThanAPage = 30'000;

bool is_about_an_envelope(const HttpRequest& request) { return request.target.starts_with("/v1/envelopes/"); }

Lie instead(HttpReply reply) {
  return {Lie::When::instead, [reply = std::move(reply)](const HttpReply&) { return reply; }};
}
Lie after(HttpReply reply) {
  return {Lie::When::after, [reply = std::move(reply)](const HttpReply&) { return reply; }};
}

/// Lies to the first uploads and to every envelope, one lie after another of what halls have met: its first makes
/// central store it unheard. Not one receipt comes through.
class Liar {
 public:
  Liar() = default;
  Liar(const Liar&) = delete;
  Liar& operator=(const Liar&) = delete;

  std::optional<Lie> operator()(const HttpRequest& request) {
    if (is_about_an_envelope(request)) {
      const std::size_t told = told_[request.target]++;
      most_told_ = std::max(most_told_.load(), told + 1);
      return envelope_lies_[told % envelope_lies_.size()];
    }
    if (told_uploads_ == upload_lies_.size()) return std::nullopt;
    return upload_lies_[told_uploads_++];
  }
  /// All uploads' lies, and one envelope's first three: a failure behind which it was stored, a forgery, a refusal for
  /// now.
  [[nodiscard]] bool has_told_enough() const {
    return told_uploads_ == upload_lies_.size() && most_told_ >= 3 && forged_ > 0;
  }

 private:
  /// Somebody else's receipt for what central has; what it has not is a failure.
  HttpReply forge(const HttpReply& truth) {
    auto forged = support::forged_receipt(truth);
    if (forged.body == truth.body) return {500, {}, ""};
    ++forged_;
    return forged;
  }

  const std::vector<Lie> envelope_lies_{after({500, {}, ""}),
                                        {Lie::When::after, [this](const HttpReply& truth) { return forge(truth); }},
                                        instead({429, {{"Retry-After", "1"}}, ""}),
                                        after(support::web_page()),
                                        instead({302, {{"Location", "https://127.0.0.1:1/login"}}, ""}),
                                        instead(support::web_page())};
  const std::vector<Lie> upload_lies_{instead(support::web_page()), after({500, {}, ""}),
                                      instead({429, {{"Retry-After", "1"}}, ""})};
  std::map<std::string, std::size_t> told_;                                 // by target; told under the front's lock
  std::atomic<std::size_t> most_told_ = 0, told_uploads_ = 0, forged_ = 0;  // read by the test, too
};

struct Visit {
  std::string provisional_number, file;
};

// Promises 1 and 2 with whole processes on a line between kiosk and central that breaks, crawls and lies.
class BadLine : public testing::Test {
 protected:
  BadLine() {
    for (int i = 0; i < kMostVisits; ++i) {
      write_jpeg(noise_page(100 + static_cast<unsigned>(i), 900, 1200),
                 hall_.folder("stick") / (name_of_file(i) + ".jpg"));
    }
  }

  static std::string name_of_file(int visit) { return "page-" + std::to_string(visit); }

  support::Line lay(const support::CentralProcess& central) {
    front_.emplace(central.port(), certificates_.server);
    cable_.emplace(front_->port());
    return {"https://127.0.0.1:" + std::to_string(cable_->port()), certificates_.ca};
  }

  /// One visit with a page from the scanner and one from a file; what the result page says.
  support::SeenScreen apply(int visit) {
    Visitor visitor(hall_);
    support::fill_in(visitor);
    visitor.scan("id_card", "flatbed");
    visitor.import_file("id_card", name_of_file(visit));
    visitor.touch("next");
    support::submit(visitor);
    auto result = visitor.expect("result");
    visitor.touch("next");
    visitor.expect("start");
    return result;
  }

  void apply_and_be_told_it_is_kept_here(int visit) {
    SCOPED_TRACE("visit " + std::to_string(visit));
    const auto result = apply(visit);
    EXPECT_TRUE(result.says("已存本机")) << result.listing();
    const auto number = support::provisional_number_on(result);
    ASSERT_FALSE(number.empty()) << result.listing();
    visits_.push_back({number, name_of_file(visit)});
    expect_all_kept();
  }

  void expect_all_kept() {
    const auto list = hall_.queue_command({"list"}).output;
    EXPECT_THAT(list, testing::HasSubstr(" 0 delivered")) << list;
    EXPECT_EQ(blobs_on_kiosk(), visits_.size() * 2) << list;
  }

  /// Left alone each would go when its wait is over, after 15 minutes at most; staff need not wait. How many there
  /// were.
  std::size_t retry_each() {
    std::istringstream list(hall_.queue_command({"list"}).output);
    std::size_t items = 0;
    for (std::string line; std::getline(list, line);) {
      if (line.find("  submission  ") == std::string::npos) continue;
      ++items;
      // It may have been delivered meanwhile, which this command says.
      [[maybe_unused]] const auto retried = hall_.queue_command({"retry", line.substr(0, line.find(' '))});
    }
    return items;
  }

  /// Waits until the courier has come to the cable so many times more.
  [[nodiscard]] bool is_tried_again(int times) const {
    const int enough = cable_->connections() + times;
    return support::eventually([&] { return cable_->connections() >= enough; }, seconds{60});
  }

  [[nodiscard]] std::size_t blobs_on_kiosk() const {
    std::size_t blobs = 0;
    for (const auto& entry : fs::recursive_directory_iterator(hall_.kiosk_data() / "blobs"))
      blobs += entry.is_regular_file() && entry.file_size() > 0;
    return blobs;
  }

  void expect_each_arrived_once_and_whole() {
    const int envelopes = static_cast<int>(visits_.size());
    const auto stock = hall_.central().verify();
    EXPECT_EQ(stock.envelopes, envelopes) << stock.output;
    EXPECT_EQ(stock.cases, envelopes) << stock.output;
    EXPECT_EQ(stock.blobs, envelopes * 2) << stock.output;
    EXPECT_EQ(stock.damaged, 0) << stock.output;
    for (const auto& visit : visits_) {
      SCOPED_TRACE(visit.file);
      const auto arrival = arrival_of(hall_, visit.provisional_number);
      expect_manifest_names_the_blobs(arrival);
      ASSERT_EQ(arrival.pages.size(), 2U);
      EXPECT_EQ(page_of_jpeg(arrival.pages[0].opened).rgb.size(), 826U * 1169U * 3U);
      EXPECT_EQ(arrival.pages[1].opened, bytes_of(hall_.folder("stick") / (visit.file + ".jpg")));
    }
  }

  support::ScratchDirectory scratch_;
  support::Certificates certificates_ = support::make_certificates(scratch_ / "tls", "127.0.0.1");
  std::optional<support::LyingFront> front_;
  std::optional<support::TcpProxy> cable_;
  HallUnderTest hall_{{.capture_settings = "resolution = 100",
                       .visit_settings = "answer_wait_seconds = 1",
                       .central_settings = support::kPlainHttp,
                       .line = [this](const support::CentralProcess& central) { return lay(central); }}};
  std::vector<Visit> visits_;
};

TEST_F(BadLine, WhatWasSubmittedWhileItCutDelayedAndLiedArrivesOnceAndWholeWhenItBehaves) {
  // A page is larger than what passes at most, so that nothing gets through.
  for (const std::uint64_t bytes : {0U, 900U, 4'000U}) cable_->interfere_next({.cut_after_sent = bytes});
  for (const std::uint64_t bytes : {1'000U, 2'500U})
    cable_->interfere_next({.cut_after_sent = kLessThanAPage, .cut_after_received = bytes});
  cable_->interfere_always({.cut_after_sent = kLessThanAPage});
  cable_->cut_all();  // the connection it met the service over before anything was wrong
  apply_and_be_told_it_is_kept_here(0);
  EXPECT_TRUE(is_tried_again(3));

  cable_->interfere_always({.delay = seconds{20}});  // longer than any visit here, so that nothing gets through
  cable_->cut_all();
  apply_and_be_told_it_is_kept_here(1);
  EXPECT_TRUE(is_tried_again(1));

  auto liar = std::make_shared<Liar>();
  front_->let_lie([liar](const HttpRequest& request) { return (*liar)(request); });
  cable_->interfere_always({});
  cable_->cut_all();
  apply_and_be_told_it_is_kept_here(2);
  apply_and_be_told_it_is_kept_here(3);
  ASSERT_TRUE(support::eventually([&] { return liar->has_told_enough(); }, seconds{90}));
  expect_all_kept();

  front_->be_honest();
  retry_each();
  const auto result = apply(4);
  EXPECT_THAT(support::number_on(result), testing::StartsWith("WJ")) << result.listing();
  visits_.push_back({support::number_on(result), name_of_file(4)});
  EXPECT_TRUE(support::eventually([&] { return retry_each() == 0; }, seconds{120}))
      << hall_.queue_command({"list"}).output;
  EXPECT_EQ(blobs_on_kiosk(), 0U);
  expect_each_arrived_once_and_whole();
}

// A 413 without a document of ours is somebody else's opinion: nothing is thrown away or given up, and it goes by
// itself.
TEST_F(BadLine, WhatSomebodyElseCalledTooLargeWaitsAndThenArrives) {
  front_->let_lie([](const HttpRequest& request) -> std::optional<Lie> {
    if (!is_about_an_envelope(request)) return std::nullopt;
    return instead({413, {}, ""});
  });
  apply_and_be_told_it_is_kept_here(0);
  ASSERT_TRUE(support::eventually([&] {
    return hall_.queue_command({"list"}).output.find("not_our_central") != std::string::npos;
  })) << hall_.queue_command({"list"}).output;
  EXPECT_THAT(hall_.queue_command({"list"}).output, testing::HasSubstr(" 0 dead"));
  expect_all_kept();
  front_->be_honest();
  EXPECT_EQ(hall_.queue_command({"retry", "all"}).code, 0);
  const auto result = apply(1);
  visits_.push_back({support::number_on(result), name_of_file(1)});
  EXPECT_TRUE(hall_.queue_is_empty(seconds{60})) << hall_.queue_command({"list"}).output;
  EXPECT_EQ(blobs_on_kiosk(), 0U);
  expect_each_arrived_once_and_whole();
}

}  // namespace
}  // namespace bangwu
