#include "envelope/envelope.h"

#include <set>

#include "samples.h"

namespace bangwu::envelope {
namespace {

using base::ErrorCode;

class EnvelopeForm : public testing::Test {
 protected:
  SigningKey device_ = SigningKey::make();
  Envelope envelope_ = sample_envelope(device_);
  std::string text_ = to_json(envelope_);

  void expect_refused(const std::string& text, const std::string& why) const {
    ASSERT_NE(text, text_) << why;
    EXPECT_EQ(code_of(envelope_from_json(text)), ErrorCode::invalid_input) << why;
  }
};

TEST_F(EnvelopeForm, ComesBackWithEveryMember) {
  const auto read = envelope_from_json(text_);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, envelope_);
  EXPECT_TRUE(is_signed_by(*read, device_.public_key()));
  EXPECT_EQ(to_json(*read), text_);
}

TEST_F(EnvelopeForm, ComesBackWithoutDependencyAndAttachmentsForEveryKind) {
  envelope_.depends_on.reset();
  envelope_.attachments.clear();
  for (const Kind kind :
       {Kind::submission, Kind::commission, Kind::supplement, Kind::rating, Kind::termination, Kind::case_note}) {
    envelope_.kind = kind;
    const auto read = envelope_from_json(to_json(envelope_));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, envelope_);
    EXPECT_EQ(kind_from_name(name_of(kind)), kind);
  }
  EXPECT_EQ(kind_from_name("parcel"), std::nullopt);
}

TEST_F(EnvelopeForm, MalformedMembersAreRefused) {
  const std::string id = base::to_string(envelope_.id);
  const std::pair<std::string, std::string> changes[] = {
      {"{\"", "{\"extra\":1,\""},                           // unknown member
      {"\"kiosk\":\"hall-1.kiosk_2\",", ""},                // missing member
      {"\"sequence\":7", "\"sequence\":7,\"sequence\":7"},  // duplicate member
      {"\"sequence\":7", "\"sequence\":0"},
      {"\"sequence\":7", "\"sequence\":-1"},
      {"\"sequence\":7", "\"sequence\":1.5"},
      {"\"sequence\":7", "\"sequence\":\"7\""},
      {"\"sequence\":7", "\"sequence\":18446744073709551615"},
      {"\"format\":2,", ""},  // a key of format 2 in an envelope of format 1
      {"\"format\":2", "\"format\":1"},
      {"\"format\":2", "\"format\":3"},
      {"hall-1.kiosk_2", ""},
      {"hall-1.kiosk_2", "hall 1"},
      {"hall-1.kiosk_2", std::string(65, 'k')},
      {"supplement", "parcel"},
      {id, "019A" + id.substr(4)},  // upper case: another text for the same id
      {id, id.substr(1)},
      {base::to_string(id_of(2)), id},  // depends on itself
      {"2026-11-23T02:28:03.123Z", "2026-02-30T02:28:03.123Z"},
      {"2026-11-23T02:28:03.123Z", "2026-11-23T02:28:03Z"},
      {"2026-11-23T02:28:03.123Z", "2026-11-23T24:28:03.123Z"},
      {hash_of('a'), hash_of('A')},  // upper-case hex
      {hash_of('a'), std::string(63, 'a')},
      {hash_of('a'), std::string(63, 'a') + "g"},
      {hash_of('a'), hash_of('b')},  // the same attachment twice
      {"\"size\":500", "\"size\":0"},
      {"\"role\":\"material\"", "\"role\":\"材料\""},
      {"image/jpeg", "image jpeg"},
      {"\"role\":\"material\"", "\"role\":\"material\",\"name\":\"x\""},  // unknown member of an attachment
      {"\"attachments\":[", "\"attachments\":[1,"},
  };
  for (const auto& [from, to] : changes) expect_refused(with(text_, from, to), from + " -> " + to);
}

TEST_F(EnvelopeForm, BadBase64AndWrongLengthsAreRefused) {
  const std::string signature = to_base64(envelope_.signature);
  expect_refused(with(text_, signature, signature.substr(4)), "61 bytes of signature");
  expect_refused(with(text_, signature, signature.substr(1)), "no multiple of four");
  expect_refused(with(text_, signature, "*" + signature.substr(1)), "no base64 character");
  expect_refused(with(text_, signature, signature.substr(0, 43) + " " + signature.substr(44)), "a space inside");
  const std::string key = to_base64(envelope_.sealed_key);
  expect_refused(with(text_, key, to_base64(base::Bytes(80))), "a short sealed key");
  expect_refused(with(text_, key, to_base64(base::Bytes(82, 2))), "a long sealed key");
  auto odd = envelope_.sealed_key;
  odd[0] = 3;
  expect_refused(with(text_, key, to_base64(odd)), "a sealed key of another format");
  const std::string body = to_base64(envelope_.body);
  expect_refused(with(text_, body, to_base64(base::Bytes(40))), "a body shorter than a sealed nothing");
  expect_refused(with(text_, body, to_base64(base::Bytes((4U << 20) + 1))), "a body over 4 MiB");
}

