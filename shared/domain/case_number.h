#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace bangwu::domain {

/// A case number ("WJ20261123000001") or a provisional one ("临7K3Q9-X2M4T-RD8WH", once "临7K3Q-9X2M") as it is kept,
/// from what a person typed: small letters, without 临, without hyphens, "7k3q9 x2m4t rd8wh", a letter O for a zero,
/// full-width characters. What is neither comes back tidied only.
[[nodiscard]] std::string case_number_from(std::string_view typed);
/// Whether what case_number_from() gave has the shape of a number that is ever given.
[[nodiscard]] bool may_be_case_number(std::string_view number);

/// 临, which no keyboard and no barcode scanner types.
inline constexpr std::string_view kProvisionalMark = "临";
/// A provisional number of 15 characters (or of 8, of envelopes of format 1), in groups behind its mark.
[[nodiscard]] std::string group_provisional_number(std::string_view characters);

/// What the QR code of a receipt says: "BANGWU1|<number>|<lookup secret>", ASCII only, so that scanners that act as a
/// keyboard type it too. Nothing about the applicant; who holds it may see where the case stands.
[[nodiscard]] std::string receipt_code(std::string_view number, std::string_view lookup_secret);
struct ReceiptCode {
  std::string number;         ///< as case_number_from() gives it
  std::string lookup_secret;  ///< empty: of a receipt from before there were any
  bool operator==(const ReceiptCode&) const = default;
};
/// Nothing for any other text, or one that has not come to its end.
[[nodiscard]] std::optional<ReceiptCode> read_receipt_code(std::string_view text);

}  // namespace bangwu::domain
