#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "envelope/bodies.h"
#include "http/routes.h"

// docs/openapi.yaml against the table of routes and against what the service answers: every route with each of its
// answers that a test can cause. tests/peers/openapi.mjs compares.
namespace bangwu {
namespace {

using nlohmann::json;
using support::Client;
using support::Headers;
using support::HttpAnswer;
using support::Kiosk;
using support::random_bytes;

constexpr const char* kBytesFollow = "application/offset+octet-stream";
constexpr std::size_t kLargestUpload = 1U << 20;

class Description : public testing::Test {
 protected:
  void SetUp() override {
    central.start();
    client.emplace(central.port());
    kiosk.emplace(central);
    revoked.emplace(central);
    ASSERT_EQ(central.run({"kiosks", "revoke", revoked->id(), "--because", "lost"}).code, 0);
  }
  HttpAnswer note(const std::string& method, const std::string& path, HttpAnswer answer) {
    json headers = json::object();
    for (const auto& [name, value] : answer.headers) headers[name] = value;
    observed["answers"].push_back(
        {{"method", method}, {"path", path}, {"status", answer.status}, {"headers", headers}, {"body", answer.body}});
    return answer;
  }
  HttpAnswer ask(const std::string& method, const std::string& path, const Headers& headers = {},
                 std::string_view body = {}) {
    return note(method, path, client->send(method, path, headers, body));
  }
  /// With a body that is announced so, and does not come.
  HttpAnswer announce(const std::string& method, const std::string& path, Headers headers,
                      std::optional<std::size_t> length) {
    if (!length) headers.emplace_back("Transfer-Encoding", "chunked");
    Client own(central.port());
    own.send_head(method, path, headers, length);
    return note(method, path, own.read_answer(method == "HEAD"));
  }
  HttpAnswer put(const envelope::Envelope& sent, const Kiosk& as) {
    return ask("PUT", "/v1/envelopes/" + base::to_string(sent.id), as.authorisation(), to_json(sent));
  }
  HttpAnswer create(Headers more, std::string_view body = {}) {
    return ask("POST", "/v1/uploads", kiosk->tus(std::move(more)), body);
  }
  HttpAnswer append(const std::string& path, Headers more, std::string_view body) {
    more.emplace_back("Content-Type", kBytesFollow);
    return ask("PATCH", path, kiosk->tus(std::move(more)), body);
  }
  /// What every route for kiosks answers to who is none.
  void ask_as_others(const std::string& method, const std::string& path) {
    EXPECT_EQ(ask(method, path, {{"Tus-Resumable", "1.0.0"}}).status, 401) << method << path;
    EXPECT_EQ(ask(method, path, revoked->tus()).status, 403) << method << path;
  }

  support::CentralProcess central{{.settings = std::string(support::kPlainHttp) + support::kSmallReserve +
                                               "[uploads]\nlargest_mebibytes = 1\nmost_files_per_kiosk = 20\n"}};
  std::optional<Client> client;
  std::optional<Kiosk> kiosk, revoked;
  json observed{{"routes", json::array()}, {"answers", json::array()}};

  void ask_for_health() {
    EXPECT_EQ(ask("GET", "/v1/health").status, 200);
    EXPECT_EQ(ask("HEAD", "/v1/health").status, 200);
    EXPECT_EQ(ask("GET", "/v1/health", {}, "body").status, 413);
  }

  void ask_for_enrolments() {
    const auto request = [](const std::string& code) {
      envelope::EnrolmentRequest made{.code = code, .name = "机"};
      envelope::sign(made, envelope::SigningKey::make(), nullptr);
      return to_json(made);
    };
    const std::string path = "/v1/enrolments";
    EXPECT_EQ(ask("POST", path, {}, request(central.enrolment_code())).status, 201);
    EXPECT_EQ(ask("POST", path, {}, "{}").status, 400);
    EXPECT_EQ(announce("POST", path, {}, std::nullopt).status, 411);
    EXPECT_EQ(announce("POST", path, {}, 1U << 20).status, 413);
    EXPECT_EQ(ask("POST", path, {}, request("AAAA-BBBB-CCCC")).status, 403);
    HttpAnswer answer;
    for (int i = 0; i < 70 && answer.status != 429; ++i) answer = ask("POST", path, {}, request("AAAA-BBBB-CCCC"));
    EXPECT_EQ(answer.status, 429);
  }