TEST_F(EnvelopeForm, AtMost512AttachmentsAreTaken) {
  envelope_.attachments.clear();
  const auto add = [&](int n) {
    std::string hash = std::to_string(n);
    hash.insert(0, 64 - hash.size(), '0');
    envelope_.attachments.push_back({hash, 1, "image/png", "material"});
  };
  for (int n = 0; n < 512; ++n) add(n);
  EXPECT_TRUE(envelope_from_json(to_json(envelope_)));
  add(512);
  expect_refused(to_json(envelope_), "513 attachments");
}

TEST_F(EnvelopeForm, WhatIsNoObjectOrTooDeepIsRefused) {
  expect_refused("", "nothing");
  expect_refused("[]", "a list");
  expect_refused("null", "null");
  expect_refused(text_ + "x", "something after it");
  expect_refused(std::string(10000, '['), "deep lists");
  expect_refused(std::string((8U << 20) + 1, ' '), "larger than any envelope");
}

TEST_F(EnvelopeForm, EveryTruncationIsRefused) {
  for (std::size_t length = 0; length < text_.size(); ++length) {
    EXPECT_EQ(code_of(envelope_from_json(text_.substr(0, length))), ErrorCode::invalid_input) << length;
  }
}

TEST_F(EnvelopeForm, EveryFlippedByteOfBodyKeyOrSignatureBreaksTheSignature) {
  for (base::Bytes Envelope::*member : {&Envelope::body, &Envelope::sealed_key, &Envelope::signature}) {
    for (std::size_t i = 0; i < (envelope_.*member).size(); ++i) {
      Envelope changed = envelope_;
      (changed.*member)[i] ^= 1;
      ASSERT_FALSE(is_signed_by(changed, device_.public_key())) << i;
    }
  }
}

TEST_F(EnvelopeForm, EveryOtherMemberIsSigned) {
  const auto breaks = [&](const auto& change) {
    Envelope changed = envelope_;
    change(changed);
    EXPECT_NE(manifest_hash(changed), manifest_hash(envelope_));
    return !is_signed_by(changed, device_.public_key());
  };
  EXPECT_TRUE(breaks([](Envelope& e) { e.id = id_of(9); }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.kind = Kind::rating; }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.kiosk = "other"; }));
  EXPECT_TRUE(breaks([](Envelope& e) { ++e.sequence; }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.created_at += 1ms; }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.depends_on.reset(); }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.attachments.pop_back(); }));
  EXPECT_TRUE(breaks([](Envelope& e) { std::swap(e.attachments[0], e.attachments[1]); }));
  EXPECT_TRUE(breaks([](Envelope& e) { ++e.attachments[0].size; }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.attachments[0].role = "other"; }));
  EXPECT_TRUE(breaks([](Envelope& e) { e.attachments[0].media_type = "image/png"; }));
  EXPECT_FALSE(is_signed_by(envelope_, SigningKey::make().public_key()));
}

TEST_F(EnvelopeForm, ManifestHashDoesNotDependOnTheSignature) {
  Envelope other = envelope_;
  sign(other, SigningKey::make());
  EXPECT_EQ(manifest_hash(other), manifest_hash(envelope_));
  EXPECT_EQ(manifest_hash(envelope_).size(), 64U);
}

TEST_F(EnvelopeForm, DestroyingTheKeyLeavesSignatureAndManifestAsTheyWere) {
  const std::string manifest = manifest_hash(envelope_);
  Envelope erased = envelope_;
  ASSERT_TRUE(destroy_key(erased));
  ASSERT_TRUE(destroy_key(erased)) << "twice is once";
  EXPECT_TRUE(erased.sealed_key.empty());
  EXPECT_EQ(manifest_hash(erased), manifest);
  const std::string kept = to_json(erased);
  EXPECT_EQ(kept.find(to_base64(envelope_.sealed_key)), std::string::npos);
  const auto read = stored_envelope_from_json(kept);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, erased);
  EXPECT_TRUE(is_signed_by(*read, device_.public_key()));
  EXPECT_EQ(code_of(envelope_from_json(kept)), ErrorCode::invalid_input) << "no kiosk sends one";
  EXPECT_EQ(stored_envelope_from_json(text_), envelope_);
}

TEST_F(EnvelopeForm, ContentIsTheSameUnderAnotherNumber) {
  Envelope again = envelope_;
  again.sequence = 8;
  sign(again, SigningKey::make());
  EXPECT_NE(manifest_hash(again), manifest_hash(envelope_));
  EXPECT_EQ(content_hash(again), content_hash(envelope_));
  again.body.back() ^= 1;
  EXPECT_NE(content_hash(again), content_hash(envelope_));
}

}  // namespace
}  // namespace bangwu::envelope
