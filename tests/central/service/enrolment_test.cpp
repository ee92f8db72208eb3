#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::CentralProcess;
using support::Client;

class Enrolment : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    client.emplace(central.port());
  }
  std::string make_code() { return central.enrolment_code(); }
  support::HttpAnswer enrol(const json& body) {
    return client->send("POST", "/v1/enrolments", {{"Content-Type", "application/json"}}, body.dump());
  }
  json wish(const std::string& code) {
    return {{"code", code}, {"device_key", envelope::key_to_hex(device.public_key())}, {"name", "一号机"}};
  }
  bool has_cryptography = envelope::initialise_cryptography();
  envelope::SigningKey device = envelope::SigningKey::make();
  CentralProcess central;
  std::optional<Client> client;
};

TEST_F(Enrolment, CodeMadeBesideTheRunningServiceIsGoodOnce) {
  const std::string code = make_code();
  const auto answer = enrol(wish(code));
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto told = json::parse(answer.body);
  EXPECT_TRUE(told.at("kiosk").get<std::string>().starts_with("k-"));
  EXPECT_EQ(told.at("name"), "测试机") << "that the code was made for, whatever the machine says";
  EXPECT_EQ(told.at("token").get<std::string>().size(), 43U);
  EXPECT_EQ(told.at("sealing_key").get<std::string>().size(), 64U);
  EXPECT_EQ(told.at("receipt_key").get<std::string>().size(), 64U);
  const auto again = enrol(wish(code));
  EXPECT_EQ(again.status, 403);
  EXPECT_EQ(again.problem(), "enrolment-refused");
}

TEST_F(Enrolment, CodeMayBeTypedAsPeopleTypeIt) {
  std::string code = make_code();
  for (char& c : code) c = c == '0' ? 'o' : static_cast<char>(std::tolower(c));
  std::erase(code, '-');
  EXPECT_EQ(enrol(wish(code)).status, 201);
}

TEST_F(Enrolment, WrongCodeIsRefused) { EXPECT_EQ(enrol(wish("0000-0000")).problem(), "enrolment-refused"); }

TEST_F(Enrolment, RequestOfAnotherShapeIsMalformed) {
  const std::string code = make_code();
  auto short_key = wish(code), more = wish(code), keyless = wish(code), number = wish(code);
  auto worthless = wish(code), half = wish(code);
  short_key["device_key"] = "12";
  more["extra"] = 1;
  keyless.erase("device_key");
  worthless["device_key"] = std::string(64, '0');
  half["kiosk"] = "k-0123456789";
  number["code"] = 12345678;
  for (const auto& body : {short_key, more, keyless, number, worthless, half, json::array(), json("x")}) {
    const auto answer = enrol(body);
    EXPECT_EQ(answer.status, 400) << body;
    EXPECT_EQ(answer.problem(), "malformed");
  }
  EXPECT_EQ(enrol(wish(code)).status, 201) << "a malformed request uses no code up";
  EXPECT_EQ(client->send("POST", "/v1/enrolments", {}, std::string(20000, ' ')).status, 413);
  EXPECT_EQ(client->send("GET", "/v1/enrolments").status, 405);
}

TEST_F(Enrolment, WhoGuessesIsSentAwayAndLocksNobodyOut) {
  const std::string code = make_code();
  EXPECT_GE(code.size(), 14U) << "sixty bits, in groups";
  support::HttpAnswer answer;
  for (int i = 0; i < 65; ++i) answer = enrol(wish("0000-0000-0000"));
  EXPECT_EQ(answer.status, 429);
  EXPECT_FALSE(answer.header("retry-after").empty());
  EXPECT_NE(central.log().find("enrolment.guessing"), std::string::npos);
  EXPECT_EQ(enrol(wish(code)).status, 201) << "the technician's right code counts all the same";
}

TEST_F(Enrolment, TokenIsNotKeptReadable) {
  const support::Kiosk kiosk(central);
  EXPECT_EQ(central.terminate(), 0);
  EXPECT_EQ(support::read_file(central.data() / "central.db").find(kiosk.token()), std::string::npos);
}

TEST_F(Enrolment, HealthNeedsNoToken) {
  const auto answer = client->send("GET", "/v1/health");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(json::parse(answer.body).at("status"), "ok");
  EXPECT_EQ(client->send("HEAD", "/v1/health").status, 200);
}

TEST_F(Enrolment, AddressesThatAreNoneAreNotFound) {
  for (const std::string& path :
       {std::string("/"), std::string("/v1"), std::string("/v1/uploads/"), std::string("/v1/uploads/a/b"),
        std::string("/v1/../etc/passwd"), "/v1/cases/" + std::string(20000, 'a')}) {
    const auto answer = client->send("GET", path);
    EXPECT_GE(answer.status, 403) << path.substr(0, 20);
    EXPECT_LE(answer.status, 404) << path.substr(0, 20);
  }
  EXPECT_EQ(client->send("GET", "/v1/health").status, 200);
}

}  // namespace
}  // namespace bangwu
