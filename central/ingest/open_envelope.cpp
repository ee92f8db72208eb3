#include "ingest/open_envelope.h"

#include <algorithm>

#include "envelope/bodies.h"

namespace bangwu::ingest {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

bool is_attached(const envelope::Envelope& envelope, const domain::Page& page) {
  return std::any_of(envelope.attachments.begin(), envelope.attachments.end(),
                     [&](const envelope::Attachment& attachment) { return attachment.sha256 == page.sha256; });
}

Result<Opened> read_application(const envelope::Envelope& envelope, std::string json) {
  auto application = envelope::application_from_json(json);
  if (!application) return fail(ErrorCode::corrupt, application.error().detail);
  for (const auto& handed_in : application->materials) {
    for (const auto& page : handed_in.pages) {
      if (!is_attached(envelope, page))
        return fail(ErrorCode::corrupt, "the application names a page that is not attached");
    }
  }
  return Opened{std::move(json), std::move(*application)};
}

Result<Opened> read_rating(std::string json) {
  auto rating = envelope::rating_from_json(json);
  if (!rating) return fail(ErrorCode::corrupt, rating.error().detail);
  return Opened{std::move(json), std::move(*rating)};
}

}  // namespace

Result<Opened> open_envelope(const envelope::Envelope& envelope, const envelope::UnsealingKey& key) {
  const auto content_key = envelope::ContentKey::unseal(envelope.sealed_key, key, sealed_for(envelope));
  if (!content_key)
    return fail(ErrorCode::corrupt, "the sealed key does not open: it was sealed to another central service");
  const auto plain = content_key->decrypt(envelope.body);
  if (!plain) return fail(ErrorCode::corrupt, "the body does not open with the sealed key");
  std::string json(plain->begin(), plain->end());
  switch (envelope.kind) {
    case envelope::Kind::submission: {
      auto opened = read_application(envelope, std::move(json));
      if (opened) opened->lookup_secret = content_key->lookup_secret(envelope.id);
      return opened;
    }
    case envelope::Kind::rating: return read_rating(std::move(json));
    case envelope::Kind::commission:
    case envelope::Kind::supplement:
    case envelope::Kind::termination:
    case envelope::Kind::case_note: break;
  }
  return fail(ErrorCode::unsupported,
              std::string("this version does not keep envelopes of kind ") + envelope::name_of(envelope.kind));
}

Result<Opened> open_row(const store::EnvelopeRow& row, const envelope::UnsealingKey& key) {
  const auto envelope = envelope::envelope_from_json(row.wire);
  if (!envelope) return fail(ErrorCode::corrupt, "envelope " + row.id + " does not read");
  auto opened = open_envelope(*envelope, key);
  if (!opened) return fail(opened.error().code, "envelope " + row.id + ": " + opened.error().detail);
  return opened;
}

}  // namespace bangwu::ingest
