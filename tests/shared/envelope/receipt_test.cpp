#include "envelope/receipt.h"

#include "samples.h"

namespace bangwu::envelope {
namespace {

using domain::AnswerProblem;
using domain::Lack;

class ReceiptForm : public testing::Test {
 protected:
  ReceiptForm() { sign(receipt_, central_); }
  [[nodiscard]] bool proves(const Receipt& receipt) const {
    return proves_delivery(receipt, id_of(1), hash_of('c'), central_.public_key());
  }
  SigningKey central_ = SigningKey::make();
  Receipt receipt_{.format = Format::two,
                   .envelope = id_of(1),
                   .kiosk = "hall-1",
                   .sequence = 7,
                   .kind = Kind::submission,
                   .manifest_hash = hash_of('c'),
                   .record = hash_of('e'),
                   .received_at = kMorning,
                   .case_number = "WJ-2026-000001",
                   .outcome = domain::Outcome::correction_needed,
                   .lacks = {{Lack::What::field, "place", AnswerProblem::too_short},
                             {Lack::What::material, "id_card", AnswerProblem::missing},
                             {Lack::What::part, "signature", AnswerProblem::missing}},
                   .due = std::chrono::year{2026} / 11 / 30,
                   .due_is_provisional = true,
                   .signature = {}};
};

TEST_F(ReceiptForm, ComesBackWithEveryMemberAndStillProves) {
  const auto read = receipt_from_json(to_json(receipt_));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, receipt_);
  EXPECT_TRUE(proves(*read));
  EXPECT_EQ(to_json(*read), to_json(receipt_));
}

TEST_F(ReceiptForm, ComesBackWithEveryOutcomeAndEveryProblem) {
  receipt_.due.reset();
  for (const auto outcome : {domain::Outcome::accepted, domain::Outcome::in_review, domain::Outcome::correction_needed,
                             domain::Outcome::not_accepted}) {
    receipt_.outcome = outcome;
    EXPECT_EQ(receipt_from_json(to_json(receipt_)), receipt_);
  }
  receipt_.outcome.reset();
  for (int i = 0; i <= static_cast<int>(AnswerProblem::has_control_characters); ++i) {
    receipt_.lacks = {{Lack::What::field, "f", static_cast<AnswerProblem>(i)}};
    EXPECT_EQ(receipt_from_json(to_json(receipt_)), receipt_) << i;
  }
}

TEST_F(ReceiptForm, ProvesDeliveryOnlyForItsIdItsManifestAndItsKey) {
  EXPECT_TRUE(proves(receipt_));
  EXPECT_FALSE(proves_delivery(receipt_, id_of(2), hash_of('c'), central_.public_key()));
  EXPECT_FALSE(proves_delivery(receipt_, id_of(1), hash_of('d'), central_.public_key()));
  EXPECT_FALSE(proves_delivery(receipt_, id_of(1), "", central_.public_key()));
  EXPECT_FALSE(proves_delivery(receipt_, id_of(1), hash_of('c'), SigningKey::make().public_key()));
}

TEST_F(ReceiptForm, WithoutAManifestItProvesNothingEvenWhenSigned) {
  receipt_.manifest_hash.clear();
  sign(receipt_, central_);
  EXPECT_FALSE(proves_delivery(receipt_, id_of(1), "", central_.public_key()));
}

TEST_F(ReceiptForm, EveryFlippedByteOfItsSignatureIsRefused) {
  for (std::size_t i = 0; i < receipt_.signature.size(); ++i) {
    Receipt changed = receipt_;
    changed.signature[i] ^= 1;
    EXPECT_FALSE(proves(changed)) << i;
    changed.signature.resize(i);
    EXPECT_FALSE(proves(changed)) << i;
  }
}

TEST_F(ReceiptForm, EveryMemberIsSigned) {
  const auto still_proves = [&](const auto& change) {
    Receipt changed = receipt_;
    change(changed);
    return proves(changed);
  };
  EXPECT_FALSE(still_proves([](Receipt& r) { r.received_at += 1ms; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.format = Format::one; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.kiosk = "hall-2"; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { ++r.sequence; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.kind = Kind::rating; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.record = hash_of('f'); }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.case_number += "0"; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.outcome = domain::Outcome::accepted; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.outcome.reset(); }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.lacks.pop_back(); }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.lacks[0].problem = AnswerProblem::missing; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.due = std::chrono::year{2026} / 12 / 1; }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.due.reset(); }));
  EXPECT_FALSE(still_proves([](Receipt& r) { r.due_is_provisional = false; }));
}

TEST_F(ReceiptForm, MalformedMembersAndTruncationAreRefused) {
  const std::string text = to_json(receipt_);
  const std::pair<std::string, std::string> changes[] = {
      {"{\"", "{\"extra\":1,\""},
      {"\"due_is_provisional\":true,", ""},
      {"\"due_is_provisional\":true", "\"due_is_provisional\":true,\"due_is_provisional\":true"},
      {"\"due_is_provisional\":true", "\"due_is_provisional\":1"},
      {"2026-11-30", "2026-11-31"},
      {"\"correction_needed\"", "\"maybe\""},
      {"\"too_short\"", "\"odd\""},
      {"\"material\"", "\"paper\""},
      {"\"id\":\"place\"", "\"id\":\"\""},
      {"\"format\":2,", ""},
      {"\"format\":2", "\"format\":3"},
      {"\"sequence\":7", "\"sequence\":-7"},
      {"\"kind\":\"submission\"", "\"kind\":\"parcel\""},
      {hash_of('e'), std::string(63, 'e')},
      {hash_of('c'), hash_of('C')},
      {hash_of('c'), std::string(63, 'c')},
      {to_base64(receipt_.signature), to_base64(base::Bytes(63))},
      {to_base64(receipt_.signature), "!" + to_base64(receipt_.signature).substr(1)},
  };
  for (const auto& [from, to] : changes) {
    EXPECT_EQ(code_of(receipt_from_json(with(text, from, to))), base::ErrorCode::invalid_input) << from << " -> " << to;
  }
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_EQ(code_of(receipt_from_json(text.substr(0, length))), base::ErrorCode::invalid_input) << length;
  }
}

}  // namespace
}  // namespace bangwu::envelope
