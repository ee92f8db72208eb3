#include "envelope/envelope.h"

#include <set>

#include "base/names.h"
#include "json/members.h"

namespace bangwu::envelope {
namespace {

using json::Fault;
using json::Members;
using json::Value;

constexpr std::size_t kSmallestBody = 41;  // secretstream of nothing
constexpr std::size_t kLargestBody = 4U << 20;
constexpr std::size_t kMostAttachments = 512;
constexpr std::int64_t kLargestAttachment = 1LL << 40;  // central sets its own limit, and answers 413
constexpr std::int64_t kLargestSequence = 1LL << 53;    // what every JSON reader keeps exactly
constexpr std::size_t kLargestDocument = 8U << 20;

Value to_value(const Attachment& attachment) {
  return {{"sha256", attachment.sha256},
          {"size", attachment.size},
          {"media_type", attachment.media_type},
          {"role", attachment.role}};
}

/// Every member but sealed key, body and signature.
Value common_members(const Envelope& envelope) {
  Value attachments = Value::array();
  for (const auto& attachment : envelope.attachments) attachments.push_back(to_value(attachment));
  Value value{{"id", base::to_string(envelope.id)},
              {"kind", name_of(envelope.kind)},
              {"kiosk", envelope.kiosk},
              {"sequence", envelope.sequence},
              {"created_at", base::to_rfc3339(envelope.created_at)},
              {"attachments", std::move(attachments)}};
  if (envelope.depends_on) value["depends_on"] = base::to_string(*envelope.depends_on);
  if (format_of(envelope) == Format::two) value["format"] = static_cast<int>(Format::two);
  return value;
}

Value manifest(const Envelope& envelope) {
  Value value = common_members(envelope);
  value["body_sha256"] = sha256_hex(envelope.body);
  if (format_of(envelope) == Format::one) value["sealed_key"] = to_base64(envelope.sealed_key);
  else
    value["sealed_key_sha256"] =
        envelope.destroyed_key.empty() ? sha256_hex(envelope.sealed_key) : envelope.destroyed_key;
  return value;
}

std::string hash_of(const Value& value) { return sha256_hex(json::write(value)); }

// What a kiosk signs never is what the service signs (receipt.cpp): each has its prefix.
std::string signed_bytes(const Envelope& envelope) {
  return (format_of(envelope) == Format::two ? "bangwu-envelope-v2\n" : "") + manifest_bytes(envelope);
}

Attachment read_attachment(const Value& value, std::string where, Fault& fault) {
  Members members(value, std::move(where), fault);
  Attachment attachment;
  attachment.sha256 = members.sha256("sha256");
  attachment.size = static_cast<std::uint64_t>(members.integer("size", 1, kLargestAttachment));
  attachment.media_type = members.word("media_type", {1, 100}, "/.+-");
  attachment.role = members.word("role", {1, 32}, "_-");
  members.finish();
  return attachment;
}

std::vector<Attachment> read_attachments(Members& members) {
  const auto& list = members.array("attachments", kMostAttachments).elements();
  std::vector<Attachment> attachments;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string where = members.at("attachments") + "[" + std::to_string(i) + "]";
    attachments.push_back(read_attachment(list[i], where, members.fault()));
    if (!seen.insert(attachments.back().sha256).second) members.fault().note(where, "is there twice");
  }
  return attachments;
}

enum class SealedKey { required, may_be_destroyed };

void read_sealed_key(Members& members, SealedKey presence, Envelope& envelope) {
  const bool is_format_2 = members.has("format");
  if (is_format_2) (void)members.integer("format", 2, 2);
  if (is_format_2 && presence == SealedKey::may_be_destroyed && members.has("sealed_key_sha256")) {
    envelope.destroyed_key = members.sha256("sealed_key_sha256");
    return;
  }
  const std::size_t size = is_format_2 ? kSealedKeySize2 : kSealedKeySize1;
  envelope.sealed_key = members.bytes("sealed_key", {size, size});
  if (is_format_2 && !envelope.sealed_key.empty() && envelope.sealed_key[0] != 2)
    members.fault().note(members.at("sealed_key"), "is not of format 2");
}

base::Result<Envelope> read(std::string_view text, SealedKey presence) {
  const auto document = json::parse_object(text, "envelope", {.bytes = kLargestDocument});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "envelope", fault);
  Envelope envelope;
  envelope.id = members.uuid("id");
  envelope.kind = members.one_of("kind", kind_from_name);
  envelope.kiosk = members.word("kiosk", {1, 64}, "._-");
  envelope.sequence = static_cast<std::uint64_t>(members.integer("sequence", 1, kLargestSequence));
  envelope.created_at = members.time("created_at");
  if (members.has("depends_on")) envelope.depends_on = members.uuid("depends_on");
  read_sealed_key(members, presence, envelope);
  envelope.body = members.bytes("body", {kSmallestBody, kLargestBody});
  envelope.attachments = read_attachments(members);
  envelope.signature = members.bytes("signature", {64, 64});
  members.finish();
  if (envelope.depends_on == envelope.id) fault.note("envelope.depends_on", "is the envelope itself");
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return envelope;
}

}  // namespace

Format format_of(const Envelope& envelope) {
  return envelope.sealed_key.size() == kSealedKeySize1 ? Format::one : Format::two;
}

SealedFor sealed_for(const Envelope& envelope) { return {envelope.kiosk, envelope.id}; }

std::string manifest_bytes(const Envelope& envelope) { return json::write(manifest(envelope)); }

std::string manifest_hash(const Envelope& envelope) { return hash_of(manifest(envelope)); }

std::string content_hash(const Envelope& envelope) {
  Value value = manifest(envelope);
  value["kiosk"] = "";
  value["sequence"] = 0U;
  return hash_of(value);
}

void sign(Envelope& envelope, const SigningKey& device) { envelope.signature = device.sign(signed_bytes(envelope)); }

bool is_signed_by(const Envelope& envelope, const VerifyKey& device) {
  return verify(signed_bytes(envelope), envelope.signature, device);
}

base::Result<void> destroy_key(Envelope& envelope) {
  if (format_of(envelope) == Format::one)
    return base::fail(base::ErrorCode::unsupported,
                      "an envelope of format 1 cannot be erased: its signature is over the sealed key itself");
  if (!envelope.destroyed_key.empty()) return {};
  envelope.destroyed_key = sha256_hex(envelope.sealed_key);
  envelope.sealed_key.clear();
  return {};
}

std::string to_json(const Envelope& envelope) {
  Value value = common_members(envelope);
  if (envelope.destroyed_key.empty()) value["sealed_key"] = to_base64(envelope.sealed_key);
  else value["sealed_key_sha256"] = envelope.destroyed_key;
  value["body"] = to_base64(envelope.body);
  value["signature"] = to_base64(envelope.signature);
  return json::write(value);
}

base::Result<Envelope> envelope_from_json(std::string_view text) { return read(text, SealedKey::required); }

base::Result<Envelope> stored_envelope_from_json(std::string_view text) {
  return read(text, SealedKey::may_be_destroyed);
}

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::submission: return "submission";
    case Kind::commission: return "commission";
    case Kind::supplement: return "supplement";
    case Kind::rating: return "rating";
    case Kind::termination: return "termination";
    case Kind::case_note: return "case_note";
  }
  return "submission";
}

std::optional<Kind> kind_from_name(std::string_view name) { return base::by_name<Kind::case_note>()(name); }

}  // namespace bangwu::envelope
