#include "http/api.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "http/routes.h"
#include "store/store.h"
#include "support/manual_clock.h"
#include "support/scratch_directory.h"

namespace bangwu::http {
namespace {

/// The whole service without a network.
class AnApi : public testing::Test {
 protected:
  AnApi() {
    api_ = std::make_unique<Api>(Services{.store = *store_,
                                          .ingest = ingest_,
                                          .uploads = *uploads_,
                                          .gate = gate_,
                                          .clock = clock_,
                                          .random = random_,
                                          .keys = {unsealing_key_, receipt_key_.public_key(), search_key_},
                                          .calendar = calendar_,
                                          .sealing_key = unsealing_key_.public_key(),
                                          .receipt_key = receipt_key_.public_key(),
                                          .proxies = {parse_address("192.0.2.1").value()},
                                          .version = "test"},
                                 1);
  }
  std::shared_ptr<const Request> request(Method method, std::string path,
                                         std::map<std::string, std::string> headers = {}) {
    auto made = std::make_shared<Request>();
    made->method = method;
    made->path = std::move(path);
    made->header = [headers = std::move(headers)](std::string_view name) {
      const auto found = headers.find(std::string(name));
      return found == headers.end() ? std::string{} : found->second;
    };
    made->peer = parse_address("192.0.2.7").value();
    made->trace = std::make_shared<Trace>();
    return made;
  }
  /// Asks without a body.
  void ask(const std::shared_ptr<const Request>& asked, Responder respond) {
    auto outcome = api_->handle(asked, respond);
    if (auto* reply = std::get_if<Reply>(&outcome)) return respond(std::move(*reply));
    std::get<std::shared_ptr<BodySink>>(outcome)->finished();
  }
  Reply answer(const std::shared_ptr<const Request>& asked) {
    std::promise<Reply> promise;
    ask(asked, [&](Reply reply) { promise.set_value(std::move(reply)); });
    return promise.get_future().get();
  }

  const bool has_random_numbers_ = envelope::initialise_cryptography();  // before keys are made
  support::ScratchDirectory folder_;
  base::RealClock clock_;
  base::KernelRandom random_;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite_store(folder_ / "central.db", store::OpenMode::create).value();
  blobs::BlobStore blobs_ = blobs::BlobStore::open(folder_ / "blobs").value();
  std::unique_ptr<uploads::Uploads> uploads_ =
      uploads::Uploads::open(folder_ / "uploads", blobs_, clock_, random_, {}).value();
  enrolment::Gate gate_{*store_, clock_};
  envelope::UnsealingKey unsealing_key_ = envelope::UnsealingKey::make();
  envelope::SigningKey receipt_key_ = envelope::SigningKey::make();
  envelope::SearchKey search_key_ = envelope::SearchKey::make();
  domain::Catalogue catalogue_;
  domain::Calendar calendar_;
  ingest::Ingest ingest_{{.store = *store_,
                          .blobs = blobs_,
                          .unsealing_key = unsealing_key_,
                          .receipt_key = receipt_key_,
                          .search_key = search_key_,
                          .catalogue = catalogue_,
                          .calendar = calendar_,
                          .clock = clock_,
                          .keep_free_bytes = 0,
                          .hand_in = {},
                          .clock_guard = ingest::ClockGuard(base::SystemTime{})}};
  std::unique_ptr<Api> api_;
};

TEST_F(AnApi, EndsOnlyWhenAllThatIsUnderWayIsAnswered) {
  std::promise<void> go_on;
  std::shared_future<void> may_go_on = go_on.get_future();
  std::atomic<int> answered = 0;
  ask(request(Method::get, "/v1/health"), [&](const Reply&) {
    may_go_on.wait();  // the only worker is held up, and the rest waits behind it
    ++answered;
  });
  for (int i = 0; i < 50; ++i) {
    ask(request(Method::get, "/v1/cases/none" + std::to_string(i)), [&](const Reply& reply) {
      EXPECT_TRUE(reply.status == 404 || reply.status == 429) << reply.status;  // the last are too many
      ++answered;
    });
  }
  std::jthread end([&] { api_.reset(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the end may begin first: both orders must be well
  go_on.set_value();
  end.join();
  EXPECT_EQ(answered, 51);
}

TEST_F(AnApi, AfterItsEndRequestsAreDropped) {
  api_->finish();
  ask(request(Method::get, "/v1/health"), [](const Reply&) { ADD_FAILURE() << "answered by nobody"; });
}

TEST_F(AnApi, TellsTheMethodsAnAddressKnows) {
  const Reply reply = answer(request(Method::put, "/v1/health"));
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers[0], (std::pair<std::string, std::string>{"Allow", "GET, HEAD"}));
}

TEST_F(AnApi, LimitsWhatOneAddressAsksBehindAProxyToo) {
  int number = 0;
  const auto ask_as = [&](const std::string& forwarded) {
    auto asked = std::make_shared<Request>(*request(Method::get, "/v1/cases/" + std::to_string(++number)));
    asked->peer = parse_address("192.0.2.1").value();
    asked->forwarded = forwarded;
    return answer(asked).status;
  };
  int status = 0;
  for (int i = 0; i < 200 && status != 429; ++i) status = ask_as("spoofed, 2001:db8:1:2:" + std::to_string(i) + "::1");
  EXPECT_EQ(status, 429) << "one line has a network of addresses";
  EXPECT_NE(ask_as("2001:db8:1:2::1, 198.51.100.2"), 429) << "another client";
}

TEST(Routes, EachHasItsHandlerAndNoTwoAreTheSame) {
  for (const Route& route : kRoutes) {
    EXPECT_EQ(route.body == BodyKind::stream, route.open != nullptr) << route.pattern;
    EXPECT_NE(route.answer == nullptr, route.open == nullptr) << route.pattern;
    EXPECT_EQ(route.body == BodyKind::whole, route.largest_body > 0) << route.pattern;
    EXPECT_TRUE(route.who == Who::kiosk || route.most_a_minute > 0 || route.method == Method::options)
        << "strangers may ask without end: " << route.pattern;
    EXPECT_FALSE(route.summary.empty());
    int same = 0;
    for (const Route& other : kRoutes) same += other.pattern == route.pattern && other.method == route.method;
    EXPECT_EQ(same, 1) << route.pattern;
    EXPECT_EQ(find_route(route.method, route.pattern).route, &route);
  }
}

TEST(Routes, ParameterIsOneSegment) {
  EXPECT_EQ(find_route(Method::head, "/v1/uploads/abc").parameter, "abc");
  for (const char* path : {"/v1/uploads/", "/v1/uploads/a/b", "/v1/upload", "/v1/uploadsabc", "/", ""})
    EXPECT_EQ(find_route(Method::post, path).any, nullptr) << path;
}

}  // namespace
}  // namespace bangwu::http
