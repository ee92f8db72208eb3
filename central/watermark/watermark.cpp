#include "watermark/watermark.h"

#include <nlohmann/json.hpp>

#include "base/date.h"
#include "base/log.h"

namespace bangwu::watermark {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using nlohmann::json;

std::string signed_bytes(const json& document) { return "bangwu-watermark-v1\n" + document.dump(); }

json document_of(const Watermark& watermark) {
  return {{"watermark", 1},
          {"generation", watermark.generation},
          {"envelopes", watermark.envelopes},
          {"latest", base::to_rfc3339(watermark.latest)},
          {"highest", watermark.highest}};
}

std::optional<Watermark> watermark_from(const json& document) try {
  const auto latest = base::parse_time(document.at("latest").get<std::string>());
  if (!latest || document.at("watermark") != 1) return std::nullopt;
  return Watermark{document.at("generation").get<std::string>(), document.at("envelopes").get<std::uint64_t>(), *latest,
                   document.at("highest").get<std::map<std::string, std::uint64_t>>()};
} catch (const json::exception&) {
  return std::nullopt;
}

std::optional<Watermark> verified(json document, const envelope::VerifyKey& ours) {
  if (!document.is_object() || !document.contains("signature") || !document.contains("key")) return std::nullopt;
  if (!document["signature"].is_string() || !document["key"].is_string()) return std::nullopt;
  const auto signature = envelope::from_base64(document["signature"].get<std::string>());
  const auto key = envelope::key_from_hex(document["key"].get<std::string>());
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
  json document = document_of(watermark);
  document["key"] = envelope::key_to_hex(receipt_key.public_key());
  document["signature"] = envelope::to_base64(receipt_key.sign(signed_bytes(document)));
  return document.dump();
}

Result<void> write(const std::filesystem::path& file, const Watermark& watermark,
                   const envelope::SigningKey& receipt_key) {
  const std::string text = to_json(watermark, receipt_key) + "\n";
  return base::write_file_durably(file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Result<std::optional<Watermark>> read(const std::filesystem::path& file, const envelope::VerifyKey& receipt_key) {
  const auto text = base::read_text_file(file);
  if (!text && text.error().code == ErrorCode::not_found) return std::nullopt;
  if (!text) return tl::unexpected(text.error());
  auto watermark = verified(json::parse(*text, nullptr, false), receipt_key);
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
