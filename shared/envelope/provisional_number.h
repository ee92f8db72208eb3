#pragma once
#include <string>
#include <string_view>

#include "envelope/envelope.h"

namespace bangwu::envelope {

/// The number a visitor is given before the central service has answered, e.g. "临7K3Q9-X2M4T-RD8WH". Central finds the
/// case by it too.
///
/// Format 2: the first 75 bits of SHA-256 over "bangwu-provisional-number-v2", a line feed, the kiosk's id, a line feed
/// and the envelope's id in its 36 characters, five bits a character in Crockford's base 32 (no I, L, O, U). A sender
/// chooses the envelope's id and could try ids until the number is one that somebody else was given: with 75 bits that
/// takes 4 × 10^22 hashes (a thousand years at 10^12 a second, which is a hall of graphics cards), with the 40 bits of
/// format 1 a second. Fifteen characters in three groups are about what people still copy without a mistake. Should two
/// cases have one number all the same, both are kept, and whoever asks is told apart by the proof.
/// Format 1: the id's last 40 bits, e.g. "临7K3Q-9X2M".
[[nodiscard]] std::string provisional_number(Format format, std::string_view kiosk, const base::Uuid& id);
[[nodiscard]] std::string provisional_number(const Envelope& envelope);
/// Of an envelope that is being made.
[[nodiscard]] std::string provisional_number(std::string_view kiosk, const base::Uuid& id);

}  // namespace bangwu::envelope
