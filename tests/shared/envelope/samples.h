#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "envelope/envelope.h"
#include "envelope/keys.h"

namespace bangwu::envelope {

using namespace std::chrono_literals;

inline const bool kIsCryptographyReady = initialise_cryptography();
inline constexpr base::SystemTime kMorning =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 2h + 28min + 3s + 123ms;

inline base::Uuid id_of(std::uint8_t n) {
  base::Uuid id;
  id.bytes = {0x01, 0x9A, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0x12, 0x34, 0x56, 0x78, n};
  return id;
}

inline base::Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

inline std::string hash_of(char digit) { return std::string(64, digit); }

/// Every member filled; signed by `device`.
inline Envelope sample_envelope(const SigningKey& device) {
  const auto content = ContentKey::make();
  Envelope envelope{
      .id = id_of(1),
      .kind = Kind::supplement,
      .kiosk = "hall-1.kiosk_2",
      .sequence = 7,
      .created_at = kMorning,
      .depends_on = id_of(2),
      .sealed_key = content.seal_to(UnsealingKey::make().public_key(), {"hall-1.kiosk_2", id_of(1)}).value(),
      .destroyed_key = {},
      .body = content.encrypt(bytes_of("{\"a\":\"甲\"}")),
      .attachments = {{hash_of('a'), 500, "image/jpeg", "material"}, {hash_of('b'), 1, "image/png", "signature"}},
      .signature = {}};
  sign(envelope, device);
  return envelope;
}

/// The text with its first `from` replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << "not in the sample: " << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

/// The error's code, or `internal` if there is none.
inline base::ErrorCode code_of(const auto& result) { return result ? base::ErrorCode::internal : result.error().code; }

}  // namespace bangwu::envelope
