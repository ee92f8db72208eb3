#include "envelope/receipt.h"

#include "base/date.h"
#include "base/encoding.h"
#include "base/names.h"
#include "envelope/lack_json.h"
#include "json/members.h"

namespace bangwu::envelope {
namespace {

using domain::Outcome;
using json::Fault;
using json::Members;
using json::Value;

Value unsigned_members(const Receipt& receipt) {
  Value value{{"envelope", base::to_string(receipt.envelope)},
              {"manifest_hash", receipt.manifest_hash},
              {"received_at", base::to_rfc3339(receipt.received_at)},
              {"case_number", receipt.case_number},
              {"lacks", json_of(receipt.lacks)},
              {"due_is_provisional", receipt.due_is_provisional}};
  if (receipt.format == Format::two) {
    value["format"] = static_cast<int>(Format::two);
    value["kiosk"] = receipt.kiosk;
    value["sequence"] = receipt.sequence;
    value["kind"] = name_of(receipt.kind);
    value["record"] = receipt.record;
  }
  if (receipt.outcome) value["outcome"] = domain::name_of(*receipt.outcome);
  if (receipt.due) value["due"] = base::date_text(*receipt.due);
  return value;
}

// A receipt's words are separated from an envelope's by this prefix: a signature over one never fits the other.
std::string signed_bytes(const Receipt& receipt) {
  const char* prefix = receipt.format == Format::two ? "bangwu-receipt-v2\n" : "bangwu-receipt-v1\n";
  return prefix + json::write(unsigned_members(receipt));
}

void read_what_format_2_adds(Members& members, Receipt& receipt) {
  (void)members.integer("format", 2, 2);
  receipt.kiosk = members.word("kiosk", {0, 64}, "._-");
  receipt.sequence = static_cast<std::uint64_t>(members.integer("sequence", 0, INT64_MAX));
  receipt.kind = members.one_of("kind", kind_from_name);
  receipt.record = members.text("record", {0, 64});
  if (!receipt.record.empty() && !base::is_lower_hex(receipt.record, 64))
    members.fault().note(members.at("record"), "is no hash");
}

}  // namespace

Receipt receipt_for(const Envelope& envelope, base::SystemTime received_at) {
  Receipt receipt;
  receipt.format = format_of(envelope);  // who sends format 1 reads format 1
  receipt.envelope = envelope.id;
  receipt.kiosk = envelope.kiosk;
  receipt.sequence = envelope.sequence;
  receipt.kind = envelope.kind;
  receipt.manifest_hash = manifest_hash(envelope);
  receipt.received_at = received_at;
  return receipt;
}

void sign(Receipt& receipt, const SigningKey& central) { receipt.signature = central.sign(signed_bytes(receipt)); }

bool proves_delivery(const Receipt& receipt, const base::Uuid& envelope, std::string_view manifest_hash,
                     const VerifyKey& central) {
  return receipt.envelope == envelope && !manifest_hash.empty() && receipt.manifest_hash == manifest_hash &&
         verify(signed_bytes(receipt), receipt.signature, central);
}

std::string to_json(const Receipt& receipt) {
  Value value = unsigned_members(receipt);
  value["signature"] = to_base64(receipt.signature);
  return json::write(value);
}

base::Result<Receipt> receipt_from_json(std::string_view text) {
  const auto document = json::parse_object(text, "receipt", {.bytes = 1U << 20});
  if (!document) return tl::unexpected(document.error());
  Fault fault;
  Members members(*document, "receipt", fault);
  Receipt receipt;
  receipt.format = members.has("format") ? Format::two : Format::one;
  if (receipt.format == Format::two) read_what_format_2_adds(members, receipt);
  receipt.envelope = members.uuid("envelope");
  receipt.manifest_hash = members.sha256("manifest_hash");
  receipt.received_at = members.time("received_at");
  receipt.case_number = members.text("case_number", {0, 64});
  if (members.has("outcome")) receipt.outcome = members.one_of("outcome", base::by_name<Outcome::not_accepted>());
  receipt.lacks = read_lacks(members, "lacks");
  if (members.has("due")) receipt.due = members.date("due");
  receipt.due_is_provisional = members.truth("due_is_provisional");
  receipt.signature = members.bytes("signature", {64, 64});
  members.finish();
  if (fault.is_noted()) return tl::unexpected(fault.error());
  return receipt;
}

}  // namespace bangwu::envelope
