#include "watermark/watermark.h"

#include "base/date.h"
#include "base/encoding.h"
#include "base/log.h"
#include "base/text.h"
#include "json/members.h"

namespace bangwu::watermark {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using json::Value;

std::string signed_bytes(const Value& document) { return "bangwu-watermark-v1\n" + json::write(document); }

Value document_of(const Watermark& watermark) {
  return {{"watermark", 1},
          {"generation", watermark.generation},
          {"envelopes", watermark.envelopes},
          {"latest", base::to_rfc3339(watermark.latest)},
          {"highest", watermark.highest}};
}

std::optional<Watermark> watermark_from(const Value& document) {
  json::Fault fault;
  json::Members members(document, "watermark", fault);
  (void)members.integer("watermark", 1, 1);
  Watermark watermark;
  watermark.generation = members.text("generation", {0, 64});
  watermark.envelopes = static_cast<std::uint64_t>(members.integer("envelopes", 0, INT64_MAX));
  watermark.latest = members.time("latest");
  for (const auto& [kiosk, highest] : members.any_object("highest").members()) {
    if (!highest.natural()) fault.note(members.at("highest"), "must map kiosks to numbers");
    watermark.highest[kiosk] = highest.natural().value_or(0);
  }
  return fault.is_noted() ? std::nullopt : std::optional(std::move(watermark));
}

std::optional<Watermark> verified(Value document, const envelope::VerifyKey& ours) {
  const std::string *signed_with = document.text_of("key"), *signature_text = document.text_of("signature");
  if (signed_with == nullptr || signature_text == nullptr) return std::nullopt;
  const auto signature = base::from_base64(*signature_text);
  const auto key = envelope::key_from_hex(*signed_with);
  document.erase("signature");
  if (!signature || !key || !envelope::verify(signed_bytes(document), *signature, *key)) return std::nullopt;
  if (*key != ours)
    base::log(base::LogLevel::warning, "watermark.of_another_key", {{"key", envelope::fingerprint(*key)}});
  return watermark_from(document);
}

/// One text of all lines.
std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "; ") + line;
  return text;
}

}  // namespace

Result<Watermark> watermark_of(store::Transaction& transaction) {
  Watermark known;
  const auto generation = transaction.service_facts().find(kGenerationFact);
  if (!generation) return tl::unexpected(generation.error());
  known.generation = generation->value_or("");
  const auto latest = transaction.envelopes().latest_arrival();
  if (!latest) return tl::unexpected(latest.error());
  known.latest = latest->value_or(base::SystemTime{});
  const auto kiosks = transaction.envelopes().count_by_kiosk();
  if (!kiosks) return tl::unexpected(kiosks.error());
  for (const auto& kiosk : *kiosks) {
    known.envelopes += kiosk.count;
    known.highest[kiosk.kiosk] = kiosk.highest;
  }
  return known;
}

std::vector<std::string> forgotten(const Watermark& promised, const Watermark& known) {
  std::vector<std::string> lines;
  if (promised.generation != known.generation)
    lines.push_back("it is of another generation than the service was: an older copy, or another service's");
  if (promised.envelopes > known.envelopes) {
    lines.push_back("it has " + std::to_string(known.envelopes) + " envelopes, the service had " +
                    std::to_string(promised.envelopes));
  }
  if (promised.latest > known.latest) {
    lines.push_back("its last envelope came " + base::to_rfc3339(known.latest) + ", the service's last " +
                    base::to_rfc3339(promised.latest));
  }
  for (const auto& [kiosk, sequence] : promised.highest) {
    const auto found = known.highest.find(kiosk);
    const std::uint64_t has = found == known.highest.end() ? 0 : found->second;
    if (has >= sequence) continue;
    lines.push_back("of kiosk " + kiosk + " it has envelopes up to number " + std::to_string(has) +
                    ", the service had number " + std::to_string(sequence));
  }
  return lines;
}

std::string to_json(const Watermark& watermark, const envelope::SigningKey& receipt_key) {
  Value document = document_of(watermark);
  document["key"] = envelope::key_to_hex(receipt_key.public_key());
  document["signature"] = base::to_base64(receipt_key.sign(signed_bytes(document)));
  return json::write(document);
}

Result<void> write(const std::filesystem::path& file, const Watermark& watermark,
                   const envelope::SigningKey& receipt_key) {
  const std::string text = to_json(watermark, receipt_key) + "\n";
  return base::write_file_durably(file, base::bytes_of(text));
}

Result<std::optional<Watermark>> read(const std::filesystem::path& file, const envelope::VerifyKey& receipt_key) {
  const auto text = base::read_text_file(file);
  if (!text && text.error().code == ErrorCode::not_found) return std::nullopt;
  if (!text) return tl::unexpected(text.error());
  auto watermark = verified(json::parse(*text).value_or(Value()), receipt_key);
  if (!watermark) {
    return fail(ErrorCode::corrupt, file.string() + " is damaged: its signature does not verify");
  }
  return watermark;
}

Result<Watermark> begin(store::Store& store, const std::optional<Watermark>& promised,
                        const base::Uuid& first_generation) {
  Watermark known;
  const auto looked = store.read([&](store::Transaction& transaction) -> Result<void> {
    auto found = watermark_of(transaction);
    if (!found) return tl::unexpected(found.error());
    known = std::move(*found);
    return {};
  });
  if (!looked) return tl::unexpected(looked.error());
  if (promised) {
    if (const auto lines = forgotten(*promised, known); !lines.empty())
      return fail(ErrorCode::conflict, "the database has forgotten what was acknowledged: " + joined(lines));
  }
  if (!known.generation.empty()) return known;
  const auto named = store.write([&](store::Transaction& transaction) -> Result<void> {
    const auto found = transaction.service_facts().find(kGenerationFact);
    if (!found) return tl::unexpected(found.error());
    known.generation = found->value_or(base::to_string(first_generation));  // another process may be faster
    if (*found) return {};
    return transaction.service_facts().put(kGenerationFact, known.generation);
  });
  if (!named) return tl::unexpected(named.error());
  return known;
}

}  // namespace bangwu::watermark