  void ask_for_creations() {
    const std::string path = "/v1/uploads";
    EXPECT_EQ(ask("OPTIONS", path).status, 204);
    EXPECT_EQ(create({{"Upload-Length", "10"}, {"Content-Type", kBytesFollow}}, "0123456789").status, 201);
    EXPECT_EQ(create({}).status, 400);
    EXPECT_EQ(create({{"Upload-Length", "10"}, {"Upload-Metadata", "sha256 AAAA"}}).status, 400);
    ask_as_others("POST", path);
    EXPECT_EQ(announce("POST", path, kiosk->tus({{"Upload-Length", "10"}}), std::nullopt).status, 411);
    EXPECT_EQ(ask("POST", path, kiosk->authorisation()).status, 412);
    EXPECT_EQ(create({{"Upload-Length", "99999999"}}).status, 413);
    EXPECT_EQ(create({{"Upload-Length", "4"}, {"Content-Type", "text/plain"}}, "text").status, 415);
    EXPECT_EQ(create({{"Upload-Length", "4"},
                      {"Content-Type", kBytesFollow},
                      {"Upload-Checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="}},
                     "text")
                  .status,
              460);
  }

  void ask_for_pieces() {
    const auto bytes = random_bytes(1000);
    const auto named = support::sha256_metadata(envelope::sha256_hex(bytes));
    const std::string path = create({{"Upload-Length", "1000"}, {"Upload-Metadata", named}}).header("location");
    EXPECT_EQ(ask("OPTIONS", path).status, 204);
    const std::string_view text = support::as_text(bytes);
    EXPECT_EQ(append(path, {{"Upload-Offset", "7"}}, text).status, 409);
    EXPECT_EQ(append(path, {}, text).status, 400);
    EXPECT_EQ(
        append(path, {{"Upload-Offset", "0"}, {"Upload-Checksum", "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="}}, text).status,
        460);
    EXPECT_EQ(ask("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}}), text).status, 415);
    EXPECT_EQ(ask("PATCH", path, kiosk->authorisation(), text).status, 412);
    EXPECT_EQ(announce("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}}), std::nullopt).status, 411);
    EXPECT_EQ(announce("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}}), 2 * kLargestUpload).status, 413);
    ask_while_it_is_written(path, named, text);
    EXPECT_EQ(ask("HEAD", path, kiosk->tus()).status, 200);
    EXPECT_EQ(ask("DELETE", path, kiosk->tus()).status, 204);
    for (const std::string method : {"HEAD", "PATCH", "DELETE"}) {
      ask_as_others(method, path);
      EXPECT_EQ(ask(method, "/v1/uploads/%ff", kiosk->tus()).status, 400);
    }
    for (const std::string method : {"HEAD", "DELETE"}) {
      EXPECT_EQ(ask(method, path, kiosk->authorisation()).status, 412);
      EXPECT_EQ(ask(method, path, kiosk->tus()).status, 404);
    }
    EXPECT_EQ(append(path, {{"Upload-Offset", "0"}}, text).status, 404);
  }

  /// A piece of which half came holds the upload; then the rest comes.
  void ask_while_it_is_written(const std::string& path, const std::string& named, std::string_view text) {
    Client slow(central.port());
    slow.send_head("PATCH", path, kiosk->tus({{"Upload-Offset", "0"}, {"Content-Type", kBytesFollow}}), text.size());
    ASSERT_TRUE(slow.send_bytes(text.substr(0, 500)));
    EXPECT_TRUE(support::eventually([&] { return client->send("DELETE", path + "0", kiosk->tus()).status == 404; }));
    EXPECT_TRUE(support::eventually([&] {
      return append(path, {{"Upload-Offset", "0"}}, text.substr(0, 0)).status == 423;
    }));
    EXPECT_EQ(ask("DELETE", path, kiosk->tus()).status, 423);
    EXPECT_EQ(create({{"Upload-Length", "1000"}, {"Upload-Metadata", named}, {"Content-Type", kBytesFollow}},
                     text.substr(0, 10))
                  .status,
              423);
    ASSERT_TRUE(slow.send_bytes(text.substr(500)));
    EXPECT_EQ(note("PATCH", path, slow.read_answer()).status, 204);
  }

  void ask_for_envelopes() {
    const auto sent = kiosk->application();
    const std::string path = "/v1/envelopes/" + base::to_string(sent.envelope.id);
    EXPECT_EQ(put(sent.envelope, *kiosk).problem(), "attachments-missing");
    EXPECT_EQ(ask("GET", path, kiosk->authorisation()).status, 404);
    ASSERT_EQ(kiosk->upload(*client, sent.blobs[0]).status, 201);
    const auto receipt = put(sent.envelope, *kiosk);
    EXPECT_EQ(receipt.status, 201);
    EXPECT_EQ(put(sent.envelope, *kiosk).status, 200);
    EXPECT_EQ(ask("GET", path, kiosk->authorisation()).body, receipt.body);
    auto headers = kiosk->authorisation();
    headers.emplace_back("Content-Type", std::string(http::kEnvelopeWithReceipt));
    EXPECT_EQ(
        ask("PUT", path, headers, R"({"envelope":)" + to_json(sent.envelope) + R"(,"receipt":)" + receipt.body + "}")
            .status,
        200);
    EXPECT_EQ(put(kiosk->application("T-REVIEW", "").envelope, *kiosk).status, 409);
    EXPECT_EQ(ask("PUT", path, kiosk->authorisation(), "{}").status, 400);
    EXPECT_EQ(put(sent.envelope, Kiosk(central)).status, 403);
    EXPECT_EQ(put(kiosk->seal(envelope::Kind::submission, "{}", {}, std::nullopt).envelope, *kiosk).status, 422);
    EXPECT_EQ(put(kiosk->seal(envelope::Kind::commission, "{}", {}, std::nullopt).envelope, *kiosk).status, 501);
    EXPECT_EQ(announce("PUT", path, kiosk->authorisation(), std::nullopt).status, 411);
    EXPECT_EQ(announce("PUT", path, kiosk->authorisation(), 2 * http::kLargestEnvelope).status, 413);
    EXPECT_EQ(put(kiosk->rating(sent.envelope.id).envelope, *kiosk).status, 201);
    ask_as_others("PUT", path);
    ask_as_others("GET", path);
    EXPECT_EQ(ask("GET", "/v1/envelopes/%ff", kiosk->authorisation()).status, 400);
    ask_to_compare(receipt.body);
    ask_to_be_known(receipt.body);
    ask_for_the_case(json::parse(receipt.body).at("case_number"));
  }

  void ask_to_compare(const std::string& receipt) {
    const std::string path = "/v1/kiosk/sync";
    EXPECT_EQ(ask("POST", path, kiosk->authorisation(), R"({"last_receipt":)" + receipt + "}").status, 200);
    EXPECT_EQ(ask("POST", path, kiosk->authorisation(), R"({"last_receipt":null})").status, 200);
    EXPECT_EQ(ask("POST", path, kiosk->authorisation(), "{}").status, 400);
    EXPECT_EQ(announce("POST", path, kiosk->authorisation(), std::nullopt).status, 411);
    EXPECT_EQ(announce("POST", path, kiosk->authorisation(), 1U << 20).status, 413);
    ask_as_others("POST", path);
  }

  void ask_to_be_known(const std::string& receipt) {
    const std::string path = "/v1/kiosk/readmission";
    const Headers stranger{{"Authorization", "Bearer a-token-that-nobody-here-has"}};
    const auto body = [](const std::string& shown) {
      return R"({"receipt":)" + shown + R"(,"device_key":")" +
             envelope::key_to_hex(envelope::SigningKey::make().public_key()) + "\"}";
    };
    std::string forged = receipt;
    forged.replace(forged.find("\"WJ"), 3, "\"WX");
    EXPECT_EQ(ask("POST", path, stranger, body(receipt)).status, 202);
    EXPECT_EQ(ask("POST", path, stranger, body(forged)).status, 403);
    EXPECT_EQ(ask("POST", path, {}, body(receipt)).status, 400);
    EXPECT_EQ(ask("POST", path, stranger, "{}").status, 400);
    EXPECT_EQ(announce("POST", path, stranger, std::nullopt).status, 411);
    EXPECT_EQ(announce("POST", path, stranger, 1U << 20).status, 413);
  }

  void ask_for_the_case(const std::string& number) {
    const std::string path = "/v1/cases/" + number;
    EXPECT_EQ(ask("GET", path, {{"Bangwu-Proof", support::kProof}}).status, 200);
    EXPECT_EQ(ask("GET", path, {{"Bangwu-Proof", "000000"}}).status, 404);
    EXPECT_EQ(ask("GET", "/v1/cases/%ff").status, 400);
    EXPECT_EQ(ask("GET", path, {}, "body").status, 413);
    HttpAnswer answer;
    for (int i = 0; i < 10 && answer.status != 429; ++i) answer = ask("GET", path, {{"Bangwu-Proof", "000000"}});
    EXPECT_EQ(answer.status, 429);
  }

  void ask_for_more_than_may_lie_here() {
    HttpAnswer answer;
    for (int i = 0; i < 30 && answer.status != 429; ++i) answer = create({{"Upload-Length", "10"}});
    EXPECT_EQ(answer.status, 429);
  }
};

TEST_F(Description, IsWhatTheServiceDoes) {
  for (const auto& route : http::kRoutes) {
    observed["routes"].push_back({{"method", http::name_of(route.method)},
                                  {"path", route.pattern},
                                  {"summary", route.summary},
                                  {"who", route.who == http::Who::kiosk ? "kiosk" : "anyone"}});
  }
  ask_for_health();
  ask_for_creations();
  ask_for_pieces();
  ask_for_envelopes();
  ask_for_more_than_may_lie_here();
  ask_for_enrolments();
  const auto file = central.folder() / "observed.json";
  std::ofstream(file) << observed.dump();
  const auto compared = support::run({BANGWU_NODE, BANGWU_PEERS "/openapi.mjs", BANGWU_OPENAPI, file});
  EXPECT_EQ(compared.code, 0) << compared.errors;
  RecordProperty("compared", compared.output);
}

}  // namespace
}  // namespace bangwu
