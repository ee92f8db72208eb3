#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "central/support/tamperer.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::CentralProcess;
using support::Client;
using support::Kiosk;
using testing::HasSubstr;
using testing::Not;

/// The operator's side of kiosks, beside the running service.
class Kiosks : public ::testing::Test {
 protected:
  void SetUp() override {
    central.start();
    client.emplace(central.port());
    kiosk.emplace(central);
  }
  void revoke() const {
    const auto revoked = central.run({"kiosks", "revoke", kiosk->id(), "--because", "stolen on Monday"});
    ASSERT_EQ(revoked.code, 0) << revoked.errors;
  }
  static void expect_revoked(const support::HttpAnswer& answer) {
    EXPECT_EQ(answer.status, 403) << answer.body;
    EXPECT_EQ(answer.problem(), "kiosk-revoked");
    EXPECT_EQ(json::parse(answer.body).at("detail"), "this kiosk was revoked: stolen on Monday");
  }
  CentralProcess central;
  std::optional<Client> client;
  std::optional<Kiosk> kiosk;
};

TEST_F(Kiosks, AreListedAndRenamed) {
  const auto listed = central.run({"kiosks", "list"});
  EXPECT_EQ(listed.code, 0);
  EXPECT_THAT(listed.output, HasSubstr(kiosk->id() + "  测试机  since "));
  EXPECT_THAT(listed.output, HasSubstr("in use\n1 kiosks\n"));
  EXPECT_EQ(central.run({"kiosks", "rename", kiosk->id(), "\x1b[2J三号机"}).code, 0);
  const auto renamed = central.run({"kiosks", "list"});
  EXPECT_THAT(renamed.output, HasSubstr("  \\u001b[2J三号机  "));
  EXPECT_THAT(renamed.output, Not(HasSubstr("\x1b")));
  const auto row = json::parse(central.run({"kiosks", "list", "--json"}).output).at(0);
  EXPECT_EQ(row.at("id"), kiosk->id());
  EXPECT_EQ(row.at("name"), "\x1b[2J三号机") << "JSON stays the same JSON";
}

TEST_F(Kiosks, RevokedOnesAreRefusedAtOnceAndToldWhy) {
  ASSERT_EQ(kiosk->deliver(*client, kiosk->application()).status, 201) << "the gate has just seen its token";
  const auto later = kiosk->application();
  for (const auto& blob : later.blobs) ASSERT_EQ(kiosk->upload(*client, blob).status, 201);
  revoke();
  expect_revoked(kiosk->put(*client, later.envelope));
  support::HttpAnswer upload;
  EXPECT_TRUE(support::eventually([&] {
    upload = kiosk->upload(*client, support::random_bytes(10));
    return upload.status != 201;
  }));
  expect_revoked(upload);
  EXPECT_EQ(central.verify().envelopes, 1);
  EXPECT_THAT(central.run({"kiosks", "list"}).output, HasSubstr(": stolen on Monday"));
}

TEST_F(Kiosks, ACodeMadeForARevokedOneLetsItInAgainUnderItsId) {
  revoke();
  const auto made = central.run({"enrol", "--kiosk", kiosk->id()});
  ASSERT_EQ(made.code, 0) << made.errors;
  const auto device = envelope::SigningKey::make();
  envelope::EnrolmentRequest request{.code = made.output.substr(13, 14)};
  envelope::sign(request, device, nullptr);
  const auto answer =
      client->send("POST", "/v1/enrolments", {{"Content-Type", "application/json"}}, envelope::to_json(request));
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json::parse(answer.body).at("kiosk"), kiosk->id());
  EXPECT_EQ(json::parse(answer.body).at("name"), "测试机");
  EXPECT_THAT(central.run({"kiosks", "list"}).output, HasSubstr("in use\n1 kiosks\n"));
}

TEST_F(Kiosks, TwoMachinesUnderOneIdentityAreTold) {
  const auto meet = [&](const char* run) {
    auto headers = kiosk->authorisation();
    headers.emplace_back("Content-Type", "application/json");
    return client->send("POST", "/v1/kiosk/sync", headers,
                        std::string(R"({"last_receipt":null,"run":")") + run + "\"}");
  };
  const char *original = "01a22209-ee18-7dd8-89fc-cf18465cab04", *copy = "01a22209-ee18-7dd8-89fc-cf18465cab05";
  ASSERT_EQ(meet(original).status, 200);
  ASSERT_EQ(meet(copy).status, 200);
  EXPECT_EQ(meet("no uuid").status, 400);
  EXPECT_THAT(central.run({"kiosks", "list"}).output, HasSubstr("in use")) << "it may have been started again";
  // As if the copy had begun an hour ago.
  support::Tamperer(central.data()).execute("UPDATE kiosk_run SET began_at = began_at - 3600000");
  ASSERT_EQ(meet(original).status, 200);
  EXPECT_THAT(central.run({"kiosks", "list"}).output, HasSubstr("TWO MACHINES under this identity"));
  EXPECT_THAT(central.log(), HasSubstr("kiosk.two_at_work"));
}

TEST_F(Kiosks, WrongCommandsSayWhatIsNeeded) {
  EXPECT_EQ(central.run({"kiosks", "revoke", kiosk->id()}).code, 2) << "a reason is needed";
  EXPECT_EQ(central.run({"kiosks", "revoke", "k-NOBODY", "--because", "x"}).code, 1);
  EXPECT_EQ(central.run({"kiosks", "readmit", "k-NOBODY"}).code, 1);
  EXPECT_EQ(central.run({"kiosks", "dance"}).code, 2);
  EXPECT_EQ(central.run({"enrol", "--kiosk", "k-NOBODY"}).code, 1);
  EXPECT_EQ(central.run({"enrol"}).code, 2);
}

}  // namespace
}  // namespace bangwu
