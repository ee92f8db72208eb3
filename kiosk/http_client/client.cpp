#include "http_client/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "base/text.h"
#include "http_client/transfer.h"
#include "json/text.h"

namespace bangwu::http_client {
namespace {

constexpr int kTickMilliseconds = 200;

/// libcurl's own start, for the whole process. OpenSSL writes without MSG_NOSIGNAL: a server that hangs up must not end
/// the kiosk by SIGPIPE.
bool start_libcurl() {
  static const bool is_started =
      std::signal(SIGPIPE, SIG_IGN) != SIG_ERR && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return is_started;
}

/// A text of an RFC 9457 document; empty if there is none.
std::string member_of_problem(const Answer& answer, const char* name) {
  if (!answer.header("Content-Type").starts_with("application/problem+json")) return {};
  const auto document = json::parse(answer.body);
  const std::string* text = document ? document->text_of(name) : nullptr;
  return text == nullptr ? std::string{} : *text;
}

class OneRequest final : public Conversation {
 public:
  explicit OneRequest(const Request& request) : request_(request) {}
  std::optional<Request> begin() override { return request_; }
  std::optional<Request> next(const Outcome& outcome) override {
    outcome_ = outcome;
    return std::nullopt;
  }
  [[nodiscard]] Outcome outcome() const { return outcome_; }

 private:
  const Request& request_;
  Outcome outcome_ = NotSent{{base::ErrorCode::cancelled, "cancelled"}};
};

}  // namespace

std::string_view Answer::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const Header& h) { return base::equal_ignoring_case(h.name, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->value};
}

std::string Answer::problem() const {
  constexpr std::string_view kOurs = "urn:bangwu:problem:";
  const std::string type = member_of_problem(*this, "type");
  return type.starts_with(kOurs) ? type.substr(kOurs.size()) : std::string{};
}

std::string Answer::detail() const { return problem().empty() ? std::string{} : member_of_problem(*this, "detail"); }

struct Client::Engine {
  using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
  struct Running {
    std::unique_ptr<Transfer> transfer;
    Conversation* conversation = nullptr;
  };

  Engine(Origin where, Settings how) : origin(std::move(where)), settings(std::move(how)) {}

  Origin origin;
  Settings settings;
  std::vector<std::unique_ptr<Transfer>> idle;  // easy handles outlive the multi handle: declared before it
  Multi multi{curl_multi_init(), &curl_multi_cleanup};
  std::vector<Running> running;

  /// Starts requests until one is on its way or the conversation has no more to say.
  void start(Conversation& conversation, std::optional<Request> request) {
    while (request) {
      std::unique_ptr<Transfer> transfer;
      if (idle.empty()) {
        transfer = std::make_unique<Transfer>();
      } else {
        transfer = std::move(idle.back());
        idle.pop_back();
      }
      if (auto ready = transfer->prepare(*request, origin, settings); !ready) {
        idle.push_back(std::move(transfer));
        request = conversation.next(NotSent{ready.error()});
        continue;
      }
      curl_multi_add_handle(multi.get(), transfer->handle());
      running.push_back({std::move(transfer), &conversation});
      return;
    }
  }

  /// Takes a finished or cancelled transfer out of the engine.
  Running take(CURL* handle) {
    const auto found =
        std::find_if(running.begin(), running.end(), [&](const Running& r) { return r.transfer->handle() == handle; });
    Running taken = std::move(*found);
    *found = std::move(running.back());
    running.pop_back();
    return taken;
  }

  void conclude_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode result = message->data.result;
      Running done = take(message->easy_handle);
      const Outcome outcome = done.transfer->conclude(result);
      curl_multi_remove_handle(multi.get(), done.transfer->handle());
      idle.push_back(std::move(done.transfer));
      start(*done.conversation, done.conversation->next(outcome));
    }
  }

  void cancel_all() {
    while (!running.empty()) {
      Running last = take(running.back().transfer->handle());
      const Outcome outcome = last.transfer->cancel();
      curl_multi_remove_handle(multi.get(), last.transfer->handle());
      idle.push_back(std::move(last.transfer));
      static_cast<void>(last.conversation->next(outcome));
    }
  }
};

Client::Client(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

base::Result<Client> Client::open(Origin origin, Settings settings) {
  if (!start_libcurl()) return base::fail(base::ErrorCode::internal, "libcurl does not start");
  if (!settings.ca_file.empty() && !std::filesystem::is_regular_file(settings.ca_file)) {
    return base::fail(base::ErrorCode::not_found, "the file of trusted certificates " + settings.ca_file.string() +
                                                      " is not there: copy the central service's CA to it");
  }
  auto engine = std::make_unique<Engine>(std::move(origin), std::move(settings));
  if (!engine->multi) return base::fail(base::ErrorCode::internal, "libcurl has no memory");
  return Client{std::move(engine)};
}

Outcome Client::send(const Request& request, const std::stop_token& stop, const MayGoOn& may_go_on) {
  OneRequest one{request};
  Conversation* const conversations[] = {&one};
  converse(conversations, 1, stop, may_go_on);
  return one.outcome();
}

void Client::converse(std::span<Conversation* const> conversations, std::size_t at_once, const std::stop_token& stop,
                      const MayGoOn& may_go_on) {
  Engine& engine = *engine_;
  const std::stop_callback wake{stop, [&engine] { curl_multi_wakeup(engine.multi.get()); }};
  auto last_asked = std::chrono::steady_clock::now();
  std::size_t begun = 0;
  while (begun < conversations.size() || !engine.running.empty()) {
    while (begun < conversations.size() && engine.running.size() < at_once && !stop.stop_requested()) {
      Conversation& conversation = *conversations[begun++];
      engine.start(conversation, conversation.begin());
    }
    const auto now = std::chrono::steady_clock::now();
    bool goes_on = !stop.stop_requested();
    if (may_go_on && now - last_asked >= std::chrono::milliseconds{kTickMilliseconds}) {
      last_asked = now;
      goes_on = goes_on && may_go_on();
    }
    if (!goes_on) {
      engine.cancel_all();
      return;
    }
    int alive = 0;
    curl_multi_perform(engine.multi.get(), &alive);
    engine.conclude_finished();
    if (!engine.running.empty()) curl_multi_poll(engine.multi.get(), nullptr, 0, kTickMilliseconds, nullptr);
  }
}

const Origin& Client::origin() const { return engine_->origin; }

}  // namespace bangwu::http_client
