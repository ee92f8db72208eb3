#include "format_1.h"

#include "envelope/bodies.h"
#include "envelope/envelope.h"
#include "envelope/receipt.h"
#include "samples.h"
#include "support/scratch_directory.h"

namespace bangwu::envelope {
namespace {

UnsealingKey unsealing_key() {
  const support::ScratchDirectory folder;
  const auto secret = key_from_hex(format_1::kUnsealingKey).value();
  EXPECT_TRUE(base::write_file_durably(folder / "key", secret));
  return UnsealingKey::load(folder / "key").value();
}

std::string opened(const Envelope& envelope) {
  const auto key = ContentKey::unseal(envelope.sealed_key, unsealing_key(), sealed_for(envelope));
  if (!key) return key.error().detail;
  const auto plain = key->decrypt(envelope.body);
  return plain ? std::string(plain->begin(), plain->end()) : plain.error().detail;
}

TEST(Format1, EnvelopeIsReadAndWrittenAsItWas) {
  for (const char* text : {format_1::kSubmission, format_1::kRating, format_1::kUndelivered}) {
    const auto envelope = envelope_from_json(text);
    ASSERT_TRUE(envelope) << envelope.error().detail;
    EXPECT_EQ(format_of(*envelope), Format::one);
    EXPECT_EQ(to_json(*envelope), text);
    EXPECT_EQ(stored_envelope_from_json(text), envelope);
  }
  EXPECT_EQ(manifest_bytes(*envelope_from_json(format_1::kSubmission)), format_1::kSubmissionManifest);
}

TEST(Format1, BodiesAndPagesOpen) {
  const auto submission = envelope_from_json(format_1::kSubmission).value();
  EXPECT_EQ(opened(submission), format_1::kSubmissionBody);
  EXPECT_TRUE(application_from_json(format_1::kSubmissionBody));
  EXPECT_EQ(opened(envelope_from_json(format_1::kRating).value()), format_1::kRatingBody);
  EXPECT_TRUE(rating_from_json(format_1::kRatingBody));
  const auto key = ContentKey::unseal(submission.sealed_key, unsealing_key(), sealed_for(submission));
  EXPECT_EQ(key->decrypt(from_base64(format_1::kSubmissionPage).value())->size(), 300U);
  EXPECT_EQ(key->lookup_secret(submission.id), "MFEQFE") << "it stands on paper: it never changes";
}

TEST(Format1, ReceiptProvesWhatItProvedAndIsWrittenAsItWas) {
  const auto key = key_from_hex(format_1::kReceiptKey).value();
  const std::pair<const char*, const char*> pairs[] = {{format_1::kSubmission, format_1::kSubmissionReceipt},
                                                       {format_1::kRating, format_1::kRatingReceipt}};
  for (const auto& [wire, text] : pairs) {
    const auto envelope = envelope_from_json(wire).value();
    const auto receipt = receipt_from_json(text);
    ASSERT_TRUE(receipt) << receipt.error().detail;
    EXPECT_EQ(receipt->format, Format::one);
    EXPECT_TRUE(proves_delivery(*receipt, envelope.id, manifest_hash(envelope), key));
    EXPECT_EQ(to_json(*receipt), text);
    EXPECT_EQ(receipt_for(envelope, kMorning).format, Format::one) << "who sends format 1 reads format 1";
  }
}

TEST(Format1, CannotBeErasedWithoutItsSignature) {
  auto envelope = envelope_from_json(format_1::kSubmission).value();
  EXPECT_EQ(code_of(destroy_key(envelope)), base::ErrorCode::unsupported);
  EXPECT_EQ(to_json(envelope), format_1::kSubmission);
}

}  // namespace
}  // namespace bangwu::envelope
