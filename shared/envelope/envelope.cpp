#include "envelope/envelope.h"

#include <array>
#include <set>

#include "envelope/json_members.h"

namespace bangwu::envelope {
namespace {

constexpr std::size_t kSealedKey = 80;     // 32 bytes in a libsodium sealed box
constexpr std::size_t kSmallestBody = 41;  // secretstream of nothing
constexpr std::size_t kLargestBody = 4U << 20;
constexpr std::size_t kMostAttachments = 512;
constexpr std::int64_t kLargestAttachment = 1LL << 40;  // central sets its own limit, and answers 413
constexpr std::int64_t kLargestSequence = 1LL << 53;    // what every JSON reader keeps exactly
constexpr std::size_t kLargestDocument = 8U << 20;
constexpr std::array kKinds{Kind::submission, Kind::commission,  Kind::supplement,
                            Kind::rating,     Kind::termination, Kind::case_note};

Json to_value(const Attachment& attachment) {
  return {{"sha256", attachment.sha256},
          {"size", attachment.size},
          {"media_type", attachment.media_type},
          {"role", attachment.role}};
}

/// Every member but signature and body.
Json common_members(const Envelope& envelope) {
  Json attachments = Json::array();
  for (const auto& attachment : envelope.attachments) attachments.push_back(to_value(attachment));
  Json value{{"id", base::to_string(envelope.id)},
             {"kind", name_of(envelope.kind)},
             {"kiosk", envelope.kiosk},
             {"sequence", envelope.sequence},
             {"created_at", base::to_rfc3339(envelope.created_at)},
             {"sealed_key", to_base64(envelope.sealed_key)},
             {"attachments", std::move(attachments)}};
  if (envelope.depends_on) value["depends_on"] = base::to_string(*envelope.depends_on);
  return value;
}

Attachment read_attachment(const Json& value, std::string where, Fault& fault) {
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
  const Json& list = members.array("attachments", kMostAttachments);
  std::vector<Attachment> attachments;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::string where = members.at("attachments") + "[" + std::to_string(i) + "]";
    attachments.push_back(read_attachment(list[i], where, members.fault()));
    if (!seen.insert(attachments.back().sha256).second) members.fault().note(where, "is there twice");
  }
  return attachments;
}

}  // namespace

std::string manifest_bytes(const Envelope& envelope) {
  Json value = common_members(envelope);
  value["body_sha256"] = sha256_hex(envelope.body);
  return dump(value);
}

std::string manifest_hash(const Envelope& envelope) {
  const std::string bytes = manifest_bytes(envelope);
  return sha256_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

void sign(Envelope& envelope, const SigningKey& device) { envelope.signature = device.sign(manifest_bytes(envelope)); }

bool is_signed_by(const Envelope& envelope, const VerifyKey& device) {
  return verify(manifest_bytes(envelope), envelope.signature, device);
}

std::string to_json(const Envelope& envelope) {
  Json value = common_members(envelope);
  value["body"] = to_base64(envelope.body);
  value["signature"] = to_base64(envelope.signature);
  return dump(value);
}

base::Result<Envelope> envelope_from_json(std::string_view text) {
  const auto document = parse_document(text, "envelope", kLargestDocument);
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
  envelope.sealed_key = members.bytes("sealed_key", {kSealedKey, kSealedKey});
  envelope.body = members.bytes("body", {kSmallestBody, kLargestBody});
  envelope.attachments = read_attachments(members);
  envelope.signature = members.bytes("signature", {64, 64});
  members.finish();
  if (envelope.depends_on == envelope.id) fault.note("envelope.depends_on", "is the envelope itself");
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return envelope;
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

std::optional<Kind> kind_from_name(std::string_view name) {
  for (const Kind kind : kKinds) {
    if (name == name_of(kind)) return kind;
  }
  return std::nullopt;
}

std::string provisional_number(const base::Uuid& id) {
  static constexpr char kCrockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::uint64_t bits = 0;  // the last forty: all of them random in a UUID version 7
  for (std::size_t i = 11; i < 16; ++i) bits = bits << 8 | id.bytes[i];
  std::string text = "临";
  for (int i = 7; i >= 0; --i) {
    text += kCrockford[bits >> (5 * i) & 31];
    if (i == 4) text += '-';
  }
  return text;
}

}  // namespace bangwu::envelope
