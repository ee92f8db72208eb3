#include <gmock/gmock.h>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "central/support/kiosk.h"
#include "envelope/bodies.h"
#include "envelope/content_key.h"
#include "envelope/provisional_number.h"

namespace bangwu {
namespace {

using nlohmann::json;
using support::CentralProcess;
using support::Client;
using support::Kiosk;
using testing::HasSubstr;

constexpr const char* kFirst = "11010519491231002X";
constexpr const char* kSecond = "440524188001010014";

/// An envelope of format 1 as queues of earlier machines hold it: its provisional number is the id's last 40 bits.
envelope::Envelope of_format_1(Kiosk& kiosk, const base::Uuid& id, const std::string& applicant) {
  auto application = Kiosk::sample("T-REVIEW", "开店");
  application.applicant.identity.id_number = applicant;
  auto envelope = kiosk.seal(envelope::Kind::submission, envelope::to_json(application), {}, std::nullopt, id).envelope;
  const auto content = support::random_bytes(32);
  const auto boxed_to = [&](const envelope::SealingKey& key) {
    base::Bytes box(content.size() + crypto_box_SEALBYTES);
    crypto_box_seal(box.data(), content.data(), content.size(), key.data());
    return box;
  };
  const auto mine = envelope::UnsealingKey::make();
  const auto key = envelope::ContentKey::unseal(boxed_to(mine.public_key()), mine, {}).value();
  const std::string body = envelope::to_json(application);
  envelope.sealed_key = boxed_to(kiosk.sealing_key());
  envelope.body = key.encrypt({reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
  kiosk.sign(envelope);
  return envelope;
}

// Forty bits can meet: both cases are kept, and whoever asks is told apart by the proof.
class SameNumber : public testing::Test {
 protected:
  SameNumber() {
    central.start();
    client.emplace(central.port());
    Kiosk one(central), other(central);
    base::Uuid id{};
    base::KernelRandom{}.fill(id.bytes);
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (id.bytes[6] & 0x0F));
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3F));
    first_number = deliver(one, id, kFirst);
    id.bytes[0] ^= 1;
    second_number = deliver(other, id, kSecond);
  }
  std::string deliver(Kiosk& kiosk, const base::Uuid& id, const char* applicant) {
    const auto envelope = of_format_1(kiosk, id, applicant);
    const auto number = envelope::provisional_number(envelope);
    EXPECT_TRUE(provisional.empty() || provisional == number);
    provisional = number;
    const auto answer = kiosk.put(*client, envelope);
    const auto receipt = kiosk.receipt(answer, envelope);
    EXPECT_TRUE(receipt) << answer.body;
    return receipt ? receipt->case_number : std::string();
  }
  std::string case_of(const std::string& proof) {
    const auto answer =
        client->send("GET", "/v1/cases/" + support::percent_encoded(provisional), {{"Bangwu-Proof", proof}});
    return answer.status == 200 ? json::parse(answer.body).at("case_number").get<std::string>()
                                : std::to_string(answer.status);
  }
  CentralProcess central;
  std::optional<Client> client;
  std::string provisional, first_number, second_number;
};

TEST_F(SameNumber, LeadsEachApplicantToTheirOwnCase) {
  EXPECT_NE(first_number, second_number);
  EXPECT_EQ(case_of("31002X"), first_number);
  EXPECT_EQ(case_of("010014"), second_number);
  EXPECT_EQ(case_of("123456"), "404");
}

TEST_F(SameNumber, IsToldToStaffAndNothingIsCalledDamaged) {
  const auto shown = central.run({"show", provisional});
  EXPECT_EQ(shown.code, 1);
  EXPECT_THAT(shown.errors, HasSubstr(first_number));
  EXPECT_THAT(shown.errors, HasSubstr(second_number));
  EXPECT_THAT(central.run({"show", first_number}).output, HasSubstr(kFirst));
  EXPECT_THAT(central.run({"show", second_number}).output, HasSubstr(kSecond));
  EXPECT_EQ(central.verify().damaged, 0) << central.verify().output;
}

}  // namespace
}  // namespace bangwu
